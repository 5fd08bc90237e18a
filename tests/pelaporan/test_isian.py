"""Cells, calculated items, and the frozen content."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelaporan.isian import (
    Baris,
    GalatIsian,
    Isian,
    Keadaan,
    KonteksPeta,
    Sel,
    baca_sel,
    bagian_tertutup,
    bekukan,
    hitung,
    kanonik,
    sel_efektif,
    sidik,
    tulis_masukan,
    tulis_nilai,
)
from pelaporan.skema import Butir, baca_skema
from pemasyarakatan.inti.waktu import Bulan

KECIL = (Path(__file__).parent / "contoh/F99.yaml").read_text(encoding="utf-8")
SKEMA = baca_skema(KECIL)
KONTEKS = KonteksPeta(Bulan(2026, 1))
PILIHAN = (("a", "Alfa"), ("b", "Beta"))


def butir(jenis: str, **lain: object) -> Butir:
    return Butir(
        kode="x",
        label="Ikan",
        jenis=jenis,
        definisi="Contoh.",
        pilihan=PILIHAN if jenis == "pilihan" else (),
        **lain,
    )


@pytest.mark.parametrize(
    ("b", "teks", "nilai"),
    [
        (butir("bulat", satuan="orang"), "1.234", 1234),
        (butir("bulat", satuan="orang"), "12 orang", 12),
        (butir("bulat", satuan="orang"), 12.0, 12),
        (butir("desimal", satuan="kg"), "12,50", Decimal("12.5")),
        (butir("desimal", satuan="%"), "12,3%", Decimal("12.3")),
        (butir("rupiah", satuan="rupiah"), "Rp1.500", 1500),
        (butir("bulat", satuan="orang", min=None), "-5", -5),
        (butir("ya_tidak"), "Ya", True),
        (butir("ya_tidak"), "t", False),
        (butir("ya_tidak"), False, False),
        (butir("teks"), "  Blok B\r\nlantai 2 ", "Blok B\nlantai 2"),
        (butir("tanggal"), "3/9/2025", "2025-09-03"),
        (butir("jam"), "7.05", "07:05"),
        (butir("pilihan"), "b", "b"),
        (butir("pilihan"), "ALFA", "a"),
    ],
)  # fmt: skip
def test_dibaca(b, teks, nilai):
    assert baca_sel(b, teks) == Sel(nilai, Keadaan.ISI)


@pytest.mark.parametrize("jenis", ["bulat", "desimal", "rupiah", "ya_tidak", "teks", "tanggal", "jam", "pilihan"])
@pytest.mark.parametrize("kosong", ["", "  ", None])
def test_kosong_bukan_nol(jenis, kosong):
    assert baca_sel(butir(jenis), kosong) is None


def test_nol_yang_diketik_adalah_nihil():
    nihil = Sel(0, Keadaan.NIHIL)
    assert baca_sel(butir("bulat"), "0") == baca_sel(butir("bulat"), "nihil") == nihil
    assert baca_sel(butir("desimal"), "0,00") == baca_sel(butir("desimal"), "", "nihil") == nihil


@pytest.mark.parametrize(
    ("b", "teks", "keadaan", "pesan"),
    [
        (butir("bulat"), "dua", "isi", "tidak terbaca sebagai angka"),
        (butir("bulat"), "-1", "isi", "negatif"),
        (butir("bulat", maks=10), "11", "isi", "Paling banyak 10."),
        (butir("bulat", min=3), "2", "isi", "Paling sedikit 3."),
        (butir("bulat", min=3), "", "nihil", "Paling sedikit 3."),
        (butir("bulat"), "1,5", "isi", "bukan bilangan bulat"),
        (butir("desimal"), "1,234", "isi", "Paling banyak 2 angka di belakang koma."),
        (butir("teks"), "x" * 501, "isi", "Paling banyak 500"),
        (butir("teks", maks=5), "enam huruf", "isi", "Paling banyak 5"),
        (butir("teks"), "NIK 3171 2345 6789 0001", "isi", "Jangan menulis NIK"),
        (butir("teks"), "", "nihil", "Nihil hanya untuk angka."),
        (butir("ya_tidak"), "mungkin", "isi", "Pilih Ya atau Tidak."),
        (butir("tanggal"), "31/2/2026", "isi", ""),
        (butir("jam"), "25.00", "isi", "Jam tidak terbaca"),
        (butir("pilihan"), "c", "isi", "Pilih salah satu dari 2 pilihan"),
        (butir("bulat"), "", "tak_tersedia", "Tulis alasannya."),
        (butir("bulat"), "", "tak_berlaku", "Tulis alasannya."),
        (butir("bulat"), "5", "hilang", "Keadaan isian tidak dikenal."),
        (butir("bulat", sumber="rumus:1 + 1"), "5", "isi", "dihitung otomatis"),
        (butir("bulat", sumber="turunan:kapasitas"), "5", "isi", "terisi dari register kapasitas"),
    ],
)  # fmt: skip
def test_ditolak(b, teks, keadaan, pesan):
    with pytest.raises(GalatIsian) as g:
        baca_sel(b, teks, keadaan)
    assert pesan in g.value.pesan
    assert g.value.tanya is None


def test_yang_meragukan_ditanyakan_kembali():
    with pytest.raises(GalatIsian) as g:
        baca_sel(butir("desimal"), "1.234")
    assert g.value.tanya == 1234


def test_tak_tersedia_dengan_alasan():
    assert baca_sel(butir("bulat"), "7", "tak_tersedia", " Timbangan rusak ") == Sel(
        None, Keadaan.TAK_TERSEDIA, "Timbangan rusak"
    )


def test_register_boleh_mengisi_butirnya():
    assert baca_sel(butir("bulat", sumber="turunan:kapasitas"), 350, dari_register=True) == Sel(350)


@given(st.integers(-(10**14), 10**14), st.sampled_from(["bulat", "rupiah", "desimal"]))
def test_isi_kolom_terbaca_kembali_sama(n, jenis):
    b = butir(jenis, min=None)
    nilai = n if jenis != "desimal" else Decimal(n % 10**12) / 100
    assert baca_sel(b, tulis_masukan(b, Sel(nilai))).nilai == nilai


@pytest.mark.parametrize(
    ("jenis", "nilai"),
    [("ya_tidak", False), ("tanggal", "2025-09-03"), ("jam", "07:05"), ("pilihan", "b"), ("teks", "Blok: B")],
)
def test_isi_lain_terbaca_kembali_sama(jenis, nilai):
    assert baca_sel(butir(jenis), tulis_masukan(butir(jenis), Sel(nilai))).nilai == nilai


def test_ditulis_untuk_orang():
    assert tulis_nilai(butir("bulat", satuan="orang"), 1234, satuan=True) == "1.234 orang"
    assert tulis_nilai(butir("rupiah", satuan="rupiah"), 1234, satuan=True) == "Rp1.234"
    assert tulis_nilai(butir("desimal", satuan="%"), Decimal("12.34"), satuan=True) == "12,3%"
    assert tulis_nilai(butir("tanggal"), "2025-09-03") == "3 September 2025"
    assert tulis_nilai(butir("jam"), "07:05") == "07.05"
    assert tulis_nilai(butir("pilihan"), "b") == "Beta"
    assert tulis_nilai(butir("ya_tidak"), True) == "Ya"
    assert tulis_nilai(butir("teks"), None) == "–"


# ---------------------------------------------------------------- a whole report


def penuh(ada: bool = True) -> Isian:
    return Isian(
        {
            "ada": Sel(ada),
            "orang_a_l": Sel(4),
            "orang_a_p": Sel(0, Keadaan.NIHIL),
            "orang_b_p": Sel(None, Keadaan.TAK_TERSEDIA, "Belum dihitung"),
        },
        {"acara": [Baris("r1", {"hari": Sel("2026-01-05"), "hadir": Sel(3)})]},
    )


def test_hitung():
    assert hitung(SKEMA, penuh(), KONTEKS) == {
        "rerata": 2, "golongan_a": 4, "orang_b_total": None, "total_l": 4, "total_p": 0, "total": 4,
    }  # fmt: skip


def test_rumus_dibulatkan_ke_digitnya():
    isian = Isian({"orang_a_l": Sel(1)})
    s = baca_skema(KECIL.replace("bagi(total, 2)", "bagi(total, 8)"))
    assert hitung(s, isian, KONTEKS)["rerata"] == Decimal("0.13")


def test_bekukan():
    tanggapan = {"cukup_a_l:abc": {"benar": True, "alasan": "sudah dicek", "lain": 1}}
    assert bekukan(SKEMA, penuh(), KONTEKS, tanggapan) == {
        "angka": {"orang_a_l": 4, "orang_a_p": 0, "golongan_a": 4, "total_l": 4, "total_p": 0, "total": 4},
        "lain": {"ada": True, "rerata": 2},
        "keadaan": {"orang_a_p": "nihil", "orang_b_p": "tak_tersedia"},
        "alasan": {"orang_b_p": "Belum dihitung"},
        "daftar": {"acara": [{"id": "r1", "isi": {"hari": "2026-01-05", "hadir": 3}}]},
        "tanggapan": {"cukup_a_l:abc": {"benar": True, "alasan": "sudah dicek"}},
        "skema": {"kode": "F99", "berlaku_dari": "2024-01", "sidik": SKEMA.sidik},
    }


def test_nilai_rumus_yang_dititipkan_diabaikan():
    isian = penuh()
    isian.sel["total"] = Sel(0, Keadaan.NIHIL, "titipan")
    beku = bekukan(SKEMA, isian, KONTEKS, {})
    assert beku["angka"]["total"] == 4
    assert "total" not in {**beku["keadaan"], **beku["alasan"]}


def test_angka_di_bagian_tertutup_tidak_dibuang_diam_diam():
    """The finding says that answer and figures disagree; nobody's figure is replaced by a zero."""
    assert sel_efektif(SKEMA, penuh(ada=False))["orang_a_l"] == Sel(4)


def test_bagian_tertutup_terhitung_nihil():
    isian = Isian({"ada": Sel(False)})
    assert bagian_tertutup(SKEMA, isian) == {"dua": True}
    beku = bekukan(SKEMA, isian, KONTEKS, {})
    assert beku["angka"]["total"] == 0
    assert beku["keadaan"] == {"orang_a_l": "nihil", "orang_a_p": "nihil", "orang_b_p": "nihil"}


def test_bagian_tertutup_dapat_berarti_tidak_berlaku():
    s = baca_skema(KECIL.replace("bila: ada", "bila: ada\n    bila_tidak: tak_berlaku"))
    beku = bekukan(s, Isian({"ada": Sel(False)}), KONTEKS, {})
    assert beku["angka"] == {}
    assert set(beku["keadaan"].values()) == {"tak_berlaku"}


def test_pertanyaan_belum_dijawab_tidak_menutup_dan_tidak_mengisi():
    assert bagian_tertutup(SKEMA, Isian()) == {"dua": False}
    assert sel_efektif(SKEMA, Isian()) == {}


def test_isian_lewat_json():
    isian = penuh()
    kembali = Isian.dari_json(SKEMA, json.loads(kanonik(isian.ke_json())))
    assert kembali == isian
    assert Isian.dari_json(SKEMA, {"sel": {"asing": {"nilai": 1}}, "daftar": {"asing": []}}) == Isian()


def test_desimal_lewat_json_tetap_tepat():
    b = butir("desimal")
    sel = Sel(Decimal("0.1"))
    for baca in (None, Decimal):
        d = json.loads(kanonik(sel.ke_json()), parse_float=baca)
        assert Sel.dari_json(b, d) == sel


# ---------------------------------------------------------------- canonical text


def test_kanonik():
    assert kanonik({"b": [1, Decimal("2.50"), True, None], "a": "é"}) == '{"a":"é","b":[1,2.5,true,null]}'
    assert kanonik([Decimal("1E+3"), Decimal("-0.0"), 1e-7, 2.0]) == "[1000,0,0.0000001,2]"
    assert sidik({"a": 1}) == hashlib.sha256(b'{"a":1}').hexdigest()


@pytest.mark.parametrize(
    "salah", [float("nan"), float("inf"), Decimal("NaN"), {1: 2}, object(), {"é": 1, "e\u0301": 2}]
)
def test_kanonik_menolak(salah):
    with pytest.raises((ValueError, TypeError)):
        kanonik(salah)


_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.decimals(-(10**9), 10**9, places=3)),
    lambda x: st.one_of(st.lists(x, max_size=4), st.dictionaries(st.text(max_size=5), x, max_size=4)),
    max_leaves=12,
)


def _kunci_tunggal(obj: object) -> bool:
    if isinstance(obj, dict):
        nfc = {unicodedata.normalize("NFC", k) for k in obj}
        return len(nfc) == len(obj) and all(map(_kunci_tunggal, obj.values()))
    return all(map(_kunci_tunggal, obj)) if isinstance(obj, list) else True


@given(_json.filter(_kunci_tunggal))
def test_kanonik_tetap_sesudah_dibaca_kembali(obj):
    teks = kanonik(obj)
    assert kanonik(json.loads(teks)) == teks
    assert kanonik(json.loads(teks, parse_float=Decimal)) == teks
