"""What a first visit costs on a thin link and an old PC: bytes, requests and elements of the real pages, filled.

The office of this test is as large as the real one where it matters: a unit with every form, a Kanwil with 30 units,
33 Kanwil. `pytest -s` prints the table.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from playwright.sync_api import Page, Route

from dasbor import agregasi
from pelaporan.models import Laporan
from pelaporan.services_periode import buka_periode
from pemasyarakatan.inti.waktu import Bulan
from remisi.calon.susun import hitung_unit
from tests.conftest import sebagai
from tests.dunia import Dunia, kirim
from tests.pangan.bantu import Kebun
from tests.peramban.conftest import Orang
from tests.remisi.bantu_kasus import Meja, kesempatan, layak
from tests.umkm.bantu import Unit
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT, Kanwil

AGUSTUS = Bulan(2026, 8)
AMBON = "lapas-kelas-iia-ambon"
BANYAK_UNIT, BANYAK_KANWIL, BANYAK_FORMULIR = 30, 33, 17
BANYAK_SEL = 30
BANYAK_PETAK = 16
BANYAK_PRODUK = 20
BANYAK_ORANG = 60
SEHALAMAN = 50


class Batas(NamedTuple):
    """Target and hard limit of a page: kilobytes in all, and elements."""

    sasaran: int
    keras: int
    elemen: int


@dataclass
class Biaya:
    """What one page asked of the network and of the browser."""

    halaman: str
    kb: float
    kb_js: float
    kb_huruf: float
    permintaan: int
    elemen: int

    def melanggar(self, batas: Batas) -> list[str]:
        langgar = {
            f"{self.kb:.1f} kB > {batas.keras} kB": self.kb > batas.keras,
            f"JS {self.kb_js:.1f} kB > {JS_KERAS} kB": self.kb_js > JS_KERAS,
            f"font {self.kb_huruf:.1f} kB": self.kb_huruf > 0,
            f"{self.permintaan} permintaan > {PERMINTAAN_KERAS}": self.permintaan > PERMINTAAN_KERAS,
            f"{self.elemen} elemen > {batas.elemen}": self.elemen > batas.elemen,
        }
        return [f"{self.halaman}: {kata}" for kata, ya in langgar.items() if ya]


JS_KERAS, PERMINTAAN_KERAS = 40, 10
FORMULIR, DASBOR = 1500, 3000
_MASUK, _BERANDA, _ISIAN, _NASIONAL = (
    Batas(15, 30, FORMULIR), Batas(25, 50, FORMULIR), Batas(30, 60, FORMULIR), Batas(60, 100, DASBOR),
)  # fmt: skip
_MATRIKS = Batas(30, 60, DASBOR)
_REGISTER = Batas(25, 30, FORMULIR)


def _besarkan(d: Dunia) -> None:
    """More Kanwil and units, and a month with every form, as the owner: the office as it is."""
    with sebagai("pemilik"), terpasang(SISTEM):
        for n in range(BANYAK_KANWIL - 2):
            Kanwil.objects.create(
                kode=f"{20 + n}", slug=f"wilayah-{n}", nama=f"Kantor Wilayah Ditjenpas Wilayah {n}",
                nama_pendek=f"Wilayah {n}", singkatan=f"W{n:02}", zona="WIB", petak_baris=6 + n // 8,
                petak_kolom=1 + n % 8, provinsi=[f"Provinsi {n}"],
            )  # fmt: skip
        maluku = d.kanwil["maluku"]
        for n in range(BANYAK_UNIT - 2):
            UPT.objects.create(
                kode=f"rutan-kelas-iib-contoh-{n}", nama=f"Rumah Tahanan Negara Kelas IIB Contoh {n}", jenis="RUTAN",
                kanwil=maluku, zona="WIT",
            )  # fmt: skip
        for bulan in (Bulan(2026, 1), AGUSTUS):
            buka_periode(bulan=bulan)
    for formulir in ("F01", "F02", "F06"):
        kirim(d.laporan(d.ambon, formulir), d.kepala_ambon)
        kirim(d.laporan(d.masohi, formulir), d.kepala_masohi)
    agregasi.proses_kotor()


def _kebun(d: Dunia) -> str:
    """A unit's food register with many plots, all in use; the address of one of them."""
    kebun = Kebun(d.ambon, d.operator_ambon)
    for n in range(BANYAK_PETAK):
        petak = kebun.petak(100, nama=f"Kebun belakang blok {n}")
        kebun.pakai(petak)
        siklus = kebun.tanam(petak)
        kebun.panen(siklus)
    return f"/pangan/{AMBON}/petak/{petak.pk}/"


def _dagang(d: Dunia) -> str:
    """A unit's register of enterprises with many products, all sold; the address of one of them."""
    unit = Unit(d.ambon, d.operator_ambon)
    for n in range(BANYAK_PRODUK):
        produk = unit.produk(f"Keripik pisang rasa {'abcdefghijklmnopqrstuvwxyz'[n % 26]}{n}")
        unit.harga(produk)
        unit.buat(produk, 100, AGUSTUS.awal)
        unit.jual(produk, 5, AGUSTUS.akhir)
    return f"/umkm/{AMBON}/produk/{produk.pk}/"


def _remisi(d: Dunia) -> tuple[str, str]:
    """A unit's register of inmates with an occasion computed; the address of one person, and of the occasion."""
    orang = layak(d.ambon, d.operator_ambon, BANYAK_ORANG, salinan_putusan=None)
    k = kesempatan()
    Meja(d).usulkan(orang[:20], k)
    with terpasang(SISTEM):
        hitung_unit(kesempatan=k, upt=d.ambon, oleh=None, cakupan=SISTEM)
    return f"/warga/{AMBON}/{orang[0]}/", f"/remisi/upt/{AMBON}/{k.slug}/"


def _bagian_besar(d: Dunia) -> str:
    """Address of the section with the most cells to type, of the unit's month with every form."""
    with terpasang(SISTEM):
        semua = Laporan.objects.select_related("formulir_versi").filter(upt=d.ambon, bulan=AGUSTUS.awal)
        calon = [
            (sum(b.diketik for b in bagian.butir), laporan.formulir_id, bagian.kode)
            for laporan in semua
            for bagian in laporan.skema.bagian
        ]
    _, formulir, kode = max(calon)
    return f"/laporan/{AMBON}/{AGUSTUS}/{formulir}/isi/{kode}/"


def _ukur(halaman: Page, nama: str, alamat: str) -> Biaya:
    """Load once with an empty cache; bodies are counted as gzip sends them."""
    besar: dict[str, list[int]] = {}

    def teruskan(rute: Route) -> None:
        balas = rute.fetch(max_redirects=0)
        besar.setdefault(rute.request.resource_type, []).append(len(gzip.compress(balas.body(), 6)))
        rute.fulfill(response=balas)

    halaman.goto("about:blank")
    halaman.route("**/*", teruskan)  # interception also switches the browser's cache off
    jawaban = halaman.goto(alamat, wait_until="networkidle")
    assert jawaban is not None
    assert jawaban.status == 200, (alamat, jawaban.status)
    kb = {jenis: sum(isi) / 1000 for jenis, isi in besar.items()}
    permintaan = sum(map(len, besar.values()))
    elemen = halaman.evaluate("document.querySelectorAll('*').length")
    return Biaya(nama, sum(kb.values()), kb.get("script", 0.0), kb.get("font", 0.0), permintaan, elemen)


def test_setiap_halaman_dalam_anggarannya(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    _besarkan(d)
    unit = f"/laporan/{AMBON}"
    seorang, calon = _remisi(d)
    rencana: list[tuple[str, str, str, Batas]] = [
        ("Masuk", "", "/masuk/", _MASUK),
        ("Beranda unit", "kepala_ambon", f"/upt/{AMBON}/?bulan={AGUSTUS}", _BERANDA),
        ("Bagian terbesar", "operator_ambon", _bagian_besar(d), _ISIAN),
        ("Periksa bulan", "kepala_ambon", f"{unit}/{AGUSTUS}/kirim/", _ISIAN),
        ("Register pangan", "operator_ambon", f"/pangan/{AMBON}/", _REGISTER),
        ("Petak", "operator_ambon", _kebun(d), _REGISTER),
        ("Orang pangan", "operator_ambon", f"/pangan/{AMBON}/orang/", _REGISTER),
        ("Asal F06", "operator_ambon", f"/pangan/{AMBON}/asal/2026-01/", _REGISTER),
        ("Produk", "operator_ambon", _dagang(d), _REGISTER),
        ("Register UMKM", "operator_ambon", f"/umkm/{AMBON}/?gambar=tanpa", _REGISTER),
        ("Bagi hasil", "operator_ambon", f"/umkm/{AMBON}/bagi/{AGUSTUS}/", _REGISTER),
        ("Asal F07", "operator_ambon", f"/umkm/{AMBON}/asal/{AGUSTUS}/", _REGISTER),
        ("Register warga", "operator_ambon", f"/warga/{AMBON}/", _REGISTER),
        ("Orang register", "operator_ambon", seorang, _REGISTER),
        ("Hasil SPPN", "operator_ambon", f"/warga/{AMBON}/sppn/", _REGISTER),
        ("Remisi unit", "operator_ambon", f"/remisi/upt/{AMBON}/", _REGISTER),
        ("Calon penerima", "operator_ambon", calon, _REGISTER),
        ("Usulan unit", "operator_ambon", f"/remisi/antrean/?upt={AMBON}", _REGISTER),
        ("Integrasi", "operator_ambon", f"/remisi/upt/{AMBON}/integrasi/", _REGISTER),
        ("Asal F03", "operator_ambon", f"/remisi/upt/{AMBON}/asal/{AGUSTUS}/", _REGISTER),
        ("Matriks Kanwil", "verifikator_maluku", "/kelengkapan/maluku/?tahun=2026", _MATRIKS),
        ("Antrean", "verifikator_maluku", "/verifikasi/", _ISIAN),
        ("Tinjau", "verifikator_maluku", f"{unit}/2026-01/F02/tinjau/", _ISIAN),
        ("Dasbor nasional", "peninjau", "/dasbor/?bulan=2026-01", _NASIONAL),
    ]
    hasil = []
    for nama, siapa, jalur, batas in rencana:
        satu = orang(siapa)
        biaya = _ukur(satu.halaman, nama, satu.alamat + jalur)
        _periksa_isi(nama, satu.halaman)
        hasil.append((biaya, batas))
        satu.konteks.close()
    print("\n" + _tabel(hasil))
    langgar = [kata for biaya, batas in hasil for kata in biaya.melanggar(batas)]
    assert not langgar, "\n".join(langgar) + "\n" + _tabel(hasil)


_ISI: dict[str, tuple[str, int]] = {
    "Beranda unit": (f"main a[href*='/{AGUSTUS}/F'], main a[href*='/{AGUSTUS}/K']", BANYAK_FORMULIR),
    "Bagian terbesar": ("main input[name^='s|'], main input.angka", BANYAK_SEL),
    "Register pangan": ("main .kartu h3 a", BANYAK_PETAK),
    "Asal F06": ("main details a[href*='/catatan/panen/']", BANYAK_PETAK),
    "Register UMKM": ("main .kartu h3 a", BANYAK_PRODUK),
    "Asal F07": ("main tbody th a[href*='/produk/']", BANYAK_PRODUK),
    "Register warga": ("main tbody th a", SEHALAMAN),
    "Hasil SPPN": ("main tbody th a", SEHALAMAN),
    "Calon penerima": ("main tbody th a", SEHALAMAN),
    "Usulan unit": ("main tbody th a", 20),
    "Matriks Kanwil": ("main tbody tr", BANYAK_UNIT),
    "Antrean": ("main a[href*='/tinjau/']", 6),
    "Dasbor nasional": ("main svg a", BANYAK_KANWIL),
}
"""What must be on a page so that measuring it means something: a selector and how many."""


def _periksa_isi(nama: str, halaman: Page) -> None:
    if nama in _ISI:
        pemilih, banyak = _ISI[nama]
        assert halaman.locator(pemilih).count() >= banyak, (nama, halaman.locator(pemilih).count(), halaman.url)


def _tabel(semua: list[tuple[Biaya, Batas]]) -> str:
    kepala = f"{'Halaman':<18}{'kB gz':>8}{'sasaran':>9}{'batas':>7}{'JS':>7}{'permintaan':>12}{'elemen':>8}"
    baris: list[Any] = [kepala]
    for b, batas in semua:
        tanda = " di atas sasaran" if b.kb > batas.sasaran else ""
        baris.append(
            f"{b.halaman:<18}{b.kb:>8.1f}{batas.sasaran:>9}{batas.keras:>7}{b.kb_js:>7.1f}{b.permintaan:>12}"
            f"{b.elemen:>8}{tanda}"
        )
    return "\n".join(baris)
