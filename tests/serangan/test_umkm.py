"""Hostile rows and photos in the register of enterprises: foreign ids, forged content, bombs, noise."""

from __future__ import annotations

import io
import random
from datetime import date
from typing import Any

import pytest
from PIL import Image

from pelaporan.lampiran.periksa import TerlaluBesar
from pelaporan.models import Berkas
from pelaporan.register import services
from pelaporan.register.services import BarisSalah
from pemasyarakatan.inti.galat import TidakDitemukan, TidakSah
from tests.dunia import Dunia
from tests.pelaporan.bahan_berkas import EICAR, PDF, foto, foto_berlokasi, png_bom
from tests.umkm.bantu import Unit, sebagai_orang
from umkm import jenis
from umkm.foto import FOTO_MAKS, MINI_MAKS, hapus_foto, kecilkan, tambah_foto
from umkm.models import FotoProduk, Katalog, Pesanan

JAN = date(2026, 1, 5)


@pytest.fixture
def ambon(dunia: Dunia) -> Unit:
    return Unit(dunia.ambon, dunia.operator_ambon)


@pytest.fixture
def masohi(dunia: Dunia) -> Unit:
    return Unit(dunia.masohi, dunia.operator_masohi)


# foreign ids ---------------------------------------------------------------------------------------------------


def test_produk_unit_lain_ditolak_di_setiap_jenis(ambon: Unit, masohi: Unit) -> None:
    """By a column, and by whoever writes past the columns."""
    asing = masohi.produk()
    isi: tuple[tuple[Any, dict[str, Any]], ...] = (
        (jenis.HARGA, {"dari": JAN, "harga": 1_000}),
        (jenis.LEGALITAS, {"jenis": "sni", "nomor": "1"}),
        (jenis.PERSEDIAAN, {"jenis": "buat", "tanggal": JAN, "jumlah": 1}),
        (jenis.PESANAN, {"tanggal": JAN, "jumlah": 1, "nilai": 1_000}),
        (jenis.PENJUALAN, {"tanggal": JAN, "jumlah": 1, "nilai": 1_000, "kanal": "galeri"}),
    )
    for kode, nilai in isi:
        for cara in (ambon.catat, ambon.mentah):
            with pytest.raises(BarisSalah) as galat:
                cara(kode, produk_id=asing.pk, **nilai)
            assert "produk_id" in galat.value.bidang, kode.kode


def test_pesanan_dan_mitra_unit_lain_ditolak(ambon: Unit, masohi: Unit) -> None:
    milik, asing = ambon.produk(), masohi.produk()
    ambon.harga(milik)
    ambon.buat(milik)
    pesan = masohi.catat(jenis.PESANAN, produk_id=asing.pk, tanggal=JAN, jumlah=1, nilai=1_000)
    mitra = masohi.catat(jenis.MITRA, nama="Toko", jenis="swasta", dari=JAN)
    jual = {"produk_id": milik.pk, "tanggal": JAN, "jumlah": 1, "nilai": 15_000, "kanal": "galeri"}
    with pytest.raises(BarisSalah) as galat:
        ambon.mentah(jenis.PENJUALAN, pesanan_id=pesan.pk, **jual)
    assert set(galat.value.bidang) == {"pesanan_id"}
    beli = {"produk_id": milik.pk, "tanggal": JAN, "jumlah": 1, "nilai": 15_000}
    with pytest.raises(BarisSalah) as galat:
        ambon.mentah(jenis.PESANAN, mitra_id=mitra.pk, **beli)
    assert set(galat.value.bidang) == {"mitra_id"}
    with sebagai_orang(ambon.operator):
        assert not Pesanan.objects.exists()


def test_berkas_unit_lain_tidak_menjadi_foto_atau_surat(ambon: Unit, masohi: Unit) -> None:
    curian = _tambah(masohi, masohi.produk(), foto())
    milik = ambon.produk()
    with pytest.raises(BarisSalah):
        ambon.mentah(
            jenis.FOTO, produk_id=milik.pk, keterangan="Curian", urutan=1,
            berkas_id=curian.berkas_id, mini_id=curian.mini_id,
        )  # fmt: skip
    with pytest.raises(BarisSalah):
        ambon.mentah(jenis.LEGALITAS, jenis="sni", nomor="1", berkas_id=curian.berkas_id)


def test_produk_dan_foto_unit_lain_tidak_ada(ambon: Unit, masohi: Unit) -> None:
    asing = masohi.produk()
    fotonya = _tambah(masohi, asing, foto())
    with sebagai_orang(ambon.operator) as (oleh, cakupan):
        umum: dict[str, Any] = {"oleh": oleh, "cakupan": cakupan}
        with pytest.raises(TidakDitemukan):
            services.ubah(jenis.PRODUK, asing.pk, {"nama": "Dicuri"}, revisi=1, **umum)
        with pytest.raises(TidakDitemukan):
            tambah_foto(produk_id=asing.pk, isi=foto(), keterangan="x", **umum)
        with pytest.raises(TidakDitemukan):
            hapus_foto(foto_id=fotonya.pk, revisi=1, alasan="x", **umum)


# photos --------------------------------------------------------------------------------------------------------


def _tambah(unit: Unit, produk: Any, isi: bytes) -> FotoProduk:
    with sebagai_orang(unit.operator) as (oleh, cakupan):
        return tambah_foto(produk_id=produk.pk, isi=isi, keterangan="Kemasan", oleh=oleh, cakupan=cakupan)


def test_bom_ditolak_sebelum_dibuka_dan_tidak_meninggalkan_apa_pun(ambon: Unit) -> None:
    produk = ambon.produk()
    for isi in (png_bom(), png_bom(5_000, 5_000), b"\xff\xd8\xff" + b"\0" * (6 * 1024 * 1024)):
        with pytest.raises(TerlaluBesar):
            _tambah(ambon, produk, isi)
    for isi in (b"", PDF, EICAR, b"GIF89a" + b"\0" * 50, b"<svg onload=alert(1)>", foto()[:40]):
        with pytest.raises(TidakSah):
            _tambah(ambon, produk, isi)
    with sebagai_orang(ambon.operator):
        assert not Berkas.objects.exists()
        assert not FotoProduk.objects.exists()
        assert Katalog.objects.get(pk=produk.pk).foto is None


def test_exif_hilang_dan_gambar_tegak() -> None:
    asal = foto_berlokasi()
    assert b"KameraRahasia" in asal
    for hasil in kecilkan(asal):
        assert b"KameraRahasia" not in hasil
        assert b"komentar-rahasia" not in hasil
        assert b"Exif" not in hasil
        with Image.open(io.BytesIO(hasil)) as gambar:
            assert gambar.size == (30, 60)
            assert not gambar.getexif()


@pytest.mark.parametrize("ukuran", [(1600, 1200), (1200, 1600), (5000, 40), (1, 1)])
def test_derau_pun_muat_dalam_batas(ukuran: tuple[int, int]) -> None:
    """Noise is what compresses worst: no camera takes a harder picture."""
    acak = random.Random(7).randbytes(ukuran[0] * ukuran[1] * 3)
    keluaran = io.BytesIO()
    Image.frombytes("RGB", ukuran, acak).save(keluaran, "JPEG", quality=95)
    besar, kecil = kecilkan(keluaran.getvalue())
    assert len(besar) <= FOTO_MAKS
    assert len(kecil) <= MINI_MAKS
