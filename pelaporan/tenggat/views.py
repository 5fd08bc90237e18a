"""Holidays, moved deadlines and waivers. What an act does is named first, in numbers, and done after that."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pelaporan.selectors import cakupan_izin
from pelaporan.tenggat import selectors as baca
from pelaporan.tenggat import services
from pelaporan.tenggat.forms import FormAlasan, FormBebas, FormLibur, FormPindah, FormSaringBebas
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.bidang import FormPortal
from pemasyarakatan.inti.galat import Bentrok, Ditolak, GalatPortal, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from upt.permintaan import Permintaan
from upt.selectors import semua_kanwil

SEHALAMAN = 50
_PERIODE = {"label": "Periode", "url": "/periode/"}


def _pastikan_kelola(request: Permintaan) -> None:
    if not boleh(request.user, Izin.KELOLA_PERIODE):
        raise Ditolak("Hari libur dan tenggat dikelola oleh peninjau pusat dan admin aplikasi.")


def _jalur(request: Permintaan) -> list[dict[str, str]]:
    return [_PERIODE] if boleh(request.user, Izin.KELOLA_PERIODE) else []


def _kiriman(request: Permintaan) -> QueryDict | None:
    """What a form is bound to: an empty POST is judged, a GET is not."""
    return request.POST if request.method == "POST" else None


def _halaman(
    request: Permintaan, templat: str, form: FormPortal | None, galat: GalatPortal | None, **isi: Any
) -> HttpResponse:
    """The page with its form: 400 with what is wrong in it, or the status and the sentence of a refusal."""
    status = galat.status if galat else 400 if form and form.errors else 200
    pesan = [{"pesan": galat.pesan, "sasaran": ""}] if galat else []
    semua = {"form": form, "galat": pesan, "jalur": _jalur(request), **isi}
    return render(request, f"pelaporan/{templat}.html", semua, status=status)


# ---------------------------------------------------------------- holidays


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def libur(request: Permintaan) -> HttpResponse:
    """GET shows a year; the first POST names the effect of a new day, the second (`setuju`) adds it."""
    _pastikan_kelola(request)
    kanwil = semua_kanwil()
    form = FormLibur(_kiriman(request), kanwil=kanwil)
    if not form.is_valid():
        return _libur(request, form)
    isi = form.cleaned_data
    try:
        tempat = services.kanwil_dari(kanwil, isi["kanwil"])
        if not request.POST.get("setuju"):
            dampak = services.dampak_libur(isi["tanggal"], tempat)
            return _libur(request, form, dampak=dampak, tanggal=isi["tanggal"], tahun=isi["tanggal"].year)
        dampak = services.tambah_libur(
            tanggal=isi["tanggal"], nama=isi["nama"], kanwil_id=tempat, alasan=isi["alasan"], oleh=request.user
        )
    except (Bentrok, TidakSah) as galat:
        return _libur(request, form, galat)
    messages.success(request, f"Hari libur ditambahkan. {dampak.kalimat}")
    return redirect(f"{reverse('pelaporan:libur')}?tahun={isi['tanggal'].year}")


def _libur(request: Permintaan, form: FormLibur, galat: GalatPortal | None = None, **lain: Any) -> HttpResponse:
    tahun = lain.pop("tahun", None) or _tahun(request)
    isi = {"tahun": tahun, "sebelum": tahun - 1, "sesudah": tahun + 1, "libur": list(baca.libur_tahun(tahun)), **lain}
    return _halaman(request, "tenggat_libur", form, galat, **isi)


def _tahun(request: Permintaan) -> int:
    teks = request.GET.get("tahun", "")
    tahun = int(teks) if teks.isascii() and teks.isdigit() and len(teks) == 4 else 0
    return tahun if 2000 <= tahun <= 2190 else hari_ini().year


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def libur_hapus(request: Permintaan, libur_id: int) -> HttpResponse:
    """GET names the effect of taking a day out, POST does it."""
    _pastikan_kelola(request)
    satu = baca.satu_libur(libur_id)
    form, galat = FormAlasan(_kiriman(request)), None
    if form.is_valid():
        try:
            dampak = services.hapus_libur(libur_id=libur_id, alasan=form.cleaned_data["alasan"], oleh=request.user)
        except TidakSah as salah:
            galat = salah
        else:
            messages.success(request, f"Hari libur dihapus. {dampak.kalimat}")
            return redirect(f"{reverse('pelaporan:libur')}?tahun={satu.tanggal.year}")
    return _halaman(
        request,
        "tenggat_libur_hapus",
        form,
        galat,
        satu=satu,
        dampak=services.dampak_libur(satu.tanggal, satu.kanwil_id, hapus=satu.pk),
        jalur=[*_jalur(request), {"label": "Hari libur", "url": reverse("pelaporan:libur")}],
    )


# ---------------------------------------------------------------- moved deadlines


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def pindah(request: Permintaan) -> HttpResponse:
    """GET lists the moves; the first POST names whom one touches, the second (`setuju`) makes it."""
    _pastikan_kelola(request)
    kanwil = semua_kanwil()
    bulan = [*reversed(Bulan.kini().rentang(Bulan.kini() + 2)), *(b for b in baca.bulan_terbuka() if b < Bulan.kini())]
    awal = {"bulan": request.GET.get("bulan", "")}
    form = FormPindah(_kiriman(request), initial=awal, bulan=bulan, formulir=baca.semua_formulir(), kanwil=kanwil)
    if not form.is_valid():
        return _pindah(request, form)
    isi = form.cleaned_data
    try:
        pemindahan = services.Pemindahan(
            isi["bulan"],
            isi["formulir"],
            services.kanwil_dari(kanwil, isi["kanwil"]),
            isi["upt"],
            isi["tenggat_kanwil"],
            isi["pusat"],
        )
        if not request.POST.get("setuju"):
            return _pindah(request, form, dampak=services.dampak_pemindahan(pemindahan), dipilih=form.dipilih())
        dampak = services.pindahkan_tenggat(pemindahan=pemindahan, alasan=isi["alasan"], oleh=request.user)
    except TidakSah as galat:
        return _pindah(request, form, galat)
    messages.success(request, f"Tenggat dipindah. {dampak.kalimat}")
    return redirect("pelaporan:pindah_tenggat")


def _pindah(request: Permintaan, form: FormPindah, galat: GalatPortal | None = None, **lain: Any) -> HttpResponse:
    halaman = Paginator(baca.daftar_perubahan(), SEHALAMAN).get_page(request.GET.get("halaman"))
    return _halaman(request, "tenggat_pindah", form, galat, halaman=halaman, **lain)


# ---------------------------------------------------------------- waivers


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def bebas(request: Permintaan) -> HttpResponse:
    """The list of waivers for everybody who reads reports of the region; granting one for those who may."""
    if not (boleh(request.user, Izin.BEBASKAN_KEWAJIBAN) or boleh(request.user, Izin.TINJAU_LAPORAN)):
        raise Ditolak("Pembebasan kewajiban dibaca oleh Kanwil dan peninjau pusat.")
    memberi = boleh(request.user, Izin.BEBASKAN_KEWAJIBAN)
    if request.method == "POST" and not memberi:
        raise Ditolak("Hanya Kepala Kanwil dan peninjau pusat yang membebaskan kewajiban.")
    form = _form_bebas(request) if memberi else None
    if form is None or not form.is_valid():
        return _bebas(request, form)
    isi = form.cleaned_data
    try:
        baru = services.bebaskan(
            kode=isi["upt"],
            formulir=isi["formulir"],
            dari=isi["dari"],
            sampai=isi["sampai"],
            alasan=isi["alasan"],
            oleh=request.user,
            cakupan=request.cakupan,
        )
    except (Bentrok, TidakDitemukan, TidakSah) as galat:
        return _bebas(request, form, galat)
    messages.success(request, f"{baru.upt.nama} dibebaskan dari {baru.formulir.nama}.")
    return redirect("pelaporan:bebas")


def _form_bebas(request: Permintaan) -> FormBebas:
    kini = Bulan.kini()
    return FormBebas(
        _kiriman(request),
        initial={"upt": request.GET.get("untuk", "")},
        upt=baca.unit_untuk_bebas(cakupan_izin(request.user, Izin.BEBASKAN_KEWAJIBAN)),
        formulir=baca.semua_formulir(),
        bulan=sorted({*baca.bulan_terbuka(), *kini.rentang(kini + 12)}),
    )


def _bebas(request: Permintaan, form: FormBebas | None, galat: GalatPortal | None = None) -> HttpResponse:
    nasional = request.cakupan.nasional
    saring = FormSaringBebas(
        request.GET or None, formulir=baca.semua_formulir(), kanwil=semua_kanwil() if nasional else []
    )
    pilihan = {"keadaan": "", "formulir": "", "kanwil": "", "upt": ""}
    if saring.is_bound and saring.is_valid():
        pilihan = saring.cleaned_data
    semua = baca.daftar_bebas(request.cakupan, bulan=Bulan.kini(), **pilihan)
    return _halaman(
        request,
        "tenggat_bebas",
        form,
        galat,
        saring=saring,
        nasional=nasional,
        halaman=Paginator(semua, SEHALAMAN).get_page(request.GET.get("halaman")),
        kini=Bulan.kini().awal,
    )


@masuk_dulu
@require_POST
def bebas_cabut(request: Permintaan, bebas_id: int) -> HttpResponse:
    try:
        satu = services.cabut_pembebasan(pembebasan_id=bebas_id, oleh=request.user, cakupan=request.cakupan)
    except Bentrok as galat:
        messages.error(request, galat.pesan)
    else:
        messages.success(request, f"Pembebasan {satu.formulir.nama} untuk {satu.upt.nama} dicabut.")
    return redirect("pelaporan:bebas")
