"""Files that people bring: evidence at a report, and filled-in workbooks."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pelaporan.models.laporan import Laporan
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.json import DecoderAngka, EncoderAngka
from upt.cakupan import KueriBercakupan
from upt.models import UPT, Kanwil

_PENGGUNA = settings.AUTH_USER_MODEL


class Berkas(models.Model):
    """Bytes as they were accepted, with their SHA-256. Append-only; its name on any disk or URL is the id.

    `IKUT_BARIS`: where a unit moves to another Kanwil, it goes where the row goes that keeps it.
    """

    IKUT_BARIS = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)
    nama = models.CharField(max_length=120)
    tipe = models.CharField(max_length=100)
    ukuran = models.PositiveIntegerField()
    sidik = models.CharField(max_length=64)
    isi = models.BinaryField()
    dipindai = models.BooleanField(default=False)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    pada = models.DateTimeField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "berkas"
        indexes = [models.Index(fields=["sidik"], name="berkas_sidik")]

    def __str__(self) -> str:
        return self.nama


class Lampiran(models.Model):
    """Evidence at a report (`kode` '') or at one of its items. Taken away it stays in the history."""

    laporan = models.ForeignKey(Laporan, on_delete=models.PROTECT, related_name="lampiran")
    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)
    kode = models.CharField(max_length=160, blank=True, default="")
    berkas = models.ForeignKey(Berkas, on_delete=models.PROTECT, related_name="+")
    keterangan = models.CharField(max_length=200, blank=True, default="")
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    pada = models.DateTimeField()
    dihapus_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    dihapus_pada = models.DateTimeField(null=True)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "lampiran"

    def __str__(self) -> str:
        return self.berkas.nama


class Unggahan(models.Model):
    """A filled-in workbook: read, shown as a plan, and only then saved.

    `rencana` is what saving would do (see `pelaporan.buku`), `hasil` what it did. `formulir` empty means all forms of
    the month. `upt` is empty for a workbook of a whole Kanwil.
    """

    class Jenis(models.TextChoices):
        UPT = "upt", "Buku kerja UPT"
        KANWIL = "kanwil", "Buku kerja Kanwil"

    class Status(models.TextChoices):
        ANTRE = "ANTRE", "Menunggu dibaca"
        DIPERIKSA = "DIPERIKSA", "Menunggu keputusan Anda"
        DISIMPAN = "DISIMPAN", "Disimpan"
        DIBATALKAN = "DIBATALKAN", "Dibatalkan"
        GAGAL = "GAGAL", "Tidak dapat dibaca"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jenis = models.CharField(max_length=6, choices=Jenis.choices)
    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)
    bulan = models.DateField()
    formulir = models.CharField(max_length=8, blank=True, default="")
    berkas = models.ForeignKey(Berkas, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DIPERIKSA)
    rencana = models.JSONField(default=dict, encoder=EncoderAngka, decoder=DecoderAngka)
    hasil = models.JSONField(default=dict, encoder=EncoderAngka, decoder=DecoderAngka)
    galat = models.CharField(max_length=400, blank=True, default="")
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    pada = models.DateTimeField()
    diputus_pada = models.DateTimeField(null=True)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["-pada"]
        verbose_name_plural = "unggahan"
        indexes = [models.Index(fields=["upt", "bulan", "-pada"], name="unggahan_upt_bulan")]

    def __str__(self) -> str:
        return f"unggahan {self.pk}"


penjaga.lindungi(Berkas, penjaga.wilayah(), penjaga.TAMBAH_IKUT)
penjaga.lindungi(Lampiran, penjaga.wilayah())
penjaga.lindungi(Unggahan, penjaga.wilayah())
