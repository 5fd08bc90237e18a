"""Freezing thousands of complete reports quickly: the canonical text of `isian.bekukan`, without its detours.

A test proves that the text equals `kanonik(bekukan(...))`. What is not simple (line lists) goes through the
engine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from operator import itemgetter
from typing import Any

from dasbor.contoh.susun import Isi
from pelaporan import rumus
from pelaporan.isian import KonteksPeta, bekukan
from pelaporan.kanonik import kanonik
from pelaporan.rumus import Nilai
from pelaporan.skema import Skema
from pemasyarakatan.inti.waktu import Bulan


@dataclass(frozen=True)
class Pembeku:
    """Writes frozen content of one form. `tambahan`: artificial items fill versions up to this number."""

    skema: Skema
    tambahan: int = 0

    def teks(self, isi: Isi, bulan: Bulan, tanggapan: Mapping[str, Mapping[str, Any]]) -> str:
        """Canonical JSON of the frozen content."""
        if isi.baris or not self._sederhana:
            return kanonik(bekukan(self.skema, isi.isian(self.skema), KonteksPeta(bulan), tanggapan))
        nilai = self._lengkapi(isi.nilai)
        lain = [f"{awal}{kanonik(nilai[k])}" for k, awal in self._lain if nilai.get(k) is not None]
        nihil = [teks for k, teks in self._nihil if not nilai[k]]
        return (
            f'{{"alasan":{{}},"angka":{{{self._tulis_angka(nilai, bulan)}}},{self._daftar},"keadaan":'
            f'{{{",".join(nihil)}}},"lain":{{{",".join(lain)}}},{self._kaki},"tanggapan":{kanonik(tanggapan)}}}'
        )

    def _tulis_angka(self, nilai: Mapping[str, Nilai], bulan: Bulan) -> str:
        """All numbers at once through one template: they are never missing here."""
        semua: tuple[Any, ...] = self._ambil(nilai)
        if self._pecahan:
            semua = tuple(v if type(v) is int else kanonik(v) for v in semua)
        teks = self._pola % semua
        return ",".join([teks, *self._buatan(bulan)]) if self.tambahan else teks

    def _lengkapi(self, terketik: Mapping[str, Nilai]) -> dict[str, Nilai]:
        """All values; what a closed section leaves out is nihil."""
        nilai: dict[str, Nilai] = {**self._kosong, **terketik}
        for kode, bagian in self._jumlah:
            nilai[kode] = sum([nilai[k] for k in bagian])  # type: ignore[misc]
        for kode, hitung in self._rumus_lain:
            nilai[kode] = hitung(nilai)
        return nilai

    @cached_property
    def _sederhana(self) -> bool:
        return all(p.op in ("jumlah", "tambah", "bagi", "hitung", "jumlahkan") for p in self.skema.pohon.values())

    @cached_property
    def _kosong(self) -> dict[str, Nilai]:
        return {k: 0 for k, b in self.skema.butir.items() if b.angka and b.rumus is None}

    @cached_property
    def _jumlah(self) -> list[tuple[str, tuple[str, ...]]]:
        """Sums of items, in order of calculation."""
        pohon = self.skema.pohon
        return [(k, tuple(a.isi for a in pohon[k].anak)) for k in self.skema.urutan_rumus if self._jumlah_saja(k)]

    def _jumlah_saja(self, kode: str) -> bool:
        pohon = self.skema.pohon[kode]
        return pohon.op in ("jumlah", "tambah") and all(a.op == "nama" for a in pohon.anak)

    @cached_property
    def _rumus_lain(self) -> list[tuple[str, Any]]:
        """Rates and counts of lists (without rows always 0), after the sums they are made of."""
        return [(k, self._penghitung(k)) for k in self.skema.urutan_rumus if not self._jumlah_saja(k)]

    def _penghitung(self, kode: str) -> Any:
        pohon, butir = self.skema.pohon[kode], self.skema.butir[kode]
        if pohon.op in ("hitung", "jumlahkan"):
            return lambda nilai: 0

        def bagi(nilai: dict[str, Nilai]) -> Nilai:
            mentah = rumus.nilai(pohon, rumus.Lingkungan(nilai, {}, KonteksPeta(Bulan(2024, 1))))
            return None if mentah is None else _bulatkan(mentah, butir.desimal)

        return bagi

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


def _bulatkan(nilai: Any, desimal: int) -> Nilai:
    """Rounded half up to the item's digits, as the engine does."""
    bulat = Decimal(nilai).quantize(Decimal(1).scaleb(-desimal), rounding=ROUND_HALF_UP)
    return int(bulat) if bulat == bulat.to_integral_value() else bulat


def sidik_teks(upt: str, bulan: Bulan, formulir: str, versi: int, isi: str) -> str:
    """`pelaporan.services.sidik_versi` from content that is canonical text already."""
    teks = f'{{"bulan":"{bulan.kode}","formulir":"{formulir}","isi":{isi},"upt":"{upt}","versi":{versi}}}'
    return hashlib.sha256(teks.encode()).hexdigest()
