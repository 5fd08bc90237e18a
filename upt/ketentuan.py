"""Rules that law or policy may change: data with an effective date and a source (`data/ketentuan.csv`)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_BERKAS = Path(__file__).parent / "data" / "ketentuan.csv"


@dataclass(frozen=True)
class Ketentuan:
    """One value in force from a day on. `terkonfirmasi`: somebody has read the source."""

    kode: str
    nilai: int
    satuan: str
    berlaku_dari: date
    sumber: str
    terkonfirmasi: bool

    @property
    def tanda(self) -> str:
        """What is shown behind the value while nobody has checked it."""
        return "" if self.terkonfirmasi else " (belum dikonfirmasi)"


@cache
def _semua() -> tuple[Ketentuan, ...]:
    with _BERKAS.open(encoding="utf-8", newline="") as isi:
        return tuple(
            Ketentuan(
                b["kode"],
                int(b["nilai"]),
                b["satuan"],
                date.fromisoformat(b["berlaku_dari"]),
                b["sumber"],
                b["terkonfirmasi"] == "ya",
            )
            for b in csv.DictReader(isi)
        )


def berlaku(kode: str, pada: date) -> Ketentuan:
    """The value in force on a day; raises KeyError when there is none."""
    cocok = [k for k in _semua() if k.kode == kode and k.berlaku_dari <= pada]
    if not cocok:
        raise KeyError(f"{kode} belum berlaku pada {pada}")
    return max(cocok, key=lambda k: k.berlaku_dari)
