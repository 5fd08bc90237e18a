"""What a rehearsal reads: the sent versions of 24 months as tables, month by month.

Each month's JSON is turned into columns of floats before the next one is read, and only the columns that the rules
rest on are kept, so memory is bounded by (reports x columns x 8 bytes), whatever else the versions hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import F

from pelaporan import rumus
from pelaporan.gladi import Bingkai, nomor_bulan
from pelaporan.models import LaporanVersi
from pelaporan.rumus import TEKS, Simpul
from pelaporan.skema import Skema
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan, terpasang

Kabar = Callable[[Bulan, int], None]
_INDEKS = ["unit", "bulan"]


@dataclass(frozen=True)
class Bahan:
    """Reports of one form as tables, those of the forms it refers to, and the version number of each report."""

    bingkai: Bingkai
    versi: pd.Series[int]

    @property
    def laporan(self) -> int:
        return len(self.bingkai.data)


@dataclass
class _Tumpukan:
    """Tables of one form while months are added."""

    kolom: Mapping[str, bool]
    bulan: list[pd.DataFrame] = field(default_factory=list)
    daftar: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    versi: list[pd.Series[int]] = field(default_factory=list)

    def tambah(self, baris: list[tuple[int, int, dict[str, Any]]], bulan: Bulan, daftar: bool) -> None:
        indeks = pd.MultiIndex.from_tuples([(upt, nomor_bulan(bulan)) for upt, _, _ in baris], names=_INDEKS)
        isi = [{**x["angka"], **x["lain"]} for _, _, x in baris]
        self.bulan.append(pd.DataFrame({k: _larik([x.get(k) for x in isi], t) for k, t in self.kolom.items()}, indeks))
        self.versi.append(pd.Series([v for _, v, _ in baris], indeks, dtype="int64"))
        if daftar:
            self._tambah_daftar(baris, bulan)

    def _tambah_daftar(self, baris: list[tuple[int, int, dict[str, Any]]], bulan: Bulan) -> None:
        per: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        for upt, _, x in baris:
            for kode, isi in x.get("daftar", {}).items():
                per.setdefault(kode, []).extend((upt, b["isi"]) for b in isi)
        for kode, isi in per.items():
            if isi:
                indeks = pd.MultiIndex.from_tuples([(u, nomor_bulan(bulan)) for u, _ in isi], names=_INDEKS)
                self.daftar.setdefault(kode, []).append(pd.DataFrame([b for _, b in isi], indeks))

    def jadi(self) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
        kosong = pd.DataFrame(index=pd.MultiIndex.from_arrays([[], []], names=_INDEKS))
        data = pd.concat(self.bulan) if self.bulan else kosong
        return data, {k: pd.concat(v) for k, v in self.daftar.items()}


def baca(
    cakupan: Cakupan, skema: tuple[Skema, ...], luar: Mapping[str, frozenset[str]], bulan: list[Bulan], kabar: Kabar
) -> Bahan:
    """Read the months in order, each in a transaction of its own, so that `kabar` can tell progress in between.

    `skema`: versions of the form whose rules are tried (old and new). `luar`: items of other forms that they refer to.
    """
    kode = skema[0].kode
    tumpukan = {kode: _Tumpukan(_kolom(*skema))} | {f: _Tumpukan(dict.fromkeys(k, False)) for f, k in luar.items()}
    for n, satu in enumerate(bulan):
        kabar(satu, n)
        per: dict[str, list[tuple[int, int, dict[str, Any]]]] = {}
        for formulir, upt, versi, isi in _versi(cakupan, set(tumpukan), satu):
            per.setdefault(formulir, []).append((upt, versi, isi))
        for formulir, baris in per.items():
            tumpukan[formulir].tambah(baris, satu, daftar=formulir == kode)
    data, daftar = tumpukan[kode].jadi()
    lain = {f: tumpukan[f].jadi()[0] for f in luar}
    versi_semua = tumpukan[kode].versi
    return Bahan(Bingkai(data, lain, daftar), pd.concat(versi_semua) if versi_semua else pd.Series(dtype="int64"))


def _versi(cakupan: Cakupan, formulir: set[str], bulan: Bulan) -> list[tuple[str, int, int, dict[str, Any]]]:
    """The latest sent version of every report of a month."""
    with terpasang(cakupan):
        semua = LaporanVersi.objects.dalam(cakupan).filter(
            formulir_id__in=formulir, bulan=bulan.awal, versi=F("laporan__versi_masuk")
        )
        return list(semua.values_list("formulir_id", "upt_id", "versi", "isi"))


def acuan_luar(*skema: Skema) -> dict[str, frozenset[str]]:
    """Items of other forms that rules and formulas read: form → codes."""
    hasil: dict[str, set[str]] = {}
    for rujukan in frozenset().union(*(s.rujukan_luar for s in skema)):
        formulir, kode = rujukan.split(".")
        hasil.setdefault(formulir, set()).add(kode)
    return {f: frozenset(k) for f, k in hasil.items()}


def _kolom(*skema: Skema) -> dict[str, bool]:
    """Typed and register items that count: code → whether it is a text. Calculated ones are computed anew."""
    return {k: s.lingkup[k].tipe == TEKS for s in skema for k in terpakai(s) if s.butir[k].rumus is None}


def terpakai(s: Skema) -> set[str]:
    """Items that the rules rest on, also through formulas, and those that are compared with last month."""
    aturan = [p for siap in s.aturan_siap for p in (siap.syarat, siap.bila) if p is not None]
    antre = [k for k, b in s.butir.items() if b.ambang_beda is not None]
    antre += _disebut(*aturan)
    sudah: set[str] = set()
    while antre:
        kode = antre.pop()
        if kode in s.butir and kode not in sudah:
            sudah.add(kode)
            antre += _disebut(s.pohon[kode]) if kode in s.pohon else []
    return sudah


def _disebut(*pohon: Simpul) -> list[str]:
    """Codes of the same form, this month's and earlier ones; those of another form do no harm."""
    acuan = rumus.acuan(*pohon)
    return [*acuan.nama, *(kode for _, kode, _ in acuan.lalu)]


def _larik(isi: list[Any], teks: bool) -> Any:
    """Numbers and yes/no as floats with NaN; a value of another kind (of an older form) counts as missing."""
    if teks:
        return np.array([x if isinstance(x, str) else None for x in isi], dtype=object)
    return np.array([float(x) if x is not None and not isinstance(x, str) else np.nan for x in isi], dtype=np.float64)
