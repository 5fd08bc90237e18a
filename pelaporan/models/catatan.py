"""Reviewing together: threads at cells, who holds a report, what was ticked, acts on many reports at once."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from pelaporan.models.laporan import Laporan
from pemasyarakatan.inti import penjaga
from upt.cakupan import KueriBercakupan
from upt.models import UPT, Kanwil

_PENGGUNA = settings.AUTH_USER_MODEL


class Utas(models.Model):
    """A conversation at one place of a report: `kode` is an item, `<daftar>/<baris>/<kolom>`, a list, or '' (all)."""

    laporan = models.ForeignKey(Laporan, on_delete=models.PROTECT, related_name="utas")
    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)
    kode = models.CharField(max_length=160, blank=True, default="")
    dibuka_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    dibuka_pada = models.DateTimeField()
    selesai_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    selesai_pada = models.DateTimeField(null=True)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "utas"
        constraints = [
            models.UniqueConstraint(
                fields=["laporan", "kode"], condition=Q(selesai_pada=None), name="utas_satu_terbuka"
            )
        ]

    def __str__(self) -> str:
        return f"utas {self.laporan_id} {self.kode}"


class Komentar(models.Model):
    """One remark in a thread. While `terkirim_pada` is empty it is the author's own draft: nobody else sees it.

    `usulan` is a value (as typed) that the reviewer proposes; `nasib` what the unit did with it.
    """

    class Nasib(models.TextChoices):
        MENUNGGU = "", "menunggu"
        DITERAPKAN = "diterapkan", "diterapkan"
        DITOLAK = "ditolak", "ditolak"

    utas = models.ForeignKey(Utas, on_delete=models.CASCADE, related_name="komentar")
    laporan = models.ForeignKey(Laporan, on_delete=models.PROTECT, related_name="+")
    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    sebagai = models.CharField(max_length=60, blank=True, default="")
    pada = models.DateTimeField()
    teks = models.TextField()
    usulan = models.CharField(max_length=500, null=True, blank=True)
    nasib = models.CharField(max_length=10, choices=Nasib.choices, blank=True, default="")
    nasib_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    nasib_pada = models.DateTimeField(null=True)
    terkirim_pada = models.DateTimeField(null=True)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "komentar"

    def __str__(self) -> str:
        return f"komentar {self.pk}"


class Tinjauan(models.Model):
    """The review of one sent version: who holds it until when, which sections were ticked, which flags are fine.

    `bagian` = [section code]; `wajar` = {flag id: {"alasan", "oleh", "pada"}}. A new version starts a new review.
    """

    laporan = models.OneToOneField(Laporan, on_delete=models.CASCADE, primary_key=True, related_name="tinjauan")
    upt = models.ForeignKey(UPT, on_delete=models.CASCADE, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)
    versi = models.PositiveIntegerField()
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    sejak = models.DateTimeField(null=True)
    sampai = models.DateTimeField(null=True)
    bagian = models.JSONField(default=list)
    wajar = models.JSONField(default=dict)

    objects = KueriBercakupan.as_manager()

    def __str__(self) -> str:
        return f"tinjauan {self.laporan_id} v{self.versi}"


class TindakanMassal(models.Model):
    """One press that verified many reports; may be taken back by the same person until `batal_sampai`.

    `dilewati` = [{"laporan", "nama", "sebab"}]: what was left out and why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+")
    jenis = models.CharField(max_length=20, default="verifikasi")
    saringan = models.JSONField(default=dict)
    jumlah = models.PositiveIntegerField()
    dilewati = models.JSONField(default=list)
    pada = models.DateTimeField()
    batal_sampai = models.DateTimeField()
    dibatalkan_pada = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pada"]
        verbose_name_plural = "tindakan massal"

    def __str__(self) -> str:
        return f"{self.jenis} {self.jumlah} laporan"


_TERKIRIM = f"terkirim_pada IS NOT NULL OR {penjaga.milik('oleh_id', 'pengguna')} OR {penjaga.SISTEM}"

penjaga.lindungi(Utas, penjaga.wilayah())
penjaga.lindungi(Komentar, f"({penjaga.wilayah()}) AND ({_TERKIRIM})")
penjaga.lindungi(Tinjauan, penjaga.wilayah())
penjaga.lindungi(TindakanMassal, f"{penjaga.SISTEM} OR {penjaga.milik('oleh_id', 'pengguna')}")
