"""Notices, the chase list, the calendar of a unit, and the outbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pelaporan.models import Tagihan
from pelaporan.selectors_isian import upt_terlihat
from pelaporan.tenggat import kalender as kal
from pelaporan.tenggat import selectors as baca
from pelaporan.tenggat import services_kabar, surat
from pelaporan.tenggat.langkah import tangga_pada
from pelaporan.tenggat.nomor import tulis_nomor
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import View, masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu, hari_ini, sekarang
from upt.permintaan import Permintaan

SEHALAMAN = 50
# A form that is answered with the way to WhatsApp: Chromium holds every hop against form-action.
_KE_WA: Callable[[View], View] = csp_update(  # type: ignore[assignment]
    {"form-action": ["https://wa.me", "https://api.whatsapp.com"]}
)


# ---------------------------------------------------------------- notices


@never_cache
@masuk_dulu
@require_safe
def kabar(request: Permintaan) -> HttpResponse:
    """Notices of the own units and the own Kanwil, grouped by report, newest first."""
    semua = baca.kabar_saya(request.cakupan).select_related("laporan__upt", "laporan__formulir", "upt").order_by("-id")
    halaman = Paginator(semua, SEHALAMAN).get_page(request.GET.get("halaman"))
    atur = baca.pengaturan(request.user)
    isi = {
        "halaman": halaman,
        "kelompok": baca.kelompok_kabar(halaman, atur.dibaca_sampai),
        "atur": atur,
        "teratas": max((n.pk for n in halaman), default=0),
        "tangga": tangga_pada(hari_ini()),
        "surel_aktif": settings.SUREL_AKTIF,
    }
    return render(request, "pelaporan/kabar.html", isi)


@masuk_dulu
@require_POST
def kabar_dibaca(request: Permintaan) -> HttpResponse:
    teks = request.POST.get("sampai", "")
    if not (teks.isascii() and teks.isdigit() and len(teks) < 18):
        raise TidakSah("Halaman ini tidak lengkap. Muat ulang, lalu coba lagi.")
    services_kabar.tandai_dibaca(sampai=int(teks), oleh=request.user, cakupan=request.cakupan)
    return redirect("pelaporan:kabar")


@masuk_dulu
@require_POST
def kabar_atur(request: Permintaan) -> HttpResponse:
    mau = request.POST.get("surel") == "ya"
    services_kabar.atur_surel(mau=mau, oleh=request.user)
    messages.success(request, "Pengingat juga dikirim ke surel." if mau else "Pengingat hanya muncul di portal.")
    return redirect("pelaporan:kabar")


# ---------------------------------------------------------------- chasing


@never_cache
@masuk_dulu
@require_safe
@_KE_WA
def tagihan(request: Permintaan) -> HttpResponse:
    """Who still owes in a month: units for a Kanwil, one row per Kanwil for the nation."""
    menagih = boleh(request.user, Izin.TINJAU_LAPORAN)
    nasional = request.cakupan.nasional and boleh(request.user, Izin.LIHAT_DASBOR)
    if not (menagih or nasional):
        raise Ditolak("Daftar tagihan dibaca oleh Kanwil dan Pusat.")
    semua, kini = baca.bulan_tagihan(request.cakupan), sekarang()
    bulan = _bulan(request) or next((b for b in semua if b < Bulan.kini()), semua[0] if semua else Bulan.kini() - 1)
    kanwil = request.GET.get("kanwil", "")[:40]
    per_upt = menagih or bool(kanwil)
    batas = baca.batas_diam(bulan)
    baris = baca.penunggak(request.cakupan, bulan, kanwil=kanwil) if per_upt else []
    isi = {
        "bulan": bulan,
        "semua_bulan": sorted({bulan, *semua}, reverse=True),
        "menagih": menagih,
        "baris": baris,
        "kanwil": [] if per_upt else baca.tagihan_per_kanwil(request.cakupan, bulan, kini),
        "kanwil_terpilih": kanwil,
        "per_upt": per_upt,
        "batas_diam": batas,
        "diam": hari_ini() > batas,
        "terlambat": sum(p.hari > 0 for p in baris),
        "kini": kini,
        "baca_bebas": menagih or boleh(request.user, Izin.BEBASKAN_KEWAJIBAN),
        "tangga": tangga_pada(hari_ini()),
    }
    return render(request, "pelaporan/tagihan.html", isi)


def _portal(request: Permintaan) -> str:
    """How people reach the portal: as configured, else as this person has just reached it."""
    return settings.ALAMAT_DIATUR or request.build_absolute_uri("/").rstrip("/")


def _bulan(request: Permintaan) -> Bulan | None:
    kode = request.GET.get("bulan") or request.POST.get("bulan") or ""
    try:
        return Bulan.dari(kode) if kode else None
    except GalatWaktu as galat:
        raise TidakDitemukan(galat.pesan) from galat


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
@_KE_WA
def tagih(request: Permintaan, kode: str) -> HttpResponse:
    """GET shows the prepared message and what was tried; POST notes the attempt, then opens the way."""
    bulan = _bulan(request) or Bulan.kini() - 1
    upt = upt_terlihat(request.cakupan, request.user, kode)
    if not boleh(request.user, Izin.TINJAU_LAPORAN, upt):
        raise Ditolak("Hanya petugas Kanwil yang menagih UPT di wilayahnya.")
    galat: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            return _tagih(request, kode, bulan)
        except TidakSah as salah:
            galat = [{"pesan": salah.pesan, "sasaran": ""}]
    p = services_kabar.satu_penunggak(request.cakupan, kode, bulan)
    isi: dict[str, Any] = {
        "upt": upt,
        "bulan": bulan,
        "p": p,
        "nomor": tulis_nomor(p.nomor) if p and p.nomor else "",
        "teks": request.POST.get("teks", "") or (services_kabar.teks_tagihan(p, bulan, _portal(request)) if p else ""),
        "catatan": request.POST.get("catatan", ""),
        "riwayat": baca.riwayat_tagihan(request.cakupan, upt, bulan),
        "surel_aktif": settings.SUREL_AKTIF,
        "galat": galat,
        "jalur": [{"label": "Tagihan", "url": f"{reverse('pelaporan:tagihan')}?bulan={bulan}"}],
    }
    return render(request, "pelaporan/tagih.html", isi, status=400 if galat else 200)


def _tagih(request: Permintaan, kode: str, bulan: Bulan) -> HttpResponse:
    catatan, url = services_kabar.tagih(
        kode=kode,
        bulan=bulan,
        saluran=request.POST.get("saluran", ""),
        teks=request.POST.get("teks", ""),
        catatan=request.POST.get("catatan", ""),
        portal=_portal(request),
        oleh=request.user,
        cakupan=request.cakupan,
    )
    if url:
        return HttpResponseRedirect(url)  # built by `tautan_wa`: https://wa.me/62… and nothing else
    surel = catatan.saluran == Tagihan.Saluran.SUREL and settings.SUREL_AKTIF
    messages.success(request, "Surel masuk ke kotak keluar dan segera dikirim." if surel else "Catatan disimpan.")
    return redirect(f"{reverse('pelaporan:tagih', args=[kode])}?bulan={bulan}")


# ---------------------------------------------------------------- the calendar


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def kalender(request: Permintaan, kode: str) -> HttpResponse:
    """GET shows the secret address, POST makes a new one."""
    upt = upt_terlihat(request.cakupan, request.user, kode)
    if not boleh(request.user, Izin.ISI_LAPORAN, upt):
        raise Ditolak("Alamat kalender hanya untuk petugas UPT ini.")
    if request.method == "POST":
        services_kabar.buat_kalender(upt=upt, oleh=request.user)
        messages.success(request, "Alamat kalender baru dibuat. Alamat lama, bila ada, tidak berlaku lagi.")
        return redirect("pelaporan:kalender", kode)
    ada = kal.kalender_unit(upt)
    isi = {
        "upt": upt,
        "kalender": ada,
        "alamat": kal.alamat_kalender(ada, _portal(request)) if ada else "",
        "jalur": [{"label": upt.nama, "url": reverse("pelaporan:beranda_upt", args=[kode])}],
    }
    return render(request, "pelaporan/kalender.html", isi)


@require_safe
def kalender_ics(request: HttpRequest, kunci: str) -> HttpResponse:
    """The feed for calendar programs: no login, the address is the key."""
    jawaban = HttpResponse(kal.baca_kalender(kunci), content_type="text/calendar; charset=utf-8")
    jawaban["Cache-Control"] = "no-store"
    jawaban["Content-Disposition"] = 'inline; filename="tenggat-laporan.ics"'
    jawaban["X-Robots-Tag"] = "noindex"
    return jawaban


# ---------------------------------------------------------------- the outbox


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def kotak_surat(request: Permintaan) -> HttpResponse:
    """Letters by state for the administrator; POST tries failed ones again."""
    if not boleh(request.user, Izin.KELOLA_PENGGUNA):
        raise Ditolak("Kotak surat keluar dikelola oleh admin aplikasi.")
    if request.method == "POST":
        return _ulangi(request)
    hitung = surat.hitung_surat(request.cakupan)
    keadaan = request.GET.get("keadaan", "")
    keadaan = keadaan if keadaan in hitung else "gagal" if hitung["gagal"] else "menunggu"
    isi = {
        "hitung": hitung,
        "keadaan": keadaan,
        "halaman": Paginator(surat.daftar_surat(request.cakupan, keadaan), SEHALAMAN).get_page(
            request.GET.get("halaman")
        ),
        "surel_aktif": settings.SUREL_AKTIF,
        "maks": surat.MAKS_PERCOBAAN,
        "jalur": [{"label": "Periode", "url": reverse("pelaporan:periode")}],
    }
    return render(request, "pelaporan/surat.html", isi)


def _ulangi(request: Permintaan) -> HttpResponse:
    teks = request.POST.get("surat", "")
    satu = int(teks) if teks.isascii() and teks.isdigit() and len(teks) < 18 else None
    try:
        jumlah = surat.ulangi_surat(surat_id=satu, oleh=request.user, cakupan=request.cakupan)
    except Bentrok as galat:
        messages.error(request, galat.pesan)
    else:
        messages.success(request, f"{jumlah} surat dicoba lagi dalam beberapa menit.")
    return redirect("pelaporan:surat")
