"""The calculator over the API: the same answers as the commands `hitung_pidana` and `hitung_remisi`. Stores nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pemasyarakatan.akun.api_tampilan import Tampilan
from pemasyarakatan.inti.api_tampilan import BoolKetat, BulatKetat, SerializerKetat
from pemasyarakatan.inti.galat import TidakSah
from remisi.hitung.baris import Jawab, baca_id
from remisi.hitung.dasar import AturanTiada, MasukanSalah
from remisi.hitung.masukan import BULAN_MAKS, HARI_MAKS, TAHUN_MAKS, URUTAN_MAKS, jawab_pidana, jawab_remisi
from remisi.ketentuan_bentuk import STATUS
from remisi.selectors_aturan import himpunan

_LETAK = re.compile(r"([a-z_]+(?:\[\d+\])?(?:\.[a-z_]+)?): (.+)")
"""How a refusal names the place of what is wrong: `remisi[1].bulan: …`."""
_TIDAK_WAJIB: dict[str, Any] = {"required": False, "allow_null": True}


class PotongSerializer(SerializerKetat):
    bulan = BulatKetat(min_value=0, max_value=BULAN_MAKS, required=False)
    hari = BulatKetat(min_value=0, max_value=HARI_MAKS, required=False)


class LamaSerializer(PotongSerializer):
    tahun = BulatKetat(min_value=0, max_value=TAHUN_MAKS, required=False)


class SubsiderSerializer(PotongSerializer):
    dibayar = BoolKetat(required=False)


class MasaTahanSerializer(SerializerKetat):
    dari = serializers.DateField()
    sampai = serializers.DateField()


class HitungPidanaMasuk(SerializerKetat):
    """`remisi` in order of grant. `pidana` may also be a list of sentences served one after the other."""

    id = serializers.CharField(**_TIDAK_WAJIB)
    tanggal_tahan = serializers.DateField(**_TIDAK_WAJIB)
    pidana = LamaSerializer(**_TIDAK_WAJIB)
    remisi = PotongSerializer(many=True, **_TIDAK_WAJIB)
    subsider = SubsiderSerializer(**_TIDAK_WAJIB)
    kategori = serializers.CharField(max_length=60, **_TIDAK_WAJIB)
    tanggal_putusan = serializers.DateField(**_TIDAK_WAJIB)
    penahanan = MasaTahanSerializer(many=True, **_TIDAK_WAJIB)
    seumur_hidup = BoolKetat(**_TIDAK_WAJIB)


class HitungRemisiMasuk(SerializerKetat):
    id = serializers.CharField(**_TIDAK_WAJIB)
    jenis = serializers.CharField(max_length=60, help_text="RU, RK, RT_JASA, RT_PEMUKA, RD, PMPU, PMPK, PMP_HAN, …")
    tanggal = serializers.DateField(**_TIDAK_WAJIB)
    tanggal_tahan = serializers.DateField(**_TIDAK_WAJIB)
    urutan = BulatKetat(min_value=1, max_value=URUTAN_MAKS, **_TIDAK_WAJIB)
    besaran_ru = PotongSerializer(**_TIDAK_WAJIB)
    pidana = LamaSerializer(**_TIDAK_WAJIB)
    status = serializers.CharField(help_text=f"{STATUS[0]} atau {STATUS[1]}", **_TIDAK_WAJIB)
    register_f = BoolKetat(**_TIDAK_WAJIB)
    sedang_cmb = BoolKetat(**_TIDAK_WAJIB)
    seumur_hidup = BoolKetat(**_TIDAK_WAJIB)


class LangkahHitungSerializer(serializers.Serializer[Any]):
    """One step: in words, by which rule, from which source, and whether that was confirmed."""

    uraian = serializers.CharField()
    aturan = serializers.CharField()
    sumber = serializers.CharField()
    terverifikasi = serializers.BooleanField()


class ProgramSerializer(serializers.Serializer[Any]):
    layak = serializers.BooleanField(allow_null=True)
    mulai = serializers.DateField(allow_null=True)


class HitungPBSerializer(ProgramSerializer):
    akhir_bimbingan = serializers.DateField(allow_null=True)


class HitungCBSerializer(ProgramSerializer):
    akhir = serializers.DateField(allow_null=True)
    hari = serializers.IntegerField(allow_null=True)


class HitungCMBSerializer(HitungCBSerializer):
    jatuh_tempo = serializers.DateField(allow_null=True)


class HitungPidanaHasil(serializers.Serializer[Any]):
    """Dates that cannot be told are null, and `kurang` names what is missing."""

    id = serializers.CharField(allow_null=True)
    ekspirasi_awal = serializers.DateField(allow_null=True)
    ekspirasi_akhir = serializers.DateField(allow_null=True)
    sepertiga = serializers.DateField(allow_null=True)
    setengah = serializers.DateField(allow_null=True)
    dua_pertiga = serializers.DateField(allow_null=True)
    pb = HitungPBSerializer()
    cb = HitungCBSerializer()
    cmb = HitungCMBSerializer()
    langkah = LangkahHitungSerializer(many=True)
    kurang = serializers.ListField(child=serializers.CharField())


class HitungRemisiHasil(serializers.Serializer[Any]):
    """`layak` null: not to be told before what `kurang` names is known."""

    id = serializers.CharField(allow_null=True)
    layak = serializers.BooleanField(allow_null=True)
    bulan = serializers.IntegerField(allow_null=True)
    hari = serializers.IntegerField(allow_null=True)
    total_hari = serializers.IntegerField(allow_null=True)
    alasan = serializers.ListField(child=serializers.CharField())
    kurang = serializers.ListField(child=serializers.CharField())


def _jawab(isi: Any, dikenal: type[SerializerKetat], jawab: Jawab) -> Response:
    """One object in, one out. It is read as the commands read their lines, so both always say the same."""
    if not isinstance(isi, Mapping):
        raise TidakSah("Kirim satu objek JSON.")
    if asing := [str(nama)[:60] for nama in isi if nama not in dikenal().fields]:
        raise TidakSah("Ada isian yang tidak dikenal. Periksa namanya.", rincian={n: ["Tidak dikenal."] for n in asing})
    try:
        id_ = baca_id(isi)
        return Response({"id": id_, **jawab(isi, himpunan()).sebagai_json()})
    except MasukanSalah as salah:
        letak = _LETAK.fullmatch(str(salah))
        raise TidakSah(str(salah), **({"rincian": {letak[1]: [letak[2]]}} if letak else {})) from salah
    except AturanTiada as tiada:
        raise TidakSah(f"Tidak dapat dihitung: {tiada} tidak ada.") from tiada


class HitungPidana(Tampilan):
    @extend_schema(
        summary="Hitung ekspirasi, bagian pidana, PB, CB, dan CMB",
        request=HitungPidanaMasuk,
        responses={200: HitungPidanaHasil},
        description="Tidak menyimpan apa pun. Setiap hasil disertai langkah, aturan, sumber, dan konfirmasinya.",
    )
    def post(self, request: Request) -> Response:
        return _jawab(request.data, HitungPidanaMasuk, jawab_pidana)


class HitungRemisi(Tampilan):
    @extend_schema(
        summary="Hitung besaran satu pemberian remisi",
        request=HitungRemisiMasuk,
        responses={200: HitungRemisiHasil},
        description="Tidak menyimpan apa pun. Alasan menyebut aturan, sumber, dan keterangan konfirmasi.",
    )
    def post(self, request: Request) -> Response:
        return _jawab(request.data, HitungRemisiMasuk, jawab_remisi)
