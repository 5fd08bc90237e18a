"""Lists that units keep in Excel, in their own words."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms

from tests.umkm.bantu import Unit
from umkm import jenis


def baca(ambon: Unit, kode: object, kolom: str, teks: str) -> object:
    satu = next(k for k in kode.kolom if k.nama == kolom)  # type: ignore[attr-defined]
    return satu.bidang(ambon.upt).clean(teks)


@pytest.mark.parametrize(
    ("kode", "kolom", "teks", "arti"),
    [
        (jenis.PENJUALAN, "kanal", "Koperasi", "galeri"),
        (jenis.PENJUALAN, "kanal", " SHOPEE ", "marketplace"),
        (jenis.PENJUALAN, "kanal", "bazar", "pameran"),
        (jenis.PENJUALAN, "kanal", "Lokapasar", "marketplace"),
        (jenis.PRODUK, "golongan", "Kerajinan tangan", "kerajinan"),
        (jenis.PRODUK, "golongan", "meubeler", "mebel"),
        (jenis.LEGALITAS, "jenis", "PIRT", "pirt"),
        (jenis.LEGALITAS, "jenis", "Sertifikat Halal", "halal"),
        (jenis.PERSEDIAAN, "jenis", "", "buat"),
        (jenis.PERSEDIAAN, "jenis", "stok awal", "awal"),
        (jenis.PRODUK, "mulai", "Jan 2024", date(2024, 1, 1)),
        (jenis.PRODUK, "mulai", "3/2/2024", date(2024, 2, 3)),
    ],
)
def test_dibaca(ambon: Unit, kode: object, kolom: str, teks: str, arti: object) -> None:
    assert baca(ambon, kode, kolom, teks) == arti


@pytest.mark.parametrize(
    ("kode", "kolom", "teks"),
    [(jenis.PENJUALAN, "kanal", "titip"), (jenis.PRODUK, "golongan", "olahan"), (jenis.PRODUK, "mulai", "2022")],
)
def test_yang_tidak_pasti_ditanyakan(ambon: Unit, kode: object, kolom: str, teks: str) -> None:
    with pytest.raises(forms.ValidationError):
        baca(ambon, kode, kolom, teks)


def test_nomor_urut_daftar_bukan_nomor_surat() -> None:
    nomor = next(k for k in jenis.LEGALITAS.kolom if k.nama == "nomor")
    assert "no" not in nomor.sinonim
