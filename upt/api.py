"""Organisation over the API: Kanwil and units within the caller's scope."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from pemasyarakatan.akun.api_tampilan import TampilanDaftar, TampilanSatu
from pemasyarakatan.inti.api import Saringan, pilihan, sama
from upt import selectors
from upt.models import UPT, Kanwil, Kapasitas


class KanwilSerializer(serializers.ModelSerializer[Kanwil]):
    class Meta:
        model = Kanwil
        fields = ["slug", "kode", "nama", "nama_pendek", "provinsi", "zona", "kota"]


class UPTSerializer(serializers.ModelSerializer[UPT]):
    kanwil = serializers.SlugRelatedField[Kanwil](slug_field="slug", read_only=True)

    class Meta:
        model = UPT
        fields = [
            *("kode", "nama", "jenis", "subjenis", "kelas", "kanwil", "kabkota", "zona", "alamat", "telepon"),
            *("surel", "wa", "berlaku_dari", "berlaku_sampai", "buatan"),
        ]


class KapasitasSerializer(serializers.ModelSerializer[Kapasitas]):
    total = serializers.IntegerField(read_only=True)

    class Meta:
        model = Kapasitas
        fields = ["dari", "laki", "perempuan", "anak", "total", "sumber"]


class UPTRinciSerializer(UPTSerializer):
    """One unit with its capacity over time, newest first."""

    kapasitas = KapasitasSerializer(many=True, read_only=True)

    class Meta(UPTSerializer.Meta):
        fields = [*UPTSerializer.Meta.fields, "kapasitas"]


@extend_schema_view(get=extend_schema(summary="Daftar UPT dalam cakupan Anda"))
class DaftarUPT(TampilanDaftar):
    serializer_class = UPTSerializer
    saringan = {
        "kanwil": sama("kanwil__slug", "Slug Kanwil, misalnya riau."),
        "jenis": pilihan("jenis", UPT.Jenis.values, "Jenis UPT."),
        "zona": pilihan("zona", ["WIB", "WITA", "WIT"], "Zona waktu."),
        "cari": Saringan(selectors.cari_upt, "Bagian dari nama, kabupaten, atau kota."),
    }

    def get_queryset(self) -> QuerySet[UPT]:
        return selectors.daftar_upt(self.cakupan)


@extend_schema_view(get=extend_schema(summary="Satu UPT dengan riwayat kapasitasnya"))
class SatuUPT(TampilanSatu):
    serializer_class = UPTRinciSerializer
    lookup_field = "kode"

    def get_queryset(self) -> QuerySet[UPT]:
        return selectors.daftar_upt(self.cakupan).prefetch_related("kapasitas")


@extend_schema_view(get=extend_schema(summary="Daftar Kanwil dalam cakupan Anda"))
class DaftarKanwil(TampilanDaftar):
    """The own offices; people of a unit see the office of their unit."""

    serializer_class = KanwilSerializer

    def get_queryset(self) -> QuerySet[Kanwil]:
        return selectors.kanwil_terlihat(self.cakupan)


@extend_schema_view(get=extend_schema(summary="Satu Kanwil"))
class SatuKanwil(TampilanSatu):
    serializer_class = KanwilSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Kanwil]:
        return selectors.kanwil_terlihat(self.cakupan)
