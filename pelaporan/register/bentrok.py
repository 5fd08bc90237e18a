"""Two people changed one row at once: what each of them changed, laid side by side, for a person to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pelaporan.models import BarisRegister, RiwayatBaris
from pelaporan.register.jenis import JenisBaris
from pelaporan.register.kolom import Kolom
from pelaporan.register.selectors import rujukan_unit, tulis_kolom
from pelaporan.register.services import ke_json
from upt.cakupan import Cakupan

B = TypeVar("B", bound=BarisRegister)


@dataclass(frozen=True)
class SatuBeda:
    """A column that the other person changed. `milikku`: I changed it as well, so one of the two has to give way."""

    kolom: Kolom
    saya: str
    kini: str
    milikku: bool


@dataclass(frozen=True)
class Bentrokan:
    """`kini` are the columns that only the other person touched: their values are taken over."""

    baris: BarisRegister
    beda: list[SatuBeda]
    kini: dict[str, Any]


def bandingkan(jenis: JenisBaris[B], cakupan: Cakupan, baris: B, nilai: Mapping[str, Any], revisi: int) -> Bentrokan:
    """`baris` as it stands, `nilai` as the person wants it who saw state `revisi`."""
    lama = _isi_pada(jenis, cakupan, baris, revisi)
    rujukan = rujukan_unit(jenis, baris.upt)
    beda, ikut = [], dict[str, Any]()
    for kolom in jenis.kolom:
        saya, kini = nilai.get(kolom.nama), getattr(baris, kolom.nama)
        if saya == kini or (kolom.nama in lama and ke_json(kini) == lama[kolom.nama]):
            continue
        milikku = kolom.nama not in lama or ke_json(saya) != lama[kolom.nama]
        tertulis = [tulis_kolom(kolom, x, rujukan) for x in (saya, kini)]
        beda.append(SatuBeda(kolom, tertulis[0], tertulis[1], milikku))
        if not milikku:
            ikut[kolom.nama] = kini
    return Bentrokan(baris, beda, ikut)


def _isi_pada(jenis: JenisBaris[B], cakupan: Cakupan, baris: B, revisi: int) -> dict[str, Any]:
    """The row as it was in one state; empty when there was none."""
    semua = RiwayatBaris.objects.dalam(cakupan).filter(register=jenis.register, objek=jenis.kode, objek_id=baris.pk)
    isi: dict[str, Any] | None = semua.filter(revisi=revisi).values_list("isi", flat=True).first()
    return isi or {}
