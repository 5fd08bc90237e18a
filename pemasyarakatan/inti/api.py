"""API manners: strict input, bounded pages, one shape for errors.

REST framework loads these classes by name while its own views are still being imported, so this module must
not import those at the top; the base of the views is in `api_tampilan`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from pemasyarakatan.inti.galat import GalatPortal
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu

DALAM_MAKS = 20
UKURAN_MAKS = 1_000_000  # bytes
TEKS_CARI_MAKS = 100


class Halaman(PageNumberPagination):
    """Pages of at most 200 rows; a page that cannot exist is refused, one beyond the end is 404."""

    page_size = 50
    page_size_query_param = "ukuran"
    page_query_param = "halaman"
    max_page_size = 200

    def get_page_size(self, request: Request) -> int:
        return _bilangan(request, "ukuran", self.page_size, self.max_page_size)

    def get_page_number(self, request: Request, paginator: Any) -> int:
        return _bilangan(request, "halaman", 1, 10_000_000)

    def get_paginated_response(self, data: Any) -> Response:
        assert self.page is not None
        return Response(
            {
                "jumlah": self.page.paginator.count,
                "berikut": self.get_next_link(),
                "sebelum": self.get_previous_link(),
                "hasil": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        alamat = {"type": "string", "format": "uri", "nullable": True}
        isi = {"jumlah": {"type": "integer"}, "berikut": alamat, "sebelum": alamat, "hasil": schema}
        return {"type": "object", "required": [*isi], "properties": isi}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        bulat = {"type": "integer", "minimum": 1}
        return [
            {"name": "halaman", "in": "query", "schema": {**bulat, "maximum": 10_000_000}},
            {
                "name": "ukuran",
                "in": "query",
                "schema": {**bulat, "maximum": self.max_page_size, "default": 50},
            },
        ]


def _bilangan(request: Request, nama: str, bawaan: int, maks: int) -> int:
    teks = request.query_params.get(nama)
    if teks is None:
        return bawaan
    if not teks.isascii() or not teks.isdigit() or len(teks) > 9 or not 1 <= int(teks) <= maks:
        raise ValidationError({nama: f"Tulis bilangan 1 sampai {maks}."})
    return int(teks)


@dataclass(frozen=True)
class Saringan:
    """One filter of a list: what it does to the queryset, and how the documentation describes it."""

    terapkan: Callable[[Any, str], Any]
    keterangan: str
    skema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string", "maxLength": 100})


def pilihan(jalur: str, nilai: Iterable[str], keterangan: str) -> Saringan:
    """A filter that takes one of a few words."""
    daftar = list(nilai)

    def terapkan(queryset: Any, teks: str) -> Any:
        if teks not in daftar:
            raise ValidationError(f"Pilih salah satu: {', '.join(daftar)}.")
        return queryset.filter(**{jalur: teks})

    return Saringan(terapkan, keterangan, {"type": "string", "enum": daftar})


def sama(jalur: str, keterangan: str) -> Saringan:
    """A filter by a code; an unknown code finds nothing, exactly like a foreign one."""
    return Saringan(lambda queryset, teks: queryset.filter(**{jalur: teks[:TEKS_CARI_MAKS]}), keterangan)


def bulan_saring(jalur: str, keterangan: str) -> Saringan:
    """A filter by month, written 2026-01; `jalur` may end in a comparison (`bulan__gte`)."""

    def terapkan(queryset: Any, teks: str) -> Any:
        return queryset.filter(**{jalur: baca_bulan(teks).awal})

    return Saringan(terapkan, keterangan, {"type": "string", "pattern": "^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"})


def baca_bulan(teks: str) -> Bulan:
    try:
        return Bulan.dari(teks)
    except GalatWaktu as galat:
        raise ValidationError(galat.pesan) from galat


class SaringKetat(BaseFilterBackend):
    """Filters are those the view declares in `saringan`; unknown names were refused by `TampilanKetat`."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        for nama, saringan in getattr(view, "saringan", {}).items():
            if nama in request.query_params:
                try:
                    queryset = saringan.terapkan(queryset, request.query_params[nama])
                except ValidationError as galat:
                    raise ValidationError({nama: galat.detail}) from galat
        return queryset

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        saringan: Mapping[str, Saringan] = getattr(view, "saringan", {})
        return [
            {
                "name": nama,
                "in": "query",
                "required": False,
                "description": s.keterangan,
                "schema": dict(s.skema),
            }
            for nama, s in saringan.items()
        ]


class JSONKetat(JSONParser):
    """JSON without duplicate keys, NaN, NUL, broken characters or bottomless nesting; decimals stay exact."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        mentah = stream.read(UKURAN_MAKS + 1)
        if len(mentah) > UKURAN_MAKS:
            raise ParseError("Isi permintaan terlalu besar.")
        try:
            isi = json.loads(
                mentah.decode("utf-8"),
                object_pairs_hook=_tanpa_ganda,
                parse_constant=_tolak_konstanta,
                parse_float=Decimal,
            )
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
    if isinstance(isi, str) and ("\x00" in isi or any("\ud800" <= huruf <= "\udfff" for huruf in isi)):
        raise ParseError("Isi permintaan memuat tanda yang tidak dapat dibaca.")
    anak: Iterable[Any] = (
        [*isi.keys(), *isi.values()] if isinstance(isi, dict) else isi if isinstance(isi, list) else ()
    )
    for satu in anak:
        _periksa(satu, dalam + 1)


class _EncoderAPI(JSONEncoder):
    """Figures are JSON numbers; they have at most 15 digits, so their shortest float text is exact."""

    def default(self, obj: Any) -> Any:
        if isinstance(obj, Decimal):
            return int(obj) if obj == obj.to_integral_value() else float(obj)
        return super().default(obj)


class JSONAngka(JSONRenderer):
    encoder_class = _EncoderAPI


# Errors -------------------------------------------------------------------------------------------


def tangani_galat(galat: Exception, konteks: dict[str, Any]) -> Response | None:
    """{"pesan": one Indonesian sentence, ...details}; unknown errors stay 500."""
    from rest_framework.views import exception_handler

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
