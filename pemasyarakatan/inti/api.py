"""API manners: strict input, bounded pages, one shape for errors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

from pemasyarakatan.inti.galat import GalatPortal

DALAM_MAKS = 20
UKURAN_MAKS = 1_000_000  # bytes


class Halaman(PageNumberPagination):
    page_size = 50
    page_size_query_param = "ukuran"
    page_query_param = "halaman"
    max_page_size = 200

    def get_page_size(self, request: Request) -> int:
        teks = request.query_params.get(self.page_size_query_param)
        if teks is None:
            return self.page_size
        if not teks.isascii() or not teks.isdigit() or not 1 <= int(teks[:6]) <= self.max_page_size:
            raise ValidationError({"ukuran": f"Tulis bilangan 1 sampai {self.max_page_size}."})
        return int(teks)


class SaringKetat(BaseFilterBackend):
    """Filters are those the view declares in `saringan` {name: lookup}; an unknown one is refused, not ignored."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        saringan: Mapping[str, Any] = getattr(view, "saringan", {})
        dikenal = {*saringan, Halaman.page_query_param, Halaman.page_size_query_param, "format"}
        asing = sorted(set(request.query_params) - dikenal)
        if asing:
            raise ValidationError({nama: "Saringan ini tidak dikenal." for nama in asing})
        for nama, terapkan in saringan.items():
            if nama in request.query_params:
                queryset = terapkan(queryset, request.query_params[nama])
        return queryset

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {"name": nama, "in": "query", "required": False, "schema": {"type": "string"}}
            for nama in getattr(view, "saringan", {})
        ]


class JSONKetat(JSONParser):
    """JSON without duplicate keys, NaN, NUL or bottomless nesting."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        mentah = stream.read(UKURAN_MAKS + 1)
        if len(mentah) > UKURAN_MAKS:
            raise ParseError("Isi permintaan terlalu besar.")
        try:
            isi = json.loads(mentah.decode("utf-8"), object_pairs_hook=_tanpa_ganda, parse_constant=_tolak_konstanta)
        except (ValueError, RecursionError) as galat:
            raise ParseError("Isi permintaan bukan JSON yang sah.") from galat
        _periksa(isi, 0)
        return isi


def _tanpa_ganda(pasangan: list[tuple[str, Any]]) -> dict[str, Any]:
    hasil = dict(pasangan)
    if len(hasil) != len(pasangan):
        raise ValueError("kunci ganda")
    return hasil


def _tolak_konstanta(nama: str) -> None:
    raise ValueError(nama)


def _periksa(isi: Any, dalam: int) -> None:
    if dalam > DALAM_MAKS:
        raise ParseError("Isi permintaan bersarang terlalu dalam.")
    if isinstance(isi, str) and "\x00" in isi:
        raise ParseError("Isi permintaan memuat tanda yang tidak dapat dibaca.")
    anak: Iterable[Any] = [*isi.keys(), *isi.values()] if isinstance(isi, dict) else isi if isinstance(isi, list) else ()
    for satu in anak:
        _periksa(satu, dalam + 1)


def tangani_galat(galat: Exception, konteks: dict[str, Any]) -> Response | None:
    """{"pesan": one Indonesian sentence, ...details}; unknown errors stay 500."""
    if isinstance(galat, GalatPortal):
        return Response({"pesan": galat.pesan, **galat.rincian}, status=galat.status)
    jawaban = exception_handler(galat, konteks)
    if jawaban is None:
        return None
    rincian = jawaban.data if isinstance(galat, ValidationError) else None
    jawaban.data = {"pesan": _kalimat(galat), **({"rincian": rincian} if rincian is not None else {})}
    return jawaban


def _kalimat(galat: Exception) -> str:
    if isinstance(galat, Http404):
        return "Tidak ditemukan."
    if isinstance(galat, PermissionDenied):
        return "Peran Anda tidak boleh melakukan ini."
    if isinstance(galat, ValidationError):
        return "Ada isian yang perlu diperbaiki."
    status = galat.status_code if isinstance(galat, APIException) else 400
    kalimat = {
        401: "Sertakan token yang sah: Authorization: Token …",
        403: "Peran Anda tidak boleh melakukan ini.",
        404: "Tidak ditemukan.",
        405: "Cara ini tidak dilayani di alamat ini.",
        406: "API menjawab dengan JSON saja.",
        415: "Kirim isi sebagai application/json.",
    }
    return kalimat.get(status) or str(getattr(galat, "detail", galat))
