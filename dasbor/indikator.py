"""Indicators as data: `indikator.yaml`, read and checked once, evaluated over rollups at every level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from dasbor.rekap import Dasar, Rekap
from pelaporan import rumus
from pelaporan.rumus import GalatRumus, Lingkungan, Nilai, Simpul
from pelaporan.skema import Skema
from pemasyarakatan.inti.angka import Jenis, tulis_angka

BERKAS = Path(__file__).with_name("indikator.yaml")
POLARITAS = {
    "naik": "makin tinggi makin baik",
    "turun": "makin rendah makin baik",
    "netral": "tidak dinilai tinggi atau rendah",
}


_TIPE = {"Jenis": "str"}


class GalatIndikator(ValueError):
    """A definition that cannot be used; the message names the place."""


@dataclass(frozen=True)
class Hasil:
    """An indicator for one region and month. `nilai` None: no data, or a denominator of zero."""

    nilai: Decimal | None
    pembilang: Nilai
    penyebut: Nilai
    cukup: bool


@dataclass(frozen=True)
class Indikator:
    """A rate: pembilang * kali / penyebut. `pembagi_minimum` is in the unit of the denominator."""

    kode: str
    nama: str
    jenis: Jenis
    kali: int
    pembilang: str
    penyebut: str
    label_pembilang: str
    label_penyebut: str
    satuan_penyebut: str
    polaritas: str
    pembagi_minimum: int
    definisi: str
    sumber: str
    terkonfirmasi: bool

    @property
    def rumus(self) -> str:
        """The formula as stored, in one line."""
        return f"({self.pembilang}) * {self.kali} / ({self.penyebut})"

    @property
    def rumus_kata(self) -> str:
        return f"{self.label_pembilang} ÷ {self.label_penyebut} × {tulis_angka(self.kali)}"

    @property
    def satuan(self) -> str:
        return "%" if self.jenis == "persen" else f"per {tulis_angka(self.kali)} {self.satuan_penyebut}"

    @cached_property
    def pohon(self) -> tuple[Simpul, Simpul]:
        return rumus.urai(self.pembilang, {}), rumus.urai(self.penyebut, {})

    @cached_property
    def acuan_pembilang(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(rumus.acuan(self.pohon[0]).luar))

    @cached_property
    def acuan_penyebut(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(rumus.acuan(self.pohon[1]).luar))

    @cached_property
    def acuan(self) -> frozenset[tuple[str, str]]:
        """Items (form, code) the indicator is made of."""
        return frozenset(self.acuan_pembilang + self.acuan_penyebut)

    @cached_property
    def formulir(self) -> tuple[str, ...]:
        return tuple(sorted({f for f, _ in self.acuan}))

    def hitung(self, rekap: Rekap, dasar: Dasar) -> Hasil:
        ling = Lingkungan({}, {}, rekap.konteks(dasar))
        atas, bawah = (rumus.nilai(p, ling) for p in self.pohon)
        if not isinstance(atas, int | Decimal) or not isinstance(bawah, int | Decimal) or not bawah:
            return Hasil(None, atas, bawah, False)
        return Hasil(Decimal(atas) * self.kali / Decimal(bawah), atas, bawah, bawah >= self.pembagi_minimum)

    def tulis(self, nilai: Nilai) -> str:
        """The value as people read it; "tidak ada data" is written by the page, here it is –."""
        if isinstance(nilai, str | bool):
            raise TypeError("an indicator is a number")
        return tulis_angka(nilai, self.jenis, desimal=1 if self.jenis == "persen" else 2)


@cache
def semua() -> Mapping[str, Indikator]:
    """All shipped indicators by code, in the order of the file. Raises GalatIndikator."""
    return baca(BERKAS.read_text(encoding="utf-8"))


def baca(teks: str) -> dict[str, Indikator]:
    """Read and check definitions; raises GalatIndikator for the first thing that is wrong."""
    hasil: dict[str, Indikator] = {}
    for isi in yaml.safe_load(teks) or []:
        satu = _satu(isi)
        if satu.kode in hasil:
            raise GalatIndikator(f"indikator {satu.kode} ditulis dua kali")
        hasil[satu.kode] = satu
    return hasil


def _satu(isi: Mapping[str, Any]) -> Indikator:
    kode = isi.get("kode", "?")
    perlu = {f.name for f in fields(Indikator)}
    if beda := perlu ^ isi.keys():
        raise GalatIndikator(f"indikator {kode}: kunci kurang atau tidak dikenal: {', '.join(sorted(beda))}")
    bukan = [f.name for f in fields(Indikator) if type(isi[f.name]).__name__ != _TIPE.get(str(f.type), f.type)]
    if bukan:
        raise GalatIndikator(f"indikator {kode}: jenis isi keliru: {', '.join(bukan)}")
    nilai: dict[str, Any] = {k: v.strip() if isinstance(v, str) else v for k, v in isi.items()}
    satu = Indikator(**nilai)
    if satu.polaritas not in POLARITAS or satu.jenis not in ("persen", "desimal"):
        raise GalatIndikator(f"indikator {kode}: polaritas atau jenis tidak dikenal")
    if satu.pembagi_minimum <= 0 or satu.kali <= 0:
        raise GalatIndikator(f"indikator {kode}: kali dan pembagi_minimum harus lebih dari 0")
    _periksa_rumus(satu)
    return satu


def _periksa_rumus(satu: Indikator) -> None:
    try:
        pohon = satu.pohon
    except GalatRumus as galat:
        raise GalatIndikator(f"indikator {satu.kode}: {galat.pesan}") from galat
    if any(p.tipe != rumus.ANGKA or rumus.acuan(p).lalu or not rumus.acuan(p).luar for p in pohon):
        raise GalatIndikator(f"indikator {satu.kode}: pembilang dan penyebut harus angka dari butir bulan yang sama")


def periksa_butir(skema: Mapping[str, Skema]) -> list[str]:
    """References that no form answers: each must name an item that units add up."""
    return [
        f"indikator {satu.kode}: {formulir}.{kode} bukan butir angka yang dijumlahkan"
        for satu in semua().values()
        for formulir, kode in sorted(satu.acuan)
        if formulir not in skema or kode not in skema[formulir].butir or not skema[formulir].butir[kode].dijumlah
    ]
