"""A day of a unit's enterprise on a phone: make, sell without a network, price, photo, share the month, see F07."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pemasyarakatan.inti.waktu import Bulan, hari_ini
from tests.dunia import Dunia
from tests.pelaporan.bahan_berkas import foto
from tests.peramban.conftest import MEJA, PONSEL, Orang
from tests.umkm.bantu import Unit
from umkm import jenis as j
from umkm.models import BagiHasil, Penjualan, Persediaan
from upt.cakupan import SISTEM, terpasang

UNIT = "/umkm/lapas-kelas-iia-ambon/"
BULAN = Bulan.pada(hari_ini("WIT"))


def semua(model: Any) -> list[Any]:
    with terpasang(SISTEM):
        return list(model.objects.hidup().order_by("pk"))


def aksi(h: Page, nama: str, **isi: str) -> Any:
    """Open an act and fill it in; gives its button."""
    lipat = h.locator(f"details#{nama}")
    if lipat.get_attribute("open") is None:
        lipat.locator("summary").first.click()
    for bidang, teks in isi.items():
        h.locator(f"#{nama}_{bidang}").fill(teks)
    return lipat.locator("form > .deret button[type=submit]")


def test_sehari_di_ponsel(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    produk = Unit(dunia_nyata.ambon, dunia_nyata.operator_ambon).produk()
    o = orang("operator_ambon", PONSEL)
    h = o.buka("/umkm/")
    expect(h).to_have_url(o.alamat + UNIT)
    expect(h.locator("main")).to_contain_text("Belum ada harga, foto, label")
    o.periksa_rapi()

    o.klik(h.get_by_role("link", name="Lengkapi Keripik pisang"))  # opens the act that is missing first
    o.klik(aksi(h, "harga", harga="15.000"))
    expect(h.locator("main")).to_contain_text("Harga tercatat.")
    o.klik(aksi(h, "buat", jumlah="50"))
    expect(h.locator("main")).to_contain_text("Persediaan 50 bungkus")
    o.periksa_rapi()

    h.route("**/produk/**", lambda r: r.abort() if r.request.method == "POST" else r.continue_())
    tombol = aksi(h, "jual", jumlah="3")
    expect(h.locator("#jual_nilai")).to_have_value("45.000")  # by the price, until somebody writes their own
    h.fill("#jual_nilai", "40.000")
    h.fill("#jual_jumlah", "4")
    expect(h.locator("#jual_nilai")).to_have_value("40.000")
    tombol.click()
    expect(h.locator("#antre")).to_contain_text("1 catatan menunggu sambungan")
    assert semua(Penjualan) == []
    o.galat.clear()
    h.unroute("**/produk/**")
    with h.expect_response(lambda r: r.request.method == "POST") as kiriman:
        o.buka(f"{UNIT}produk/{produk.pk}/")  # any page that loads the script sends what waits
    assert kiriman.value.status == 201
    assert [(p.jumlah, p.nilai) for p in semua(Penjualan)] == [(4, 40_000)]

    tombol = aksi(h, "foto", keterangan="Keripik dalam kemasan")
    h.set_input_files("#foto_foto", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": foto(ukuran=(800, 600))})
    o.klik(tombol)
    gambar = h.get_by_role("img", name="Keripik dalam kemasan")
    gambar.scroll_into_view_if_needed()
    expect(gambar).to_have_js_property("complete", True)
    assert gambar.evaluate("e => e.naturalWidth") > 0
    o.periksa_rapi()
    assert [p.jumlah for p in semua(Persediaan)] == [50]


def test_bagi_hasil_dan_f07_di_ponsel(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    unit = Unit(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    produk = unit.produk()
    unit.harga(produk)
    unit.buat(produk, 50, BULAN.awal)
    unit.jual(produk, 10, BULAN.awal)
    o = orang("operator_ambon", PONSEL)
    h = o.buka(f"{UNIT}bagi/{BULAN}/")
    for nama, teks in {"biaya": "50.000", "premi": "40.000", "pnbp": "10.000", "operasional": "Rp 30.000"}.items():
        h.fill(f"#bagi_{nama}", teks)
    expect(h.locator("form [data-hasil=belum]")).to_have_text("Rp20.000")
    h.fill("#bagi_premi", "90.000")
    expect(h.locator("form [data-hasil=belum]")).to_have_text("−Rp30.000")
    h.get_by_role("button", name="Simpan bagi hasil").click()
    expect(h.locator("#ringkasan-galat")).to_contain_text("melebihi keuntungan")
    assert semua(BagiHasil) == []
    o.galat.clear()
    o.periksa_rapi()
    h.fill("#bagi_premi", "60.000")
    o.klik(h.get_by_role("button", name="Simpan bagi hasil"))
    expect(h.locator("main")).to_contain_text("Bagi hasil tersimpan.")
    assert [b.premi for b in semua(BagiHasil)] == [60_000]
    o.periksa_rapi()

    o.klik(h.get_by_role("link", name="F07 bulan ini menurut register"))
    expect(h.locator("#premi")).to_contain_text("Rp60.000")
    expect(h.locator("#kanal_galeri_jual")).to_contain_text("Rp150.000")
    o.periksa_rapi()


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_setiap_halaman_unit_rapi(orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int]) -> None:
    """Filled, empty, wrong, with papers that lapse or have lapsed."""
    unit, hari = Unit(dunia_nyata.ambon, dunia_nyata.operator_ambon), hari_ini("WIT")
    produk = unit.produk()
    unit.harga(produk)
    unit.buat(produk, 50, BULAN.awal)
    unit.jual(produk, 10, BULAN.awal)
    unit.catat(j.LEGALITAS, jenis="halal", nomor="H-1", berakhir=BULAN.awal.replace(year=2025), produk_id=produk.pk)
    unit.catat(j.LEGALITAS, jenis="bpom", nomor="B-1", berakhir=hari, produk_id=produk.pk)
    unit.catat(j.PESANAN, produk_id=produk.pk, pemesan="Koperasi", jumlah=5, tanggal=BULAN.awal, jatuh_tempo=hari)
    unit.catat(j.TENAGA, dari=BULAN.awal, orang=14)
    o = orang("operator_ambon", ukuran)
    satu = f"produk/{produk.pk}/"
    for jalur in ("", "?tampil=tabel", satu, f"{satu}?aksi=legalitas", "orang/", "pameran/?cari=x", f"asal/{BULAN}/"):
        o.buka(UNIT + jalur)
        o.periksa_rapi()
    h = o.buka(f"{UNIT}{satu}")
    aksi(h, "jual", jumlah="999").click()
    expect(h.locator("#ringkasan-galat")).to_contain_text("hanya 40 bungkus")
    o.galat.clear()  # the browser notes the refusal
    o.periksa_rapi()
    kosong = orang("operator_masohi", ukuran)
    for jalur in ("", "orang/", "pameran/", f"bagi/{BULAN}/", f"asal/{BULAN}/"):
        kosong.buka("/umkm/rutan-kelas-iib-masohi/" + jalur)
        kosong.periksa_rapi()
