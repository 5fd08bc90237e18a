"""Organisation: 33 Kanwil, about 630 UPT, their parents and capacities over time, and who serves where."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from pemasyarakatan.akun.izin import PERAN
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.waktu import WIB, sekarang
from upt.cakupan import KueriBercakupan

if TYPE_CHECKING:
    pass


class Zona(models.TextChoices):
    WIB = "WIB", "WIB"
    WITA = "WITA", "WITA"
    WIT = "WIT", "WIT"


class Kanwil(models.Model):
    """A regional office. `provinsi` lists what it covers (38 provinces in 33); `petak_*` place it on the tile map."""

    kode = models.CharField(max_length=4, unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    nama = models.CharField(max_length=120)
    nama_pendek = models.CharField(max_length=60)
    singkatan = models.CharField(max_length=5)
    provinsi = models.JSONField(default=list)
    zona = models.CharField(max_length=4, choices=Zona.choices)
    kota = models.CharField(max_length=60, blank=True, default="")
    petak_baris = models.PositiveSmallIntegerField()
    petak_kolom = models.PositiveSmallIntegerField()
    terkonfirmasi = models.BooleanField(default=False)

    class Meta:
        ordering = ["kode"]
        verbose_name_plural = "kanwil"
        constraints = [models.UniqueConstraint(fields=["petak_baris", "petak_kolom"], name="kanwil_petak_unik")]

    def __str__(self) -> str:
        return f"Kanwil {self.nama_pendek}"


class KueriUPT(KueriBercakupan["UPT"]):
    jalur_upt = "id"

    def berlaku_pada(self, tanggal: date) -> KueriUPT:
        return self.filter(Q(berlaku_sampai=None) | Q(berlaku_sampai__gte=tanggal), berlaku_dari__lte=tanggal)


class UPT(models.Model):
    """A unit: Lapas, Rutan, LPKA, Bapas or hospital. `kanwil` is today's parent; `riwayat_kanwil` knows the others."""

    class Jenis(models.TextChoices):
        LAPAS = "LAPAS", "Lembaga Pemasyarakatan"
        RUTAN = "RUTAN", "Rumah Tahanan Negara"
        LPKA = "LPKA", "Lembaga Pembinaan Khusus Anak"
        BAPAS = "BAPAS", "Balai Pemasyarakatan"
        RS = "RS", "Rumah Sakit Pengayoman"

    class Subjenis(models.TextChoices):
        UMUM = "UMUM", "Umum"
        NARKOTIKA = "NARKOTIKA", "Narkotika"
        PEREMPUAN = "PEREMPUAN", "Perempuan"
        TERBUKA = "TERBUKA", "Terbuka"
        PEMUDA = "PEMUDA", "Pemuda"
        KHUSUS = "KHUSUS", "Khusus"

    kode = models.SlugField(max_length=80, unique=True)
    nama = models.CharField(max_length=120)
    jenis = models.CharField(max_length=6, choices=Jenis.choices)
    subjenis = models.CharField(max_length=10, choices=Subjenis.choices, default=Subjenis.UMUM)
    kelas = models.CharField(max_length=5, blank=True, default="")
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="upt")
    kabkota = models.CharField("kabupaten/kota", max_length=60, blank=True, default="")
    zona = models.CharField(max_length=4, choices=Zona.choices)
    alamat = models.CharField(max_length=200, blank=True, default="")
    telepon = models.CharField(max_length=30, blank=True, default="")
    surel = models.EmailField(blank=True, default="")
    wa = models.CharField("WhatsApp", max_length=20, blank=True, default="")
    berlaku_dari = models.DateField(default=date(2000, 1, 1))
    berlaku_sampai = models.DateField(null=True, blank=True)
    sumber = models.CharField(max_length=160, blank=True, default="")
    terkonfirmasi = models.BooleanField(default=False)
    buatan = models.BooleanField("unit buatan (bukan kantor nyata)", default=False)

    objects = KueriUPT.as_manager()

    class Meta:
        ordering = ["nama"]
        verbose_name = "UPT"
        verbose_name_plural = "UPT"
        constraints = [
            models.CheckConstraint(
                condition=Q(berlaku_sampai=None) | Q(berlaku_sampai__gte=F("berlaku_dari")), name="upt_masa_berlaku"
            )
        ]

    def __str__(self) -> str:
        return self.nama

    @property
    def upt_id(self) -> int:
        """So that `boleh` treats a unit like every other scoped row."""
        return self.pk


def _rentang(dari: str, sampai: str) -> Func:
    return Func(F(dari), F(sampai), function="DATERANGE", template="%(function)s(%(expressions)s, '[]')")


JENIS_HUNI = (UPT.Jenis.LAPAS, UPT.Jenis.RUTAN, UPT.Jenis.LPKA)
"""Kinds of units that hold inmates; a Bapas guides people outside and keeps no register of inmates."""


class RiwayatKanwil(models.Model):
    """Parent of a unit over time; no two parents on one day."""

    upt = models.ForeignKey(UPT, on_delete=models.CASCADE, related_name="riwayat_kanwil")
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+")
    dari = models.DateField()
    sampai = models.DateField(null=True, blank=True)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["upt_id", "dari"]
        verbose_name = "riwayat Kanwil"
        verbose_name_plural = "riwayat Kanwil"
        constraints = [
            ExclusionConstraint(
                name="riwayat_kanwil_tidak_tumpang",
                expressions=[("upt", RangeOperators.EQUAL), (_rentang("dari", "sampai"), RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.upt} → {self.kanwil} sejak {self.dari}"


class Kapasitas(models.Model):
    """Capacity (persons) from a day on, as the last building survey found it."""

    upt = models.ForeignKey(UPT, on_delete=models.CASCADE, related_name="kapasitas")
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+")
    dari = models.DateField()
    laki = models.PositiveIntegerField(default=0)
    perempuan = models.PositiveIntegerField(default=0)
    anak = models.PositiveIntegerField(default=0)
    sumber = models.CharField(max_length=160, blank=True, default="")

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["upt_id", "-dari"]
        verbose_name_plural = "kapasitas"
        constraints = [models.UniqueConstraint(fields=["upt", "dari"], name="kapasitas_sekali_sehari")]

    def __str__(self) -> str:
        return f"{self.upt}: {self.total} sejak {self.dari}"

    @property
    def total(self) -> int:
        return self.laki + self.perempuan + self.anak


class IkutKanwil(models.Model):
    """A row that is the unit's own and follows it to another Kanwil; a report stays with the Kanwil of its month."""

    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class KueriPenugasan(KueriBercakupan["Penugasan"]):
    def berlaku(self, tanggal: date | None = None) -> KueriPenugasan:
        """Valid on a day (default: today in WIB, the westernmost zone, so nobody loses the last hours)."""
        hari = tanggal or sekarang().astimezone(WIB).date()
        sah = self.filter(Q(sampai=None) | Q(sampai__gte=hari), mulai__lte=hari, dicabut_pada=None)
        return sah.select_related("kanwil")  # every page names the office; units are not visible yet at this point


class Penugasan(models.Model):
    """Who serves where, as what, from when until when. The only source of scope and rights."""

    class Sebagai(models.TextChoices):
        DEFINITIF = "DEFINITIF", "definitif"
        PLT = "PLT", "Plt."
        PLH = "PLH", "Plh."

    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="penugasan")
    peran = models.CharField(max_length=20, choices=[(kode, peran.label) for kode, peran in PERAN.items()])
    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, null=True, blank=True, related_name="penugasan")
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, null=True, blank=True, related_name="penugasan")
    sebagai = models.CharField(max_length=10, choices=Sebagai.choices, default=Sebagai.DEFINITIF)
    mulai = models.DateField()
    sampai = models.DateField(null=True, blank=True)
    dicabut_pada = models.DateTimeField(null=True, blank=True)
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = KueriPenugasan.as_manager()

    class Meta:
        verbose_name_plural = "penugasan"
        ordering = ["pengguna_id", "peran"]
        constraints = [
            models.CheckConstraint(
                name="penugasan_sesuai_tingkat",
                condition=Q(peran__in=[k for k, p in PERAN.items() if p.tingkat == "upt"], upt__isnull=False)
                | Q(
                    peran__in=[k for k, p in PERAN.items() if p.tingkat == "kanwil"],
                    upt__isnull=True,
                    kanwil__isnull=False,
                )
                | Q(
                    peran__in=[k for k, p in PERAN.items() if p.tingkat == "nasional"],
                    upt__isnull=True,
                    kanwil__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_peran_display()} {self.upt or self.kanwil or 'nasional'}"

    @property
    def tingkat(self) -> str:
        return PERAN[self.peran].tingkat

    @property
    def gelar(self) -> str:
        """'Kepala UPT', 'Plt. Kepala UPT'."""
        awalan = "" if self.sebagai == self.Sebagai.DEFINITIF else f"{self.get_sebagai_display()} "
        return f"{awalan}{self.get_peran_display()}"

    def mencakup(self, objek: Any) -> bool:
        if self.tingkat == "nasional":
            return True
        if self.tingkat == "kanwil":
            return getattr(objek, "kanwil_id", None) == self.kanwil_id
        return getattr(objek, "upt_id", None) == self.upt_id


penjaga.lindungi(UPT, penjaga.wilayah(upt="id"))
penjaga.lindungi(RiwayatKanwil, penjaga.wilayah())
penjaga.lindungi(Kapasitas, penjaga.wilayah())
# One's own assignments are always readable, but only an office gives them: nobody can write one for oneself.
penjaga.lindungi(
    Penugasan, f"{penjaga.wilayah()} OR {penjaga.milik('pengguna_id', 'pengguna')}", tulis=penjaga.wilayah()
)
