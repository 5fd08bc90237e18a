"""What a figure usually is: a band around the unit's own past months. Pure; no database.

The rule is the modified z-score of B. Iglewicz and D. C. Hoaglin, "How to Detect and Handle Outliers" (ASQC Basic
References in Quality Control 16, 1993), which is also what DHIS2's outlier detection offers: distance from the
median in units of 1.4826 times the median absolute deviation (that factor makes it the standard deviation of a
normal series). Median and MAD, because one wrong month in the past must not widen the band for the next year, as it
does with mean and standard deviation. Three of those units, as with a control chart.

A series that hardly moves has a MAD of zero, and then every change would be "unusual". So the half width is never
less than five percent of the median, nor less than two units: a count of 3 that becomes 5 is nothing to ask about.
The floors are this portal's own choice, not the book's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

Angka = int | Decimal

PALING_SEDIKIT = 4
"""Fewer past values than this say nothing about habit."""
PALING_BANYAK = 12
LEBAR = Decimal("3")
SETARA_SIMPANGAN_BAKU = Decimal("1.4826")
LANTAI_NISBI = Decimal("0.05")
LANTAI_MUTLAK = Decimal("2")


@dataclass(frozen=True)
class Pita:
    """The usual range, with its middle. Inclusive on both sides."""

    bawah: Decimal
    tengah: Decimal
    atas: Decimal


def pita(nilai: Sequence[Angka | None]) -> Pita | None:
    """The band of the last months (oldest first, None where nothing was reported); None below four values.

    A series that never was negative cannot be expected to become so: its band ends at zero.
    """
    ada = [Decimal(n) for n in nilai[-PALING_BANYAK:] if n is not None and not isinstance(n, bool)]
    if len(ada) < PALING_SEDIKIT:
        return None
    tengah = median(ada)
    simpangan = median([abs(n - tengah) for n in ada])
    lebar = max(LEBAR * SETARA_SIMPANGAN_BAKU * simpangan, LANTAI_NISBI * abs(tengah), LANTAI_MUTLAK)
    bawah = tengah - lebar
    return Pita(max(bawah, Decimal(0)) if min(ada) >= 0 else bawah, tengah, tengah + lebar)


def di_luar(kebiasaan: Pita | None, nilai: Angka | None) -> bool:
    """Whether a value is unusual; without a band or a value nothing is."""
    if kebiasaan is None or nilai is None or isinstance(nilai, bool):
        return False
    return not kebiasaan.bawah <= nilai <= kebiasaan.atas
