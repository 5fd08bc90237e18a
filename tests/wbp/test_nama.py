"""Names as papers have them: kept, shown as initials, found by words; what hides in a text is refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pemasyarakatan.inti.teks import GalatTeks
from wbp.indeks import indeks_cari, indeks_nama, ujung_nomor
from wbp.nama import baku_nama, inisial, kata_nama

JAWA = "ꦄꦤ꧀ꦝꦶ ꦱꦸꦥꦿ"


@pytest.mark.parametrize(
    ("tulisan", "tersimpan", "huruf"),
    [
        ("NA", "NA", "N."),
        ("null", "null", "N."),
        ("None", "None", "N."),
        ("O'Neil", "O'Neil", "O."),
        ("Sitorus, S.H.", "Sitorus, S.H.", "S."),
        ("  double   space ", "double space", "D.S."),
        ("Ahmad bin Yusuf", "Ahmad bin Yusuf", "A.Y."),
        ("Anak Agung Gede Putra", "Anak Agung Gede Putra", "A.A.G."),
        ("E\u0301lia", "\u00c9lia", "\u00c9."),
        ("محمد علي", "محمد علي", "م.ع."),
        ("(Budi) 2 Santoso", "(Budi) 2 Santoso", "B.S."),
        ("ßahar", "ßahar", "ß."),
    ],
)
def test_nama_disimpan_apa_adanya(tulisan: str, tersimpan: str, huruf: str) -> None:
    assert baku_nama(tulisan) == tersimpan
    assert inisial(baku_nama(tulisan)) == huruf


def test_aksara_jawa_dan_emoji_tetap() -> None:
    assert baku_nama(JAWA) == JAWA
    assert len(inisial(JAWA)) <= 12
    assert baku_nama("Budi 🙂") == "Budi 🙂"
    assert baku_nama("نی\u200cما") == "نی\u200cما"


@pytest.mark.parametrize(
    "buruk",
    ["", "   ", "123", "-", "Ke\x00nari", "Ke\u202enari", "Ke\u2066nari", "Ke\nnari", "Ke\x1bnari", "x" * 121, 5],
)
def test_yang_bukan_nama_ditolak_tanpa_diulang(buruk: object) -> None:
    with pytest.raises(GalatTeks) as galat:
        baku_nama(buruk)
    assert "nari" not in galat.value.pesan


@pytest.mark.parametrize(
    "kembar",
    ["Kenari\u00adBurung", "Kenari\u200bBurung", "Ken\u200dariBurung", "Kenari\u2060Burung", "\ufeffKenariBurung"],
)
def test_yang_tak_terlihat_dibuang(kembar: str) -> None:
    assert baku_nama(kembar) == "KenariBurung"


@pytest.mark.parametrize("kembar", ["K\u0435nari", "Kenari \u0411urung", "Kenari \u039dur", "Kenari محمد"])
def test_dua_aksara_ditolak(kembar: str) -> None:
    with pytest.raises(GalatTeks, match="satu aksara"):
        baku_nama(kembar)


@pytest.mark.parametrize(
    "asli", ["Кирилл", "山田 ハナコ はな", "Nur'aini", "Nurʼaini", "ＫＥＮＡＲＩ Burung", "Ṣāliḥ Øre"]
)
def test_satu_aksara_diterima(asli: str) -> None:
    assert baku_nama(asli) == asli


@pytest.mark.parametrize(
    ("nama", "cari"),
    [
        ("O'Neil", "oneil"),
        ("O’Neil", "O'NEIL"),
        ("Siti-Nur Élia", "elia siti"),
        ("Sitorus, S.H.", "sh"),
        ("M.Yusuf", "yusuf"),
        ("Muh.Rizal, S.Pd.", "rizal muh"),
        ("H.M.Soeharto", "soeharto"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_ditemukan_dalam_kedua_ejaan(nama: str, cari: str) -> None:
    punya = set(indeks_nama(nama, 1))
    assert all(punya & set(kata) for kata in indeks_cari(cari, 1))
    assert not any(punya & set(kata) for kata in indeks_cari(cari, 2)), "another unit's index differs"


@given(st.text(max_size=60))
def test_nama_apa_pun_tidak_merusak(teks: str) -> None:
    try:
        nama = baku_nama(teks)
    except GalatTeks:
        return
    assert nama == unicodedata.normalize("NFC", nama) == baku_nama(nama)
    assert 0 < len(inisial(nama)) <= 12
    assert len(kata_nama(nama)) <= 12


def test_ujung_bukan_tahun() -> None:
    assert ujung_nomor("B.I 48213/2025") == "213"
