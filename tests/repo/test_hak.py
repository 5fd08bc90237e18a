"""Every URL x every role -> the answer's code. A route without a row here fails, so nobody forgets to decide.

Rows are read like this: the method, what fills the address, and one code per column of `PERAN` (one code
alone holds for everybody). The address is always about Lapas Ambon (Kanwil Maluku): the columns `lain` (a
unit of the same Kanwil) and `riau` (another Kanwil) are the strangers, for whom a foreign row is 404. Posts
carry `badan` or nothing, so whoever may act gets 302, 400 or 409.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from pemasyarakatan.akun.token import buat_token
from tests import dunia as pembuat
from upt.cakupan import SISTEM, terpasang
from upt.models import Penugasan

PERAN = {
    "op": "operator_ambon",
    "ka": "kepala_ambon",
    "lain": "operator_masohi",
    "vk": "verifikator_maluku",
    "kk": "kepala_maluku",
    "riau": "verifikator_riau",
    "pp": "peninjau",
    "pi": "pimpinan",
    "au": "auditor",
    "ad": "admin",
    "as": "asing",
    "tamu": "",
}
Isi = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Rute:
    cara: str
    isi: Isi
    kode: str
    badan: Any = None

    def per_peran(self) -> dict[str, int]:
        angka = [int(k) for k in self.kode.split()]
        return dict.fromkeys(PERAN, angka[0]) if len(angka) == 1 else dict(zip(PERAN, angka, strict=True))


def _get(isi: Isi, kode: str) -> Rute:
    return Rute("get", isi, kode)


def _post(isi: Isi, kode: str, badan: Any = None) -> Rute:
    return Rute("post", isi, kode, badan)


def _hapus(isi: Isi, kode: str) -> Rute:
    return Rute("delete", isi, kode)


def _kosong(d: Any) -> dict[str, Any]:
    return {}


def _upt(d: Any) -> dict[str, Any]:
    return {"kode": d.ambon.kode}


def _bulan_upt(d: Any) -> dict[str, Any]:
    return {"kode": d.ambon.kode, "bulan": pembuat.JANUARI}


def _unggahan(d: Any) -> dict[str, Any]:
    return {"kunci": uuid.UUID(int=1)}


def _kanwil(d: Any) -> dict[str, Any]:
    return {"slug": "maluku"}


def _lap(**lain: Any) -> Isi:
    return lambda d: {"kode": d.ambon.kode, "bulan": pembuat.JANUARI, "formulir": "F06", **lain}


def _bulan(d: Any) -> dict[str, Any]:
    return {"kode": d.ambon.kode, "bulan": pembuat.JANUARI}


def _pk(**lain: Any) -> Isi:
    return lambda d: {"pk": d.laporan(d.ambon).pk, **lain}


def _kerja(**lain: Any) -> Isi:
    return lambda d: {"id": uuid.UUID(int=1), **lain}


def _kerja_api(**lain: Any) -> Isi:
    return lambda d: {"pk": uuid.UUID(int=1), **lain}


def _penugasan(d: Any) -> dict[str, Any]:
    with terpasang(SISTEM):
        return {"kode": d.ambon.kode, "penugasan_id": Penugasan.objects.get(pengguna=d.operator_ambon).pk}


def _rancangan(**lain: Any) -> Isi:
    """A draft that is not there: who may look at drafts gets 404, everybody else 403."""
    return lambda d: {"id": uuid.uuid4(), **lain}


def _petak(d: Any) -> dict[str, Any]:
    """A plot, or a person, that is not there."""
    return {"kode": d.ambon.kode, "pk": 999}


def _rute_register(register: str, jenis: str) -> dict[str, Rute]:
    """The generic pages of a register; row 999 is not there, which only those learn who may do the act."""

    def isi(**lain: Any) -> Isi:
        return lambda d: {"kode": d.ambon.kode, "jenis": jenis, **lain}

    tulis = "404 404 404 403 403 404 403 403 403 403 404"
    return {
        f"{register}:daftar": _get(isi(), "200 200 404 200 200 404 200 200 200 403 404 302"),
        f"{register}:baru": _get(isi(), "200 200 404 403 403 404 403 403 403 403 404 302"),
        f"{register}:baris": _get(isi(pk=999), "404 404 404 404 404 404 404 404 404 403 404 302"),
        f"{register}:ubah": _get(isi(pk=999), f"{tulis} 302"),
        f"{register}:hapus": _get(isi(pk=999), f"{tulis} 302"),
        f"{register}:pulihkan": _post(isi(pk=999), f"{tulis} 401"),
    }


def _rute_berkas(register: str, jenis: str) -> dict[str, Rute]:
    """Lists as files, and rows over the API, of one register."""
    api = {"jenis": jenis, "pk": 1}
    menulis, membaca = (f"200 200 404 {n} {n} 404 {n} {n} {n} 403 404 302" for n in (403, 200))
    asing = "404 404 404 404 404 404 404 404 404 404 404 302"
    tiada = "404 404 404 404 404 404 404 404 404 403 403 401"
    semua = "200 200 200 200 200 200 200 200 200 403 403"
    return {
        f"{register}:impor": _get(_jenis(jenis), menulis),
        f"{register}:impor_templat": _get(_jenis(jenis), menulis),
        f"{register}:impor_periksa": _get(_unggahan, asing),
        f"{register}:impor_ditolak": _get(_unggahan, asing),
        f"{register}:impor_berkas": _get(_unggahan, asing),
        f"{register}:ekspor": _get(_jenis(jenis), membaca),
        f"{register}:ekspor_wilayah": _get(lambda d: {"jenis": jenis}, f"{semua} 302"),
        f"api:{register}_jenis": _get(_kosong, f"{semua} 401"),
        f"api:{register}_baris": _get(lambda d: {"jenis": jenis}, f"{semua} 401"),
        f"api:{register}_satu": _get(lambda d: api, tiada),
        f"api:{register}_pulihkan": _post(lambda d: api, tiada),
    }


def _jenis(jenis: str) -> Isi:
    return lambda d: {"kode": d.ambon.kode, "jenis": jenis}


def _daftar_remisi(**lain: str) -> Isi:
    """Lists of an occasion that is not there."""
    return lambda d: {"kode": d.ambon.kode, "kesempatan": "ru-1950", **lain}


def _unggahan_usulan(d: Any) -> dict[str, Any]:
    """A case that is not there."""
    return {"uuid": uuid.UUID(int=1)}


def _orang_remisi(d: Any) -> dict[str, Any]:
    return {"kode": d.ambon.kode, "kesempatan": "ru-1950", "pk": 999}


def _rekap_remisi(**lain: str) -> Isi:
    return lambda d: {"slug": "maluku", "kesempatan": "ru-1950", **lain}


# fmt: off
def _impor_sdp(d: pembuat.Dunia) -> dict[str, Any]:
    return {"kode": "lapas-kelas-iia-ambon", "kunci": uuid.UUID(int=1)}


TABEL: dict[str, Rute] = {
    # op ka lain vk kk riau pp pi au ad as tamu
    "beranda": _get(_kosong, "302 302 302 302 302 302 302 302 302 302 200 302"),
    "sehat": _get(_kosong, "200"),
    "akun:masuk": _get(_kosong, "302 302 302 302 302 302 302 302 302 302 302 200"),
    "akun:keluar": _post(_kosong, "302"),
    "akun:saya": _get(_kosong, "200 200 200 200 200 200 200 200 200 200 200 302"),
    "akun:ganti_sandi": _post(_kosong, "400 400 400 400 400 400 400 400 400 400 400 302"),
    "akun:token_baru": _post(_kosong, "400 400 400 400 400 400 400 400 400 403 403 302"),
    "akun:token_cabut": _post(lambda d: {"token_id": 999}, "302"),
    "akun:atur_sandi": _get(lambda d: {"kode": "MQ", "token": "a-b"}, "404"),
    "pelaporan:kelengkapan": _get(_kosong, "302 302 302 302 302 302 200 200 200 403 403 302"),
    "pelaporan:kelengkapan_kanwil": _get(_kanwil, "200 200 200 200 200 404 200 200 200 403 403 302"),
    "pelaporan:kirim_bulan": _get(_bulan, "200 200 404 403 403 404 403 403 403 403 404 302"),
    "pelaporan:tanda_bulan": _get(_bulan, "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:tanda_bulan_pdf": _get(_bulan, "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:tanda_pdf": _get(_lap(versi=1), "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:cari_bukti": _get(_kosong, "200"),
    "pelaporan:bukti": _get(lambda d: {"nomor": "LB-X-v1", "cap": "0" * 16}, "404"),
    "pelaporan:antrean": _get(_kosong, "403 403 403 200 200 200 403 403 403 403 403 302"),
    "pelaporan:massal": _get(_kosong, "403 403 403 400 400 400 403 403 403 403 403 302"),
    "pelaporan:massal_hasil": _get(_kerja(), "403 403 403 404 404 404 403 403 403 403 403 302"),
    "pelaporan:massal_batal": _post(_kerja(), "403 403 403 404 404 404 403 403 403 403 403 302"),
    "pelaporan:statistik": _get(_kosong, "403 403 403 200 200 200 200 200 200 403 403 302"),
    "pelaporan:statistik_rinci": _get(_kosong, "403 403 403 404 404 404 404 404 404 403 403 302"),
    "pelaporan:statistik_butir": _get(_kosong, "403 403 403 200 200 200 200 200 200 200 403 302"),
    "pelaporan:pegang": _post(_lap(), "403 403 404 302 302 404 403 403 403 403 404 302"),
    "pelaporan:batal_verifikasi": _post(_lap(), "403 403 404 302 302 404 403 403 403 403 404 302"),
    "pelaporan:formulir": _get(_kosong, "403 403 403 403 403 403 200 403 403 200 403 302"),
    "pelaporan:formulir_unggah": _get(_kosong, "403 403 403 403 403 403 403 403 403 200 403 302"),
    "pelaporan:formulir_yaml": _get(
        lambda d: {"kode": "F06", "bulan": "2024-01"}, "403 403 403 403 403 403 200 403 403 200 403 302",
    ),
    "pelaporan:formulir_cabut": _get(
        lambda d: {"kode": "F06", "bulan": "2024-01"}, "403 403 403 403 403 403 403 403 403 200 403 302",
    ),
    "pelaporan:rancangan": _get(_rancangan(), "403 403 403 403 403 403 404 403 403 404 403 302"),
    "pelaporan:rancangan_ubah": _get(_rancangan(), "403 403 403 403 403 403 403 403 403 404 403 302"),
    "pelaporan:rancangan_bulan": _post(_rancangan(), "403 403 403 403 403 403 403 403 403 404 403 401"),
    "pelaporan:rancangan_gladi": _post(_rancangan(), "403 403 403 403 403 403 403 403 403 404 403 401"),
    "pelaporan:rancangan_aturan": _get(
        _rancangan(aturan="x"), "403 403 403 403 403 403 404 403 403 404 403 302",
    ),
    "pelaporan:rancangan_terbit": _get(_rancangan(), "403 403 403 403 403 403 403 403 403 404 403 302"),
    "pelaporan:rancangan_buang": _get(_rancangan(), "403 403 403 403 403 403 403 403 403 404 403 302"),
    "pelaporan:periode": _get(_kosong, "403 403 403 403 403 403 200 403 403 200 403 302"),
    "pelaporan:libur": _get(_kosong, "403 403 403 403 403 403 200 403 403 200 403 302"),
    "pelaporan:libur_hapus": _get(
        lambda d: {"libur_id": 999}, "403 403 403 403 403 403 404 403 403 404 403 302",
    ),
    "pelaporan:pindah_tenggat": _get(_kosong, "403 403 403 403 403 403 200 403 403 200 403 302"),
    "pelaporan:bebas": _get(_kosong, "403 403 403 200 200 200 200 403 403 403 403 302"),
    "pelaporan:bebas_cabut": _post(lambda d: {"bebas_id": 999}, "404 404 404 404 404 404 404 404 404 404 404 401"),
    "pelaporan:surat": _get(_kosong, "403 403 403 403 403 403 403 403 403 200 403 302"),
    "pelaporan:kabar": _get(_kosong, "200 200 200 200 200 200 200 200 200 200 200 302"),
    "pelaporan:kabar_dibaca": _post(_kosong, "400 400 400 400 400 400 400 400 400 400 400 401"),
    "pelaporan:kabar_atur": _post(_kosong, "302 302 302 302 302 302 302 302 302 302 302 401"),
    "pelaporan:tagihan": _get(_kosong, "403 403 403 200 200 200 200 200 200 403 403 302"),
    "pelaporan:tagih": _get(_upt, "403 403 404 200 200 404 403 403 403 403 404 302"),
    "pelaporan:kalender": _get(_upt, "200 200 404 403 403 404 403 403 403 403 404 302"),
    "pelaporan:kalender_ics": _get(lambda d: {"kunci": f"{d.ambon.pk}-salah"}, "404"),
    "pelaporan:beranda_upt": _get(_upt, "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:laporan": _get(_lap(), "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:bagian": _get(_lap(bagian="kegiatan"), "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:simpan": _post(
        _lap(),
        "409 409 404 403 403 404 403 403 403 403 404 401",
        badan={"bagian": "kegiatan", "perubahan": []},
    ),
    "pelaporan:daftar_tempel": _post(_lap(daftar="x"), "404 404 404 404 404 404 404 404 404 403 404 401"),
    "pelaporan:baris_tambah": _post(_lap(daftar="x"), "404 404 404 404 404 404 404 404 404 403 404 401"),
    "pelaporan:baris_hapus": _post(
        _lap(daftar="x", baris="y"), "404 404 404 404 404 404 404 404 404 403 404 401",
    ),
    "pelaporan:kirim": _get(_lap(), "302 302 404 403 403 404 403 403 403 403 404 302"),
    "pelaporan:tanda_terima": _get(_lap(versi=1), "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:semua": _get(_lap(), "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:kosong": _get(_lap(), "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:versi": _get(_lap(versi=1), "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:tarik": _post(_lap(), "403 400 404 403 403 404 403 403 403 403 404 302"),
    "pelaporan:minta_buka": _post(_lap(), "400 400 404 403 403 404 403 403 403 403 404 302"),
    "pelaporan:tinjau": _get(_lap(), "403 403 404 200 200 404 403 403 403 403 404 302"),
    "pelaporan:tinjau_berikut": _get(_lap(), "403 403 404 302 302 404 403 403 403 403 404 302"),
    # the verifier's refusal shows the page, which holds the report; the colleague meets that hold
    "pelaporan:tinjau_bagian": _post(_lap(), "403 403 404 400 409 404 403 403 403 403 404 401"),
    # the verifier's refusal shows the page, which holds the report; the colleague meets that hold
    "pelaporan:tinjau_wajar": _post(_lap(), "403 403 404 400 409 404 403 403 403 403 404 401"),
    "pelaporan:buku": _get(_bulan_upt, "200 200 404 403 403 404 403 403 403 403 404 302"),
    "pelaporan:buku_templat": _get(_bulan_upt, "200 200 404 403 403 404 403 403 403 403 404 302"),
    "pelaporan:buku_kanwil": _get(_kanwil, "403 403 403 200 200 403 403 403 403 403 403 302"),
    "pelaporan:buku_kanwil_templat": _get(_kanwil, "403 403 403 400 400 403 403 403 403 403 403 302"),
    "pelaporan:unggahan": _get(_unggahan, "404 404 404 404 404 404 404 404 404 404 404 302"),
    "pelaporan:unggahan_galat": _get(_unggahan, "404 404 404 404 404 404 404 404 404 404 404 302"),
    "pelaporan:unggahan_berkas": _get(_unggahan, "404 404 404 404 404 404 404 404 404 404 404 302"),
    "pelaporan:catatan": _get(_lap(), "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:catatan_hapus": _post(_lap(komentar=999), "302 302 404 302 302 404 403 403 403 403 404 401"),
    "pelaporan:catatan_selesai": _post(_lap(utas=999), "404 404 404 404 404 404 403 403 403 403 404 401"),
    "pelaporan:usulan_terapkan": _post(_lap(komentar=999), "404 404 404 403 403 404 403 403 403 403 404 401"),
    "pelaporan:usulan_tolak": _post(_lap(komentar=999), "404 404 404 403 403 404 403 403 403 403 404 401"),
    "pelaporan:rincian": _get(_lap(sel="lahan_tidur"), "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:lampiran": _get(_lap(), "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pelaporan:lampiran_berkas": _get(_lap(lampiran=999), "404 404 404 404 404 404 404 404 404 403 404 302"),
    "pelaporan:lampiran_hapus": _post(_lap(lampiran=999), "404 404 404 403 403 404 403 403 403 403 404 401"),
    "pelaporan:buka": _post(_lap(), "403 403 404 403 400 404 400 403 403 403 404 302"),
    "dasbor:rekap_daftar": _get(_kosong, "403 403 403 302 302 302 200 200 200 403 403 302"),
    "dasbor:rekap_wilayah": _get(
        lambda d: {"slug": "maluku", "bulan": pembuat.JANUARI}, "403 403 403 200 200 404 200 200 200 403 403 302"
    ),
    "dasbor:nasional": _get(_kosong, "302 302 302 302 302 302 200 200 200 403 403 302"),
    "dasbor:kanwil": _get(_kanwil, "404 404 404 200 200 404 200 200 200 403 403 302"),
    "dasbor:upt": _get(_upt, "200 200 404 200 200 404 200 200 200 403 403 302"),
    "dasbor:indikator": _get(lambda d: {"kode": "hunian"}, "200 200 200 200 200 200 200 200 200 403 403 302"),
    "dasbor:kinerja": _get(_kosong, "403 403 403 403 403 403 200 200 403 403 403 302"),
    "dasbor:telusur": _get(
        lambda d: {"formulir": "F06", "kode": "wbp"}, "200 200 200 200 200 200 200 200 200 403 403 302",
    ),
    "pangan:beranda": _get(_kosong, "302 302 302 302 302 302 302 302 302 403 403 302"),
    "pangan:nasional": _get(_kosong, "302 302 302 302 302 302 200 200 200 403 403 302"),
    "pangan:kanwil": _get(_kanwil, "404 404 404 200 200 404 200 200 200 403 403 302"),
    "pangan:klaster": _get(
        lambda d: {"klaster": "perikanan"}, "404 404 404 200 200 200 200 200 200 403 403 302",
    ),
    "pangan:unit": _get(_upt, "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pangan:petak": _get(_petak, "404 404 404 404 404 404 404 404 404 403 404 302"),
    "pangan:foto": _get(_petak, "404 404 404 404 404 404 404 404 404 403 404 302"),
    "pangan:foto_ganti": _post(_petak, "404 404 404 404 404 404 404 404 404 403 404 401"),
    "pangan:orang": _get(_upt, "200 200 404 200 200 404 200 200 200 403 404 302"),
    "pangan:asal": _get(_bulan_upt, "200 200 404 200 200 404 200 200 200 403 404 302"),
    **_rute_register("pangan", "setoran"),
    **_rute_register("umkm", "produk"),
    **_rute_berkas("pangan", "petak"),
    **_rute_berkas("umkm", "produk"),
    "umkm:beranda": _get(_kosong, "302 302 302 302 302 302 302 302 302 403 403 302"),
    "umkm:unit": _get(_upt, "200 200 404 200 200 404 200 200 200 403 404 302"),
    "umkm:produk": _get(_petak, "404 404 404 404 404 404 404 404 404 403 404 302"),
    "umkm:produk_berkas": _post(_petak, "404 404 404 404 404 404 404 404 404 403 404 401"),
    "umkm:foto": _get(_petak, "404 404 404 404 404 404 404 404 404 403 404 302"),
    "umkm:foto_mini": _get(_petak, "404 404 404 404 404 404 404 404 404 403 404 302"),
    "umkm:surat": _get(_petak, "404 404 404 404 404 404 404 404 404 403 404 302"),
    "umkm:bagi": _get(_bulan_upt, "200 200 404 200 200 404 200 200 200 403 404 302"),
    "umkm:orang": _get(_upt, "200 200 404 200 200 404 200 200 200 403 404 302"),
    "umkm:pameran": _get(_upt, "200 200 404 200 200 404 200 200 200 403 404 302"),
    "umkm:asal": _get(_bulan_upt, "200 200 404 200 200 404 200 200 200 403 404 302"),
    "wbp:beranda": _get(_kosong, "302 302 302 403 403 403 403 403 200 403 403 302"),
    "wbp:unit": _get(_upt, "200 200 404 403 403 404 403 403 200 403 404 302"),
    "wbp:cari": _post(_upt, "400 400 404 403 403 404 403 403 400 403 404 401"),
    "wbp:buka": _post(_upt, "400 400 404 400 400 404 403 403 400 403 404 401"),
    "wbp:baru": _get(_upt, "200 200 404 403 403 404 403 403 403 403 404 302"),
    "wbp:sppn": _get(_upt, "200 200 404 403 403 404 403 403 403 403 404 302"),
    "wbp:satu": _get(_petak, "404 404 404 403 403 404 403 403 404 403 404 302"),
    "wbp:akses": _get(_petak, "404 404 404 403 403 404 403 403 404 403 404 302"),
    "wbp:ubah": _get(_petak, "404 404 404 403 403 404 403 403 403 403 404 302"),
    "wbp:keluar": _get(_petak, "404 404 404 403 403 404 403 403 403 403 404 302"),
    "wbp:tahan": _get(_petak, "404 404 404 403 403 404 403 403 404 403 404 302"),
    "wbp:catat": _post(_petak, "404 404 404 403 403 404 403 403 403 403 404 401"),
    "wbp:impor": _get(_upt, "200 200 404 403 403 404 403 403 403 403 404 302"),
    "wbp:impor_templat": _get(_upt, "200 200 404 403 403 404 403 403 403 403 404 302"),
    "wbp:impor_satu": _get(_impor_sdp, "404 404 404 403 403 404 403 403 403 403 404 302"),
    "wbp:impor_ditolak": _get(_impor_sdp, "404 404 404 403 403 404 403 403 403 403 404 302"),
    "wbp:serah": _get(_upt, "200 200 404 403 403 404 403 403 200 403 404 302"),
    "wbp:serah_satu": _get(_impor_sdp, "404 404 404 403 403 404 403 403 404 403 404 302"),
    "wbp:serahkan": _get(_petak, "404 404 404 403 403 404 403 403 403 403 404 302"),
    "umkm:katalog": _get(_kosong, "200 200 200 200 200 200 200 200 200 403 403 302"),
    "umkm:katalog_produk": _get(lambda d: {"pk": 999_999_999}, "404 404 404 404 404 404 404 404 404 403 403 302"),
    "umkm:katalog_mini": _get(lambda d: {"pk": 999_999_999}, "404 404 404 404 404 404 404 404 404 403 403 302"),
    "umkm:katalog_foto": _get(lambda d: {"pk": 999_999_999}, "404 404 404 404 404 404 404 404 404 403 403 302"),
    "umkm:lembar": _get(lambda d: {"pk": 999_999_999}, "404 404 404 404 404 404 404 404 404 403 403 302"),
    "umkm:nasional": _get(_kosong, "302 302 302 302 302 302 200 200 200 403 403 302"),
    "umkm:kanwil": _get(_kanwil, "404 404 404 200 200 404 200 200 200 403 403 302"),
    "umkm:unit_wilayah": _get(_kosong, "403 403 403 200 200 200 200 200 200 403 403 302"),
    "umkm:produk_wilayah": _get(_kosong, "403 403 403 200 200 200 200 200 200 403 403 302"),
    "umkm:sertifikat": _get(_kosong, "403 403 403 200 200 200 200 200 200 403 403 302"),
    "umkm:jenis": _get(_kosong, "403 403 403 200 200 200 200 200 200 403 403 302"),
    "umkm:jenis_rinci": _get(
        lambda d: {"pk": 999_999_999}, "403 403 403 404 404 404 404 404 404 403 403 302",
    ),
    "umkm:gabung": _get(_kosong, "403 403 403 403 403 403 200 403 403 403 403 302"),
    "umkm:pisah": _post(
        lambda d: {"pk": 999_999_999}, "403 403 403 403 403 403 404 403 403 403 403 401",
    ),
    "umkm:hasil_pameran": _get(_kosong, "200 200 200 200 200 200 200 200 200 403 403 302"),
    "umkm:hasil_pameran_rinci": _get(lambda d: {"pk": 999_999_999}, "404 404 404 404 404 404 404 404 404 403 403 302"),
    "umkm:pameran_baru": _get(_kosong, "200 200 200 200 200 200 200 403 403 403 403 302"),
    "umkm:pameran_ubah": _get(lambda d: {"pk": 999_999_999}, "404 404 404 404 404 404 404 404 404 404 404 302"),
    "umkm:pameran_gabung": _post(
        lambda d: {"pk": 999_999_999}, "400 400 400 400 400 400 400 400 400 400 400 401",
    ),
    "umkm:pameran_pisah": _post(
        lambda d: {"pk": 999_999_999}, "404 404 404 404 404 404 404 404 404 404 404 401",
    ),
    "umkm:buka": _get(_pk(pk=1, jenis="produk"), "404 404 404 404 404 404 404 404 404 404 404 302"),
    "upt:daftar": _get(_kosong, "200 200 200 200 200 200 200 200 200 200 200 302"),
    "upt:profil": _get(_upt, "200 200 404 200 200 404 200 200 200 200 404 302"),
    "upt:tunjuk": _get(_upt, "403 403 404 403 200 404 403 403 403 403 404 302"),
    "upt:cabut": _post(_penugasan, "403 403 404 403 403 404 403 403 403 302 404 401"),
    "pekerjaan:daftar": _get(_kosong, "200 200 200 200 200 200 200 200 200 200 200 302"),
    "pekerjaan:satu": _get(_kerja(), "404 404 404 404 404 404 404 404 404 404 404 302"),
    "pekerjaan:status": _get(_kerja(), "404 404 404 404 404 404 404 404 404 404 404 302"),
    "pekerjaan:berkas": _get(_kerja(berkas_id=1), "404 404 404 404 404 404 404 404 404 404 404 302"),
    "pekerjaan:batal": _post(_kerja(), "404 404 404 404 404 404 404 404 404 404 404 401"),
    "pekerjaan:ulangi": _post(_kerja(), "404 404 404 404 404 404 404 404 404 404 404 401"),
    "jejak": _get(_kosong, "403 200 403 403 200 403 200 403 200 403 403 302"),
    "api:upt": _get(_kosong, "200 200 200 200 200 200 200 200 200 403 403 401"),
    "api:upt_satu": _get(_upt, "200 200 404 200 200 404 200 200 200 403 403 401"),
    "api:kanwil": _get(_kosong, "200 200 200 200 200 200 200 200 200 403 403 401"),
    "api:kanwil_satu": _get(_kanwil, "200 200 200 200 200 404 200 200 200 403 403 401"),
    "api:formulir": _get(_kosong, "200 200 200 200 200 200 200 200 200 403 403 401"),
    "api:formulir_satu": _get(lambda d: {"kode": "F06"}, "200 200 200 200 200 200 200 200 200 403 403 401"),
    "api:laporan": _get(_kosong, "200 200 200 200 200 200 200 200 200 403 403 401"),
    "api:laporan_satu": _get(_pk(), "200 200 404 200 200 404 200 200 200 403 403 401"),
    "api:sel": _get(_pk(), "200 200 404 200 200 404 200 200 200 403 403 401"),
    "api:baris": _post(
        _pk(daftar="kejadian"), "409 409 404 403 403 404 403 403 403 403 403 401", badan={"isi": {}},
    ),
    "api:baris_satu": _hapus(
        _pk(daftar="kejadian", baris="x"), "409 409 404 403 403 404 403 403 403 403 403 401",
    ),
    "api:temuan": _get(_pk(), "200 200 404 200 200 404 200 200 200 403 403 401"),
    "api:aksi": _post(
        _pk(aksi="tarik"), "403 409 404 403 403 404 403 403 403 403 403 401", badan={"revisi": 0},
    ),
    "api:fakta": _get(_kosong, "400 400 400 400 400 400 400 400 400 403 403 401"),
    "api:ringkasan": _get(_kosong, "200 200 200 200 200 200 200 200 200 403 403 401"),
    "api:laporan_kinerja": _post(_kosong, "403 403 403 403 403 403 400 400 403 403 403 401", badan={}),
    "api:hitung_pidana": _post(_kosong, "200 200 200 200 200 200 200 200 200 403 403 401", badan={}),
    "api:hitung_remisi": _post(_kosong, "200 200 200 200 200 200 200 200 200 403 403 401", badan={"jenis": "RU"}),
    "remisi:kalkulator": _get(_kosong, "200 200 200 200 200 200 200 200 200 200 200 302"),
    "remisi:kalkulator_remisi": _get(_kosong, "200 200 200 200 200 200 200 200 200 200 200 302"),
    "remisi:kalkulator_hemat": _get(_kosong, "200 200 200 200 200 200 200 200 200 200 200 302"),
    "remisi:aturan": _get(_kosong, "200 200 200 200 200 200 200 200 200 200 403 302"),
    "remisi:aturan_tabel": _get(lambda d: {"tabel": "besaran"}, "200 200 200 200 200 200 200 200 200 200 403 302"),
    "remisi:aturan_satu": _get(lambda d: {"pk": 999_999_999}, "404 404 404 404 404 404 404 404 404 404 403 302"),
    "remisi:aturan_baru": _get(lambda d: {"tabel": "besaran"}, "403 403 403 403 403 403 403 403 403 200 403 302"),
    "remisi:aturan_ubah": _get(lambda d: {"pk": 999_999_999}, "403 403 403 403 403 403 403 403 403 404 403 302"),
    "remisi:aturan_gladi": _post(lambda d: {"pk": 999_999_999}, "403 403 403 403 403 403 403 403 403 404 403 401"),
    "remisi:aturan_tetapkan": _post(lambda d: {"pk": 999_999_999}, "403 403 403 403 403 403 403 403 403 404 403 401"),
    "remisi:aturan_buang": _post(lambda d: {"pk": 999_999_999}, "403 403 403 403 403 403 403 403 403 404 403 401"),
    "remisi:aturan_cabut": _get(lambda d: {"pk": 999_999_999}, "403 403 403 403 403 403 403 403 403 404 403 302"),
    "remisi:beranda": _get(_kosong, "302 302 302 200 200 200 200 302 200 302 403 302"),
    "remisi:antrean": _get(_kosong, "200 200 200 200 200 200 200 403 200 403 403 302"),
    "remisi:tindakan": _post(_kosong, "400 400 400 400 400 400 400 403 400 403 403 401"),
    "remisi:usulan": _get(_unggahan_usulan, "404 404 404 404 404 404 404 403 404 403 403 302"),
    "remisi:unit": _get(_upt, "200 200 404 200 200 404 200 403 200 403 404 302"),
    "remisi:kesempatan": _get(_daftar_remisi(), "404 404 404 404 404 404 404 403 404 403 404 302"),
    "remisi:hitung": _post(_daftar_remisi(), "404 404 404 404 404 404 404 403 404 403 404 401"),
    "remisi:hitung_negeri": _post(
        lambda d: {"kesempatan": "tidak-ada"}, "403 403 403 403 403 403 404 403 403 403 403 401"
    ),
    "remisi:benahi": _get(_daftar_remisi(), "404 404 404 404 404 404 404 403 404 403 404 302"),
    "remisi:usulkan": _post(_daftar_remisi(), "404 404 404 404 404 404 404 403 404 403 404 401"),
    "remisi:calon": _get(_orang_remisi, "404 404 404 404 404 404 404 403 404 403 404 302"),
    "remisi:integrasi_wilayah": _get(_kosong, "200 200 200 200 200 200 200 200 200 403 403 302"),
    "remisi:integrasi": _get(_upt, "200 200 404 200 200 404 200 403 200 403 404 302"),
    "remisi:integrasi_orang": _get(
        lambda d: {**_upt(d), "pk": 999_999_999}, "404 404 404 404 404 404 404 403 404 403 404 302"
    ),
    "remisi:tahanan": _get(_upt, "200 200 404 200 200 404 200 403 200 403 404 302"),
    "remisi:ramalan": _get(_upt, "200 200 404 200 200 404 200 403 200 403 404 302"),
    "remisi:asal": _get(_bulan_upt, "200 200 404 200 200 404 200 403 200 403 404 302"),
    "remisi:litmas": _get(_upt, "404 404 404 404 404 404 404 403 404 403 404 302"),  # a Lapas is no Bapas
    "remisi:dokumen": _get(_unggahan_usulan, "404 404 404 404 404 404 404 404 404 404 404 302"),
    "remisi:nasional": _get(_kosong, "302 302 302 302 302 302 200 200 200 403 403 302"),
    "remisi:nasional_rinci": _get(_kosong, "400 400 400 400 400 400 400 403 400 403 403 302"),
    "remisi:kanwil": _get(_kanwil, "403 403 403 200 200 404 200 403 200 403 403 302"),
    "remisi:rilis": _get(_kosong, "200 200 200 200 200 200 200 200 200 403 403 302"),
    "remisi:rilis_baru": _get(_kosong, "403 403 403 403 403 403 200 403 403 403 403 302"),
    "remisi:rilis_satu": _get(lambda d: {"pk": 999}, "404 404 404 404 404 404 404 404 404 403 403 302"),
    "remisi:rilis_ubah": _get(lambda d: {"pk": 999}, "403 403 403 403 403 403 404 403 403 403 403 302"),
    "remisi:nominatif": _get(_daftar_remisi(), "404 404 404 404 404 404 404 403 404 403 404 302"),
    "remisi:nominatif_berkas": _get(
        _daftar_remisi(daftar="usulan", bentuk="pdf"), "404 404 404 404 404 404 404 403 404 403 404 302",
    ),
    "remisi:rekap_kanwil": _get(_rekap_remisi(), "403 403 403 404 404 404 404 403 404 403 403 302"),
    "remisi:rekap_berkas": _get(
        _rekap_remisi(bentuk="pdf"), "403 403 403 404 404 404 404 403 404 403 403 302",
    ),
    "api:pekerjaan": _get(_kosong, "200 200 200 200 200 200 200 200 200 403 403 401"),
    "api:pekerjaan_satu": _get(_kerja_api(), "404 404 404 404 404 404 404 404 404 403 403 401"),
    "api:pekerjaan_batal": _post(_kerja_api(), "404 404 404 404 404 404 404 404 404 403 403 401"),
    "api:pekerjaan_berkas": _get(_kerja_api(berkas_id=1), "404 404 404 404 404 404 404 404 404 403 403 401"),
    "api:skema": _get(_kosong, "200 200 200 200 200 200 200 200 200 200 200 403"),
    "api:dokumentasi": _get(_kosong, "200 200 200 200 200 200 200 200 200 200 200 302"),
}
# fmt: on
TANPA_BARIS = ("admin:",)
"""Django's own administration pages: `tests/upt/test_admin.py` walks them; every role but admin gets 403."""


def rute(resolver: URLResolver | None = None, ruang: str = "") -> Iterator[str]:
    for pola in (resolver or get_resolver()).url_patterns:
        if isinstance(pola, URLPattern):
            assert pola.name, f"a route without a name: {pola.pattern}"
            yield ruang + pola.name
        elif pola.namespace != "admin":
            yield from rute(pola, ruang + (f"{pola.namespace}:" if pola.namespace else ""))


def test_setiap_rute_punya_baris() -> None:
    assert sorted(set(rute())) == sorted(TABEL)


def klien(dunia: Any, nama: str, api: bool) -> Client:
    if not PERAN[nama]:
        return Client()
    orang = getattr(dunia, PERAN[nama])
    if api:
        return Client(headers={"Authorization": f"Token {buat_token(oleh=orang, nama='uji')}"})
    satu = Client()
    satu.force_login(orang)
    return satu


@pytest.mark.parametrize("nama", TABEL)
def test_kode_per_peran(dunia: Any, nama: str) -> None:
    baris = TABEL[nama]
    if nama.startswith(("pelaporan:", "api:")):
        pembuat.kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    alamat = reverse(nama, kwargs=baris.isi(dunia))
    api = nama.startswith("api:") and nama != "api:dokumentasi"
    kirim: dict[str, Any] = {"headers": {"Idempotency-Key": "kunci-hak"}}
    if baris.badan is not None:
        kirim |= {"data": baris.badan, "content_type": "application/json"}
    nyata = {p: getattr(klien(dunia, p, api), baris.cara)(alamat, **kirim).status_code for p in PERAN}
    assert nyata == baris.per_peran()
