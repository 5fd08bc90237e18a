"""Merging kinds of products: what looks alike, what a merge changes, doing it, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakSah
from umkm.wilayah import gabung as layanan
from umkm.wilayah.forms import FormCariJenis, FormGabung
from umkm.wilayah.selectors import cari_jenis
from upt.permintaan import Permintaan

SEHALAMAN = 50


def _pastikan(request: Permintaan) -> None:
    if not boleh(request.user, Izin.GABUNG_JENIS):
        raise Ditolak("Jenis produk digabungkan oleh peninjau pusat.")


def _jalur() -> list[dict[str, str]]:
    return [
        {"label": "UMKM nasional", "url": reverse("umkm:nasional")},
        {"label": "Jenis produk", "url": reverse("umkm:jenis")},
    ]


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def gabung(request: Permintaan) -> HttpResponse:
    """GET proposes pairs, or with `asal` and `ke` shows what their merge changes; POST merges."""
    _pastikan(request)
    if request.method == "POST":
        return _gabungkan(request)
    if "asal" in request.GET:
        return _pratinjau(request)
    form = FormCariJenis(request.GET or None)
    kata = form.cleaned_data["cari"] if form.is_bound and form.is_valid() else ""
    isi = {
        "usulan": layanan.usulan(request.cakupan),
        "form": form,
        "ditemukan": cari_jenis(kata) if kata else [],
        "kata": kata,
        "halaman": Paginator(layanan.tergabung(), SEHALAMAN).get_page(request.GET.get("halaman")),
        "jalur": _jalur(),
    }
    return render(request, "umkm/gabung.html", isi)


def _pilihan(request: Permintaan) -> tuple[int, int]:
    form = FormGabung(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        raise TidakSah("Pilih dua jenis produk dari daftar: yang digabung, dan yang tetap.")
    return form.cleaned_data["asal"], form.cleaned_data["ke"]


def _pratinjau(request: Permintaan) -> HttpResponse:
    asal, ke = _pilihan(request)
    isi = {
        "d": layanan.dampak(asal, ke, cakupan=request.cakupan),
        "jalur": [*_jalur(), {"label": "Gabungkan jenis", "url": reverse("umkm:gabung")}],
    }
    return render(request, "umkm/gabung_periksa.html", isi)


def _gabungkan(request: Permintaan) -> HttpResponse:
    asal, ke = _pilihan(request)
    try:
        tetap = layanan.gabungkan(asal_id=asal, ke=ke, oleh=request.user, cakupan=request.cakupan)
    except Bentrok as galat:
        messages.error(request, galat.pesan)
    else:
        messages.success(request, f"Digabung. Produknya sekarang dihitung sebagai {tetap.nama}.")
    return redirect("umkm:gabung")


@masuk_dulu
@require_POST
def pisah(request: Permintaan, pk: int) -> HttpResponse:
    _pastikan(request)
    try:
        satu = layanan.pisahkan(jenis_id=pk, oleh=request.user, cakupan=request.cakupan)
    except Bentrok as galat:
        messages.error(request, galat.pesan)
    else:
        messages.success(request, f"{satu.nama} dihitung sebagai jenis sendiri lagi.")
    return redirect("umkm:gabung")
