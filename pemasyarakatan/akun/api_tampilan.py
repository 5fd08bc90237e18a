"""Rights on API views: every view names the right it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import generics
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.api_tampilan import TampilanKetat


class SkemaToken(OpenApiAuthenticationExtension):
    target_class = "pemasyarakatan.akun.api.TokenPengguna"
    name = "tokenPengguna"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Token <teks>"}


class PunyaIzin(BasePermission):
    """The right that the view names for this method, held anywhere; scope and service narrow the rows."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        izin: Mapping[str, Izin] = view.izin
        return boleh(request.user, izin.get(request.method or "", view.izin_baca))


class Tampilan(TampilanKetat):
    """Base of the portal's API views: `izin_baca` to read, `izin` per other method.

    A method that `izin` does not name asks for `izin_baca`; which rows it may touch, the services decide.
    """

    permission_classes = [PunyaIzin]
    izin_baca: ClassVar[Izin] = Izin.PAKAI_API
    izin: ClassVar[Mapping[str, Izin]] = {}

    @property
    def pengguna(self) -> Any:
        """The caller, known to be logged in."""
        return self.request.user

    @property
    def cakupan(self) -> Any:
        """The part of the caller's scope in which the view's reading right holds."""
        return self.request._request.cakupan.dari(self.request.user, self.izin_baca)  # type: ignore[attr-defined]


class TampilanDaftar(Tampilan, generics.ListAPIView):
    """A paged list."""


class TampilanSatu(Tampilan, generics.RetrieveAPIView):
    """One row; missing and foreign are both 404."""
