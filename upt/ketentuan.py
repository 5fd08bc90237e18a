"""Rules that law or policy may change: data with an effective date and a source (`data/ketentuan.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

_BERKAS = Path(__file__).parent / "data" / "ketentuan.csv"


@dataclass(frozen=True, kw_only=True)
class Berdasar:
    """What is in force from a day on, by a source. `terkonfirmasi`: somebody has read the source."""

    berlaku_dari: date
    sumber: str
    terkonfirmasi: bool

    @property
    def tanda(self) -> str:
        """What is shown behind it while nobody has checked it."""
        return "" if self.terkonfirmasi else " (belum dikonfirmasi)"


_Isi = TypeVar("_Isi", bound=Berdasar)


def terbaru(semua: Iterable[_Isi], pada: date) -> _Isi | None:
    """The one in force on a day: the newest that has begun; None before all of them."""
    return max((s for s in semua if s.berlaku_dari <= pada), key=lambda s: s.berlaku_dari, default=None)


@dataclass(frozen=True, kw_only=True)
class Ketentuan(Berdasar):
    """One value, named by its code."""

    kode: str
    nilai: int
    satuan: str


@cache
def _semua() -> tuple[Ketentuan, ...]:
    with _BERKAS.open(encoding="utf-8", newline="") as isi:
        return tuple(
            Ketentuan(
                kode=b["kode"],
                nilai=int(b["nilai"]),
                satuan=b["satuan"],
                berlaku_dari=date.fromisoformat(b["berlaku_dari"]),
                sumber=b["sumber"],
                terkonfirmasi=b["terkonfirmasi"] == "ya",
            )
            for b in csv.DictReader(isi)
        )


def berlaku(kode: str, pada: date) -> Ketentuan:
    """The value in force on a day; raises KeyError when there is none."""
    ada = terbaru((k for k in _semua() if k.kode == kode), pada)
    if ada is None:
        raise KeyError(f"{kode} belum berlaku pada {pada}")
    return ada
