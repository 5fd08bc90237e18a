"""A review in a real browser: note and suggestion, return, applied by the unit, sent again, verified, taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from pelaporan.models import Komentar, Laporan
from pelaporan.services_periode import buka_periode
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import Dunia, kirim, lakukan
from tests.peramban.conftest import MEJA, PONSEL, Orang
from upt.cakupan import SISTEM, terpasang

pytestmark = pytest.mark.xdist_group("tinjau")
AMBON, SEL = "/laporan/lapas-kelas-iia-ambon/2026-01/F06", "lahan_tidur"


def _terkirim(d: Dunia) -> Laporan:
    with terpasang(SISTEM):
        buka_periode(bulan=Bulan(2025, 12))
    kirim(d.laporan(d.ambon, bulan=Bulan(2025, 12)), d.kepala_ambon)
    laporan = d.laporan(d.ambon)
    kirim(laporan, d.kepala_ambon, {SEL: "900"})
    return laporan


@pytest.mark.parametrize(
    ("ukuran", "js"), [(MEJA, True), (PONSEL, True), (PONSEL, False)], ids=["meja", "ponsel", "tanpa-js"]
)
def test_dari_catatan_sampai_dibatalkan(
    orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int], js: bool
) -> None:
    d = dunia_nyata
    laporan = _terkirim(d)
    peninjau = orang("verifikator_maluku", ukuran, js=js)
    halaman = peninjau.buka(f"{AMBON}/tinjau/")
    expect(halaman.locator(f"#b-{SEL}")).to_contain_text("+400")
    peninjau.setempat(halaman.get_by_role("button", name="Catatan untuk Lahan belum dimanfaatkan"))
    halaman.get_by_label("Tulis catatan").fill("Ukur ulang.")
    halaman.get_by_label("Usulkan nilai").fill("750")
    halaman.get_by_role("button", name="Simpan catatan").scroll_into_view_if_needed()
    if js:
        peninjau.periksa_rapi()
    gulir = halaman.evaluate("scrollY")
    peninjau.setempat(halaman.get_by_role("button", name="Simpan catatan"))
    expect(halaman.locator("#tertunda")).to_contain_text("Catatan yang belum dikirim: 1")
    expect(halaman.locator(f"#b-{SEL}")).to_contain_text("belum terkirim")
    if js:
        assert abs(halaman.evaluate("scrollY") - gulir) < 200, "the place on the page is kept"
    peninjau.setempat(halaman.locator("#centang-kegiatan button"))
    expect(halaman.locator("#bilah")).to_contain_text("Bagian ditinjau: 1 dari")
    if js:
        peninjau.periksa_rapi()
    halaman = peninjau.buka(f"{AMBON}/tinjau/?tampil=semua")
    expect(halaman.locator("#tertunda")).to_contain_text("Usulan 750")
    halaman.locator("[name=alasan][form=putusan]").select_option("angka_tidak_wajar")
    peninjau.klik(halaman.locator("button[value=kembalikan]"))
    expect(halaman.locator("main")).to_contain_text("Menunggu UPT mengirim ulang")
    if js:
        peninjau.periksa_rapi()
    _terapkan(orang("operator_ambon", ukuran, js=js), laporan)
    lakukan(laporan, "kirim", d.kepala_ambon, disahkan=True)
    halaman = peninjau.buka(f"{AMBON}/tinjau/")
    expect(halaman.locator("main")).to_contain_text("Apa yang berubah sejak dikembalikan")
    expect(halaman.locator("main")).to_contain_text("usulan diterapkan")
    if js:
        peninjau.periksa_rapi()
    peninjau.klik(halaman.locator("button[value=verifikasi]"))
    expect(halaman.locator("h2").first).to_have_text("Terverifikasi")
    if js:
        peninjau.periksa_rapi()
    peninjau.klik(halaman.get_by_role("button", name="Batalkan verifikasi (sampai"))
    with terpasang(SISTEM):
        assert Laporan.objects.get(pk=laporan.pk).status == "DIKIRIM"
        assert Komentar.objects.get(laporan=laporan, usulan="750").nasib == "diterapkan"


def _terapkan(unit: Orang, laporan: Laporan) -> None:
    lembar = unit.buka(f"{AMBON}/isi/{laporan.skema.bagian_dari[SEL].kode}/")
    expect(lembar.locator("main")).to_contain_text("Ukur ulang.")
    unit.klik(lembar.get_by_role("button", name="Terapkan 750"))


def test_wajar_laci_dan_catatan_terbuka_ikut_tersimpan(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    laporan = _terkirim(dunia_nyata)
    peninjau = orang("verifikator_maluku", MEJA)
    halaman = peninjau.buka(f"{AMBON}/tinjau/")
    baris = halaman.locator(f"#b-{SEL}")
    baris.get_by_text("Mengapa ditandai").first.click()
    baris.locator("[name=alasan]").first.fill("Lahan baru dibuka.")
    baris.get_by_role("button", name="Wajar, sudah dijelaskan").first.click()
    expect(baris).to_contain_text("Wajar menurut Verifikator Maluku: Lahan baru dibuka.")
    baris.get_by_role("link", name="Lahan belum dimanfaatkan").click()
    expect(halaman.locator("dialog.laci")).to_contain_text("Dua belas bulan terakhir")
    halaman.get_by_role("button", name="Tutup").click()
    peninjau.periksa_rapi()
    baris.get_by_role("button", name="Catatan untuk Lahan").click()
    halaman.get_by_label("Tulis catatan").fill("Jangan sampai hilang.")
    halaman.locator("[name=alasan][form=putusan]").select_option("lainnya")
    peninjau.klik(halaman.locator("button[value=kembalikan]"))
    with terpasang(SISTEM):
        satu = Komentar.objects.get(laporan=laporan)
    assert (satu.teks, satu.terkirim_pada is not None) == ("Jangan sampai hilang.", True)


def test_berat_halaman(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    kirim(d.laporan(d.ambon, "F01"), d.kepala_ambon)
    peninjau = orang("verifikator_maluku", MEJA)
    with peninjau.halaman.expect_response(lambda r: "/tinjau/" in r.url) as jawab:
        halaman = peninjau.buka("/laporan/lapas-kelas-iia-ambon/2026-01/F01/tinjau/?tampil=semua")
    assert jawab.value.request.sizes()["responseBodySize"] <= 60_000
    assert halaman.evaluate("document.querySelectorAll('*').length") <= 2000
    peninjau.periksa_rapi()
