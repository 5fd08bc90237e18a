"""One's own jobs over the API: how far they are, their files, and cancelling."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from pemasyarakatan.akun.api_tampilan import Tampilan, TampilanDaftar, TampilanSatu
from pemasyarakatan.inti.api import pilihan
from pemasyarakatan.inti.galat import Bentrok, TidakDitemukan
from pemasyarakatan.pekerjaan import selectors
from pemasyarakatan.pekerjaan.models import BerkasHasil, Pekerjaan
from pemasyarakatan.pekerjaan.services import batalkan, unduh

_PESAN = OpenApiResponse(description="Ditolak; `pesan` menjelaskan sebabnya.")


class BerkasSerializer(serializers.ModelSerializer[BerkasHasil]):
    class Meta:
        model = BerkasHasil
        fields = ["id", "nama", "tipe", "ukuran", "sidik"]


class PekerjaanSerializer(serializers.ModelSerializer[Pekerjaan]):
    berkas = BerkasSerializer(many=True, read_only=True)

    class Meta:
        model = Pekerjaan
        fields = [
            *("id", "jenis", "judul", "parameter", "status", "langkah", "selesai", "total", "galat"),
            *("dibuat_pada", "mulai_pada", "akhir_pada", "berkas"),
        ]


@extend_schema_view(get=extend_schema(summary="Pekerjaan Anda"))
class DaftarPekerjaan(TampilanDaftar):
    serializer_class = PekerjaanSerializer
    saringan = {"status": pilihan("status", Pekerjaan.Status.values, "Status pekerjaan.")}

    def get_queryset(self) -> QuerySet[Pekerjaan]:
        return selectors.semua(self.pengguna)


@extend_schema_view(get=extend_schema(summary="Satu pekerjaan"))
class SatuPekerjaan(TampilanSatu):
    serializer_class = PekerjaanSerializer

    def get_queryset(self) -> QuerySet[Pekerjaan]:
        return selectors.semua(self.pengguna)


class BatalPekerjaan(Tampilan):
    @extend_schema(
        summary="Batalkan pekerjaan",
        request=None,
        responses={200: PekerjaanSerializer, 404: _PESAN, 409: _PESAN},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        pekerjaan = selectors.semua(self.pengguna).filter(pk=pk).first()
        if pekerjaan is None:
            raise TidakDitemukan("Pekerjaan ini tidak ada, atau bukan milik Anda.")
        if not batalkan(pekerjaan=pekerjaan, oleh=self.pengguna):
            raise Bentrok("Pekerjaan ini sudah berakhir.")
        pekerjaan.refresh_from_db()
        return Response(PekerjaanSerializer(pekerjaan).data)


class TerimaApaSaja(DefaultContentNegotiation):
    """A file is sent as it is, whatever the client says it accepts; errors stay JSON."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class UnduhBerkas(Tampilan):
    content_negotiation_class = TerimaApaSaja

    @extend_schema(
        summary="Unduh berkas hasil",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, 404: _PESAN},
    )
    def get(self, request: Request, pk: UUID, berkas_id: int) -> HttpResponse:
        berkas = unduh(oleh=self.pengguna, pekerjaan_id=pk, berkas_id=berkas_id)
        jawaban = HttpResponse(bytes(berkas.isi), content_type=berkas.tipe)
        jawaban["Content-Disposition"] = content_disposition_header(True, berkas.nama) or "attachment"
        return jawaban
