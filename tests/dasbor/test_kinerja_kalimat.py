"""Sentences of the performance report: no claim without coverage, no comparison across coverages, no zero
for nothing.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from dasbor.kinerja import kalimat
from dasbor.kinerja.fakta import Fakta, Pokok
from dasbor.rekap import Liputan
from pemasyarakatan.inti.waktu import Bulan

PENUH = Liputan(10, 10, 10, 9, 1000, 1000, 1000)
SEBAGIAN = Liputan(10, 7, 4, 6, 1000, 800, 500)
SEDIKIT = Liputan(10, 2, 0, 2, 1000, 100, 0)


def _pokok(kode: str, nilai: float | None, lalu: float | None, satuan: str = "orang", **liputan: Liputan) -> Pokok:
    jenis = "persen" if satuan == "%" else "desimal" if satuan == "kg" else "bulat"
    isi = {"liputan": PENUH, "liputan_lalu": PENUH} | liputan
    return Pokok(kode, kode, satuan, jenis, nilai, lalu, **isi)  # type: ignore[arg-type]


def _fakta(**pokok: Pokok) -> Fakta:
    semua = {
        "hunian": _pokok("hunian", 188.45, 187.2, "%"),
        "overkapasitas": _pokok("overkapasitas", 88.45, 87.2, "%"),
        "isi": _pokok("isi", 275633, 274000),
        "kapasitas": _pokok("kapasitas", 146260, 146260),
        "masuk": _pokok("masuk", 12000, 11000),
        "keluar": _pokok("keluar", 11500, 11000),
        "total_kejadian": _pokok("total_kejadian", 12, 12, "kejadian"),
        "lahan": _pokok("lahan", 102772, 90000, "m²"),
        "wbp": _pokok("wbp", 107, 100),
        "panen": _pokok("panen", 310.5, 400.0, "kg"),
    }
    return Fakta(
        Bulan(2026, 1),
        "masuk",
        semua | pokok,
        PENUH,
        lain={"meninggal": 3.0, "lari": 0.0, "overstaying": None},
    )


def test_hunian_lengkap_dengan_perubahan_dalam_poin_dan_cakupan() -> None:
    assert kalimat.hunian(_fakta()) == (
        "Tingkat hunian nasional 188,5%: 275.633 penghuni dalam kapasitas 146.260 orang; overkapasitas "
        "88,5%, "
        "naik 1,3 poin dari Desember 2025. Cakupan 10 dari 10 UPT, 100,0% penghuni; 10 terverifikasi."
    )


@pytest.mark.parametrize(
    ("lalu", "kata"),
    [
        (188.44, "tetap sejak Desember 2025"),
        (190.45, "turun 2,0 poin dari Desember 2025"),
        (None, "tidak ada data Desember"),
    ],
)
def test_arah_perubahan(lalu: float | None, kata: str) -> None:
    assert kata in kalimat.hunian(_fakta(hunian=_pokok("hunian", 188.45, lalu, "%")))


def test_bulan_dengan_cakupan_berbeda_tidak_dibandingkan() -> None:
    teks = kalimat.hunian(_fakta(hunian=_pokok("hunian", 188.45, 150.0, "%", liputan_lalu=SEBAGIAN)))
    assert "naik" not in teks
    assert "tidak dibandingkan dengan Desember 2025 karena cakupannya berbeda (7 dari 10 UPT)" in teks


def test_penyebut_nol_atau_tanpa_laporan_dikatakan_tidak_ada_data() -> None:
    kosong = _pokok("hunian", None, 187.2, "%", liputan=replace(PENUH, masuk=0, sah=0, penghuni_masuk=0))
    teks = kalimat.hunian(_fakta(hunian=kosong))
    assert teks.startswith("Tingkat hunian nasional: tidak ada data untuk Januari 2026.")
    assert "0 dari 10 UPT" in teks


def test_cakupan_di_bawah_separuh_belum_layak_disimpulkan() -> None:
    assert kalimat.cakupan(SEDIKIT, "masuk").endswith("Kurang dari 50%, belum layak disimpulkan.")
    assert "layak" not in kalimat.cakupan(SEBAGIAN, "masuk")
    assert kalimat.cakupan(SEBAGIAN, "sah").startswith("Cakupan 4 dari 10 UPT, 50,0% penghuni yang terverifikasi.")


def test_setiap_paragraf_yang_menyebut_angka_menyebut_cakupannya() -> None:
    fakta = replace(_fakta(), hunian_kanwil=(("A", 300.0), ("B", 200.0), ("C", 90.0), ("D", 50.0)))
    semua = kalimat.ringkasan(fakta)
    assert len(semua) == 6
    for teks in semua[1:]:
        assert "Cakupan" in teks or "Diurutkan 4 Kanwil" in teks


def test_peringkat_memerlukan_empat_kanwil_yang_layak() -> None:
    tiga = replace(_fakta(), hunian_kanwil=(("A", 300.0), ("B", 200.0), ("C", 90.0)))
    assert kalimat.peringkat(tiga) == ""
    empat = replace(tiga, hunian_kanwil=(*tiga.hunian_kanwil, ("D", 50.0)))
    assert "tertinggi di Kanwil A 300,0% dan B 200,0%; terendah di Kanwil D 50,0% dan C 90,0%" in kalimat.peringkat(
        empat
    )


def test_kelengkapan_menyebut_siapa_yang_belum() -> None:
    kurang = replace(_fakta(), kelengkapan=SEBAGIAN, belum_sah=(("Riau", 4), ("Maluku", 2)))
    teks = kalimat.kelengkapan(kurang)
    assert "7 masuk (70,0%), 6 di antaranya tepat waktu, dan 4 terverifikasi (40,0%)" in teks
    assert "6 laporan belum terverifikasi (Kanwil Riau 4 dan Maluku 2)" in teks
    assert "Semua laporan sudah terverifikasi." in kalimat.kelengkapan(_fakta())


def test_mutasi_membedakan_nihil_dari_tidak_ada_data() -> None:
    teks = kalimat.mutasi(_fakta())
    assert "500 orang lebih banyak dari yang keluar (11.500 orang)" in teks
    assert "Tercatat 3 meninggal dan 0 melarikan diri." in teks
    assert "overstaying" not in teks


def test_kamtib_nihil_dan_terbanyak() -> None:
    nihil = kalimat.kamtib(_fakta(total_kejadian=_pokok("k", 0, 0, "kejadian")))
    assert nihil.startswith("Tidak ada gangguan keamanan dan ketertiban yang dilaporkan, tetap sejak Desember 2025.")
    banyak = kalimat.kamtib(replace(_fakta(), kelompok_kamtib=(("Narkoba", 8), ("Kekerasan", 4))))
    assert "Tercatat 12 kejadian gangguan keamanan dan ketertiban, terbanyak narkoba 8 dan kekerasan 4" in banyak


def test_pangan_menulis_angka_indonesia() -> None:
    teks = kalimat.pangan(replace(_fakta(), klaster=(("Pertanian", 100000), ("Perikanan", 2772))))
    assert "107 warga binaan pada 102.772 m² lahan, terluas pertanian (100.000 m²)" in teks
    assert "Hasil panen 310,5 kg, turun 89,5 kg dari Desember 2025." in teks
