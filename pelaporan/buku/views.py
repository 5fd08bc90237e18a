"""Pages of the round trip: template out, workbook in, the preview with its decision. All without a script."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pelaporan.buku import batas, services
from pelaporan.buku import selectors as baca
from pelaporan.buku.arsip import TERLALU_BESAR
from pelaporan.buku.forms import FormUnggah
from pelaporan.buku.sajian import NAMA, sajikan
from pelaporan.models import Unggahan
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import GalatPortal, TidakDitemukan, TidakSah
from pemasyarakatan.inti.unggah import batas_unggah, terlalu_besar
from pemasyarakatan.inti.waktu import Bulan
from pemasyarakatan.pekerjaan import selectors as pekerjaan
from upt.models import UPT, Kanwil
from upt.permintaan import Permintaan

JUDUL = {
    Unggahan.Status.ANTRE: "Berkas menunggu dibaca",
    Unggahan.Status.DIPERIKSA: "Periksa sebelum disimpan",
}

# ---------------------------------------------------------------- a unit


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
@batas_unggah(batas.BERKAS_MAKS)
def buku(request: Permintaan, kode: str, bulan: Bulan) -> HttpResponse:
    """Templates to take away, the upload, and what was uploaded for this month."""
    upt = baca.upt_pengisi(request.cakupan, request.user, kode)
    if request.method != "POST":
        return _halaman_upt(request, upt, bulan, FormUnggah())
    umum: dict[str, Any] = {"upt": upt, "bulan": bulan, "oleh": request.user, "cakupan": request.cakupan}
    form = FormUnggah(request.POST, request.FILES)
    satu, status = _unggah(request, form, services.terima_upt, umum)
    return redirect("pelaporan:unggahan", satu.pk) if satu else _halaman_upt(request, upt, bulan, form, status)


def _unggah(request: Permintaan, form: FormUnggah, terima: Any, umum: dict[str, Any]) -> tuple[Unggahan | None, int]:
    """(the upload, 0), or (None, status) with the refusal as the form's error."""
    if terlalu_besar(request):
        form.add_error("berkas", TERLALU_BESAR)
        return None, 413
    if not form.is_valid():
        return None, 400
    berkas = form.cleaned_data["berkas"]
    try:
        return terima(isi=berkas.read(), nama=berkas.name, **umum), 0
    except GalatPortal as galat:
        if galat.status in (403, 404):
            raise
        form.add_error("berkas", galat.pesan)
        return None, galat.status


def _halaman_upt(request: Permintaan, upt: UPT, bulan: Bulan, form: FormUnggah, status: int = 200) -> HttpResponse:
    isi = {
        "upt": upt,
        "bulan": bulan,
        "form": form,
        "laporan": baca.laporan_buku(request.cakupan, upt, bulan),
        "unggahan": baca.daftar_unggahan(request.cakupan, bulan, upt=upt),
        "zona": upt.zona,
        "jalur": _jalur_upt(upt, bulan),
    }
    return render(request, "pelaporan/buku.html", isi, status=status)


def _jalur_upt(upt: UPT, bulan: Bulan) -> list[dict[str, str]]:
    unit = reverse("pelaporan:beranda_upt", kwargs={"kode": upt.kode})
    return [{"label": upt.nama, "url": f"{unit}?bulan={bulan.kode}"}]


@masuk_dulu
@require_safe
def templat(request: Permintaan, kode: str, bulan: Bulan) -> HttpResponse:
    """The unit's workbook; `?formulir=F06` for one form."""
    upt = baca.upt_pengisi(request.cakupan, request.user, kode)
    formulir = request.GET.get("formulir", "")
    semua = baca.laporan_buku(request.cakupan, upt, bulan, formulir)
    if not semua:
        raise TidakDitemukan(
            "Tidak ada laporan yang masih dapat diisi untuk templat ini. Buka laporannya dari beranda."
        )
    nama = "-".join(filter(None, ("laporan", upt.kode, bulan.kode, formulir)))
    return _excel(baca.buat_templat(upt, bulan, semua), nama)


def _excel(isi: bytes, nama: str) -> HttpResponse:
    jawaban = HttpResponse(isi, content_type=batas.TIPE)
    jawaban["Content-Disposition"] = content_disposition_header(True, f"{nama}.xlsx")
    jawaban["X-Content-Type-Options"] = "nosniff"
    return jawaban


# ---------------------------------------------------------------- a Kanwil


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
@batas_unggah(batas.BERKAS_MAKS)
def kanwil(request: Permintaan, slug: str) -> HttpResponse:
    """The same for one form of all units of the region, `?pilih=2026-09.F06`."""
    satu = baca.kanwil_pengisi(request.user, slug)
    semua = baca.pilihan_kanwil(request.cakupan, satu)
    pilih = _pilihan(request, semua)
    form = FormUnggah()
    if request.method != "POST" or pilih is None:
        return _halaman_kanwil(request, satu, semua, pilih, form, 200 if request.method != "POST" else 404)
    bulan, formulir = pilih
    form = FormUnggah(request.POST, request.FILES)
    umum: dict[str, Any] = {"kanwil": satu, "bulan": bulan, "formulir": formulir}
    umum |= {"oleh": request.user, "cakupan": request.cakupan}
    hasil, status = _unggah(request, form, services.terima_kanwil, umum)
    return (
        redirect("pelaporan:unggahan", hasil.pk)
        if hasil
        else _halaman_kanwil(request, satu, semua, pilih, form, status)
    )


def _pilihan(request: Permintaan, semua: list[tuple[Bulan, str, str]]) -> tuple[Bulan, str] | None:
    diminta = request.GET.get("pilih", "")
    cocok = [(b, f) for b, f, _ in semua if f"{b.kode}.{f}" == diminta]
    if diminta and not cocok:
        raise TidakDitemukan("Formulir atau bulan itu tidak ada di wilayah ini. Pilih dari daftar.")
    return cocok[0] if cocok else None


def _halaman_kanwil(
    request: Permintaan,
    satu: Kanwil,
    semua: list[tuple[Bulan, str, str]],
    pilih: tuple[Bulan, str] | None,
    form: FormUnggah,
    status: int,
) -> HttpResponse:
    isi: dict[str, Any] = {
        "kanwil": satu,
        "pilihan": [(f"{b.kode}.{f}", f"{b.nama}: {f} {nama}") for b, f, nama in semua],
        "pilih": f"{pilih[0].kode}.{pilih[1]}" if pilih else "",
        "form": form,
        "zona": satu.zona,
    }
    if pilih:
        isi |= {
            "bulan": pilih[0],
            "formulir": pilih[1],
            "laporan": baca.laporan_wilayah(request.cakupan, satu, *pilih),
            "unggahan": baca.daftar_unggahan(request.cakupan, pilih[0], kanwil=satu, formulir=pilih[1], upt=None),
        }
    return render(request, "pelaporan/buku_kanwil.html", isi, status=status)


@masuk_dulu
@require_safe
def templat_kanwil(request: Permintaan, slug: str) -> HttpResponse:
    satu = baca.kanwil_pengisi(request.user, slug)
    pilih = _pilihan(request, baca.pilihan_kanwil(request.cakupan, satu))
    if pilih is None:
        raise TidakSah("Pilih bulan dan formulirnya dahulu.")
    isi = baca.buat_templat_kanwil(request.cakupan, satu, *pilih)
    return _excel(isi, f"kanwil-{satu.slug}-{pilih[0].kode}-{pilih[1]}")


# ---------------------------------------------------------------- one upload


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def unggahan(request: Permintaan, kunci: UUID) -> HttpResponse:
    """What saving would do; then the decision; afterwards what it did."""
    satu = baca.unggahan_satu(request.cakupan, request.user, kunci)
    if request.method != "POST":
        return _halaman_unggahan(request, satu)
    umum: dict[str, Any] = {"unggahan_id": satu.pk, "oleh": request.user, "cakupan": request.cakupan}
    if request.POST.get("aksi") == "batal":
        services.batalkan_unggahan(**umum)
        messages.success(request, "Unggahan dibatalkan. Tidak ada yang disimpan.")
        return redirect(_asal(satu))
    pilihan: dict[str, Any] = {nama: request.POST.getlist(nama) for nama in ("betul", "timpa")}
    pilihan["buang"] = [x for nama, x in request.POST.items() if nama.startswith("buang-") and x]
    try:
        services.simpan_unggahan(**umum, **pilihan, alasan=request.POST.get("alasan", ""))
    except TidakSah as galat:
        return _halaman_unggahan(request, satu, galat.pesan, status=400)
    return redirect("pelaporan:unggahan", satu.pk)


def _halaman_unggahan(request: Permintaan, satu: Unggahan, galat: str = "", status: int = 200) -> HttpResponse:
    tampil = request.GET.get("tampil", "")
    isi = {
        "u": satu,
        "judul": JUDUL.get(Unggahan.Status(satu.status), "Hasil unggahan"),
        "bulan": Bulan.pada(satu.bulan),
        "sajian": sajikan(satu.rencana, tampil if tampil in NAMA else ""),
        "tampil": tampil if tampil in NAMA else "",
        "zona": satu.upt.zona if satu.upt else satu.kanwil.zona,
        "galat": [{"pesan": galat, "sasaran": "alasan"}] if galat else [],
        "kerja": pekerjaan.kemajuan_halaman(baca.pekerjaan_baca(request.user, satu)),
        "alasan": request.POST.get("alasan", "") if galat else "",
        "asal": _asal(satu),
        "jalur": [{"label": str(satu.upt or satu.kanwil), "url": _asal(satu)}],
    }
    return render(request, "pelaporan/unggahan.html", isi, status=status)


def _asal(satu: Unggahan) -> str:
    bulan = Bulan.pada(satu.bulan)
    if satu.upt is None:
        return f"{reverse('pelaporan:buku_kanwil', args=[satu.kanwil.slug])}?pilih={bulan.kode}.{satu.formulir}"
    return reverse("pelaporan:buku", args=[satu.upt.kode, bulan])


@masuk_dulu
@require_safe
def salinan_galat(request: Permintaan, kunci: UUID) -> HttpResponse:
    """The workbook with comments at the cells; it can be corrected and uploaded again."""
    satu = baca.unggahan_satu(request.cakupan, request.user, kunci)
    if satu.status == Unggahan.Status.GAGAL:
        raise TidakDitemukan("Berkas ini tidak terbaca, jadi tidak ada salinannya. Unduh templat baru.")
    return _excel(baca.buat_salinan_galat(request.cakupan, satu), f"perbaiki-{satu.pk}")


@masuk_dulu
@require_safe
def berkas(request: Permintaan, kunci: UUID) -> HttpResponse:
    """The file exactly as it came, as evidence; always a download under a name of our own."""
    satu = baca.unggahan_satu(request.cakupan, request.user, kunci)
    return _excel(bytes(satu.berkas.isi), f"unggahan-{satu.pk}")
