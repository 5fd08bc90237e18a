"""Reporting months, holidays, moved deadlines, and waivers of obligations."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pelaporan.models.formulir import Formulir
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import KueriBercakupan
from upt.models import UPT, Kanwil

_PENGGUNA = settings.AUTH_USER_MODEL


class Libur(models.Model):
    """A day that is no working day: national, or of one Kanwil."""

    tanggal = models.DateField()
    nama = models.CharField(max_length=120)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.CASCADE, null=True, blank=True)
    perkiraan = models.BooleanField(default=False)

    class Meta:
        ordering = ["tanggal"]
        verbose_name_plural = "libur"
        constraints = [
            models.UniqueConstraint(fields=["tanggal", "nama", "kanwil"], name="libur_unik", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.tanggal} {self.nama}"


class Periode(models.Model):
    """A reporting month. Sending takes a share lock on its row, closing an exclusive one."""

    class Status(models.TextChoices):
        TERBUKA = "TERBUKA", "Terbuka"
        DITUTUP = "DITUTUP", "Ditutup"

    bulan = models.DateField(primary_key=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.TERBUKA)
    dibuka_pada = models.DateTimeField(auto_now_add=True)
    ditutup_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-bulan"]
        constraints = [models.CheckConstraint(condition=Q(bulan__day=1), name="periode_awal_bulan")]

    def __str__(self) -> str:
        return Bulan.pada(self.bulan).nama


class PerubahanTenggat(models.Model):
    """Deadlines of a month moved by decision; `formulir` or `kanwil` empty means all. Append-only, the newest wins.

    The three dates: the unit sends, the Kanwil verifies, the directorate locks. An empty one stays as computed.
    """

    bulan = models.DateField()
    formulir = models.ForeignKey(Formulir, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tenggat_upt = models.DateField(null=True, blank=True)
    tenggat_kanwil = models.DateField(null=True, blank=True)
    tenggat_pusat = models.DateField(null=True, blank=True)
    alasan = models.CharField(max_length=300)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["bulan", "-id"], name="perubahan_tenggat_bulan")]
        constraints = [
            models.CheckConstraint(
                name="perubahan_tenggat_berisi",
                condition=Q(tenggat_upt__isnull=False)
                | Q(tenggat_kanwil__isnull=False)
                | Q(tenggat_pusat__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"tenggat {self.bulan:%Y-%m} {self.formulir_id or 'semua'}"


class Pembebasan(models.Model):
    """A waiver: this unit does not owe this form from one month to another, with the reason. Always has an end."""

    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="+")
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)
    formulir = models.ForeignKey(Formulir, on_delete=models.PROTECT, related_name="+", db_index=False)
    dari = models.DateField()
    sampai = models.DateField()
    alasan = models.CharField(max_length=200)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    pada = models.DateTimeField()
    dicabut_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    dicabut_pada = models.DateTimeField(null=True)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "pembebasan"
        constraints = [
            models.CheckConstraint(
                name="pembebasan_bulan", condition=Q(dari__day=1, sampai__day=1, sampai__gte=F("dari"))
            )
        ]

    def __str__(self) -> str:
        return f"pembebasan {self.formulir_id} {self.upt_id} {self.dari:%Y-%m}–{self.sampai:%Y-%m}"


penjaga.lindungi(PerubahanTenggat, "true", penjaga.HANYA_TAMBAH, tulis=penjaga.NASIONAL)
penjaga.lindungi(Pembebasan, penjaga.wilayah())
