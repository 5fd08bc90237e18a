"""Every kind of row of every register has its pages; what is sent to them badly is refused, never a defect."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from pelaporan.register.jenis import semua_jenis, semua_register
from pelaporan.register.kolom import Kolom
from tests.dunia import Dunia

assert apps.ready
SEMUA = [(r, j) for r in semua_register() for j in semua_jenis(r).values()]
JENIS = pytest.mark.parametrize(("register", "jenis"), SEMUA, ids=[f"{r}-{j.kode}" for r, j in SEMUA])


def url(d: Dunia, register: str, jenis: Any, nama: str = "baru") -> str:
    return reverse(f"{register}:{nama}", kwargs={"kode": d.ambon.kode, "jenis": jenis.kode})


def test_kedua_register_terdaftar() -> None:
    assert {"pangan", "umkm"} <= set(semua_register())
    assert len(SEMUA) > 15


@JENIS
def test_kolom_tidak_bernama_seperti_bidang_milik_halaman(register: str, jenis: Any) -> None:
    milik = {"pengirim", "kunci", "revisi", "setuju", "alasan_tanya", "aksi", "csrfmiddlewaretoken"}
    assert not milik & {k.nama for k in jenis.kolom}


@JENIS
def test_halaman_kosong_dan_formulir(dunia: Dunia, masuk: Any, register: str, jenis: Any) -> None:
    klien: Client = masuk(dunia.operator_ambon)
    daftar = klien.get(url(dunia, register, jenis, "daftar"))
    assert daftar.status_code == 200
    assert jenis.penjelasan
    assert "Belum ada catatan" in daftar.content.decode()
    formulir = klien.get(url(dunia, register, jenis)).content.decode()
    assert all(f'name="{k.nama}"' in formulir for k in jenis.kolom)
    assert ('data-antre="tanpa-simpan"' in formulir) == jenis.pribadi


@JENIS
def test_sesi_berakhir_data_warga_binaan_tidak_ikut_ke_halaman_masuk(
    dunia: Dunia, masuk: Any, register: str, jenis: Any
) -> None:
    formulir = masuk(dunia.operator_ambon).get(url(dunia, register, jenis)).content.decode()
    tanpa = {"tanpa_titipan": "1"} if 'name="tanpa_titipan"' in formulir else {}
    assert bool(tanpa) == jenis.pribadi
    jawab = Client().post(url(dunia, register, jenis), {k.nama: "Rahasia" for k in jenis.kolom} | tanpa)
    assert jawab.status_code == 401
    assert jawab.context["ada_titipan"] is not jenis.pribadi


@JENIS
def test_kiriman_kosong_ditolak_di_kolomnya(dunia: Dunia, masuk: Any, register: str, jenis: Any) -> None:
    jawab = masuk(dunia.operator_ambon).post(url(dunia, register, jenis), {"kunci": str(uuid.uuid4())})
    assert jawab.status_code == 400
    wajib = [k for k in jenis.kolom if k.wajib]
    teks = jawab.content.decode()
    assert all(f'id="id_{k.nama}_error"' in teks for k in wajib)


@JENIS
@pytest.mark.parametrize(
    "teks", ["x" * 5000, "9" * 40, "-1", "2026-02-31", "\u202e", "<script>alert(1)</script>", "1e400"]
)
def test_isi_jahat_tidak_merusak(dunia: Dunia, masuk: Any, register: str, jenis: Any, teks: str) -> None:
    isi = {k.nama: teks for k in jenis.kolom}
    jawab = masuk(dunia.operator_ambon).post(url(dunia, register, jenis), {**isi, "kunci": str(uuid.uuid4())})
    assert jawab.status_code == 400
    assert b"<script>alert" not in jawab.content


@JENIS
def test_rujukan_ke_baris_unit_lain_ditolak(dunia: Dunia, masuk: Any, register: str, jenis: Any) -> None:
    rujukan = [k for k in jenis.kolom if k.ragam == "rujukan"]
    isi = {k.nama: _wajar(k) for k in jenis.kolom} | {k.nama: "999999" for k in rujukan}
    jawab = masuk(dunia.operator_ambon).post(url(dunia, register, jenis), {**isi, "kunci": str(uuid.uuid4())})
    assert jawab.status_code in ((400,) if rujukan else (302, 400, 422))


def _wajar(kolom: Kolom) -> str:
    if kolom.ragam == "pilihan":
        return next((k for k in kolom.pilihan if k), "")
    return kolom.contoh or {"tanggal": "3 Februari 2026", "teks": "Uji", "paragraf": "Uji"}.get(kolom.ragam, "12")
