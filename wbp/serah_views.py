"""Pages of handing over: what goes out and comes in, one person's move, the receiving unit's answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pelaporan.register.halaman import pastikan_orang
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.bidang import BidangTanggal, BidangTeks, FormPortal
from pemasyarakatan.inti.galat import Bentrok, GalatPortal, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from upt.models import UPT
from upt.permintaan import Permintaan
from wbp import serah
from wbp.dasar import pastikan_unit
from wbp.halaman import jalur_unit
from wbp.selectors_data import satu_data, unit_warga
from wbp.serah import Baris, NomorSudahAda


class FormSerah(FormPortal):
    ke = forms.ChoiceField(label="Pindah ke", error_messages={"required": "Pilih unit yang menerima."})
    tanggal = BidangTanggal(
        label="Tanggal pindah",
        help_text="Hari ini atau hari yang akan datang.",
        error_messages={"required": "Isi tanggal pindahnya."},
    )

    def __init__(self, data: QueryDict | None, upt: UPT) -> None:
        super().__init__(data, initial={"tanggal": hari_ini(upt.zona)})
        self.tawarkan("ke", "Pilih unit", serah.pilihan_tujuan(upt))


class FormTolak(FormPortal):
    alasan = BidangTeks(
        maks=200,
        label="Mengapa tidak diterima",
        help_text="Dibaca unit pengirim. Jangan menulis nama.",
        error_messages={"required": "Tulis mengapa tidak diterima; unit pengirim membacanya."},
    )


def _jalur(upt: UPT, *lain: dict[str, str]) -> list[dict[str, str]]:
    return [*jalur_unit(upt), *lain]


@never_cache
@masuk_dulu
@require_safe
def daftar(request: Permintaan, kode: str) -> HttpResponse:
    """Who is on the way from here and to here, and who moved."""
    upt = unit_warga(request.cakupan, request.user, kode)
    semua = serah.daftar_serah(request.cakupan, upt)
    isi = {
        "upt": upt, "masuk": [b for b in semua if b.masuk], "keluar": [b for b in semua if not b.masuk],
        "jalur": _jalur(upt),
    }  # fmt: skip
    return render(request, "wbp/serah.html", isi)


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def baru(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    """Announce that one person moves."""
    upt = unit_warga(request.cakupan, request.user, kode)
    pastikan_unit(upt, Izin.ISI_WARGA, oleh=request.user, cakupan=request.cakupan)
    data = satu_data(request.cakupan, upt, pk)
    form = FormSerah(request.POST if request.method == "POST" else None, upt)
    galat: GalatPortal | None = None
    if request.method == "POST" and form.is_valid():
        pastikan_orang(request)
        try:
            serah.serahkan(data=data.pk, oleh=request.user, cakupan=request.cakupan, **form.cleaned_data)
        except (TidakSah, Bentrok) as salah:
            galat = salah
        else:
            messages.success(request, "Diserahkan. Orangnya tetap di register Anda sampai unit tujuan menerimanya.")
            return redirect("wbp:serah", upt.kode)
    if galat is not None and galat.rincian.get("bidang") in form.fields:
        form.add_error(galat.rincian["bidang"], galat.pesan)
    satu = reverse("wbp:satu", args=[upt.kode, data.pk])
    isi = {
        "upt": upt, "data": data, "form": form, "satu": satu, "galat": _galat(form, galat),
        "jalur": _jalur(upt, {"label": str(data), "url": satu}),
    }  # fmt: skip
    return render(request, "wbp/serah_baru.html", isi, status=_status(form, galat))


def _galat(form: FormPortal, galat: GalatPortal | None) -> list[dict[str, str]]:
    """What the summary says beyond errors of single fields."""
    return [] if galat is None or form.errors else [{"pesan": galat.pesan, "sasaran": ""}]


def _status(form: FormPortal, galat: GalatPortal | None) -> int:
    return galat.status if galat else 400 if form.errors else 200


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def satu(request: Permintaan, kode: str, kunci: UUID) -> HttpResponse:
    """One handing over: receive, refuse, or take back."""
    upt = unit_warga(request.cakupan, request.user, kode)
    baris = serah.satu_serah(request.cakupan, upt, kunci)
    if request.method != "POST":
        return _halaman_satu(request, upt, baris)
    pastikan_orang(request)
    aksi = {"terima": _terima, "gabung": _terima, "tolak": _tolak, "tarik": _tarik}.get(request.POST.get("aksi", ""))
    if aksi is None:
        raise TidakDitemukan("Tindakan ini tidak ada. Muat ulang halaman.")
    return aksi(request, upt, baris)


def _terima(request: Permintaan, upt: UPT, baris: Baris) -> HttpResponse:
    gabung = request.POST["aksi"] == "gabung"
    try:
        serah.terima(serah_id=baris.serah.pk, oleh=request.user, cakupan=request.cakupan, gabung=gabung)
    except Bentrok as galat:
        tawar = isinstance(galat, NomorSudahAda) and galat.bisa_gabung
        return _halaman_satu(request, upt, baris, galat=galat, tawar_gabung=tawar)
    messages.success(request, "Diterima. Catatan, remisi, dan perilakunya sekarang di register unit Anda.")
    return redirect("wbp:serah", upt.kode)


def _tolak(request: Permintaan, upt: UPT, baris: Baris) -> HttpResponse:
    form = FormTolak(request.POST)
    if not form.is_valid():
        return _halaman_satu(request, upt, baris, form=form)
    alasan = form.cleaned_data["alasan"]
    try:
        serah.tolak(serah_id=baris.serah.pk, alasan=alasan, oleh=request.user, cakupan=request.cakupan)
    except Bentrok as galat:
        return _halaman_satu(request, upt, baris, galat=galat)
    messages.success(request, "Ditolak. Orangnya tetap di register unit pengirim.")
    return redirect("wbp:serah", upt.kode)


def _tarik(request: Permintaan, upt: UPT, baris: Baris) -> HttpResponse:
    try:
        serah.tarik(serah_id=baris.serah.pk, oleh=request.user, cakupan=request.cakupan)
    except Bentrok as galat:
        return _halaman_satu(request, upt, baris, galat=galat)
    messages.success(request, "Ditarik. Orangnya tetap di register unit Anda.")
    return redirect("wbp:serah", upt.kode)


def _halaman_satu(
    request: Permintaan, upt: UPT, baris: Baris, *, galat: GalatPortal | None = None, form: FormTolak | None = None,
    tawar_gabung: bool = False,
) -> HttpResponse:  # fmt: skip
    form = form or FormTolak()
    isi: dict[str, Any] = {
        "upt": upt, "b": baris, "form": form, "galat": _galat(form, galat), "tawar_gabung": tawar_gabung,
        "boleh": boleh(request.user, Izin.ISI_WARGA, upt),
        "jalur": _jalur(upt, {"label": "Serah terima", "url": reverse("wbp:serah", args=[upt.kode])}),
    }  # fmt: skip
    return render(request, "wbp/serah_satu.html", isi, status=_status(form, galat))
