"""Exhibitions as offices keep them: registered once for all units, similar ones offered first, and corrected."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pelaporan.register.services import BarisSalah
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, Ditolak
from umkm.models import Pameran
from umkm.services import BUKAN_PEMILIK, MiripAda, buat_pameran, dapat_mengubah, ubah_pameran
from umkm.wilayah import selectors_pameran as baca
from umkm.wilayah.forms_pameran import FormAcara
from upt.permintaan import Permintaan


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def pameran_baru(request: Permintaan) -> HttpResponse:
    """A new event; when similar ones are registered they are shown before it is one of its own."""
    if not boleh(request.user, Izin.KELOLA_PAMERAN):
        raise Ditolak("Pameran didaftarkan oleh petugas UPT, Kanwil, atau Ditjenpas.")
    if request.method != "POST":
        return _halaman(request, FormAcara())
    form = FormAcara(request.POST)
    if not form.is_valid():
        return _halaman(request, form, status=400)
    lain = bool(form.cleaned_data.get("lain_pameran"))
    try:
        satu = buat_pameran(form.acara, oleh=request.user, bukan_mirip=lain)
    except BarisSalah as galat:
        form.tolak(galat.bidang)
        return _halaman(request, form, status=galat.status)
    except MiripAda as galat:
        form.tanya_lain()
        return _halaman(request, form, status=galat.status, mirip=galat.mirip, pesan=galat.pesan)
    messages.success(request, f"{satu.nama} terdaftar. Unit dapat mencatat keikutsertaannya sekarang.")
    return redirect("umkm:hasil_pameran_rinci", pk=satu.pk)


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def pameran_ubah(request: Permintaan, pk: int) -> HttpResponse:
    """Correct an event: whoever registered it, or an office."""
    satu = baca.satu_pameran(pk)
    if not dapat_mengubah(satu, request.user):
        raise Ditolak(BUKAN_PEMILIK)
    if satu.pk != pk:
        return redirect("umkm:pameran_ubah", pk=satu.pk)
    form = FormAcara(request.POST if request.method == "POST" else None, satu)
    if request.method != "POST":
        return _halaman(request, form, satu)
    if not form.is_valid():
        return _halaman(request, form, satu, status=400)
    try:
        ubah_pameran(satu.pk, form.acara, revisi=form.cleaned_data["revisi"], oleh=request.user)
    except BarisSalah as galat:
        form.tolak(galat.bidang)
        return _halaman(request, form, satu, status=galat.status)
    except Bentrok as galat:
        return _halaman(request, form, satu, status=galat.status, pesan=galat.pesan)
    messages.success(request, "Perbaikan pameran tersimpan.")
    return redirect("umkm:hasil_pameran_rinci", pk=satu.pk)


def _halaman(
    request: Permintaan,
    form: FormAcara,
    lama: Pameran | None = None,
    *,
    status: int = 200,
    mirip: list[Pameran] | None = None,
    pesan: str = "",
) -> HttpResponse:
    """The form; `mirip` are offered above it, `pesan` is a refusal of the whole."""
    daftar = {"label": "Pameran", "url": reverse("umkm:hasil_pameran")}
    rinci = reverse("umkm:hasil_pameran_rinci", args=[lama.pk]) if lama else ""
    isi: dict[str, Any] = {
        "form": form,
        "lama": lama,
        "mirip": mirip or [],
        "galat": [{"pesan": pesan, "sasaran": "mirip" if mirip else ""}] if pesan else [],
        "kembali": rinci or daftar["url"],
        "jalur": [daftar, {"label": lama.nama, "url": rinci}] if lama else [daftar],
    }
    return render(request, "umkm/pameran_form.html", isi, status=status)
