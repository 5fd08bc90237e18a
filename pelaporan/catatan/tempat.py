"""Places of a report that people talk about. Pure.

An address is an item code, `<daftar>/<baris>/<kolom>`, a list code, or '' for the whole report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pelaporan.butir import Butir
from pelaporan.skema import Skema

SELURUH = "Seluruh laporan"
_BARIS = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)


@dataclass(frozen=True)
class Tempat:
    """One place with its words. `butir` is the item or column, None for a list and for the whole report."""

    kode: str
    label: str
    butir: Butir | None = None
    daftar: str = ""
    baris: str = ""
    bagian: str = ""

    @property
    def sasaran(self) -> str:
        """The id of the place on its section page."""
        if self.butir is not None:
            return f"s-{self.kode.replace('/', '-')}"
        return f"d-{self.kode}" if self.kode else ""


def dapat_diusulkan(tempat: Tempat, isi: Mapping[str, Any]) -> bool:
    """Whether another value may be proposed: a cell that a person typed in the sent content, not a register."""
    asal = isi.get("asal", {})
    return tempat.butir is not None and tempat.butir.diketik and not {tempat.kode, tempat.daftar} & asal.keys()


def baca_tempat(skema: Skema, kode: str) -> Tempat | None:
    """The place of an address; None when the form has no such place."""
    if not kode:
        return Tempat("", SELURUH)
    if "/" in kode:
        return _sel_daftar(skema, kode)
    bagian = skema.bagian_dari.get(kode)
    if kode in skema.butir:
        return Tempat(kode, skema.butir[kode].label, skema.butir[kode], bagian=bagian.kode if bagian else "")
    if kode in skema.daftar:
        return Tempat(kode, skema.daftar[kode].judul, bagian=bagian.kode if bagian else "")
    return None


def _sel_daftar(skema: Skema, kode: str) -> Tempat | None:
    bagian = kode.split("/")
    if len(bagian) != 3 or bagian[0] not in skema.daftar or not _BARIS.fullmatch(bagian[1]):
        return None
    daftar = skema.daftar[bagian[0]]
    butir = daftar.per_kode.get(bagian[2])
    if butir is None:
        return None
    return Tempat(
        kode, f"{daftar.judul}: {butir.label}", butir, bagian[0], bagian[1], skema.bagian_dari[bagian[0]].kode
    )


def label_tempat(skema: Skema, kode: str) -> str:
    """The words for an address, also for one that a later form no longer knows."""
    tempat = baca_tempat(skema, kode)
    return tempat.label if tempat else kode


def baris_ada(isi: Mapping[str, Any], tempat: Tempat) -> bool:
    """Does this content (draft or sent version) have the row of the place? Places outside lists always exist."""
    return not tempat.daftar or any(b["id"] == tempat.baris for b in isi.get("daftar", {}).get(tempat.daftar, ()))
