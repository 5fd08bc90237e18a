"""Pages of threads. Every form works without a script and comes back to where it was sent from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pelaporan.catatan import services
from pelaporan.catatan.forms import FormCatatan
from pelaporan.catatan.selectors import alamat_sel, utas_laporan
from pelaporan.catatan.tempat import Tempat, baca_tempat, dapat_diusulkan
from pelaporan.halaman import alamat, ambil, jalur, kunci_baru
from pelaporan.models import Laporan
from pelaporan.selectors import isi_masuk, segarkan
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, GalatPortal, KunciTerpakai, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan
from upt.permintaan import Permintaan

_TERTUNDA = {"1": True, "0": False}


def bahan_utas(request: Permintaan, laporan: Laporan, tempat: Tempat, *, lanjut: str = "") -> dict[str, Any]:
    """What templates/pelaporan/_utas.html needs to show the talk about one place and to add to it."""
    pihak = services.sisi(request.user, laporan)
    berusul = pihak == "kanwil" and dapat_diusulkan(tempat, isi_masuk(laporan))
    return {
        "utas_tempat": utas_laporan(laporan, request.user, kode=tempat.kode).get(tempat.kode, []),
        "tempat": tempat,
        "form_catatan": FormCatatan(berusul=berusul, auto_id="catatan-%s") if pihak else None,
        "tertunda": services.tertunda_bagi(request.user, laporan),
        "kunci_catatan": kunci_baru(),
        "lanjut": lanjut or request.get_full_path(),
    }


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def catatan(request: Permintaan, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """The talk about one place (?sel=, empty for the whole report); POST adds a remark."""
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    if request.method != "POST":
        return _halaman(request, laporan, _tempat(laporan, request.GET.get("sel", "")))
    tempat = _tempat(laporan, request.POST.get("sel", ""))
    try:
        komentar = _tulis(request, laporan, tempat)
    except (Bentrok, KunciTerpakai, TidakSah) as galat:
        return _halaman(request, segarkan(laporan), tempat, galat=galat)
    kata = "ditulis; terkirim bersama putusan tinjauan" if komentar.terkirim_pada is None else "terkirim"
    messages.success(request, f"Catatan {kata}.")
    return redirect(_tujuan(request, laporan, tempat))


def _tempat(laporan: Laporan, sel: str) -> Tempat:
    tempat = baca_tempat(laporan.skema, sel)
    if tempat is None:
        raise TidakDitemukan("Butir ini tidak ada di formulir bulan tersebut.")
    return tempat


def _tulis(request: Permintaan, laporan: Laporan, tempat: Tempat) -> Any:
    return services.tulis_komentar(
        laporan_id=laporan.pk,
        kode=tempat.kode,
        teks=request.POST.get("teks", ""),
        usulan=request.POST.get("usulan"),
        oleh=request.user,
        cakupan=request.cakupan,
        tertunda=_TERTUNDA.get(request.POST.get("tertunda", "")),
        kunci=request.POST.get("kunci", ""),
    )


def _halaman(
    request: Permintaan, laporan: Laporan, tempat: Tempat, *, galat: GalatPortal | None = None
) -> HttpResponse:
    tujuan = request.POST.get("lanjut", "") if request.method == "POST" else ""
    bahan = bahan_utas(request, laporan, tempat, lanjut=tujuan)
    isi: dict[str, Any] = {
        "laporan": laporan,
        "jalur": jalur(laporan),
        "url_sel": alamat_sel(laporan, tempat),
        **bahan,
    }
    if galat is not None:
        isi["galat"] = [{"pesan": galat.pesan, "sasaran": _sasaran(galat)}]
        isi["tanya"] = galat.rincian.get("tanya", "")
        if bahan["form_catatan"] is not None:
            bahan["form_catatan"].initial = {n: request.POST.get(n, "") for n in ("teks", "usulan")}
    return render(request, "pelaporan/catatan.html", isi, status=galat.status if galat else 200)


def _sasaran(galat: GalatPortal) -> str:
    return "catatan-usulan" if galat.rincian.get("usulan") else "catatan-teks" if galat.rincian.get("teks") else ""


def _tujuan(request: Permintaan, laporan: Laporan, tempat: Tempat) -> str:
    """Back to the page the form stood on; only ever a page of this portal."""
    lanjut = request.POST.get("lanjut", "")
    if lanjut.startswith("/") and url_has_allowed_host_and_scheme(lanjut, allowed_hosts=None):
        bersih = urlsplit(lanjut)
        return bersih._replace(fragment=bersih.fragment or "catatan").geturl()
    return f"{alamat(laporan, 'catatan')}?sel={tempat.kode}"


# Acts on one thread or remark ----------------------------------------------------------------------------------


def _kerjakan(request: Permintaan, laporan: Laporan, kerja: Callable[..., Any], pesan: str, **apa: Any) -> HttpResponse:
    """Do one act; refusals are shown on the page of the place, with the talk as it now is."""
    tempat = _tempat(laporan, request.POST.get("sel", ""))
    try:
        kerja(oleh=request.user, cakupan=request.cakupan, **apa)
    except (Bentrok, TidakSah) as galat:
        return _halaman(request, segarkan(laporan), tempat, galat=galat)
    messages.success(request, pesan)
    return redirect(_tujuan(request, laporan, tempat))


@masuk_dulu
@require_POST
def hapus(request: Permintaan, kode: str, bulan: Bulan, formulir: str, komentar: int) -> HttpResponse:
    laporan = ambil(request, kode, bulan, formulir, Izin.ISI_LAPORAN, Izin.TINJAU_LAPORAN)
    return _kerjakan(request, laporan, services.hapus_tertunda, "Catatan dihapus.", komentar_id=komentar)


@masuk_dulu
@require_POST
def selesai(request: Permintaan, kode: str, bulan: Bulan, formulir: str, utas: int) -> HttpResponse:
    laporan = ambil(request, kode, bulan, formulir, Izin.ISI_LAPORAN, Izin.TINJAU_LAPORAN)
    return _kerjakan(request, laporan, services.selesaikan, "Catatan ditandai selesai.", utas_id=utas)


@masuk_dulu
@require_POST
def terapkan(request: Permintaan, kode: str, bulan: Bulan, formulir: str, komentar: int) -> HttpResponse:
    """The unit takes the reviewer's value."""
    laporan = ambil(request, kode, bulan, formulir, Izin.ISI_LAPORAN)
    teks = request.POST.get("versi", "")
    versi = int(teks) if teks.isascii() and teks.isdigit() and len(teks) < 10 else None
    return _kerjakan(
        request, laporan, services.terapkan_usulan, "Nilai usulan diterapkan.", komentar_id=komentar, versi=versi
    )


@masuk_dulu
@require_POST
def tolak(request: Permintaan, kode: str, bulan: Bulan, formulir: str, komentar: int) -> HttpResponse:
    """The unit keeps its value, with a reason."""
    laporan = ambil(request, kode, bulan, formulir, Izin.ISI_LAPORAN)
    return _kerjakan(
        request, laporan, services.tolak_usulan, "Usulan ditolak; alasan Anda terkirim.", komentar_id=komentar,
        alasan=request.POST.get("teks", ""),
    )  # fmt: skip
