"""What running cycles will give: the unit's own expectation, else an estimate from the reference list. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pangan.komoditas import Komoditas
from pangan.wilayah.angka import M2_PER_HA
from pemasyarakatan.inti.waktu import Bulan

BULAN_SETAHUN = 12
BANYAK_BULAN = 3


@dataclass(frozen=True, slots=True)
class Taksiran:
    """Kilograms from `bawah` to `atas`; `unit`: said by the unit and therefore one figure."""

    bawah: Decimal
    atas: Decimal
    unit: bool


@dataclass(frozen=True, slots=True)
class Siklus:
    """A running cycle as far as its harvest is concerned. `luas` in m²."""

    upt_id: int
    kanwil_id: int
    klaster: str
    komoditas: str
    perkiraan: date
    kg: Decimal | None
    luas: int | None
    ekor: int | None


def taksir(s: Siklus, acuan: Komoditas | None) -> Taksiran | None:
    """None when neither the unit nor the reference list says anything that a weight follows from."""
    if s.kg is not None:
        return Taksiran(s.kg, s.kg, unit=True)
    if acuan is None:
        return None
    berat = acuan.taksir_kg(Decimal(s.ekor), "ekor") if s.ekor and acuan.satuan == "ekor" else None
    if berat is not None:
        return Taksiran(berat, berat, unit=False)
    if acuan.hasil_min_kg_ha is None or acuan.hasil_maks_kg_ha is None or not s.luas:
        return None
    bagi = M2_PER_HA * (BULAN_SETAHUN if acuan.hasil_per == "tahun" else 1)  # a month's part of a yearly yield
    return Taksiran(acuan.hasil_min_kg_ha * s.luas / bagi, acuan.hasil_maks_kg_ha * s.luas / bagi, unit=False)


@dataclass
class Ramalan:
    """Harvests of one month or region: cycles, what units expect, what is estimated, what nobody can say."""

    siklus: int = 0
    kg_unit: Decimal = Decimal(0)
    bawah: Decimal = Decimal(0)
    atas: Decimal = Decimal(0)
    tanpa: int = 0

    def tambah(self, taksiran: Taksiran | None) -> None:
        self.siklus += 1
        if taksiran is None:
            self.tanpa += 1
        elif taksiran.unit:
            self.kg_unit += taksiran.bawah
        else:
            self.bawah, self.atas = self.bawah + taksiran.bawah, self.atas + taksiran.atas


def bulan_ramalan(hari: date) -> list[Bulan]:
    """Three months from the day after: at the end of a month those that follow, within one the rest of it first."""
    awal = Bulan.pada(date.fromordinal(hari.toordinal() + 1))
    return awal.rentang(awal + (BANYAK_BULAN - 1))


def kelompokkan(
    semua: Iterable[tuple[Siklus, Taksiran | None]],
) -> tuple[dict[Hashable, Ramalan], dict[Hashable, Ramalan], dict[Hashable, Ramalan]]:
    """The same cycles by (month, cluster), by unit and by Kanwil."""
    bulan: dict[Hashable, Ramalan] = defaultdict(Ramalan)
    unit: dict[Hashable, Ramalan] = defaultdict(Ramalan)
    kanwil: dict[Hashable, Ramalan] = defaultdict(Ramalan)
    for s, taksiran in semua:
        bulan[Bulan.pada(s.perkiraan), s.klaster].tambah(taksiran)
        unit[s.upt_id].tambah(taksiran)
        kanwil[s.kanwil_id].tambah(taksiran)
    return bulan, unit, kanwil
