"""What every register of a programme shares: rows that are revised, taken out with a reason, and never forgotten."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models

from pelaporan.models.berkas import Berkas
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.json import DecoderAngka, EncoderAngka
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import KueriBercakupan
from upt.models import UPT, IkutKanwil

_PENGGUNA = settings.AUTH_USER_MODEL
M = TypeVar("M", bound=models.Model)

TANPA_HAPUS = ("SELECT", "INSERT", "UPDATE")
"""Rights on register tables: a row is taken out by a mark, never deleted."""


class KueriRegister(KueriBercakupan[M]):
    def hidup(self) -> Self:
        """Rows that were not taken out."""
        return self.filter(dihapus_pada=None)


class BarisRegister(IkutKanwil):
    """One row of a register. Written by `pelaporan.register.services` alone.

    `revisi` counts its states (compare-and-set), `kunci` is the sender's own id of a new row: sent twice, it is one
    row. A row with `dihapus_pada` counts nowhere and can be brought back. `ulangan` is true of a row that an earlier
    sending of the same key had made.
    """

    ulangan: bool = False

    revisi = models.PositiveIntegerField(default=1)
    kunci = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    dibuat_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    dibuat_pada = models.DateTimeField()
    diubah_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    diubah_pada = models.DateTimeField()
    dihapus_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    dihapus_pada = models.DateTimeField(null=True)
    alasan_hapus = models.CharField(max_length=300, blank=True, default="")

    if TYPE_CHECKING:
        objects: ClassVar[KueriRegister[Self]]
    else:
        objects = KueriRegister.as_manager()

    MILIK_PORTAL: ClassVar[frozenset[str]] = frozenset(
        {"id", "upt", "kanwil", "revisi", "kunci", "dibuat_oleh", "dibuat_pada", "diubah_oleh", "diubah_pada"}
        | {"dihapus_oleh", "dihapus_pada", "alasan_hapus"}
    )

    class Meta:
        abstract = True

    @property
    def hidup(self) -> bool:
        return self.dihapus_pada is None

    def isi(self) -> dict[str, Any]:
        """The row's own fields, as its history keeps them: by attribute name, foreign keys as ids."""
        bidang = (b for b in self._meta.concrete_fields if b.name not in self.MILIK_PORTAL)
        return {b.attname: getattr(self, b.attname) for b in bidang}

    def bulan_terdampak(self) -> set[Bulan]:
        """Months whose rollup this row belongs to; none for rows that only positions are counted from."""
        return set()


class KueriRiwayatBaris(KueriBercakupan["RiwayatBaris"]):
    jalur_kanwil = "upt__kanwil_id"


class RiwayatBaris(models.Model):
    """One state of a register row, with who, when and why. Append-only; the latest is the row as it stands.

    It is read by whoever may read the unit today, so that a unit's history follows it to another Kanwil.
    """

    class Tindakan(models.TextChoices):
        BUAT = "buat", "Dicatat"
        UBAH = "ubah", "Diubah"
        HAPUS = "hapus", "Dihapus"
        PULIHKAN = "pulihkan", "Dipulihkan"
        IMPOR = "impor", "Dari berkas"
        GABUNG = "gabung", "Digabung"

    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="+", db_index=False)
    register = models.CharField(max_length=12)
    objek = models.CharField(max_length=30)
    objek_id = models.BigIntegerField()
    revisi = models.PositiveIntegerField()
    tindakan = models.CharField(max_length=8, choices=Tindakan.choices)
    isi = models.JSONField(encoder=EncoderAngka, decoder=DecoderAngka)
    alasan = models.CharField(max_length=300, blank=True, default="")
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    pada = models.DateTimeField()

    objects = KueriRiwayatBaris.as_manager()

    class Meta:
        ordering = ["-revisi"]
        verbose_name_plural = "riwayat baris"
        constraints = [
            models.UniqueConstraint(fields=["register", "objek", "objek_id", "revisi"], name="riwayat_baris_sekali")
        ]
        indexes = [models.Index(fields=["upt", "-pada"], name="riwayat_baris_upt")]

    def __str__(self) -> str:
        return f"{self.objek} {self.objek_id} r{self.revisi}"


class ImporRegister(IkutKanwil):
    """A list that a unit kept elsewhere: read, shown as a plan row by row, and only then saved.

    `rencana` = {"baris": [...]}, what saving would do (see `pelaporan.register.impor`); `hasil` what it did.
    """

    class Status(models.TextChoices):
        ANTRE = "ANTRE", "Sedang dikerjakan"
        DIPERIKSA = "DIPERIKSA", "Menunggu keputusan Anda"
        DISIMPAN = "DISIMPAN", "Disimpan"
        DIBATALKAN = "DIBATALKAN", "Dibatalkan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField(max_length=12)
    jenis = models.CharField(max_length=30)
    berkas = models.ForeignKey(Berkas, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DIPERIKSA)
    rencana = models.JSONField(default=dict, encoder=EncoderAngka, decoder=DecoderAngka)
    hasil = models.JSONField(default=dict, encoder=EncoderAngka, decoder=DecoderAngka)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    pada = models.DateTimeField()
    diputus_pada = models.DateTimeField(null=True)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["-pada"]
        verbose_name_plural = "impor register"
        indexes = [models.Index(fields=["upt", "register", "-pada"], name="impor_register_upt")]

    def __str__(self) -> str:
        return f"impor {self.register} {self.jenis}"


class MitraRegister(BarisRegister):
    """A partner of a programme; who works together with the unit, since when, until when."""

    class Jenis(models.TextChoices):
        DINAS = "dinas", "Dinas atau pemerintah daerah"
        KELOMPOK = "kelompok", "Kelompok tani atau koperasi"
        KAMPUS = "kampus", "Perguruan tinggi atau sekolah"
        BADAN = "badan", "BUMN atau BUMD"
        SWASTA = "swasta", "Perusahaan"
        LAIN = "lain", "Lainnya"

    nama = models.CharField(max_length=80)
    jenis = models.CharField(max_length=10, choices=Jenis.choices)
    lingkup = models.CharField(max_length=200, blank=True, default="")
    dari = models.DateField()
    sampai = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.nama


_UNIT_WILAYAH = f"upt_id IN (SELECT id FROM upt_upt WHERE {penjaga.milik('kanwil_id', 'kanwil')})"  # noqa: S608

penjaga.lindungi(
    RiwayatBaris, f"{penjaga.NASIONAL} OR {penjaga.milik('upt_id', 'upt')} OR {_UNIT_WILAYAH}", penjaga.HANYA_TAMBAH
)
penjaga.lindungi(ImporRegister, penjaga.wilayah(), TANPA_HAPUS)
