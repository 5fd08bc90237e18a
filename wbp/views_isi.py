"""Writing the register on pages: a person added, changed, gone, back; marks of conduct and grants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pelaporan.register.services import BarisSalah
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.bidang import FormPortal
from pemasyarakatan.inti.galat import Bentrok, Ditolak, GalatPortal, TidakSah
from pemasyarakatan.inti.waktu import Bulan
from upt.permintaan import Permintaan
from wbp import selectors_data as baca
from wbp import services_catatan as catatan
from wbp import services_data as services
from wbp import simpan, titip
from wbp.dasar import id_kiriman, pastikan_unit
from wbp.forms import FormBeri, FormKeluar, FormKembali, FormLepas, FormPerilaku, FormSPPN, FormTahan, FormWarga, awal
from wbp.halaman import Hasil, Tempat, jawaban, kiriman, tampilkan, tolak
from wbp.kolom import NAMA_RAHASIA
from wbp.models import CatatanPerilaku, DataWarga, Pemberian
from wbp.views import PREDIKAT, TERAKHIR, halaman_satu, ubahan_tertulis

SEHALAMAN_SPPN = 100
BULAN_SPPN = 6
_REFUSED = (BarisSalah, Bentrok, TidakSah)


def _tempat_menulis(request: Permintaan, kode: str) -> Tempat:
    t = Tempat.buka(request, kode)
    pastikan_unit(t.upt, Izin.ISI_WARGA, oleh=request.user, cakupan=request.cakupan)
    return t


# ---------------------------------------------------------------- adding and changing


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def baru(request: Permintaan, kode: str) -> HttpResponse:
    t = _tempat_menulis(request, kode)
    rahasia = _rahasia(t)
    form = FormWarga(kiriman(request), upt=t.upt, dikenal=_dikenal(rahasia, lengkap=True))
    hasil = Hasil(form, setuju=jawaban(request).setuju)
    if form.is_valid():
        try:
            nilai = {**rahasia, **form.isi}
            data = services.catat_warga(upt=t.upt, nilai=nilai, jawaban=jawaban(request), **t.pelaku)
        except _REFUSED as galat:
            tolak(form, galat)
            hasil.galat = galat
        else:
            messages.success(request, "Orangnya tercatat di register.")
            return redirect("wbp:satu", kode=t.upt.kode, pk=data.pk)
    return tampilkan(t, "isi", status=hasil.status, titipan=_titipkan(t, form, rahasia), **hasil.bahan())


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def ubah(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    t = _tempat_menulis(request, kode)
    data, rahasia = t.orang(pk), _rahasia(t)
    form = FormWarga(kiriman(request), initial=awal(data), upt=t.upt, ubah=True, dikenal=_dikenal(rahasia))
    hasil, revisi = Hasil(form, setuju=jawaban(request).setuju), _revisi(request, data)
    berubah: list[str] = []
    if form.is_valid():
        try:
            nilai = {**rahasia, **form.isi}
            services.ubah_warga(data=pk, nilai=nilai, revisi=revisi, jawaban=jawaban(request), **t.pelaku)
        except _REFUSED as galat:
            tolak(form, galat)
            berubah = _sejak(data, revisi) if isinstance(galat, Bentrok) else []
            hasil.galat, revisi = galat, galat.rincian.get("revisi", revisi)
        else:
            messages.success(request, "Data tersimpan.")
            return redirect("wbp:satu", kode=t.upt.kode, pk=pk)
    isi = {"titipan": _titipkan(t, form, rahasia), "revisi": revisi, "berubah": berubah, "jalur": t.jalur(data)}
    return tampilkan(t, "isi", data=data, status=hasil.status, **hasil.bahan(), **isi)


def _sejak(data: DataWarga, revisi: int) -> list[str]:
    """What others changed since the revision that the form shows, the last first: saving again overwrites it."""
    semua = baca.riwayat_warga(data).filter(revisi__gt=revisi)[:TERAKHIR]
    return [kata for satu in semua for kata in ubahan_tertulis(satu)]


def _revisi(request: Permintaan, data: DataWarga) -> int:
    """The revision that the form was made of; what is no number was made of none."""
    teks = request.POST.get("revisi", "")
    return data.revisi if request.method != "POST" else id_kiriman(teks)


def _rahasia(t: Tempat) -> dict[str, str]:
    """Name and number that were typed before, on the way back to this form."""
    return titip.ambil(t.request.POST.get("titipan_rahasia", ""), oleh=t.request.user, upt=t.upt)


def _dikenal(rahasia: dict[str, str], *, lengkap: bool = False) -> str:
    """What to call them; with `lengkap` only when both are there."""
    return titip.sebutan(rahasia) if rahasia and (not lengkap or set(rahasia) >= NAMA_RAHASIA) else ""


def _titipkan(t: Tempat, form: FormWarga, rahasia: dict[str, str]) -> str:
    """Sealed for the next try: what could be read of name and number, now or before."""
    if not form.is_bound:
        return ""
    terbaca = {n: form.cleaned_data[n] for n in NAMA_RAHASIA if form.cleaned_data.get(n)}
    isi = {**rahasia, **terbaca}
    if not isi:
        return ""
    form.boleh_kosong(f"Sudah diketik ({titip.sebutan(isi)})", isi)
    return titip.titipkan(isi, oleh=t.request.user, upt=t.upt)


# ---------------------------------------------------------------- leaving, coming back, holding


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def keluar(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    """Note that somebody left, or take that back."""
    t = _tempat_menulis(request, kode)
    data = t.orang(pk)
    kembali = data.keluar_pada is not None
    form = (FormKembali if kembali else FormKeluar)(kiriman(request))

    def jalankan(isi: dict[str, Any]) -> str:
        if kembali:
            services.kembalikan(data=pk, **isi, **t.pelaku)
            return "Orangnya dicatat kembali di unit ini."
        services.keluarkan(data=[pk], jawaban=jawaban(request), **isi, **t.pelaku)
        return "Keluar tercatat."

    return _satu_form(t, data, form, "keluar", jalankan, kembali=kembali)


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def tahan(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    """Keep a person's data whatever the rule of keeping says, or (head, auditor) let the rule go on."""
    t = Tempat.buka(request, kode)
    data, melepas = t.orang(pk), t.boleh(Izin.LIHAT_AKSES)
    lepas = melepas and (request.POST.get("aksi") == "lepas" or not t.menulis)
    if not lepas:
        pastikan_unit(t.upt, Izin.ISI_WARGA, oleh=request.user, cakupan=request.cakupan)
    form = FormLepas(kiriman(request)) if lepas else FormTahan(kiriman(request), initial={"alasan": data.tahan_hapus})

    def jalankan(isi: dict[str, Any]) -> str:
        (simpan.lepas if lepas else simpan.tahan)(data=pk, **isi, **t.pelaku)
        return "Tahanan dilepas; aturan penyimpanan berlaku lagi." if lepas else "Data ditahan dari pemusnahan."

    lain = {
        "simpan": simpan.aturan(t.hari), "lepas": lepas,
        "form_lepas": form if lepas else FormLepas(auto_id="lepas_%s") if melepas and data.tahan_hapus else None,
    }  # fmt: skip
    return _satu_form(t, data, form, "tahan", jalankan, **lain)


def _satu_form(
    t: Tempat, data: DataWarga, form: FormPortal, templat: str, jalankan: Callable[[dict[str, Any]], str], **isi: Any
) -> HttpResponse:
    """A page with one form about one person: done, or shown again with why not."""
    hasil = Hasil(form, setuju=jawaban(t.request).setuju)
    if form.is_valid():
        try:
            kalimat = jalankan(form.cleaned_data)
        except _REFUSED as galat:
            tolak(form, galat)
            hasil.galat = galat
        else:
            messages.success(t.request, kalimat)
            return redirect("wbp:satu", kode=t.upt.kode, pk=data.pk)
    return tampilkan(t, templat, data=data, status=hasil.status, **{**hasil.bahan(), "jalur": t.jalur(data), **isi})


# ---------------------------------------------------------------- marks and grants of one person


@never_cache
@masuk_dulu
@require_POST
def catat(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    """One act of the person's page: a mark or a grant noted, or withdrawn."""
    t = _tempat_menulis(request, kode)
    data, aksi = t.orang(pk), request.POST.get("aksi", "")
    if aksi not in _AKSI:
        raise Ditolak("Tindakan ini tidak ada. Muat ulang halaman.")
    buat, jalankan, kalimat = _AKSI[aksi]
    form = buat(request.POST)
    hasil = Hasil(form)
    if form.is_valid():
        try:
            jalankan(t, pk, form.cleaned_data)
        except _REFUSED as galat:
            tolak(form, galat)
            hasil.galat = galat
        else:
            messages.success(request, kalimat)
            return redirect("wbp:satu", kode=t.upt.kode, pk=pk)
    return halaman_satu(t, data, hasil, **({f"form_{aksi}": form} if form.fields else {}), buka=aksi)


def _perilaku(t: Tempat, pk: int, isi: dict[str, Any]) -> None:
    catatan.catat_perilaku(catatan=[catatan.Perilaku(pk, **isi)], **t.pelaku)


def _beri(t: Tempat, pk: int, isi: dict[str, Any]) -> None:
    satu = catatan.Beri(pk, isi["jenis"], isi["tanggal"], isi["bulan"] or 0, isi["hari"] or 0)
    catatan.catat_pemberian(pemberian=[satu], asal=Pemberian.Asal.KETIK, **t.pelaku)


def _nomor(t: Tempat) -> int:
    return id_kiriman(t.request.POST.get("catatan", ""))


def _tarik(t: Tempat, pk: int, isi: dict[str, Any]) -> None:
    catatan.tarik_perilaku(catatan=[_nomor(t)], data=pk, **t.pelaku)


def _cabut(t: Tempat, pk: int, isi: dict[str, Any]) -> None:
    catatan.cabut_pemberian(pemberian=[_nomor(t)], data=pk, **t.pelaku)


_AKSI: dict[str, tuple[type[FormPortal], Callable[[Tempat, int, dict[str, Any]], None], str]] = {
    "perilaku": (FormPerilaku, _perilaku, "Catatan perilaku tersimpan."),
    "beri": (FormBeri, _beri, "Pemberian tercatat."),
    "tarik": (FormPortal, _tarik, "Catatan perilaku ditarik."),
    "cabut": (FormPortal, _cabut, "Pemberian dicabut."),
}


# ---------------------------------------------------------------- SPPN of a month


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def sppn(request: Permintaan, kode: str) -> HttpResponse:
    """Results of a month for many at once: one result, and everybody who has it ticked."""
    t = _tempat_menulis(request, kode)
    kini = Bulan.pada(t.hari)
    bulan = list(reversed((kini - BULAN_SPPN).rentang(kini)))
    dipilih = request.POST.get("bulan") or request.GET.get("bulan", "")
    dinilai = next((b for b in bulan if b.kode == dipilih), kini - 1)
    form = FormSPPN(kiriman(request), initial={"bulan": dinilai.kode}, bulan=bulan)
    hasil = Hasil(form)
    if form.is_valid():
        try:
            banyak = _nilai(t, form.cleaned_data)
        except GalatPortal as galat:
            if isinstance(galat, Ditolak):
                raise
            tolak(form, galat)
            hasil.galat = galat
        else:
            messages.success(request, f"Hasil SPPN {form.cleaned_data['bulan'].nama} dicatat untuk {banyak} orang.")
            return redirect(f"{t.url('sppn')}?bulan={dinilai.kode}")
    return tampilkan(t, "sppn", status=hasil.status, **{**hasil.bahan(), **_bahan_sppn(t, dinilai, bulan)})


def _nilai(t: Tempat, isi: dict[str, Any]) -> int:
    orang = [id_kiriman(teks) for teks in t.request.POST.getlist("orang") if teks]
    if not orang:
        raise TidakSah("Tandai orangnya dahulu.")
    tanggal = min(isi["bulan"].akhir, t.hari)
    jenis = CatatanPerilaku.Jenis.SPPN
    semua = [catatan.Perilaku(pk, jenis, tanggal, isi["predikat"]) for pk in orang]
    return catatan.catat_perilaku(catatan=semua, **t.pelaku)


def _bahan_sppn(t: Tempat, dinilai: Bulan, bulan: list[Bulan]) -> dict[str, Any]:
    """Persons without a result of the month first; those who have one say which."""
    semua = baca.untuk_sppn(t.request.cakupan, t.upt, dinilai)
    halaman = Paginator(semua, SEHALAMAN_SPPN).get_page(t.request.GET.get("halaman"))
    ditandai = set(t.request.POST.getlist("orang"))
    orang = [(d, str(d.pk) in ditandai, PREDIKAT.get(getattr(d, "hasil_bulan", ""), "")) for d in halaman]
    return {"halaman": halaman, "orang": orang, "dinilai": dinilai, "bulan": bulan}
