"""The one reader and writer of numbers: tables of every notation, and properties over all input."""

import math
from decimal import Decimal as D
from decimal import localcontext
from typing import get_args

import numpy
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pemasyarakatan.inti.angka import (
    GalatAngka,
    Jenis,
    baca_angka,
    terbilang,
    tulis_angka,
    tulis_isian,
    tulis_ringkas,
)

JENIS = get_args(Jenis)


def tolak(isi, jenis="bulat", **batas) -> GalatAngka:
    with pytest.raises(GalatAngka) as galat:
        baca_angka(isi, jenis, **batas)
    return galat.value


# ---------------------------------------------------------------- certain readings


@pytest.mark.parametrize("jenis", JENIS)
@pytest.mark.parametrize("isi", [None, "", "  ", "\u00a0", "-", "–", "—", "kosong", "Kosong", " KOSONG "])
def test_kosong_bukan_nol(isi, jenis):
    assert baca_angka(isi, jenis) is None


@pytest.mark.parametrize("jenis", JENIS)
@pytest.mark.parametrize("isi", ["0", "nihil", "Nihil", "NIHIL ", 0, 0.0, -0.0, D("-0"), D("0E+3")])
def test_nihil_adalah_nol(isi, jenis):
    nilai = baca_angka(isi, jenis)
    assert nilai == 0
    assert str(nilai) == "0"


@pytest.mark.parametrize(
    ("isi", "nilai"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("\u00a07\u202f", 7),
        ("\t7\r\n", 7),
        ("05", 5),
        ("1234567", 1234567),
        ("1.000", 1000),
        ("1.234.567", 1234567),
        ("12.000.000", 12000000),
        ("1 234 567", 1234567),
        ("1\u00a0234", 1234),
        ("12 orang", 12),
        ("1.240 kg", 1240),
        ("2.400 m²", 2400),
        ("2.400 m2", 2400),
        ("10 m3/hari", 10),
        ("10 l", 10),
        ("999.999.999.999.999", 10**15 - 1),
        (2**31, 2**31),
        (12.0, 12),
        (1234.0000000000002, 1234),
        (D("12.00"), 12),
        (D("1E+3"), 1000),
        (numpy.int64(5), 5),
        (numpy.float64(5), 5),
    ],
)
def test_bulat(isi, nilai):
    terbaca = baca_angka(isi, "bulat")
    assert terbaca == nilai
    assert type(terbaca) is int


@pytest.mark.parametrize(
    ("isi", "nilai"),
    [
        ("12", "12"),
        ("12,5", "12.5"),
        ("1234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1.234,50", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234", "1.234"),
        ("0,5", "0.5"),
        ("0,500", "0.5"),
        ("12,5 kg", "12.5"),
        (12, "12"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (1 / 30, "0.033333333333333"),
        (5.5e-17, "0"),
        (D("1.50"), "1.5"),
    ],
)
def test_desimal(isi, nilai):
    terbaca = baca_angka(isi, "desimal")
    assert repr(terbaca) == repr(D(nilai))


@pytest.mark.parametrize(
    ("isi", "nilai"),
    [
        ("Rp1.234.567", 1234567),
        ("Rp 1.234.567", 1234567),
        ("Rp\u00a01.234.567", 1234567),
        ("rp. 5.000", 5000),
        ("Rp1.234.567,00", 1234567),
        ("Rp5.000,-", 5000),
        ("5.000,–", 5000),
        ("5000 rupiah", 5000),
        ("1.000,00", 1000),
        (1500000.0, 1500000),
    ],
)
def test_rupiah(isi, nilai):
    terbaca = baca_angka(isi, "rupiah")
    assert terbaca == nilai
    assert type(terbaca) is int


@pytest.mark.parametrize(
    ("isi", "nilai"),
    [
        ("12,3%", "12.3"),
        ("12,3 %", "12.3"),
        ("12,3", "12.3"),
        ("12 persen", "12"),
        ("100%", "100"),
        (0.5, "0.5"),
    ],
)
def test_persen(isi, nilai):
    assert baca_angka(isi, "persen") == D(nilai)


def test_persen_sebagai_satuan_butir_desimal():
    assert baca_angka("12,3%", "desimal", satuan="%") == D("12.3")


# ---------------------------------------------------------------- asked back


@pytest.mark.parametrize(
    ("jenis", "isi", "tanya"),
    [
        ("bulat", "1,000", 1000),
        ("bulat", "1,234,567", 1234567),
        ("bulat", "1.0", 1),
        ("bulat", "18500.00", 18500),
        ("bulat", "1,234.00", 1234),
        ("bulat", "5 ribu", 5000),
        ("bulat", "1,2 juta", 1200000),
        ("bulat", "2 jt", 2000000),
        ("rupiah", "Rp1,000", 1000),
        ("rupiah", "Rp3,4 miliar", 3400000000),
        ("desimal", "1.234", D("1234")),
        ("desimal", "18500.00", D("18500")),
        ("desimal", "1,234.56", D("1234.56")),
        ("desimal", "1,234,567", D("1234567")),
        ("desimal", "1.5", D("1.5")),
        ("desimal", "0.500", D("0.5")),
        ("desimal", "12.3456", D("12.3456")),
        ("persen", "12.3%", D("12.3")),
        ("persen", "1.234", D("1234")),
    ],
)
def test_ragu_ditanyakan(jenis, isi, tanya):
    galat = tolak(isi, jenis)
    assert galat.tanya == tanya
    assert type(galat.tanya) is type(tanya)
    assert galat.pesan.startswith("Dibaca ")
    assert "Betul?" in galat.pesan
    assert baca_angka(tulis_isian(galat.tanya, jenis), jenis) == tanya


def test_kalimat_tanya():
    assert tolak("1.234", "desimal").pesan == (
        "Dibaca 1.234 (seribu dua ratus tiga puluh empat). Betul? Bila ya, tulis 1.234,0."
    )
    assert tolak("1,234.56", "persen").pesan.startswith("Dibaca 1.234,56% (")


def test_batas_didahulukan_dari_tanya():
    galat = tolak("-1.234", "desimal")
    assert galat.tanya is None
    assert "negatif" in galat.pesan


# ---------------------------------------------------------------- refused

TIDAK_PERNAH = [
    "1.23.4", "1..000", "1.000.00", ".5", "5.", "5,", ",5", "1,2,3", "1.234 567", "12 34", "0.000.000,1,1",
    "2O", "l2", "1 OOO", "12kg", "1e3", "1E3", "1_000", "0x10", "0b1", "1/2", "12:30", "=1+1", "+5", "--5",
    "-0", "(0)", "(-5)", "-(5)", "- 5", "5-", "１２", "٣", "१२", "²", "1\x00", "\x001", "1\u200b2",
    "+ 5", "\u202e12", "\ufeff12", "1\n2", "\ud800", "NaN", "Infinity", "-inf", "None", "null", "NA",
    "true", "abc", "Rp", "%", "5 M", "5 T", "5 lusin", "5 ratus", "12 orang WBP lagi", "9" * 16,
    "1" * 61, "0" * 5000, True, False, [], {}, (), b"12", object(), float("nan"), float("inf"), -math.inf,
    D("NaN"), D("sNaN"), D("Infinity"), D("1E+999999999"), D("1E-999999999"), D("1." + "0" * 70 + "1"),
    10**15, -(10**15), 2**63, 10**400, 10**5000, 1e15, 2.0**53, 1e308, 1j,
]  # fmt: skip


@pytest.mark.parametrize("jenis", JENIS)
@pytest.mark.parametrize("isi", TIDAK_PERNAH, ids=map(str, range(len(TIDAK_PERNAH))))
def test_ditolak_untuk_semua_jenis(isi, jenis):
    galat = tolak(isi, jenis, min=None)
    assert galat.tanya is None
    assert galat.pesan.endswith(".")
    galat.pesan.encode()


@pytest.mark.parametrize("isi", ["1,0", "1,5", "1.5", "1.50", "0.5", "0.500", "1.000,00", "1.234,5", "1,234.56"])
def test_bulat_menolak_pecahan(isi):
    galat = tolak(isi)
    assert galat.tanya is None
    assert f"{isi} bukan bilangan bulat" in galat.pesan


@pytest.mark.parametrize("isi", [1.5, D("0.1"), numpy.float64(2.25)])
@pytest.mark.parametrize("jenis", ["bulat", "rupiah"])
def test_bulat_menolak_bilangan_pecahan(isi, jenis):
    assert "bukan bilangan bulat" in tolak(isi, jenis).pesan


@pytest.mark.parametrize("isi", ["Rp1.234,50", "1,0", "1.000,000", "1,5"])
def test_rupiah_tanpa_sen(isi):
    assert "bukan bilangan bulat" in tolak(isi, "rupiah").pesan


@pytest.mark.parametrize(
    ("isi", "nasihat"),
    [
        ("1.5", "1.5 bukan bilangan bulat; bila maksudnya seribu lima ratus tulis 1.500."),
        ("1.000,00", "1.000,00 bukan bilangan bulat. Tulis tanpa koma: 1.000."),
        ("2O", "“2O” tidak terbaca sebagai angka. Periksa huruf di antara angka; beri spasi sebelum satuan."),
        ("-5", "Angka tidak boleh negatif; tertulis −5. Tulis 0 bila nihil."),
        ("12%", "“12%” ditulis sebagai persen. Tulis jumlahnya saja, misalnya 1.240."),
        ("Rp12", "“Rp12” ditulis sebagai rupiah. Tulis angkanya saja, misalnya 1.240."),
    ],
)
def test_nasihat(isi, nasihat):
    assert tolak(isi).pesan == nasihat


@pytest.mark.parametrize("isi", ["12 ton", "12 orang", "12 kg/hari"])
def test_satuan_lain_ditolak(isi):
    assert "Satuan" in tolak(isi, satuan="kg").pesan


def test_satuan_sendiri_diterima():
    assert baca_angka("12 KG", satuan="kg") == 12
    assert baca_angka("12 m2", satuan="m²") == 12
    assert baca_angka("12 laporan polisi", satuan="laporan polisi") == 12


# ---------------------------------------------------------------- range


@pytest.mark.parametrize("isi", ["-25", "−25", "–25", "(25)", -25, -25.0, D(-25)])
def test_negatif_terbaca_dan_dibatasi(isi):
    assert baca_angka(isi, min=None) == -25
    assert baca_angka(isi, min=-25) == -25
    assert "tidak boleh negatif" in tolak(isi).pesan


@pytest.mark.parametrize("isi", ["-Rp5.000", "Rp-5.000", "−Rp5.000", "(Rp5.000)"])
def test_rupiah_negatif(isi):
    assert baca_angka(isi, "rupiah", min=None) == -5000


def test_batas_lain():
    assert baca_angka("1", min=1) == 1
    assert tolak("0", min=1).pesan == "Angka paling kecil 1; tertulis 0."


@pytest.mark.parametrize("isi", ["99999999999999,99", "0,1234567890123456"])
def test_paling_banyak_lima_belas_digit(isi):
    assert "15 digit" in tolak(isi, "desimal").pesan


# ---------------------------------------------------------------- properties

BULAT = st.integers(-(10**15) + 1, 10**15 - 1)
DESIMAL = st.tuples(BULAT, st.integers(0, 15)).map(lambda pasangan: D(pasangan[0]).scaleb(-pasangan[1]))
APA_PUN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(),
    st.text(alphabet="0123456789.,-−() \u00a0RpO%eE+_kg"),
    st.binary(),
    st.lists(st.integers()),
    st.dictionaries(st.text(), st.integers()),
    st.datetimes(),
)


@given(APA_PUN, st.sampled_from(JENIS), st.sampled_from(["", "kg", "%", "ribu"]))
@example("0 ribu", "bulat", "")
@example("9" * 15 + " triliun", "desimal", "")
def test_hanya_galat_angka(isi, jenis, satuan):
    try:
        nilai = baca_angka(isi, jenis, satuan=satuan)
    except GalatAngka as galat:
        galat.pesan.encode()
        nilai = galat.tanya
    assert nilai is None or (nilai >= 0 and type(nilai) is (int if jenis in ("bulat", "rupiah") else D))


@given(BULAT)
def test_pulang_pergi_bulat(nilai):
    assert baca_angka(tulis_angka(nilai), "bulat", min=None) == nilai
    assert baca_angka(tulis_angka(nilai, "rupiah"), "rupiah", min=None) == nilai
    assert baca_angka(tulis_angka(nilai, satuan="orang"), "bulat", min=None) == nilai


@given(DESIMAL)
def test_pulang_pergi_desimal(nilai):
    tertulis = tulis_angka(nilai, "desimal")
    if "," in tertulis:
        assert baca_angka(tertulis, "desimal", min=None) == nilai


@given(DESIMAL, st.sampled_from(["desimal", "persen"]))
def test_isian_tidak_pernah_ditanya(nilai, jenis):
    assert baca_angka(tulis_isian(nilai, jenis), jenis, min=None) == nilai


@given(DESIMAL)
def test_bentuk_tunggal_dari_setiap_jalan(nilai):
    """Form, JSON, workbook and CSV give one and the same value, digit for digit."""
    dari_isian = baca_angka(tulis_isian(nilai, "desimal"), "desimal", min=None)
    dari_buku = baca_angka(float(nilai), "desimal", min=None)
    dari_basis = baca_angka(nilai, "desimal", min=None)
    assert repr(dari_isian) == repr(dari_buku) == repr(dari_basis)


@given(st.integers(1, 999), st.integers(0, 999))
def test_titik_ribuan_tidak_pernah_jadi_pecahan(ribu, sisa):
    teks = f"{ribu}.{sisa:03}"
    assert baca_angka(teks, "bulat") == ribu * 1000 + sisa
    assert tolak(teks, "desimal").tanya == ribu * 1000 + sisa


# ---------------------------------------------------------------- writing


@pytest.mark.parametrize(
    ("argumen", "teks"),
    [
        ((None,), "–"),
        ((None, "rupiah"), "–"),
        ((math.nan,), "–"),
        ((math.inf, "persen"), "–"),
        ((D("NaN"),), "–"),
        ((0,), "0"),
        ((999,), "999"),
        ((1234,), "1.234"),
        ((1234567,), "1.234.567"),
        ((-25,), "−25"),
        ((-0.4,), "0"),
        ((2.5,), "3"),
        ((-2.5,), "−3"),
        ((12, "bulat", "orang"), "12 orang"),
        ((1234.5, "desimal"), "1.234,5"),
        ((D("1234.560"), "desimal"), "1.234,56"),
        ((0.1 + 0.2, "desimal"), "0,3"),
        ((D("1E+3"), "desimal"), "1.000"),
        ((12, "desimal", "", 1), "12,0"),
        ((1.005, "desimal", "", 2), "1,01"),
        ((-0.04, "desimal", "kg", 1), "0,0 kg"),
        ((1234, "rupiah"), "Rp1.234"),
        ((-1234, "rupiah"), "−Rp1.234"),
        ((5000, "rupiah", "", 2), "Rp5.000,00"),
        ((12.34, "persen"), "12,3%"),
        ((12.0, "persen"), "12%"),
        ((12.0, "persen", "", 1), "12,0%"),
        ((-0.04, "persen"), "0%"),
        ((numpy.int64(1234),), "1.234"),
        ((numpy.float64(1234.5), "desimal"), "1.234,5"),
    ],
)
def test_tulis(argumen, teks):
    assert tulis_angka(*argumen) == teks


def test_tidak_tergantung_konteks_desimal():
    with localcontext(prec=3):
        assert baca_angka("-1.234.567,5", "desimal", min=None) == D("-1234567.5")
        assert tulis_angka(D("-1234567.5"), "desimal") == "−1.234.567,5"
        assert terbilang(-1001001) == "minus satu juta seribu satu"
    assert tulis_angka(-(10**40)) == "−10" + ".000" * 13
    assert tulis_angka(1e300) == "1" + ".000" * 100


@pytest.mark.parametrize(
    ("argumen", "teks"),
    [
        ((None,), "–"),
        ((999_999,), "999.999"),
        ((1_000_000,), "1 juta"),
        ((1_234_567,), "1,2 juta"),
        ((1_250_000,), "1,3 juta"),
        ((-1_234_567,), "−1,2 juta"),
        ((999_940_000,), "999,9 juta"),
        ((999_960_000,), "1 miliar"),
        ((3_400_000_000, "rupiah"), "Rp3,4 miliar"),
        ((-3_400_000_000, "rupiah"), "−Rp3,4 miliar"),
        ((1_200_000_000_000,), "1,2 triliun"),
        ((1_234_000_000_000_000,), "1.234 triliun"),
        ((2_500_000.0, "bulat", "kg"), "2,5 juta kg"),
    ],
)
def test_tulis_ringkas(argumen, teks):
    assert tulis_ringkas(*argumen) == teks


@pytest.mark.parametrize(
    ("nilai", "jenis", "teks"),
    [
        (None, "bulat", ""),
        (2400, "bulat", "2.400"),
        (2400, "rupiah", "2.400"),
        (D(2400), "desimal", "2.400,0"),
        (D("2400.5"), "desimal", "2.400,5"),
        (D(12), "desimal", "12"),
        (D("12.3"), "persen", "12,3"),
    ],
)
def test_tulis_isian(nilai, jenis, teks):
    assert tulis_isian(nilai, jenis) == teks


@pytest.mark.parametrize(
    ("nilai", "kata"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1000, "seribu"),
        (1234, "seribu dua ratus tiga puluh empat"),
        (11000, "sebelas ribu"),
        (101000, "seratus satu ribu"),
        (1000000, "satu juta"),
        (1001001, "satu juta seribu satu"),
        (3400000000, "tiga miliar empat ratus juta"),
        (10**12, "satu triliun"),
        (-5, "minus lima"),
        (D("0.05"), "nol koma nol lima"),
        (D("1234.56"), "seribu dua ratus tiga puluh empat koma lima enam"),
    ],
)
def test_terbilang(nilai, kata):
    assert terbilang(nilai) == kata


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_terbilang_membedakan(a, b):
    assert (terbilang(a) == terbilang(b)) == (a == b)
