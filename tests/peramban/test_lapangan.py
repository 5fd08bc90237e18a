"""A day in the field on a phone: plant, harvest without a connection, come back, use the produce, see it in F06."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from pangan import jenis as j
from pangan.models import Panen, Pemakaian
from pemasyarakatan.inti.waktu import Bulan, hari_ini, tulis_tanggal
from tests.dunia import Dunia
from tests.pangan.bantu import Kebun
from tests.peramban.conftest import MEJA, PONSEL, Orang, bersih
from upt.cakupan import SISTEM, terpasang

UNIT = "/pangan/lapas-kelas-iia-ambon/"


@pytest.fixture
def kebun(dunia_nyata: Dunia) -> Kebun:
    return Kebun(dunia_nyata.ambon, dunia_nyata.operator_ambon)


def _semua(model: Any) -> list[Any]:
    with terpasang(SISTEM):
        return list(model.objects.hidup().order_by("pk"))


def _buka(orang: Orang, aksi: str) -> Any:
    """Open one of the acts, unless the page has opened it already; its form."""
    kotak = orang.halaman.locator(f"#{aksi}")
    if kotak.get_attribute("open") is None:
        kotak.locator("> summary").click()
    return kotak.locator("form")


def test_sehari_di_lapangan(orang: Callable[..., Orang], kebun: Kebun) -> None:
    kini = hari_ini("WIT")
    petak = kebun.petak(200, nama="Kebun belakang", setuju="tidur_tanpa_rencana")
    operator = orang("operator_ambon", PONSEL)
    halaman = operator.buka(UNIT)
    operator.klik(halaman.get_by_role("link", name="Kebun belakang", exact=True))
    operator.periksa_rapi()

    # planted two months ago, written down today
    form = _buka(operator, "tanam")
    form.locator("select[name=komoditas]").select_option(label="Kangkung")
    form.locator("[name=tanam]").fill("20 Agustus 2026")
    operator.klik(form.get_by_role("button", name="Simpan"))
    expect(halaman.get_by_text("Tanam atau tebar tercatat.")).to_be_visible()

    # two harvests where there is no connection
    operator.konteks.set_offline(True)
    for jumlah, tanggal in (("12,5", "20 September 2026"), ("7,5", "1 Oktober 2026")):
        form = _buka(operator, "panen")
        form.locator("[name=jumlah]").fill(jumlah)
        form.locator("[name=tanggal]").fill(tanggal)
        form.get_by_role("button", name="Simpan").click()
        expect(halaman.locator("#antre")).to_contain_text("menunggu sambungan")
    expect(halaman.locator("#antre")).to_contain_text("2 catatan menunggu sambungan")
    assert _semua(Panen) == []

    # back where there is one: both arrive, each once
    operator.konteks.set_offline(False)
    expect(halaman.locator("#antre")).to_be_hidden(timeout=15_000)
    operator.galat[:] = [g for g in operator.galat if "ERR_INTERNET_DISCONNECTED" not in g]  # the browser's own words
    assert [p.jumlah for p in _semua(Panen)] == [12.5, 7.5]
    sampai = halaman.locator("#antre-sampai")
    expect(sampai).to_contain_text("2 catatan yang menunggu sudah tersimpan di server.")
    expect(sampai.get_by_role("link").first).to_contain_text("Panen, Kebun belakang: 12,5")
    operator.periksa_rapi()

    # what is in the store is offered, and no more than that can leave it
    operator.buka(f"{UNIT}petak/{petak.pk}/")
    form = _buka(operator, "pakai")
    assert "Kangkung, ada 20 kg" in form.inner_text()
    form.locator("select[name=tujuan]").select_option(label="Dapur UPT")
    form.locator("[name=jumlah]").fill("25")
    form.get_by_role("button", name="Simpan").click()
    expect(halaman.locator("#ringkasan-galat")).to_contain_text("tersedia")
    form = halaman.locator("#pakai form")
    form.locator("[name=jumlah]").fill("8")
    form.get_by_role("button", name="Simpan").click()
    expect(halaman.get_by_text("Pemakaian tercatat.")).to_be_visible()
    assert [p.jumlah for p in _semua(Pemakaian)] == [8]
    operator.galat.clear()  # the refusal above, as the browser notes it

    # and it is in the figures of the month
    operator.buka(f"{UNIT}asal/{Bulan.pada(kini)}/")
    assert "8 kg" in bersih(halaman.locator("#pakai_sendiri").inner_text())
    operator.buka(f"{UNIT}asal/2026-09/")
    hasil = halaman.locator("#klaster_hortikultura_panen")
    assert "12,5 kg" in bersih(hasil.inner_text())
    hasil.locator("summary").click()
    operator.klik(hasil.get_by_role("link"))
    assert "12,5" in halaman.locator("main").inner_text()
    operator.periksa_rapi()


def test_catatan_yang_ditolak_kembali_ke_formulirnya(orang: Callable[..., Orang], kebun: Kebun) -> None:
    """Written without a connection, refused later: the entry is opened again in the form it was written in."""
    _, siklus = kebun.kebun_kangkung()
    operator = orang("operator_ambon", PONSEL)
    halaman = operator.buka(f"{UNIT}petak/{siklus.petak_id}/")
    operator.konteks.set_offline(True)
    form = _buka(operator, "selesai")  # not the first form of the page
    form.locator("select[name=akhir]").select_option(label="Gagal panen")
    form.get_by_role("button", name="Simpan").click()
    expect(halaman.locator("#antre")).to_contain_text("menunggu sambungan")
    operator.konteks.set_offline(False)
    expect(halaman.locator("#antre")).to_contain_text("perlu diperbaiki", timeout=15_000)
    halaman.locator("#antre a").first.click()
    form = halaman.locator("#selesai form")
    expect(form.locator("select[name=akhir]")).to_be_visible()
    assert form.locator("select[name=akhir]").input_value() == "gagal"
    form.locator("[name=alasan_gagal]").fill("Banjir")
    form.get_by_role("button", name="Simpan").click()
    expect(halaman.get_by_text("Siklus diakhiri.")).to_be_visible()
    expect(halaman.locator("#antre")).to_be_hidden()
    assert kebun.segar(siklus).akhir == "gagal"


def test_orang_tidak_pernah_disimpan_di_peramban(orang: Callable[..., Orang], kebun: Kebun) -> None:
    operator = orang("operator_ambon", PONSEL)
    halaman = operator.buka(f"{UNIT}orang/")
    operator.konteks.set_offline(True)
    form = _buka(operator, "tempatkan")
    form.locator("[name=nomor]").fill("BI 123/2025 XYZ045")
    form.locator("select[name=klaster]").select_option(label="Hortikultura")
    form.get_by_role("button", name="Simpan").click()
    expect(halaman.locator("#antre")).to_contain_text("Belum terkirim")
    isi = halaman.evaluate(
        "JSON.stringify(Object.entries(localStorage)) + JSON.stringify(Object.entries(sessionStorage))"
    )
    assert "XYZ045" not in isi
    operator.konteks.set_offline(False)
    form.get_by_role("button", name="Simpan").click()
    expect(halaman.locator("main")).to_contain_text("•••045")
    assert "XYZ045" not in halaman.content()


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_halaman_rapi(orang: Callable[..., Orang], kebun: Kebun, ukuran: dict[str, int]) -> None:
    """Filled, empty, wrong and read only, at both sizes."""
    petak, siklus = kebun.kebun_kangkung()
    kebun.panen(siklus)
    kolam = kebun.petak(60, nama="Kolam bioflok", wujud="kolam")
    kebun.pakai(kolam, "perikanan")
    kebun.tanam(kolam, "nila", tulis_tanggal(hari_ini("WIT")), ekor="500")
    kebun.petak(800, nama="Tanah di belakang dapur umum", setuju="tidur_tanpa_rencana")
    kebun.tulis(j.MITRA, nama="Dinas Pertanian Kota Ambon", jenis="dinas", dari="1 Januari 2025")
    operator = orang("operator_ambon", ukuran)
    for jalur in (
        "",
        "?tampil=tabel",
        f"petak/{petak.pk}/",
        f"petak/{kolam.pk}/?aksi=panen",
        "orang/",
        "asal/2026-01/",
    ):
        operator.buka(UNIT + jalur)
        for tutup in operator.halaman.locator("main details:not([open]) > summary").all():
            if tutup.is_visible():
                tutup.click()
        operator.periksa_rapi()
    kosong = orang("operator_masohi", ukuran)
    for jalur in ("", "orang/", "asal/2026-01/"):
        kosong.buka(f"/pangan/rutan-kelas-iib-masohi/{jalur}")
        kosong.periksa_rapi()
    kanwil = orang("verifikator_maluku", ukuran)
    for jalur in ("", f"petak/{petak.pk}/", "orang/"):
        kanwil.buka(UNIT + jalur)
        kanwil.periksa_rapi()


def test_tanpa_skrip_sama_saja(orang: Callable[..., Orang], kebun: Kebun) -> None:
    _, siklus = kebun.kebun_kangkung()
    operator = orang("operator_ambon", PONSEL, js=False)
    halaman = operator.buka(f"{UNIT}petak/{siklus.petak_id}/?aksi=panen")
    halaman.fill("#panen [name=jumlah]", "30")
    halaman.fill("#panen [name=tanggal]", "10 Januari 2026")
    operator.klik(halaman.locator("#panen").get_by_role("button", name="Simpan"))
    assert "Panen tercatat." in halaman.locator("main").inner_text()
    assert [p.jumlah for p in _semua(Panen)] == [30]
