"""Entries where the network is weak: nothing typed is lost, nothing is written twice, nobody sends for another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pangan.jenis import PETAK
from pangan.models import Setoran
from tests.dunia import SANDI, Dunia
from tests.pangan.bantu import Kebun
from tests.peramban.conftest import MEJA, PONSEL, Orang
from tests.proses import tunggu
from upt.cakupan import SISTEM, terpasang

BARU = "/pangan/lapas-kelas-iia-ambon/catatan/setoran/baru/"
DAFTAR = "/pangan/lapas-kelas-iia-ambon/catatan/setoran/"


def nilai() -> list[int]:
    with terpasang(SISTEM):
        return list(Setoran.objects.hidup().order_by("pk").values_list("nilai", flat=True))


def isi(h: Page, jumlah: str, **lain: str) -> None:
    for nama, teks in {"tanggal": "3 Februari 2026", "nilai": jumlah, "nomor": f"NTPN-{jumlah}", **lain}.items():
        h.fill(f"[name={nama}]", teks)
    h.select_option("[name=jenis]", "pnbp")


def simpan(h: Page) -> None:
    h.locator("form[data-antre] button[type=submit]").click()


def terkirim(h: Page) -> None:
    """Nothing waits in this browser any more, and the page says so."""
    tunggu(lambda: not h.evaluate("Object.keys(localStorage).some(k => k.startsWith('antre:'))"), 20)
    expect(h.locator("#antre")).to_be_hidden()


def putus(o: Orang) -> None:
    """Pages still load, entries do not arrive: what a weak network is like."""
    o.halaman.route("**/baru/**", lambda r: r.abort() if r.request.method == "POST" else r.continue_())


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL])
def test_tersambung_seperti_biasa(orang: Callable[..., Orang], ukuran: dict[str, int]) -> None:
    o = orang("operator_ambon", ukuran)
    h = o.buka(BARU + "?kembali=/upt/")
    isi(h, "1.250.000")
    o.klik(h.locator("form[data-antre] button[type=submit]"))
    expect(h.locator("main")).to_contain_text("Tercatat")
    expect(h.locator("main")).to_contain_text("Rp1.250.000")
    expect(h.get_by_role("link", name="Kembali")).to_have_attribute("href", "/upt/")
    assert nilai() == [1_250_000]
    o.periksa_rapi()
    o.klik(h.get_by_role("link", name="Catat lagi"))
    o.periksa_rapi()


def test_luring_menunggu_muat_ulang_lalu_terkirim(orang: Callable[..., Orang]) -> None:
    o = orang("operator_ambon", PONSEL)
    h = o.buka(BARU + "?isi_jenis=premi")
    putus(o)
    for jumlah in ("100.000", "200.000"):
        isi(h, jumlah)
        simpan(h)
        expect(h.locator("[name=nilai]")).to_have_value("")  # ready for the next one, with what the page had filled in
        expect(h.locator("[name=jenis]")).to_have_value("premi")
    expect(h.locator("#antre")).to_contain_text("2 catatan menunggu sambungan")
    h.reload()
    expect(h.locator("#antre")).to_contain_text("2 catatan menunggu sambungan")
    o.galat.clear()
    o.periksa_rapi()
    assert nilai() == []

    h.unroute("**/baru/**")
    o.buka(DAFTAR)  # any page that loads the script sends what waits
    terkirim(h)
    assert sorted(nilai()) == [100_000, 200_000]
    assert h.evaluate("Object.keys(localStorage).filter(k => k.startsWith('antre')).length") == 0


def test_dua_tab_masing_masing_sekali(orang: Callable[..., Orang]) -> None:
    o = orang("operator_ambon")
    h = o.buka(BARU)
    lain = o.konteks.new_page()
    lain.goto(o.alamat + DAFTAR)
    o.konteks.set_offline(True)
    for jumlah in ("100.000", "200.000", "300.000"):
        isi(h, jumlah)
        simpan(h)
        expect(h.locator("[name=nilai]")).to_have_value("")
    expect(lain.locator("#antre")).to_contain_text("3 catatan menunggu sambungan")
    dikirim: list[str] = []
    o.konteks.on("requestfinished", lambda r: dikirim.append(r.url) if r.method == "POST" else None)
    o.konteks.set_offline(False)
    terkirim(h)
    expect(lain.locator("#antre")).to_be_hidden()
    assert sorted(nilai()) == [100_000, 200_000, 300_000]
    assert len(dikirim) == 3, dikirim


def test_jawaban_hilang_dikirim_ulang_tetap_satu_baris(orang: Callable[..., Orang]) -> None:
    """The server wrote the row, the answer never came back."""
    o = orang("operator_ambon")
    h = o.buka(BARU)

    def telan(rute: Any) -> None:
        rute.fetch()
        rute.abort()

    h.route("**/baru/**", lambda r: telan(r) if r.request.method == "POST" else r.continue_())
    isi(h, "100.000")
    simpan(h)
    expect(h.locator("#antre")).to_contain_text("1 catatan menunggu sambungan")
    assert nilai() == [100_000]
    h.unroute("**/baru/**")
    h.get_by_role("button", name="Kirim sekarang").click()
    terkirim(h)
    assert nilai() == [100_000]


def test_yang_ditolak_kembali_ke_penulisnya(orang: Callable[..., Orang]) -> None:
    o = orang("operator_ambon", PONSEL)
    h = o.buka(BARU)
    putus(o)
    isi(h, "lima juta rupiah")
    simpan(h)
    expect(h.locator("[name=nilai]")).to_have_value("")
    isi(h, "700.000")
    simpan(h)
    expect(h.locator("#antre")).to_contain_text("2 catatan menunggu")
    h.unroute("**/baru/**")
    o.buka(DAFTAR)
    papan = h.locator("#antre")
    expect(papan).to_contain_text("1 catatan perlu diperbaiki")
    expect(papan).to_contain_text("tidak terbaca sebagai angka")
    expect(papan).not_to_contain_text("menunggu")
    assert nilai() == [700_000]
    o.klik(papan.get_by_role("link"))
    expect(h.locator("[name=nilai]")).to_have_value("lima juta rupiah")
    expect(h.locator("[name=jenis]")).to_have_value("pnbp")
    h.fill("[name=nilai]", "5.000.000")
    o.klik(h.locator("form[data-antre] button[type=submit]"))
    terkirim(h)
    assert nilai() == [700_000, 5_000_000]


def test_salah_isi_dan_pertanyaan_di_tempat(orang: Callable[..., Orang]) -> None:
    o = orang("operator_ambon")
    h = o.buka(BARU)
    isi(h, "1,234")
    simpan(h)
    expect(h.locator("#ringkasan-galat")).to_be_focused()
    expect(h.locator("#id_nilai_error")).to_contain_text("Betul?")
    expect(h.locator("[name=nomor]")).to_have_value("NTPN-1,234")
    assert "Galat" in h.title()
    o.galat.clear()
    o.periksa_rapi()
    h.fill("[name=nilai]", "1.234")
    o.klik(h.locator("form[data-antre] button[type=submit]"))

    o.buka(BARU)
    isi(h, "9.000", nomor="NTPN-1,234")
    simpan(h)
    expect(h.locator("#ringkasan-galat")).to_contain_text("sudah dicatat")
    o.galat.clear()
    o.periksa_rapi()
    h.get_by_text("Ya, memang benar.").click()
    h.get_by_label("Mengapa demikian?").fill("Dua setoran, satu bukti.")
    o.klik(h.locator("form[data-antre] button[type=submit]"))
    expect(h.locator("main")).to_contain_text("Dua setoran, satu bukti.")
    assert nilai() == [1234, 9000]


def test_orang_lain_tidak_mengirim_milik_saya(orang: Callable[..., Orang]) -> None:
    o = orang("operator_ambon")
    h = o.buka(BARU)
    putus(o)
    isi(h, "100.000")
    simpan(h)
    expect(h.locator("#antre")).to_contain_text("1 catatan menunggu")
    dia = Orang(o.konteks, o.alamat)
    dia.konteks.clear_cookies()
    dia.masuk("kepala_ambon")
    dia.buka(DAFTAR)
    expect(dia.halaman.locator("main")).to_contain_text("Belum ada catatan")
    expect(dia.halaman.locator("#antre")).to_be_hidden()
    # the tab that the first person left open
    h.unroute("**/baru/**")
    h.get_by_role("button", name="Kirim sekarang").click()
    expect(h.locator("#antre")).to_contain_text("Sekarang yang masuk Kepala Ambon")
    assert nilai() == []

    o.konteks.clear_cookies()
    dia.masuk("operator_ambon")
    dia.buka(DAFTAR)
    terkirim(dia.halaman)
    assert nilai() == [100_000]


def test_sesi_berakhir_menunggu_masuk_lagi(orang: Callable[..., Orang]) -> None:
    o = orang("operator_ambon")
    h = o.buka(BARU)
    isi(h, "100.000")
    o.konteks.clear_cookies()
    simpan(h)
    expect(h.locator("#antre")).to_contain_text("1 catatan menunggu sambungan")
    o.klik(h.locator("#antre").get_by_role("link", name="Masuk lagi"))
    h.fill("[name=nama]", "operator_ambon")
    h.fill("[name=sandi]", SANDI)
    o.klik(h.locator("main button[type=submit]"))
    terkirim(h)
    assert nilai() == [100_000]


def test_penyimpanan_ditutup_dikatakan(orang: Callable[..., Orang]) -> None:
    o = orang("operator_ambon")
    o.konteks.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('penuh', 'QuotaExceededError') }"
    )
    h = o.buka(BARU)
    putus(o)
    isi(h, "100.000")
    simpan(h)
    expect(h.locator("#antre")).to_contain_text("Penyimpanan perangkat ini penuh atau ditutup")
    expect(h.locator("[name=nilai]")).to_have_value("100.000")
    h.unroute("**/baru/**")
    o.klik(h.locator("form[data-antre] button[type=submit]"))
    assert nilai() == [100_000]


def test_data_warga_binaan_tidak_disimpan_di_perangkat(orang: Callable[..., Orang]) -> None:
    o = orang("operator_ambon")
    h = o.buka("/pangan/lapas-kelas-iia-ambon/catatan/penempatan/baru/")
    expect(h.locator("main")).to_contain_text("tidak disimpan di perangkat")
    putus(o)
    h.fill("[name=dari]", "3 Februari 2026")
    simpan(h)
    expect(h.locator("#antre")).to_contain_text("Isian hanya ada di halaman ini")
    expect(h.locator("[name=dari]")).to_have_value("3 Februari 2026")
    assert h.evaluate("JSON.stringify(localStorage)").find("Februari") == -1


def test_dua_orang_mengubah_bersamaan(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    o = orang("operator_ambon")
    h = o.buka(BARU)
    isi(h, "100.000")
    o.klik(h.locator("form[data-antre] button[type=submit]"))
    ubah = h.url.split("?")[0].removeprefix(o.alamat) + "ubah/"
    dia = orang("kepala_ambon")
    for satu, jumlah in ((o, "150.000"), (dia, "170.000")):
        satu.buka(ubah)
        satu.halaman.fill("[name=nilai]", jumlah)
    dia.klik(dia.halaman.locator("form[data-antre] button[type=submit]"))
    simpan(h)
    expect(h.locator("#bentrokan")).to_contain_text("Kepala Ambon")
    expect(h.locator("#bentrokan")).to_contain_text("Rp170.000")
    expect(h.locator("[name=nilai]")).to_have_value("150.000")
    o.galat.clear()
    o.periksa_rapi()
    o.klik(h.locator("form[data-antre] button[type=submit]"))
    expect(h.locator("main")).to_contain_text("Rp150.000")
    assert nilai() == [150_000]


def test_tanpa_javascript(orang: Callable[..., Orang]) -> None:
    o = orang("operator_ambon", PONSEL, js=False)
    h = o.buka(BARU)
    isi(h, "x")
    o.klik(h.locator("form[data-antre] button[type=submit]"))
    expect(h.locator("#ringkasan-galat")).to_contain_text("Nilai")
    h.fill("[name=nilai]", "100.000")
    o.klik(h.locator("form[data-antre] button[type=submit]"))
    expect(h.locator("main")).to_contain_text("Tercatat")
    assert nilai() == [100_000]


def test_petak_yang_dihapus_sementara_itu_dikatakan(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    """The entry is not sent for ever and not lost silently: it stays, says why, and goes when its writer says so."""
    kebun = Kebun(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    petak = kebun.petak(50, rencana="Ditanami")
    o = orang("operator_ambon", PONSEL)
    h = o.buka(f"/pangan/lapas-kelas-iia-ambon/petak/{petak.pk}/?aksi=rencana")
    assert h.locator("form[data-antre=tanpa-simpan] [name=rencana]").count() == 1  # a change waits on its page only
    h.goto(f"{o.alamat}/pangan/lapas-kelas-iia-ambon/catatan/pemanfaatan/baru/?isi_petak_id={petak.pk}")
    putus(o)
    h.select_option("[name=klaster]", "pertanian")
    h.fill("[name=dari]", "3 Februari 2026")
    simpan(h)
    expect(h.locator("#antre")).to_contain_text("1 catatan menunggu sambungan")
    kebun.hapus(PETAK, petak)
    h.unroute("**/baru/**")
    h.get_by_role("button", name="Kirim sekarang").click()
    expect(h.locator("#antre")).to_contain_text("1 catatan perlu diperbaiki")
    expect(h.locator("#antre")).to_contain_text("tidak ada di unit ini")
    h.once("dialog", lambda d: d.accept())
    h.get_by_role("button", name="Buang").click()
    expect(h.locator("#antre")).to_be_hidden()


def test_simpanan_yang_dipalsukan_hanya_teks(orang: Callable[..., Orang]) -> None:
    """Whoever can write into this browser's storage makes no script of it."""
    o = orang("operator_ambon")
    h = o.buka(BARU)
    h.evaluate(
        """() => {
          const o = document.getElementById('antre').dataset.orang;
          const jahat = '<img src=x onerror="document.title=1"><script>document.title=2</' + 'script>';
          const isi = {kunci: 'k', url: '/pangan/', halaman: 'javascript:document.title=3//', label: jahat,
                       pesan: jahat, pada: 1, isi: []};
          localStorage.setItem('antre:' + o + ':k', JSON.stringify(isi));
          localStorage.setItem('antre:' + o + ':rusak', '{');
          localStorage.setItem('antre:' + o + ':null', 'null');
        }"""
    )
    h.reload()
    expect(h.locator("#antre")).to_contain_text("<script>")
    assert h.locator("#antre img, #antre script").count() == 0
    h.locator("#antre a").first.click()
    h.wait_for_timeout(300)
    assert h.title() not in ("1", "2", "3")
    h.goto(o.alamat + BARU)
    h.evaluate("localStorage.clear()")
    o.galat.clear()
