"""The algebra of sentences: years by the calendar, months of 30 days, lengths kept as they were pronounced. Pure.

A length is never flattened into days: "2 tahun 8 bulan" is two calendar years and 240 days, wherever it begins.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

BULAN = 30
"""Days of a month. The law says so (rule BULAN_30, Keppres 174/1999 Pasal 7); a test holds both equal."""


class Lama(NamedTuple):
    """A sentence as pronounced."""

    tahun: int
    bulan: int
    hari: int

    @property
    def dalam_bulan(self) -> Fraction:
        """Exactly how many months, for comparing and for taking a part; never for a date."""
        return 12 * self.tahun + self.bulan + Fraction(self.hari, BULAN)

    def __str__(self) -> str:
        return kata(tahun=self.tahun, bulan=self.bulan, hari=self.hari)


class Potong(NamedTuple):
    """A remission: months and days stay apart, in each grant and in the total ("58 bulan 30 hari")."""

    bulan: int
    hari: int

    @property
    def total_hari(self) -> int:
        return BULAN * self.bulan + self.hari

    def __str__(self) -> str:
        return kata(bulan=self.bulan, hari=self.hari)


def kata(**bagian: int) -> str:
    """1 tahun 9 bulan 10 hari; parts that are zero are left out, "0 hari" when all are."""
    return " ".join(f"{n} {nama}" for nama, n in bagian.items() if n) or "0 hari"


def jumlah_potong(semua: list[Potong] | tuple[Potong, ...]) -> Potong:
    """The total of grants, without carrying days into months."""
    return Potong(sum(r.bulan for r in semua), sum(r.hari for r in semua))


def tambah(mulai: date, tahun: int = 0, bulan: int = 0, hari: int = 0) -> date:
    """The day a length after another: calendar years first (29 February becomes 28), then 30-day months and days.

    Raises OverflowError or ValueError beyond the calendar.
    """
    return tambah_tahun(mulai, tahun) + timedelta(days=BULAN * bulan + hari)


def tambah_tahun(mulai: date, tahun: int) -> date:
    """The same day so many years later; of 29 February the 28th where there is none."""
    try:
        return mulai.replace(year=mulai.year + tahun)
    except ValueError:
        return mulai.replace(year=mulai.year + tahun, day=28)


def bagian(lama: tuple[int, int, int], p: int, q: int) -> Lama:
    """p/q of a length: exact in months, then years, months and days with the last day begun counted whole.

    Not normalised further: 30 days may stand beside the months.
    """
    bulan_utuh, sisa = divmod(Lama(*lama).dalam_bulan * p / q, 1)
    tahun, bulan = divmod(int(bulan_utuh), 12)
    return Lama(tahun, bulan, _ke_atas(sisa * BULAN))


def bagian_potong(bulan: Fraction, ke_atas: bool = True) -> Potong:
    """An amount in exact months as whole months and days; `ke_atas` counts the last day begun."""
    utuh, sisa = divmod(bulan, 1)
    hari = sisa * BULAN
    return Potong(int(utuh), _ke_atas(hari) if ke_atas else int(hari))


def _ke_atas(nilai: Fraction) -> int:
    return -int(-nilai // 1)
