"""Excel in a real browser: take the template, fill it, upload, look, confirm; mend the error copy and upload that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from pelaporan.services_isian import Perubahan
from tests.dunia import Dunia, kirim
from tests.pelaporan.test_buku import isi, sel, simpan_sebagai
from tests.peramban.conftest import MEJA, PONSEL, Orang

BERANDA = "/upt/lapas-kelas-iia-ambon/?bulan=2026-01"
BUKU = "/upt/lapas-kelas-iia-ambon/buku/2026-01/"


def unduh(halaman: Page, nama: str, ke: Path) -> openpyxl.Workbook:
    with halaman.expect_download() as kabar:
        halaman.get_by_role("link", name=nama).first.click()
    kabar.value.save_as(ke)
    return openpyxl.load_workbook(ke)


def unggah(orang: Orang, buku: openpyxl.Workbook, ke: Path) -> Page:
    buku.save(ke)
    orang.halaman.set_input_files("[name=berkas]", ke)
    return orang.klik(orang.halaman.get_by_role("button", name="Unggah dan periksa"))


@pytest.mark.parametrize("js", [True, False], ids=["js", "tanpa-js"])
def test_isi_dengan_excel_lalu_perbaiki_salinan(
    dunia_nyata: Dunia, orang: Callable[..., Orang], tmp_path: Path, js: bool
) -> None:
    op = orang("operator_ambon", MEJA, js=js)
    buku = unduh(op.buka(BERANDA), "Unduh templat Excel semua bagian", tmp_path / "templat.xlsx")
    isi(buku, "F06.wbp", 12)
    isi(buku, "F06.petugas", "dua")
    isi(buku, "F06.lahan_pinjam", "1,234")
    op.klik(op.halaman.get_by_role("link", name="Unggah Excel"))
    halaman = unggah(op, buku, tmp_path / "isian.xlsx")
    assert halaman.get_by_role("heading", level=1).inner_text() == "Periksa sebelum disimpan"
    assert not sel(dunia_nyata, "wbp")
    halaman.get_by_label("Betul, simpan 1.234").check()
    op.klik(halaman.get_by_role("button", name="Simpan 1 sel yang benar"))
    assert "2 isian tersimpan" in halaman.locator("main").inner_text()
    assert sel(dunia_nyata, "wbp")["nilai"] == 12
    assert sel(dunia_nyata, "lahan_pinjam")["nilai"] == 1234
    salinan = unduh(halaman, "Unduh salinan dengan catatan", tmp_path / "salinan.xlsx")
    isi(salinan, "F06.petugas", 2)
    op.buka(BUKU)
    halaman = unggah(op, salinan, tmp_path / "salinan.xlsx")
    op.klik(halaman.get_by_role("button", name="Simpan 1 sel yang benar"))
    assert sel(dunia_nyata, "petugas")["nilai"] == 2
    halaman = op.buka("/laporan/lapas-kelas-iia-ambon/2026-01/F06/isi/klaster_pangan/")
    assert [halaman.input_value(f"#s-{k}") for k in ("wbp", "petugas", "lahan_pinjam")] == ["12", "2", "1.234"]


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_halaman_excel_rapi(
    dunia_nyata: Dunia, orang: Callable[..., Orang], tmp_path: Path, ukuran: dict[str, int]
) -> None:
    kirim(dunia_nyata.laporan(dunia_nyata.ambon, "F02"), dunia_nyata.kepala_ambon)
    simpan_sebagai(dunia_nyata, dunia_nyata.kepala_ambon, Perubahan("mitra", "9"))
    op = orang("operator_ambon", ukuran)
    buku = unduh(op.buka(BUKU), "Semua formulir", tmp_path / "templat.xlsx")
    op.periksa_rapi()
    simpan_sebagai(dunia_nyata, dunia_nyata.kepala_ambon, Perubahan("wbp", "7"))
    for kode, nilai in (("wbp", 12), ("petugas", "dua"), ("lahan_pinjam", "1,234"), ("mitra", 4), ("bersertifikat", 0)):
        isi(buku, f"F06.{kode}", nilai)
    halaman = unggah(op, buku, tmp_path / "isian.xlsx")
    op.periksa_rapi()
    op.klik(halaman.get_by_role("button", name="Simpan 2 sel yang benar"))
    op.periksa_rapi()
    op.buka(BUKU)
    op.periksa_rapi()
    (tmp_path / "salah.xlsx").write_bytes(b"bukan excel")
    halaman.set_input_files("[name=berkas]", tmp_path / "salah.xlsx")
    op.klik(halaman.get_by_role("button", name="Unggah dan periksa"))
    assert "bukan buku kerja Excel" in halaman.locator("#ringkasan-galat").inner_text()
    op.galat.clear()  # the browser reports every 4xx page as an error of its own
    op.periksa_rapi()


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_kanwil_mengisi_atas_nama(
    dunia_nyata: Dunia, orang: Callable[..., Orang], tmp_path: Path, ukuran: dict[str, int]
) -> None:
    vk = orang("verifikator_maluku", ukuran)
    vk.buka("/verifikasi/")
    vk.klik(vk.halaman.get_by_role("link", name="Isi atas nama UPT"))
    vk.periksa_rapi()
    vk.buka("/kanwil/maluku/buku/?pilih=2026-01.F06")
    vk.periksa_rapi()
    buku = unduh(vk.halaman, "Templat F06", tmp_path / "kanwil.xlsx")
    lembar = buku.worksheets[1]
    kolom = next(k for k in range(1, 60) if lembar.cell(4, k).value == "wbp")
    baris = next(r for r in range(1, 60) if lembar.cell(r, 1).value == "lapas-kelas-iia-ambon")
    lembar.cell(baris, kolom).value = 15
    halaman = unggah(vk, buku, tmp_path / "kanwil.xlsx")
    vk.periksa_rapi()
    halaman.get_by_label("Alasan Kanwil").fill("Jaringan unit putus")
    vk.klik(halaman.get_by_role("button", name="Simpan 1 sel yang benar"))
    assert sel(dunia_nyata, "wbp")["n"] == "Verifikator Maluku (Kanwil Maluku, atas nama UPT)"
