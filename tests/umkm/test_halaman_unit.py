"""The unit's own pages of the UMKM register: at a glance, one product, the account, people, exhibitions, F07."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pelaporan.lampiran.batas import UKURAN_MAKS
from pelaporan.models import Berkas
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan, hari_ini, tulis_tanggal
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.pelaporan.bahan_berkas import EICAR, PDF, foto, foto_berlokasi
from tests.pelaporan.bantu import kueri
from tests.umkm.bantu import Unit
from umkm import jenis as j
from umkm.foto import FOTO_MAKS
from umkm.keadaan import keadaan_produk, surat_unit
from umkm.models import (
    BagiHasil,
    FotoProduk,
    Harga,
    Legalitas,
    Pameran,
    Pekerja,
    Penjualan,
    Persediaan,
    Pesanan,
    PesertaPameran,
    Produk,
    Tenaga,
)
from umkm.selectors_unit import akun, akun_lalu, pesanan_terbuka, tugas_unit
from umkm.turunan import f07
from upt.cakupan import SISTEM, terpasang

HARI = hari_ini("WIT")
BULAN = Bulan.pada(HARI)
UNIT = "/umkm/lapas-kelas-iia-ambon/"
JSON = {"Accept": "application/json"}
LAMA = date(2025, 1, 1)


def tgl(lalu: int) -> date:
    return HARI - timedelta(days=lalu)


def teks(lalu: int) -> str:
    return tulis_tanggal(tgl(lalu))


@pytest.fixture
def klien(dunia: Dunia, masuk: Any) -> Client:
    satu: Client = masuk(dunia.operator_ambon)
    return satu


@pytest.fixture
def keripik(ambon: Unit) -> Produk:
    """A product at Rp15.000 with a hundred pieces in stock."""
    satu: Produk = ambon.produk()
    ambon.harga(satu, dari=tgl(30))
    ambon.buat(satu, 100, tgl(20))
    return satu


def url(produk: Produk) -> str:
    return f"{UNIT}produk/{produk.pk}/"


def kirim(klien: Client, alamat: str, aksi: str, *, kunci: str = "", json: bool = False, **isi: Any) -> Any:
    data = {"aksi": aksi, "kunci": kunci or str(uuid.uuid4()), **isi}
    return klien.post(alamat, data, headers=JSON if json else {})


def semua(model: Any) -> list[Any]:
    with terpasang(SISTEM):
        return list(model.objects.hidup().order_by("pk"))


def isi_halaman(klien: Client, alamat: str) -> str:
    jawaban = klien.get(alamat)
    assert jawaban.status_code == 200, alamat
    return jawaban.content.decode()


def tugas(ambon: Unit) -> dict[str, Any]:
    with terpasang(SISTEM):
        daftar = tugas_unit(
            ambon.upt,
            keadaan_produk(SISTEM, ambon.upt, HARI),
            surat_unit(SISTEM, ambon.upt, HARI),
            pesanan_terbuka(SISTEM, ambon.upt, HARI),
            akun_lalu(SISTEM, ambon.upt, BULAN),
        )
    return {t.label: t for t in daftar}


# Where everybody begins -------------------------------------------------------------------------------------


def test_setiap_orang_sampai_di_halaman_kerjanya(klien: Client, dunia: Dunia, masuk: Any) -> None:
    assert klien.get("/umkm/").headers["Location"] == UNIT
    assert masuk(dunia.verifikator_maluku).get("/umkm/").headers["Location"] == "/umkm/kanwil/maluku/"
    assert masuk(dunia.peninjau).get("/umkm/").headers["Location"] == "/umkm/nasional/"
    assert masuk(dunia.admin).get("/umkm/").status_code == 403


def test_unit_kosong_menunjukkan_langkah_pertama(klien: Client, dunia: Dunia, masuk: Any) -> None:
    isi = isi_halaman(klien, UNIT)
    assert "Tambahkan produk pertama" in isi
    assert f"{UNIT}catatan/produk/baru/" in isi
    baca = isi_halaman(masuk(dunia.verifikator_maluku), UNIT)
    assert "Catat produk pertama" not in baca
    assert "Diisi oleh petugas UPT" in baca


# The unit at a glance ---------------------------------------------------------------------------------------


def test_angka_bulan_ini_dari_catatannya(klien: Client, ambon: Unit, keripik: Produk) -> None:
    ambon.jual(keripik, 4, HARI)
    ambon.jual(keripik, 6, HARI, kanal="marketplace", nilai=100_000)
    ambon.catat(j.BAGI_HASIL, bulan=BULAN.awal, biaya=40_000, premi=30_000, pnbp=5_000, operasional=15_000)
    isi = isi_halaman(klien, UNIT)
    for angka in ("Rp160.000", "10 buah", "Rp40.000", "Rp50.000", "Rp70.000", "galeri atau koperasi Rp60.000"):
        assert angka in isi, angka
    assert f"{UNIT}catatan/penjualan/?bulan={BULAN}" in isi
    assert klien.get(f"{UNIT}catatan/penjualan/?bulan={BULAN}").status_code == 200
    tabel = isi_halaman(klien, f"{UNIT}?tampil=tabel")
    assert '<th scope="col">Ketersediaan</th>' in tabel
    assert "Rp15.000 per bungkus" in tabel


def test_persediaan_awal_masuk_keluar_akhir(ambon: Unit, keripik: Produk) -> None:
    lalu = BULAN.awal - timedelta(days=1)
    ambon.buat(keripik, 50, lalu)
    ambon.jual(keripik, 20, lalu)
    ambon.jual(keripik, 7, HARI)
    ambon.catat(j.PERSEDIAAN, produk_id=keripik.pk, jumlah=3, tanggal=HARI, jenis="rusak")
    with terpasang(SISTEM):
        k = keadaan_produk(SISTEM, ambon.upt, HARI)[0]
    kini = 100 if tgl(20) >= BULAN.awal else 0
    assert k.stok is not None
    assert (k.stok.awal, k.stok.masuk) == (130 - kini, kini)
    assert (k.stok.terjual, k.stok.keluar, k.stok.akhir) == (7, 3, 120)
    assert (k.terjual, k.omzet) == (7, 105_000)


def test_surat_yang_habis_ditugaskan_yang_diganti_tidak(klien: Client, ambon: Unit, keripik: Produk) -> None:
    izin = {"produk_id": keripik.pk, "setuju": "pirt_janggal"}
    ambon.catat(j.LEGALITAS, jenis="pirt", nomor="P-1", berakhir=tgl(1), **izin)
    ambon.catat(j.LEGALITAS, jenis="halal", nomor="H-1", berakhir=tgl(-90), **izin)
    ambon.catat(j.LEGALITAS, jenis="bpom", nomor="B-1", berakhir=tgl(-91), **izin)
    ambon.catat(j.LEGALITAS, jenis="sni", nomor="S-1", berakhir=tgl(5), **izin)
    ambon.catat(j.LEGALITAS, jenis="sni", nomor="S-2", berakhir=tgl(-500), **izin)
    ada = tugas(ambon)
    assert ada["Perpanjang P-IRT, Keripik pisang"].lewat
    assert not ada["Perpanjang Halal, Keripik pisang"].lewat
    assert "90 hari lagi" in ada["Perpanjang Halal, Keripik pisang"].rincian
    assert not [x for x in ada if "BPOM" in x or "SNI" in x]
    isi = isi_halaman(klien, UNIT)
    assert f"habis {teks(1)}" in isi
    assert f"{url(keripik)}?aksi=legalitas#legalitas" in isi


def test_produk_berhenti_tidak_ditagih(ambon: Unit, keripik: Produk) -> None:
    ambon.catat(j.LEGALITAS, jenis="halal", nomor="H-1", berakhir=tgl(3), produk_id=keripik.pk)
    assert len(tugas(ambon)) == 2
    ambon.ubah(j.PRODUK, keripik, status="berhenti", berhenti=HARI)
    assert tugas(ambon) == {}


def test_produk_tanpa_harga_foto_label_dan_harga_lama(ambon: Unit) -> None:
    baru = ambon.produk("Batik", golongan="tekstil")
    lama = ambon.produk("Sapu", golongan="kerajinan", label_pada=tgl(9))
    ambon.harga(lama, dari=tgl(184))
    ada = tugas(ambon)
    assert ada["Lengkapi Batik"].rincian == "Belum ada harga, foto, label"
    assert ada["Lengkapi Batik"].url.endswith(f"/produk/{baru.pk}/?aksi=harga#harga")
    assert ada["Lengkapi Sapu"].rincian == f"Belum ada foto; harga belum diperbarui sejak {teks(184)}"
    ambon.harga(lama, 16_000, tgl(183))
    assert ada["Lengkapi Sapu"].rincian != tugas(ambon)["Lengkapi Sapu"].rincian == "Belum ada foto"


def test_pesanan_dan_bulan_yang_belum_dibagi_ditugaskan(ambon: Unit, keripik: Produk) -> None:
    pesan = {"produk_id": keripik.pk, "jumlah": 10, "tanggal": tgl(20)}
    ambon.catat(j.PESANAN, pemesan="Dekat", jatuh_tempo=tgl(-14), **pesan)
    ambon.catat(j.PESANAN, pemesan="Jauh", jatuh_tempo=tgl(-15), **pesan)
    assert tugas(ambon)["Serahkan pesanan Keripik pisang"].rincian.startswith("Dekat, tinggal 10 bungkus")
    lalu = BULAN - 1
    ambon.buat(keripik, 10, lalu.awal)
    ambon.jual(keripik, 10, lalu.akhir)
    label = f"Bagi hasil {lalu.nama}"
    assert tugas(ambon)[label].rincian == "Rp150.000 belum dibagi"
    ambon.catat(j.BAGI_HASIL, bulan=lalu.awal, biaya=50_000, premi=60_000, pnbp=10_000, operasional=30_000)
    assert label not in tugas(ambon)


def test_halaman_unit_tidak_bertambah_kueri_dengan_produk(klien: Client, ambon: Unit, keripik: Produk) -> None:
    banyak = len(kueri(klien, UNIT))
    for n in range(4):
        satu = ambon.produk(f"Produk {'abcd'[n]}")
        ambon.harga(satu, dari=tgl(9))
        ambon.buat(satu, 10, tgl(8))
        ambon.jual(satu, 1, HARI)
    assert len(kueri(klien, UNIT)) <= banyak + 3  # the months with sales
    assert banyak <= 40


# One product: acts ------------------------------------------------------------------------------------------


def test_buat_jual_dan_rusak(klien: Client, keripik: Produk) -> None:
    assert kirim(klien, url(keripik), "buat", jumlah="1.000", tanggal=teks(2), jenis="buat").status_code == 302
    assert kirim(klien, url(keripik), "jual", kanal="galeri", jumlah="40", tanggal=teks(1)).status_code == 302
    assert kirim(klien, url(keripik), "keluar", jenis="contoh", jumlah="5", tanggal=teks(1)).status_code == 302
    jual = semua(Penjualan)[0]
    assert (jual.jumlah, jual.nilai, jual.kanal) == (40, 600_000, "galeri")  # by the price list
    assert [p.jumlah for p in semua(Persediaan)] == [100, 1000, 5]
    isi = isi_halaman(klien, url(keripik))
    assert "<strong>1.055 bungkus</strong>" in isi
    assert "Terjual 40 bungkus, Rp600.000" in isi


def test_uang_sendiri_menang_dan_yang_janggal_ditanya(klien: Client, keripik: Produk) -> None:
    data = {"kanal": "galeri", "jumlah": "10", "tanggal": teks(1)}
    assert kirim(klien, url(keripik), "jual", nilai="120.000", **data).status_code == 302
    ditanya = kirim(klien, url(keripik), "jual", nilai="1.500.000", **data)
    assert ditanya.status_code == 422
    assert 'id="tanya-harga_janggal"' in ditanya.content.decode()
    jawab = {"setuju": "harga_janggal", "alasan_tanya": "Paket ulang tahun."}
    assert kirim(klien, url(keripik), "jual", nilai="1.500.000", **data, **jawab).status_code == 302
    assert [p.nilai for p in semua(Penjualan)] == [120_000, 1_500_000]


def test_stok_kurang_ditolak_di_bidangnya(klien: Client, keripik: Produk) -> None:
    jawaban = kirim(klien, url(keripik), "jual", kanal="galeri", jumlah="101", tanggal=teks(1))
    assert jawaban.status_code == 400
    isi = jawaban.content.decode()
    assert 'href="#jual_jumlah"' in isi
    assert 'id="jual" open' in isi
    assert semua(Penjualan) == []
    rancu = kirim(klien, url(keripik), "jual", kanal="galeri", jumlah="1,5", tanggal=teks(1))
    assert rancu.status_code == 400


def test_antrean_dua_kali_satu_baris(klien: Client, keripik: Produk) -> None:
    kunci = str(uuid.uuid4())
    data = {"kanal": "galeri", "jumlah": "3", "tanggal": teks(1), "kunci": kunci, "json": True}
    pertama, kedua = (kirim(klien, url(keripik), "jual", **data) for _ in range(2))
    assert (pertama.status_code, kedua.status_code) == (201, 200)
    assert pertama.json()["id"] == kedua.json()["id"]
    assert "Penjualan tercatat." in isi_halaman(klien, pertama.json()["url"])
    assert len(semua(Penjualan)) == 1
    lain = kirim(klien, url(keripik), "jual", **{**data, "jumlah": "4"})
    assert lain.status_code == 409
    assert kirim(klien, url(keripik), "jual", **{**data, "pengirim": "999999"}).status_code == 403


def test_jual_memenuhi_pesanan_dan_menyelesaikannya(klien: Client, ambon: Unit, keripik: Produk) -> None:
    pesan = ambon.catat(j.PESANAN, produk_id=keripik.pk, pemesan="Koperasi", jumlah=20, tanggal=tgl(9))
    assert "Koperasi, tinggal 20" in isi_halaman(klien, url(keripik))
    data = {"kanal": "pesanan", "jumlah": "20", "tanggal": teks(1), "pesanan_id": str(pesan.pk), "selesai": "on"}
    kunci = str(uuid.uuid4())
    assert kirim(klien, url(keripik), "jual", kunci=kunci, **data).status_code == 302
    assert semua(Pesanan)[0].status == "selesai"
    assert kirim(klien, url(keripik), "jual", kunci=kunci, **data).status_code == 302  # the form is sent again
    assert len(semua(Penjualan)) == 1
    assert "Koperasi, tinggal" not in isi_halaman(klien, url(keripik))


def test_harga_baru_langkah_berhenti_dan_lanjut(klien: Client, keripik: Produk) -> None:
    assert kirim(klien, url(keripik), "harga", harga="Rp17.500", dari=teks(0)).status_code == 302
    assert [h.harga for h in semua(Harga)] == [15_000, 17_500]
    langkah = {"label_pada": teks(9), "kemasan_pada": "", "merek": "", "merek_pada": teks(3)}
    tanpa_nama = kirim(klien, url(keripik), "langkah", **langkah)
    assert tanpa_nama.status_code == 400
    assert "Tulis nama mereknya." in tanpa_nama.content.decode()
    assert kirim(klien, url(keripik), "langkah", **{**langkah, "merek": "Pala"}).status_code == 302
    satu = semua(Produk)[0]
    assert (satu.label_pada, satu.merek, satu.kemasan_pada) == (tgl(9), "Pala", None)
    assert kirim(klien, url(keripik), "berhenti", berhenti=teks(0)).status_code == 302
    assert semua(Produk)[0].status == "berhenti"
    isi = isi_halaman(klien, url(keripik))
    assert '<details id="jual"' not in isi
    assert '<details id="lanjut"' in isi
    assert kirim(klien, url(keripik), "lanjut", status="pesanan").status_code == 302
    assert (semua(Produk)[0].status, semua(Produk)[0].berhenti) == ("pesanan", None)


def test_jasa_tidak_berpersediaan(klien: Client, ambon: Unit) -> None:
    satu = ambon.produk("Cuci motor", golongan="jasa", ukuran="kali")
    ambon.harga(satu, dari=tgl(9))
    isi = isi_halaman(klien, url(satu))
    assert '<details id="buat"' not in isi
    assert "Persediaan" not in re.sub(r"<nav.*?</nav>", "", isi, flags=re.S)
    assert kirim(klien, url(satu), "jual", kanal="galeri", jumlah="3", tanggal=teks(1)).status_code == 302


def test_hanya_unitnya_yang_menulis(dunia: Dunia, masuk: Any, keripik: Produk) -> None:
    baca = masuk(dunia.verifikator_maluku)
    assert "data-antre" not in isi_halaman(baca, url(keripik))
    data = {"kanal": "galeri", "jumlah": "1", "tanggal": teks(1)}
    assert kirim(baca, url(keripik), "jual", **data).status_code == 403
    asing = masuk(dunia.operator_masohi)
    assert kirim(asing, url(keripik), "jual", **data).status_code == 404
    assert kirim(asing, f"/umkm/rutan-kelas-iib-masohi/produk/{keripik.pk}/", "jual", **data).status_code == 404
    assert semua(Penjualan) == []


def test_dua_belas_bulan_dan_tabelnya(klien: Client, ambon: Unit, keripik: Produk) -> None:
    ambon.jual(keripik, 2, tgl(1))
    isi = isi_halaman(klien, url(keripik))
    tabel = isi[isi.index("Lihat tabel") :]
    assert len(re.findall(r"<tr><th scope=\"row\">", tabel[: tabel.index("</table>")])) == 12
    assert Bulan.pada(tgl(1)).nama in tabel
    assert "Rp30.000" in tabel


# One product: files -----------------------------------------------------------------------------------------


def unggah(klien: Client, produk: Produk, aksi: str, nama: str, isi: bytes, **lain: Any) -> Any:
    return kirim(klien, f"{url(produk)}berkas/", aksi, **{nama: SimpleUploadedFile("IMG_1.jpg", isi)}, **lain)


def test_foto_kecil_bersih_dan_hanya_untuk_yang_berhak(
    klien: Client, keripik: Produk, dunia: Dunia, masuk: Any
) -> None:
    jawaban = unggah(klien, keripik, "foto", "foto", foto_berlokasi(), keterangan="Keripik dalam kemasan")
    assert jawaban.status_code == 302
    satu = semua(FotoProduk)[0]
    assert 'alt="Keripik dalam kemasan"' in isi_halaman(klien, url(keripik))
    assert f"{UNIT}foto/{satu.pk}/mini.jpg" in isi_halaman(klien, UNIT)
    assert "foto/" not in isi_halaman(klien, f"{UNIT}?gambar=tanpa").replace("/catatan/foto/", "")
    for alamat in (f"{UNIT}foto/{satu.pk}.jpg", f"{UNIT}foto/{satu.pk}/mini.jpg"):
        gambar = klien.get(alamat)
        assert gambar["Content-Type"] == "image/jpeg"
        assert "no-store" in gambar["Cache-Control"]
        assert "sandbox" in gambar["Content-Security-Policy"]
        assert len(gambar.content) <= FOTO_MAKS
        assert b"Exif" not in gambar.content
        assert masuk(dunia.operator_masohi).get(alamat).status_code == 404
        assert masuk(dunia.verifikator_maluku).get(alamat).status_code == 200
    assert klien.get(f"/umkm/rutan-kelas-iib-masohi/foto/{satu.pk}.jpg").status_code == 404


@pytest.mark.parametrize(
    ("isi", "keterangan", "status", "kata"),
    [
        (b"x" * (UKURAN_MAKS + 9), "Keripik", 413, "terlalu besar"),
        (PDF, "Keripik", 400, "bukan PDF"),
        (b"bukan foto", "Keripik", 415, "bukan foto atau PDF"),
        (b"", "Keripik", 400, "kosong"),
        (foto(), "", 400, "Yang terlihat di foto"),
    ],
)
def test_foto_yang_ditolak_dikatakan_di_bidangnya(
    klien: Client, keripik: Produk, isi: bytes, keterangan: str, status: int, kata: str
) -> None:
    jawaban = unggah(klien, keripik, "foto", "foto", isi, keterangan=keterangan)
    assert jawaban.status_code == status
    halaman = jawaban.content.decode()
    assert kata in halaman
    assert 'id="foto" open' in halaman
    assert "isian-galat" in halaman
    assert semua(FotoProduk) == []


def test_foto_utama_dapat_dipilih(klien: Client, keripik: Produk) -> None:
    for warna in ("navy", "red"):
        unggah(klien, keripik, "foto", "foto", foto(warna=warna), keterangan=warna)
    pertama, kedua = semua(FotoProduk)
    assert kirim(klien, url(keripik), "urut", foto_id=str(kedua.pk)).status_code == 302
    urut = {f.pk: f.urutan for f in semua(FotoProduk)}
    assert urut[kedua.pk] < urut[pertama.pk]
    asing = kirim(klien, url(keripik), "urut", foto_id="999999")
    assert asing.status_code == 400


def test_legalitas_dengan_berkas(klien: Client, keripik: Produk, dunia: Dunia, masuk: Any) -> None:
    data = {"jenis": "halal", "nomor": "ID-81", "terbit": teks(9), "berakhir": tulis_tanggal(tgl(-400))}
    kunci = str(uuid.uuid4())
    for _ in range(2):  # the button pressed twice
        jawaban = unggah(klien, keripik, "legalitas", "berkas_surat", PDF, kunci=kunci, **data)
        assert jawaban.status_code == 302
    satu = semua(Legalitas)[0]
    assert satu.produk_id == keripik.pk
    with terpasang(SISTEM):
        assert Berkas.objects.count() == 1
    berkas = klien.get(f"{UNIT}legalitas/{satu.pk}/berkas/")
    assert berkas.content == PDF
    assert berkas["Content-Disposition"].startswith("attachment")
    assert "no-store" in berkas["Cache-Control"]
    assert masuk(dunia.operator_masohi).get(f"{UNIT}legalitas/{satu.pk}/berkas/").status_code == 404
    assert "sampai" in isi_halaman(klien, url(keripik))


def test_nib_untuk_semua_produk_dan_berkas_menyusul(klien: Client, keripik: Produk) -> None:
    data = {"jenis": "nib", "nomor": "1234567890123", "unit": "on"}
    assert kirim(klien, f"{url(keripik)}berkas/", "legalitas", **data).status_code == 302
    satu = semua(Legalitas)[0]
    assert satu.produk_id is None
    assert klien.get(f"{UNIT}legalitas/{satu.pk}/berkas/").status_code == 404
    kosong = kirim(klien, f"{url(keripik)}berkas/", "berkas", surat_id=str(satu.pk))
    assert kosong.status_code == 400
    assert "Pilih berkasnya dahulu." in kosong.content.decode()
    assert unggah(klien, keripik, "berkas", "berkas_surat", foto(), surat_id=str(satu.pk)).status_code == 302
    assert klien.get(f"{UNIT}legalitas/{satu.pk}/berkas/")["Content-Type"] == "image/jpeg"
    rusak = unggah(klien, keripik, "berkas", "berkas_surat", EICAR, surat_id=str(satu.pk))
    assert rusak.status_code == 415


# The month's account ----------------------------------------------------------------------------------------


BAGI = f"{UNIT}bagi/{BULAN}/"


def test_bagi_hasil_bulat_sampai_rupiah(klien: Client, ambon: Unit, keripik: Produk) -> None:
    ambon.jual(keripik, 10, HARI)
    data = {"biaya": "50.001", "premi": "40.000", "pnbp": "9.999", "operasional": "30.000"}
    assert kirim(klien, BAGI, "bagi", **data).status_code == 302
    with terpasang(SISTEM):
        a = akun(SISTEM, ambon.upt, BULAN)
    assert a.omzet - a.bagi.biaya == a.bagi.premi + a.bagi.pnbp + a.bagi.operasional + a.belum
    assert a.belum == 20_000
    isi = isi_halaman(klien, BAGI)
    assert '<strong data-hasil="belum">Rp20.000</strong>' in isi
    assert f"{UNIT}catatan/penjualan/?bulan={BULAN}" in isi
    assert 'data-antre="tanpa-simpan"' in isi  # a change is not kept by the queue


def test_bagi_hasil_lebih_dari_keuntungan_ditolak(klien: Client, ambon: Unit, keripik: Produk) -> None:
    ambon.jual(keripik, 10, HARI)
    data = {"biaya": "50.000", "premi": "100.001", "pnbp": "", "operasional": ""}
    jawaban = kirim(klien, BAGI, "bagi", **data)
    assert jawaban.status_code == 400
    assert 'href="#bagi_catatan"' in jawaban.content.decode()
    assert "−Rp1<" in jawaban.content.decode()
    assert semua(BagiHasil) == []


def test_bagi_hasil_diubah_dua_orang(klien: Client, ambon: Unit, keripik: Produk) -> None:
    ambon.jual(keripik, 10, HARI)
    kunci = str(uuid.uuid4())
    data = {"biaya": "50.000", "premi": "10.000", "pnbp": "", "operasional": ""}
    assert kirim(klien, BAGI, "bagi", kunci=kunci, json=True, **data).status_code == 201
    assert kirim(klien, BAGI, "bagi", kunci=kunci, json=True, **data).status_code == 200
    tanpa_tahu = kirim(klien, BAGI, "bagi", **{**data, "premi": "20.000"})
    assert tanpa_tahu.status_code == 409
    assert kirim(klien, BAGI, "bagi", revisi="1", **{**data, "premi": "20.000"}).status_code == 302
    assert kirim(klien, BAGI, "bagi", revisi="1", **{**data, "premi": "30.000"}).status_code == 409
    assert [b.premi for b in semua(BagiHasil)] == [20_000]


def test_bulan_yang_belum_tiba(klien: Client) -> None:
    assert klien.get(f"{UNIT}bagi/{BULAN + 1}/").status_code == 404
    assert "Belum ada penjualan" in isi_halaman(klien, f"{UNIT}bagi/{BULAN - 1}/")


# People -----------------------------------------------------------------------------------------------------

ORANG = f"{UNIT}orang/"


def test_jumlah_orang_sejak_tanggal(klien: Client) -> None:
    assert kirim(klien, ORANG, "hitung", orang="14", dari=teks(9)).status_code == 302
    assert kirim(klien, ORANG, "hitung", orang="15", dari=teks(9)).status_code == 302
    assert [(t.orang, t.dari) for t in semua(Tenaga)] == [(15, tgl(9))]
    assert "<strong>15 orang</strong>" in isi_halaman(klien, ORANG)
    assert "15 orang" in isi_halaman(klien, f"{UNIT}orang/")


def test_nomor_register_tidak_pernah_tampil_lagi(klien: Client, keripik: Produk) -> None:
    nomor = "BI.123/2026-045"
    data = {"nomor": nomor, "dari": teks(9)}
    assert kirim(klien, ORANG, "tempatkan", produk_id=str(keripik.pk), **data).status_code == 302
    salah = kirim(klien, ORANG, "tempatkan", produk_id="999999", **data)
    assert salah.status_code == 400
    halaman = isi_halaman(klien, ORANG)
    for isi in (halaman, salah.content.decode()):
        assert "BI.123" not in isi
    assert "•••045" in halaman
    assert "data-antre data-label" not in halaman  # no form of this page is kept by the queue
    with terpasang(SISTEM):
        assert not [x for x in Jejak.objects.all() if "BI.123" in str(x.rincian)]
    jawab = kirim(klien, ORANG, "tempatkan", json=True, **{**data, "nomor": "BI.9/2026-777"})
    assert jawab.status_code == 201
    assert "777" not in jawab.content.decode()


def test_satu_orang_dua_produk_dihitung_satu(klien: Client, ambon: Unit, keripik: Produk) -> None:
    lain = ambon.produk("Batik", golongan="tekstil")
    for produk in (keripik, lain):
        data = {"nomor": "BI 7/2025", "produk_id": str(produk.pk), "dari": teks(9)}
        assert kirim(klien, ORANG, "tempatkan", **data).status_code == 302
    assert "<strong>1 orang</strong>" in isi_halaman(klien, ORANG)
    satu = semua(Pekerja)[0]
    assert kirim(klien, ORANG, "akhiri", pekerja=str(satu.pk), sampai=teks(1)).status_code == 302
    assert semua(Pekerja)[0].sampai == tgl(1)
    assert kirim(klien, ORANG, "akhiri", pekerja="999999", sampai=teks(1)).status_code == 400


# Exhibitions ------------------------------------------------------------------------------------------------

PAMERAN = f"{UNIT}pameran/"
ACARA = {"nama": "IPPAFest 2026", "tempat": "Jakarta", "mulai": teks(5), "selesai": teks(3), "penyelenggara": ""}


def test_pameran_baru_lalu_ikut_dan_hasilnya(klien: Client, ambon: Unit, keripik: Produk) -> None:
    baru = kirim(klien, PAMERAN, "pameran", **ACARA)
    with terpasang(SISTEM):
        acara = Pameran.objects.get()
    assert baru.headers["Location"] == f"{PAMERAN}?pameran={acara.pk}"
    assert 'id="ikut" open' in isi_halaman(klien, baru.headers["Location"])
    ikut = {"pameran_id": str(acara.pk), "ditampilkan": "40", "tindak_lanjut": "Pesanan dinas."}
    assert kirim(klien, PAMERAN, "ikut", **ikut).status_code == 302
    assert kirim(klien, PAMERAN, "ikut", **ikut).status_code == 400  # once is enough
    ambon.jual(keripik, 12, tgl(4), kanal="pameran", pameran_id=acara.pk)
    isi = isi_halaman(klien, PAMERAN)
    assert 'data-judul="Terjual">12<' in isi
    assert "Rp180.000" in isi
    assert "Pesanan dinas." in isi
    assert "IPPAFest 2026" in isi_halaman(klien, UNIT)
    assert "IPPAFest 2026" in isi_halaman(klien, url(keripik))  # offered while it is near
    assert len(semua(PesertaPameran)) == 1


def test_pameran_mirip_ditawarkan_dahulu(klien: Client, masuk: Any, dunia: Dunia) -> None:
    kirim(klien, PAMERAN, "pameran", **ACARA)
    lain = {**ACARA, "nama": "IPPA Fest 2026", "mulai": teks(4)}
    mirip = kirim(klien, PAMERAN, "pameran", **lain)
    assert mirip.status_code == 409
    with terpasang(SISTEM):
        acara = Pameran.objects.get()
    assert f"{PAMERAN}?pameran={acara.pk}" in mirip.content.decode()
    assert 'name="lain_pameran"' in mirip.content.decode()
    assert kirim(klien, PAMERAN, "pameran", lain_pameran="on", **lain).status_code == 302
    with terpasang(SISTEM):
        assert Pameran.objects.count() == 2
    cari = isi_halaman(klien, f"{PAMERAN}?cari=ippafest jakarta")
    assert f"?pameran={acara.pk}" in cari
    assert "Tidak ada pameran dengan kata itu" in isi_halaman(klien, f"{PAMERAN}?cari=xyzzy")
    assert kirim(masuk(dunia.verifikator_maluku), PAMERAN, "pameran", **ACARA).status_code == 403


def test_pameran_yang_diikuti_menjadi_pilihan_tempat_menjual(klien: Client, ambon: Unit, keripik: Produk) -> None:
    kirim(klien, PAMERAN, "pameran", **ACARA)
    with terpasang(SISTEM):
        acara = Pameran.objects.get()
    ambon.catat(j.PESERTA, pameran_id=acara.pk, ditampilkan=40)
    assert f'value="pameran:{acara.pk}"' in isi_halaman(klien, url(keripik))
    data = {"jumlah": "5", "tanggal": teks(4)}
    assert kirim(klien, url(keripik), "jual", kanal=f"pameran:{acara.pk}", **data).status_code == 302
    (jual,) = semua(Penjualan)
    assert (jual.kanal, jual.pameran_id, jual.nilai) == ("pameran", acara.pk, 75_000)
    for palsu in ("pameran:999999", "pameran:²", "pameran:"):
        assert kirim(klien, url(keripik), "jual", kanal=palsu, **data).status_code == 400
    assert len(semua(Penjualan)) == 1


def test_harga_lama_tinggal_disimpan_lagi(klien: Client, ambon: Unit) -> None:
    satu = ambon.produk()
    ambon.harga(satu, dari=tgl(184))
    assert re.search(r'id="harga_harga"[^>]*', isi_halaman(klien, url(satu)))
    assert re.search(r'<input[^>]*value="15.000"[^>]*id="harga_harga"', isi_halaman(klien, url(satu)))
    assert kirim(klien, url(satu), "harga", harga="15.000", dari=teks(0)).status_code == 302
    assert "belum diperbarui" not in isi_halaman(klien, url(satu))


def test_harga_hari_yang_sama_diperbaiki(klien: Client, ambon: Unit) -> None:
    satu, kunci = ambon.produk(), str(uuid.uuid4())
    for harga, kunci_kirim in (("15.000", kunci), ("17.500", ""), ("15.000", kunci)):  # the first comes once more
        assert kirim(klien, url(satu), "harga", harga=harga, dari=teks(0), kunci=kunci_kirim).status_code == 302
    assert [h.harga for h in semua(Harga)] == [17_500]


def test_produk_baru_menunjukkan_halaman_produknya(klien: Client, ambon: Unit) -> None:
    satu = ambon.produk()
    baris = isi_halaman(klien, f"{UNIT}catatan/produk/{satu.pk}/?baru=1")
    assert f'class="tombol" href="{url(satu)}"' in baris
    baru = isi_halaman(klien, f"{UNIT}catatan/produk/baru/")
    assert baru.index("Isian lain") < baru.index('name="berhenti"')
    salah = klien.post(f"{UNIT}catatan/produk/baru/", {"kunci": str(uuid.uuid4()), "nama": "Sapu"})
    assert re.search(r"<details open><summary>Isian lain", salah.content.decode())


# Where F07 comes from ---------------------------------------------------------------------------------------


def test_f07_bulan_ini_terbuka_sampai_catatannya(klien: Client, ambon: Unit, keripik: Produk) -> None:
    ambon.jual(keripik, 10, HARI)
    bagi = ambon.catat(j.BAGI_HASIL, bulan=BULAN.awal, biaya=40_000, premi=30_000)
    isi = isi_halaman(klien, f"{UNIT}asal/{BULAN}/")
    with terpasang(SISTEM):
        angka = f07(ambon.upt, BULAN)
    baris = re.search(r'<div id="kanal_galeri_jual">.*?</div>', isi, re.S)
    assert baris is not None
    assert tulis_angka(angka["kanal_galeri_jual"].nilai, "rupiah") in baris[0]
    assert f"/umkm/buka/produk/{keripik.pk}/" in baris[0]
    assert f"/umkm/buka/bagi_hasil/{bagi.pk}/" in isi
    assert f'<th scope="row"><a href="{url(keripik)}">Keripik pisang</a></th>' in isi
    for kode, satu in angka.items():
        if hasattr(satu, "nilai"):
            assert f'id="{kode}"' in isi, kode


def test_f07_bulan_tanpa_register(klien: Client) -> None:
    isi = isi_halaman(klien, f"{UNIT}asal/{BULAN}/")
    assert "Register tidak mencatat apa-apa" in isi
    lama = isi_halaman(klien, f"{UNIT}asal/2019-01/")
    assert "mengetik" in lama
