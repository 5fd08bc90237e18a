"""API authentication and rights. The scope middleware has already recognised the token; here DRF learns about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import generics
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.token import SKEMA
from pemasyarakatan.inti.api import TampilanKetat


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


class SkemaToken(OpenApiAuthenticationExtension):
    target_class = "pemasyarakatan.akun.api.TokenPengguna"
    name = "tokenPengguna"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Token <teks>"}


class PunyaIzin(BasePermission):
    """The right that the view names for this method, held anywhere; objects are then narrowed by scope and service."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        izin: Mapping[str, Izin] = view.izin
        return boleh(request.user, izin.get(request.method or "", view.izin_baca))


class Tampilan(TampilanKetat):
    """Base of the portal's API views: `izin_baca` to read, `izin` per other method.

    A method that `izin` does not name asks for `izin_baca`; who may act on which row is decided by the services.
    """

    permission_classes = [PunyaIzin]
    izin_baca: ClassVar[Izin] = Izin.PAKAI_API
    izin: ClassVar[Mapping[str, Izin]] = {}

    @property
    def cakupan(self) -> Any:
        """The caller's scope, which the middleware has also told the database."""
        return self.request.cakupan  # type: ignore[attr-defined]


class TampilanDaftar(Tampilan, generics.ListAPIView):  # type: ignore[type-arg]
    """A paged list."""


class TampilanSatu(Tampilan, generics.RetrieveAPIView):  # type: ignore[type-arg]
    """One row; missing and foreign are both 404."""
