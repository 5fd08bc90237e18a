"""Rows of the registers over the API: every kind, through the services and columns of the pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from pelaporan.api import BERKUNCI, TOLAK, TOLAK_TULIS
from pelaporan.models import BarisRegister
from pelaporan.register import daftar as lihat
from pelaporan.register import selectors, services
from pelaporan.register.api_bentuk import (
    BarisKeluar,
    BarisMasuk,
    BarisRinci,
    HapusMasuk,
    JenisKeluar,
    UbahMasuk,
    isi_masuk,
)
from pelaporan.register.jenis import JenisBaris, jenis_baris, semua_jenis
from pelaporan.register.services import Jawaban
from pemasyarakatan.akun.api_tampilan import Tampilan, TampilanDaftar
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.inti.api import Saringan, sama
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.inti.waktu import GalatWaktu, baca_tanggal

PARAMETER_KUNCI = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "format": "uuid"},
    OpenApiParameter.HEADER,
    required=True,
    description="UUID buatan pengirim. Kunci yang sama dikirim lagi mendapat baris yang sama (200).",
)
_HARI = {"type": "string", "format": "date"}
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def baca_kunci(request: Request) -> UUID:
    """The caller's own id of a new row. Raises TidakSah."""
    kunci = request.headers.get("Idempotency-Key", "")
    if not _UUID.fullmatch(kunci):
        raise TidakSah("Sertakan kepala Idempotency-Key berisi satu UUID, baru untuk setiap baris.")
    return UUID(kunci)


def _sejak(semua: Any, teks: str) -> Any:
    return semua.filter(diubah_pada__gte=_saat(teks))


def _saat(teks: str) -> datetime:
    try:
        saat = parse_datetime(teks.replace(" ", "+"))
    except ValueError:
        saat = None
    if saat is None or saat.tzinfo is None or not 1900 < saat.year < 9000:
        raise ValidationError("Tulis waktu dengan zonanya, misalnya 2026-01-31T08:00:00+09:00.")
    return saat


class _Register(Tampilan):
    """What every view shares: the kind by its address. Programs neither read nor write rows about single inmates."""

    izin_baca = Izin.LIHAT_REGISTER

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        selectors.pastikan_membaca(self.jenis, self.pengguna, None)

    @property
    def jenis(self) -> JenisBaris[Any]:
        return jenis_baris(self.kwargs["register"], self.kwargs["jenis"])

    def satu(self) -> BarisRegister:
        return selectors.cari_baris(self.jenis, self.cakupan, self.kwargs["pk"])

    def jawab(self, baris: BarisRegister, status: int = 200) -> Response:
        return Response(BarisKeluar(baris, context={"jenis": self.jenis}).data, status=status)


class DaftarJenis(Tampilan):
    izin_baca = Izin.LIHAT_REGISTER

    @extend_schema(summary="Jenis baris register ini, dengan kolomnya", responses={200: JenisKeluar(many=True)})
    def get(self, request: Request, register: str) -> Response:
        semua: Any = list(semua_jenis(register).values())
        return Response(JenisKeluar(semua, many=True).data)


@extend_schema_view(get=extend_schema(summary="Baris register", responses={200: BarisKeluar(many=True), **TOLAK}))
class DaftarBaris(_Register, TampilanDaftar):
    """`dari` and `sampai` are for kinds that are ordered by a day."""

    serializer_class = BarisKeluar
    saringan = {
        "upt": sama("upt__kode", "Kode UPT."),
        "sejak": Saringan(
            _sejak, "Diubah pada atau sesudah saat ini, dengan zonanya.", {"type": "string", "format": "date-time"}
        ),
        "dari": Saringan(lambda semua, teks: semua, "Tanggal baris paling awal.", _HARI),
        "sampai": Saringan(lambda semua, teks: semua, "Tanggal baris paling akhir.", _HARI),
        "dihapus": Saringan(
            lambda semua, teks: semua, "ya: hanya yang dihapus.", {"type": "string", "enum": ["ya", "tidak"]}
        ),
    }

    def get_queryset(self) -> QuerySet[BarisRegister]:
        terhapus = self.request.query_params.get("dihapus", "tidak")
        if terhapus not in ("ya", "tidak"):
            raise ValidationError({"dihapus": "Pilih salah satu: ya, tidak."})
        semua = selectors.daftar_baris(self.jenis, self.cakupan, terhapus=terhapus == "ya")
        return semua.select_related("upt", "kanwil")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        semua = super().filter_queryset(queryset)
        for nama, banding in (("dari", "gte"), ("sampai", "lte")):
            if teks := self.request.query_params.get(nama):
                semua = self._pada(semua, nama, banding, teks)
        return semua

    def _pada(self, semua: QuerySet[Any], nama: str, banding: str, teks: str) -> QuerySet[Any]:
        kolom = lihat.kolom_bulan(self.jenis)
        if kolom is None:
            raise ValidationError({nama: f"{self.jenis.label_banyak} tidak disaring menurut tanggal."})
        try:
            hari = baca_tanggal(teks)
        except GalatWaktu as galat:
            raise ValidationError({nama: galat.pesan}) from galat
        return semua if hari is None else semua.filter(**{f"{kolom.nama}__{banding}": hari})

    def get_serializer_context(self) -> Any:
        return {**super().get_serializer_context(), "jenis": self.jenis}

    @extend_schema(
        summary="Catat satu baris", request=BarisMasuk, parameters=[PARAMETER_KUNCI],
        responses={201: BarisKeluar, 200: BarisKeluar, **BERKUNCI},
    )  # fmt: skip
    def post(self, request: Request, register: str, jenis: str) -> Response:
        masuk = BarisMasuk(data=request.data)
        masuk.is_valid(raise_exception=True)
        isi = masuk.validated_data
        upt = selectors.unit_register(self.cakupan, self.pengguna, isi["upt"])
        services.pastikan_menulis(upt, oleh=self.pengguna, cakupan=self.cakupan)
        nilai = services.baca_nilai(self.jenis, isi_masuk(self.jenis, isi["isi"]), upt)
        baris = services.buat(
            self.jenis, nilai, upt=upt, kunci=baca_kunci(request), jawaban=_jawaban(isi),
            oleh=self.pengguna, cakupan=self.cakupan,
        )  # fmt: skip
        return self.jawab(baris, 200 if baris.ulangan else 201)


class SatuBaris(_Register):
    @extend_schema(summary="Satu baris, dengan riwayatnya", responses={200: BarisRinci, **TOLAK})
    def get(self, request: Request, register: str, jenis: str, pk: int) -> Response:
        baris: Any = self.satu()
        baris.riwayat = selectors.riwayat_baris(self.jenis, self.cakupan, baris)
        return Response(BarisRinci(baris, context={"jenis": self.jenis}).data)

    @extend_schema(
        summary="Ubah kolom yang disebut", request=UbahMasuk, responses={200: BarisKeluar, **BERKUNCI},
    )  # fmt: skip
    def patch(self, request: Request, register: str, jenis: str, pk: int) -> Response:
        masuk = UbahMasuk(data=request.data)
        masuk.is_valid(raise_exception=True)
        isi, baris = masuk.validated_data, self.satu()
        services.pastikan_menulis(baris.upt, oleh=self.pengguna, cakupan=self.cakupan)
        nilai = services.baca_nilai(self.jenis, isi_masuk(self.jenis, isi["isi"]), baris.upt, sebagian=True)
        jadi = services.ubah(
            self.jenis, baris.pk, nilai, revisi=isi["revisi"], jawaban=_jawaban(isi),
            oleh=self.pengguna, cakupan=self.cakupan,
        )  # fmt: skip
        return self.jawab(jadi)

    @extend_schema(summary="Hapus dengan alasan", request=HapusMasuk, responses={200: BarisKeluar, **TOLAK_TULIS})
    def delete(self, request: Request, register: str, jenis: str, pk: int) -> Response:
        masuk = HapusMasuk(data=request.data)
        masuk.is_valid(raise_exception=True)
        baris = services.hapus(
            self.jenis, self.satu().pk, **masuk.validated_data, oleh=self.pengguna, cakupan=self.cakupan
        )
        return self.jawab(baris)


class PulihkanBaris(_Register):
    @extend_schema(
        summary="Pulihkan baris yang dihapus", request=None, responses={200: BarisKeluar, **TOLAK_TULIS},
    )  # fmt: skip
    def post(self, request: Request, register: str, jenis: str, pk: int) -> Response:
        return self.jawab(services.pulihkan(self.jenis, self.satu().pk, oleh=self.pengguna, cakupan=self.cakupan))


def _jawaban(isi: Mapping[str, Any]) -> Jawaban:
    return Jawaban(frozenset(isi["setuju"]), isi["alasan"])


def rute_api(register: str) -> list[URLPattern]:
    """Addresses of one register, for the API's own urls."""
    tetap = {"register": register}
    satu = f"{register}/<slug:jenis>/<int:pk>/"
    # the list of kinds and the list of rows would get one name in the documentation
    bernama = extend_schema_view(get=extend_schema(operation_id=f"{register}_jenis"))
    jenis: Any = bernama(type(f"Jenis{register.title()}", (DaftarJenis,), {}))
    return [
        path(f"{register}/", jenis.as_view(), tetap, name=f"{register}_jenis"),
        path(f"{register}/<slug:jenis>/", DaftarBaris.as_view(), tetap, name=f"{register}_baris"),
        path(satu, SatuBaris.as_view(), tetap, name=f"{register}_satu"),
        path(f"{satu}pulihkan/", PulihkanBaris.as_view(), tetap, name=f"{register}_pulihkan"),
    ]
