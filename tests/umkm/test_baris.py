"""Rows of the register as a unit writes them: what is completed, refused, asked, and what follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pelaporan.register.services import BarisSalah, PerluJawaban
from pemasyarakatan.inti.janji import semua as semua_janji
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import Dunia
from tests.umkm.bantu import Unit
from umkm import jenis, stok
from umkm.models import BagiHasil, JenisProduk, Pameran, Penjualan, Produk, RingkasUmkm
from upt.cakupan import SISTEM, terpasang

JAN = date(2026, 1, 5)


def salah(galat: pytest.ExceptionInfo[BarisSalah], bidang: str) -> str:
    assert set(galat.value.bidang) == {bidang}, galat.value.bidang
    return galat.value.bidang[bidang]


def ditanya(galat: pytest.ExceptionInfo[PerluJawaban]) -> set[str]:
    return {t.kode for t in galat.value.temuan}


# products ------------------------------------------------------------------------------------------------------


def test_jenis_mengikuti_nama_dan_dipakai_bersama(ambon: Unit, pekanbaru: Unit) -> None:
    satu, dua = ambon.produk("Keripik pisang"), pekanbaru.produk("KRIPIK PISANG 250 gr")
    lain = ambon.produk("Keripik singkong")
    assert satu.jenis_id == dua.jenis_id != lain.jenis_id
    assert JenisProduk.objects.get(pk=satu.jenis_id).nama == "Keripik pisang"


def test_nama_diubah_jenis_ikut_dan_jenis_tergabung_tetap_miliknya(ambon: Unit) -> None:
    satu, lain = ambon.produk("Keripik pisang"), ambon.produk("Banana chip")
    JenisProduk.objects.filter(pk=lain.jenis_id).update(induk=satu.jenis_id)
    assert ambon.ubah(jenis.PRODUK, lain, deskripsi="Renyah").jenis_id == lain.jenis_id
    assert ambon.ubah(jenis.PRODUK, lain, nama="Pisang keripik").jenis_id == satu.jenis_id


def test_nama_yang_sama_di_satu_unit_ditolak(ambon: Unit, pekanbaru: Unit) -> None:
    ambon.produk("Keripik pisang")
    pekanbaru.produk("Keripik pisang")
    with pytest.raises(BarisSalah) as galat:
        ambon.produk("keripik PISANG")
    assert "sudah ada" in salah(galat, "nama")


def test_nama_tanpa_huruf_ditolak(ambon: Unit) -> None:
    with pytest.raises(BarisSalah) as galat:
        ambon.produk("!!!")
    salah(galat, "nama")


def test_tampil_kecuali_dinyatakan_tidak(ambon: Unit) -> None:
    assert ambon.produk("A1").tampil is True
    assert ambon.produk("A2", tampil="Tidak").tampil is False
    with pytest.raises(BarisSalah) as galat:
        ambon.produk("A3", tampil="mungkin")
    salah(galat, "tampil")


def test_berhenti_dan_tanggalnya_berjalan_bersama(ambon: Unit) -> None:
    assert ambon.produk("A", berhenti="31/12/2025").status == Produk.Status.BERHENTI
    with pytest.raises(BarisSalah) as galat:
        ambon.produk("B", status="berhenti")
    salah(galat, "berhenti")
    with pytest.raises(BarisSalah) as galat:
        ambon.produk("C", status="tersedia", berhenti="31/12/2025")
    salah(galat, "berhenti")
    with pytest.raises(BarisSalah) as galat:
        ambon.produk("D", berhenti="31/12/2024")
    assert "mendahului" in salah(galat, "berhenti")


def test_berhenti_dengan_pesanan_terbuka_ditanyakan(ambon: Unit) -> None:
    satu = ambon.produk()
    ambon.catat(jenis.PESANAN, produk_id=satu.pk, tanggal=JAN, jumlah=5, nilai=75_000)
    with pytest.raises(PerluJawaban) as galat:
        ambon.ubah(jenis.PRODUK, satu, status="berhenti", berhenti="31/1/2026")
    assert ditanya(galat) == {"berhenti_dipesan"}
    assert ambon.ubah(
        jenis.PRODUK, satu, setuju="berhenti_dipesan", status="berhenti", berhenti="31/1/2026"
    ).berhenti == date(2026, 1, 31)


def test_masa_produk_tidak_meninggalkan_catatan_di_luarnya(ambon: Unit) -> None:
    satu = ambon.produk()
    ambon.buat(satu, 10, JAN)
    for ubah, bidang in (
        ({"mulai": "6/1/2026"}, "mulai"),
        ({"status": "berhenti", "berhenti": "4/1/2026"}, "berhenti"),
    ):
        with pytest.raises(BarisSalah) as galat:
            ambon.ubah(jenis.PRODUK, satu, **ubah)
        assert "5 Januari 2026" in salah(galat, bidang)


def test_produk_dengan_penjualan_tidak_dihapus_yang_hanya_berharga_boleh(ambon: Unit) -> None:
    satu, dua = ambon.produk("A"), ambon.produk("B")
    ambon.harga(satu)
    ambon.harga(dua)
    stoknya = ambon.buat(satu)
    with pytest.raises(BarisSalah) as galat:
        ambon.hapus(jenis.PRODUK, satu)
    assert "persediaan" in salah(galat, "")
    ambon.hapus(jenis.PERSEDIAAN, stoknya)
    assert not ambon.hapus(jenis.PRODUK, satu).hidup
    assert not ambon.hapus(jenis.PRODUK, dua).hidup
    with pytest.raises(BarisSalah):
        ambon.pulihkan(jenis.PERSEDIAAN, stoknya)
    assert ambon.pulihkan(jenis.PRODUK, satu).hidup


# licences and prices -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("isi", "kode"),
    [
        ({"jenis": "nib", "nomor": "12345"}, "nib_janggal"),
        ({"jenis": "pirt", "nomor": "abc"}, "pirt_janggal"),
        ({"jenis": "halal", "nomor": "ID1", "produk": "Meja"}, "izin_bukan_pangan"),
    ],
)
def test_legalitas_yang_janggal_ditanyakan(ambon: Unit, isi: dict[str, str], kode: str) -> None:
    meja = ambon.produk("Meja", golongan="mebel", ukuran="buah")
    nilai = {**isi, "produk_id": meja.pk} if isi.pop("produk", "") else isi
    with pytest.raises(PerluJawaban) as galat:
        ambon.catat(jenis.LEGALITAS, **nilai)
    assert ditanya(galat) == {kode}
    assert ambon.catat(jenis.LEGALITAS, setuju=kode, **nilai).pk


@pytest.mark.parametrize("nomor", ["2068171010001-31", "P-IRT 2068171010001-31", "206817101000131"])
def test_nomor_pirt_yang_lazim_tidak_ditanyakan(ambon: Unit, nomor: str) -> None:
    assert ambon.catat(jenis.LEGALITAS, jenis="pirt", nomor=nomor, produk_id=ambon.produk().pk).pk


def test_legalitas_habis_sebelum_terbit_dan_nomor_kembar_ditolak(ambon: Unit) -> None:
    with pytest.raises(BarisSalah) as galat:
        ambon.catat(jenis.LEGALITAS, jenis="sni", nomor="1", terbit="2/1/2026", berakhir="1/1/2026")
    assert "mendahului" in salah(galat, "berakhir")
    ambon.catat(jenis.LEGALITAS, jenis="nib", nomor="1234567890123")
    with pytest.raises(BarisSalah) as galat:
        ambon.catat(jenis.LEGALITAS, jenis="NIB", nomor="1234567890123")
    salah(galat, "nomor")


def test_harga_sekali_sehari_dan_lompatan_ditanyakan(ambon: Unit) -> None:
    satu = ambon.produk()
    ambon.harga(satu, 15_000)
    with pytest.raises(BarisSalah) as galat:
        ambon.harga(satu, 16_000)
    salah(galat, "dari")
    with pytest.raises(PerluJawaban) as tanya:
        ambon.harga(satu, 150_000, date(2026, 1, 1))
    assert ditanya(tanya) == {"harga_melompat"}


# stock and sales -----------------------------------------------------------------------------------------------


def test_terjual_melebihi_persediaan_ditolak_dengan_angkanya(ambon: Unit) -> None:
    satu = ambon.produk()
    ambon.harga(satu)
    ambon.buat(satu, 100, JAN)
    ambon.jual(satu, 60)
    with pytest.raises(BarisSalah) as galat:
        ambon.jual(satu, 41, date(2026, 1, 20))
    assert "hanya 40 bungkus" in salah(galat, "jumlah")
    with pytest.raises(BarisSalah):  # nothing there yet on that day, whatever came later
        ambon.jual(satu, 1, date(2026, 1, 4))
    with pytest.raises(BarisSalah) as galat:  # earlier than the other sale, and both together too much
        ambon.jual(satu, 41, date(2026, 1, 6))
    with terpasang(SISTEM):
        assert stok.saldo(satu.pk, date(2026, 1, 31)) == 40


def test_persediaan_tidak_ditarik_dari_bawah_penjualan(ambon: Unit) -> None:
    satu, lain = ambon.produk("A"), ambon.produk("B")
    ambon.harga(satu)
    dibuat = ambon.buat(satu, 100, JAN)
    jual = ambon.jual(satu, 60)
    for ubah in ({"jumlah": 59}, {"tanggal": "11/1/2026"}, {"produk_id": lain.pk}, {"jenis": "rusak"}):
        with pytest.raises(BarisSalah):
            ambon.ubah(jenis.PERSEDIAAN, dibuat, **ubah)
    with pytest.raises(BarisSalah):
        ambon.hapus(jenis.PERSEDIAAN, dibuat)
    assert ambon.ubah(jenis.PERSEDIAAN, dibuat, jumlah=60).jumlah == 60
    ambon.hapus(jenis.PENJUALAN, jual)
    ambon.hapus(jenis.PERSEDIAAN, dibuat)
    with pytest.raises(BarisSalah):
        ambon.pulihkan(jenis.PENJUALAN, jual)


def test_jasa_tidak_berpersediaan(ambon: Unit) -> None:
    cuci = ambon.produk("Cuci motor", golongan="jasa", ukuran="unit")
    ambon.harga(cuci)
    assert ambon.jual(cuci, 500).jumlah == 500
    with pytest.raises(BarisSalah):
        ambon.buat(cuci)
    with pytest.raises(BarisSalah) as galat:
        ambon.ubah(jenis.PRODUK, cuci, golongan="makanan")
    salah(galat, "golongan")


def test_nilai_kosong_dihitung_dari_harga_pada_hari_itu(ambon: Unit) -> None:
    satu = ambon.produk()
    ambon.harga(satu, 15_000)
    ambon.harga(satu, 20_000, date(2026, 1, 11))
    ambon.buat(satu)
    assert ambon.jual(satu, 10).nilai == 150_000
    assert ambon.jual(satu, 10, date(2026, 1, 11)).nilai == 200_000
    assert ambon.jual(satu, 10, nilai=140_000).nilai == 140_000


def test_tanpa_harga_uangnya_harus_ditulis(ambon: Unit) -> None:
    satu = ambon.produk()
    ambon.buat(satu)
    with pytest.raises(BarisSalah) as galat:
        ambon.jual(satu, 10)
    salah(galat, "nilai")


@pytest.mark.parametrize(("nilai", "janggal"), [(44_999, True), (45_000, False), (450_000, False), (450_001, True)])
def test_harga_satuan_di_luar_kewajaran_ditanyakan(ambon: Unit, nilai: int, janggal: bool) -> None:
    satu = ambon.produk()
    ambon.harga(satu, 15_000)
    ambon.buat(satu)
    if not janggal:
        assert ambon.jual(satu, 10, nilai=nilai).nilai == nilai
        return
    with pytest.raises(PerluJawaban) as galat:
        ambon.jual(satu, 10, nilai=nilai)
    assert ditanya(galat) == {"harga_janggal"}


def test_penjualan_di_luar_masa_produk_dan_di_masa_depan_ditolak(ambon: Unit) -> None:
    satu = ambon.produk(mulai=date(2026, 1, 8), berhenti=date(2026, 1, 20))
    ambon.harga(satu)
    for hari in (date(2026, 1, 7), date(2026, 1, 21), date(2099, 1, 1)):
        with pytest.raises(BarisSalah) as galat:
            ambon.jual(satu, 1, hari)
        assert "tanggal" in galat.value.bidang


def test_penjualan_pameran(ambon: Unit, dunia: Dunia) -> None:
    acara = _pameran(dunia)
    satu = ambon.produk()
    ambon.harga(satu)
    ambon.buat(satu)
    with pytest.raises(BarisSalah) as galat:
        ambon.jual(satu, 1, kanal="pameran")
    salah(galat, "pameran_id")
    with pytest.raises(BarisSalah) as galat:
        ambon.jual(satu, 1, pameran_id=acara.pk)
    salah(galat, "kanal")
    assert ambon.jual(satu, 1, date(2026, 1, 12), kanal="pameran", pameran_id=acara.pk).pk
    with pytest.raises(PerluJawaban) as tanya:
        ambon.jual(satu, 1, date(2026, 1, 16), kanal="pameran", pameran_id=acara.pk)
    assert ditanya(tanya) == {"luar_pameran"}


def _pameran(dunia: Dunia) -> Pameran:
    return Pameran.objects.create(
        nama="IPPAFest", tempat="Ambon", mulai=date(2026, 1, 12), selesai=date(2026, 1, 14),
        dibuat_oleh=dunia.operator_ambon, dibuat_pada="2026-01-01T00:00:00Z",
    )  # fmt: skip


# orders --------------------------------------------------------------------------------------------------------


def test_pesanan_diserahkan_lewat_penjualan(ambon: Unit) -> None:
    satu, lain = ambon.produk("A"), ambon.produk("B")
    for p in (satu, lain):
        ambon.harga(p)
        ambon.buat(p)
    pesan = ambon.catat(jenis.PESANAN, produk_id=satu.pk, tanggal=date(2026, 1, 8), jumlah=20, pemesan="Koperasi")
    assert (pesan.status, pesan.nilai) == ("dipesan", 300_000)
    with pytest.raises(BarisSalah) as galat:
        ambon.jual(lain, 5, kanal="pesanan", pesanan_id=pesan.pk)
    salah(galat, "pesanan_id")
    jual = ambon.jual(satu, 15, kanal="pesanan", pesanan_id=pesan.pk)
    with pytest.raises(PerluJawaban) as tanya:
        ambon.jual(satu, 6, kanal="pesanan", pesanan_id=pesan.pk)
    assert ditanya(tanya) == {"pesanan_lebih"}
    with pytest.raises(PerluJawaban) as tanya:
        ambon.ubah(jenis.PESANAN, pesan, status="selesai")
    assert ditanya(tanya) == {"selesai_kurang"}
    for cara in ("batal", "hapus"):
        with pytest.raises(BarisSalah):
            ambon.hapus(jenis.PESANAN, pesan) if cara == "hapus" else ambon.ubah(jenis.PESANAN, pesan, status="batal")
    ambon.hapus(jenis.PENJUALAN, jual)
    assert ambon.ubah(jenis.PESANAN, pesan, status="batal").status == "batal"
    with pytest.raises(BarisSalah):  # the sale would deliver an order that was called off
        ambon.pulihkan(jenis.PENJUALAN, jual)


# shares --------------------------------------------------------------------------------------------------------


def test_bagi_hasil_sampai_rupiah_terakhir(ambon: Unit) -> None:
    from umkm.periksa import bagian

    satu = ambon.produk()
    ambon.buat(satu)
    ambon.jual(satu, 10, nilai=1_000_001)
    baris = ambon.catat(
        jenis.BAGI_HASIL, bulan="Januari 2026", biaya=600_000, premi=200_000, pnbp=100_000, operasional=100_000
    )
    assert baris.bulan == date(2026, 1, 1)
    with terpasang(SISTEM):
        bagi = bagian(baris)
    assert bagi.omzet - bagi.biaya == bagi.premi + bagi.pnbp + bagi.operasional + bagi.belum
    assert bagi.belum == 1


def test_bagi_hasil_melebihi_keuntungan_ditanyakan_dengan_alasan(ambon: Unit) -> None:
    satu = ambon.produk()
    ambon.buat(satu)
    ambon.jual(satu, 10, nilai=1_000_000)
    isi: dict[str, Any] = {"bulan": "2026-01", "biaya": 600_000, "premi": 400_001}
    with pytest.raises(BarisSalah) as galat:
        ambon.catat(jenis.BAGI_HASIL, **isi)
    assert "Rp400.001 melebihi" in salah(galat, "catatan")
    with pytest.raises(PerluJawaban) as tanya:
        ambon.catat(jenis.BAGI_HASIL, catatan="Sisa keuntungan Desember.", **isi)
    assert ditanya(tanya) == {"dibagi_lebih"}
    assert ambon.catat(jenis.BAGI_HASIL, **{**isi, "premi": 400_000}).premi == 400_000
    with pytest.raises(BarisSalah) as galat:
        ambon.catat(jenis.BAGI_HASIL, bulan="15/1/2026", biaya=1)
    assert "sudah dicatat" in salah(galat, "bulan")
    with pytest.raises(PerluJawaban) as tanya:  # the month was shared already
        ambon.jual(satu, 1, nilai=100_000)
    assert ditanya(tanya) == {"sudah_dibagi"}
    with terpasang(SISTEM):
        assert BagiHasil.objects.count() == 1


# partners, people ----------------------------------------------------------------------------------------------


def test_mitra_dan_tenaga(ambon: Unit) -> None:
    mitra = ambon.catat(jenis.MITRA, nama="Dinas Koperasi", jenis="dinas", dari="1/1/2025", sampai="31/12/2025")
    assert ambon.catat(jenis.MITRA, nama="Dinas Koperasi", jenis="dinas", dari="1/1/2026").pk
    with pytest.raises(BarisSalah):
        ambon.catat(jenis.MITRA, nama="dinas koperasi", jenis="dinas", dari="1/6/2025")
    ambon.catat(jenis.PESANAN, produk_id=ambon.produk().pk, mitra_id=mitra.pk, tanggal=JAN, jumlah=1, nilai=10_000)
    with pytest.raises(BarisSalah):
        ambon.hapus(jenis.MITRA, mitra)
    ambon.catat(jenis.TENAGA, dari=JAN, orang=14)
    with pytest.raises(BarisSalah):
        ambon.catat(jenis.TENAGA, dari=JAN, orang=15)


def test_keikutsertaan_pameran_sekali(ambon: Unit, dunia: Dunia) -> None:
    acara = _pameran(dunia)
    baris = ambon.catat(jenis.PESERTA, pameran_id=acara.pk, ditampilkan=12)
    with pytest.raises(BarisSalah):
        ambon.catat(jenis.PESERTA, pameran_id=acara.pk, ditampilkan=12)
    satu = ambon.produk()
    ambon.harga(satu)
    ambon.buat(satu)
    ambon.jual(satu, 1, date(2026, 1, 12), kanal="pameran", pameran_id=acara.pk)
    with pytest.raises(BarisSalah):
        ambon.hapus(jenis.PESERTA, baris)


# rollup --------------------------------------------------------------------------------------------------------


def _ringkas() -> dict[tuple[str, str], tuple[int, int, int]]:
    with terpasang(SISTEM):
        return {(f"{r.bulan:%Y-%m}", r.kanal): (r.dibuat, r.terjual, r.omzet) for r in RingkasUmkm.objects.all()}


def test_ringkasan_mengikuti_setiap_penulisan(ambon: Unit) -> None:
    from umkm import ringkas

    satu = ambon.produk()
    ambon.harga(satu)
    ambon.buat(satu, 100, JAN)
    ambon.buat(satu, 5, JAN, jenis="awal")
    jual = ambon.jual(satu, 10)
    ambon.jual(satu, 5, kanal="marketplace")
    assert _ringkas() == {
        ("2026-01", ""): (100, 0, 0),
        ("2026-01", "galeri"): (0, 10, 150_000),
        ("2026-01", "marketplace"): (0, 5, 75_000),
    }
    ambon.ubah(jenis.PENJUALAN, jual, tanggal="10/2/2026", jumlah=20, nilai=300_000)
    assert _ringkas()["2026-02", "galeri"] == (0, 20, 300_000)
    assert ("2026-01", "galeri") not in _ringkas()
    ambon.hapus(jenis.PENJUALAN, jual)
    assert ("2026-02", "galeri") not in _ringkas()
    ambon.pulihkan(jenis.PENJUALAN, jual)
    ambon.ubah(jenis.PRODUK, satu, golongan="minuman")
    with terpasang(SISTEM):
        assert set(RingkasUmkm.objects.values_list("golongan", flat=True)) == {"minuman"}
        assert set(Penjualan.objects.values_list("golongan", flat=True)) == {"makanan"}, "as it was sold"
        assert semua_janji()["register_riwayat"][1](None) == []
        assert semua_janji()["register_kanwil"][1](None) == []
        assert ringkas.beda() == []
        RingkasUmkm.objects.filter(kanal="galeri").update(omzet=1)
        assert len(ringkas.beda()) == 1
        assert len(ringkas.beda(Bulan(2026, 2))) == 1
        assert ringkas.beda(Bulan(2026, 1)) == []
        assert ringkas.hitung_ulang() == 3
        assert ringkas.beda() == []
