"""Figures of registers outside the section page: workbooks, the API, and the page of a figure's origin."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from dasbor import agregasi, selectors
from dasbor.telusur import telusur
from pelaporan.models import Draf, Laporan
from pemasyarakatan.akun.token import buat_token
from tests.api.conftest import KlienAPI
from tests.dunia import JANUARI, Dunia
from tests.pelaporan.bantu import alamat as alamat_laporan
from tests.pelaporan.bantu_register import KETIK, PENUH, Kebun, kebun, laporan, produk, satu
from tests.pelaporan.test_buku import (
    _url_kanwil,
    alamat,
    ambil,
    baris,
    isi,
    putuskan,
    rencana,
    sel,
    tulis,
    unggah,
    unggahan,
)
from tests.pelaporan.test_turunan import ketik, kirim, nilai, tambah
from upt.cakupan import SISTEM, terpasang

pytestmark = pytest.mark.django_db
__all__ = ["kebun", "laporan"]
LEMBAR = "F98 Formulir register"


def templat(klien: Any, dunia: Dunia) -> Any:
    return ambil(klien, f"{alamat(dunia, 'buku_templat')}?formulir=F98")


# ---------------------------------------------------------------- the unit's workbook


def test_templat_mengunci_sel_dan_daftar_register(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    diam = templat(klien, dunia)[LEMBAR]
    assert not diam.cell(baris(diam, "F98.luas"), 5).protection.locked
    kebun.tahu(dunia.ambon, **PENUH, produk=produk("Keripik", "Tempe"))
    buku = templat(klien, dunia)
    lembar, r = buku[LEMBAR], baris(buku[LEMBAR], "F98.luas")
    assert [lembar.cell(r, k).value for k in (5, 6)] == [1200, "Terisi dari register"]
    assert lembar.cell(r, 5).protection.locked
    orang = baris(lembar, "F98.orang")
    assert not lembar.cell(orang, 5).protection.locked
    daftar = buku["F98 Daftar produk"]
    assert [daftar.cell(6, 2).value, daftar.cell(7, 2).value, daftar.max_row] == ["Keripik", "Tempe", 7]
    assert daftar.cell(6, 2).protection.locked
    assert "Terisi dari register" in daftar.cell(3, 2).value


def test_unggahan_tidak_mengubah_angka_register(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    kebun.tahu(dunia.ambon, **PENUH, produk=produk("Keripik", "Tempe"))
    klien = masuk(dunia.operator_ambon)
    buku = templat(klien, dunia)
    isi(buku, "F98.luas", 999)
    isi(buku, "F98.orang", 7)
    buku["F98 Daftar produk"].cell(6, 2).value = "Diubah"
    satu_ = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    r = rencana(satu_)
    assert r.keys() == {"luas", "orang", "produk"}
    assert (r["luas"]["jenis"], r["luas"]["lama"], r["luas"]["baru"]) == ("ditolak", "1.200", "999")
    assert "terisi dari register kebunuji" in r["luas"]["pesan"]
    assert "Daftar produk terisi dari register" in r["produk"]["pesan"]
    salinan = ambil(klien, reverse("pelaporan:unggahan_galat", args=[satu_.pk]))[LEMBAR]
    assert salinan.cell(baris(salinan, "F98.luas"), 5).comment is not None
    putuskan(klien, satu_)
    assert sel(dunia, "orang", "F98")["nilai"] == 7
    assert sel(dunia, "luas", "F98") == {}
    assert nilai(laporan)["luas"] == 1200


def test_templat_lama_yang_tidak_disentuh(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    """Made while the register was silent, sent back after it spoke: what was typed then is no change."""
    ketik(laporan, dunia.operator_ambon, **KETIK)
    tambah(laporan, dunia.operator_ambon, "Sambal")
    klien = masuk(dunia.operator_ambon)
    buku = templat(klien, dunia)
    kebun.tahu(dunia.ambon, **PENUH, produk=produk("Keripik"))
    assert rencana(unggahan(unggah(klien, alamat(dunia), tulis(buku)))) == {}


def test_register_bicara_sesudah_pratinjau(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    buku = templat(klien, dunia)
    isi(buku, "F98.luas", 999)
    satu_ = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    kebun.tahu(dunia.ambon, **PENUH)
    hasil = putuskan(klien, satu_)
    with terpasang(SISTEM):
        assert not Draf.objects.filter(laporan=laporan, isi__sel__has_key="luas").exists()
    assert "terisi dari register" in str(hasil.hasil)


def test_buku_kanwil_mengunci_unit_yang_beregister(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    kebun.tahu(dunia.ambon, **PENUH)
    klien = masuk(dunia.verifikator_maluku)
    buku = ambil(klien, _url_kanwil("buku_kanwil_templat", "F98"))
    lembar = buku[LEMBAR]
    kolom = {lembar.cell(4, k).value: k for k in range(4, lembar.max_column + 1)}
    assert "luas" in kolom, kolom
    n = {lembar.cell(r, 1).value: r for r in range(6, lembar.max_row + 1)}
    ambon, masohi = (lembar.cell(n[u.kode], kolom["luas"]) for u in (dunia.ambon, dunia.masohi))
    assert (ambon.value, ambon.protection.locked, masohi.protection.locked) == (1200, True, False)
    ambon.value = 5
    masohi.value = 6
    satu_ = unggahan(unggah(klien, _url_kanwil(formulir="F98"), tulis(buku)))
    per_unit = {lap["kode_upt"]: {b["alamat"]: b["jenis"] for b in lap["butir"]} for lap in satu_.rencana["laporan"]}
    assert per_unit[dunia.ambon.kode] == {"luas": "ditolak"}
    assert per_unit[dunia.masohi.kode] == {"luas": "baru"}


# ---------------------------------------------------------------- the API


def test_api_menolak_dengan_kalimat(dunia: Dunia, laporan: Laporan, kebun: Kebun) -> None:
    kebun.tahu(dunia.ambon, luas=1200, produk=produk("Keripik"))
    api = KlienAPI(buat_token(oleh=dunia.operator_ambon, nama="uji"))
    terisi = api.get(f"laporan/{laporan.pk}/sel/").json()["terisi"]
    assert terisi["luas"] == {"nilai": 1200, "asal": "Register kebun: 2 petak"}
    assert terisi["produk"]["baris"] == [{"nama": "Keripik", "harga": 1000}]
    ubah = {"sel": [{"kode": "luas", "nilai": "5", "versi": 0}, {"kode": "orang", "nilai": "4", "versi": 0}]}
    jawaban = api.patch(f"laporan/{laporan.pk}/sel/", ubah)
    assert jawaban.status_code == 400, jawaban.content
    assert "Luas terisi dari register kebunuji" in jawaban.json()["ditolak"]["luas"]["pesan"]
    with terpasang(SISTEM):
        assert not Draf.objects.filter(laporan=laporan, isi__sel__has_key="orang").exists()
    baru = api.post(f"laporan/{laporan.pk}/daftar/produk/", {"isi": {"nama": "Sambal"}}, kunci="kunci-api-0001")
    assert baru.status_code == 409, baru.content
    assert "Daftar produk terisi dari register kebunuji" in baru.json()["pesan"]


# ---------------------------------------------------------------- the origin


def test_telusur_membuka_sampai_catatan(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    kebun.tahu(dunia.ambon, **PENUH, produk=produk("Keripik", "Tempe"))
    ketik(laporan, dunia.operator_ambon, orang="4")
    kirim(dunia, laporan)
    kebun.tahu(dunia.ambon, luas=satu(9))
    with terpasang(SISTEM):
        agregasi.proses_kotor()
        t = telusur(SISTEM, "F98", "luas", selectors.wilayah(SISTEM, dunia.ambon.kode), JANUARI)
    asal = t.asal_register
    assert asal is not None
    assert (t.masuk, asal.jumlah, asal.cocok) == (1200, 1200, True)
    assert [(r.label, r.nilai, r.url) for r in asal.rincian] == [
        ("Petak A", 600, "/kebun/petak/1/"), ("Petak B", 600, "/kebun/petak/2/"),
    ]  # fmt: skip
    klien, url = masuk(dunia.operator_ambon), f"/telusur/F98/%s/?bulan=2026-01&wilayah={dunia.ambon.kode}"
    luas = klien.get(url % "luas").content.decode()
    assert '<a href="/kebun/petak/1/">Petak A</a>' in luas
    assert "Jumlah catatan tepat sama dengan angka yang dikirim." in luas
    assert "Tidak diketik: terisi dari register." in luas
    csv = klien.get((url % "luas") + "&unduh=baku").content.decode("utf-8-sig")
    assert "register kebunuji" in csv
    assert "Petak B" in csv
    banyak = klien.get(url % "banyak").content.decode()
    assert "Register kebun: produk yang dijual" in banyak
    assert '<a href="/kebun/produk/2/">Baris 2</a>' in banyak
    orang = klien.get(url % "orang").content.decode()
    assert 'id="register"' not in orang, "typed figures show nothing new"


def test_versi_sebelum_asal_disimpan_tidak_menunjukkan_apa_apa(dunia: Dunia, laporan: Laporan, masuk: Any) -> None:
    ketik(laporan, dunia.operator_ambon, **KETIK)
    kirim(dunia, laporan)
    klien = masuk(dunia.operator_ambon)
    assert "dari register" not in klien.get(alamat_laporan(laporan, "versi", versi=1)).content.decode()
    url = f"/telusur/F98/luas/?bulan=2026-01&wilayah={dunia.ambon.kode}"
    assert 'id="register"' not in klien.get(url).content.decode()


def test_templat_register_setelah_register_diam(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    """Its locked figures and rows were typed by nobody: they do not become typed ones."""
    kebun.tahu(dunia.ambon, **PENUH, produk=produk("Keripik"))
    klien = masuk(dunia.operator_ambon)
    buku = templat(klien, dunia)
    isi(buku, "F98.orang", 7)
    kebun.diam(dunia.ambon)
    assert rencana(unggahan(unggah(klien, alamat(dunia), tulis(buku)))).keys() == {"orang"}
