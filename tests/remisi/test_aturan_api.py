"""The calculator over the API says what the commands say, and keeps nothing."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.test import Client

from pemasyarakatan.akun.token import buat_token
from remisi.hitung.baris import jawab_semua
from remisi.hitung.masukan import jawab_pidana, jawab_remisi
from remisi.ketentuan import bawaan

ALAMAT = {"pidana": "/api/v1/remisi/hitung/pidana/", "remisi": "/api/v1/remisi/hitung/remisi/"}
PIDANA = {
    **{"id": "k-1", "tanggal_tahan": "2014-02-01", "pidana": {"tahun": 10, "bulan": 0, "hari": 0}},
    **{"remisi": [{"bulan": 12, "hari": 15}, {"bulan": 3, "hari": 0}], "kategori": "korupsi"},
    **{"subsider": {"bulan": 4, "hari": 5, "dibayar": False}, "tanggal_putusan": "2014-09-01"},
}
REMISI = {"id": 7, "jenis": "RK", "tanggal": "2025-12-25", "tanggal_tahan": "2020-01-01", "urutan": 4}


@pytest.fixture
def klien(dunia: Any) -> Client:
    token = buat_token(oleh=dunia.kepala_ambon, nama="uji")
    return Client(headers={"Authorization": f"Token {token}"})


def kirim(klien: Client, nama: str, isi: Any) -> Any:
    return klien.post(ALAMAT[nama], isi, content_type="application/json")


@pytest.mark.parametrize(("nama", "isi", "cara"), [("pidana", PIDANA, jawab_pidana), ("remisi", REMISI, jawab_remisi)])
def test_sama_dengan_perintah(klien: Client, nama: str, isi: dict[str, Any], cara: Any) -> None:
    (baris,) = jawab_semua(io.BytesIO(json.dumps(isi).encode()), cara, bawaan())
    jawaban = kirim(klien, nama, isi)
    assert jawaban.status_code == 200
    assert jawaban.json() == json.loads(baris)
    assert jawaban["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("nama", "isi", "kata"),
    [
        ("pidana", [], "satu objek"),
        ("pidana", {**PIDANA, "tanggal_tahan": "2021-02-29"}, "tanggal_tahan: tanggal itu tidak ada"),
        ("pidana", {**PIDANA, "pidana": {"tahun": 1.5}}, "pidana.tahun"),
        ("pidana", {**PIDANA, "nama": "x"}, "tidak dikenal"),
        ("pidana", {**PIDANA, "id": {}}, "id:"),
        ("remisi", {"id": 1}, "jenis"),
        ("remisi", {**REMISI, "jenis": "XX"}, "jenis"),
    ],
)
def test_yang_salah_dijawab_400_dengan_kata(klien: Client, nama: str, isi: Any, kata: str) -> None:
    jawaban = kirim(klien, nama, isi)
    assert jawaban.status_code == 400
    assert kata in jawaban.json()["pesan"]


@pytest.mark.parametrize(
    ("nama", "isi", "letak"),
    [
        ("pidana", {**PIDANA, "remisi": [{"bulan": 1}, {"bulan": -1}]}, "remisi[1].bulan"),
        ("pidana", {**PIDANA, "pidana": {"tahun": "5"}}, "pidana.tahun"),
        ("pidana", {**PIDANA, "pidana": [{"tahun": 1}, {"tahun": -5}]}, "pidana[1].tahun"),
        ("pidana", {**PIDANA, "tanggal_putusan": "2021-13-01"}, "tanggal_putusan"),
        ("remisi", {**REMISI, "urutan": 0}, "urutan"),
        ("remisi", {**REMISI, "asing": 1}, "asing"),
    ],
)
def test_yang_salah_menyebut_isiannya(klien: Client, nama: str, isi: Any, letak: str) -> None:
    jawaban = kirim(klien, nama, isi).json()
    assert list(jawaban["rincian"]) == [letak]
    assert all(jawaban["rincian"][letak])


@pytest.mark.parametrize(
    "badan",
    [
        *(b'{"id":NaN}', b'{"pidana":{"tahun":' + b"9" * 5000 + b"}}", b'{"id":"\\ud800"}', b"\xff", b"null", b'"x"'),
        *(b'{"pidana":{"tahun":1,"tahun":2}}', b'{"id":"a","id":"b"}', b'{"kategori":"a\\u0000b"}', b"[" * 100_000),
    ],
)
def test_badan_yang_rusak_selalu_400(klien: Client, badan: bytes) -> None:
    """What the commands refuse line by line is refused here too, never guessed and never a fault of the server."""
    jawaban = klien.post(ALAMAT["pidana"], badan, content_type="application/json")
    assert jawaban.status_code == 400, jawaban.content
    assert jawaban.json()["pesan"]


def test_yang_kurang_bukan_kesalahan(klien: Client) -> None:
    jawaban = kirim(klien, "pidana", {}).json()
    assert jawaban["kurang"] == ["tanggal_tahan", "pidana", "remisi"]
    assert jawaban["pb"] == {"layak": None, "mulai": None, "akhir_bimbingan": None}


def test_skema_menyebut_setiap_isian_yang_dibaca(klien: Client) -> None:
    skema = klien.get("/api/v1/skema/", headers={"Accept": "application/json"}).json()
    for nama, isi in (("pidana", PIDANA), ("remisi", REMISI)):
        badan = skema["paths"][ALAMAT[nama]]["post"]
        rujukan = badan["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
        assert set(isi) <= set(skema["components"]["schemas"][rujukan]["properties"])
        hasil = badan["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
        assert set(kirim(klien, nama, isi).json()) == set(skema["components"]["schemas"][hasil]["properties"])
