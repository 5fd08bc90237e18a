"""Form fields read as the portal's readers do, and write so that an unchanged form saves unchanged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from pemasyarakatan.inti.angka import DIGIT_MAKS
from pemasyarakatan.inti.bidang import (
    BidangAngka,
    BidangBulan,
    BidangTanggal,
    BidangTeks,
    FormPortal,
    bidang_alasan,
    bidang_tanggal,
)
from pemasyarakatan.inti.waktu import Bulan

BULAN = [(b.kode, b.nama) for b in Bulan(2026, 1).rentang(Bulan(2026, 3))]


class Borang(FormPortal):
    """One field of each kind, as a register has them."""

    ekor = BidangAngka(label="Ternak", satuan="ekor", required=False)
    luas = BidangAngka(label="Luas", jenis="desimal", satuan="m²", desimal=2, maks=Decimal(10_000), required=False)
    omzet = BidangAngka(label="Omzet", jenis="rupiah", required=False)
    mulai = bidang_tanggal("Mulai")
    bulan = BidangBulan(label="Bulan", choices=[("", "Pilih"), *BULAN], required=False)
    nama = BidangTeks(label="Nama", maks=20, required=False)
    catatan = BidangTeks(label="Catatan", maks=40, baris_banyak=True, required=False)


AWAL: dict[str, Any] = {
    "ekor": 12_345,
    "luas": Decimal("1234.50"),
    "omzet": 18_500_000,
    "mulai": date(2026, 2, 3),
    "bulan": Bulan(2026, 2),
    "nama": "Kebun O'Neil",
    "catatan": "baris satu\nbaris dua",
}


def tertulis(form: forms.Form) -> dict[str, str]:
    """What stands in the fields of the page."""
    return {nama: form[nama].value() or "" for nama in form.fields}


def galat(bidang: forms.Field, teks: object) -> str:
    with pytest.raises(forms.ValidationError) as salah:
        bidang.clean(teks)
    return " ".join(salah.value.messages)


# ---------------------------------------------------------------- an unchanged form


def test_nilai_awal_ditulis_seperti_orang_menulis() -> None:
    assert tertulis(Borang(initial=AWAL)) == {
        "ekor": "12.345",
        "luas": "1.234,5",
        "omzet": "18.500.000",
        "mulai": "3 Februari 2026",
        "bulan": "2026-02",
        "nama": "Kebun O'Neil",
        "catatan": "baris satu\nbaris dua",
    }


def test_form_tak_berubah_menyimpan_nilai_yang_sama() -> None:
    kiriman = {n: v.replace("\n", "\r\n") for n, v in tertulis(Borang(initial=AWAL)).items()}  # as browsers send it
    form = Borang(kiriman, initial=AWAL)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == AWAL
    assert form.changed_data == []


def test_yang_berubah_disebut() -> None:
    kiriman = tertulis(Borang(initial=AWAL)) | {"ekor": "12.346", "mulai": "4-2-2026", "bulan": "2026-03", "nama": ""}
    assert Borang(kiriman, initial=AWAL).changed_data == ["ekor", "mulai", "bulan", "nama"]


def test_form_kosong_tetap_kosong() -> None:
    form = Borang(tertulis(Borang(initial=dict.fromkeys(AWAL))), initial=dict.fromkeys(AWAL))
    assert form.is_valid(), form.errors
    assert form.cleaned_data == dict.fromkeys(AWAL) | {"nama": "", "catatan": ""}
    assert form.changed_data == []


def test_ketikan_yang_salah_tetap_terlihat() -> None:
    form = Borang({"ekor": "dua belas", "mulai": "kemarin", "nama": "x" * 21})
    assert not form.is_valid()
    assert (form["ekor"].value(), form["mulai"].value(), form["nama"].value()) == ("dua belas", "kemarin", "x" * 21)
    assert set(form.errors) == {"ekor", "mulai", "nama"}


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=4), st.sampled_from(["desimal", "persen"]))
def test_setiap_pecahan_terbaca_kembali(nilai: Decimal, jenis: Any) -> None:
    bidang = BidangAngka(jenis=jenis, min=None)
    assert bidang.clean(bidang.prepare_value(nilai)) == nilai


@given(st.integers(-(10**DIGIT_MAKS) + 1, 10**DIGIT_MAKS - 1), st.sampled_from(["bulat", "rupiah"]))
def test_setiap_bilangan_bulat_terbaca_kembali(nilai: int, jenis: Any) -> None:
    bidang = BidangAngka(jenis=jenis, min=None)
    hasil = bidang.clean(bidang.prepare_value(nilai))
    assert (hasil, type(hasil)) == (nilai, int)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_setiap_tanggal_terbaca_kembali(hari: date) -> None:
    bidang = BidangTanggal()
    assert bidang.clean(bidang.prepare_value(hari)) == hari


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize(
    ("jenis", "teks", "nilai"),
    [
        ("bulat", "1.000", 1000),
        ("bulat", " 12 ekor ", 12),
        ("bulat", "nihil", 0),
        ("desimal", "1.234,5", Decimal("1234.5")),
        ("rupiah", "Rp18.500,00", 18_500),
    ],
)
def test_angka_dibaca_cara_indonesia(jenis: Any, teks: str, nilai: object) -> None:
    assert BidangAngka(jenis=jenis).clean(teks) == nilai


@pytest.mark.parametrize(("jenis", "teks", "saran"), [("bulat", "1,234", "1.234"), ("desimal", "1.234", "1.234,0")])
def test_angka_bermakna_dua_ditanyakan(jenis: Any, teks: str, saran: str) -> None:
    bidang = BidangAngka(jenis=jenis)
    with pytest.raises(forms.ValidationError) as salah:
        bidang.clean(teks)
    assert salah.value.code == "tanya"
    assert salah.value.messages[0].endswith(f"Betul? Bila ya, tulis {saran}.")
    assert bidang.clean(saran) == 1234  # the text that was suggested is read for certain


def test_batas_angka() -> None:
    bidang = BidangAngka(jenis="desimal", min=1, maks=1500, satuan="kg", desimal=1)
    assert bidang.clean("1.500,0 kg") == 1500
    assert galat(bidang, "1.500,5") == "Angka paling besar 1.500 kg; tertulis 1.500,5 kg."
    assert galat(bidang, "0,5") == "Angka paling kecil 1; tertulis 0,5."
    assert galat(bidang, "2,25") == "Paling banyak 1 angka di belakang koma."
    assert "bukan kg. Ubah dahulu menjadi kg (1 ton = 1.000 kg)" in galat(bidang, "12 ton")
    assert galat(BidangAngka(), "-3").startswith("Angka tidak boleh negatif")
    assert BidangAngka(min=None).clean("-3") == -3


def test_batas_persen_tidak_dibulatkan() -> None:
    assert galat(BidangAngka(jenis="persen", maks=100), "100,04").endswith("tertulis 100,04.")


@pytest.mark.parametrize("kosong", ["", "  ", "-", None])
def test_angka_wajib(kosong: str | None) -> None:
    assert galat(BidangAngka(), kosong) == "Isi angkanya."
    assert BidangAngka(required=False).clean(kosong) is None
    assert BidangAngka().clean("0") == 0


def test_papan_tombol_ponsel() -> None:
    def mode(**apa: Any) -> Any:
        return BidangAngka(**apa).widget.attrs["inputmode"]

    assert (mode(), mode(jenis="desimal"), mode(min=None)) == ("numeric", "decimal", "text")


# ---------------------------------------------------------------- texts


def test_teks_dibersihkan() -> None:
    assert BidangTeks(maks=4).clean("  Jose\u0301 ") == "José"
    assert BidangTeks(maks=9, baris_banyak=True).clean("a\r\nb\tc") == "a\nb c"
    assert galat(BidangTeks(maks=9), "a\nb").startswith("Isian ini satu baris saja.")
    assert "tidak terlihat" in galat(BidangTeks(maks=9), "a\u202eb")
    assert galat(BidangTeks(maks=4), "lebih") == "Paling banyak 4 karakter; sekarang 5. Ringkas isinya."
    assert "tidak terlihat" in galat(BidangTeks(maks=9), "a\x00b")


@pytest.mark.parametrize("kosong", ["", "  \t", "\u200b", None])
def test_teks_wajib(kosong: str | None) -> None:
    assert galat(BidangTeks(maks=9), kosong) == "Isi bagian ini."
    assert BidangTeks(maks=9, required=False).clean(kosong) == ""


def test_peramban_tidak_memotong_ketikan() -> None:
    assert "maxlength" not in str(Borang()["nama"]) + str(Borang()["catatan"])
    assert str(Borang()["catatan"]).startswith("<textarea")


def test_alasan() -> None:
    bidang = bidang_alasan(kosong="Tulis dasarnya.", maks=10)
    assert galat(bidang, " ") == "Tulis dasarnya."
    assert galat(bidang, "x" * 11).startswith("Paling banyak 10 karakter")
    assert bidang.clean("sesuai SK") == "sesuai SK"


# ---------------------------------------------------------------- dates, months, choices


def test_tanggal() -> None:
    assert BidangTanggal().clean("3/2/2026") == date(2026, 2, 3)
    assert bidang_tanggal("Hari").clean("-") is None
    assert galat(bidang_tanggal("Hari", wajib=True, kosong="Isi tanggal mulai."), "-") == "Isi tanggal mulai."
    assert galat(BidangTanggal(), "31 Februari 2026").endswith("bulan itu sampai tanggal 28.")


def test_bulan() -> None:
    bidang = BidangBulan(choices=BULAN)
    assert bidang.clean("2026-03") == Bulan(2026, 3)
    assert bidang.prepare_value(date(2026, 3, 31)) == "2026-03"
    assert not bidang.has_changed(date(2026, 3, 1), "2026-03")
    assert galat(bidang, "2026-04")


class Pilihan(FormPortal):
    kanwil = forms.ChoiceField(label="Kanwil", required=False)


def test_pilihan_yang_ditawarkan() -> None:
    form = Pilihan({"kanwil": "aceh"})
    form.tawarkan("kanwil", "Semua Kanwil", [("maluku", "Maluku")])
    assert form.errors == {"kanwil": ["Pilih dari daftar."]}
    assert "Semua Kanwil" in str(form["kanwil"])
    form = Pilihan({"kanwil": "aceh"})
    form.tawarkan("kanwil", None, [("maluku", "Maluku")], "Kanwil itu tidak ada.")
    assert form.errors == {"kanwil": ["Kanwil itu tidak ada."]}
    assert str(form["kanwil"]).count("<option") == 1


def test_halaman_menyebut_sendiri_yang_wajib() -> None:
    form = Borang()
    assert form.label_suffix == ""
    assert "required" not in str(form["ekor"])
