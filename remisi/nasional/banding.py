"""The portal's grants beside what was published about the same day. Pure but for the rows it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from remisi.nasional.cetak import BAGIAN, besar
from remisi.nasional.selectors_rilis import GABUNGAN, Terbaca

_ANAK = {"RU": "PMPU", "RK": "PMPK", "RD": "PMPD"}
"""The children's kind that a release of this kind may print beside it."""


@dataclass(frozen=True)
class Banding:
    """One printed figure beside the portal's; None: closed for this reader."""

    label: str
    cetak: int
    portal: int | None

    @property
    def beda(self) -> int | None:
        return None if self.portal is None else self.portal - self.cetak

    @property
    def persen(self) -> float | None:
        return None if self.portal is None or not self.cetak else 100 * self.portal / self.cetak


def bandingkan(t: Terbaca, per: Mapping[tuple[str, str], int | None], *, utuh: bool) -> list[Banding]:
    """Total and parts of a release against the grants counted here, by kind and result as the reader may see them."""
    hasil = [] if t.cetak.total is None else [Banding("Jumlah", t.cetak.total, _jumlah(_ikut(t, per)))]
    if not utuh or t.rilis.jenis == GABUNGAN:
        return hasil
    kunci = {k: j for k in BAGIAN if (j := _kunci(t.rilis.jenis, k))}
    return hasil + [Banding(_label(t, k), c, per.get(kunci[k], 0)) for k, c in t.cetak.bagian.items() if k in kunci]


def _label(t: Terbaca, bagian: str) -> str:
    return besar(BAGIAN[bagian]) if bagian.startswith("ANAK") else f"{t.rilis.jenis} {bagian}"


def _kunci(jenis: str, bagian: str) -> tuple[str, str] | None:
    """Kind and result that a printed part is about; None for what the portal does not tell apart."""
    if bagian in ("I", "II"):
        return jenis, bagian
    anak = _ANAK.get(jenis)
    return (anak, bagian.removeprefix("ANAK_")) if anak and bagian.startswith("ANAK_") else None


def _ikut(t: Terbaca, per: Mapping[tuple[str, str], int | None]) -> list[int | None]:
    """The counts behind a printed total: of all kinds, or of the kind and the children that it counts in."""
    jenis = {t.rilis.jenis} | (
        {_ANAK[t.rilis.jenis]} if "ANAK_I" in t.cetak.bagian and t.rilis.jenis in _ANAK else set()
    )
    return [n for (j, _), n in per.items() if t.rilis.jenis == GABUNGAN or j in jenis]


def _jumlah(semua: Iterable[int | None]) -> int | None:
    """None as soon as one of them is closed: the rest would give it away."""
    buka = list(semua)
    return None if None in buka else sum(n or 0 for n in buka)
