"""Forms and their versions: the list, uploading a draft, the text of a version, withdrawing one."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pelaporan.models import FormulirVersi, RancanganFormulir
from pelaporan.selectors_formulir import satu_versi, semua_versi
from pelaporan.skema import GalatSkema
from pelaporan.terbit import halaman, selectors, services
from pelaporan.terbit.forms import FormAlasan, FormUnggah, baca_bulan
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import GalatPortal, TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan

RANCANGAN_LAMA = 10


@masuk_dulu
@require_safe
@never_cache
def daftar(request: HttpRequest) -> HttpResponse:
    """Every form with its versions, and the drafts on their way."""
    halaman.pembaca(request)
    per = groupby(semua_versi(), key=lambda v: v.formulir_id)
    semua = selectors.semua_rancangan(halaman.cakupan(request))
    jalan = RancanganFormulir.Status.RANCANGAN
    isi = {
        "formulir": [_kelompok(list(versi)) for _, versi in per],
        "rancangan": [(r, Bulan.pada(r.berlaku_dari)) for r in semua.filter(status=jalan)],
        "lama": [(r, Bulan.pada(r.berlaku_dari)) for r in semua.exclude(status=jalan)[:RANCANGAN_LAMA]],
        "boleh": halaman.boleh_ubah(request),
    }
    return render(request, "pelaporan/formulir_daftar.html", isi)


def _kelompok(versi: list[FormulirVersi]) -> dict[str, Any]:
    """One form: its versions newest first, with whether the newest may still be withdrawn."""
    kini = Bulan.kini().awal
    berlaku = next((v.pk for v in versi if v.berlaku_dari <= kini), None)
    baris = [
        {
            "bulan": Bulan.pada(v.berlaku_dari),
            "laporan": v.laporan_semua,  # type: ignore[attr-defined]
            "berlaku": v.pk == berlaku,
            "nanti": v.berlaku_dari > kini,
            "cabut": n == 0 and not v.laporan_mulai,  # type: ignore[attr-defined]
        }
        for n, v in enumerate(versi)
    ]
    return {"kode": versi[0].formulir_id, "nama": versi[0].formulir.nama, "versi": baris}


@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unggah(request: HttpRequest) -> HttpResponse:
    """GET shows an empty form, or with ?kode=&bulan= the text of a version to change; POST keeps a draft."""
    halaman.admin(request)
    if request.method != "POST":
        return _halaman_unggah(request, FormUnggah(initial={"teks": _teks_awal(request)}))
    form = FormUnggah(request.POST, request.FILES)
    return simpan(request, form, "pelaporan/formulir_unggah.html", {"jalur": halaman.JALUR})


def simpan(
    request: HttpRequest,
    form: FormUnggah,
    templat: str,
    isi: dict[str, Any],
    rancangan: RancanganFormulir | None = None,
) -> HttpResponse:
    """Keep what was sent, or show it again as it was typed, with everything that is wrong."""
    salah: list[str] = []
    status = 400
    if form.is_valid():
        data = form.cleaned_data
        try:
            jadi = services.simpan_rancangan(
                teks=data["naskah"],
                catatan=data["catatan"],
                oleh=halaman.orang(request),
                cakupan=halaman.cakupan(request),
                rancangan_id=rancangan.pk if rancangan else None,
                revisi=halaman.revisi(request) if rancangan else 0,
            )
        except GalatSkema as galat:
            salah = galat.galat
        except GalatPortal as galat:
            salah, status = [galat.pesan], galat.status
        else:
            messages.success(request, f"Rancangan {jadi.kode} tersimpan. Periksa perubahannya, lalu jalankan gladi.")
            return redirect("pelaporan:rancangan", id=jadi.pk)
    tampil = _dengan_naskah(form)
    return render(request, templat, {**isi, "form": tampil, "galat": halaman.galat(salah, "id_teks")}, status=status)


def _dengan_naskah(form: FormUnggah) -> FormUnggah:
    """The text of a chosen file comes back in the text box, so that it can be mended on the spot."""
    naskah = form.cleaned_data.get("naskah") if hasattr(form, "cleaned_data") else None
    if naskah:
        form.data = {**{nama: form.data.get(nama) for nama in form.data}, "teks": naskah}
    return form


def _teks_awal(request: HttpRequest) -> str:
    bulan = baca_bulan(request.GET.get("bulan", ""))
    versi = satu_versi(request.GET.get("kode", ""), bulan) if bulan else None
    return halaman.naskah(versi) if versi else ""


def _halaman_unggah(request: HttpRequest, form: FormUnggah) -> HttpResponse:
    return render(request, "pelaporan/formulir_unggah.html", {"form": form, "jalur": halaman.JALUR})


def _ambil(kode: str, bulan: Bulan) -> FormulirVersi:
    versi = satu_versi(kode, bulan)
    if versi is None:
        raise TidakDitemukan("Versi formulir ini tidak ada.")
    return versi


@masuk_dulu
@require_safe
def unduh_yaml(request: HttpRequest, kode: str, bulan: Bulan) -> HttpResponse:
    """The text of a version, as a file."""
    halaman.pembaca(request)
    versi = _ambil(kode, bulan)
    jawaban = HttpResponse(halaman.naskah(versi), content_type="application/yaml; charset=utf-8")
    jawaban["Content-Disposition"] = content_disposition_header(True, f"{kode}-{bulan.kode}.yaml") or "attachment"
    jawaban["X-Content-Type-Options"] = "nosniff"
    return jawaban


@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def cabut(request: HttpRequest, kode: str, bulan: Bulan) -> HttpResponse:
    """GET names what withdrawing does; POST does it."""
    halaman.admin(request)
    versi = _ambil(kode, bulan)
    form = FormAlasan(request.POST if request.method == "POST" else None)
    isi: dict[str, Any] = {
        "versi": versi,
        "bulan": bulan,
        "form": form,
        "sebelum": selectors.dasar_versi(kode, bulan),
        "jalur": halaman.JALUR,
    }
    if request.method != "POST":
        return render(request, "pelaporan/formulir_cabut.html", isi)
    if not form.is_valid():
        return render(request, "pelaporan/formulir_cabut.html", isi, status=400)
    try:
        services.cabut(
            kode=kode,
            bulan=bulan,
            alasan=form.cleaned_data["alasan"],
            oleh=halaman.orang(request),
            cakupan=halaman.cakupan(request),
        )
    except GalatPortal as galat:
        return render(
            request,
            "pelaporan/formulir_cabut.html",
            {**isi, "galat": halaman.galat([galat.pesan])},
            status=galat.status,
        )
    messages.success(request, f"Versi {kode} sejak {bulan.nama} dicabut.")
    return redirect("pelaporan:formulir")
