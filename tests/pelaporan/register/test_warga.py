"""Rows about single inmates: read by those who write the unit's register and by the auditor, as counts by others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from pangan import services as pangan
from pangan.turunan import _pangan as f06
from pelaporan.register.jenis import jenis_baris
from pelaporan.turunan import alamat
from pemasyarakatan.akun.izin import PERAN as SEMUA_PERAN
from pemasyarakatan.akun.izin import Izin
from tests.dunia import JANUARI, Dunia
from tests.pangan.bantu import Kebun
from tests.pelaporan.bantu import sebagai_orang
from tests.repo.test_hak import PERAN, klien
from tests.umkm.bantu import Unit
from umkm import jenis as umkm
from umkm.turunan import f07
from wbp.services import kenali

NOMOR, UJUNG = "B.I 4517/2025", "•••517"
KODE = dict(zip(PERAN, (200, 200, 404, 403, 403, 404, 403, 403, 200, 403, 404, 302), strict=True))
"""Who reads a single inmate's row of Lapas Ambon."""
HALAMAN = dict(zip(PERAN, (200, 200, 404, 200, 200, 404, 200, 200, 200, 403, 404, 302), strict=True))
"""Who reads the pages that count."""


@dataclass(frozen=True)
class Tercatat:
    register: str
    jenis: str
    baris: Any

    def url(self, nama: str, **lain: Any) -> str:
        return reverse(f"{self.register}:{nama}", kwargs={**lain})


@pytest.fixture(params=["pangan", "umkm"])
def satu(request: pytest.FixtureRequest, dunia: Dunia) -> Tercatat:
    """An inmate at work in Lapas Ambon since 5 January 2026."""
    if request.param == "umkm":
        unit = Unit(dunia.ambon, dunia.operator_ambon)
        produk = unit.produk()
        unit.buat(produk)
        with sebagai_orang(dunia.operator_ambon) as umum:
            warga = kenali(nomor=NOMOR, upt=dunia.ambon, **umum)
        baris = unit.catat(umkm.PEKERJA, wbp_id=str(warga.pk), produk_id=produk.pk, dari=date(2026, 1, 5))
        return Tercatat("umkm", "pekerja", baris)
    kebun = Kebun(dunia.ambon, dunia.operator_ambon)
    kebun.kebun_kangkung()
    with sebagai_orang(dunia.operator_ambon) as umum:
        isi = {"nomor": NOMOR, "klaster": "pertanian", "dari": date(2026, 1, 5)}
        return Tercatat("pangan", "penempatan", pangan.tempatkan(**isi, upt=dunia.ambon, **umum))


def test_hanya_pengisi_unit_dan_auditor_berhak() -> None:
    berhak = {kode for kode, peran in SEMUA_PERAN.items() if Izin.LIHAT_WARGA in peran.izin()}
    mengisi = {kode for kode, peran in SEMUA_PERAN.items() if Izin.ISI_REGISTER in peran.izin()}
    assert berhak == mengisi | {"auditor"}


@pytest.mark.parametrize("nama", PERAN)
def test_daftar_baris_riwayat_dan_unduhan(dunia: Dunia, satu: Tercatat, nama: str) -> None:
    orang, tempat = klien(dunia, nama, api=False), {"kode": dunia.ambon.kode, "jenis": satu.jenis}
    semua = [
        satu.url("daftar", **tempat),
        satu.url("daftar", **tempat) + "?dihapus=1",
        satu.url("baris", **tempat, pk=satu.baris.pk),
        satu.url("ekspor", **tempat),
        satu.url("ekspor", **tempat) + "?unduh=excel",
    ]
    for satu_alamat in semua:
        jawaban = orang.get(satu_alamat)
        assert jawaban.status_code == KODE[nama], satu_alamat
        if KODE[nama] == 403 and nama != "ad":
            assert "auditor" in jawaban.content.decode()
        if KODE[nama] != 200:
            assert UJUNG not in jawaban.content.decode(errors="ignore")
    assert (UJUNG in orang.get(semua[2]).content.decode()) == (KODE[nama] == 200)
    # a row that is not there looks the same to those who may not read rows that are
    tiada = orang.get(satu.url("baris", **tempat, pk=999_999)).status_code
    assert tiada == (404 if KODE[nama] == 200 else KODE[nama])


@pytest.mark.parametrize("nama", PERAN)
def test_api_dan_unduhan_wilayah_untuk_siapa_pun_tertutup(dunia: Dunia, satu: Tercatat, nama: str) -> None:
    token, orang = klien(dunia, nama, api=bool(PERAN[nama])), klien(dunia, nama, api=False)
    for url in (
        reverse(f"api:{satu.register}_baris", kwargs={"jenis": satu.jenis}),
        reverse(f"api:{satu.register}_satu", kwargs={"jenis": satu.jenis, "pk": satu.baris.pk}),
    ):
        jawaban = token.get(url)
        assert jawaban.status_code == (401 if nama == "tamu" else 403), url
        assert "pesan" in jawaban.json()
    wilayah = satu.url("ekspor_wilayah", jenis=satu.jenis)
    assert orang.get(wilayah).status_code == (302 if nama == "tamu" else 403)


@pytest.mark.parametrize("nama", PERAN)
def test_halaman_orang_dan_unit(dunia: Dunia, satu: Tercatat, nama: str) -> None:
    """Everybody who reads the register sees how many; who, and the way to the rows, only those who may."""
    orang, kode = klien(dunia, nama, api=False), dunia.ambon.kode
    tautan = satu.url("daftar", kode=kode, jenis=satu.jenis)
    membaca = KODE[nama] == 200
    for halaman in ("orang", "unit"):
        jawaban = orang.get(satu.url(halaman, kode=kode))
        assert jawaban.status_code == HALAMAN[nama]
        isi = jawaban.content.decode()
        if jawaban.status_code == 200:
            assert re.search(r"1\s*orang", isi), halaman
            assert (tautan in isi) == membaca
        if halaman == "orang":
            assert (UJUNG in isi) == membaca


@pytest.mark.parametrize("nama", PERAN)
def test_tulisan_orang_lain_ditolak_tanpa_menyebut_barisnya(dunia: Dunia, satu: Tercatat, nama: str) -> None:
    orang = klien(dunia, nama, api=False)
    tempat = {"kode": dunia.ambon.kode, "jenis": satu.jenis, "pk": satu.baris.pk}
    harap = {"op": 200, "ka": 200, "lain": 404, "riau": 404, "as": 404, "tamu": 302}.get(nama, 403)
    for halaman in ("ubah", "hapus"):
        jawaban = orang.get(satu.url(halaman, **tempat))
        assert jawaban.status_code == harap, halaman
        assert (UJUNG in jawaban.content.decode()) == (harap == 200)


@pytest.mark.parametrize("nama", ["op", "vk", "pi", "au"])
def test_asal_angka_tidak_menunjuk_siapa_pun(dunia: Dunia, satu: Tercatat, nama: str) -> None:
    """Where a form's figure comes from names nobody and leads to no row about a person, not even by its number."""
    isi = klien(dunia, nama, api=False).get(satu.url("asal", kode=dunia.ambon.kode, bulan=JANUARI)).content.decode()
    assert UJUNG not in isi
    assert f"catatan/{satu.jenis}" not in isi
    if satu.register == "pangan":  # F07 is not in force here: see the next test
        assert "Warga binaan 1" in isi
        assert satu.url("orang", kode=dunia.ambon.kode) in isi


def test_asal_yang_dibekukan_bersama_laporan_juga_tidak(dunia: Dunia, satu: Tercatat) -> None:
    sumber = {"pangan": f06, "umkm": f07}[satu.register]
    with sebagai_orang(dunia.operator_ambon):
        wbp = dict(sumber(dunia.ambon, JANUARI))["wbp"]
    assert wbp.nilai == 1
    assert {r.objek for r in wbp.rincian} == ({"orang"} if satu.register == "pangan" else {"produk"})
    assert not {str(satu.baris.pk), f"{dunia.ambon.kode}:{satu.baris.pk}"} & {
        str(r.id) for r in wbp.rincian if r.objek != "produk"
    }
    assert satu.jenis not in wbp.url
    for r in wbp.rincian:
        assert f"catatan/{satu.jenis}" not in alamat(satu.register, r.objek, r.id)


def test_jalan_pintas_umkm_menolak_juga(dunia: Dunia, satu: Tercatat) -> None:
    if satu.register == "umkm":
        pintas = reverse("umkm:buka", kwargs={"jenis": "pekerja", "pk": satu.baris.pk})
        kode = {n: klien(dunia, n, api=False).get(pintas).status_code for n in ("op", "au", "vk", "pi", "riau")}
        assert kode == {"op": 302, "au": 302, "vk": 403, "pi": 403, "riau": 404}
    assert jenis_baris(satu.register, satu.jenis).pribadi
