"""F07 from the register: every figure with its records, nothing where the unit keeps no register."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pelaporan.turunan import AngkaTurunan, DaftarTurunan, muat
from pemasyarakatan.inti.waktu import Bulan, sekarang
from tests.dunia import JANUARI, Dunia
from tests.dunia import skema as skema_formulir
from tests.umkm.bantu import Unit, sebagai_orang
from umkm import jenis
from umkm.models import Pameran, Pekerja
from umkm.turunan import f07
from wbp.services import kenali

FEBRUARI = Bulan(2026, 2)
JAN = partial(date, 2026, 1)


def tahu(unit: Unit, bulan: Bulan = JANUARI) -> dict[str, Any]:
    with sebagai_orang(unit.operator):
        isi = dict(f07(unit.upt, bulan))
        terisi = muat(skema_formulir("F07"), unit.upt, bulan)  # and the form can take all of it
    assert terisi.kode == isi.keys() or not isi
    return isi


def nilai(isi: dict[str, Any]) -> dict[str, Any]:
    return {k: a.nilai for k, a in isi.items() if isinstance(a, AngkaTurunan)}


def baris(isi: dict[str, Any], daftar: str) -> list[dict[str, Any]]:
    satu = isi[daftar]
    assert isinstance(satu, DaftarTurunan)
    return [dict(b.isi) for b in satu.baris]


@pytest.fixture
def acara(dunia: Dunia) -> Pameran:
    return Pameran.objects.create(
        nama="IPPAFest", tempat="Ambon", mulai=JAN(12), selesai=JAN(14),
        dibuat_oleh=dunia.operator_ambon, dibuat_pada=sekarang(),
    )  # fmt: skip


def test_tanpa_catatan_register_diam(ambon: Unit) -> None:
    assert tahu(ambon) == {}
    ambon.produk()
    assert tahu(ambon) == {}, "a list of products alone says nothing of the month"
    satu = ambon.produk("Tempe")
    ambon.buat(satu, 5, date(2026, 2, 1))
    assert tahu(ambon) == {}, "nothing was noted up to January"
    assert nilai(tahu(ambon, FEBRUARI))["ada_produk"] is True


def test_satu_bulan_lengkap(ambon: Unit, acara: Pameran) -> None:
    kopi = ambon.produk("Kopi bubuk", golongan="minuman")
    keripik = ambon.produk("Keripik pisang")
    lama = ambon.produk("Tempe", berhenti="31/12/2025")
    for p in (kopi, keripik):
        ambon.harga(p, 10_000)
        ambon.buat(p, 100, JAN(5))
    ambon.buat(keripik, 50, date(2025, 12, 5))
    ambon.jual(kopi, 10)
    ambon.jual(kopi, 5, JAN(13), kanal="pameran", pameran_id=acara.pk)
    ambon.jual(keripik, 20, kanal="marketplace")
    ambon.jual(keripik, 99, date(2026, 2, 1))
    ambon.catat(jenis.LEGALITAS, jenis="nib", nomor="1234567890123")
    ambon.catat(jenis.LEGALITAS, jenis="halal", nomor="ID31", produk_id=kopi.pk, berakhir="31/12/2028")
    ambon.catat(jenis.LEGALITAS, jenis="pirt", nomor="206817101000131", produk_id=kopi.pk, berakhir="31/12/2025")
    ambon.catat(jenis.LEGALITAS, jenis="sni", nomor="9", produk_id=lama.pk)
    ambon.catat(jenis.LEGALITAS, jenis="merek", nomor="7", produk_id=kopi.pk, terbit="1/2/2026")
    ambon.catat(jenis.MITRA, nama="Dinas Koperasi", jenis="dinas", dari="1/1/2025")
    ambon.catat(jenis.MITRA, nama="Toko", jenis="swasta", dari="1/1/2025", sampai="30/1/2026")
    ambon.catat(jenis.TENAGA, dari="1/12/2025", orang=9)
    ambon.catat(jenis.TENAGA, dari="20/1/2026", orang=14)
    ambon.catat(
        jenis.BAGI_HASIL, bulan="2026-01", biaya=100_000, premi=60_000, pnbp=40_000, operasional=50_000, setuju="rugi"
    )
    isi = tahu(ambon)
    assert baris(isi, "produk") == [
        {"nama": "Keripik pisang", "golongan": "makanan", "ukuran": "bungkus", "dibuat": 100, "terjual": 20,
         "hasil_jual": 200_000},
        {"nama": "Kopi bubuk", "golongan": "minuman", "ukuran": "bungkus", "dibuat": 100, "terjual": 15,
         "hasil_jual": 150_000},
    ]  # fmt: skip
    assert baris(isi, "legalitas") == [
        {"produk_izin": "Kopi bubuk", "izin": "halal", "nomor": "ID31", "berakhir": date(2028, 12, 31)},
        {"produk_izin": "Semua produk", "izin": "nib", "nomor": "1234567890123", "berakhir": None},
    ]
    assert nilai(isi) == {
        "ada_produk": True, "wbp": 14, "mitra": 1, "pameran": 1, "biaya": 100_000, "premi": 60_000, "pnbp": 40_000,
        "dana_usaha": 50_000, "kanal_galeri_jual": 100_000, "kanal_pameran_jual": 50_000,
        "kanal_marketplace_jual": 200_000, "kanal_katalog_jual": 0, "kanal_pesanan_jual": 0,
    }  # fmt: skip
    assert [(r.label, r.nilai) for r in isi["kanal_galeri_jual"].rincian] == [("Kopi bubuk", 100_000)]


def test_rincian_membuka_catatannya_juga_dari_luar_unit(ambon: Unit, dunia: Dunia, masuk: Any) -> None:
    from umkm.turunan import alamat

    satu = ambon.produk()
    url = alamat("produk", satu.pk)
    for orang, kode in (("operator_ambon", 302), ("verifikator_maluku", 302), ("operator_masohi", 404), ("admin", 403)):
        jawaban = masuk(getattr(dunia, orang)).get(url)
        assert jawaban.status_code == kode, orang
        if kode == 302:
            assert jawaban.url == f"/umkm/{dunia.ambon.kode}/produk/{satu.pk}/"


def test_semua_berhenti_berarti_tidak_ada_produk(ambon: Unit) -> None:
    satu = ambon.produk(berhenti="31/12/2025")
    ambon.buat(satu, 5, date(2025, 12, 1))
    assert nilai(tahu(ambon)) == {"ada_produk": False}
    assert nilai(tahu(ambon, Bulan(2025, 12)))["ada_produk"] is True


def test_orang_dihitung_satu_kali_walaupun_membuat_dua_produk(ambon: Unit, dunia: Dunia) -> None:
    satu, dua = ambon.produk("A"), ambon.produk("B")
    ambon.buat(satu)
    ambon.catat(jenis.TENAGA, dari="1/1/2026", orang=99)
    with sebagai_orang(ambon.operator) as (oleh, cakupan):
        a, b = (kenali(nomor=n, upt=ambon.upt, oleh=oleh, cakupan=cakupan) for n in ("B.I 12/2025", "B.I 13/2025"))
    for siapa, produk in ((a, satu), (a, dua), (b, satu)):
        ambon.catat(jenis.PEKERJA, wbp_id=siapa.pk, produk_id=produk.pk, dari="2/1/2026")
    isi = tahu(ambon)["wbp"]
    assert isi.nilai == 2
    assert [(r.label, r.nilai) for r in isi.rincian] == [("A", 2), ("B", 1)]
    with sebagai_orang(ambon.operator):
        assert Pekerja.objects.count() == 3
    assert tahu(ambon, Bulan(2025, 12)) == {}


def test_tidak_lebih_dari_delapan_kueri(ambon: Unit) -> None:
    satu = ambon.produk()
    ambon.buat(satu)
    with sebagai_orang(ambon.operator), CaptureQueriesContext(connection) as kueri:
        f07(ambon.upt, JANUARI)
    sql = [q["sql"] for q in kueri if q["sql"].startswith("SELECT")]
    assert len(sql) <= 8, "\n".join(sql)


def test_entri_pameran_yang_digabung_satu_kali(ambon: Unit, acara: Pameran, dunia: Dunia) -> None:
    lain = Pameran.objects.create(
        nama="IPPA Fest", tempat="Ambon", mulai=JAN(12), selesai=JAN(14),
        dibuat_oleh=dunia.operator_ambon, dibuat_pada=sekarang(),
    )  # fmt: skip
    ambon.buat(ambon.produk())
    for satu in (acara, lain):
        ambon.catat(jenis.PESERTA, pameran_id=satu.pk, ditampilkan=3)
    Pameran.objects.filter(pk=lain.pk).update(induk=acara)
    assert tahu(ambon)["pameran"].nilai == 1
