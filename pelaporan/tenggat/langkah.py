"""The ladder of reminders: which step falls on which working morning. Pure; the policy is data beside it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

from upt.ketentuan import Berdasar, terbaru

_BERKAS = Path(__file__).parent / "data" / "pengingat.yaml"
PENERIMA = ("operator", "kepala", "kanwil")
MUNDUR_TERJAUH = 31
"""Days that a step may wait for a working morning: longer than any row of holidays."""


@dataclass(frozen=True)
class Langkah:
    """One step: days from the unit's deadline (negative before), and who is told."""

    hari: int
    kepada: tuple[str, ...]

    @property
    def kode(self) -> str:
        return f"h{self.hari:+d}"


@dataclass(frozen=True, kw_only=True)
class Tangga(Berdasar):
    """The policy in force from a day on."""

    pukul: int
    langkah: tuple[Langkah, ...]
    belum_dibuka_hari_kerja: int


@cache
def _semua() -> tuple[Tangga, ...]:
    isi = yaml.safe_load(_BERKAS.read_text(encoding="utf-8"))
    return tuple(
        Tangga(**{**satu, "langkah": tuple(Langkah(x["hari"], _penerima(x["kepada"])) for x in satu["langkah"])})
        for satu in isi
    )


def _penerima(kepada: list[str]) -> tuple[str, ...]:
    asing = set(kepada) - set(PENERIMA)
    if asing or not kepada:
        raise ValueError(f"Penerima pengingat tidak dikenal: {sorted(asing) or 'kosong'}")
    return tuple(kepada)


def tangga_pada(hari: date) -> Tangga:
    """The ladder in force on a day: the newest that has begun, the oldest for days before all of them."""
    return terbaru(_semua(), hari) or _semua()[0]


def hari_kerja(hari: date, libur: Collection[date]) -> bool:
    return hari.weekday() < 5 and hari not in libur


def pagi_kerja(hari: date, libur: Collection[date]) -> date | None:
    """The day itself when people work on it, else the next one on which they do; None when that is too far off."""
    for n in range(MUNDUR_TERJAUH):
        if hari_kerja(hari + timedelta(days=n), libur):
            return hari + timedelta(days=n)
    return None


def langkah_pada(hari: date, tenggat: date, libur: Collection[date], tangga: Tangga) -> Langkah | None:
    """The step that is due on the morning of `hari`; None on days off and on all other days.

    Steps that holidays push onto one morning are one message, the last of them. A step before the deadline that would
    be pushed beyond it is dropped: what comes after the deadline has steps of its own.
    """
    if not hari_kerja(hari, libur):
        return None
    jatuh = [
        satu
        for satu in tangga.langkah
        if pagi_kerja(tenggat + timedelta(days=satu.hari), libur) == hari and not (satu.hari <= 0 and hari > tenggat)
    ]
    return max(jatuh, key=lambda satu: satu.hari, default=None)
