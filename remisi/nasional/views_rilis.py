"""Published totals: the list with what does not add up, one release beside the portal's own count, entering one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, GalatPortal, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from remisi.models import Rilis
from remisi.nasional import selectors as baca_nasional
from remisi.nasional import selectors_rilis as baca
from remisi.nasional import services_rilis as services
from remisi.nasional.cetak import BAGIAN, besar
from remisi.nasional.forms import FormRilis
from remisi.nasional.tabel import nama_pita
from remisi.selectors_aturan import himpunan
from upt.permintaan import Permintaan
from upt.selectors import semua_kanwil

SEHALAMAN = 50


def _daftar_jalur() -> list[dict[str, str]]:
    return [
        {"label": "Remisi nasional", "url": reverse("remisi:nasional")},
        {"label": "Angka rilis", "url": reverse("remisi:rilis")},
    ]


@never_cache
@masuk_dulu
@require_safe
def daftar(request: Permintaan) -> HttpResponse:
    """All releases, or those of one year."""
    baca_nasional.cakupan_usulan(request.user)
    tahun = _tahun(request)
    halaman = Paginator(baca.daftar_rilis(tahun), SEHALAMAN).get_page(request.GET.get("halaman"))
    isi = {
        "halaman": halaman,
        "baris": baca.baca(list(halaman)),
        "tahun": tahun,
        "semua_tahun": baca.tahun_rilis(),
        "kelola": boleh(request.user, Izin.KELOLA_RILIS),
        "jalur": _daftar_jalur()[:1],
    }
    return render(request, "remisi/rilis.html", isi)


def _tahun(request: Permintaan) -> int | None:
    teks = request.GET.get("tahun", "")
    return int(teks) if teks.isascii() and teks.isdigit() and len(teks) == 4 else None


@never_cache
@masuk_dulu
@require_safe
def satu(request: Permintaan, pk: int) -> HttpResponse:
    """One release with every finding about it."""
    baca_nasional.cakupan_usulan(request.user)
    terbaca = baca.baca([baca.satu_rilis(pk)])[0]
    isi = {
        "t": terbaca,
        "bagian": [(besar(BAGIAN[k]), n) for k, n in terbaca.cetak.bagian.items()],
        "pita": [(besar(BAGIAN[p.bagian]), nama_pita(str(p.hari)), p.orang) for p in terbaca.cetak.pita],
        "kelola": boleh(request.user, Izin.KELOLA_RILIS),
        "url_nasional": _url_nasional(terbaca.rilis),
        "jalur": _daftar_jalur(),
    }
    return render(request, "remisi/rilis_satu.html", isi)


def _url_nasional(rilis: Rilis) -> str:
    """The portal's own count of the same day, when it has that occasion."""
    sama = [k for k in baca_nasional.daftar_kesempatan() if k.tanggal == rilis.tanggal]
    if not sama:
        return ""
    awal = reverse("remisi:kanwil", args=[rilis.kanwil.slug]) if rilis.kanwil else reverse("remisi:nasional")
    return f"{awal}?kesempatan={sama[0].slug}"


# ---------------------------------------------------------------- entering


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def baru(request: Permintaan) -> HttpResponse:
    """A release as printed."""
    services.pastikan_kelola(request.user)
    form = _form(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form_halaman(request, form, None)
    try:
        satu = services.catat_rilis(isi=form.isi, oleh=request.user)
    except (TidakSah, Bentrok) as galat:
        return _form_halaman(request, form, None, galat)
    messages.success(request, "Rilis tercatat seperti tercetak. Yang tidak cocok ditandai di bawah.")
    return redirect("remisi:rilis_satu", pk=satu.pk)


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def ubah(request: Permintaan, pk: int) -> HttpResponse:
    """What was typed wrong."""
    services.pastikan_kelola(request.user)
    lama = baca.satu_rilis(pk)
    form = _form(request.POST if request.method == "POST" else None, lama)
    if not form.is_valid():
        return _form_halaman(request, form, lama)
    revisi = form.cleaned_data["revisi"] or 0
    try:
        services.perbaiki_rilis(pk=pk, isi=form.isi, revisi=revisi, oleh=request.user)
    except (TidakSah, Bentrok) as galat:
        return _form_halaman(request, form, lama, galat)
    messages.success(request, "Perbaikan tersimpan.")
    return redirect("remisi:rilis_satu", pk=pk)


def _form(data: QueryDict | None, lama: Rilis | None = None) -> FormRilis:
    pilihan = [(j.kode, f"{j.nama} ({j.kode})") for j in himpunan().semua_jenis(hari_ini())]
    pilihan.append((baca.GABUNGAN, "Semua pemberian hari itu"))
    return FormRilis(data, jenis=pilihan, kanwil=semua_kanwil(), lama=lama)


def _form_halaman(
    request: Permintaan, form: FormRilis, lama: Rilis | None, galat: GalatPortal | None = None
) -> HttpResponse:
    jalur = _daftar_jalur()
    if lama is not None:
        jalur.append({"label": str(lama), "url": reverse("remisi:rilis_satu", args=[lama.pk])})
    isi: dict[str, Any] = {
        "form": form,
        "lama": lama,
        "galat": [{"pesan": galat.pesan, "sasaran": ""}] if galat else [],
        "kembali": jalur[-1]["url"],
        "bagian": [besar(b) for b in BAGIAN.values()],
        "jalur": jalur,
    }
    status = galat.status if galat else 400 if form.is_bound and form.errors else 200
    return render(request, "remisi/rilis_form.html", isi, status=status)
