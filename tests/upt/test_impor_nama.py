"""One office, many spellings."""

import pytest

from upt.impor_nama import (
    Identitas,
    SelSalah,
    baca_jenis,
    baca_kelas,
    baca_subjenis,
    huruf,
    lengkapi,
    tulis_nama,
    urai_nama,
)


@pytest.mark.parametrize(
    ("ejaan", "resmi"),
    [
        ("LAPAS KELAS II A MEDAN", "Lapas Kelas IIA Medan"),
        ("Lapas Klas II-A Medan", "Lapas Kelas IIA Medan"),
        ("Lembaga Pemasyarakatan Kelas 2A Medan", "Lapas Kelas IIA Medan"),
        ("LAPAS KELAS II.A MEDAN", "Lapas Kelas IIA Medan"),
        ("LAPAS KELAS IIA PEREMPUAN SEMARANG", "Lapas Perempuan Kelas IIA Semarang"),
        ("LPP Kelas IIA Semarang", "Lapas Perempuan Kelas IIA Semarang"),
        ("Lembaga Pemasyarakatan Wanita Kelas IIA Semarang", "Lapas Perempuan Kelas IIA Semarang"),
        ("LEMBAGA PEMBINAAN KHUSUS ANAK KELAS I BLITAR", "LPKA Kelas I Blitar"),
        ("Rumah Tahanan Negara Kelas IIB Masohi", "Rutan Kelas IIB Masohi"),
        ("BALAI PEMASYARAKATAN KELAS II AMBON", "Bapas Kelas II Ambon"),
        ("RUTAN PEREMPUAN KELAS II A MEDAN", "Rutan Perempuan Kelas IIA Medan"),
        ("UPT Lapas Khusus Kelas IIA Gunung Sindur", "Lapas Khusus Kelas IIA Gunung Sindur"),
        ("LAPASTIK KELAS IIA JAKARTA", "Lapas Narkotika Kelas IIA Jakarta"),
        ("RSU Pengayoman Cipinang", "Rumah Sakit Umum Pengayoman Cipinang"),
        ("LAPAS KELAS I BATU NUSAKAMBANGAN", "Lapas Kelas I Batu Nusakambangan"),
        ("LAPAS KELAS IIB SIBORONG-BORONG", "Lapas Kelas IIB Siborong-Borong"),
    ],
)
def test_ejaan_daftar_menjadi_nama_resmi(ejaan: str, resmi: str) -> None:
    assert tulis_nama(urai_nama(ejaan)) == resmi
    assert urai_nama(ejaan).kunci == urai_nama(resmi).kunci


def test_kelas_ii_diikuti_tempat_berawalan_a_bukan_kelas_iia() -> None:
    assert urai_nama("BAPAS KELAS II AMBON") == Identitas("BAPAS", "", "II", "Ambon")


@pytest.mark.parametrize(
    ("satu", "dua"),
    [
        ("Lapas Kelas I Tangerang", "Lapas Kelas IIA Tangerang"),
        ("Lapas Kelas IIB Tanjung", "Rutan Kelas IIB Tanjung"),
        ("Lapas Kelas IIB Waikabubak", "Lapas Terbuka Kelas IIB Waikabubak"),
    ],
)
def test_unit_yang_berbeda_tetap_berbeda(satu: str, dua: str) -> None:
    assert urai_nama(satu).kunci != urai_nama(dua).kunci


def test_tempat_dibandingkan_tanpa_spasi_dan_tanda() -> None:
    assert huruf("Bagan Siapi-Api") == huruf("BAGANSIAPIAPI") == "bagansiapiapi"


@pytest.mark.parametrize(
    ("nama", "kata"),
    [
        ("Rupbasan Kelas I Pekanbaru", "Kejaksaan"),
        ("Cabang Rutan Masohi di Wahai", "Cabang Rutan"),
        ("Kanwil Ditjenpas Maluku", "Kantor Wilayah"),
        ("Lapas Kelas IV Ambon", "Kelas pada nama"),
        ("Lapas Kelas IA Ambon", "Kelas pada nama"),
    ],
)
def test_bukan_upt(nama: str, kata: str) -> None:
    with pytest.raises(SelSalah, match=kata):
        urai_nama(nama)


def test_kolom_melengkapi_nama_dan_tidak_membantahnya() -> None:
    nama = urai_nama("Lapas Ambon")
    assert tulis_nama(lengkapi(nama, jenis="LAPAS", subjenis="", kelas="IIA")) == "Lapas Kelas IIA Ambon"
    with pytest.raises(SelSalah, match="Jenis pada nama"):
        lengkapi(nama, jenis="RUTAN", subjenis="", kelas="")
    with pytest.raises(SelSalah, match="Kelas pada nama"):
        lengkapi(urai_nama("Lapas Kelas IIA Ambon"), jenis="", subjenis="", kelas="IIB")
    with pytest.raises(SelSalah, match="Subjenis pada nama"):
        lengkapi(urai_nama("LPP Kelas III Ambon"), jenis="", subjenis="TERBUKA", kelas="")


def test_sel_jenis_subjenis_kelas() -> None:
    assert [baca_jenis(x) for x in ("Lapas", "LPP", "rumah tahanan", "RS", "")] == [
        ("LAPAS", ""),
        ("LAPAS", "PEREMPUAN"),
        ("RUTAN", ""),
        ("RS", ""),
        ("", ""),
    ]
    assert [baca_kelas(x) for x in ("II A", "2b", "Kelas I", "iii", "")] == ["IIA", "IIB", "I", "III", ""]
    assert [baca_subjenis(x) for x in ("Wanita", "umum", "Narkotika")] == ["PEREMPUAN", "UMUM", "NARKOTIKA"]


@pytest.mark.parametrize(("baca", "isi"), [(baca_jenis, "Lapas Baru"), (baca_kelas, "IV"), (baca_subjenis, "VIP")])
def test_sel_yang_tidak_dikenal_ditolak(baca, isi: str) -> None:
    with pytest.raises(SelSalah, match="tidak dikenal"):
        baca(isi)
