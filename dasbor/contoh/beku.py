"""Freezing thousands of complete reports quickly: the canonical text of `isian.bekukan`, without its detours.

A test proves that the text equals `kanonik(bekukan(...))`. What is not simple (formulas that look outside the
report, numbers that may be missing) goes through the engine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from operator import itemgetter
from typing import Any

from dasbor.contoh.bentuk import BarisIsi, Isi, id_baris
from pelaporan import rumus
from pelaporan.isian import KonteksPeta, bekukan
from pelaporan.kanonik import kanonik
from pelaporan.rumus import Nilai
from pelaporan.skema import Butir, Skema
from pemasyarakatan.inti.waktu import Bulan


@dataclass(frozen=True)
class Pembeku:
    """Writes frozen content of one form. `tambahan`: artificial items fill versions up to this number."""

    skema: Skema
    tambahan: int = 0

    def teks(self, isi: Isi, bulan: Bulan, tanggapan: Mapping[str, Mapping[str, Any]]) -> str:
        """Canonical JSON of the frozen content."""
        if not self._sederhana or any(k not in isi.nilai for k in self._boleh_kosong):
            return kanonik(bekukan(self.skema, isi.isian(self.skema), KonteksPeta(bulan), tanggapan))
        nilai = self._lengkapi(isi, bulan)
        lain = [f"{awal}{kanonik(nilai[k])}" for k, awal in self._lain if nilai.get(k) is not None]
        nihil = [teks for k, teks in self._nihil if not nilai[k]]
        return (
            f'{{"alasan":{{}},"angka":{{{self._tulis_angka(nilai, bulan)}}},{self._tulis_daftar(isi)},"keadaan":'
            f'{{{",".join(nihil)}}},"lain":{{{",".join(lain)}}},{self._kaki},"tanggapan":'
            f"{kanonik(tanggapan) if tanggapan else '{}'}}}"
        )

    def _tulis_angka(self, nilai: Mapping[str, Nilai], bulan: Bulan) -> str:
        """All numbers at once through one template: they are never missing here."""
        semua: tuple[Any, ...] = self._ambil(nilai)
        if self._pecahan:
            semua = tuple(v if type(v) is int else kanonik(v) for v in semua)
        teks = self._pola % semua
        return ",".join([teks, *self._buatan(bulan)]) if self.tambahan else teks

    def _tulis_daftar(self, isi: Isi) -> str:
        if not isi.berbaris:
            return self._daftar
        semua = (f'"{kode}":[{",".join(_tulis_baris(isi.baris.get(kode, ())))}]' for kode in sorted(self.skema.daftar))
        return f'"daftar":{{{",".join(semua)}}}'

    def _lengkapi(self, isi: Isi, bulan: Bulan) -> dict[str, Nilai]:
        """All values; what a closed section leaves out is nihil."""
        parameter = {p.kode: p.pada(bulan.kode) for p in self.skema.parameter}
        nilai: dict[str, Nilai] = {**parameter, **self._kosong, **isi.nilai}
        baris = {kode: isi.baris.get(kode, ()) for kode in self.skema.daftar}
        ling = rumus.Lingkungan(nilai, baris, KonteksPeta(bulan))  # sees each formula as soon as it is stored
        for kode, bagian in self._langkah:
            if bagian:
                nilai[kode] = sum([nilai[k] for k in bagian])  # type: ignore[misc]
            else:
                nilai[kode] = _bulatkan(rumus.nilai(self.skema.pohon[kode], ling), self.skema.butir[kode])
        return nilai

    @cached_property
    def _sederhana(self) -> bool:
        """Closed sections count as nil; then no number is missing. Formulas look at this report alone."""
        tak_berlaku = any(g.bila and g.bila_tidak != "nihil" for g in self.skema.bagian)
        keluar = rumus.acuan(*self.skema.pohon.values())
        return not (tak_berlaku or keluar.luar or keluar.lalu)

    @cached_property
    def _boleh_kosong(self) -> list[str]:
        """Numbers that a complete report may leave out; then they are missing, not nil."""
        return [k for k, b in self.skema.butir.items() if b.angka and b.diketik and not b.wajib]

    @cached_property
    def _kosong(self) -> dict[str, Nilai]:
        return {k: 0 for k, b in self.skema.butir.items() if b.angka and b.rumus is None}

    @cached_property
    def _langkah(self) -> list[tuple[str, tuple[str, ...]]]:
        """(calculated item, the items it adds up) in order of calculation; () when it is more than a sum."""
        return [(kode, self._terjumlah(kode)) for kode in self.skema.urutan_rumus]

    def _terjumlah(self, kode: str) -> tuple[str, ...]:
        pohon = self.skema.pohon[kode]
        jumlah = pohon.op in ("jumlah", "tambah") and all(a.op == "nama" for a in pohon.anak)
        return tuple(a.isi for a in pohon.anak) if jumlah else ()

    @cached_property
    def _angka(self) -> list[str]:
        return [k for k in sorted(self.skema.butir) if self.skema.butir[k].dijumlah]

    @cached_property
    def _ambil(self) -> Any:
        return itemgetter(*self._angka)

    @cached_property
    def _pola(self) -> str:
        return ",".join(f'"{k}":%s' for k in self._angka)

    @cached_property
    def _pecahan(self) -> bool:
        return any(self.skema.butir[k].jenis == "desimal" for k in self._angka)

    @cached_property
    def _lain(self) -> list[tuple[str, str]]:
        return [(k, f'"{k}":') for k in sorted(self.skema.butir) if not self.skema.butir[k].dijumlah]

    @cached_property
    def _nihil(self) -> list[tuple[str, str]]:
        return [(k, f'"{k}":"nihil"') for k in sorted(self._kosong)]

    @cached_property
    def _daftar(self) -> str:
        return '"daftar":' + kanonik({kode: [] for kode in self.skema.daftar})

    @cached_property
    def _kaki(self) -> str:
        s = self.skema
        return '"skema":' + kanonik({"kode": s.kode, "berlaku_dari": s.berlaku_dari, "sidik": s.sidik})

    def _buatan(self, bulan: Bulan) -> list[str]:
        """Extra items sort behind all real ones, so that the text stays canonical."""
        kurang = max(self.tambahan - len(self._angka), 0)
        return [f'"zz_buatan_{n:03}":{(bulan.bulan * 7 + n) % 97}' for n in range(kurang)]


def _tulis_baris(semua: Sequence[BarisIsi]) -> Iterator[str]:
    """Rows as `bekukan` leaves them: a number 0 is nihil, what is not filled in is absent."""
    for n, baris in enumerate(semua, 1):
        nihil = [k for k in sorted(baris) if baris[k] == 0 and not isinstance(baris[k], bool)]
        ada = ",".join(f'"{k}":{kanonik(baris[k])}' for k in sorted(baris) if baris[k] is not None)
        keadaan = f',"keadaan":{{{",".join(_NIHIL % k for k in nihil)}}}' if nihil else ""
        yield f'{{"id":"{id_baris(n)}","isi":{{{ada}}}{keadaan}}}'


_NIHIL = '"%s":"nihil"'


def _bulatkan(nilai: Nilai, butir: Butir) -> Nilai:
    """Rounded half up to the item's digits, as the engine does."""
    if not isinstance(nilai, Decimal):
        return nilai
    digit = butir.desimal if butir.jenis == "desimal" else 0
    bulat = nilai.quantize(Decimal(1).scaleb(-digit), rounding=ROUND_HALF_UP)
    return int(bulat) if bulat == bulat.to_integral_value() else bulat


def sidik_teks(upt: str, bulan: Bulan, formulir: str, versi: int, isi: str) -> str:
    """`pelaporan.services.sidik_versi` from content that is canonical text already."""
    teks = f'{{"bulan":"{bulan.kode}","formulir":"{formulir}","isi":{isi},"upt":"{upt}","versi":{versi}}}'
    return hashlib.sha256(teks.encode()).hexdigest()
