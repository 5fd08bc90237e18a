"""Reports over the API: the same selectors, services, number rules and status table as the pages."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from pelaporan import selectors_api as selectors
from pelaporan.alur import Aksi, Status
from pelaporan.api_bentuk import (
    BarisBaru,
    FaktaSerializer,
    FormulirRinciSerializer,
    FormulirSerializer,
    HasilSimpanSerializer,
    IsianDraf,
    JawabanAksi,
    LaporanRinciSerializer,
    LaporanSerializer,
    PerintahMasuk,
    PerubahanMasuk,
    TanggapanMasuk,
    TemuanLaporan,
    isian_keluar,
)
from pelaporan.idempotensi import jawab_sekali
from pelaporan.kanonik import sidik
from pelaporan.models import Formulir, Laporan, LaporanVersi
from pelaporan.pembekuan import periksa_draf
from pelaporan.services import Perintah, jalankan
from pelaporan.services_isian import HasilSimpan, Perubahan, hapus_baris, simpan, tambah_baris, tanggapi
from pelaporan.turunan import muat_laporan
from pemasyarakatan.akun.api_tampilan import Tampilan, TampilanDaftar, TampilanSatu
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.inti.api import Saringan, baca_bulan, bulan_saring, pilihan, sama
from pemasyarakatan.inti.galat import TidakDitemukan, TidakSah
from pemasyarakatan.inti.ramai import waktu_diterima

PARAMETER_KUNCI = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[A-Za-z0-9._-]{8,64}$"},
    OpenApiParameter.HEADER,
    required=True,
    description="Kunci unik tiap tindakan. Permintaan ulang dengan kunci sama mendapat jawaban yang sama.",
)
_KUNCI = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
_PESAN = OpenApiResponse(description="Ditolak; `pesan` menjelaskan sebabnya dan tidak ada yang berubah.")
TOLAK = {400: _PESAN, 403: _PESAN, 404: _PESAN}
TOLAK_TULIS = {**TOLAK, 409: _PESAN}
BERKUNCI = {**TOLAK_TULIS, 422: _PESAN}


def baca_kunci(request: Request) -> str:
    """The caller's idempotency key; raises TidakSah without a proper one."""
    kunci = request.headers.get("Idempotency-Key", "")
    if not _KUNCI.fullmatch(kunci):
        raise TidakSah("Sertakan kepala Idempotency-Key: 8 sampai 64 huruf, angka, titik, garis bawah, atau setrip.")
    return kunci


@extend_schema_view(
    get=extend_schema(
        summary="Daftar laporan dalam cakupan Anda", responses={200: LaporanSerializer(many=True), **TOLAK}
    )
)
class DaftarLaporan(TampilanDaftar):
    izin_baca = Izin.LIHAT_LAPORAN
    serializer_class = LaporanSerializer
    saringan = {
        "bulan": bulan_saring("bulan", "Bulan laporan, misalnya 2026-01."),
        "formulir": sama("formulir_id", "Kode formulir, misalnya F06."),
        "upt": sama("upt__kode", "Kode UPT."),
        "kanwil": sama("kanwil__slug", "Slug Kanwil pada bulan laporan."),
        "status": pilihan("status", [s.value for s in Status], "Status laporan."),
    }

    def get_queryset(self) -> QuerySet[Laporan]:
        return selectors.daftar_laporan(self.cakupan)


@extend_schema_view(
    get=extend_schema(
        summary="Satu laporan: status, versi, dan kejadian", responses={200: LaporanRinciSerializer, **TOLAK}
    )
)
class SatuLaporan(TampilanSatu):
    izin_baca = Izin.LIHAT_LAPORAN
    serializer_class = LaporanRinciSerializer

    def get_queryset(self) -> QuerySet[Laporan]:
        return selectors.laporan_rinci(self.cakupan)


class SelLaporan(Tampilan):
    """Draft cells. Saving is all or nothing: one refused or conflicting cell, and none is saved."""

    izin_baca = Izin.LIHAT_LAPORAN

    @extend_schema(summary="Isi draf, sel demi sel", responses={200: IsianDraf, **TOLAK})
    def get(self, request: Request, pk: UUID) -> Response:
        laporan = selectors.satu_laporan(self.cakupan, pk)
        return Response(isian_keluar(laporan, selectors.isi_draf(laporan), muat_laporan(laporan)))

    @extend_schema(summary="Simpan sel", request=PerubahanMasuk, responses={200: HasilSimpanSerializer, **TOLAK_TULIS})
    def patch(self, request: Request, pk: UUID) -> Response:
        masuk = PerubahanMasuk(data=request.data)
        masuk.is_valid(raise_exception=True)
        perubahan = [Perubahan(**satu) for satu in masuk.ke_perubahan()]
        with transaction.atomic():
            hasil = simpan(laporan_id=pk, perubahan=perubahan, oleh=self.pengguna, cakupan=self.cakupan, asal="api")
            utuh = not (hasil.ditolak or hasil.konflik)
            transaction.set_rollback(not utuh)
        return Response(hasil.ke_json()) if utuh else tolak_sel(hasil)

    @extend_schema(
        summary="Simpan sel (sama dengan PATCH)",
        request=PerubahanMasuk,
        responses={200: HasilSimpanSerializer, **TOLAK_TULIS},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        return self.patch(request, pk)


def tolak_sel(hasil: HasilSimpan) -> Response:
    """Cell by cell what stands in the way; `tanya` is the reading to confirm for an ambiguous number."""
    pesan = "Tidak ada sel yang disimpan. Perbaiki sel yang disebut, lalu kirim semuanya sekali lagi."
    isi = {"pesan": pesan, "ditolak": hasil.ditolak, "konflik": hasil.konflik}
    return Response(isi, status=409 if hasil.konflik and not hasil.ditolak else 400)


class BarisLaporan(Tampilan):
    @extend_schema(
        summary="Tambah satu baris ke daftar", request=BarisBaru, parameters=[PARAMETER_KUNCI],
        responses={201: OpenApiResponse(description="`baris`: tanda pengenal baris baru."), **BERKUNCI},
    )  # fmt: skip
    def post(self, request: Request, pk: UUID, daftar: str) -> Response:
        masuk = BarisBaru(data=request.data)
        masuk.is_valid(raise_exception=True)
        isi = masuk.validated_data["isi"]
        with transaction.atomic():
            jawaban = jawab_sekali(
                aktor=self.pengguna,
                kunci=baca_kunci(request),
                sidik=sidik([str(pk), "baris", daftar, isi]),
                kerjakan=lambda: self._tambah(request, pk, daftar, isi),
            )
            transaction.set_rollback(bool(jawaban["ditolak"]))
        if jawaban["ditolak"]:
            return Response({"pesan": "Baris tidak disimpan. Perbaiki kolom yang disebut.", **jawaban}, status=400)
        return Response(jawaban, status=201)

    def _tambah(self, request: Request, pk: UUID, daftar: str, isi: dict[str, Any]) -> dict[str, Any]:
        baris, hasil = tambah_baris(laporan_id=pk, daftar=daftar, oleh=self.pengguna, cakupan=self.cakupan, isi=isi)
        if hasil.ditolak:
            return {"ditolak": hasil.ditolak}
        return {"baris": baris, **hasil.ke_json()}


class SatuBaris(Tampilan):
    @extend_schema(summary="Hapus satu baris dari daftar", responses={204: None, **TOLAK_TULIS})
    def delete(self, request: Request, pk: UUID, daftar: str, baris: str) -> Response:
        hapus_baris(laporan_id=pk, daftar=daftar, baris=baris, oleh=self.pengguna, cakupan=self.cakupan)
        return Response(status=204)


class TemuanDraf(Tampilan):
    """What the form's rules find in the draft, and the answers to what they ask."""

    izin_baca = Izin.LIHAT_LAPORAN

    @extend_schema(summary="Temuan pada draf", responses={200: TemuanLaporan, **TOLAK})
    def get(self, request: Request, pk: UUID) -> Response:
        hasil = periksa_draf(selectors.satu_laporan(self.cakupan, pk))
        belum = {t.id for t in hasil.belum}
        temuan = [{**t.ke_json(), "terjawab": t.id not in belum} for t in hasil.temuan]
        return Response({"bersih": hasil.bersih, "temuan": temuan})

    @extend_schema(summary="Jawab temuan", request=TanggapanMasuk, responses={200: TemuanLaporan, **TOLAK_TULIS})
    def post(self, request: Request, pk: UUID) -> Response:
        masuk = TanggapanMasuk(data=request.data)
        masuk.is_valid(raise_exception=True)
        jawaban = masuk.validated_data["tanggapan"]
        tanggapi(laporan_id=pk, jawaban=jawaban, oleh=self.pengguna, cakupan=self.cakupan)
        return self.get(request, pk)


class AksiLaporan(Tampilan):
    """One row of the status table, with the caller's revision and idempotency key."""

    @extend_schema(
        summary="Jalankan satu tindakan: siapkan, kirim, tarik, kembalikan, verifikasi, kunci, buka",
        request=PerintahMasuk, parameters=[PARAMETER_KUNCI], responses={200: JawabanAksi, **BERKUNCI},
    )  # fmt: skip
    def post(self, request: Request, pk: UUID, aksi: str) -> Response:
        if aksi not in list(Aksi) or aksi == Aksi.ISI:
            raise TidakDitemukan("Tindakan ini tidak ada. Isian disimpan lewat alamat /sel/.")
        masuk = PerintahMasuk(data=request.data)
        masuk.is_valid(raise_exception=True)
        diterima = waktu_diterima(request)
        perintah = Perintah(pk, Aksi(aksi), kunci=baca_kunci(request), diterima=diterima, **masuk.validated_data)
        return Response(jalankan(perintah, oleh=self.pengguna, cakupan=self.cakupan))


@extend_schema_view(
    get=extend_schema(
        summary="Fakta: isi versi laporan yang terkirim, dengan sidiknya",
        description="Sebutkan `bulan`, `upt`, atau `laporan`. Bawaan `kedudukan`: masuk.",
        responses={200: FaktaSerializer(many=True), **TOLAK},
    )
)
class Fakta(TampilanDaftar):
    izin_baca = Izin.LIHAT_LAPORAN
    serializer_class = FaktaSerializer
    saringan = {
        "bulan": bulan_saring("bulan", "Bulan laporan, misalnya 2026-01."),
        "formulir": sama("formulir_id", "Kode formulir."),
        "upt": sama("upt__kode", "Kode UPT."),
        "kanwil": sama("kanwil__slug", "Slug Kanwil pada bulan laporan."),
        "laporan": Saringan(
            lambda semua, teks: semua.filter(laporan_id=_uuid(teks)),
            "Id laporan.",
            {"type": "string", "format": "uuid"},
        ),
        "kedudukan": Saringan(
            lambda semua, teks: selectors.saring_kedudukan(semua, _kedudukan(teks)),
            "masuk: versi terkirim terakhir; sah: versi terverifikasi terakhir; semua: setiap versi.",
            {"type": "string", "enum": ["masuk", "sah", "semua"], "default": "masuk"},
        ),
    }

    def get_queryset(self) -> QuerySet[LaporanVersi]:
        return selectors.fakta(self.cakupan)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        nama = self.request.query_params
        if not {"bulan", "upt", "laporan"} & set(nama):
            raise TidakSah("Sebutkan bulan, upt, atau laporan, supaya jawabannya terbatas.")
        tersaring = super().filter_queryset(queryset)
        return tersaring if "kedudukan" in nama else selectors.saring_kedudukan(tersaring, "masuk")


def _kedudukan(teks: str) -> str:
    if teks not in ("masuk", "sah", "semua"):
        raise ValidationError("Pilih salah satu: masuk, sah, semua.")
    return teks


def _uuid(teks: str) -> UUID:
    try:
        return UUID(teks)
    except ValueError as galat:
        raise ValidationError("Id laporan berbentuk UUID.") from galat


@extend_schema_view(
    get=extend_schema(summary="Daftar formulir", responses={200: FormulirSerializer(many=True), **TOLAK})
)
class DaftarFormulir(TampilanDaftar):
    serializer_class = FormulirSerializer

    def get_queryset(self) -> QuerySet[Formulir]:
        return selectors.daftar_formulir()


class SatuFormulir(Tampilan):
    """A form's definition: every item with its code, kind, unit and rule."""

    saringan = {"bulan": bulan_saring("bulan", "Versi yang berlaku pada bulan ini; bawaan: versi terakhir.")}

    @extend_schema(
        summary="Isi satu formulir", responses={200: FormulirRinciSerializer, **TOLAK},
        parameters=[OpenApiParameter("bulan", str, description="Versi yang berlaku pada bulan ini.")],
    )  # fmt: skip
    def get(self, request: Request, kode: str) -> Response:
        bulan = baca_bulan(request.query_params["bulan"]) if "bulan" in request.query_params else None
        return Response(FormulirRinciSerializer(selectors.satu_formulir(kode, bulan)).data)
