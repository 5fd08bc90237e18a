"""Exhibitions and what came of them: shown and follow-up from the units' entries, sold and turnover from their sales.

The event is public; what units brought and sold is read within the scope. Merged entries of one event are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from pemasyarakatan.inti.galat import TidakDitemukan
from umkm.models import Pameran, Penjualan, PesertaPameran
from upt.cakupan import Cakupan
from upt.models import UPT

POKOK = Coalesce("pameran__induk_id", "pameran_id")


@dataclass(frozen=True)
class HasilPameran:
    """One event in the reader's scope; `tindak_lanjut`: entries that noted a follow-up."""

    pameran: Pameran
    unit: int = 0
    ditampilkan: int = 0
    terjual: int = 0
    omzet: int = 0
    tindak_lanjut: int = 0


@dataclass(frozen=True)
class UnitPameran:
    """What one unit brought to an event (None: it noted sales alone) and sold there."""

    upt: UPT
    ditampilkan: int | None
    terjual: int
    omzet: int
    tindak_lanjut: str


def daftar_pameran() -> Any:
    """Events that stand, newest first: public, whoever took part."""
    return Pameran.objects.filter(induk=None).order_by("-mulai", "nama", "pk")


def hasil(cakupan: Cakupan, pameran: Iterable[Pameran], kanwil_id: int | None = None) -> list[HasilPameran]:
    """The results of these events, in their order; of one region when it is named."""
    semua = list(pameran)
    ikut, jual = (_di(m, cakupan, semua, kanwil_id) for m in (PesertaPameran, Penjualan))
    unit: dict[int, set[int]] = {p.pk: set() for p in semua}
    for baris in (ikut, jual):
        for pokok, upt in baris.values_list("pokok", "upt_id").distinct():
            unit[pokok].add(upt)
    lanjut = Count("pk", filter=~Q(tindak_lanjut=""))
    bawa = {b["pokok"]: b for b in ikut.values("pokok").annotate(d=Sum("ditampilkan"), t=lanjut)}
    laku = {b["pokok"]: b for b in jual.values("pokok").annotate(j=Sum("jumlah"), o=Sum("nilai"))}
    return [_hasil(p, len(unit[p.pk]), bawa.get(p.pk, {}), laku.get(p.pk, {})) for p in semua]


def _hasil(p: Pameran, unit: int, bawa: dict[str, int], laku: dict[str, int]) -> HasilPameran:
    return HasilPameran(p, unit, bawa.get("d", 0), laku.get("j", 0), laku.get("o", 0), bawa.get("t", 0))


def _di(model: Any, cakupan: Cakupan, semua: list[Pameran], kanwil_id: int | None = None) -> Any:
    """Rows at these events or at entries that were merged into them, with `pokok`."""
    pk = [p.pk for p in semua]
    baris = model.objects.dalam(cakupan).hidup().filter(Q(pameran__in=pk) | Q(pameran__induk__in=pk))
    if kanwil_id is not None:
        baris = baris.filter(kanwil_id=kanwil_id)
    return baris.annotate(pokok=POKOK).order_by()


def satu_pameran(pk: int) -> Pameran:
    """An event; one that was merged leads to the one that stands. Raises TidakDitemukan."""
    satu = Pameran.objects.select_related("induk").filter(pk=pk).first()
    if satu is None:
        raise TidakDitemukan("Pameran ini tidak ada.")
    return satu.induk or satu


def unit_pameran(cakupan: Cakupan, pameran: Pameran) -> list[UnitPameran]:
    """Units of the scope at an event; largest turnover first."""
    ikut: dict[int, tuple[int, str]] = {}
    for b in _di(PesertaPameran, cakupan, [pameran]):
        banyak, lanjut = ikut.get(b.upt_id, (0, ""))
        ikut[b.upt_id] = (banyak + b.ditampilkan, f"{lanjut} {b.tindak_lanjut}".strip())
    per_unit = _di(Penjualan, cakupan, [pameran]).values_list("upt_id").annotate(j=Sum("jumlah"), o=Sum("nilai"))
    jual = {upt: (j, o) for upt, j, o in per_unit}
    unit = UPT.objects.dalam(cakupan).select_related("kanwil").filter(pk__in={*ikut, *jual})
    baris = [
        UnitPameran(u, ikut[u.pk][0] if u.pk in ikut else None, *jual.get(u.pk, (0, 0)), ikut.get(u.pk, (0, ""))[1])
        for u in unit
    ]
    return sorted(baris, key=lambda b: (-b.omzet, b.upt.nama))


def alias(pameran: Pameran) -> list[Pameran]:
    return list(Pameran.objects.filter(induk=pameran).order_by("nama", "pk"))
