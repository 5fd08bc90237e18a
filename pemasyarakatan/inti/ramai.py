"""The deadline day: a click counts when it arrives, and heavy pages yield to saving and sending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import BoundedSemaphore
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from pemasyarakatan.inti.middleware import jawab_galat
from pemasyarakatan.inti.waktu import sekarang

F = TypeVar("F", bound=Callable[..., HttpResponse])

PESAN_RAMAI = (
    "Portal sedang ramai. Halaman rekap menunggu dahulu supaya isian dan pengiriman laporan tetap lancar. "
    "Coba lagi sebentar lagi."
)
TUNGGU_DETIK = 10
ANTRE_MAKS = timedelta(minutes=10)
_TANDA = "halaman_berat"


def berat(view: F) -> F:
    """Mark a view as heavy: only a few run at once in a process, the next one is told to come back."""
    setattr(view, _TANDA, True)
    return view


def waktu_diterima(request: HttpRequest) -> datetime:
    """When the request reached the portal, by the server's clock."""
    return getattr(request, "diterima_pada", None) or sekarang()


class RamaiMiddleware:
    """Outermost, so that nothing is waited for before the time is taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.tempat = BoundedSemaphore(settings.HALAMAN_BERAT_SEKALIGUS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.diterima_pada = _diterima(request)  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            if getattr(request, "memakai_tempat", False):
                self.tempat.release()

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        if not getattr(view, _TANDA, False):
            return None
        if self.tempat.acquire(blocking=False):
            request.memakai_tempat = True  # type: ignore[attr-defined]
            return None
        jawaban = jawab_galat(request, 503, PESAN_RAMAI)
        jawaban["Retry-After"] = str(TUNGGU_DETIK)
        return jawaban


def _diterima(request: HttpRequest) -> datetime:
    """The moment the proxy took the request in, where one is trusted; it may have waited for a free thread since.

    `X-Request-Start: t=<seconds since 1970>`, as nginx writes it. What lies in the future or too far back is no such
    stamp and is not believed.
    """
    kini = sekarang()
    cap = request.headers.get("X-Request-Start", "") if settings.PERCAYA_PROKSI else ""
    try:
        saat = datetime.fromtimestamp(float(cap.removeprefix("t=")), UTC)
    except (ValueError, OverflowError, OSError):
        return kini
    return saat if kini - ANTRE_MAKS <= saat <= kini else kini
