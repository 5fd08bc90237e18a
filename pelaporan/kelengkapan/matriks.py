"""The completeness matrix as data. Pure: obligations in; cells, rows and sums out.

Measures, after those of aggregate reporting systems: *diharapkan* are owed reports whose deadline has passed or that
were sent already (a month that has just begun is nobody's lateness), *diterima* were sent, *tepat waktu* were sent by
the deadline, *lengkap* is the share of asked cells with an answer over everything expected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from pelaporan.alur import Status

_MAJU = (
    Status.BELUM,
    Status.DRAF,
    Status.SIAP,
    Status.DIKEMBALIKAN,
    Status.DIKIRIM,
    Status.TERVERIFIKASI,
    Status.TERKUNCI,
)
_URUT = {status.value: n for n, status in enumerate(_MAJU)}


@dataclass(frozen=True, slots=True)
class Kewajiban:
    """One owed report as far as completeness needs it."""

    upt: int
    bulan: date
    formulir: str
    status: str
    masuk: bool
    terlambat: bool
    tenggat: datetime
    dibebaskan: bool
    diminta: int
    kosong: int

    def terutang(self, kini: datetime) -> bool:
        return self.masuk or self.tenggat < kini

    def lewat(self, kini: datetime) -> bool:
        return self.terlambat or (not self.masuk and self.tenggat < kini)


@dataclass(frozen=True, slots=True)
class Hitungan:
    """Sums over reports; they add up over forms, months, units and regions."""

    diharapkan: int = 0
    diterima: int = 0
    tepat: int = 0
    sah: int = 0
    diminta: int = 0
    terisi: int = 0

    def __add__(self, lain: Hitungan) -> Hitungan:
        return Hitungan(*(getattr(self, k) + getattr(lain, k) for k in self.__slots__))

    @property
    def persen_lengkap(self) -> Decimal | None:
        return _persen(self.terisi, self.diminta)

    @property
    def persen_tepat(self) -> Decimal | None:
        return _persen(self.tepat, self.diharapkan)

    @property
    def persen_diterima(self) -> Decimal | None:
        return _persen(self.diterima, self.diharapkan)


def _persen(bagian: int, semua: int) -> Decimal | None:
    return Decimal(100 * bagian) / semua if semua else None


def hitung(satu: Kewajiban, kini: datetime) -> Hitungan:
    if satu.dibebaskan or not satu.terutang(kini):
        return Hitungan()
    return Hitungan(
        1,
        int(satu.masuk),
        int(satu.masuk and not satu.terlambat),
        int(satu.status in (Status.TERVERIFIKASI, Status.TERKUNCI)),
        satu.diminta,
        satu.diminta - satu.kosong if satu.masuk else 0,
    )


@dataclass(slots=True)
class Petak:
    """One unit in one month. `status` is of the form that is least far; empty when nothing was owed."""

    status: str = ""
    terlambat: bool = False
    dibebaskan: bool = False
    belum: int = 0
    wajib: int = 0
    hitungan: Hitungan = field(default_factory=Hitungan)

    def tambah(self, satu: Kewajiban, kini: datetime) -> None:
        if satu.dibebaskan:
            self.dibebaskan = True
            return
        self.wajib += 1
        self.belum += not satu.masuk
        self.terlambat |= satu.lewat(kini)
        self.hitungan += hitung(satu, kini)
        if not self.status or _URUT[satu.status] < _URUT[self.status]:
            self.status = satu.status


@dataclass
class Baris:
    """One unit over the months."""

    upt: int
    petak: dict[date, Petak] = field(default_factory=dict)

    @property
    def hitungan(self) -> Hitungan:
        return sum((p.hitungan for p in self.petak.values()), Hitungan())

    @property
    def belum(self) -> int:
        return sum(p.belum for p in self.petak.values())


def susun(semua: Iterable[Kewajiban], kini: datetime) -> dict[int, Baris]:
    """Rows by unit."""
    hasil: dict[int, Baris] = {}
    for satu in semua:
        baris = hasil.setdefault(satu.upt, Baris(satu.upt))
        baris.petak.setdefault(satu.bulan, Petak()).tambah(satu, kini)
    return hasil


def jumlah_bulan(baris: Iterable[Baris]) -> dict[date, Hitungan]:
    """Sums by month."""
    hasil: dict[date, Hitungan] = {}
    for satu in baris:
        for bulan, petak in satu.petak.items():
            hasil[bulan] = hasil.get(bulan, Hitungan()) + petak.hitungan
    return hasil


def terburuk_dulu(baris: Baris) -> tuple[Decimal, Decimal, int]:
    """Sort key: least complete, then least in time."""
    h = baris.hitungan
    penuh = Decimal(101)
    lengkap, tepat = h.persen_lengkap, h.persen_tepat
    return (penuh if lengkap is None else lengkap, penuh if tepat is None else tepat, -baris.belum)
