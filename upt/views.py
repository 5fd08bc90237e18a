"""Pages of the organisation: the units a person may see, one unit's profile, and its acting heads."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from upt import selectors
from upt.forms import FormCariUPT, FormPelaksana
from upt.models import UPT, Penugasan
from upt.services import boleh_cabut, cabut_penugasan, tunjuk_pelaksana

SEHALAMAN = 50


@masuk_dulu
@require_safe
def daftar(request: HttpRequest) -> HttpResponse:
    """The units within the person's scope, by name, with search and filters in the address."""
    cakupan = request.cakupan  # type: ignore[attr-defined]
    form = FormCariUPT(request.GET or None, kanwil=selectors.kanwil_terlihat(cakupan))
    semua = selectors.daftar_upt(cakupan).order_by("kanwil__nama_pendek", "nama")
    if form.is_bound and form.is_valid():
        semua = _saring(semua, form.cleaned_data)
    halaman = Paginator(semua, SEHALAMAN).get_page(request.GET.get("halaman"))
    konteks = {"form": form, "halaman": halaman, "tersaring": bool(set(form.data or {}) - {"halaman"})}
    return render(request, "upt/daftar.html", konteks, status=400 if form.errors else 200)


def _saring(semua: QuerySet[UPT], isi: dict[str, Any]) -> QuerySet[UPT]:
    semua = selectors.cari_upt(semua, isi["cari"]) if isi["cari"] else semua
    semua = semua.filter(kanwil__slug=isi["kanwil"]) if isi["kanwil"] else semua
    return semua.filter(jenis=isi["jenis"]) if isi["jenis"] else semua


@masuk_dulu
@require_safe
def profil(request: HttpRequest, kode: str) -> HttpResponse:
    """Identity, capacity and parents over time, and who serves here."""
    upt = selectors.satu_upt(request.cakupan, kode)  # type: ignore[attr-defined]
    return render(request, "upt/profil.html", _isi_profil(request, upt))


def _isi_profil(request: HttpRequest, upt: UPT) -> dict[str, Any]:
    cakupan = request.cakupan  # type: ignore[attr-defined]
    petugas = list(selectors.petugas_upt(cakupan, upt))
    kapasitas = list(selectors.riwayat_kapasitas(upt))
    return {
        "upt": upt,
        "jalur": [{"label": "Organisasi", "url": reverse("upt:daftar")}],
        "kapasitas": kapasitas,
        "kini": next((k for k in kapasitas if k.dari <= hari_ini()), None),
        "riwayat_kanwil": selectors.riwayat_kanwil(upt),
        "petugas": [(t, boleh_cabut(request.user, t), t.mulai > hari_ini()) for t in petugas],  # type: ignore[arg-type]
        "lalu": selectors.penugasan_lalu(cakupan, upt)[:20],
        "tutup": upt.berlaku_sampai is not None and upt.berlaku_sampai < hari_ini(),
        "boleh_tunjuk": boleh(request.user, Izin.TUNJUK_PELAKSANA, upt),
        "boleh_laporan": boleh(request.user, Izin.LIHAT_LAPORAN, upt),
        "boleh_dasbor": boleh(request.user, Izin.LIHAT_DASBOR, upt),
        "boleh_kelola": boleh(request.user, Izin.KELOLA_ORGANISASI),
    }


@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def tunjuk(request: HttpRequest, kode: str) -> HttpResponse:
    """Appoint an acting head. What was typed stays when something is wrong."""
    cakupan = request.cakupan  # type: ignore[attr-defined]
    upt = selectors.satu_upt(cakupan, kode)
    if not boleh(request.user, Izin.TUNJUK_PELAKSANA, upt):
        raise Ditolak("Peran Anda tidak menunjuk Plt atau Plh di UPT ini.")
    calon = selectors.calon_pelaksana(cakupan, upt).exclude(pk=cakupan.pengguna_id)
    form = FormPelaksana(request.POST if request.method == "POST" else None, calon=calon)
    if form.is_bound and form.is_valid():
        penugasan = _tunjuk(request, form, upt)
        if penugasan is not None:
            messages.success(request, f"{penugasan.pengguna.nama} ditunjuk sebagai {penugasan.gelar}.")
            return redirect("upt:profil", kode=upt.kode)
    jalur = [
        {"label": "Organisasi", "url": reverse("upt:daftar")},
        {"label": upt.nama, "url": reverse("upt:profil", args=[upt.kode])},
    ]
    konteks = {"upt": upt, "form": form, "jalur": jalur}
    return render(request, "upt/tunjuk.html", konteks, status=400 if form.errors else 200)


def _tunjuk(request: HttpRequest, form: FormPelaksana, upt: UPT) -> Penugasan | None:
    try:
        return tunjuk_pelaksana(
            upt=upt,
            oleh=request.user,  # type: ignore[arg-type]
            cakupan=request.cakupan,  # type: ignore[attr-defined]
            **form.nilai,
        )
    except (TidakSah, Bentrok) as galat:
        bidang = next((nama for nama in galat.rincian if nama in form.fields), None)
        form.add_error(bidang, galat.pesan)
        return None


@masuk_dulu
@require_POST
def cabut(request: HttpRequest, kode: str, penugasan_id: int) -> HttpResponse:
    cakupan = request.cakupan  # type: ignore[attr-defined]
    upt = selectors.satu_upt(cakupan, kode)
    penugasan = selectors.satu_penugasan(cakupan, upt, penugasan_id)
    try:
        cabut_penugasan(penugasan=penugasan, oleh=request.user, cakupan=cakupan)  # type: ignore[arg-type]
        messages.success(request, f"Penugasan {penugasan.pengguna.nama} sebagai {penugasan.gelar} dicabut.")
    except Bentrok as galat:  # pressed twice, or ended meanwhile: what was wanted is already so
        messages.info(request, galat.pesan)
    return redirect("upt:profil", kode=upt.kode)
