"""Line lists at a real browser: keys, rows added in place, pasting with new rows, copies, no network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from pelaporan.models import Draf
from tests.dunia import Dunia
from tests.peramban.conftest import MEJA, PONSEL, Orang
from tests.proses import tunggu
from upt.cakupan import SISTEM, terpasang

pytestmark = pytest.mark.xdist_group("isian")
KEJADIAN = "/laporan/lapas-kelas-iia-ambon/2026-01/F04/isi/kejadian_bulan_ini/"
BLOK = "Blok X\twbp\ttinggi\nDapur\tsistem\trendah\nAula\tPetugas\tSedang"


def baris(d: Dunia) -> list[dict[str, Any]]:
    with terpasang(SISTEM):
        draf = Draf.objects.filter(laporan=d.laporan(d.ambon, "F04")).first()
    semua = draf.isi["daftar"].get("kejadian", []) if draf else []
    return [{k: s["nilai"] for k, s in b["sel"].items()} for b in semua]


def sel(halaman: Page, nomor: int, kolom: str) -> Locator:
    return halaman.locator(f".tabel-daftar tbody tr:nth-child({nomor}) [id$='-{kolom}'][id^='s-']")


def tambah(halaman: Page, nomor: int) -> None:
    halaman.locator("[data-tambah]").click()
    expect(sel(halaman, nomor, "tanggal")).to_be_focused()


def tempel(halaman: Page, sasaran: Locator, teks: str) -> None:
    sasaran.focus()
    halaman.evaluate(
        """t => { const d = new DataTransfer(); d.setData('text/plain', t); document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: d, bubbles: true, cancelable: true })); }""",
        teks,
    )


def tersimpan(halaman: Page) -> None:
    expect(halaman.locator("#keadaan-simpan")).to_contain_text("Tersimpan di server")


def test_enter_turun_kolom_dan_di_baris_akhir_menambah_baris(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    satu = orang("operator_ambon")
    halaman = satu.buka(KEJADIAN)
    tambah(halaman, 1)
    sel(halaman, 1, "lokasi").fill("Blok A")
    halaman.keyboard.press("Enter")
    expect(sel(halaman, 2, "lokasi")).to_be_focused()
    halaman.keyboard.type("Blok B")
    halaman.keyboard.press("Shift+Enter")
    expect(sel(halaman, 1, "lokasi")).to_be_focused()
    halaman.keyboard.press("ArrowDown")
    expect(sel(halaman, 2, "lokasi")).to_be_focused()
    sel(halaman, 1, "kategori").select_option("1.1")
    sel(halaman, 1, "kategori").press("Enter")
    expect(sel(halaman, 2, "kategori")).to_be_focused()
    expect(halaman.locator("[data-jumlah]")).to_have_text("2")
    tunggu(lambda: baris(dunia_nyata)[0].get("kategori") == "1.1", 10, lambda: "")
    assert [b.get("lokasi") for b in baris(dunia_nyata)] == ["Blok A", "Blok B"]
    assert not satu.galat


def test_tempelan_yang_lebih_panjang_ke_pratinjau_lalu_dibatalkan(
    orang: Callable[..., Orang], dunia_nyata: Dunia
) -> None:
    satu = orang("operator_ambon")
    halaman = satu.buka(KEJADIAN)
    tambah(halaman, 1)
    sel(halaman, 1, "tanggal").fill("3/1/2026")
    with halaman.expect_navigation():
        tempel(halaman, sel(halaman, 1, "lokasi"), BLOK)
    expect(halaman.locator("h1")).to_have_text("Pratinjau tempelan")
    satu.periksa_rapi()
    halaman = satu.klik(halaman.get_by_role("button", name="Tambahkan 2 baris dan isi 3 sel"))
    assert [b.get("lokasi") for b in baris(dunia_nyata)] == ["Blok X", "Dapur", "Aula"]
    assert baris(dunia_nyata)[0]["tanggal"] == "2026-01-03"
    halaman = satu.klik(halaman.get_by_role("button", name="Batalkan tempel").first)
    assert baris(dunia_nyata) == [{"tanggal": "2026-01-03", "lokasi": None, "aktor": None, "urgensi": None}]


def test_tempelan_yang_muat_langsung_masuk_dan_ctrl_z(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    halaman = orang("operator_ambon").buka(KEJADIAN)
    for n in (1, 2, 3):
        tambah(halaman, n)
    tempel(halaman, sel(halaman, 1, "lokasi"), BLOK)
    expect(halaman.locator("#kabar-tempel")).to_contain_text("9 sel ditempel")
    tersimpan(halaman)
    assert [b["aktor"] for b in baris(dunia_nyata)] == ["wbp", "sistem", "petugas"]
    halaman.keyboard.press("Control+z")
    expect(sel(halaman, 2, "lokasi")).to_have_value("")


def test_salin_hapus_kembalikan(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    satu = orang("operator_ambon")
    halaman = satu.buka(KEJADIAN)
    tambah(halaman, 1)
    sel(halaman, 1, "lokasi").fill("Blok A")
    halaman = satu.klik(halaman.get_by_role("button", name="Salin baris 1"))
    expect(halaman.locator(".tabel-daftar .disalin")).to_contain_text("disalin dari baris lain, periksa")
    halaman = satu.klik(halaman.get_by_role("button", name="Hapus baris 1"))
    expect(halaman.get_by_text("Baris 1 dihapus.")).to_be_visible()
    assert len(baris(dunia_nyata)) == 1
    halaman = satu.klik(halaman.get_by_role("button", name="Kembalikan baris 1"))
    assert [b["lokasi"] for b in baris(dunia_nyata)] == ["Blok A", "Blok A"]


def test_luring_menambah_baris_disebut_dan_ketikan_tinggal(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    satu = orang("operator_ambon")
    halaman = satu.buka(KEJADIAN)
    tambah(halaman, 1)
    satu.konteks.set_offline(True)
    sel(halaman, 1, "lokasi").fill("Blok A")
    halaman.locator("[data-tambah]").click()
    expect(halaman.locator("#keadaan-simpan")).to_contain_text("tidak ada sambungan")
    expect(sel(halaman, 1, "lokasi")).to_have_value("Blok A")
    satu.konteks.set_offline(False)
    halaman.locator("[data-tambah]").click()
    expect(sel(halaman, 2, "tanggal")).to_be_focused()
    tunggu(lambda: len(baris(dunia_nyata)) == 2 and baris(dunia_nyata)[0].get("lokasi") == "Blok A", 10, lambda: "")


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL])
def test_rapi_dan_ringan(orang: Callable[..., Orang], ukuran: dict[str, int]) -> None:
    satu = orang("operator_ambon", ukuran)
    halaman = satu.buka(KEJADIAN)
    satu.periksa_rapi()
    halaman.get_by_text("Tempel banyak baris").click()
    halaman.fill("#t-kejadian", "\n".join(f"{n % 28 + 1}/1/2026\t\t1.1\tBlok {n}" for n in range(60)))
    halaman = satu.klik(halaman.get_by_role("button", name="Lihat pratinjau"))
    satu.periksa_rapi()
    halaman = satu.klik(halaman.get_by_role("button", name="Tambahkan 60 baris"))
    assert halaman.locator(".tabel-daftar tbody tr").count() == 25
    assert halaman.evaluate("document.querySelectorAll('*').length") <= 3000
    satu.periksa_rapi()


def test_tanpa_skrip_menambah_dan_mengisi(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    satu = orang("operator_ambon", js=False)
    halaman = satu.buka(KEJADIAN)
    halaman = satu.klik(halaman.get_by_role("button", name="Tambah baris"))
    sel(halaman, 1, "lokasi").fill("Blok A")
    halaman = satu.klik(halaman.get_by_role("button", name="Tambah baris"))
    expect(halaman.locator(".tabel-daftar tbody tr")).to_have_count(2)
    assert baris(dunia_nyata)[0]["lokasi"] == "Blok A"
