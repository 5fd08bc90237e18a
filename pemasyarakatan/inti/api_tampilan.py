"""The base of every API view, and the fields that requests are read with."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from pemasyarakatan.inti.api import Halaman, Saringan
from pemasyarakatan.inti.teks import GalatTeks, bersihkan_teks


class TampilanKetat(APIView):
    """Base of every API view: only declared parameters, each once; answers are never kept by caches."""

    saringan: Mapping[str, Saringan] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        dikenal = set(self.saringan)
        if getattr(self, "pagination_class", None) is not None and hasattr(self, "list"):
            dikenal |= {Halaman.page_query_param, Halaman.page_size_query_param}
        salah = {nama: "Saringan ini tidak dikenal." for nama in request.query_params if nama not in dikenal}
        ganda = {n: "Tulis sekali saja." for n, isi in request.query_params.lists() if len(isi) > 1}
        if salah or ganda:
            raise ValidationError({**ganda, **salah})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        jawaban = super().finalize_response(request, response, *args, **kwargs)
        jawaban["Cache-Control"] = "no-store"
        return jawaban


class SerializerKetat(serializers.Serializer[Any]):
    """A body with a field that is not asked for is refused, so nobody believes that it did something."""

    default_error_messages = {"invalid": "Kirim satu objek JSON, bukan {datatype}.", "null": "Kirim satu objek JSON."}

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is None and not self.allow_null:  # the framework would say so in English
            raise ValidationError({api_settings.NON_FIELD_ERRORS_KEY: [self.error_messages["null"]]})
        return super().run_validation(data)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            asing = {str(nama)[:60]: ["Isian ini tidak dikenal."] for nama in data if nama not in self.fields}
            if asing:
                raise ValidationError(asing)
        return super().to_internal_value(data)


class BulatKetat(serializers.IntegerField):
    """A JSON integer. Text is refused: the usual field reads "1.000" as one."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return data


class BoolKetat(serializers.BooleanField):
    """true or false, not the many words and numbers that the usual field takes for them."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=str(data)[:40])
        return data


class TeksKetat(serializers.Field[str, Any, str, Any]):
    """A JSON string, cleaned as everywhere in the portal; numbers are not turned into text."""

    def __init__(self, maks: int, **opsi: Any) -> None:
        super().__init__(**opsi)
        self.maks = maks

    def to_internal_value(self, data: Any) -> str:
        try:
            return bersihkan_teks(data, self.maks, baris_banyak=True)
        except GalatTeks as galat:
            raise ValidationError(galat.pesan) from galat

    def to_representation(self, value: str) -> str:
        return value


class NilaiBebas(serializers.Field[Any, Any, Any, Any]):
    """A cell's value as typed: text, number, true/false or null; what it means is read by the form."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str | int | Decimal | bool):
            raise ValidationError("Tulis teks, angka, true, false, atau null.")
        if isinstance(data, str) and len(data) > 4000:
            raise ValidationError("Teks terlalu panjang.")
        return data

    def to_representation(self, value: Any) -> Any:
        return value


class SkemaTeks(OpenApiSerializerFieldExtension):
    target_class = "pemasyarakatan.inti.api_tampilan.TeksKetat"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.target.maks}


class SkemaNilai(OpenApiSerializerFieldExtension):
    target_class = "pemasyarakatan.inti.api_tampilan.NilaiBebas"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"oneOf": [{"type": t} for t in ("string", "number", "boolean")], "nullable": True}
