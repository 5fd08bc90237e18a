"""The catalogue as a projection: written with every change, for all staff, without what is not theirs to see."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from pemasyarakatan.inti.janji import semua as semua_janji
from pemasyarakatan.inti.waktu import hari_ini
from tests.dunia import Dunia
from tests.pelaporan.bahan_berkas import foto as gambar
from tests.umkm.bantu import Unit, sebagai_orang
from umkm import jenis
from umkm.foto import hapus_foto, tambah_foto
from umkm.katalog import proyeksi
from umkm.models import JenisProduk, Katalog, Pekerja, Persediaan, Produk
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT


def entri(produk: Any) -> Katalog | None:
    with terpasang(SISTEM):
        return Katalog.objects.filter(pk=produk.pk).first()


def ada(produk: Any) -> Katalog:
    satu = entri(produk)
    assert satu is not None
    return satu


@pytest.fixture(autouse=True)
def _selalu_cocok(db: None) -> Any:
    """Whatever a test does, the catalogue is what the rows say."""
    yield
    with terpasang(SISTEM):
        assert proyeksi.beda() == []


def test_produk_baru_langsung_tampil_bagi_semua_pegawai(ambon: Unit, dunia: Dunia) -> None:
    satu = ambon.produk(deskripsi="Renyah", kapasitas=500, merek="Jaya")
    for orang in ("operator_pekanbaru", "verifikator_riau", "peninjau", "operator_ambon"):
        with sebagai_orang(getattr(dunia, orang)):
            k = Katalog.objects.get(pk=satu.pk)
            assert (k.nama, k.nama_upt, k.kapasitas) == ("Keripik pisang", "Lapas Kelas IIA Ambon", 500)
            if orang in ("operator_pekanbaru", "verifikator_riau"):
                assert not Produk.objects.filter(pk=satu.pk).exists()
                assert not Pekerja.objects.exists()
                assert Katalog.objects.filter(pk=satu.pk).update(nama="Diretas") == 0
                Katalog.objects.filter(pk=satu.pk).delete()
    assert ada(satu).nama == "Keripik pisang"


def test_yang_tidak_ditampilkan_atau_dihapus_tidak_ada(ambon: Unit) -> None:
    satu = ambon.produk(tampil="Tidak")
    assert entri(satu) is None
    ambon.ubah(jenis.PRODUK, satu, tampil="Ya")
    assert entri(satu) is not None
    ambon.hapus(jenis.PRODUK, satu)
    assert entri(satu) is None
    ambon.pulihkan(jenis.PRODUK, satu)
    assert entri(satu) is not None


def test_harga_hari_ini_bukan_harga_nanti(ambon: Unit) -> None:
    satu = ambon.produk()
    assert ada(satu).harga is None
    ambon.harga(satu, 15_000)
    nanti = ambon.harga(satu, 20_000, hari_ini("WIT") + timedelta(days=5))
    assert (ada(satu).harga, ada(satu).harga_dari) == (15_000, date(2025, 1, 1))
    ambon.ubah(jenis.HARGA, nanti, dari=hari_ini("WIT"))
    assert ada(satu).harga == 20_000
    ambon.hapus(jenis.HARGA, nanti)
    assert ada(satu).harga == 15_000


def test_harga_pindah_produk_memperbarui_keduanya(ambon: Unit) -> None:
    satu, dua = ambon.produk("A"), ambon.produk("B")
    harga = ambon.harga(satu)
    ambon.ubah(jenis.HARGA, harga, produk_id=dua.pk)
    assert (ada(satu).harga, ada(dua).harga) == (None, 15_000)


def test_legalitas_unit_berdiri_di_semua_produknya(ambon: Unit) -> None:
    satu, dua = ambon.produk("A"), ambon.produk("B")
    surat = ambon.catat(jenis.LEGALITAS, jenis="nib", nomor="1234567890123")
    ambon.catat(jenis.LEGALITAS, jenis="halal", nomor="ID1", produk_id=satu.pk, berakhir="31/12/2030")
    assert [x["jenis"] for x in ada(satu).legalitas] == ["halal", "nib"]
    assert ada(satu).legalitas[0]["berakhir"] == "2030-12-31"
    ambon.ubah(jenis.LEGALITAS, surat, produk_id=dua.pk)
    assert [x["jenis"] for x in ada(satu).legalitas] == ["halal"]
    assert [x["jenis"] for x in ada(dua).legalitas] == ["nib"]


def test_terjual_mengikuti_penjualan_juga_ketika_pindah_produk(ambon: Unit) -> None:
    satu, dua = ambon.produk("A"), ambon.produk("B")
    for p in (satu, dua):
        ambon.harga(p)
        ambon.buat(p)
    jual = ambon.jual(satu, 10)
    ambon.ubah(jenis.PENJUALAN, jual, produk_id=dua.pk)
    assert (ada(satu).terjual, ada(dua).terjual) == (0, 10)


def test_foto_pertama_di_katalog(ambon: Unit) -> None:
    satu = ambon.produk()
    with sebagai_orang(ambon.operator) as (oleh, cakupan):
        umum: dict[str, Any] = {"produk_id": satu.pk, "oleh": oleh, "cakupan": cakupan}
        pertama = tambah_foto(isi=gambar(warna="red"), keterangan="Kemasan depan", **umum)
        tambah_foto(isi=gambar(warna="blue"), keterangan="Kemasan belakang", **umum)
    assert ada(satu).alt == "Kemasan depan"
    assert bytes(ada(satu).foto or b"") == bytes(pertama.berkas.isi)
    with sebagai_orang(ambon.operator) as (oleh, cakupan):
        hapus_foto(foto_id=pertama.pk, revisi=1, alasan="Buram", oleh=oleh, cakupan=cakupan)
    assert ada(satu).alt == "Kemasan belakang"


def test_kata_cari_dalam_satu_ejaan_dengan_jenis_induknya(ambon: Unit) -> None:
    satu = ambon.produk("Kripik Pisang Café", merek="Jaya Mandiri")
    kata = ada(satu).cari.split()
    assert {"keripik", "pisang", "cafe", "jaya", "mandiri", "makanan", "lapas", "ambon", "maluku"} <= set(kata)
    induk = JenisProduk.objects.create(nama="Kudapan Buah", kunci="buah kudapan", golongan="makanan")
    JenisProduk.objects.filter(pk=satu.jenis_id).update(induk=induk)
    with terpasang(SISTEM):
        assert proyeksi.beda() == [f"katalog: produk {satu.pk} tidak sama dengan catatannya"]
    call_command("ringkas_umkm", stdout=StringIO())
    assert "kudapan" in ada(satu).cari


def test_unit_berganti_nama_atau_nomor_katalog_ikut(ambon: Unit, dunia: Dunia) -> None:
    satu = ambon.produk()
    with terpasang(SISTEM):
        unit = UPT.objects.get(pk=dunia.ambon.pk)
        unit.wa, unit.nama = "6281234567890", "Lapas Ambon Baru"
        unit.save()
    assert (ada(satu).wa, ada(satu).nama_upt) == ("6281234567890", "Lapas Ambon Baru")


def test_janji_menemukan_katalog_dan_stok_yang_rusak(ambon: Unit) -> None:
    satu = ambon.produk()
    ambon.buat(satu, 10)
    ambon.harga(satu)
    ambon.jual(satu, 10)
    janji = semua_janji()
    with terpasang(SISTEM):
        for kode in ("umkm_rekap", "umkm_stok", "umkm_produk", "umkm_katalog", "umkm_gabung"):
            assert janji[kode][1](None) == [], kode
        Persediaan.objects.update(jumlah=9)
        Katalog.objects.filter(pk=satu.pk).update(harga=1)
        for kode in ("umkm_stok", "umkm_katalog", "umkm_rekap"):
            assert len(janji[kode][1](None)) == 1, kode
    call_command("ringkas_umkm", stdout=StringIO())
