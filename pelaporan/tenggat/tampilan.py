"""The number beside the envelope in the head of every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pelaporan.tenggat.selectors import belum_dibaca
from pemasyarakatan.akun.izin import Izin, boleh


def kabar(request: HttpRequest) -> dict[str, Any]:
    """`kabar_baru`: unread notices of a person who has a unit or a Kanwil, or decides cases; counted only where a page
    shows it."""
    cakupan = getattr(request, "cakupan", None)
    orang = getattr(request, "user", None)
    if cakupan is None or orang is None or not orang.is_authenticated:
        return {}
    if not (cakupan.upt or cakupan.kanwil or boleh(orang, Izin.PUTUS_USULAN)):
        return {}
    return {"kabar_ada": True, "kabar_baru": SimpleLazyObject(lambda: belum_dibaca(cakupan, orang))}
