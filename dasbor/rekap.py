"""The figures of one region or unit in one month, with their coverage. Plain data, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from pelaporan.rumus import Lingkungan, Nilai, nilai
from pelaporan.skema import Skema
from pemasyarakatan.inti.waktu import Bulan

Dasar = Literal["masuk", "sah"]
DASAR: tuple[Dasar, ...] = ("masuk", "sah")
LAYAK = 50
"""Below this percentage of reports received a figure is not fit to be read."""
_KE = {"masuk": 0, "sah": 1}


@dataclass(frozen=True)
class Liputan:
    """How many owe, sent, were verified, sent in time; `penghuni_*` weigh the same by known inmates."""

    wajib: int = 0
    masuk: int = 0
    sah: int = 0
    tepat: int = 0
    penghuni_wajib: int = 0
    penghuni_masuk: int = 0
    penghuni_sah: int = 0

    def __add__(self, lain: Liputan) -> Liputan:
        return Liputan(*(getattr(self, k) + getattr(lain, k) for k in self.__dataclass_fields__))

    @property
    def persen(self) -> Decimal | None:
        return bagian_persen(self.masuk, self.wajib)

    @property
    def persen_sah(self) -> Decimal | None:
        return bagian_persen(self.sah, self.wajib)

    @property
    def persen_tepat(self) -> Decimal | None:
        return bagian_persen(self.tepat, self.wajib)

    @property
    def persen_penghuni(self) -> Decimal | None:
        return bagian_persen(self.penghuni_masuk, self.penghuni_wajib)

    @property
    def persen_penghuni_sah(self) -> Decimal | None:
        return bagian_persen(self.penghuni_sah, self.penghuni_wajib)

    @property
    def sementara(self) -> bool:
        """True until every owed report is verified."""
        return self.sah < self.wajib

    @property
    def layak(self) -> bool:
        return self.wajib > 0 and self.masuk * 100 >= self.wajib * LAYAK

    def pada(self, dasar: Dasar) -> int:
        return self.masuk if dasar == "masuk" else self.sah


def bagian_persen(sebagian: int, semua: int) -> Decimal | None:
    """Share in percent, rounded down to one decimal so that 99,96% never shows as 100%; None of nothing."""
    return Decimal(1000 * sebagian // semua) / 10 if semua else None


@dataclass(frozen=True)
class RekapFormulir:
    """One form of one month: coverage, and `isi` = {code: [masuk, sah, n_masuk, n_sah]}."""

    liputan: Liputan = field(default_factory=Liputan)
    isi: Mapping[str, list[Any]] = field(default_factory=dict)
    dihitung: datetime | None = None

    def nilai(self, kode: str, dasar: Dasar) -> Nilai:
        """The sum, or None when no unit gave this item."""
        empat = self.isi.get(kode)
        return empat[_KE[dasar]] if empat and empat[2 + _KE[dasar]] else None

    def banyak(self, kode: str, dasar: Dasar) -> int:
        """Units the sum is made of."""
        empat = self.isi.get(kode)
        return int(empat[2 + _KE[dasar]]) if empat else 0


@dataclass(frozen=True)
class Rekap:
    """All forms of one region (or unit) and month."""

    bulan: Bulan
    formulir: Mapping[str, RekapFormulir] = field(default_factory=dict)

    def __getitem__(self, formulir: str) -> RekapFormulir:
        return self.formulir.get(formulir) or RekapFormulir()

    @property
    def liputan(self) -> Liputan:
        """Reports of all forms together."""
        return sum((f.liputan for f in self.formulir.values()), Liputan())

    @property
    def dihitung(self) -> datetime | None:
        """When the newest of these figures was computed."""
        return max((f.dihitung for f in self.formulir.values() if f.dihitung), default=None)

    def terlemah(self, formulir: Iterable[str]) -> Liputan:
        """Coverage of a figure made of several forms: that of the least complete one."""
        semua = [self[f].liputan for f in formulir]
        return min(semua, key=lambda li: (li.persen or Decimal(0), li.persen_sah or Decimal(0)))

    def nilai(self, formulir: str, kode: str, dasar: Dasar) -> Nilai:
        return self[formulir].nilai(kode, dasar)

    def butir(self, skema: Skema, kode: str, dasar: Dasar) -> Nilai:
        """An item of a form: its sum or, for rates, its formula over the sums (rates are never added up)."""
        butir = skema.butir[kode]
        if butir.dijumlah or kode not in skema.pohon:
            return self.nilai(skema.kode, kode, dasar)
        return nilai(skema.pohon[kode], self._lingkungan(skema, dasar))

    def _lingkungan(self, skema: Skema, dasar: Dasar) -> Lingkungan:
        isi = {k: self.nilai(skema.kode, k, dasar) for k in skema.butir}
        return Lingkungan(isi, {}, self.konteks(dasar))

    def konteks(self, dasar: Dasar) -> KonteksRekap:
        return KonteksRekap(self, dasar)


@dataclass(frozen=True)
class KonteksRekap:
    """What a formula sees: items of all forms of the month. It has no earlier months."""

    rekap: Rekap
    dasar: Dasar

    @property
    def bulan(self) -> Bulan:
        return self.rekap.bulan

    def lalu(self, formulir: str | None, kode: str, n: int) -> Nilai:
        return None

    def lain(self, formulir: str, kode: str) -> Nilai:
        return self.rekap.nilai(formulir, kode, self.dasar)
