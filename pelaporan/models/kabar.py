"""Telling people: notices in the portal, letters that go out, who was chased, and a unit's calendar."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pelaporan.models.laporan import Laporan
from pemasyarakatan.inti import penjaga
from upt.cakupan import KueriBercakupan
from upt.models import UPT, Kanwil

_PENGGUNA = settings.AUTH_USER_MODEL


class Pemberitahuan(models.Model):
    """A notice to a unit, to its Kanwil or, about it, to Ditjenpas, written in the transaction that causes it; `dedup`
    keeps it single.

    `jenis`: alur (a transition), pengingat (a reminder), catatan (a comment). `laporan` is empty when it is about
    several.
    """

    class Untuk(models.TextChoices):
        UPT = "upt", "UPT"
        KANWIL = "kanwil", "Kanwil"
        PUSAT = "pusat", "Ditjenpas"

    untuk = models.CharField(max_length=6, choices=Untuk.choices)
    upt = models.ForeignKey(UPT, on_delete=models.CASCADE, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.CASCADE, related_name="+", db_index=False)
    laporan = models.ForeignKey(Laporan, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    dedup = models.CharField(max_length=120, unique=True)
    jenis = models.CharField(max_length=20, default="alur", db_default="alur")
    url = models.CharField(max_length=200, blank=True, default="", db_default="")
    teks = models.CharField(max_length=400)
    dibuat_pada = models.DateTimeField(auto_now_add=True)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["untuk", "upt", "-id"], name="pemberitahuan_upt"),
            models.Index(fields=["untuk", "kanwil", "-id"], name="pemberitahuan_kanwil"),
        ]

    def __str__(self) -> str:
        return self.teks


class PengaturanKabar(models.Model):
    """What a person has read (notices up to this id), and whether reminders also come by e-mail."""

    pengguna = models.OneToOneField(_PENGGUNA, on_delete=models.CASCADE, primary_key=True, related_name="+")
    dibaca_sampai = models.BigIntegerField(default=0)
    surel_pengingat = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"pengaturan kabar {self.pengguna_id}"


class SuratKeluar(models.Model):
    """An e-mail that was promised: written with its cause, sent later by the worker; no inmates' data in it."""

    upt = models.ForeignKey(UPT, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    bulan = models.DateField(null=True)
    untuk = models.EmailField()
    perihal = models.CharField(max_length=160)
    isi = models.TextField()
    dedup = models.CharField(max_length=160)
    dibuat_pada = models.DateTimeField()
    terkirim_pada = models.DateTimeField(null=True)
    dibatalkan_pada = models.DateTimeField(null=True)
    percobaan = models.PositiveSmallIntegerField(default=0)
    coba_lagi_pada = models.DateTimeField(null=True)
    galat = models.CharField(max_length=300, blank=True, default="")

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["upt", "dedup"], name="surat_satu_kali", nulls_distinct=False)]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(terkirim_pada=None, dibatalkan_pada=None), name="surat_menunggu"
            )
        ]

    def __str__(self) -> str:
        return self.perihal


class Tagihan(models.Model):
    """Somebody of the Kanwil chased a unit. `saluran` wa means that the link was opened: delivery is not known."""

    class Saluran(models.TextChoices):
        WA = "wa", "tautan WhatsApp dibuka"
        SUREL = "surel", "surel"
        TELEPON = "telepon", "telepon"

    upt = models.ForeignKey(UPT, on_delete=models.CASCADE, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.CASCADE, related_name="+", db_index=False)
    bulan = models.DateField()
    saluran = models.CharField(max_length=8, choices=Saluran.choices)
    catatan = models.CharField(max_length=200, blank=True, default="")
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    pada = models.DateTimeField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["upt", "bulan", "-id"], name="tagihan_upt_bulan")]

    def __str__(self) -> str:
        return f"tagihan {self.upt_id} {self.bulan:%Y-%m} {self.saluran}"


class KalenderUnit(models.Model):
    """The secret behind a unit's calendar address; a new `rahasia` makes the old address dead."""

    upt = models.OneToOneField(UPT, on_delete=models.CASCADE, primary_key=True, related_name="+")
    kanwil = models.ForeignKey(Kanwil, on_delete=models.CASCADE, related_name="+", db_index=False)
    rahasia = models.CharField(max_length=32)
    dibuat_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    dibuat_pada = models.DateTimeField()

    objects = KueriBercakupan.as_manager()

    def __str__(self) -> str:
        return f"kalender {self.upt_id}"


penjaga.lindungi(Pemberitahuan, penjaga.wilayah(), penjaga.HANYA_TAMBAH)
penjaga.lindungi(PengaturanKabar, f"{penjaga.SISTEM} OR {penjaga.milik('pengguna_id', 'pengguna')}")
penjaga.lindungi(SuratKeluar, penjaga.wilayah())
penjaga.lindungi(Tagihan, penjaga.wilayah(), penjaga.HANYA_TAMBAH)
penjaga.lindungi(KalenderUnit, penjaga.wilayah())
