"""Rollups over the API: the figures of a Kanwil or of the nation, each with its coverage."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dasbor.kinerja.pesanan import JENIS, Pesanan, Surat
from dasbor.models import Ringkasan
from dasbor.selectors import bulan_terbuka, daftar_ringkasan
from pemasyarakatan.akun.api_tampilan import Tampilan, TampilanDaftar
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.inti.api import Saringan, baca_bulan, bulan_saring, sama
from pemasyarakatan.inti.api_tampilan import SerializerKetat, TeksKetat
from pemasyarakatan.inti.waktu import Bulan
from pemasyarakatan.pekerjaan.api import PekerjaanSerializer
from pemasyarakatan.pekerjaan.services import minta

NASIONAL = "nasional"


class AngkaSerializer(serializers.Serializer[Any]):
    """`masuk` sums the latest sent versions, `sah` the latest verified ones; `n_*` count units."""

    masuk = serializers.FloatField()
    sah = serializers.FloatField()
    n_masuk = serializers.IntegerField()
    n_sah = serializers.IntegerField()


class LiputanSerializer(serializers.Serializer[Any]):
    """Units that owe the form, sent it, are verified, were on time; and the same weighed by inmates."""

    n_wajib = serializers.IntegerField()
    n_masuk = serializers.IntegerField()
    n_sah = serializers.IntegerField()
    n_tepat = serializers.IntegerField()
    penghuni_wajib = serializers.IntegerField()
    penghuni_masuk = serializers.IntegerField()
    penghuni_sah = serializers.IntegerField()


class RingkasanSerializer(serializers.Serializer[Any]):
    wilayah = serializers.CharField(help_text="Slug Kanwil, atau nasional.")
    bulan = serializers.CharField()
    formulir = serializers.CharField()
    liputan = LiputanSerializer()
    angka = serializers.DictField(child=AngkaSerializer())
    sidik_sumber = serializers.CharField()
    dihitung_pada = serializers.DateTimeField()

    def to_representation(self, instance: Ringkasan) -> dict[str, Any]:
        nama = ("masuk", "sah", "n_masuk", "n_sah")
        return {
            "wilayah": instance.kanwil.slug if instance.kanwil else NASIONAL,
            "bulan": instance.periode.kode,
            "formulir": instance.formulir_id,
            "liputan": LiputanSerializer(instance).data,
            "angka": {kode: dict(zip(nama, empat, strict=True)) for kode, empat in instance.isi.items()},
            "sidik_sumber": instance.sidik_sumber,
            "dihitung_pada": instance.dihitung_pada,
        }


def saring_wilayah(semua: QuerySet[Ringkasan], wilayah: str) -> QuerySet[Ringkasan]:
    return semua.filter(kanwil=None) if wilayah == NASIONAL else semua.filter(kanwil__slug=wilayah)


@extend_schema_view(
    get=extend_schema(
        summary="Ringkasan: angka Kanwil dan nasional dengan cakupannya",
        description="Orang UPT tidak punya ringkasan; ia membaca versi laporannya sendiri di /fakta/.",
    )
)
class DaftarRingkasan(TampilanDaftar):
    izin_baca = Izin.LIHAT_DASBOR
    serializer_class = RingkasanSerializer
    saringan = {
        "bulan": bulan_saring("bulan", "Bulan laporan, misalnya 2026-01."),
        "dari": bulan_saring("bulan__gte", "Sejak bulan ini."),
        "sampai": bulan_saring("bulan__lte", "Sampai bulan ini."),
        "formulir": sama("formulir_id", "Kode formulir."),
        "wilayah": Saringan(saring_wilayah, "nasional, atau slug Kanwil."),
    }

    def get_queryset(self) -> QuerySet[Ringkasan]:
        return daftar_ringkasan(self.cakupan)


class PermintaanKinerja(SerializerKetat):
    """`dasar`: masuk counts every sent report, sah the verified ones. The letter has its usual texts."""

    bulan = TeksKetat(7)
    dasar = serializers.ChoiceField(["masuk", "sah"], default="masuk")

    def validate_bulan(self, teks: str) -> Bulan:
        bulan = baca_bulan(teks)
        if bulan not in bulan_terbuka():
            raise serializers.ValidationError("Bulan ini belum dibuka untuk pelaporan.")
        return bulan


class BuatLaporanKinerja(Tampilan):
    """Asking for the national performance report; its progress and files are at /pekerjaan/{id}/."""

    izin_baca = Izin.BUAT_LAPORAN_KINERJA

    @extend_schema(
        summary="Minta laporan kinerja satu bulan",
        request=PermintaanKinerja,
        responses={202: PekerjaanSerializer},
        description="Permintaan sama yang masih dikerjakan dijawab dengan pekerjaan yang sama.",
    )
    def post(self, request: Request) -> Response:
        masuk = PermintaanKinerja(data=request.data)
        masuk.is_valid(raise_exception=True)
        pesanan = Pesanan(**masuk.validated_data, surat=Surat.bawaan())
        baru = minta(oleh=self.pengguna, jenis=JENIS, judul=pesanan.judul, parameter=pesanan.ke_json())
        return Response(PekerjaanSerializer(baru).data, status=202)
