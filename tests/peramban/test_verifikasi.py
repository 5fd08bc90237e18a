"""A verifier's morning at a real browser: clean reports cleared together, one returned, one press taken back."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from pelaporan.alur import Aksi
from pelaporan.models import Laporan
from pelaporan.services_periode import buka_periode
from pemasyarakatan.inti.waktu import sekarang
from tests.dunia import JANUARI, Dunia, kirim
from tests.peramban.conftest import MEJA, PONSEL, Orang, bersih
from upt.cakupan import SISTEM, terpasang

pytestmark = pytest.mark.xdist_group("verifikasi")
BULAN = 6
"""Months in which two units send two quiet forms each: 24 reports."""


def _banyak_terkirim(d: Dunia, bulan: int) -> list[Laporan]:
    semua = []
    for mundur in range(bulan):
        satu = JANUARI - mundur
        with terpasang(SISTEM):
            buka_periode(bulan=satu)
        for upt, kepala in ((d.ambon, d.kepala_ambon), (d.masohi, d.kepala_masohi)):
            for formulir in ("F02", "F04"):
                laporan = d.laporan(upt, formulir, satu)
                with terpasang(SISTEM):
                    depan = sekarang() + timedelta(days=3)
                    Laporan.objects.filter(pk=laporan.pk).update(tenggat=depan, tenggat_kanwil=depan)
                kirim(laporan, kepala)
                semua.append(laporan)
    return semua


def _status(semua: list[Laporan]) -> dict[str, int]:
    with terpasang(SISTEM):
        kini = list(Laporan.objects.filter(pk__in=[lap.pk for lap in semua]).values_list("status", flat=True))
    return {s: kini.count(s) for s in set(kini)}


class _Hitung:
    """Presses and fields, as a stopwatch of effort."""

    def __init__(self, orang: Orang) -> None:
        self.orang, self.langkah = orang, 0

    def tekan(self, halaman: Page, nama: str) -> Page:
        self.langkah += 1
        return self.orang.klik(halaman.get_by_role("button", name=nama).first)


def test_dua_puluh_bersih_dan_satu_dikembalikan(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    semua = _banyak_terkirim(dunia_nyata, BULAN)
    verifikator = orang("verifikator_maluku", MEJA)
    mulai, hitung = time.monotonic(), _Hitung(verifikator)
    halaman = verifikator.buka("/verifikasi/?urut=upt")
    verifikator.periksa_rapi()
    _kembalikan_satu(verifikator, hitung, semua[0])
    halaman = verifikator.buka("/verifikasi/?bendera=bersih")
    halaman = hitung.tekan(halaman, "Semua hasil saringan")
    verifikator.periksa_rapi()
    dicentang = halaman.locator("input[name=pilih]:checked").count()
    halaman = hitung.tekan(halaman, "Verifikasi yang dicentang")
    verifikator.periksa_rapi()
    expect(halaman.locator("h1")).to_have_text(f"{dicentang} laporan diverifikasi")
    lama = time.monotonic() - mulai
    assert dicentang >= 20
    with terpasang(SISTEM):
        bendera = Laporan.objects.filter(status="DIKIRIM").exclude(bendera=[]).count()
    assert _status(semua).get("DIKIRIM", 0) == bendera, "only what is flagged still waits"
    assert (_status(semua)["TERVERIFIKASI"], _status(semua)["DIKEMBALIKAN"]) == (dicentang, 1)
    assert hitung.langkah <= 6, "twenty reports must not take twenty presses"
    assert lama < 120


def _kembalikan_satu(orang: Orang, hitung: _Hitung, laporan: Laporan) -> None:
    alamat = f"/laporan/{laporan.upt.kode}/{laporan.periode.kode}/{laporan.formulir_id}/tinjau/"
    halaman = orang.buka(alamat)
    expect(halaman.locator("main")).to_contain_text("Anda pegang sampai")
    halaman.locator("[name=alasan][form=putusan]").select_option("belum_lengkap")
    halaman.fill("[name=teks]", "Lampirkan daftar nama.")
    hitung.langkah += 3
    orang.klik(halaman.locator(f"button[value={Aksi.KEMBALIKAN}]"))
    expect(halaman.locator("main")).to_contain_text("dikembalikan kepada UPT")


@pytest.mark.parametrize(
    ("ukuran", "js"), [(MEJA, True), (PONSEL, True), (MEJA, False)], ids=["meja", "ponsel", "tanpa-js"]
)
def test_pilih_verifikasi_lalu_batalkan(
    orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int], js: bool
) -> None:
    semua = _banyak_terkirim(dunia_nyata, 1)
    verifikator = orang("verifikator_maluku", ukuran, js=js)
    halaman = verifikator.buka("/verifikasi/")
    if js:
        verifikator.periksa_rapi()
    tekan = halaman.get_by_role("button", name="Verifikasi yang dipilih")
    verifikator.klik(tekan)
    expect(halaman.locator("main")).to_contain_text("Pilih sedikitnya satu laporan")
    verifikator.galat.clear()  # the browser notes the refusal that was asked for
    for kotak in halaman.locator("input[name=laporan]").all()[:2]:
        kotak.check()
    verifikator.klik(halaman.get_by_role("button", name="Verifikasi yang dipilih"))
    expect(halaman.locator("h1")).to_have_text("Verifikasi 2 laporan?")
    verifikator.klik(halaman.get_by_role("button", name="Verifikasi yang dicentang"))
    assert _status(semua) == {"TERVERIFIKASI": 2, "DIKIRIM": 2}
    if js:
        verifikator.periksa_rapi()
    verifikator.klik(halaman.get_by_role("button", name="Batalkan (sampai"))
    assert "Verifikasi 2 laporan dibatalkan" in bersih(halaman.inner_text("main"))
    assert _status(semua) == {"DIKIRIM": 4}


def test_saringan_di_ponsel_terlipat_dan_statistik_rapi(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    _banyak_terkirim(dunia_nyata, 1)
    verifikator = orang("verifikator_maluku", PONSEL)
    halaman = verifikator.buka("/verifikasi/")
    assert not halaman.locator("form.saringan:visible").count(), "the list comes first"
    halaman.get_by_text("Saringan dan urutan").click()
    halaman.locator("form.saringan:visible [name=formulir]").select_option("F04")
    verifikator.klik(halaman.locator("form.saringan:visible button[type=submit]"))
    assert "formulir=F04" in halaman.url
    expect(halaman.locator("table.tabel tbody tr")).to_have_count(2)
    expect(halaman.locator("ul[aria-label='Saringan terpasang'] li")).to_have_count(1)
    for jalur in (
        "/verifikasi/statistik/",
        "/verifikasi/statistik/butir/",
        "/verifikasi/statistik/laporan/?ukuran=putus",
    ):
        verifikator.buka(jalur)
        verifikator.periksa_rapi()
