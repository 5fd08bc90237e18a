"""Photos of products as people use them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from pelaporan.models import Berkas
from pelaporan.register.services import BarisSalah
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan
from tests.dunia import Dunia
from tests.pelaporan.bahan_berkas import foto
from tests.umkm.bantu import Unit, sebagai_orang
from umkm import jenis
from umkm.foto import FOTO_MAKS, JUMLAH_MAKS, MINI_MAKS, kecilkan, tambah_foto, urutkan_foto
from umkm.models import FotoProduk


def tambah(unit: Unit, produk: Any, isi: bytes, keterangan: str = "Kemasan", oleh: Any = None) -> FotoProduk:
    with sebagai_orang(oleh or unit.operator) as (orang, cakupan):
        return tambah_foto(produk_id=produk.pk, isi=isi, keterangan=keterangan, oleh=orang, cakupan=cakupan)


def test_foto_dan_mini_dalam_batasnya(ambon: Unit) -> None:
    satu = tambah(ambon, ambon.produk(), foto(ukuran=(3000, 2000)))
    assert len(satu.berkas.isi) == satu.berkas.ukuran <= FOTO_MAKS
    assert len(satu.mini.isi) <= MINI_MAKS
    with Image.open(io.BytesIO(satu.berkas.isi)) as besar, Image.open(io.BytesIO(satu.mini.isi)) as kecil:
        assert (besar.size, kecil.size) == ((960, 640), (240, 160))


def test_bening_menjadi_kertas_putih() -> None:
    keluaran = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(keluaran, "PNG")
    with Image.open(io.BytesIO(kecilkan(keluaran.getvalue())[0])) as hasil:
        assert hasil.getpixel((25, 25)) == (255, 255, 255)


def test_foto_yang_sama_satu_kali_dan_tanpa_keterangan_ditolak(ambon: Unit) -> None:
    produk = ambon.produk()
    isi = foto(warna="red")
    assert tambah(ambon, produk, isi).pk == tambah(ambon, produk, isi).pk
    with pytest.raises(BarisSalah) as galat:
        tambah(ambon, produk, foto(warna="blue"), keterangan="  ")
    assert "keterangan" in galat.value.bidang
    with sebagai_orang(ambon.operator):
        assert Berkas.objects.count() == 2


def test_urutan_dan_batas_jumlah(ambon: Unit) -> None:
    produk = ambon.produk()
    semua = [tambah(ambon, produk, foto(warna=f"#{n:02x}0000")) for n in range(10, 10 + JUMLAH_MAKS * 20, 20)]
    assert [f.urutan for f in semua] == list(range(1, JUMLAH_MAKS + 1))
    with pytest.raises(Bentrok):
        tambah(ambon, produk, foto(warna="white"))
    with sebagai_orang(ambon.operator) as (oleh, cakupan):
        umum: dict[str, Any] = {"produk_id": produk.pk, "oleh": oleh, "cakupan": cakupan}
        urutkan_foto(urutan=[semua[3].pk, semua[0].pk], **umum)
        urut = list(FotoProduk.objects.order_by("urutan").values_list("pk", flat=True))
        assert urut[:4] == [semua[n].pk for n in (3, 0, 1, 2)]
        for salah in ([semua[0].pk, semua[0].pk], [semua[0].pk, 999_999]):
            with pytest.raises(BarisSalah):
                urutkan_foto(urutan=salah, **umum)


def test_hanya_petugas_unitnya(ambon: Unit, dunia: Dunia) -> None:
    produk = ambon.produk()
    for orang, galat in (("operator_masohi", TidakDitemukan), ("verifikator_maluku", Ditolak), ("peninjau", Ditolak)):
        with pytest.raises(galat):
            tambah(ambon, produk, foto(), oleh=getattr(dunia, orang))


def test_formulir_umum_tidak_membuat_foto_tanpa_gambar(ambon: Unit) -> None:
    with pytest.raises(BarisSalah) as galat:
        ambon.catat(jenis.FOTO, produk_id=ambon.produk().pk, keterangan="Kemasan")
    assert "halaman produk" in galat.value.bidang[""]
