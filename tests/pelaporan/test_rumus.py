"""The expression language: what it accepts, what it computes, and that one report and many reports agree."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelaporan import gladi, rumus
from pelaporan.isian import KonteksPeta
from pelaporan.rumus import ANGKA, DAFTAR, LOGIKA, TABEL, TEKS, GalatRumus, Lambang, Lingkungan, urai
from pemasyarakatan.inti.waktu import Bulan

LINGKUP = {
    **{k: Lambang(ANGKA) for k in ("a", "b", "c", "t_1", "t_2")},
    "batas": Lambang(ANGKA, "parameter"),
    "setuju": Lambang(LOGIKA),
    "nama": Lambang(TEKS),
    "warna": Lambang(TEKS, pilihan=frozenset({"merah", "biru"})),
    "t": Lambang(TABEL, sel=("t_1", "t_2")),
    "campur": Lambang(TABEL),
    "d": Lambang(DAFTAR, kolom={"kat": Lambang(TEKS, "kolom", frozenset({"x", "y"})), "n": Lambang(ANGKA, "kolom")}),
}
JANUARI = Bulan(2026, 1)


def hitung(teks: str, nilai: dict | None = None, daftar: dict | None = None, peta: dict | None = None) -> object:
    ling = Lingkungan(nilai or {}, daftar or {}, KonteksPeta(JANUARI, peta or {}))
    return rumus.nilai(urai(teks, LINGKUP), ling)


@pytest.mark.parametrize(
    ("teks", "nilai", "hasil"),
    [
        ("a + b * 2", {"a": 1, "b": 3}, 7),
        ("-(a - b)", {"a": 1, "b": 3}, 2),
        ("0.1 + 0.2 == 0.3", {}, True),
        ("a / b", {"a": 1, "b": 4}, Decimal("0.25")),
        ("a / b", {"a": 1, "b": 0}, None),
        ("bagi(a, b)", {"a": 1}, None),
        ("a + b", {"a": 1}, None),
        ("jumlah(a, b)", {"a": 1}, 1),
        ("jumlah(a, b)", {}, None),
        ("jumlah(t, a)", {"t_1": 2, "t_2": 3, "a": 1}, 6),
        ("min(a, b)", {"b": 4}, 4),
        ("maks(t)", {"t_1": 2, "t_2": 5}, 5),
        ("abs(a - b)", {"a": 1, "b": 5}, 4),
        ("a < b", {"a": 1}, None),
        ("0 <= a <= 10", {"a": 5}, True),
        ("0 <= a <= 10", {"a": 11}, False),
        ("a > 0 and b > 0", {"a": 0}, False),
        ("a > 0 and b > 0", {"a": 1}, None),
        ("a > 0 or b > 0", {"a": 1}, True),
        ("a > 0 or b > 0", {"a": 0}, None),
        ("not setuju", {"setuju": False}, True),
        ("not setuju", {}, None),
        ("setuju == ya", {"setuju": True}, True),
        ("terisi(a)", {}, False),
        ("terisi(nama)", {"nama": "x"}, True),
        ("jika(a > 1, a, b)", {"a": 2, "b": 9}, 2),
        ("jika(a > 1, a, b)", {"b": 9}, None),
        ('warna in ("merah", "biru")', {"warna": "biru"}, True),
        ('warna not in ("merah",)', {"warna": "biru"}, True),
        ('warna in ("merah",)', {}, None),
        ("a in (1, 2)", {"a": Decimal(2)}, True),
        ("awal_bulan", {}, "2026-01-01"),
        ("akhir_bulan", {}, "2026-01-31"),
    ],
)
def test_nilai(teks, nilai, hasil):
    didapat = hitung(teks, nilai)
    assert didapat == hasil
    assert type(didapat) is type(hasil)


def test_daftar_dihitung_dan_dijumlahkan():
    baris = {"d": [{"kat": "x", "n": 2}, {"kat": "y", "n": None}, {"kat": "x"}]}
    assert hitung("hitung(d)", {}, baris) == 3
    assert hitung('hitung(d, kat == "x")', {}, baris) == 2
    assert hitung("hitung(d, n > a)", {"a": 1}, baris) == 1
    assert hitung('jumlahkan(d, n, kat == "x")', {}, baris) == 2
    assert hitung("jumlahkan(d, n)") == 0


def test_bulan_lalu_dan_formulir_lain():
    peta = {(None, "a", 1): 10, (None, "a", 3): 40, ("F01", "isi", 0): 7, ("F01", "isi", 2): 5}
    assert hitung("lalu(a)", peta=peta) == 10
    assert hitung("lalu(F01.isi, 2) + F01.isi", peta=peta) == 12
    assert hitung("rata(a, 3)", peta=peta) == 25
    assert hitung("rata(b, 3)", peta=peta) is None


@pytest.mark.parametrize(
    ("teks", "sebab"),
    [
        ("a +", "tidak dapat dibaca"),
        ("zzz", "nama tidak dikenal"),
        ("t", "tidak dapat dipakai sebagai satu nilai"),
        ("jumlah(campur)", "berbeda satuan"),
        ("a ** 2", "operator"),
        ("a % 2", "operator"),
        ("+a", "operator"),
        ("[x for x in a]", "bentuk ini"),
        ("lambda: 1", "bentuk ini"),
        ("a.__class__", "rujukan ke formulir lain"),
        ("__import__('os')", "fungsi tidak dikenal"),
        ("jumlah(a, n=1)", "fungsi tidak dikenal"),
        ("jumlah()", "fungsi tidak dikenal"),
        ("a and b", "seharusnya logika"),
        ("nama + 1", "seharusnya angka"),
        ("a == nama", "seharusnya angka"),
        ("setuju < ya", "perbandingan"),
        ("a is b", "perbandingan"),
        ("not a", "seharusnya logika"),
        ("True", "tulis ya atau tidak"),
        ("1e99", "terlalu besar"),
        ('warna == "merha"', "bukan salah satu pilihan"),
        ('"merha" == warna', "bukan salah satu pilihan"),
        ('warna in ("merah", "ungu")', "bukan salah satu pilihan"),
        ('hitung(d, kat == "z")', "bukan salah satu pilihan"),
        ("warna in (nama,)", "nilai tetap"),
        ("a in b", "daftar tetap"),
        ("hitung(a)", "nama daftar"),
        ("hitung(d, n)", "seharusnya logika"),
        ("kat", "nama tidak dikenal"),
        ("lalu(a + b)", "hanya satu butir"),
        ("lalu(batas)", "tidak mempunyai nilai bulan sebelumnya"),
        ("lalu(a, b)", "angka tetap"),
        ("lalu(a, 0)", "angka tetap"),
        ("lalu(a, 1000)", "angka tetap"),
        ("rata(nama, 3)", "hanya satu butir"),
        ("abs(a, b)", "jumlah isi fungsi"),
        ("jika(setuju, a, nama)", "seharusnya angka"),
        ("a" + " + a" * 600, "lebih panjang"),
        ("(" * 300 + "a" + ")" * 300, "tidak dapat dibaca"),
        ("-" * 60 + "a", "bersarang"),
    ],
)
def test_ditolak(teks, sebab):
    with pytest.raises(GalatRumus) as g:
        urai(teks, LINGKUP)
    assert sebab in g.value.pesan


def test_baris_daftar_tidak_melihat_baris_daftar_lain():
    with pytest.raises(GalatRumus, match="nama tidak dikenal"):
        urai(
            "hitung(d2, m == n)",
            {**LINGKUP, **LINGKUP["d"].kolom, "d2": Lambang(DAFTAR, kolom={"m": Lambang(ANGKA, "kolom")})},
        )


def test_acuan():
    a = rumus.acuan(urai("a + F02.masuk - lalu(F01.isi) + rata(b, 2) + hitung(d)", LINGKUP))
    assert a.nama == {"a"}
    assert a.daftar == {"d"}
    assert a.luar == {("F02", "masuk")}
    assert a.lalu == {("F01", "isi", 1), (None, "b", 1), (None, "b", 2)}


# ---------------------------------------------------------------- one report and many reports agree

_angka = st.one_of(st.integers(-999, 999), st.integers(-99_999, 99_999).map(lambda n: Decimal(n) / 100))
_nilai = st.one_of(st.none(), _angka)
_laporan = st.fixed_dictionaries(
    {
        **dict.fromkeys(("a", "b", "c", "t_1", "t_2"), _nilai),
        "setuju": st.sampled_from([None, True, False]),
        "warna": st.sampled_from([None, "merah", "biru"]),
        "nama": st.sampled_from([None, "2026-01-15", "2026-02-03"]),
    }
)
_baris = st.lists(st.fixed_dictionaries({"kat": st.sampled_from([None, "x", "y"]), "n": _nilai}), max_size=3)
_daun = st.sampled_from(
    [
        "a", "b", "c", "2", "0", "1.5", "lalu(a)", "lalu(b, 2)", "F02.masuk", "lalu(F02.masuk)", "rata(c, 2)",
        "jumlah(t)", "maks(t, a)", "hitung(d)", 'hitung(d, kat == "x" and n > a)', "jumlahkan(d, n)",
        'jumlahkan(d, n * 2, kat != "y")',
    ]
)  # fmt: skip
_teks_angka = st.recursive(
    _daun,
    lambda x: st.one_of(
        st.builds("({} {} {})".format, x, st.sampled_from("+-"), x),
        st.builds("({} * {})".format, x, st.sampled_from(["2", "-3", "0.5"])),
        st.builds("{}({}, {})".format, st.sampled_from(["jumlah", "min", "maks"]), x, x),
        st.builds("abs(-{})".format, x),
        st.builds("jika({} > {}, {}, {})".format, x, x, x, x),
    ),
    max_leaves=6,
)
_banding = st.builds("{} {} {}".format, _teks_angka, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), _teks_angka)
_lain = st.sampled_from(
    [
        "setuju", "setuju == tidak", 'warna == "merah"', 'warna != "biru"', 'warna in ("merah", "biru")',
        "a in (1, 2, 1.5)", "awal_bulan <= nama <= akhir_bulan", "terisi(a)", "terisi(warna)",
        "terisi(lalu(a))",
        'jika(setuju, warna, "biru") == "biru"',
    ]
)  # fmt: skip
_teks_logika = st.recursive(
    st.one_of(_banding, _lain),
    lambda x: st.one_of(
        st.builds("({} and {})".format, x, x),
        st.builds("({} or {})".format, x, x),
        st.builds("(not {})".format, x),
    ),
    max_leaves=4,
)


class _KonteksLaporan:
    """Surroundings of one report, taken from the same reports that fill the table."""

    def __init__(self, kunci, laporan, luar):
        self.unit, self.bulan = kunci
        self.laporan, self.luar = laporan, luar

    def lalu(self, formulir, kode, n):
        asal = self.laporan if formulir is None else self.luar
        return asal.get((self.unit, self.bulan - n), {}).get(kode)

    def lain(self, formulir, kode):
        return self.luar.get((self.unit, self.bulan), {}).get(kode)


_kunci = st.tuples(st.sampled_from(["U1", "U2"]), st.sampled_from([JANUARI + n for n in range(3)]))
_dunia = st.builds(
    SimpleNamespace,
    laporan=st.dictionaries(_kunci, _laporan, min_size=1, max_size=6),
    luar=st.dictionaries(_kunci, st.fixed_dictionaries({"masuk": _nilai}), max_size=6),
    daftar=st.dictionaries(_kunci, _baris, max_size=6),
)


def _tabel(isi):
    indeks = pd.MultiIndex.from_tuples([(u, gladi.nomor_bulan(b)) for u, b in isi], names=["unit", "bulan"])
    return pd.DataFrame(list(isi.values()), index=indeks, dtype=object)


def _bingkai(dunia):
    baris = [(kunci, b) for kunci, daftar in dunia.daftar.items() if kunci in dunia.laporan for b in daftar]
    indeks = pd.MultiIndex.from_tuples(
        [(u, gladi.nomor_bulan(b)) for (u, b), _ in baris] or [("-", 0)], names=["unit", "bulan"]
    )
    tabel = pd.DataFrame([b for _, b in baris] or [{"kat": None, "n": None}], index=indeks, dtype=object)
    return gladi.Bingkai(
        _tabel(dunia.laporan),
        {"F02": _tabel(dunia.luar)} if dunia.luar else {},
        {"d": tabel if baris else tabel.iloc[:0]},
    )


def _sepakat(teks, dunia):
    pohon = urai(teks, LINGKUP)
    kolom = gladi.nilai_kolom(pohon, _bingkai(dunia))
    assert len(kolom) == len(dunia.laporan)
    for (kunci, isi), didapat in zip(dunia.laporan.items(), kolom, strict=True):
        ling = Lingkungan(isi, {"d": dunia.daftar.get(kunci, [])}, _KonteksLaporan(kunci, dunia.laporan, dunia.luar))
        seharusnya = rumus.nilai(pohon, ling)
        if seharusnya is None:
            assert np.isnan(didapat)
        elif pohon.tipe == LOGIKA:
            assert bool(didapat) is seharusnya
        else:
            assert didapat == pytest.approx(float(seharusnya), rel=1e-12, abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(_teks_angka, _dunia)
def test_angka_satu_laporan_sama_dengan_banyak_laporan(teks, dunia):
    _sepakat(teks, dunia)


@settings(max_examples=150, deadline=None)
@given(_teks_logika, _dunia)
def test_logika_satu_laporan_sama_dengan_banyak_laporan(teks, dunia):
    _sepakat(teks, dunia)


@settings(max_examples=60, deadline=None)
@given(st.tuples(_teks_angka, _teks_angka), _dunia)
def test_pembagian_satu_laporan_sama_dengan_banyak_laporan(teks, dunia):
    _sepakat(f"bagi({teks[0]}, {teks[1]})", dunia)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab()+-*/.,<>=[]{}:'\" \n019eFlambdoruntis", max_size=40))
def test_teks_sembarang_diterima_atau_ditolak_dengan_kalimat(teks):
    """Nothing but ``GalatRumus`` may leave the parser, and nothing at all the evaluation."""
    with contextlib.suppress(GalatRumus):
        rumus.nilai(urai(teks, LINGKUP), Lingkungan({}, {}, KonteksPeta(JANUARI)))
