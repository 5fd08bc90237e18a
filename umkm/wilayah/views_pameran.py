"""Exhibitions: the public list with what the reader's units made of them, one event, and entries that are the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti import csv_keluar
from pemasyarakatan.inti.galat import Ditolak, TidakSah
from umkm.forms import FormCariPameran
from umkm.models import Pameran
from umkm.selectors_pameran import cari_pameran
from umkm.services import IsiPameran, dapat_mengubah, gabung_pameran, pameran_mirip, pisah_pameran
from umkm.wilayah import selectors_pameran as baca
from umkm.wilayah.forms import FormGabungPameran
from upt.cakupan import Cakupan
from upt.permintaan import Permintaan

SEHALAMAN = 50


def _cakupan(request: Permintaan) -> Cakupan:
    if not boleh(request.user, Izin.LIHAT_REGISTER):
        raise Ditolak("Peran Anda tidak membaca register UPT.")
    return Cakupan.dari(request.user, Izin.LIHAT_REGISTER)


@never_cache
@masuk_dulu
@require_safe
def pameran(request: Permintaan) -> HttpResponse:
    cakupan = _cakupan(request)
    semua = baca.daftar_pameran()
    if (gaya := csv_keluar.gaya_diminta(request)) is not None:
        return csv_keluar.jawab(_tabel(baca.hasil(cakupan, semua)), gaya)
    halaman = Paginator(semua, SEHALAMAN).get_page(request.GET.get("halaman"))
    isi = {"halaman": halaman, "hasil": baca.hasil(cakupan, halaman.object_list), "boleh_daftar": _mendaftar(request)}
    return render(request, "umkm/hasil_pameran.html", isi)


def _tabel(semua: list[baca.HasilPameran]) -> csv_keluar.Tabel:
    kepala = (
        "Pameran", "Tempat", "Penyelenggara", "Mulai", "Selesai", "UPT", "Ditampilkan", "Terjual", "Penjualan (Rp)",
        "UPT dengan tindak lanjut",
    )  # fmt: skip
    baris: Iterable[list[Any]] = (
        [
            h.pameran.nama, h.pameran.tempat, h.pameran.penyelenggara, h.pameran.mulai.isoformat(),
            h.pameran.selesai.isoformat(), h.unit, h.ditampilkan, h.terjual, h.omzet, h.tindak_lanjut,
        ]
        for h in semua
    )  # fmt: skip
    keterangan = [("Isi", "Hasil pameran menurut register, dari UPT dalam wilayah Anda; F07 adalah angka resmi")]
    return csv_keluar.Tabel("umkm pameran", keterangan, kepala, baris)


@never_cache
@masuk_dulu
@require_safe
def pameran_rinci(request: Permintaan, pk: int) -> HttpResponse:
    cakupan = _cakupan(request)
    satu = baca.satu_pameran(pk)
    if satu.pk != pk:
        return redirect("umkm:hasil_pameran_rinci", pk=satu.pk)
    isi = {
        "p": satu,
        "hasil": baca.hasil(cakupan, [satu])[0],
        "unit": baca.unit_pameran(cakupan, satu),
        "alias": baca.alias(satu),
        **_calon(request, satu),
        "menggabung": _menggabung(request),
        "boleh_ubah": dapat_mengubah(satu, request.user),
        "jalur": [{"label": "Pameran", "url": reverse("umkm:hasil_pameran")}],
    }
    return render(request, "umkm/hasil_pameran_rinci.html", isi)


def _calon(request: Permintaan, satu: Pameran) -> dict[str, Any]:
    """Events that may be this one: those alike, or those that `?cari=` finds."""
    if not _menggabung(request):
        return {}
    cari = FormCariPameran(request.GET if "cari" in request.GET else None)
    if not cari.is_valid():
        return {"cari": cari, "sama": pameran_mirip(_isi(satu), kecuali=satu.pk)}
    ada = cari_pameran(cari.cleaned_data["cari"])
    return {"cari": cari, "mencari": True, "sama": [p for p in ada if p.pk != satu.pk]}


def _mendaftar(request: Permintaan) -> bool:
    return boleh(request.user, Izin.KELOLA_PAMERAN)


def _isi(p: Pameran) -> IsiPameran:
    return IsiPameran(p.nama, p.tempat, p.mulai, p.selesai, p.penyelenggara)


def _menggabung(request: Permintaan) -> bool:
    """Whoever may keep exhibitions and serves above the units."""
    return boleh(request.user, Izin.KELOLA_PAMERAN) and bool(request.cakupan.nasional or request.cakupan.kanwil)


@masuk_dulu
@require_POST
def pameran_gabung(request: Permintaan, pk: int) -> HttpResponse:
    """This entry counts as another one from now on."""
    form = FormGabungPameran(request.POST)
    if not form.is_valid():
        raise TidakSah("Pilih pameran yang tetap dari daftar.")
    tetap = gabung_pameran(pk, ke=form.cleaned_data["ke"], oleh=request.user)
    messages.success(request, f"Digabung. Hasilnya sekarang dihitung pada {tetap.nama}.")
    return redirect("umkm:hasil_pameran_rinci", pk=tetap.pk)


@masuk_dulu
@require_POST
def pameran_pisah(request: Permintaan, pk: int) -> HttpResponse:
    satu = pisah_pameran(pk, oleh=request.user)
    messages.success(request, f"{satu.nama} dihitung sebagai pameran sendiri lagi.")
    return redirect("umkm:hasil_pameran_rinci", pk=satu.pk)
