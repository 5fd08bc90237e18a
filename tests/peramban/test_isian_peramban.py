"""The section page at a real browser: keys, paste and undo, interruptions, two people, last month, details."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from pelaporan.models import Draf
from pelaporan.services_periode import buka_periode
from pemasyarakatan.inti.waktu import Bulan
from pemasyarakatan.luncur import porta as porta_luncur
from tests.dunia import SANDI, Dunia, isi_penuh, kirim
from tests.peramban.conftest import MEJA, PONSEL, Orang, bersih
from tests.proses import AKAR, akhiri, env_proses, tunggu
from upt.cakupan import SISTEM, terpasang

pytestmark = pytest.mark.xdist_group("isian")
JANUARI = "/laporan/lapas-kelas-iia-ambon/2026-01"
KLASTER, KEGIATAN = f"{JANUARI}/F06/isi/klaster_pangan/", f"{JANUARI}/F06/isi/kegiatan/"
JUNI = "/laporan/lapas-kelas-iia-ambon/2026-06"


def sel(halaman: Page, kode: str) -> Locator:
    return halaman.locator(f"#s-{kode}")


def papan(halaman: Page) -> Locator:
    return halaman.locator("#keadaan-simpan")


def nilai(d: Dunia, kode: str, bulan: Bulan | None = None) -> Any:
    """What the server holds for one cell of F06."""
    laporan = d.laporan(d.ambon, "F06", bulan or Bulan(2026, 1))
    with terpasang(SISTEM):
        draf = Draf.objects.filter(laporan=laporan).first()
    satu = draf.isi["sel"].get(kode) if draf else None
    return (satu["nilai"], satu["keadaan"]) if satu else None


@pytest.fixture
def lampau(dunia_nyata: Dunia) -> Dunia:
    """Ambon sent F06 from January to May; June is being filled in."""
    d = dunia_nyata
    with terpasang(SISTEM):
        for n in range(2, 7):
            buka_periode(bulan=Bulan(2026, n))
    for n in range(1, 6):
        laporan = d.laporan(d.ambon, "F06", Bulan(2026, n))
        kirim(laporan, d.kepala_ambon, {"lahan_tidur": "1.500", "mitra": "3"})
    return d


# ---------------------------------------------------------------- keyboard


def test_papan_tik(orang: Callable[..., Orang]) -> None:
    halaman = orang("operator_ambon").buka(KLASTER)
    fokus = lambda: halaman.evaluate("document.activeElement.id")  # noqa: E731
    sel(halaman, "klaster_pertanian_lahan").click()
    for tombol, tuju in (
        ("Enter", "s-klaster_hortikultura_lahan"),
        ("ArrowDown", "s-klaster_perkebunan_lahan"),
        ("Shift+Enter", "s-klaster_hortikultura_lahan"),
        ("ArrowRight", "s-klaster_hortikultura_wbp"),
        ("ArrowLeft", "s-klaster_hortikultura_lahan"),
        ("ArrowUp", "s-klaster_pertanian_lahan"),
    ):
        halaman.keyboard.press(tombol)
        assert fokus() == tuju, tombol
    halaman.keyboard.type("123")
    halaman.keyboard.press("Escape")
    expect(sel(halaman, "klaster_pertanian_lahan")).to_have_value("")


def test_lompat_ke_yang_kosong_dan_kemajuan_langsung(orang: Callable[..., Orang]) -> None:
    halaman = orang("operator_ambon").buka(KLASTER)
    sel(halaman, "klaster_pertanian_lahan").fill("10")
    halaman.click("#lompat-kosong")
    expect(sel(halaman, "klaster_pertanian_wbp")).to_be_focused()
    expect(halaman.locator("[data-maju=klaster_pangan]")).to_have_text("1 dari 25")
    expect(halaman.locator("[data-alamat=lahan] [data-nilai]")).to_have_text("10")


# ---------------------------------------------------------------- paste


def tempel(siapa: Orang, sasaran: Locator, teks: str) -> None:
    """Through the real clipboard and the real key."""
    siapa.konteks.grant_permissions(["clipboard-read", "clipboard-write"])
    sasaran.click()
    siapa.halaman.evaluate("t => navigator.clipboard.writeText(t)", teks)
    siapa.halaman.keyboard.press("Control+v")


def test_tempel_blok_lalu_batalkan_setelah_tersimpan(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    siapa = orang("operator_ambon")
    halaman = siapa.buka(KLASTER)
    sel(halaman, "klaster_perikanan_wbp").fill("9")
    expect(papan(halaman)).to_contain_text("Tersimpan di server")
    blok = "1.200\t4\t10,5\t1000\tlebih\r\n300\t\t2\t0\r\n0\t0\t0\t0\r\n40\t5\t6\t7\r\n8\t8\t8\t8\r\n348\t1\t1\t1\r\n"
    tempel(siapa, sel(halaman, "klaster_pertanian_lahan"), blok)
    kabar = "19 sel ditempel, 1 sel tidak muat, 4 sel hitungan dilewati, 1 sel kosong dilewati."
    expect(halaman.locator("#kabar-tempel")).to_have_text(kabar)
    tunggu(lambda: nilai(dunia_nyata, "klaster_pertanian_lahan") == (1200, "isi"), 8)
    assert nilai(dunia_nyata, "klaster_perikanan_wbp") == (5, "isi")
    expect(papan(halaman)).to_contain_text("Tersimpan di server")
    halaman.click("#batal-tempel")
    tunggu(lambda: nilai(dunia_nyata, "klaster_pertanian_lahan") == (None, "isi"), 8)
    assert nilai(dunia_nyata, "klaster_perikanan_wbp") == (9, "isi")
    expect(sel(halaman, "klaster_pertanian_lahan")).to_have_value("")
    siapa.periksa_rapi()


def test_ctrl_z_mengembalikan_nilai_dan_keadaan(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    siapa = orang("operator_ambon")
    halaman = siapa.buka(KLASTER)
    halaman.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    halaman.select_option("#k-petugas", "tak_tersedia")
    halaman.fill("#r-petugas", "Buku tamu hilang")
    tunggu(lambda: nilai(dunia_nyata, "petugas") == (None, "tak_tersedia"), 8)
    tempel(siapa, sel(halaman, "wbp"), "5\n6\n7")
    tunggu(lambda: nilai(dunia_nyata, "petugas") == (6, "isi"), 8)
    expect(papan(halaman)).to_contain_text("Tersimpan di server")
    halaman.keyboard.press("Control+z")
    tunggu(lambda: nilai(dunia_nyata, "petugas") == (None, "tak_tersedia"), 8)
    assert halaman.input_value("#r-petugas") == "Buku tamu hilang"
    tunggu(lambda: nilai(dunia_nyata, "wbp") == (None, "isi"), 8)


def test_tempelan_bertanda_kutip_dan_satu_nilai(orang: Callable[..., Orang]) -> None:
    siapa = orang("operator_ambon")
    halaman = siapa.buka(KLASTER)
    tempel(siapa, sel(halaman, "klaster_pertanian_lahan"), '"1\n000"\t"3 ""orang"""\n2\t3')
    expect(sel(halaman, "klaster_pertanian_lahan")).to_have_value("1 000")
    expect(sel(halaman, "klaster_pertanian_wbp")).to_have_value('3 "orang"')
    expect(sel(halaman, "klaster_hortikultura_wbp")).to_have_value("3")
    tempel(siapa, sel(halaman, "wbp"), "17\r\n")
    expect(sel(halaman, "wbp")).to_have_value("17")
    expect(halaman.locator("#kabar-tempel")).to_have_text("4 sel ditempel.")


# ---------------------------------------------------------------- interruptions


def test_galat_server_dan_terlalu_sering_dicoba_lagi(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    siapa = orang("operator_ambon")
    halaman = siapa.buka(KLASTER)
    jawaban = iter((503, 429, 502))

    def halangi(rute: Any) -> None:
        status = next(jawaban, None)
        if status is None:
            rute.continue_()
        else:
            rute.fulfill(status=status, body="{}", content_type="application/json")

    halaman.route("**/simpan/", halangi)
    sel(halaman, "wbp").fill("21")
    expect(papan(halaman)).to_contain_text("Belum terkirim: 1 sel tersimpan di komputer ini")
    expect(papan(halaman)).to_contain_text("Tersimpan di server", timeout=25000)
    assert nilai(dunia_nyata, "wbp") == (21, "isi")
    assert halaman.evaluate("Object.keys(localStorage).filter(k => k.startsWith('isian:')).length") == 0


def test_sesi_berakhir_isian_tinggal_dan_masuk_di_tab_lain(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    siapa = orang("operator_ambon")
    halaman = siapa.buka(KLASTER)
    siapa.konteks.clear_cookies(name="sessionid")
    sel(halaman, "wbp").fill("22")
    expect(papan(halaman)).to_contain_text("1 sel belum terkirim")
    with siapa.konteks.expect_page() as tab:
        papan(halaman).get_by_role("link", name="Masuk lagi").click()
    lain = tab.value
    lain.fill("[name=nama]", "operator_ambon")
    lain.fill("[name=sandi]", SANDI)
    with lain.expect_navigation():
        lain.click("main button[type=submit]")
    halaman.bring_to_front()
    expect(papan(halaman)).to_contain_text("Tersimpan di server", timeout=15000)
    assert nilai(dunia_nyata, "wbp") == (22, "isi")
    expect(sel(halaman, "wbp")).to_have_value("22")


@contextmanager
def _server(porta: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    gunicorn = [sys.executable, "-m", "gunicorn", "pemasyarakatan.wsgi", "--no-control-socket", "--threads", "4"]
    with log.open("ab") as keluaran:
        proses = subprocess.Popen(
            [*gunicorn, "-b", f"127.0.0.1:{porta}"],
            cwd=AKAR, env=env_proses("web"), stdout=keluaran, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        tunggu(lambda: b"Booting worker" in log.read_bytes(), 20)
        yield proses
    finally:
        akhiri(proses)


def _masuk(halaman: Page, dasar: str) -> None:
    halaman.goto(f"{dasar}/masuk/")
    if not halaman.locator("[name=nama]").count():
        return  # the session outlived the browser
    halaman.fill("[name=nama]", "operator_ambon")
    halaman.fill("[name=sandi]", SANDI)
    with halaman.expect_navigation():
        halaman.click("main button[type=submit]")


def test_server_mati_peramban_ditutup_isian_tetap_ada(peramban: Browser, dunia_nyata: Dunia, tmp_path: Path) -> None:
    """The server dies while somebody types; the browser is closed too. Nothing typed is lost."""
    porta, profil = porta_luncur.sembarang(), tmp_path / "profil"
    dasar = f"http://127.0.0.1:{porta}"
    jenis, jalur = peramban.browser_type, {"executable_path": "/usr/bin/chromium"}
    with _server(porta, tmp_path / "satu.log"):
        konteks = jenis.launch_persistent_context(str(profil), **jalur)
        halaman = konteks.new_page()
        _masuk(halaman, dasar)
        halaman.goto(dasar + KLASTER)
        sel(halaman, "wbp").fill("30")
        expect(papan(halaman)).to_contain_text("Tersimpan di server")
    sel(halaman, "petugas").fill("4")
    sel(halaman, "klaster_pertanian_panen").fill("10,5")
    expect(papan(halaman)).to_contain_text("Belum terkirim: 2 sel", timeout=10000)
    konteks.close()
    assert nilai(dunia_nyata, "petugas") is None
    with _server(porta, tmp_path / "dua.log"):
        konteks = jenis.launch_persistent_context(str(profil), **jalur)
        halaman = konteks.new_page()
        _masuk(halaman, dasar)
        halaman.goto(dasar + KLASTER)
        expect(papan(halaman)).to_contain_text("Tersimpan di server", timeout=10000)
        expect(sel(halaman, "petugas")).to_have_value("4")
        assert halaman.evaluate("Object.keys(localStorage).filter(k => k.startsWith('isian:')).length") == 0
        konteks.close()
    assert (nilai(dunia_nyata, "wbp"), nilai(dunia_nyata, "petugas")) == ((30, "isi"), (4, "isi"))


def test_keluar_membuang_salinan_dan_halaman_pribadi_tidak_menyimpannya(orang: Callable[..., Orang]) -> None:
    siapa = orang("operator_ambon")
    halaman = siapa.buka(KLASTER)
    salinan = "Object.keys(localStorage).filter(k => k.startsWith('isian:')).length"
    halaman.route("**/simpan/", lambda rute: rute.abort())
    sel(halaman, "wbp").fill("30")
    assert halaman.evaluate(salinan) == 1
    halaman.on("dialog", lambda d: d.accept())
    halaman.click(".menu-akun > summary")
    siapa.klik(halaman.locator(".menu-akun button"))
    assert halaman.evaluate(salinan) == 0

    siapa.masuk("operator_ambon")

    def tandai(rute: Any) -> None:
        jawab = rute.fetch()
        rute.fulfill(
            response=jawab, body=jawab.text().replace('<form class="susun"', '<form data-pribadi class="susun"')
        )

    halaman.route(f"**{KLASTER}", tandai)
    halaman = siapa.buka(KLASTER)
    assert halaman.locator("form[data-pribadi]").count() == 1
    sel(halaman, "wbp").fill("31")
    assert halaman.evaluate(salinan) == 0


# ---------------------------------------------------------------- two people


@pytest.mark.parametrize(("pilih", "hasil"), [("Pakai punya saya", 55), ("Pakai punya Kepala Ambon", 40)])
def test_dua_orang_satu_sel(orang: Callable[..., Orang], dunia_nyata: Dunia, pilih: str, hasil: int) -> None:
    satu, dua = orang("operator_ambon"), orang("kepala_ambon")
    halaman, lain = satu.buka(KLASTER), dua.buka(KLASTER)
    sel(lain, "wbp").fill("40")
    expect(papan(lain)).to_contain_text("Tersimpan di server")
    sel(halaman, "wbp").fill("55")
    pesan = halaman.locator("#p-wbp")
    expect(pesan).to_contain_text("Kepala Ambon mengisi 40")
    expect(pesan).to_contain_text("Isian Anda: 55")
    satu.periksa_rapi()
    alamat = halaman.url
    pesan.get_by_role("button", name=pilih).click()
    expect(halaman.locator("[data-alamat=wbp][data-keadaan=bentrok]")).to_have_count(0)
    expect(sel(halaman, "wbp")).to_have_value(str(hasil))
    expect(papan(halaman)).to_contain_text("Tersimpan di server")
    assert halaman.url == alamat
    tunggu(lambda: nilai(dunia_nyata, "wbp") == (hasil, "isi"), 5)


# ---------------------------------------------------------------- closed sections, usual range, last month


def test_bagian_yang_ditutup_menyembunyikan_isian_tanpa_membuangnya(
    orang: Callable[..., Orang], dunia_nyata: Dunia
) -> None:
    siapa = orang("operator_ambon")
    halaman = siapa.buka(KLASTER)
    sel(halaman, "petugas").fill("4")
    expect(papan(halaman)).to_contain_text("Tersimpan di server")
    lain = siapa.konteks.new_page()
    lain.goto(siapa.alamat + KEGIATAN)
    sel(lain, "ada_kegiatan").select_option("tidak")
    expect(lain.locator("[data-maju=klaster_pangan]")).to_have_text("tidak ditanyakan")
    sel(halaman, "petugas").fill("5")
    expect(sel(halaman, "petugas")).to_be_hidden()
    expect(halaman.locator("#tutup")).to_be_visible()
    assert nilai(dunia_nyata, "petugas") == (5, "isi")
    sel(lain, "ada_kegiatan").select_option("ya")
    expect(lain.locator("[data-maju=klaster_pangan]")).to_have_text("1 dari 25")
    halaman.reload()
    expect(sel(halaman, "petugas")).to_have_value("5")


def test_di_luar_kebiasaan_dikatakan_saat_mengetik(orang: Callable[..., Orang], lampau: Dunia) -> None:
    halaman = orang("operator_ambon").buka(f"{JUNI}/F06/isi/kegiatan/")
    petunjuk = halaman.locator("tr", has=sel(halaman, "lahan_tidur")).locator(".luar")
    expect(petunjuk).to_be_hidden()
    sel(halaman, "lahan_tidur").fill("9.000")
    expect(petunjuk).to_be_visible()
    sel(halaman, "lahan_tidur").fill("1.510")
    expect(petunjuk).to_be_hidden()
    halaman.goto(halaman.url.replace("kegiatan", "klaster_pangan"))
    sel(halaman, "klaster_pertanian_lahan").fill("9")
    expect(halaman.locator("#konteks-sel")).to_contain_text("Di luar kebiasaan")


@pytest.mark.parametrize("js", [True, False], ids=["dengan-js", "tanpa-js"])
def test_sama_seperti_bulan_lalu(orang: Callable[..., Orang], lampau: Dunia, js: bool) -> None:
    siapa = orang("operator_ambon", js=js)
    halaman = siapa.buka(f"{JUNI}/F06/isi/klaster_pangan/")
    siapa.klik(halaman.locator("button[value='salin:mitra']"))
    expect(sel(halaman, "mitra")).to_have_value("3")
    siapa.klik(halaman.get_by_role("button", name="butir tetap dari Mei 2026"))
    tanda = halaman.locator(".disalin")
    banyak = tanda.count()
    assert banyak >= 3
    if js:
        siapa.periksa_rapi()
        halaman.locator("button[value='periksa:petugas']").click()
        expect(tanda).to_have_count(banyak - 1)
        sel(halaman, "mitra").fill("4")
        expect(tanda).to_have_count(banyak - 2)
    siapa.klik(halaman.locator("button[value='periksa']"))
    expect(tanda).to_have_count(0)
    assert nilai(lampau, "mitra", Bulan(2026, 6)) == (4 if js else 3, "isi")


# ---------------------------------------------------------------- details in a drawer


def test_rincian_dalam_laci(orang: Callable[..., Orang], lampau: Dunia) -> None:
    siapa = orang("operator_ambon")
    halaman = siapa.buka(f"{JUNI}/F06/isi/klaster_pangan/")
    sel(halaman, "petugas").click()
    halaman.keyboard.press("Control+Enter")
    laci = halaman.locator("dialog.laci")
    expect(laci).to_contain_text("Petugas pendamping")
    siapa.periksa_rapi()
    halaman.keyboard.press("Escape")
    expect(laci).to_be_hidden()
    expect(sel(halaman, "petugas")).to_be_focused()
    tautan = halaman.locator("a[data-laci]", has_text="Rincian Mitra")
    halaman.route("**potongan=1", lambda rute: rute.fulfill(status=503, body=""))
    tautan.click()
    expect(laci).to_contain_text("Rincian tidak dapat dimuat")
    halaman.unroute("**potongan=1")
    laci.get_by_role("button", name="Coba lagi").click()
    expect(laci).to_contain_text("Mitra")
    laci.get_by_role("button", name="Tutup").click()
    expect(tautan).to_be_focused()
    siapa.galat = [g for g in siapa.galat if "503" not in g]
    assert not siapa.galat


def test_angka_bulan_lalu_di_tabel_silang_membuka_rincian(orang: Callable[..., Orang], lampau: Dunia) -> None:
    siapa = orang("operator_ambon")
    halaman = siapa.buka(f"{JUNI}/F06/isi/klaster_pangan/")
    isian = sel(halaman, "klaster_pertanian_panen")
    halaman.locator("td.sel", has=isian).locator("a.lalu").click()
    laci = halaman.locator("dialog.laci")
    expect(laci).to_contain_text("310,5")
    halaman.keyboard.press("Escape")
    expect(isian).to_be_focused()
    isian.press("Tab")
    expect(sel(halaman, "klaster_pertanian_nilai")).to_be_focused()
    siapa.periksa_rapi()


def test_pesan_yang_muncul_tidak_menggeser_isian_yang_sedang_diketik(
    orang: Callable[..., Orang], lampau: Dunia
) -> None:
    halaman = orang("operator_ambon").buka(f"{JUNI}/F06/isi/klaster_pangan/")
    sel(halaman, "klaster_pertanian_lahan").fill("banyak sekali")
    sel(halaman, "klaster_peternakan_lahan").click()
    letak = sel(halaman, "klaster_peternakan_lahan").bounding_box()
    tinggi = halaman.evaluate("document.documentElement.scrollHeight")
    expect(halaman.locator("#p-klaster_pertanian_lahan")).to_contain_text("tidak terbaca sebagai angka")
    assert halaman.evaluate("document.documentElement.scrollHeight") > tinggi
    kini = sel(halaman, "klaster_peternakan_lahan").bounding_box()
    assert letak
    assert kini
    assert abs(letak["y"] - kini["y"]) < 2, (letak, kini)


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_isian_dengan_kursor_tidak_tertutup_bilah_bawah(
    orang: Callable[..., Orang], lampau: Dunia, ukuran: dict[str, int]
) -> None:
    """Down a whole column by keyboard: the bar below grows with the hints, the field stays above it."""
    halaman = orang("operator_ambon", ukuran).buka(f"{JUNI}/F06/isi/klaster_pangan/")
    sel(halaman, "klaster_pertanian_nilai").click()
    for _ in range(4):
        halaman.keyboard.press("ArrowDown")
        celah = halaman.evaluate(
            "document.querySelector('.bilah-bawah').getBoundingClientRect().top"
            " - document.activeElement.getBoundingClientRect().bottom"
        )
        assert celah >= 0, (halaman.evaluate("document.activeElement.id"), celah)


# ---------------------------------------------------------------- tidy in every state


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_rapi_terisi_galat_dan_terkunci(orang: Callable[..., Orang], lampau: Dunia, ukuran: dict[str, int]) -> None:
    isi_penuh(lampau.laporan(lampau.ambon, "F06", Bulan(2026, 6)), lampau.operator_ambon, {"lahan_tidur": "9.000"})
    siapa = orang("operator_ambon", ukuran)
    for jalur in ("kegiatan", "klaster_pangan", "pemanfaatan"):
        halaman = siapa.buka(f"{JUNI}/F06/isi/{jalur}/?periksa=1")
        siapa.periksa_rapi()
    halaman = siapa.buka(f"{JUNI}/F06/isi/klaster_pangan/")
    halaman.locator("summary", has_text="Cara isi").click()
    sel(halaman, "petugas").fill("dua")
    expect(halaman.locator("#p-petugas")).to_contain_text("tidak terbaca sebagai angka")
    siapa.periksa_rapi()
    halaman = siapa.buka(f"{JANUARI}/F06/isi/klaster_pangan/")
    assert "terkirim" in bersih(halaman.inner_text("main")) or "dikirim" in bersih(halaman.inner_text("main")).lower()
    expect(halaman.locator("#lembar")).to_have_count(0)
    siapa.periksa_rapi()
