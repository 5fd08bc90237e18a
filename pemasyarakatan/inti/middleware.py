"""Turning refusals and outages into answers a person understands."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from pemasyarakatan.inti.galat import GalatPortal

log = logging.getLogger(__name__)

PESAN_PENUH = (
    "Portal sedang sibuk atau basis data sedang dimulai ulang. Isian Anda belum berubah; "
    "tunggu sebentar, lalu kirim sekali lagi."
)
_SIBUK = {"55P03", "57014", "40P01", "40001"}  # lock timeout, statement timeout, deadlock, serialization


def minta_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.headers.get("Accept", "").startswith("application/json")


def jawab_galat(
    request: HttpRequest, status: int, pesan: str, rincian: dict[str, object] | None = None
) -> HttpResponse:
    """One shape for every refusal: JSON for programs, a page for people."""
    if minta_json(request):
        return JsonResponse({"pesan": pesan, **(rincian or {})}, status=status)
    templat = f"{status}.html" if status in (400, 403, 404, 409, 429, 503) else "400.html"
    if status >= 500:
        return halaman_gangguan(templat, status, pesan)
    return render(request, templat, {"pesan": pesan}, status=status)


def halaman_gangguan(templat: str, status: int, pesan: str = "") -> HttpResponse:
    """A page that asks nothing of the database, which may be what is failing: no name, no menu, no messages."""
    isi = {"pesan": pesan, "tampilan": {"latihan": settings.MODE_LATIHAN}}
    return HttpResponse(render_to_string(templat, isi), status=status)


class LayananMiddleware:
    """Outermost: also catches what the scope transaction raises on begin and commit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.get_full_path() or "%00" in request.get_full_path():
            return jawab_galat(request, 400, "Alamat memuat tanda yang tidak dapat dibaca. Buka lagi dari menu.")
        jawaban = self.get_response(request)
        # Every page is somebody's own; shared computers and proxies on the way keep none of them.
        if not jawaban.has_header("Cache-Control"):
            jawaban["Cache-Control"] = "private, no-store"
        return jawaban

    def process_exception(self, request: HttpRequest, galat: Exception) -> HttpResponse | None:
        return jawaban_untuk(request, galat)


def jawaban_untuk(request: HttpRequest, galat: Exception) -> HttpResponse | None:
    """The answer to an exception, or None when it is a defect that must surface as a 500."""
    if isinstance(galat, GalatPortal):
        return jawab_galat(request, galat.status, galat.pesan, galat.rincian)
    if isinstance(galat, OperationalError | InterfaceError) or _sibuk(galat):
        log.warning("database unavailable or busy: %s", type(galat).__name__)
        if connection.connection is not None and not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        jawaban = jawab_galat(request, 503, PESAN_PENUH)
        jawaban["Retry-After"] = "5"
        return jawaban
    return None


def _sibuk(galat: Exception) -> bool:
    return isinstance(galat, DatabaseError) and getattr(galat.__cause__, "pgcode", None) in _SIBUK
