"""Rehearsal of a form on many past reports at once, with pandas: the same trees as in ``rumus.py``, on
whole columns.

A rule is tried on 24 months × 630 units before it is published, to see how often it would have fired.
Numbers and yes/no are float64 arrays with NaN for missing (yes = 1, no = 0), texts are object arrays with
None. Figures of at most 15 digits are exact as floats; fractions are compared with a tolerance far below
their last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from pelaporan.rumus import ANGKA, TEKS, Simpul
from pelaporan.skema import AturanSiap, Skema
from pemasyarakatan.inti.waktu import Bulan

Larik = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Bingkai:
    """Reports as tables.

    ``data``: one row per report, index (unit, month number), a column per code. ``luar``: the same for
    other forms by form code. ``daftar``: rows of lists by list code, with the index of their report
    repeated. ``induk``: the table of reports when ``data`` holds rows of a list.
    """

    data: pd.DataFrame
    luar: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    daftar: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    induk: Bingkai | None = None

    def baris(self, kode: str) -> Bingkai:
        """One entry per row of a list: its columns first, beside them those of its report (``induk``)."""
        induk = self.induk or self
        baris = self.daftar.get(kode)
        if baris is None:
            return replace(induk, data=induk.data.iloc[:0], induk=induk)
        baris = baris[_posisi(induk.data, baris.index) >= 0]
        laporan = induk.data.iloc[_posisi(induk.data, baris.index)].set_axis(baris.index)
        sisa = laporan.drop(columns=[k for k in baris.columns if k in laporan.columns])
        return replace(induk, data=pd.concat([baris, sisa], axis=1), induk=induk)


def nomor_bulan(bulan: Bulan) -> int:
    """The month as a number that grows by one each month, as used in the index."""
    return bulan.tahun * 12 + bulan.bulan - 1


def bingkai(
    isi: Iterable[tuple[str, Bulan, Mapping[str, Any]]], luar: Mapping[str, pd.DataFrame] | None = None
) -> Bingkai:
    """Table of frozen contents given as (unit, month, content of ``isian.bekukan``)."""
    indeks: list[tuple[str, int]] = []
    data: list[dict[str, Any]] = []
    daftar: dict[str, list[tuple[tuple[str, int], dict[str, Any]]]] = {}
    for unit, bulan, versi in isi:
        kunci = (unit, nomor_bulan(bulan))
        indeks.append(kunci)
        data.append({**versi["angka"], **versi["lain"]})
        for kode, baris in versi.get("daftar", {}).items():
            daftar.setdefault(kode, []).extend((kunci, b["isi"]) for b in baris)
    tabel = {k: pd.DataFrame([b for _, b in v], index=_indeks([i for i, _ in v])) for k, v in daftar.items() if v}
    return Bingkai(pd.DataFrame(data, index=_indeks(indeks)), luar or {}, tabel)


def _indeks(kunci: list[tuple[str, int]]) -> pd.MultiIndex:
    return pd.MultiIndex.from_tuples(kunci, names=["unit", "bulan"])


def nilai_kolom(pohon: Simpul, b: Bingkai) -> Larik:
    """Value of the tree for every row of ``b.data``: float64 with NaN, or object with None for texts."""
    hasil = _jalan(pohon, b)
    if hasil.shape == (len(b.data),):
        return hasil
    return np.broadcast_to(hasil, (len(b.data),))


def hitung_kolom(skema: Skema, b: Bingkai) -> Bingkai:
    """The same reports with calculated items and parameters as columns (computed anew, unrounded)."""
    bulan = [Bulan(*_pecah(n)).kode for n in b.data.index.get_level_values("bulan")]
    per_bulan = {p.kode: {m: p.pada(m) for m in set(bulan)} for p in skema.parameter}
    tambahan = {k: np.array([isi[m] for m in bulan], dtype=object) for k, isi in per_bulan.items()}
    b = replace(b, data=b.data.drop(columns=[k for k in (*tambahan, *skema.pohon) if k in b.data]).assign(**tambahan))
    for kode in skema.urutan_rumus:
        b = replace(
            b,
            data=pd.concat([b.data, pd.Series(nilai_kolom(skema.pohon[kode], b), b.data.index, name=kode)], axis=1),
        )
    return b


def gladi(skema: Skema, b: Bingkai) -> pd.DataFrame:
    """Per report and rule: 1 where it fires, 0 where it holds, NaN where it does not apply.

    A rule over the rows of a list fires for a report when it fires for any of its rows.
    """
    lengkap = hitung_kolom(skema, b)
    kolom = {s.aturan.kode: _gladi_aturan(s, lengkap) for s in skema.aturan_siap}
    return pd.DataFrame(kolom, index=b.data.index)


def _gladi_aturan(s: AturanSiap, b: Bingkai) -> Larik:
    if not s.aturan.daftar:
        return _langgar(s, b)
    hasil = np.full(len(b.data), np.nan)
    baris = b.baris(s.aturan.daftar)
    if len(baris.data):
        langgar = _langgar(s, baris)
        ada = ~np.isnan(langgar)
        np.fmax.at(hasil, _posisi(b.data, baris.data.index)[ada], langgar[ada])
    return hasil


def _langgar(s: AturanSiap, b: Bingkai) -> Larik:
    langgar: Larik = 1.0 - nilai_kolom(s.syarat, b)
    if s.bila is not None:
        langgar = np.where(nilai_kolom(s.bila, b) == 1.0, langgar, np.nan)
    return langgar


# ---------------------------------------------------------------- leaves


def _jalan(s: Simpul, b: Bingkai) -> Larik:
    daun = _DAUN.get(s.op)
    if daun is not None:
        return daun(s, b)
    return _OPERASI[s.op](*[_jalan(a, b) for a in s.anak])


def _kolom(data: pd.DataFrame, kode: str, tipe: str) -> Larik:
    if kode not in data:
        return np.full(len(data), None, dtype=object) if tipe == TEKS else np.full(len(data), np.nan)
    isi = data[kode].to_numpy(dtype=object)
    kosong = pd.isna(isi)
    if tipe == TEKS:
        return np.where(kosong, np.array(None), isi)
    return np.where(kosong, np.nan, isi).astype(np.float64)


def _tetap(s: Simpul, b: Bingkai) -> Larik:
    return np.array(s.isi, dtype=object) if s.tipe == TEKS else np.array(float(s.isi))


def _luar(s: Simpul, b: Bingkai) -> Larik:
    formulir, kode = s.isi
    return _mundur(b, formulir, kode, 0, s.tipe)


def _lalu(s: Simpul, b: Bingkai) -> Larik:
    formulir, kode, n = s.isi
    return _mundur(b, formulir, kode, n, s.tipe)


def _rata(s: Simpul, b: Bingkai) -> Larik:
    formulir, kode, n = s.isi
    semua = np.array([_mundur(b, formulir, kode, i, ANGKA) for i in range(1, n + 1)])
    ada = (~np.isnan(semua)).sum(axis=0)
    return _bagi(np.nansum(semua, axis=0), ada.astype(np.float64))


def _mundur(b: Bingkai, formulir: str | None, kode: str, n: int, tipe: str) -> Larik:
    """The item ``n`` months before, looked up by (unit, month - n)."""
    data = (b.induk or b).data if formulir is None else b.luar.get(formulir, b.data.iloc[:0][[]])
    if data.empty:
        return _kolom(b.data[[]], kode, tipe)
    unit, bulan = b.data.index.get_level_values("unit"), b.data.index.get_level_values("bulan")
    posisi = _posisi(data, pd.MultiIndex.from_arrays([unit, bulan - n]))
    isi = _kolom(data, kode, tipe)[posisi]
    isi[posisi < 0] = None if tipe == TEKS else np.nan
    return isi


def _posisi(data: pd.DataFrame, dicari: pd.Index[Any]) -> Larik:
    """Row numbers of (unit, month) in ``data``; -1 where absent."""
    return data.index.get_indexer(dicari)


def _hitung(s: Simpul, b: Bingkai) -> Larik:
    return _per_laporan(s, b, lambda baris: np.ones(len(baris.data)), s.anak)


def _jumlahkan(s: Simpul, b: Bingkai) -> Larik:
    return _per_laporan(s, b, lambda baris: np.nan_to_num(nilai_kolom(s.anak[0], baris)), s.anak[1:])


def _per_laporan(s: Simpul, b: Bingkai, bobot: Callable[[Bingkai], Larik], syarat: tuple[Simpul, ...]) -> Larik:
    """Add up a weight per row of the list that fulfils the condition, for every report."""
    induk, baris = b.induk or b, b.baris(s.isi)
    berat = bobot(baris)
    for c in syarat:
        berat = np.where(nilai_kolom(c, baris) == 1.0, berat, 0.0)
    jumlah = np.bincount(_posisi(induk.data, baris.data.index), berat, len(induk.data))
    return jumlah if b.induk is None else jumlah[_posisi(induk.data, b.data.index)]


def _di(s: Simpul, b: Bingkai) -> Larik:
    x = _jalan(s.anak[0], b)
    if x.dtype != object:
        cocok = reduce(np.logical_or, [_dekat(x, np.array(float(y))) for y in s.isi])
        return np.where(np.isnan(x), np.nan, cocok)
    return np.array([np.nan if y is None else float(y in s.isi) for y in np.atleast_1d(x)])


def _pecah(nomor: int) -> tuple[int, int]:
    return nomor // 12, nomor % 12 + 1


def _hari(ambil: Callable[[Bulan], Any]) -> Callable[[Simpul, Bingkai], Larik]:
    def hari(s: Simpul, b: Bingkai) -> Larik:
        bulan = b.data.index.get_level_values("bulan")
        teks = {n: ambil(Bulan(*_pecah(n))).isoformat() for n in set(bulan)}
        return np.array([teks[n] for n in bulan], dtype=object)

    return hari


_DAUN: dict[str, Callable[[Simpul, Bingkai], Larik]] = {
    "tetap": _tetap,
    "nama": lambda s, b: _kolom(b.data, s.isi, s.tipe),
    "luar": _luar,
    "lalu": _lalu,
    "rata": _rata,
    "hitung": _hitung,
    "jumlahkan": _jumlahkan,
    "di": _di,
    "awal_bulan": _hari(lambda bulan: bulan.awal),
    "akhir_bulan": _hari(lambda bulan: bulan.akhir),
}


# ---------------------------------------------------------------- operations


def _kosong(x: Larik) -> Larik:
    return np.asarray(pd.isna(x))


def _bagi(a: Larik, b: Larik) -> Larik:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(b == 0, np.nan, a / b)


def _dekat(a: Larik, b: Larik) -> Larik:
    return np.isclose(a, b, rtol=1e-14, atol=1e-9)


def _banding(teks: Callable[[Any, Any], bool], angka: Callable[[Larik, Larik], Larik]) -> Callable[..., Larik]:
    """A comparison that is missing where an operand is."""

    def banding(a: Larik, b: Larik) -> Larik:
        a, b = np.broadcast_arrays(a, b)
        kosong = _kosong(a) | _kosong(b)
        if a.dtype != object:
            return np.where(kosong, np.nan, angka(a, b))
        pasangan = zip(a.ravel(), b.ravel(), kosong.ravel(), strict=True)
        return np.array([np.nan if k else float(teks(x, y)) for x, y, k in pasangan]).reshape(a.shape)

    return banding


def _dan(*x: Larik) -> Larik:
    # three-valued: one "no" decides, else one missing makes it missing
    salah = reduce(np.logical_or, [y == 0 for y in x])
    return np.where(salah, 0.0, np.where(reduce(np.logical_or, [np.isnan(y) for y in x]), np.nan, 1.0))


def _atau(*x: Larik) -> Larik:
    return 1.0 - _dan(*[1.0 - y for y in x])


def _jumlah(*x: Larik) -> Larik:
    semua = np.array(np.broadcast_arrays(*x))
    return np.where(np.isnan(semua).all(axis=0), np.nan, np.nansum(semua, axis=0))


def _jika(c: Larik, a: Larik, b: Larik) -> Larik:
    c, a, b = np.broadcast_arrays(c, a, b)
    kosong = np.array(None if a.dtype == object else np.nan)
    return np.where(np.isnan(c), kosong, np.where(c == 1.0, a, b))


_OPERASI: dict[str, Callable[..., Larik]] = {
    "tambah": np.add,
    "kurang": np.subtract,
    "kali": np.multiply,
    "bagi": _bagi,
    "negatif": np.negative,
    "abs": np.abs,
    "jumlah": _jumlah,
    "min": lambda *x: reduce(np.fmin, x),
    "maks": lambda *x: reduce(np.fmax, x),
    "sama": _banding(lambda a, b: a == b, _dekat),
    "beda": _banding(lambda a, b: a != b, lambda a, b: ~_dekat(a, b)),
    "kurang_dari": _banding(lambda a, b: a < b, lambda a, b: (a < b) & ~_dekat(a, b)),
    "paling_banyak": _banding(lambda a, b: a <= b, lambda a, b: (a <= b) | _dekat(a, b)),
    "lebih_dari": _banding(lambda a, b: a > b, lambda a, b: (a > b) & ~_dekat(a, b)),
    "paling_sedikit": _banding(lambda a, b: a >= b, lambda a, b: (a >= b) | _dekat(a, b)),
    "dan": _dan,
    "atau": _atau,
    "bukan": lambda x: 1.0 - x,
    "jika": _jika,
    "terisi": lambda x: (~_kosong(x)).astype(np.float64),
}
