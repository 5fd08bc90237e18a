"""Pages of jobs: my requests, one request, its state as JSON, its files.

All of it works without JavaScript.
"""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.crypto import salted_hmac
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.pekerjaan import selectors, services
from pemasyarakatan.pekerjaan.models import MASA_BERKAS, Pekerjaan

JALUR = [{"label": "Permintaan saya", "url": "/pekerjaan/"}]


def orang(request: HttpRequest) -> Pengguna:
    """The person behind a request that `masuk_dulu` has let in."""
    return cast("Pengguna", request.user)


@masuk_dulu
@require_safe
@never_cache
def daftar(request: HttpRequest) -> HttpResponse:
    """My requests of the last 30 days."""
    halaman = Paginator(selectors.daftar(orang(request)), 25).get_page(request.GET.get("halaman"))
    baris = [(satu, selectors.keadaan(satu)) for satu in halaman]
    return render(request, "pekerjaan/daftar.html", {"halaman": halaman, "baris": baris})


@masuk_dulu
@require_safe
@never_cache
def satu(request: HttpRequest, id: UUID) -> HttpResponse:
    """One request in its present state."""
    return _halaman(request, selectors.satu(orang(request), id))


def _halaman(request: HttpRequest, pekerjaan: Pekerjaan, status: int = 200, **tambahan: Any) -> HttpResponse:
    keadaan = selectors.keadaan(pekerjaan)
    berkas = list(pekerjaan.berkas.all()) if keadaan.kode == "selesai" else []
    isi = {
        "pekerjaan": pekerjaan,
        "keadaan": keadaan,
        "kerja": {
            "judul": pekerjaan.judul,
            "selesai": keadaan.selesai,
            "total": keadaan.total,
            "teks": keadaan.teks,
            "akhir": keadaan.akhir,
            "url_json": reverse("pekerjaan:status", args=[pekerjaan.pk]),
        },
        "berkas": berkas,
        "berlaku_sampai": pekerjaan.akhir_pada + MASA_BERKAS if pekerjaan.akhir_pada else None,
        "kunci": uuid4().hex,
        "jalur": JALUR,
        **tambahan,
    }
    return render(request, "pekerjaan/satu.html", isi, status=status)


@masuk_dulu
@require_safe
def status(request: HttpRequest, id: UUID) -> HttpResponse:
    """The state for `js/pekerjaan.js`; 304 while nothing has changed."""
    keadaan = selectors.keadaan(selectors.satu(orang(request), id))
    isi = {"selesai": keadaan.selesai, "total": keadaan.total, "teks": keadaan.teks, "akhir": keadaan.akhir}
    etag = f'"{salted_hmac("pekerjaan.status", repr(isi)).hexdigest()[:20]}"'
    jawaban = JsonResponse(isi, headers={"ETag": etag})
    patch_cache_control(jawaban, private=True, no_cache=True)
    return get_conditional_response(request, etag=etag, response=jawaban) or jawaban


@masuk_dulu
@require_safe
@never_cache
def berkas(request: HttpRequest, id: UUID, berkas_id: int) -> HttpResponse:
    """A result file, out of the database."""
    hasil = services.unduh(oleh=orang(request), pekerjaan_id=id, berkas_id=berkas_id)
    lampiran = content_disposition_header(as_attachment=True, filename=hasil.nama)
    jawaban = HttpResponse(bytes(hasil.isi), content_type=hasil.tipe)
    jawaban["Content-Disposition"] = lampiran or "attachment"
    jawaban["X-Content-Type-Options"] = "nosniff"
    return jawaban


@masuk_dulu
@require_POST
def batal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Cancel. A job that has ended meanwhile stays as it ended, and the page says so."""
    pekerjaan = selectors.satu(orang(request), id)
    if services.batalkan(pekerjaan=pekerjaan, oleh=orang(request)):
        messages.success(request, "Permintaan dibatalkan.")
    else:
        messages.info(request, "Permintaan ini sudah berakhir, jadi tidak ada yang dibatalkan.")
    return redirect("pekerjaan:satu", id=id)


@masuk_dulu
@require_POST
def ulangi(request: HttpRequest, id: UUID) -> HttpResponse:
    """Ask again with the same choices; a place in the queue that is not free is said on the page."""
    pekerjaan = selectors.satu(orang(request), id)
    try:
        baru = services.ulangi(pekerjaan=pekerjaan, oleh=orang(request), kunci=baca_kunci(request))
    except services.TerlaluBanyak as galat:
        return _halaman(request, pekerjaan, galat.status, galat=[{"pesan": galat.pesan, "sasaran": ""}])
    return redirect("pekerjaan:satu", id=baru.pk)


def baca_kunci(request: HttpRequest) -> UUID:
    """The form's idempotency key (`kunci`, 32 hex digits). Raises TidakSah."""
    try:
        return UUID(hex=request.POST.get("kunci", ""))
    except ValueError as galat:
        raise TidakSah("Permintaan tidak memuat kunci yang sah. Muat ulang halaman, lalu coba lagi.") from galat
