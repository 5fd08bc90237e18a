"""The first gate of every upload: more bytes than its page takes are not even kept in a temporary file.

    @batas_unggah(5 * 1024 * 1024)
    def lampiran(request): …
        if terlalu_besar(request):  # the file was dropped while it arrived; say so at the form, with 413

The mark stands innermost, below the other decorators. Pages without one share the limit of the settings.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import Resolver404, resolve

F = TypeVar("F", bound=Callable[..., HttpResponse])

_BATAS = "unggahan_maks"
_MEMORI = "unggahan_di_memori"
_TANDA = "portal.unggahan_terlalu_besar"
_SABAR = 4
"""Up to so many times the limit is read away, so that an honest browser gets its answer; then the line is cut."""


def batas_unggah(bita: int, *, memori: bool = False) -> Callable[[F], F]:
    """Mark a view with the most bytes that its files may have together; with `memori` they never touch the disk,
    where a killed process would leave them."""

    def tandai(view: F) -> F:
        setattr(view, _BATAS, bita)
        setattr(view, _MEMORI, memori)
        return view

    return tandai


def terlalu_besar(request: HttpRequest) -> bool:
    """Whether a file of this request was dropped for its size."""
    return bool(request.META.get(_TANDA))


def terima(request: HttpRequest) -> None:
    """Take the body in before anything is opened for it: on a thin line it arrives for minutes.

    Who shows no key (session or token) is not waited for here; what they send is read where it is judged, if at all.
    Files that are far too much raise SuspiciousOperation (400).
    """
    if request.method not in ("POST", "PUT", "PATCH") or not _berkunci(request):
        return
    try:
        request.resolver_match = resolve(request.path_info)
    except Resolver404:
        return
    if request.content_type == "multipart/form-data":
        if request.path.startswith("/api/"):
            return  # speaks JSON alone: refused unread
        with suppress(UnreadablePostError):  # the line broke: the page that wants the body says so, if anybody listens
            request.POST  # noqa: B018  reading it is what receives the files
        return
    with suppress(UnreadablePostError, RequestDataTooBig):  # likewise; a page may have its own words for too much
        request.body  # noqa: B018


def _berkunci(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "HTTP_AUTHORIZATION" in request.META


class BatasUnggahan(FileUploadHandler):
    """Counts what really arrives, whatever Content-Length says. A file beyond the limit is dropped, the rest of the
    form is read, and the page answers."""

    _bita = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        *lain: Any,
        **nama: Any,
    ) -> None:
        if content_length > _SABAR * _maks(self.request):
            raise RequestDataTooBig("The body is far larger than any file that this page takes.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._bita += len(raw_data)
        maks = _maks(self.request)
        if self._bita <= maks:
            return raw_data
        if self.request is not None:
            self.request.META[_TANDA] = True
        if self._bita > _SABAR * maks:
            raise StopUpload(connection_reset=True)
        raise SkipFile

    def file_complete(self, file_size: int) -> Any:
        return None


class UnggahanMemori(MemoryFileUploadHandler):
    """Small files, and all files of views that say so."""

    def handle_raw_input(self, *data: Any, **lain: Any) -> None:
        super().handle_raw_input(*data, **lain)
        tujuan = getattr(self.request, "resolver_match", None)
        self.activated = self.activated or getattr(tujuan and tujuan.func, _MEMORI, False)


def _maks(request: HttpRequest | None) -> int:
    """What the page takes, never more than the settings allow."""
    tujuan = getattr(request, "resolver_match", None)
    return min(getattr(tujuan and tujuan.func, _BATAS, settings.UNGGAHAN_MAKS), settings.UNGGAHAN_MAKS)
