"""Text of people is kept as written; only what nobody can see is refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pemasyarakatan.inti.teks import GalatTeks, bersihkan_teks


@pytest.mark.parametrize(
    "teks",
    ["NA", "null", "None", "O'Neil", "Sitorus, S.H.", "double  space", "👩‍🌾 kebun", "عبد الله", "ꦱꦼꦭꦩꦠ꧀",
     "a\u200db", "=1+1", "<b>tebal</b>", "' OR 1=1--", "Rp5.000,–"],
)  # fmt: skip
def test_disimpan_seperti_ditulis(teks):
    assert bersihkan_teks(f"  {teks}\n", 100) == teks


def test_satu_bentuk_nfc():
    assert bersihkan_teks("Jose\u0301", 4) == "José"


@pytest.mark.parametrize("teks", [None, "", "   ", "\u00a0", "\t\r\n", "\u200b", "\u200d \u2060"])
def test_tidak_terlihat_berarti_kosong(teks):
    assert bersihkan_teks(teks, 10) == ""


@pytest.mark.parametrize(
    "teks",
    ["a\x00b", "a\x0bb", "\x0b", "a\x1b[0m", "a\x7f", "a\x85b", "\ud800", "a\u202eb", "\u202a", "a\u2066b",
     "a\ufffe", "a\ufdd0", "a\U0001ffffb"],
)  # fmt: skip
@pytest.mark.parametrize("baris_banyak", [False, True])
def test_karakter_tersembunyi_ditolak(teks, baris_banyak):
    with pytest.raises(GalatTeks) as galat:
        bersihkan_teks(teks, 100, baris_banyak=baris_banyak)
    assert galat.value.pesan == "Isian memuat karakter yang tidak terlihat. Hapus isinya, lalu ketik ulang."


@pytest.mark.parametrize("teks", ["a\nb", "a\tb", "a\r\nb", "a\u2028b"])
def test_ganti_baris_dalam_isian_satu_baris(teks):
    with pytest.raises(GalatTeks, match="satu baris"):
        bersihkan_teks(teks, 100)


def test_catatan_beberapa_baris():
    assert bersihkan_teks("satu\r\ndua\rtiga\tempat\n", 100, baris_banyak=True) == "satu\ndua\ntiga empat"


def test_batas_panjang():
    assert bersihkan_teks(" abcd ", 4) == "abcd"
    with pytest.raises(GalatTeks, match="Paling banyak 4 karakter; sekarang 5"):
        bersihkan_teks("abcde", 4)


@pytest.mark.parametrize("isi", [1, 1.5, True, [], {}, b"a"])
def test_bukan_teks_ditolak(isi):
    with pytest.raises(GalatTeks, match="berupa teks"):
        bersihkan_teks(isi, 10)


@given(st.text(), st.booleans())
def test_hasil_tetap_dan_dapat_disimpan(teks, baris_banyak):
    try:
        bersih = bersihkan_teks(teks, 200, baris_banyak=baris_banyak)
    except GalatTeks:
        return
    assert bersih == bersihkan_teks(bersih, 200, baris_banyak=baris_banyak)
    assert unicodedata.is_normalized("NFC", bersih)
    assert "\x00" not in bersih
    bersih.encode()
