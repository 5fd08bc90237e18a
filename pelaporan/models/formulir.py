"""Forms as data: codes, versions by month, and drafts of versions that are not published yet."""

from __future__ import annotations

import uuid
from functools import cached_property

from django.conf import settings
from django.db import models

from pelaporan.skema import Skema
from pemasyarakatan.inti import penjaga

_PENGGUNA = settings.AUTH_USER_MODEL
_SKEMA: dict[str, Skema] = {}


class Formulir(models.Model):
    """A form by its code ('F01'); its content lives in versions."""

    kode = models.CharField(max_length=8, primary_key=True)
    nama = models.CharField(max_length=120)

    class Meta:
        ordering = ["kode"]
        verbose_name_plural = "formulir"

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"


class FormulirVersi(models.Model):
    """The form as data, valid from a month. Immutable once a report uses it (a trigger holds that)."""

    formulir = models.ForeignKey(Formulir, on_delete=models.PROTECT, related_name="versi")
    berlaku_dari = models.DateField()
    isi = models.JSONField()
    yaml = models.TextField()
    sidik = models.CharField(max_length=64)
    dimuat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["formulir_id", "-berlaku_dari"]
        verbose_name = "versi formulir"
        verbose_name_plural = "versi formulir"
        constraints = [models.UniqueConstraint(fields=["formulir", "berlaku_dari"], name="formulir_versi_unik")]

    def __str__(self) -> str:
        return f"{self.formulir_id} sejak {self.berlaku_dari:%Y-%m}"

    @cached_property
    def skema(self) -> Skema:
        """Parsed once per process: a version is named by the hash of its content."""
        if self.sidik not in _SKEMA:
            _SKEMA[self.sidik] = Skema.dari_json(self.isi)
        return _SKEMA[self.sidik]


class RancanganFormulir(models.Model):
    """A form version on its way: uploaded, compared, rehearsed, then published or dropped.

    `isi` and `sidik` are of the parsed form; `gladi` is the result of the last rehearsal and `gladi_sidik` the hash
    it was made with: a draft that changed since must be rehearsed again.
    """

    class Status(models.TextChoices):
        RANCANGAN = "RANCANGAN", "Rancangan"
        DITERBITKAN = "DITERBITKAN", "Diterbitkan"
        DIBUANG = "DIBUANG", "Dibuang"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kode = models.CharField(max_length=8)
    nama = models.CharField(max_length=120)
    berlaku_dari = models.DateField()
    yaml = models.TextField()
    isi = models.JSONField()
    sidik = models.CharField(max_length=64)
    catatan = models.TextField(blank=True, default="")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.RANCANGAN)
    revisi = models.PositiveIntegerField(default=0)
    gladi = models.JSONField(null=True)
    gladi_sidik = models.CharField(max_length=64, blank=True, default="")
    gladi_pada = models.DateTimeField(null=True)
    dibuat_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField()
    diputus_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, null=True, related_name="+")
    diputus_pada = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-dibuat_pada"]
        verbose_name = "rancangan formulir"
        verbose_name_plural = "rancangan formulir"

    def __str__(self) -> str:
        return f"rancangan {self.kode} sejak {self.berlaku_dari:%Y-%m}"


penjaga.lindungi(RancanganFormulir, penjaga.NASIONAL)
