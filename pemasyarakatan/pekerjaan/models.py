"""Work that outlives a request: a row, a progress, a result; and the ledgers that keep background work
honest.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models

from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.waktu import sekarang

MASA_BERKAS = timedelta(days=7)
"""Result files are kept this long; the request stays and can be repeated."""


class Pekerjaan(models.Model):
    """A job a person waits for. The row is the promise; the Celery message is only a nudge."""

    class Status(models.TextChoices):
        ANTRE = "ANTRE", "Menunggu giliran"
        BERJALAN = "BERJALAN", "Sedang dikerjakan"
        SELESAI = "SELESAI", "Selesai"
        GAGAL = "GAGAL", "Gagal"
        DIBATALKAN = "DIBATALKAN", "Dibatalkan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jenis = models.CharField(max_length=40)
    judul = models.CharField(max_length=160)
    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pekerjaan")
    parameter = models.JSONField(default=dict)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ANTRE)
    langkah = models.CharField(max_length=160, blank=True, default="")
    selesai = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    percobaan = models.PositiveSmallIntegerField(default=0)
    galat = models.CharField(max_length=300, blank=True, default="")
    dibuat_pada = models.DateTimeField(auto_now_add=True)
    mulai_pada = models.DateTimeField(null=True)
    detak_pada = models.DateTimeField(null=True)
    akhir_pada = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-dibuat_pada"]
        indexes = [models.Index(fields=["status", "dibuat_pada"], name="pekerjaan_antrean")]

    def __str__(self) -> str:
        return self.judul

    @property
    def berakhir(self) -> bool:
        return self.status in (self.Status.SELESAI, self.Status.GAGAL, self.Status.DIBATALKAN)

    @property
    def kedaluwarsa(self) -> bool:
        """Whether its files are gone, or about to go with the next sweep."""
        return self.akhir_pada is not None and self.akhir_pada + MASA_BERKAS <= sekarang()


class BerkasHasil(models.Model):
    """A result file, kept in the database so that it appears in the same transaction as "selesai"."""

    pekerjaan = models.ForeignKey(Pekerjaan, on_delete=models.CASCADE, related_name="berkas")
    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    nama = models.CharField(max_length=120)
    tipe = models.CharField(max_length=100)
    isi = models.BinaryField()
    ukuran = models.PositiveIntegerField()
    sidik = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.nama


class SlotKerja(models.Model):
    """One row per beat slot: of two beats only one gets the slot, so each slot has one effect."""

    nama = models.CharField(max_length=60)
    slot = models.DateTimeField()
    diambil_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nama", "slot"], name="slot_kerja_sekali")]

    def __str__(self) -> str:
        return f"{self.nama} {self.slot:%Y-%m-%d %H:%M}"


class Percobaan(models.Model):
    """Attempts of a piece of background work. After five it is parked until a person looks at it."""

    BATAS = 5

    nama = models.CharField(max_length=60)
    kunci = models.CharField(max_length=120)
    jumlah = models.PositiveSmallIntegerField(default=0)
    galat = models.CharField(max_length=300, blank=True, default="")
    terakhir = models.DateTimeField(auto_now=True)
    diparkir_pada = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nama", "kunci"], name="percobaan_sekali")]

    def __str__(self) -> str:
        return f"{self.nama} {self.kunci} ({self.jumlah})"


_MILIK = f"{penjaga.SISTEM} OR {penjaga.milik('pengguna_id', 'pengguna')}"
penjaga.lindungi(Pekerjaan, _MILIK)
penjaga.lindungi(BerkasHasil, _MILIK)
