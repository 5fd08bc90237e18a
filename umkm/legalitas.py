"""How far a product has come with its papers. Pure: licences in, a stage out.

The steps are those of the national page: none, NIB, P-IRT, Halal, merek. A product stands at the furthest paper that
it holds on that day, whatever it has of those before; a NIB without a product is the unit's and counts for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class Tahap(IntEnum):
    """Stages in their order; later is further."""

    BELUM = 0
    NIB = 1
    PIRT = 2
    HALAL = 3
    MEREK = 4

    @property
    def label(self) -> str:
        return ("Belum ada", "NIB", "P-IRT", "Halal", "Merek")[self]


TAHAP = {"nib": Tahap.NIB, "pirt": Tahap.PIRT, "halal": Tahap.HALAL, "merek": Tahap.MEREK}
"""Kinds of licences that are steps. BPOM and SNI are shown beside them: few products need them."""


@dataclass(frozen=True, slots=True)
class Surat:
    """A licence: of one product, or (None) of the unit's whole enterprise."""

    jenis: str
    produk_id: int | None = None
    terbit: date | None = None
    berakhir: date | None = None

    def berlaku(self, hari: date) -> bool:
        """In force on a day; without dates always."""
        return (self.terbit is None or self.terbit <= hari) and (self.berakhir is None or self.berakhir >= hari)

    def untuk(self, produk_id: int) -> bool:
        return self.produk_id is None or self.produk_id == produk_id


def tahap(produk_id: int, surat: Iterable[Surat], hari: date) -> Tahap:
    """The furthest step of a product on a day, among the licences of its unit."""
    punya = (TAHAP.get(s.jenis, Tahap.BELUM) for s in surat if s.untuk(produk_id) and s.berlaku(hari))
    return max(punya, default=Tahap.BELUM)


def corong(tahap: Iterable[Tahap]) -> dict[Tahap, int]:
    """Products that reached each stage or a later one, in the order of the stages; `BELUM` counts those at none."""
    semua = list(tahap)
    return {t: sum(satu >= t for satu in semua) if t else semua.count(t) for t in Tahap}
