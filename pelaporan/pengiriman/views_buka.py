"""Decisions about reopening: reopen until a day, refuse, or lock again before the day has come."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pelaporan import selectors
from pelaporan.alur import Aksi
from pelaporan.forms import FormPutusan
from pelaporan.halaman import alamat, ambil, baca_tindakan
from pelaporan.models import Laporan
from pelaporan.pengiriman.pulih import pulihkan
from pelaporan.services import Perintah, jalankan
from pelaporan.services_buka import tolak_buka
from pelaporan.views_laporan import tampilkan as tampilkan_laporan
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.inti.galat import Bentrok, GalatPortal, KunciTerpakai, TidakSah
from pemasyarakatan.inti.waktu import Bulan


@login_required
@require_POST
def buka(request: HttpRequest, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """Reopen a verified or locked report, refuse the request, or lock it again (aksi = buka | tolak | pulihkan)."""
    laporan = ambil(request, kode, bulan, formulir, Izin.BUKA_LAPORAN, Izin.BUKA_TERKUNCI)
    form = FormPutusan(request.POST, auto_id="buka-%s")
    if not form.is_valid():
        return tampilkan_laporan(request, laporan, status=400, form_buka=form, form=form)
    try:
        pesan = _putuskan_buka(request, laporan, form.cleaned_data["teks"], form.cleaned_data["sampai"])
    except (Bentrok, KunciTerpakai, TidakSah) as galat:
        return _tolak_tampil(request, laporan, form, galat)
    messages.success(request, pesan)
    return redirect(alamat(laporan))


def _putuskan_buka(request: HttpRequest, laporan: Laporan, teks: str, sampai: date | None) -> str:
    revisi, kunci = baca_tindakan(request)
    oleh, cakupan = request.user, request.cakupan  # type: ignore[attr-defined]
    aksi = request.POST.get("aksi", "")
    if aksi == Aksi.PULIHKAN:
        pulihkan(Perintah(laporan.pk, Aksi.PULIHKAN, revisi, kunci, teks=teks), oleh=oleh, cakupan=cakupan)  # type: ignore[arg-type]
        return "Laporan kembali ke versi yang terverifikasi. Isian UPT yang belum dikirim tetap tersimpan."
    if aksi == "tolak":
        tolak_buka(laporan_id=laporan.pk, jawaban=teks, oleh=oleh, cakupan=cakupan, kunci=kunci)  # type: ignore[arg-type]
        return "Permintaan ditolak. UPT menerima jawaban Anda."
    if aksi != "buka":
        raise TidakSah("Pilih buka kembali atau tolak.")
    jalankan(Perintah(laporan.pk, Aksi.BUKA, revisi, kunci, teks=teks, sampai=sampai), oleh=oleh, cakupan=cakupan)  # type: ignore[arg-type]
    return "Laporan dibuka kembali. Versi lama tetap dihitung sampai versi baru diverifikasi."


def _tolak_tampil(request: HttpRequest, laporan: Laporan, form: FormPutusan, galat: GalatPortal) -> HttpResponse:
    pesan = [{"pesan": galat.pesan, "sasaran": ""}]
    return tampilkan_laporan(request, selectors.segarkan(laporan), status=galat.status, form_buka=form, galat=pesan)
