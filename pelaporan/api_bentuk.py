"""Shapes of the reports API: what comes in, strictly; what goes out, by code and never by internal number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from pelaporan.isian import Keadaan
from pelaporan.models import Formulir, FormulirVersi, Kejadian, Laporan, LaporanVersi
from pelaporan.services import TEKS_MAKS
from pelaporan.services_isian import MAKS_SEKALI
from pelaporan.turunan import Terisi
from pemasyarakatan.inti.api_tampilan import BoolKetat, BulatKetat, NilaiBebas, SerializerKetat, TeksKetat

KODE_MAKS = 80
VERSI_MAKS = 2_000_000_000
Json = dict[str, Any]


class _Bulan(serializers.CharField):
    """A month as 2026-01."""

    def __init__(self, **opsi: Any) -> None:
        super().__init__(read_only=True, **opsi)

    def to_representation(self, value: Any) -> str:
        return f"{value:%Y-%m}"


# Going out ----------------------------------------------------------------------------------------


class LaporanSerializer(serializers.ModelSerializer[Laporan]):
    upt = serializers.CharField(source="upt.kode", read_only=True)
    kanwil = serializers.CharField(source="kanwil.slug", read_only=True)
    formulir = serializers.CharField(source="formulir_id", read_only=True)
    bulan = _Bulan()
    giliran = serializers.CharField(read_only=True)

    class Meta:
        model = Laporan
        fields = [
            *(
                "id",
                "upt",
                "kanwil",
                "bulan",
                "formulir",
                "status",
                "giliran",
                "revisi",
                "versi_masuk",
                "versi_sah",
            ),
            *(
                "penghuni_acuan",
                "tenggat",
                "tenggat_kanwil",
                "dikirim_pada",
                "terlambat",
                "dibebaskan",
                "diubah_pada",
            ),
        ]


class VersiSerializer(serializers.ModelSerializer[LaporanVersi]):
    dibuat_oleh = serializers.CharField(source="dibuat_oleh.nama", read_only=True)

    class Meta:
        model = LaporanVersi
        fields = ["versi", "nomor", "sidik", "dibuat_oleh", "sebagai", "dibuat_pada"]


class KejadianSerializer(serializers.ModelSerializer[Kejadian]):
    oleh = serializers.CharField(source="oleh.nama", read_only=True)

    class Meta:
        model = Kejadian
        fields = ["urut", "aksi", "dari", "ke", "versi", "oleh", "sebagai", "pada", "alasan", "teks", "sel"]


class LaporanRinciSerializer(LaporanSerializer):
    versi = VersiSerializer(many=True, read_only=True)
    kejadian = KejadianSerializer(many=True, read_only=True)

    class Meta(LaporanSerializer.Meta):
        fields = [*LaporanSerializer.Meta.fields, "versi", "kejadian"]


class FaktaSerializer(VersiSerializer):
    """One frozen version. `masuk`/`sah`: whether the figures count it as the latest sent / verified one."""

    laporan = serializers.UUIDField(source="laporan_id", read_only=True)
    upt = serializers.CharField(source="upt.kode", read_only=True)
    kanwil = serializers.CharField(source="kanwil.slug", read_only=True)
    formulir = serializers.CharField(source="formulir_id", read_only=True)
    bulan = _Bulan()
    isi = serializers.SerializerMethodField()
    masuk = serializers.SerializerMethodField()
    sah = serializers.SerializerMethodField()

    class Meta(VersiSerializer.Meta):
        fields = [
            "laporan",
            "upt",
            "kanwil",
            "bulan",
            "formulir",
            *VersiSerializer.Meta.fields,
            "masuk",
            "sah",
            "isi",
        ]

    def get_isi(self, obj: LaporanVersi) -> Json:
        return dict(obj.isi)

    def get_masuk(self, obj: LaporanVersi) -> bool:
        return obj.laporan.versi_masuk == obj.versi

    def get_sah(self, obj: LaporanVersi) -> bool:
        return obj.laporan.versi_sah == obj.versi


class VersiFormulirSerializer(serializers.ModelSerializer[FormulirVersi]):
    berlaku_dari = _Bulan()

    class Meta:
        model = FormulirVersi
        fields = ["berlaku_dari", "sidik"]


class FormulirSerializer(serializers.ModelSerializer[Formulir]):
    versi = VersiFormulirSerializer(many=True, read_only=True)

    class Meta:
        model = Formulir
        fields = ["kode", "nama", "versi"]


class FormulirRinciSerializer(VersiFormulirSerializer):
    """A form's definition as the portal uses it."""

    kode = serializers.CharField(source="formulir_id", read_only=True)
    nama = serializers.CharField(source="formulir.nama", read_only=True)
    isi = serializers.SerializerMethodField()

    class Meta(VersiFormulirSerializer.Meta):
        fields = ["kode", "nama", *VersiFormulirSerializer.Meta.fields, "isi"]

    def get_isi(self, obj: FormulirVersi) -> Json:
        return dict(obj.isi)


class SelSerializer(serializers.Serializer[Any]):
    nilai = NilaiBebas(allow_null=True)
    keadaan = serializers.CharField()
    alasan = serializers.CharField(allow_blank=True)
    versi = serializers.IntegerField()
    oleh = serializers.CharField()
    pada = serializers.DateTimeField()


class IsianDraf(serializers.Serializer[Any]):
    """Draft cells by code; rows of line lists with their ids. `terisi`: items and lists that registers fill in here,
    with the value and the register's sentence; writing to these is refused.
    """

    status = serializers.CharField()
    revisi = serializers.IntegerField()
    sel = serializers.DictField(child=SelSerializer())
    daftar = serializers.DictField(child=serializers.ListField(child=serializers.DictField()))
    tanggapan = serializers.DictField()
    terisi = serializers.DictField(child=serializers.DictField())


def isian_keluar(laporan: Laporan, isi: Json, terisi: Terisi) -> Json:
    """The draft as the API shows it: names instead of account numbers, versions under their full name."""
    daftar = {kode: [{"id": b["id"], "sel": _sel(b["sel"])} for b in baris] for kode, baris in isi["daftar"].items()}
    return {
        "status": laporan.status,
        "revisi": laporan.revisi,
        "sel": _sel(isi["sel"]),
        "daftar": daftar,
        "tanggapan": isi["tanggapan"],
        "terisi": {
            **{k: {"nilai": a.nilai, "asal": a.asal} for k, a in terisi.angka.items()},
            **{k: {"baris": [dict(b.isi) for b in d.baris], "asal": d.asal} for k, d in terisi.daftar.items()},
        },
    }


def _sel(semua: Mapping[str, Json]) -> dict[str, Json]:
    return {
        kode: {
            "nilai": s["nilai"],
            "keadaan": s["keadaan"],
            "alasan": s["alasan"],
            "versi": s["v"],
            "oleh": s["n"],
            "pada": s["p"],
        }
        for kode, s in semua.items()
    }


class HasilSimpanSerializer(serializers.Serializer[Any]):
    """Saved cells by address, each with its new version and how it is shown."""

    tersimpan = serializers.DictField()
    konflik = serializers.DictField()
    ditolak = serializers.DictField()
    revisi = serializers.IntegerField()
    status = serializers.CharField()


class TemuanSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    kode = serializers.CharField()
    tingkat = serializers.CharField()
    pesan = serializers.CharField()
    butir = serializers.ListField(child=serializers.CharField())
    baris = serializers.CharField(allow_null=True)
    wajib_alasan = serializers.BooleanField()
    terjawab = serializers.BooleanField()


class TemuanLaporan(serializers.Serializer[Any]):
    bersih = serializers.BooleanField()
    temuan = TemuanSerializer(many=True)


class JawabanAksi(serializers.Serializer[Any]):
    """`ulangan` is true when the same key had already done this."""

    laporan = serializers.UUIDField()
    status = serializers.CharField()
    revisi = serializers.IntegerField()
    versi = serializers.IntegerField(allow_null=True)
    nomor = serializers.CharField(required=False)
    ulangan = serializers.BooleanField(required=False)


# Coming in ----------------------------------------------------------------------------------------


class SelMasuk(SerializerKetat):
    """One cell. `versi` is the one that the caller saw (0: empty); `daftar` and `baris` name a row."""

    kode = TeksKetat(KODE_MAKS)
    nilai = NilaiBebas(allow_null=True, required=False, default=None)
    keadaan = serializers.ChoiceField([k.value for k in Keadaan], default=Keadaan.ISI.value)
    alasan = TeksKetat(500, default="")
    versi = BulatKetat(min_value=0, max_value=VERSI_MAKS, default=0)
    daftar = TeksKetat(KODE_MAKS, default="")
    baris = TeksKetat(40, default="")


class PerubahanMasuk(SerializerKetat):
    sel = SelMasuk(many=True, allow_empty=False)

    def validate_sel(self, semua: list[Json]) -> list[Json]:
        if len(semua) > MAKS_SEKALI:
            raise serializers.ValidationError(f"Paling banyak {MAKS_SEKALI} sel sekali kirim.")
        alamat = [(s["daftar"], s["baris"], s["kode"]) for s in semua]
        if len(set(alamat)) != len(alamat):
            raise serializers.ValidationError("Satu sel disebut dua kali.")
        return semua

    def ke_perubahan(self) -> list[Json]:
        """Keyword arguments of `services_isian.Perubahan`."""
        return [
            {**{k: v for k, v in s.items() if k != "nilai"}, "teks": s["nilai"]} for s in self.validated_data["sel"]
        ]


class BarisBaru(SerializerKetat):
    isi = serializers.DictField(child=NilaiBebas(allow_null=True), default=dict)


class _Tanggapan(SerializerKetat):
    benar = BoolKetat()
    alasan = TeksKetat(500, default="")


class TanggapanMasuk(SerializerKetat):
    """Answers by finding id, as listed by the findings of the draft."""

    tanggapan = serializers.DictField(child=_Tanggapan(), allow_empty=False)

    def validate_tanggapan(self, semua: Json) -> Json:
        if len(semua) > MAKS_SEKALI or any(len(kunci) > 120 for kunci in semua):
            raise serializers.ValidationError("Tanggapan menunjuk temuan yang tidak ada.")
        return semua


class PerintahMasuk(SerializerKetat):
    """`revisi` is the one the caller saw: when the report has moved on, nothing happens (409)."""

    revisi = BulatKetat(min_value=0, max_value=VERSI_MAKS)
    alasan = TeksKetat(30, default="")
    teks = TeksKetat(TEKS_MAKS, default="")
    sel = serializers.DictField(child=TeksKetat(TEKS_MAKS), default=dict)
    disahkan = BoolKetat(default=False)
