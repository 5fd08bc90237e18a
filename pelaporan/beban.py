"""What a month of reporting costs a unit: minutes and cells. Pure; no database.

Minutes are estimated from the times of acknowledged saves, as editors' time trackers do: the gaps between one
person's saves are added up as long as they are shorter than five minutes; a longer gap is something else that was
done meanwhile. Every such stretch of work starts with one more minute, for opening the page and reading what was
asked before the first save. Two people who work at the same time cost two people's minutes.

Cells are counted by how they were filled *last*: typed, copied from last month, taken from Excel (a workbook or a
pasted block), stated nil by one button; plus those that nobody fills in because the portal computes them or a register
knows them. An emptied cell counts as nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SELA = timedelta(minutes=5)
AWALAN = timedelta(minutes=1)
ASAL_KETIK = frozenset({"web", "usulan", "kanwil", "api"})
ASAL_EXCEL = frozenset({"excel", "tempel"})


@dataclass(frozen=True)
class Beban:
    """Minutes of work, and cells by how they were filled."""

    menit: int = 0
    sel_diketik: int = 0
    sel_otomatis: int = 0
    sel_disalin: int = 0
    sel_excel: int = 0
    sel_nihil: int = 0


def hitung_menit(simpanan: Iterable[tuple[object, datetime]]) -> int:
    """Minutes from (person, time of a save), rounded up; 0 without any save."""
    menurut_orang: dict[object, list[datetime]] = defaultdict(list)
    for orang, pada in simpanan:
        menurut_orang[orang].append(pada)
    jumlah = sum((_lama(sorted(waktu)) for waktu in menurut_orang.values()), timedelta())
    return -(-jumlah // timedelta(minutes=1))


def _lama(waktu: list[datetime]) -> timedelta:
    """One person's time: the short gaps, and a minute before every stretch."""
    jumlah, sebelum = timedelta(), None
    for kini in waktu:
        dekat = sebelum is not None and kini - sebelum < SELA
        jumlah += kini - sebelum if dekat and sebelum is not None else AWALAN
        sebelum = kini
    return jumlah


def hitung_sel(asal_akhir: Iterable[str], otomatis: int) -> dict[str, int]:
    """Cells by their last origin, as fields of Beban."""
    asal = list(asal_akhir)
    return {
        "sel_diketik": sum(a in ASAL_KETIK for a in asal),
        "sel_excel": sum(a in ASAL_EXCEL for a in asal),
        "sel_disalin": asal.count("salin"),
        "sel_nihil": asal.count("nihil"),
        "sel_otomatis": otomatis,
    }
