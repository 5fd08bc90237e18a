"""How fast verification goes, by Kanwil, and which items come back; every figure opens the reports behind it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from pelaporan.antrean import statistik as hitung
from pelaporan.antrean.statistik import UKURAN
from pelaporan.selectors import cakupan_izin
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan

PER_HALAMAN = 50


def _pintu(request: HttpRequest, *, pemilik_formulir: bool = False) -> Cakupan:
    """The regions whose work this person may look at: reviewers their own, the nation's readers all."""
    nasional = cakupan_izin(request.user, Izin.LIHAT_DASBOR)
    if nasional.nasional:
        return nasional
    if boleh(request.user, Izin.TINJAU_LAPORAN):
        return cakupan_izin(request.user, Izin.TINJAU_LAPORAN)
    if pemilik_formulir and boleh(request.user, Izin.KELOLA_FORMULIR):
        return cakupan_izin(request.user, Izin.KELOLA_FORMULIR)
    raise Ditolak("Halaman ini untuk Kanwil dan Pusat.")


def _jalur(request: HttpRequest) -> list[dict[str, str]]:
    if boleh(request.user, Izin.TINJAU_LAPORAN):
        return [{"label": "Verifikasi", "url": reverse("pelaporan:antrean")}]
    return [{"label": "Dasbor", "url": reverse("dasbor:nasional")}] if boleh(request.user, Izin.LIHAT_DASBOR) else []


def _rentang() -> tuple[Bulan, Bulan]:
    return hitung.rentang(Bulan.kini())


@login_required
@require_GET
def statistik(request: HttpRequest) -> HttpResponse:
    """Velocity: one row for every Kanwil of the scope."""
    cakupan, (dari, sampai) = _pintu(request), _rentang()
    isi = {
        "jalur": _jalur(request),
        "baris": hitung.kecepatan(cakupan, dari, sampai),
        "nasional": cakupan.nasional,
        "dari": dari,
        "sampai": sampai,
    }
    return render(request, "pelaporan/statistik.html", isi)


@login_required
@require_GET
def rinci(request: HttpRequest) -> HttpResponse:
    """The sends behind one figure of the table."""
    cakupan, (dari, sampai) = _pintu(request), _rentang()
    ukuran, slug = request.GET.get("ukuran", ""), request.GET.get("kanwil", "")
    if ukuran not in UKURAN:
        raise TidakDitemukan("Angka ini tidak ada. Buka dari tabel kecepatan verifikasi.")
    semua: Any = _Kiriman(cakupan, dari, sampai, ukuran, slug)
    halaman = Paginator(semua, PER_HALAMAN).get_page(request.GET.get("halaman"))
    isi = {
        "jalur": [*_jalur(request), {"label": "Kecepatan verifikasi", "url": reverse("pelaporan:statistik")}],
        "judul": UKURAN[ukuran][0],
        "halaman": halaman,
        "dari": dari,
        "sampai": sampai,
    }
    return render(request, "pelaporan/statistik_rinci.html", isi)


class _Kiriman:
    """The sends as a sequence that fetches only the page that is shown."""

    def __init__(self, cakupan: Cakupan, dari: Bulan, sampai: Bulan, ukuran: str, slug: str) -> None:
        self._kunci: dict[str, Any] = {"ukuran": ukuran, "slug": slug}
        self._lingkup = (cakupan, dari, sampai)

    def __len__(self) -> int:
        return hitung.kiriman(*self._lingkup, **self._kunci, mulai=0, banyak=1)[1]

    def __getitem__(self, potong: slice) -> list[hitung.Kiriman]:
        banyak = (potong.stop or 0) - (potong.start or 0)
        return hitung.kiriman(*self._lingkup, **self._kunci, mulai=potong.start or 0, banyak=banyak)[0]


@login_required
@require_GET
def butir(request: HttpRequest) -> HttpResponse:
    """Items by return rate; with ?formulir=&butir= the returns that named one."""
    cakupan, (dari, sampai) = _pintu(request, pemilik_formulir=True), _rentang()
    baris = hitung.butir_kembali(cakupan, dari, sampai)
    formulir, kode = request.GET.get("formulir", ""), request.GET.get("butir", "")
    dipilih = next((b for b in baris if (b.formulir, b.kode) == (formulir, kode)), None)
    if kode and dipilih is None:
        raise TidakDitemukan("Butir ini tidak pernah dikembalikan pada bulan-bulan itu.")
    isi = {
        "jalur": _jalur(request),
        "baris": baris,
        "dipilih": dipilih,
        "kejadian": hitung.pengembalian_butir(cakupan, dari, sampai, formulir, kode) if dipilih else [],
        "boleh_laporan": boleh(request.user, Izin.LIHAT_LAPORAN),
        "batas": hitung.BATAS_PERSEN,
        "dari": dari,
        "sampai": sampai,
    }
    return render(request, "pelaporan/statistik_butir.html", isi)
