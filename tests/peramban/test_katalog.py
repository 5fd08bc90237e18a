"""The catalogue and the pages above the units in a real browser, at desk and phone size and without a script."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.dunia import Dunia
from tests.peramban.conftest import MEJA, PONSEL, Orang
from tests.umkm.bantu import Unit, sebagai_orang
from umkm import jenis as j
from umkm import services
from umkm.foto import tambah_foto
from umkm.models import JenisProduk


@pytest.fixture
def isi(dunia_nyata: Dunia) -> dict[str, Any]:
    ambon = Unit(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    riau = Unit(dunia_nyata.pekanbaru, dunia_nyata.operator_pekanbaru)
    keripik = ambon.produk("Keripik pisang", deskripsi="Renyah, dari pisang kepok kebun sendiri.", merek="Manise")
    ambon.harga(keripik, 25_000)
    ambon.catat(j.LEGALITAS, jenis="nib", nomor="0220100000000")
    ambon.buat(keripik, 500)
    ambon.jual(keripik, 20)
    batik = riau.produk("Batik tulis", golongan="tekstil", ukuran="lembar")
    riau.produk("Batik tuliss", golongan="tekstil", ukuran="lembar", setuju="nama_mirip mirip")
    wadah = io.BytesIO()
    Image.new("RGB", (900, 700), "#a86b2d").save(wadah, "JPEG")
    with sebagai_orang(ambon.operator) as (oleh, cakupan):
        tambah_foto(produk_id=keripik.pk, isi=wadah.getvalue(), keterangan="Kemasan", oleh=oleh, cakupan=cakupan)
    with sebagai_orang(dunia_nyata.peninjau) as (oleh, _):
        acara = services.IsiPameran("IPPAFest", "Jakarta", date(2025, 8, 8), date(2025, 8, 10))
        pameran = services.buat_pameran(acara, oleh=oleh)
    ambon.catat(j.PESERTA, pameran_id=pameran.pk, ditampilkan=40, tindak_lanjut="Pesanan hotel")
    return {"keripik": keripik, "batik": batik, "pameran": pameran}


@pytest.mark.parametrize(("ukuran", "js"), [(MEJA, True), (PONSEL, True), (PONSEL, False)])
def test_mencari_dan_membuka_produk(
    orang: Callable[..., Orang], isi: dict[str, Any], ukuran: dict[str, int], js: bool
) -> None:
    pembaca = orang("operator_masohi", ukuran, js=js)
    halaman = pembaca.buka("/umkm/katalog/")
    expect(halaman.get_by_role("img", name="Kemasan")).to_be_visible()
    halaman.get_by_label("Cari produk, merek, atau unit").fill("kripik pisng")
    pembaca.klik(halaman.get_by_role("button", name="Cari"))
    expect(halaman.locator("li.kartu")).to_have_count(1)
    if js:
        pembaca.periksa_rapi()
    pembaca.klik(halaman.get_by_role("link", name="Tanpa gambar"))
    expect(halaman.locator("main img")).to_have_count(0)
    pembaca.klik(halaman.get_by_role("link", name="Keripik pisang", exact=True))
    expect(halaman.get_by_role("heading", name="Keripik pisang")).to_be_visible()
    expect(halaman.get_by_text("Rp25.000 per bungkus")).to_be_visible()
    if js:
        pembaca.periksa_rapi()


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL])
def test_dari_nasional_sampai_produk(orang: Callable[..., Orang], isi: dict[str, Any], ukuran: dict[str, int]) -> None:
    peninjau = orang("peninjau", ukuran)
    halaman = peninjau.buka("/umkm/nasional/")
    peninjau.periksa_rapi()
    peninjau.klik(halaman.get_by_role("link", name="Jenis produk berbeda"))
    peninjau.periksa_rapi()
    peninjau.klik(halaman.get_by_role("link", name="Keripik pisang", exact=True))
    peninjau.periksa_rapi()
    expect(halaman.get_by_text("Lapas Kelas IIA Ambon")).to_be_visible()
    for alamat in (
        "/umkm/katalog/?tampil=tabel", "/umkm/katalog/?cari=zzqq", "/umkm/kanwil/maluku/", "/umkm/wilayah/unit/",
        "/umkm/wilayah/sertifikat/", "/umkm/wilayah/produk/?tahap=4", "/umkm/pameran/",
        f"/umkm/pameran/{isi['pameran'].pk}/", "/umkm/nasional/?bulan=2020-01",
    ):  # fmt: skip
        peninjau.buka(alamat)
        peninjau.periksa_rapi()


@pytest.mark.parametrize("js", [True, False])
def test_menggabung_dan_memisahkan(orang: Callable[..., Orang], isi: dict[str, Any], js: bool) -> None:
    peninjau = orang("peninjau", PONSEL, js=js)
    halaman = peninjau.buka("/umkm/jenis/gabung/")
    if js:
        peninjau.periksa_rapi()
    peninjau.klik(halaman.get_by_role("link", name="Lihat akibatnya Batik tuliss menjadi Batik tulis"))
    expect(halaman.get_by_role("heading", name="Gabungkan Batik tuliss ke Batik tulis?")).to_be_visible()
    if js:
        peninjau.periksa_rapi()
    peninjau.klik(halaman.get_by_role("button", name="Gabungkan"))
    expect(halaman.get_by_text("Produknya sekarang dihitung sebagai Batik tulis.")).to_be_visible()
    assert JenisProduk.objects.get(nama="Batik tuliss").induk_id == isi["batik"].jenis_id
    peninjau.klik(halaman.get_by_role("button", name="Pisahkan lagi Batik tuliss"))
    assert JenisProduk.objects.get(nama="Batik tuliss").induk_id is None
