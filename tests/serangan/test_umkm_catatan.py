"""Money, stock, orders and restoring against each other, and what belongs to nobody: kinds and exhibitions."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from pelaporan.register.selectors import akibat_hapus
from pelaporan.register.services import BarisSalah, PerluJawaban
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from tests.dunia import Dunia
from tests.pelaporan.bahan_berkas import foto
from tests.umkm.bantu import Unit, sebagai_orang
from umkm import jenis, nama, pengingat, ringkas, services, stok
from umkm.foto import tambah_foto
from umkm.katalog import proyeksi
from umkm.models import FotoProduk, JenisProduk, Katalog, Pameran, Penjualan
from umkm.services import IsiPameran, buat_pameran
from umkm.turunan import f07
from umkm.wilayah import gabung
from umkm.wilayah.selectors_pameran import hasil
from upt.cakupan import SISTEM, terpasang

JAN, FEB = date(2026, 1, 10), date(2026, 2, 10)
ACARA = IsiPameran("IPPAFest 2026", "Lapangan Banteng", date(2026, 1, 7), date(2026, 1, 12), "Ditjenpas")


@pytest.fixture
def ambon(dunia: Dunia) -> Unit:
    return Unit(dunia.ambon, dunia.operator_ambon)


@pytest.fixture
def masohi(dunia: Dunia) -> Unit:
    return Unit(dunia.masohi, dunia.operator_masohi)


@pytest.fixture
def keripik(ambon: Unit) -> Any:
    satu = ambon.produk()
    ambon.harga(satu)
    ambon.buat(satu, 100)
    return satu


def _utuh() -> None:
    """Rollup and catalogue still say what the rows say."""
    with terpasang(SISTEM):
        assert ringkas.beda() == []
        assert proyeksi.beda() == []


# money ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nilai", ["-1", "-15.000", "1e18", "9" * 30, "1.000.000.000.001", "0", "1,5", "NaN", "∞", "٣"])
def test_uang_yang_mustahil_ditolak_di_bidangnya(ambon: Unit, keripik: Any, nilai: str) -> None:
    with pytest.raises(BarisSalah) as galat:
        ambon.jual(keripik, 1, nilai=nilai)
    assert set(galat.value.bidang) == {"nilai"}


def test_harga_kali_jumlah_tidak_meluap(ambon: Unit) -> None:
    """A price and an amount that may each be written, whose product fits no column of money."""
    jasa = ambon.produk("Jasa cuci", golongan="jasa", ukuran="kali")
    ambon.harga(jasa, 1_000_000_000_000)
    for kode, isi in ((jenis.PENJUALAN, {"kanal": "galeri"}), (jenis.PESANAN, {})):
        for jumlah in (2, 10_000_000):
            with pytest.raises(BarisSalah) as galat:
                ambon.catat(kode, produk_id=jasa.pk, tanggal=JAN, jumlah=jumlah, **isi)
            assert set(galat.value.bidang) == {"nilai"}
    assert ambon.jual(jasa, 1).nilai == 1_000_000_000_000
    _utuh()


def test_bagi_hasil_tidak_pernah_cocok_karena_pembulatan(ambon: Unit, keripik: Any) -> None:
    ambon.jual(keripik, 7, nilai=100_001)
    isi = {"bulan": JAN, "biaya": 33_334, "premi": 22_222, "pnbp": 22_222}
    with pytest.raises(BarisSalah):
        ambon.catat(jenis.BAGI_HASIL, **isi, operasional=22_224)
    ambon.catat(jenis.BAGI_HASIL, **isi, operasional=22_223)
    for salah in ("-1", "22.223,50", "1e4"):
        with pytest.raises(BarisSalah):
            ambon.catat(jenis.BAGI_HASIL, bulan=FEB, biaya=salah)


def test_bulan_yang_sudah_dibagi_dikatakan_bagaimana_pun_berubah(ambon: Unit, keripik: Any) -> None:
    """Added, changed, moved out, and taken out: the month that was shared out is named each time."""
    jual = ambon.jual(keripik, 10)
    ambon.catat(jenis.BAGI_HASIL, bulan=JAN, biaya=50_000, premi=100_000)
    for serang in (
        lambda: ambon.jual(keripik, 1),
        lambda: ambon.ubah(jenis.PENJUALAN, jual, jumlah=9, nilai=135_000),
        lambda: ambon.ubah(jenis.PENJUALAN, jual, tanggal=FEB),
    ):
        with pytest.raises(PerluJawaban) as galat:
            serang()
        assert [t.kode for t in galat.value.temuan] == ["sudah_dibagi"]
        assert "Januari 2026" in galat.value.temuan[0].pesan
    with sebagai_orang(ambon.operator):
        segar = Penjualan.objects.select_related("upt").get(pk=jual.pk)
        assert [t.kode for t in akibat_hapus(jenis.PENJUALAN, segar)] == ["sudah_dibagi"]
    ambon.hapus(jenis.PENJUALAN, jual)
    _utuh()


def test_bulan_yang_dibagi_lebih_dari_untungnya_ditugaskan(ambon: Unit, keripik: Any, dunia: Dunia, masuk: Any) -> None:
    """After sales were taken out, more was shared than was earned: the unit's page says so until it is mended."""
    lalu = (Bulan.pada(hari_ini()) - 1).awal
    ambon.buat(keripik, 50, tanggal=lalu)
    satu, dua = (ambon.jual(keripik, n, tanggal=lalu) for n in (10, 1))
    ambon.catat(jenis.BAGI_HASIL, bulan=lalu, biaya=15_000, premi=150_000)
    ambon.hapus(jenis.PENJUALAN, satu)
    teks = masuk(dunia.operator_ambon).get("/umkm/lapas-kelas-iia-ambon/").content.decode()
    assert "Dibagi Rp150.000 lebih dari keuntungannya" in teks
    ambon.hapus(jenis.PENJUALAN, dua)
    teks = masuk(dunia.operator_ambon).get("/umkm/lapas-kelas-iia-ambon/").content.decode()
    assert "Dibagi Rp150.000 lebih dari keuntungannya" in teks, "also when no sale of that month is left"


# stock and dates -----------------------------------------------------------------------------------------------


def test_di_luar_masa_produk_dan_setelah_dihapus(ambon: Unit, keripik: Any) -> None:
    for hari in (date(2024, 12, 31), hari_ini(ambon.upt.zona) + timedelta(days=1)):
        with pytest.raises(BarisSalah):
            ambon.jual(keripik, 1, tanggal=hari)
    ambon.ubah(jenis.PRODUK, keripik, status="berhenti", berhenti=JAN)
    with pytest.raises(BarisSalah):
        ambon.jual(keripik, 1, tanggal=FEB)
    for n in (lambda: ambon.harga(keripik), lambda: ambon.buat(keripik, 1, tanggal=FEB)):
        with pytest.raises(BarisSalah):
            n()


def test_menghapus_dan_memulihkan_tidak_mengakali_persediaan(ambon: Unit, keripik: Any) -> None:
    lagi = ambon.buat(keripik, 5)
    jual = ambon.jual(keripik, 105)
    with pytest.raises(BarisSalah):
        ambon.hapus(jenis.PERSEDIAAN, lagi)
    ambon.hapus(jenis.PENJUALAN, jual)
    ambon.hapus(jenis.PERSEDIAAN, lagi)
    with pytest.raises(BarisSalah):
        ambon.pulihkan(jenis.PENJUALAN, jual)
    ambon.pulihkan(jenis.PERSEDIAAN, lagi)
    ambon.pulihkan(jenis.PENJUALAN, jual)
    with sebagai_orang(ambon.operator):
        assert stok.saldo(keripik.pk, FEB) == 0
    _utuh()


def test_produk_dihapus_hanya_bila_tidak_ada_yang_bergantung_dan_pulih_berurutan(ambon: Unit, keripik: Any) -> None:
    jual = ambon.jual(keripik, 1)
    with pytest.raises(BarisSalah):
        ambon.hapus(jenis.PRODUK, keripik)
    with sebagai_orang(ambon.operator):
        stoknya = keripik.persediaan.get()
    ambon.hapus(jenis.PENJUALAN, jual)
    ambon.hapus(jenis.PERSEDIAAN, stoknya)
    ambon.hapus(jenis.PRODUK, keripik)
    for kode, baris in ((jenis.PENJUALAN, jual), (jenis.PERSEDIAAN, stoknya)):
        with pytest.raises(BarisSalah):
            ambon.pulihkan(kode, baris)
    kembar = ambon.produk("KERIPIK PISANG")
    with pytest.raises(BarisSalah):
        ambon.pulihkan(jenis.PRODUK, keripik)
    ambon.hapus(jenis.PRODUK, kembar)
    ambon.pulihkan(jenis.PRODUK, keripik)
    with pytest.raises(BarisSalah):
        ambon.pulihkan(jenis.PENJUALAN, jual)
    ambon.pulihkan(jenis.PERSEDIAAN, stoknya)
    ambon.pulihkan(jenis.PENJUALAN, jual)
    _utuh()


def test_foto_tidak_pernah_lebih_dari_delapan(ambon: Unit, keripik: Any) -> None:
    def tambah(produk: Any, n: int) -> Any:
        with sebagai_orang(ambon.operator) as (oleh, cakupan):
            isi = foto(warna=f"hsl({n * 20}, 80%, 50%)")
            return tambah_foto(produk_id=produk.pk, isi=isi, keterangan="x", oleh=oleh, cakupan=cakupan)

    semua = [tambah(keripik, n) for n in range(8)]
    ambon.hapus(jenis.FOTO, semua[0])
    tambah(keripik, 8)
    with pytest.raises(BarisSalah):
        ambon.pulihkan(jenis.FOTO, semua[0])
    lain = tambah(ambon.produk("Sapu"), 9)
    with pytest.raises(BarisSalah):
        ambon.ubah(jenis.FOTO, lain, produk_id=keripik.pk)
    ambon.ubah(jenis.FOTO, semua[1], keterangan="Tetap dapat diperbaiki")
    with sebagai_orang(ambon.operator):
        assert FotoProduk.objects.filter(produk=keripik).hidup().count() == 8


def test_pesanan_diserahkan_dua_kali_dan_dikecilkan_ditanyakan(ambon: Unit, keripik: Any) -> None:
    pesan = ambon.catat(jenis.PESANAN, produk_id=keripik.pk, tanggal=JAN, jumlah=10, nilai=150_000)
    ambon.jual(keripik, 10, kanal="pesanan", pesanan_id=pesan.pk)
    for serang in (
        lambda: ambon.jual(keripik, 10, kanal="pesanan", pesanan_id=pesan.pk),
        lambda: ambon.ubah(jenis.PESANAN, pesan, jumlah=9, nilai=135_000),
    ):
        with pytest.raises(PerluJawaban) as galat:
            serang()
        assert [t.kode for t in galat.value.temuan] == ["pesanan_lebih"]
    for status in ({"status": "batal"}, {"produk_id": ambon.produk("Sapu").pk}):
        with pytest.raises(BarisSalah):
            ambon.ubah(jenis.PESANAN, pesan, **status)
    with pytest.raises(BarisSalah):
        ambon.hapus(jenis.PESANAN, pesan)


def test_penjualan_yang_berpindah_tidak_meninggalkan_bekas(ambon: Unit, keripik: Any) -> None:
    lain = ambon.produk("Sambal")
    ambon.harga(lain)
    ambon.buat(lain, 5)
    jual = ambon.jual(keripik, 5)
    for isi in ({"produk_id": lain.pk}, {"tanggal": FEB}, {"kanal": "marketplace"}, {"produk_id": keripik.pk}):
        ambon.ubah(jenis.PENJUALAN, jual, **isi)
        _utuh()
    with pytest.raises(BarisSalah) as galat:
        ambon.ubah(jenis.PENJUALAN, jual, produk_id=lain.pk, jumlah=6)
    assert "jumlah" in galat.value.bidang


def test_antrean_untuk_produk_yang_sudah_dihapus(ambon: Unit, dunia: Dunia, masuk: Any) -> None:
    """The phone's entry comes late: it is refused in words, changes nothing, and goes through once it is back."""
    satu = ambon.produk("Sapu")
    ambon.harga(satu)
    klien, alamat = masuk(dunia.operator_ambon), f"/umkm/{dunia.ambon.kode}/produk/{satu.pk}/"
    data = {"aksi": "buat", "jenis": "buat", "jumlah": "3", "tanggal": "5/1/2026", "kunci": str(uuid.uuid4())}
    ambon.hapus(jenis.PRODUK, satu)
    kepala = {"accept": "application/json"}
    assert klien.post(alamat, data, headers=kepala).status_code == 404
    ambon.pulihkan(jenis.PRODUK, satu)
    assert [klien.post(alamat, data, headers=kepala).status_code for _ in range(2)] == [201, 200]


def test_harga_yang_diubah_melompat_juga_ditanyakan(ambon: Unit, keripik: Any) -> None:
    baru = ambon.harga(keripik, 16_000, dari=FEB)
    with pytest.raises(PerluJawaban) as galat:
        ambon.ubah(jenis.HARGA, baru, harga=16_000_000)
    assert [t.kode for t in galat.value.temuan] == ["harga_melompat"]
    with pytest.raises(BarisSalah):
        ambon.harga(keripik, 17_000, dari=FEB)
    ambon.ubah(jenis.HARGA, baru, harga=17_000)


def test_unit_yang_ditutup_tidak_menawarkan_dan_tidak_diingatkan(ambon: Unit, keripik: Any, dunia: Dunia) -> None:
    pagi = datetime.combine(hari_ini(), time(3), UTC)
    ambon.catat(jenis.LEGALITAS, jenis="sni", nomor="1", berakhir=hari_ini() + timedelta(days=7))
    with terpasang(SISTEM):
        assert pengingat.jatuh_tempo(pagi)
        dunia.ambon.berlaku_sampai = hari_ini() - timedelta(days=3)
        dunia.ambon.save()
        assert not Katalog.objects.filter(upt=dunia.ambon).exists()
        assert not pengingat.jatuh_tempo(pagi)
    _utuh()


# kinds of the nation -------------------------------------------------------------------------------------------


def test_usulan_tidak_dibanjiri_jenis_tanpa_produk(ambon: Unit, masohi: Unit, dunia: Dunia) -> None:
    """Names that were corrected leave kinds behind; the reviewer is not asked about them."""
    satu = ambon.produk("Tikar pandan anyam halus")
    for n in range(6):
        ambon.ubah(jenis.PRODUK, satu, nama=f"Tikar pandan anyam halus {'a' * (n + 1)}")
    ambon.ubah(jenis.PRODUK, satu, nama="Tikar pandan anyam halus")
    masohi.produk("Tikar pandan anyam haluss")
    with sebagai_orang(dunia.peninjau) as (_, cakupan):
        pasangan = gabung.usulan(cakupan)
    assert all(u.tetap.produk and u.asal.produk for u in pasangan)
    assert len(pasangan) == 1


def test_unit_tidak_menamai_ulang_jenis_bangsa(ambon: Unit, masohi: Unit) -> None:
    """The second writer of a kind changes nothing of it, nor does the first one afterwards."""
    satu = masohi.produk("Keripik pisang")
    dua = ambon.produk("KERIPIK!!! PISANG", golongan="seni")
    assert satu.jenis_id == dua.jenis_id
    ambon.ubah(jenis.PRODUK, dua, nama="Pisang Keripik “JELEK”", golongan="lain")
    jenisnya = JenisProduk.objects.get(pk=satu.jenis_id)
    assert (jenisnya.nama, jenisnya.golongan) == ("Keripik pisang", "makanan")


@pytest.mark.parametrize("tanda", ["\u00ad", "\u200b", "\u200d", "\ufeff"])
def test_tanda_yang_tidak_terlihat_tidak_membuat_jenis_baru(tanda: str) -> None:
    assert nama.kunci(f"Keri{tanda}pik pi{tanda}sang") == nama.kunci("Keripik pisang")


def test_pisah_setelah_gabung_berikutnya(ambon: Unit, dunia: Dunia) -> None:
    """A into B, B into C, then B taken back: A goes along with B and C stands alone; and never a chain or ring."""
    a, b, c = (ambon.produk(nama).jenis_id for nama in ("Kopi", "Tikar", "Vas"))
    with sebagai_orang(dunia.peninjau) as (oleh, cakupan):
        umum: dict[str, Any] = {"oleh": oleh, "cakupan": cakupan}
        gabung.gabungkan(asal_id=a, ke=b, **umum)
        gabung.gabungkan(asal_id=b, ke=c, **umum)
        for asal, ke in ((c, a), (a, c), (c, b), (c, c)):
            with pytest.raises(Exception, match=r"."):
                gabung.gabungkan(asal_id=asal, ke=ke, **umum)
        gabung.pisahkan(jenis_id=b, **umum)
        assert dict(JenisProduk.objects.values_list("pk", "induk_id")) == {a: b, b: None, c: None}
        with pytest.raises(TidakDitemukan):
            gabung.gabungkan(asal_id=2**40, ke=c, **umum)
    for orang in (dunia.operator_ambon, dunia.kepala_maluku, dunia.verifikator_maluku):
        with sebagai_orang(orang) as (oleh, cakupan), pytest.raises(Ditolak):
            gabung.gabungkan(asal_id=c, ke=b, oleh=oleh, cakupan=cakupan)
    _utuh()


# exhibitions ---------------------------------------------------------------------------------------------------


def _acara(orang: Any, isi: IsiPameran = ACARA, **lain: Any) -> Pameran:
    with sebagai_orang(orang) as (oleh, _):
        return buat_pameran(isi, oleh=oleh, **lain)


def test_pameran_tidak_diubah_pendaftarnya_setelah_unit_lain_ikut(ambon: Unit, masohi: Unit, dunia: Dunia) -> None:
    """Its name and days are by then in another unit's figures."""
    acara = _acara(dunia.operator_ambon)
    ambon.catat(jenis.PESERTA, pameran_id=acara.pk, ditampilkan=3)
    palsu = replace(ACARA, nama="Bubar", mulai=date(2025, 5, 1), selesai=date(2025, 5, 2))
    with sebagai_orang(dunia.operator_ambon) as (oleh, _):
        assert services.ubah_pameran(acara.pk, replace(ACARA, tempat="Istora"), revisi=1, oleh=oleh).revisi == 2
    ikut = masohi.catat(jenis.PESERTA, pameran_id=acara.pk, ditampilkan=2)
    with sebagai_orang(dunia.operator_ambon) as (oleh, _), pytest.raises(Ditolak):
        services.ubah_pameran(acara.pk, palsu, revisi=2, oleh=oleh)
    masohi.hapus(jenis.PESERTA, ikut)
    satu = masohi.produk()
    masohi.harga(satu)
    masohi.buat(satu, 5)
    masohi.jual(satu, 1, kanal="pameran", pameran_id=acara.pk)
    with sebagai_orang(dunia.operator_ambon) as (oleh, _), pytest.raises(Ditolak):
        services.ubah_pameran(acara.pk, palsu, revisi=2, oleh=oleh)
    with sebagai_orang(dunia.verifikator_maluku) as (oleh, _):
        services.ubah_pameran(acara.pk, replace(ACARA, tempat="Senayan"), revisi=2, oleh=oleh)


def test_seorang_tidak_membanjiri_daftar_pameran(dunia: Dunia) -> None:
    for n in range(services.SEHARI_MAKS):
        _acara(dunia.operator_ambon, replace(ACARA, nama=f"Acara{n}"), bukan_mirip=True)
    with pytest.raises(Bentrok):
        _acara(dunia.operator_ambon, replace(ACARA, nama="Lagi"), bukan_mirip=True)
    assert _acara(dunia.operator_ambon, replace(ACARA, nama="Acara3")).nama == "Acara3", "what is there is no new one"
    _acara(dunia.operator_masohi, replace(ACARA, nama="Lagi"), bukan_mirip=True)
    _acara(dunia.verifikator_maluku, replace(ACARA, nama="Kantor"), bukan_mirip=True)


def test_pisah_pameran_mengembalikan_yang_ikut_digabung(dunia: Dunia) -> None:
    a, b, c = (_acara(dunia.operator_ambon, replace(ACARA, nama=f"Fest {n}"), bukan_mirip=True) for n in "ABC")
    with sebagai_orang(dunia.peninjau) as (oleh, _):
        services.gabung_pameran(a.pk, ke=b.pk, oleh=oleh)
        services.gabung_pameran(b.pk, ke=c.pk, oleh=oleh)
        services.pisah_pameran(b.pk, oleh=oleh)
    assert dict(Pameran.objects.values_list("pk", "induk_id")) == {a.pk: b.pk, b.pk: None, c.pk: None}


def test_satu_unit_dua_entri_satu_pameran_dihitung_satu_kali(ambon: Unit, masohi: Unit, dunia: Dunia) -> None:
    """After a merge the same participation cannot be noted a second time under the other entry."""
    a = _acara(dunia.operator_ambon)
    b = _acara(dunia.operator_masohi, replace(ACARA, nama="IPPAFest Nasional"), bukan_mirip=True)
    ikut = ambon.catat(jenis.PESERTA, pameran_id=a.pk, ditampilkan=3)
    with sebagai_orang(dunia.peninjau) as (oleh, _):
        services.gabung_pameran(a.pk, ke=b.pk, oleh=oleh)
    with pytest.raises(BarisSalah):
        ambon.catat(jenis.PESERTA, pameran_id=b.pk, ditampilkan=3)
    ambon.ubah(jenis.PESERTA, ikut, tindak_lanjut="Dua toko memesan")
    with sebagai_orang(dunia.verifikator_maluku) as (_, cakupan):
        satu = hasil(cakupan, [b])[0]
        assert (satu.unit, satu.ditampilkan, satu.tindak_lanjut) == (1, 3, 1)
    with sebagai_orang(dunia.verifikator_riau) as (_, cakupan):
        assert hasil(cakupan, [b])[0].unit == 0, "another region's participation is not read"


def test_f07_membaca_yang_kini_dan_bulan_lain_tetap(ambon: Unit, keripik: Any, dunia: Dunia) -> None:
    jual = ambon.jual(keripik, 4)

    def omzet(bulan: Bulan) -> dict[str, Any]:
        with sebagai_orang(ambon.operator):
            isi = f07(dunia.ambon, bulan)
        return {k: v.nilai for k, v in isi.items() if k.startswith("kanal_")}

    januari = omzet(Bulan(2026, 1))
    assert sum(januari.values()) == 60_000
    ambon.ubah(jenis.PENJUALAN, jual, tanggal=FEB)
    assert sum(omzet(Bulan(2026, 1)).values()) == 0
    assert omzet(Bulan(2026, 2)) == januari
