"""One transaction per request, with the person's scope inside it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse

from pemasyarakatan.akun.token import pengguna_dari_token
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.csv_keluar import diminta
from pemasyarakatan.inti.middleware import jawaban_untuk
from pemasyarakatan.inti.unggah import terima
from upt.cakupan import Cakupan, pasang, terpasang

TANPA_CAKUPAN = ("/static/", "/sehat/")


class CakupanMiddleware:
    """Opens the transaction that ATOMIC_REQUESTS would open too late, sets the scope, and rolls back on >= 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(TANPA_CAKUPAN):
            return self.get_response(request)
        terima(request)
        try:
            return self._dalam_transaksi(request)
        except Error as galat:  # raised by BEGIN or COMMIT, outside the view
            jawaban = jawaban_untuk(request, galat)
            if jawaban is None:
                raise
            return jawaban

    def _dalam_transaksi(self, request: HttpRequest) -> HttpResponse:
        with _satu_saat(request), terpasang(Cakupan()):
            self._kenali(request)
            jawaban = self.get_response(request)
            if jawaban.status_code >= 500:
                transaction.set_rollback(True)
        return jawaban

    def _kenali(self, request: HttpRequest) -> None:
        if request.path.startswith("/api/"):
            pengguna = pengguna_dari_token(request)
            if pengguna is not None:
                request.user = pengguna
        diri = request.user.pk if request.user.is_authenticated else None
        pasang(Cakupan(pengguna_id=diri))  # enough to read one's own assignments
        request.cakupan = Cakupan.dari(request.user)  # type: ignore[attr-defined]
        pasang(request.cakupan)  # type: ignore[attr-defined]


def _satu_saat(request: HttpRequest) -> AbstractContextManager[None]:
    """A table that leaves the portal is of one moment, however many reports arrive while it is read."""
    return penjaga.potret() if diminta(request) else nullcontext()
