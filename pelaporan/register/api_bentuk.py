"""Shapes of the registers API: what comes in, strictly; what goes out, by code, with the revision to change it by."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from pelaporan.models import BarisRegister
from pelaporan.register.jenis import JenisBaris
from pelaporan.register.kolom import BILANGAN, Kolom
from pelaporan.register.selectors import SatuRiwayat
from pemasyarakatan.inti.api_tampilan import BulatKetat, NilaiBebas, SerializerKetat, TeksKetat

Json = dict[str, Any]
REVISI_MAKS = 2_000_000_000
SETUJU_MAKS = 40


# Coming in ----------------------------------------------------------------------------------------


class _Tulis(SerializerKetat):
    """`isi` by column name; `setuju` are codes of findings that are as they should be, `alasan` says why."""

    isi = serializers.DictField(child=NilaiBebas(allow_null=True))
    setuju = serializers.ListField(child=TeksKetat(60), default=list, max_length=SETUJU_MAKS)
    alasan = TeksKetat(300, default="")

    def validate(self, attrs: Json) -> Json:
        if attrs.get("setuju") and not attrs.get("alasan"):
            raise ValidationError({"alasan": "Tulis mengapa demikian."})
        return attrs


class BarisMasuk(_Tulis):
    upt = TeksKetat(80)


class UbahMasuk(_Tulis):
    revisi = BulatKetat(min_value=1, max_value=REVISI_MAKS)


class HapusMasuk(SerializerKetat):
    revisi = BulatKetat(min_value=1, max_value=REVISI_MAKS)
    alasan = TeksKetat(300)


def isi_masuk(jenis: JenisBaris[Any], isi: Mapping[str, Any]) -> Json:
    """What was sent, for the columns' own fields. A column that the kind does not have is refused."""
    kolom = {k.nama: k for k in jenis.kolom}
    asing = {str(nama)[:60]: ["Kolom ini tidak dikenal."] for nama in isi if nama not in kolom}
    if asing:
        raise ValidationError({"isi": asing})
    return {nama: _tertulis(kolom[nama], nilai) for nama, nilai in isi.items()}


def _tertulis(kolom: Kolom, nilai: Any) -> Any:
    """A JSON number where no number is asked is its text; identifiers are never numbers, so texts are not made."""
    if kolom.ragam in ("pilihan", "rujukan") and isinstance(nilai, int | Decimal) and not isinstance(nilai, bool):
        return str(nilai)
    return nilai


# Going out ----------------------------------------------------------------------------------------


class BarisKeluar(serializers.Serializer[BarisRegister]):
    """One row: `isi` by column name, figures as numbers, days as 2026-01-31, references as ids."""

    id = serializers.IntegerField()
    upt = serializers.CharField(source="upt.kode")
    kanwil = serializers.CharField(source="kanwil.slug")
    revisi = serializers.IntegerField()
    isi = serializers.SerializerMethodField()
    dibuat_pada = serializers.DateTimeField()
    diubah_pada = serializers.DateTimeField()
    dihapus_pada = serializers.DateTimeField(allow_null=True)
    alasan_hapus = serializers.CharField()

    def get_isi(self, obj: BarisRegister) -> Json:
        kolom: tuple[Kolom, ...] = self.context["jenis"].kolom
        return {k.nama: getattr(obj, k.nama) for k in kolom}


class PerubahanKeluar(serializers.Serializer[Any]):
    kolom = serializers.CharField(source="label")
    lama = serializers.CharField()
    baru = serializers.CharField()


class RiwayatKeluar(serializers.Serializer[SatuRiwayat]):
    revisi = serializers.IntegerField(source="riwayat.revisi")
    tindakan = serializers.CharField(source="riwayat.tindakan")
    oleh = serializers.CharField(source="riwayat.oleh.nama")
    pada = serializers.DateTimeField(source="riwayat.pada")
    alasan = serializers.CharField(source="riwayat.alasan")
    perubahan = PerubahanKeluar(many=True)


class BarisRinci(BarisKeluar):
    riwayat = RiwayatKeluar(many=True)


class PilihanKeluar(serializers.Serializer[Any]):
    kode = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class KolomKeluar(serializers.Serializer[Kolom]):
    nama = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    ragam = serializers.CharField()
    wajib = serializers.BooleanField()
    satuan = serializers.CharField()
    min = serializers.SerializerMethodField()
    maks = serializers.SerializerMethodField()
    pilihan = serializers.SerializerMethodField()

    def get_min(self, obj: Kolom) -> float | None:
        return _batas(obj, obj.min)

    def get_maks(self, obj: Kolom) -> float | None:
        return _batas(obj, obj.maks)

    def get_pilihan(self, obj: Kolom) -> list[dict[str, str]]:
        return [{"kode": kode, "label": label} for kode, label in obj.pilihan.items()]


def _batas(kolom: Kolom, nilai: int | Decimal | None) -> Any:
    """Limits of figures; those of texts are a length."""
    return nilai if kolom.ragam in BILANGAN or (nilai == kolom.maks and kolom.ragam in ("teks", "paragraf")) else None


class JenisKeluar(serializers.Serializer[JenisBaris[Any]]):
    kode = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    penjelasan = serializers.CharField()
    kunci_alami = serializers.ListField(child=serializers.CharField())
    kolom = KolomKeluar(many=True)
