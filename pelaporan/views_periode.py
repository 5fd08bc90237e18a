"""Months: open the next one, close, reopen. Every act names its effect on a page of its own first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pelaporan import selectors
from pelaporan.alur import Status
from pelaporan.halaman import kunci_baru
from pelaporan.models import Periode
from pelaporan.services_bulan import AKSI_BULAN, bulan_berikut, putuskan_bulan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import Bentrok, Ditolak, KunciTerpakai, TidakSah
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu, hari_ini

PER_HALAMAN = 24


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def periode(request: HttpRequest) -> HttpResponse:
    """GET lists the months; GET ?aksi=&bulan= names the effect; POST does it."""
    if not boleh(request.user, Izin.KELOLA_PERIODE):
        raise Ditolak("Bulan pelaporan dikelola oleh peninjau pusat dan admin aplikasi.")
    if request.method == "POST":
        return _putuskan(request)
    aksi = request.GET.get("aksi", "")
    if aksi:
        bulan = _baca_bulan(request.GET.get("bulan", ""))
        if aksi in AKSI_BULAN and bulan is not None:
            return _tanya(request, aksi, bulan)
    return _daftar(request)


def _baca_bulan(kode: str) -> Bulan | None:
    try:
        return Bulan.dari(kode)
    except GalatWaktu:
        return None


def _putuskan(request: HttpRequest) -> HttpResponse:
    aksi, bulan, kunci = (
        request.POST.get("aksi", ""),
        _baca_bulan(request.POST.get("bulan", "")),
        request.POST.get("kunci", ""),
    )
    try:
        if bulan is None:
            raise TidakSah("Bulan tidak terbaca. Muat ulang halaman, lalu coba lagi.")
        cakupan = request.cakupan  # type: ignore[attr-defined]
        hasil = putuskan_bulan(aksi=aksi, bulan=bulan, oleh=request.user, cakupan=cakupan, kunci=kunci)  # type: ignore[arg-type]
    except (Bentrok, KunciTerpakai, TidakSah) as galat:
        return _daftar(request, status=galat.status, galat=[{"pesan": galat.pesan, "sasaran": ""}])
    messages.success(request, _kalimat(aksi, bulan, hasil["jumlah"]))
    return redirect("pelaporan:periode")


def _kalimat(aksi: str, bulan: Bulan, jumlah: int) -> str:
    if aksi == "buka":
        return f"{bulan.nama} dibuka. {jumlah} laporan menjadi kewajiban UPT."
    if aksi == "tutup":
        return f"{bulan.nama} ditutup. {tulis_angka(jumlah)} laporan terverifikasi dikunci."
    return f"{bulan.nama} dibuka lagi. Laporan yang terkunci tetap terkunci."


def _daftar(request: HttpRequest, *, status: int = 200, **tambahan: Any) -> HttpResponse:
    cakupan = request.cakupan  # type: ignore[attr-defined]
    halaman = Paginator(selectors.daftar_periode(), PER_HALAMAN).get_page(request.GET.get("halaman"))
    hitung = selectors.hitung_status(cakupan, [p.bulan for p in halaman])
    isi = {
        "halaman": halaman,
        "bulan": [_baris(p, hitung.get(p.bulan, {})) for p in halaman],
        "berikut": bulan_berikut(),
        "boleh_tutup": boleh(request.user, Izin.KUNCI_LAPORAN),
        "boleh_bebas": boleh(request.user, Izin.BEBASKAN_KEWAJIBAN),
        "boleh_tagih": boleh(request.user, Izin.LIHAT_DASBOR),
        "boleh_surat": boleh(request.user, Izin.KELOLA_PENGGUNA),
        "permintaan": selectors.permintaan_pusat(selectors.cakupan_izin(request.user, Izin.BUKA_TERKUNCI)),
        **tambahan,
    }
    return render(request, "pelaporan/periode.html", isi, status=status)


def _baris(periode: Periode, hitung: dict[str, int]) -> dict[str, Any]:
    """Counts of a month in the order of a report's life."""
    return {
        "periode": periode,
        "bulan": Bulan.pada(periode.bulan),
        "belum": sum(hitung.get(s, 0) for s in (Status.BELUM, Status.DRAF, Status.SIAP)),
        "menunggu": hitung.get(Status.DIKIRIM, 0),
        "perbaikan": hitung.get(Status.DIKEMBALIKAN, 0),
        "terverifikasi": hitung.get(Status.TERVERIFIKASI, 0),
        "terkunci": hitung.get(Status.TERKUNCI, 0),
        "total": sum(hitung.values()),
    }


def _tanya(request: HttpRequest, aksi: str, bulan: Bulan) -> HttpResponse:
    """The page that names the effect before anything is done."""
    if aksi != "buka" and not boleh(request.user, Izin.KUNCI_LAPORAN):
        raise Ditolak("Hanya peninjau pusat yang menutup dan membuka lagi bulan.")
    cakupan = request.cakupan  # type: ignore[attr-defined]
    periode = selectors.daftar_periode().filter(bulan=bulan.awal).first()
    if (periode is None) != (aksi == "buka"):
        return redirect("pelaporan:periode")
    isi = {
        "aksi": aksi,
        "bulan": bulan,
        "berjalan": aksi == "tutup" and bulan.akhir >= hari_ini("WIB"),
        "hitung": _baris(periode, selectors.hitung_status(cakupan, [bulan.awal]).get(bulan.awal, {}))
        if periode
        else None,
        "sisa": selectors.sisa_per_kanwil(cakupan, bulan) if aksi == "tutup" else [],
        "kunci": kunci_baru(),
        "jalur": [{"label": "Periode", "url": request.path}],
    }
    return render(request, "pelaporan/periode_tanya.html", isi)
