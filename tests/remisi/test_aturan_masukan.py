"""Lines in, lines out: every bad line is answered in words, in its place, and stops nothing."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remisi.hitung import baris as hitung_baris
from remisi.hitung.baris import Jawab, jawab_semua
from remisi.hitung.masukan import jawab_hemat, jawab_pidana, jawab_remisi
from remisi.ketentuan import Himpunan, bawaan

BAIK = {"tanggal_tahan": "2020-01-01", "pidana": {"tahun": 5, "bulan": 0, "hari": 0}, "remisi": []}


def jawab(mentah: bytes, cara: Jawab = jawab_pidana) -> list[dict[str, Any]]:
    return [json.loads(baris) for baris in jawab_semua(io.BytesIO(mentah), cara, bawaan())]


def satu(isi: Any, cara: Jawab = jawab_pidana) -> dict[str, Any]:
    (hasil,) = jawab(json.dumps(isi).encode() + b"\n", cara)
    return hasil


@pytest.mark.parametrize(
    ("baris", "kata"),
    [
        (b"bukan json", "JSON"),
        (b"[1, 2]", "satu objek"),
        (b'"teks"', "satu objek"),
        (b"null", "satu objek"),
        (b'{"id": "a"', "JSON"),
        (b'{"id": "a"} {"id": "b"}', "JSON"),
        (b"\xff\xfe{}", "UTF-8"),
        (b'{"id": "a\x00b"}', "JSON"),
        (b'{"id": "a\\u0000b"}', "id"),
        (b'{"id": "\\ud800"}', "id"),
        (b'{"id": true}', "id"),
        (b'{"id": 1.5}', "id"),
        (b'{"id": {"a": 1}}', "id"),
        (b'{"id": ' + b"9" * 5000 + b"}", "id"),
        (b'{"id": "a", "id": "b"}', "dua kali"),
        (b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "bersarang"),
    ],
)
def test_baris_yang_tidak_terbaca(baris: bytes, kata: str) -> None:
    hasil = jawab(baris + b'\n{"id": 2}\n')
    assert set(hasil[0]) == {"id", "galat"}
    assert hasil[0]["id"] is None
    assert kata in hasil[0]["galat"]
    assert hasil[1]["id"] == 2
    assert "galat" not in hasil[1]


@pytest.mark.parametrize(
    ("ganti", "kata"),
    [
        ({"tanggal_tahan": "2021-02-29"}, "tanggal_tahan: tanggal itu tidak ada"),
        ({"tanggal_tahan": "20210228"}, "tanggal_tahan: tulis tanggal"),
        ({"tanggal_tahan": "01-02-2021"}, "tanggal_tahan: tulis tanggal"),
        ({"tanggal_tahan": "2021-02-28T00:00"}, "tanggal_tahan: tulis tanggal"),
        ({"tanggal_tahan": 20210228}, "tanggal_tahan: tulis tanggal"),
        ({"tanggal_tahan": "٢٠٢١-٠٢-٢٨"}, "tanggal_tahan: tulis tanggal"),
        ({"tanggal_tahan": "0001-01-01"}, "tanggal_tahan: tahun"),
        ({"tanggal_tahan": "9999-01-01"}, "tanggal_tahan: tahun"),
        ({"tanggal_putusan": "2021-13-01"}, "tanggal_putusan"),
        ({"pidana": {"tahun": -1}}, "pidana.tahun: harus antara"),
        ({"pidana": {"tahun": True}}, "pidana.tahun: harus bilangan bulat"),
        ({"pidana": {"tahun": "5"}}, "pidana.tahun: harus bilangan bulat"),
        ({"pidana": {"tahun": 5.0}}, "pidana.tahun: harus bilangan bulat"),
        ({"pidana": {"tahun": 10**30}}, "pidana.tahun: harus antara"),
        ({"pidana": {"tahun": 0, "bulan": 0, "hari": 0}}, "pidana: isi"),
        ({"pidana": {}}, "pidana: isi"),
        ({"pidana": []}, "pidana: daftarnya kosong"),
        ({"pidana": [{"tahun": 100}] * 500}, "di luar kalender"),
        ({"pidana": "5 tahun"}, "pidana: harus berupa objek"),
        ({"remisi": {"bulan": 1, "hari": 0}}, "remisi: harus berupa daftar"),
        ({"remisi": [5]}, "remisi[0]: harus berupa objek"),
        ({"remisi": [{"bulan": 1, "hari": 0}, {"bulan": -1, "hari": 0}]}, "remisi[1].bulan: harus antara"),
        ({"remisi": [{}]}, "remisi[0]: isi"),
        ({"remisi": [{"tahun": 1, "bulan": 0}]}, "remisi[0]: tulis dalam bulan"),
        ({"remisi": [{"bulan": 1200, "hari": 0}] * 500}, "di luar kalender"),
        ({"remisi": [{"bulan": 1, "hari": 0}] * 501}, "paling banyak 500"),
        ({"subsider": {"bulan": 1, "hari": 0, "dibayar": "ya"}}, "subsider.dibayar: tulis true"),
        ({"subsider": 5}, "subsider: harus berupa objek"),
        ({"kategori": 1}, "kategori: harus teks"),
        ({"seumur_hidup": 1}, "seumur_hidup: tulis true"),
        ({"penahanan": [{"dari": "2019-01-01", "sampai": "2020-06-01"}]}, "penahanan: masanya"),
        ({"penahanan": [{"dari": "2019-01-01"}]}, "penahanan[0]: isi dari dan sampai"),
        ({"penahanan": [{"dari": "2019-01-01", "sampai": "2019-03-01"}] * 2}, "penahanan: masanya"),
        ({"catatan": "a\x00b"}, "NUL"),
    ],
)
def test_isian_yang_salah_disebut_letaknya(ganti: dict[str, Any], kata: str) -> None:
    hasil = satu({"id": "x-1", **BAIK, **ganti})
    assert set(hasil) == {"id", "galat"}
    assert hasil["id"] == "x-1"
    assert kata in hasil["galat"]


@pytest.mark.parametrize("angka", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000])
def test_bilangan_yang_bukan_bilangan(angka: str) -> None:
    (hasil,) = jawab(b'{"id": 7, "tanggal_tahan": "2020-01-01", "pidana": {"tahun": %b}}\n' % angka.encode())
    assert hasil["id"] == 7
    assert "bilangan" in hasil["galat"]


def test_nama_ganda_di_dalam_menyebut_id() -> None:
    (hasil,) = jawab(b'{"id": "a", "pidana": {"tahun": 1, "tahun": 2}}\n')
    assert hasil["id"] == "a"
    assert "dua kali" in hasil["galat"]


def test_baris_kosong_dilewati_dan_urutan_tetap() -> None:
    mentah = b'\xef\xbb\xbf{"id": 1}\r\n\n   \n{"id": "\xe2\x80\xa8dua"}\nrusak\n{"id": null}\n{}'
    assert [h["id"] for h in jawab(mentah)] == [1, "\u2028dua", None, None, None]


def test_baris_terlalu_panjang_dibuang_tanpa_menghabiskan_memori(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hitung_baris, "PANJANG_MAKS", 200)
    hasil = jawab(b'{"id": "' + b"a" * 5000 + b'"}\n{"id": 2}\n')
    assert "lebih panjang" in hasil[0]["galat"]
    assert hasil[1]["id"] == 2


def test_cacat_program_pun_tidak_menghentikan_baris_lain() -> None:
    def rusak(isi: Mapping[str, Any], himpunan: Himpunan) -> Any:
        raise ZeroDivisionError

    assert [set(h) for h in jawab(b'{"id": 1}\n{"id": 2}\n', rusak)] == [{"id", "galat"}] * 2


def test_keluaran_padat_dan_utf8() -> None:
    (baris,) = jawab_semua(io.BytesIO('{"id": "é"}'.encode()), jawab_pidana, bawaan())
    assert baris.startswith('{"id":"é","ekspirasi_awal":null,'.encode())
    assert baris.endswith(b"}\n")


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        ({}, "jenis"),
        ({"jenis": "XX", "tanggal": "2025-08-17"}, "jenis: tidak dikenal"),
        ({"jenis": "RU", "urutan": 0}, "urutan: dimulai dari 1"),
        ({"jenis": "RU", "urutan": 1.0}, "urutan"),
        ({"jenis": "RU", "status": "tahanan"}, "status"),
        ({"jenis": "RU", "register_f": "tidak"}, "register_f"),
        ({"jenis": "RT_JASA", "besaran_ru": {"bulan": "6"}}, "besaran_ru.bulan"),
    ],
)
def test_isian_remisi_yang_salah(isi: dict[str, Any], kata: str) -> None:
    assert kata in satu({"id": 1, **isi}, jawab_remisi)["galat"]


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        ({"pita": {"hari": 1}}, "pita: harus berupa daftar"),
        ({"pita": [{"hari": -1, "orang": 1}]}, "pita[0].hari"),
        ({"pita": [{"hari": 1, "orang": 1.5}]}, "pita[0].orang"),
        ({"rupiah_tercetak": "1.000"}, "rupiah_tercetak"),
        ({"rupiah_tercetak": 10**16}, "rupiah_tercetak"),
    ],
)
def test_isian_hemat_yang_salah(isi: dict[str, Any], kata: str) -> None:
    assert kata in satu({"id": 1, **isi}, jawab_hemat)["galat"]


_apa_saja = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**40), 10**40) | st.floats() | st.text(max_size=12),
    lambda anak: st.lists(anak, max_size=4) | st.dictionaries(st.text(max_size=6), anak, max_size=4),
    max_leaves=12,
)
_nama = st.sampled_from(
    [
        "id",
        "tanggal",
        "tanggal_tahan",
        "pidana",
        "remisi",
        "subsider",
        "kategori",
        "penahanan",
        "jenis",
        "pita",
        "urutan",
    ]
)


@settings(deadline=None)
@given(st.lists(st.one_of(_apa_saja, st.dictionaries(_nama, _apa_saja)), max_size=6), st.sampled_from([0, 1, 2]))
def test_apa_pun_dijawab_satu_baris_satu(semua: list[Any], cara: int) -> None:
    mentah = b"".join(json.dumps(isi).encode() + b"\n" for isi in semua)
    hasil = jawab(mentah, (jawab_pidana, jawab_remisi, jawab_hemat)[cara])
    assert len(hasil) == len(semua)
    assert all("id" in h for h in hasil)
    assert not any("dapat dihitung. Periksa" in h.get("galat", "") for h in hasil), "every refusal says why"


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40).map(lambda b: b.replace(b"\n", b" ")).filter(lambda b: b.strip()), max_size=6))
def test_sampah_dijawab_juga(semua: list[bytes]) -> None:
    hasil = jawab(b"\n".join(semua))
    assert len(hasil) in (
        len(semua),
        len(semua) - 1 if semua and not semua[0].removeprefix(b"\xef\xbb\xbf").strip() else len(semua),
    )
