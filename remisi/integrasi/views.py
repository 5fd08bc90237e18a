"""Pages of integration of one unit: the calendar, one person in full, and where F03 comes from."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pelaporan.register.halaman_asal import Asuhan, halaman_asal
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, GalatPortal, TidakSah
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from remisi.integrasi import selectors as baca
from remisi.integrasi.forms import BERJALAN, JUDUL, KURANG, SUDAH, FormLihat, FormUsul
from remisi.integrasi.kalender import NAMA
from remisi.integrasi.selectors import LABEL, SatuOrang
from remisi.integrasi.selectors_tahanan import daftar_tahanan
from remisi.usulan import alur, services
from upt.models import UPT
from upt.permintaan import Permintaan

SEHALAMAN = 25
ASUHAN = Asuhan("remisi", "F03", "usulannya")


def jalur(upt: UPT, *lagi: tuple[str, str]) -> list[dict[str, str]]:
    """The drill path: the unit's cases, its integration, and what lies below."""
    semua = [("Remisi dan integrasi", reverse("remisi:unit", args=[upt.kode])), *lagi]
    return [{"label": label, "url": url} for label, url in semua]


def jalur_integrasi(upt: UPT) -> tuple[str, str]:
    return "Integrasi", reverse("remisi:integrasi", args=[upt.kode])


@never_cache
@masuk_dulu
@require_safe
def unit(request: Permintaan, kode: str) -> HttpResponse:
    """Who reaches which date when: twelve months, and the persons of the days asked for."""
    upt = baca.unit_integrasi(request.cakupan, request.user, kode)
    kini = hari_ini(upt.zona)
    semua = baca.titian_unit(upt, kini)
    kalender = baca.kalender(semua, kini)
    form = FormLihat(request.GET, bulan=[b.bulan for b in kalender])
    lihat, bulan = form.pilihan
    berkasus = baca.berkasus(upt)
    menurut = {k: baca.saring(semua, kini, bulan=None, lihat=k, berkasus=berkasus) for k in JUDUL}
    dipilih = menurut.get(lihat)
    if dipilih is None:
        dipilih = baca.saring(semua, kini, bulan=bulan, lihat=lihat, berkasus=berkasus)
    halaman = Paginator(dipilih, SEHALAMAN).get_page(request.GET.get("halaman"))
    isi = {
        "upt": upt,
        "kini": kini,
        "form": form,
        "lihat": lihat,
        "bulan": bulan,
        "judul_lihat": JUDUL.get(lihat) or (f"Jatuh pada {bulan.nama}" if bulan else "90 hari ke depan"),
        "kolom": _kolom(kalender),
        "kalender": kalender,
        "halaman": halaman,
        "baris": baca.baris(list(halaman.object_list), kini),
        "banyak": len(semua),
        "sudah": len(menurut[SUDAH]),
        "berkasus": len(menurut[BERJALAN]),
        "kurang": len(menurut[KURANG]),
        "tahanan": daftar_tahanan(upt, kini),
        "menulis": boleh(request.user, Izin.SUSUN_USULAN, upt),
        "jalur": jalur(upt),
    }
    return render(request, "remisi/integrasi.html", isi)


def _kolom(kalender: list[baca.BulanKalender]) -> list[tuple[str, str]]:
    """Dates that anybody reaches; 1/3 stands there only where it means something."""
    ada = {nama for b in kalender for nama in b.jumlah} | {"setengah", "dua_pertiga", "ekspirasi"}
    return [(nama, label) for nama, label in LABEL.items() if nama in ada]


# ---------------------------------------------------------------- one person


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def orang(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    """Dates with their derivation, programmes with their conditions; POST begins a case."""
    upt = baca.unit_integrasi(request.cakupan, request.user, kode)
    kini = hari_ini(upt.zona)
    satu = baca.satu_orang(request.cakupan, upt, pk, kini)
    if request.method != "POST":
        return _orang(request, upt, satu, FormUsul(None, program=satu.program))
    form = FormUsul(request.POST, program=satu.program)
    if not form.is_valid():
        return _orang(request, upt, satu, form)
    isi = form.cleaned_data
    calon = services.Calon(satu.data.pk, isi["jenis"], isi["tanggal"])
    try:
        hasil = services.usulkan(upt=upt, calon=[calon], oleh=request.user, cakupan=request.cakupan)
    except (TidakSah, Bentrok) as galat:
        return _orang(request, upt, satu, form, galat)
    if not hasil.usulan:
        messages.success(request, "Usulan untuk program ini sudah ada.")
        return redirect("remisi:integrasi_orang", upt.kode, pk)
    messages.success(request, f"Usulan {NAMA[isi['jenis']].lower()} disusun. Kumpulkan dokumennya di sini.")
    return redirect("remisi:dokumen", hasil.usulan[0])


def _orang(
    request: Permintaan, upt: UPT, satu: SatuOrang, form: FormUsul, galat: GalatPortal | None = None
) -> HttpResponse:
    isi: dict[str, Any] = {
        "upt": upt,
        "satu": satu,
        "nama": NAMA,
        "form": form,
        "galat": [{"pesan": galat.pesan, "sasaran": ""}] if galat else [],
        "menulis": boleh(request.user, Izin.SUSUN_USULAN, upt),
        "melihat": boleh(request.user, Izin.LIHAT_WARGA, upt),
        "berjalan": {u.jenis for u in satu.kasus if u.status not in alur.AKHIR},
        "jalur": jalur(upt, jalur_integrasi(upt)),
    }
    status = galat.status if galat else 400 if form.errors else 200
    return render(request, "remisi/integrasi_orang.html", isi, status=status)


# ---------------------------------------------------------------- where F03 comes from


@never_cache
@masuk_dulu
@require_safe
def asal(request: Permintaan, kode: str, bulan: Bulan) -> HttpResponse:
    baca.unit_integrasi(request.cakupan, request.user, kode)
    return halaman_asal(request, kode, bulan, ASUHAN)
