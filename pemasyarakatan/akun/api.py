"""API authentication. The scope middleware has already recognised the token; here DRF learns about it."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.token import SKEMA


class TokenPengguna(BaseAuthentication):
    """`Authorization: Token …` with a personal token; the same rights and scope as its owner in the pages."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        token = getattr(request._request, "token_api", None)
        if token is None:
            if request.headers.get("Authorization"):
                raise AuthenticationFailed("Token tidak dikenal atau sudah dicabut.")
            return None
        pengguna = request._request.user
        if not boleh(pengguna, Izin.PAKAI_API):
            raise PermissionDenied("Peran pemilik token ini tidak memakai API.")
        return pengguna, token

    def authenticate_header(self, request: Request) -> str:
        return SKEMA


class SesiPengguna(SessionAuthentication):
    """For reading the API's own documentation in the browser."""
