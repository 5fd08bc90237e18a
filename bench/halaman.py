"""Pages, saving and login through the whole request path, as the web role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from bench.instansi import Ukuran, bulan_terakhir
from bench.pencatat import Pencatat, berselang, sebagai
from bench.ukur import Baris, Waktu, baris_rasio, persentil
from dasbor.contoh.akun import SANDI
from pelaporan.models import Laporan
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT

SEPELE = "/bench/sepele/"
UNIT = "lapas-kelas-iia-pekanbaru"
FORMULIR, BAGIAN = "F02", "penghuni_keluar"
"""The section with the most cells to type (32)."""
Biaya = dict[str, tuple[list[Waktu], list[Waktu]]]
"""Per page: repetitions of a block of requests, and of as many to the trivial page by the same person."""


@dataclass(frozen=True)
class Halaman:
    nama: str
    orang: Pengguna
    alamat: str


def daftar_halaman(bulan: Bulan) -> list[Halaman]:
    """The dashboards of this month; the unit's own pages are always about the running one."""
    with terpasang(SISTEM):
        upt = UPT.objects.select_related("kanwil").get(kode=UNIT)
        pimpinan, operator = petugas("pimpinan"), petugas("operator_upt", penugasan__upt=upt)
        verifikator = petugas("verifikator_kanwil", penugasan__kanwil=upt.kanwil)
    lalu = f"?bulan={bulan.kode}"
    bagian = reverse("pelaporan:bagian", args=[upt.kode, Bulan.kini(), FORMULIR, BAGIAN])
    return [
        Halaman("Halaman nasional", pimpinan, reverse("dasbor:nasional") + lalu),
        Halaman("Halaman Kanwil", verifikator, reverse("dasbor:kanwil", args=[upt.kanwil.slug]) + lalu),
        Halaman("Beranda unit", operator, reverse("pelaporan:beranda_upt", args=[upt.kode])),
        Halaman("Bagian formulir", operator, bagian),
    ]


def petugas(peran: str, **di: Any) -> Pengguna:
    """Somebody who serves in this role; inside a transaction with a scope."""
    return Pengguna.objects.filter(penugasan__peran=peran, **di).order_by("pk")[0]


def klien(orang: Pengguna) -> Client:
    satu = Client(raise_request_exception=True)
    satu.force_login(orang)
    return satu


@override_settings(ROOT_URLCONF="bench.url")
def biaya(ukuran: Ukuran, bulan: Bulan) -> Biaya:
    """Warm requests to every page, in blocks, taking turns with the trivial page."""
    with sebagai("web"):
        catat, hasil = Pencatat(), Biaya()
        for halaman in daftar_halaman(bulan):
            peramban = klien(halaman.orang)
            for alamat in (halaman.alamat, SEPELE) * 3:
                _ambil(peramban, alamat)
            blok = [_blok(catat, peramban, alamat, ukuran.halaman) for alamat in (halaman.alamat, SEPELE)]
            ini, sepele = berselang(5, *blok)
            hasil[halaman.nama] = (ini, sepele)
        return hasil


def _blok(catat: Pencatat, peramban: Client, alamat: str, n: int) -> Callable[[], Waktu]:
    return lambda: catat.ukur(lambda: [_ambil(peramban, alamat) for _ in range(n)])


def _ambil(peramban: Client, alamat: str) -> Any:
    jawaban = peramban.get(alamat)
    assert jawaban.status_code == 200, f"{alamat}: {jawaban.status_code}"
    return jawaban


def pertumbuhan(awal: Biaya, akhir: Biaya, kapan: str) -> list[Baris]:
    """How the cost of the same pages, showing as many months, grew with the facts behind them; in trivial pages
    of the same moment, so that the machine cancels out."""
    semua = []
    for nama in akhir:
        dulu, kini = _prosesor(*awal[nama]), _prosesor(*akhir[nama])
        semua.append(Baris(f"{nama}, {kapan}", kini / dulu, "×", 1.1, f"{dulu:.2f} → {kini:.2f} halaman sepele"))
    return semua


def _prosesor(ini: list[Waktu], sepele: list[Waktu]) -> float:
    return baris_rasio("", ini, sepele, None).nilai


def nasional(hasil: Biaya, ukuran: Ukuran) -> list[Baris]:
    ini, sepele = hasil["Halaman nasional"]
    return [
        baris_rasio("Halaman nasional : halaman sepele", ini, sepele, 2, f"per {ukuran.halaman} kali"),
        Baris(
            "Kueri halaman nasional",
            _kueri(daftar_halaman(bulan_terakhir())[0]),
            "kueri",
            10,
            "termasuk sesi, orang, dan cakupan",
        ),
    ]


@override_settings(ROOT_URLCONF="bench.url")
def _kueri(halaman: Halaman) -> int:
    banyak = 0

    def hitung(jalankan: Any, *isi: Any) -> Any:
        nonlocal banyak
        banyak += 1
        return jalankan(*isi)

    with sebagai("web"):
        peramban = klien(halaman.orang)
        _ambil(peramban, halaman.alamat)
        with connection.execute_wrapper(hitung):
            _ambil(peramban, halaman.alamat)
    return banyak


_BERTANDA = ("checkbox", "radio")


class _Isian(HTMLParser):
    """The fields of a page's forms: name → value, as a browser would send them back."""

    def __init__(self) -> None:
        super().__init__()
        self.medan: dict[str, str] = {}
        self.angka: list[str] = []
        self._pilihan = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        nama = a.get("name") or ""
        if tag == "select":
            self._pilihan = nama
            self.medan.setdefault(nama, "")
        elif tag == "option" and "selected" in a:
            self.medan[self._pilihan] = a.get("value") or ""
        elif tag == "input" and nama and (a.get("type") not in ("checkbox", "radio", "submit") or "checked" in a):
            self.medan[nama] = a.get("value") or ""
            if "angka" in (a.get("class") or "").split():
                self.angka.append(nama)


@override_settings(ROOT_URLCONF="bench.url")
def simpan(ukuran: Ukuran) -> list[Baris]:
    """Save a whole section without JavaScript: every cell changed, each time."""
    halaman = daftar_halaman(bulan_terakhir())[3]
    with sebagai("web"):
        peramban, lama, sepele = klien(halaman.orang), [], []
        for n in range(ukuran.halaman):
            isian = _Isian()
            isian.feed(_ambil(peramban, halaman.alamat).content.decode())
            sel = {nama: str(n + i % 9) for i, nama in enumerate(isian.angka[:40])}
            mulai = perf_counter()
            jawaban = peramban.post(halaman.alamat, {**isian.medan, **sel, "aksi": "simpan"})
            lama.append(perf_counter() - mulai)
            assert sel
            assert jawaban.status_code == 302, jawaban.content.decode()[:2000]
            sepele.append(_lama(lambda: _ambil(peramban, SEPELE)))
        return [_baris_p95(f"Simpan {len(sel)} sel, p95", lama, sepele)]


SEKALI_SIMPAN = 40
"""Cells of one autosave, as after pasting a block."""


@override_settings(ROOT_URLCONF="bench.url")
def simpan_otomatis(ukuran: Ukuran) -> list[Baris]:
    """The script's save of forty cells in one request, every one changed each time, and the section made anew."""
    operator, alamat = daftar_halaman(bulan_terakhir())[3].orang, reverse("pelaporan:simpan", args=_laporan())
    with sebagai("web"):
        peramban, lama, versi = klien(operator), [], dict.fromkeys(_kode_angka()[:SEKALI_SIMPAN], 0)
        assert len(versi) == SEKALI_SIMPAN
        _simpan_json(peramban, alamat, versi, "7")  # brings the versions of what was filled in before
        for n in range(ukuran.halaman):
            mulai = perf_counter()
            jawab = _simpan_json(peramban, alamat, versi, str(100 + n))
            lama.append(perf_counter() - mulai)
            assert len(jawab["tersimpan"]) == SEKALI_SIMPAN, jawab
    rinci = f"p50 {1000 * persentil(lama, 50):.0f} ms, {len(lama)} kali"
    return [Baris(f"Simpan otomatis {SEKALI_SIMPAN} sel, p95", 1000 * persentil(lama, 95), "ms", 150, rinci)]


def _laporan() -> list[Any]:
    return [UNIT, Bulan.kini(), FORMULIR]


def _kode_angka() -> list[str]:
    with terpasang(SISTEM):
        laporan = Laporan.objects.select_related("formulir_versi").get(
            upt__kode=UNIT, bulan=Bulan.kini().awal, formulir_id=FORMULIR
        )
    return [b.kode for b in laporan.skema.butir.values() if b.angka and b.diketik]


def _simpan_json(peramban: Client, alamat: str, versi: dict[str, int], teks: str) -> dict[str, Any]:
    """One autosave; notes the versions the server answers with, also those of conflicts."""
    ubah = [{"kode": kode, "teks": teks, "versi": v} for kode, v in versi.items()]
    jawaban = peramban.post(alamat, {"bagian": BAGIAN, "perubahan": ubah}, content_type="application/json")
    assert jawaban.status_code == 200, jawaban.content.decode()[:2000]
    isi: dict[str, Any] = jawaban.json()
    versi.update({kode: hasil["versi"] for kode, hasil in {**isi["tersimpan"], **isi["konflik"]}.items()})
    return isi


@override_settings(ROOT_URLCONF="bench.url")
def masuk(ukuran: Ukuran) -> list[Baris]:
    """Login with a right password, against hashing that password once (the price of Argon2id itself)."""
    orang = daftar_halaman(bulan_terakhir())[0].orang
    alamat, isi = reverse("akun:masuk"), {"nama": orang.nama_pengguna, "sandi": SANDI}
    with sebagai("web"):
        lama, sandi = [], []
        for _ in range(max(ukuran.halaman // 2, 5)):
            peramban = Client()
            mulai = perf_counter()
            jawaban = peramban.post(alamat, isi)
            lama.append(perf_counter() - mulai)
            assert jawaban.status_code == 302
            sandi.append(_lama(lambda: orang.check_password(SANDI)))
    return [_baris_p95("Masuk, p95 : satu pemeriksaan sandi", lama, sandi)]


def _baris_p95(nama: str, lama: list[float], dasar: list[float], sasaran: float | None = None) -> Baris:
    p95, acuan = persentil(lama, 95), persentil(dasar, 95)
    rinci = f"p50 {1000 * persentil(lama, 50):.0f} ms, p95 {1000 * p95:.0f} ms; acuan p95 {1000 * acuan:.1f} ms"
    return Baris(nama, p95 / acuan, "×", sasaran, rinci)


def _lama(kerja: Callable[[], Any]) -> float:
    mulai = perf_counter()
    kerja()
    return perf_counter() - mulai
