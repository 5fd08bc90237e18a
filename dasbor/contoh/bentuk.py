"""Content of one invented report, and what its modules share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pelaporan.isian import Baris, Isian, Keadaan, Sel
from pelaporan.rumus import Nilai
from pelaporan.skema import Skema

BarisIsi = dict[str, Nilai]


@dataclass
class Isi:
    """Typed values by code (and what registers fill in), rows of the line lists by list."""

    nilai: dict[str, Nilai]
    baris: dict[str, list[BarisIsi]] = field(default_factory=dict)

    def isian(self, skema: Skema) -> Isian:
        """The same as the form engine reads it: a number 0 is nihil."""
        sel = {k: sel_dari(v) for k, v in self.nilai.items()}
        return Isian(sel, {kode: self.baris_isian(kode) for kode in skema.daftar})

    def baris_isian(self, daftar: str) -> list[Baris]:
        semua = self.baris.get(daftar, [])
        return [Baris(id_baris(n), {k: sel_dari(v) for k, v in b.items()}) for n, b in enumerate(semua, 1)]

    @property
    def berbaris(self) -> bool:
        return any(self.baris.values())

    def angka(self, kode: str) -> int:
        """A whole number of the report; 0 when it is absent."""
        return int(str(self.nilai.get(kode) or 0))

    def dua(self, awal: str) -> int:
        """Men and women of a row together."""
        return self.angka(f"{awal}_l") + self.angka(f"{awal}_p")


Semua = Mapping[str, Isi]
"""The reports of one unit and month that are already made, by form."""


def id_baris(n: int) -> str:
    return f"contoh{n:06}"


def sel_dari(nilai: Nilai) -> Sel:
    nihil = nilai == 0 and not isinstance(nilai, bool)
    return Sel(0, Keadaan.NIHIL) if nihil else Sel(nilai)
