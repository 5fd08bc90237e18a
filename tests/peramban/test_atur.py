"""The calculator and the rules in a real browser: a row more, an answer on paper, next year's rule without code."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from pemasyarakatan.inti.waktu import hari_ini
from remisi.models import Aturan
from tests.dunia import Dunia
from tests.peramban.conftest import MEJA, PONSEL, Orang

KALKULATOR = "/remisi/kalkulator/"


@pytest.mark.parametrize(("ukuran", "js"), [(MEJA, True), (PONSEL, True), (PONSEL, False)])
def test_kalkulator(orang: Callable[..., Orang], ukuran: dict[str, int], js: bool) -> None:
    o = orang("asing", ukuran, js=js)
    h = o.buka(KALKULATOR)
    if js:
        o.periksa_rapi()
    h.fill("#id_tanggal_tahan", "15 Januari 2024")
    h.fill("#id_pidana_tahun", "4")
    h.fill("[name=r-0-bulan]", "1")
    for n in (3, 4):
        o.setempat(h.get_by_role("button", name="Tambah baris"))
        expect(h.locator(f"[name=r-{n}-bulan]")).to_have_value("")
        expect(h.locator("[name=r-0-bulan]")).to_have_value("1")
        expect(h.locator("#id_pidana_tahun")).to_have_value("4")
    h.fill("[name=r-4-hari]", "15")
    o.klik(h.get_by_role("button", name="Hitung"))
    hasil = h.locator("#hasil")
    expect(hasil).to_contain_text("Ekspirasi akhir")
    expect(hasil).to_contain_text("Remisi seluruhnya 1 bulan 15 hari")
    expect(hasil.locator("svg")).to_be_visible()
    expect(h.locator("[name=r-4-hari]")).to_have_value("15")
    assert "?" not in h.url
    assert "2024" not in h.url + h.title()
    if js:
        o.periksa_rapi()


def test_kalkulator_salah_menunjuk_isiannya(orang: Callable[..., Orang]) -> None:
    o = orang("operator_ambon", PONSEL)
    h = o.buka(KALKULATOR)
    h.fill("[name=r-1-bulan]", "dua")
    o.klik(h.get_by_role("button", name="Hitung"))
    expect(h.locator("#ringkasan-galat")).to_be_focused()
    expect(h.locator("#ringkasan-galat")).to_contain_text("Baris 2, Bulan")
    h.get_by_role("link", name="Baris 2, Bulan").click()
    expect(h.locator("[name=r-1-bulan]")).to_be_focused()
    o.galat.clear()  # the browser names the 400 of a page with mistakes
    o.periksa_rapi()


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL])
def test_aturan_tahun_depan(orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int]) -> None:
    o = orang("admin", ukuran)
    h = o.buka("/remisi/aturan/")
    o.periksa_rapi()
    o.klik(h.get_by_role("link", name="Besaran remisi"))
    o.periksa_rapi()
    o.klik(h.get_by_role("link", name="Ubah RU-2", exact=True))
    o.periksa_rapi()
    h.fill("#id_isi_bulan", "4")
    h.fill("#id_sumber", "Perpres contoh Pasal 4")
    o.klik(h.get_by_role("button", name="Simpan rancangan"))
    expect(h.locator("main")).to_contain_text("4 bulan (120 hari)")
    h.get_by_text("Langkahnya").first.click()
    o.periksa_rapi()
    o.klik(h.get_by_role("button", name="Jalankan gladi"))
    expect(h.get_by_role("button", name="Batalkan")).to_be_visible()
    o.periksa_rapi()
    o.klik(h.get_by_role("button", name=f"Tetapkan mulai 1 Januari {hari_ini().year + 1}"))
    expect(h.locator("main")).to_contain_text("RU-2 ditetapkan")
    o.periksa_rapi()
    assert Aturan.objects.get(kode="RU-2", bawaan=False).status == "BERLAKU"
