"""The unit's own pages of the food register: at a glance, one plot in the field, people, and where F06 comes from."""

from __future__ import annotations

import io
import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pangan import jenis as j
from pangan.foto import UKURAN_FOTO, kecilkan
from pangan.keadaan import keadaan_petak, saldo_hewan
from pangan.models import MutasiHewan, Panen, Pemakaian, Pemanfaatan, Penempatan, Petak, Siklus, Tenaga
from pangan.selectors_orang import orang_pada
from pangan.selectors_unit import stok, tugas_unit
from pelaporan.lampiran.batas import UKURAN_MAKS
from pemasyarakatan.inti.waktu import Bulan, hari_ini, tulis_tanggal
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.pangan.bantu import Kebun
from tests.pelaporan.bahan_berkas import PDF, foto, foto_berlokasi
from tests.pelaporan.bantu import kueri
from upt.cakupan import SISTEM, terpasang

HARI = hari_ini("WIT")
JANUARI = Bulan(2026, 1)
UNIT = "/pangan/lapas-kelas-iia-ambon/"
BESAR = b"x" * (UKURAN_MAKS + 9)
JSON = {"Accept": "application/json"}


def tgl(lalu: int) -> str:
    return tulis_tanggal(HARI - timedelta(days=lalu))


@pytest.fixture
def klien(dunia: Dunia, masuk: Any) -> Client:
    satu: Client = masuk(dunia.operator_ambon)
    return satu


def petak_url(petak: Petak) -> str:
    return f"{UNIT}petak/{petak.pk}/"


def kirim(klien: Client, petak: Petak, aksi: str, *, kunci: str = "", json: bool = False, **isi: Any) -> Any:
    data = {"aksi": aksi, "kunci": kunci or str(uuid.uuid4()), **isi}
    return klien.post(petak_url(petak), data, headers=JSON if json else {})


def semua(model: Any) -> list[Any]:
    with terpasang(SISTEM):
        return list(model.objects.hidup().order_by("pk"))


# Where everybody begins -------------------------------------------------------------------------------------


def test_orang_satu_unit_langsung_ke_unitnya(klien: Client) -> None:
    assert klien.get("/pangan/").headers["Location"] == UNIT


def test_kanwil_dan_pusat_tidak_tersesat(dunia: Dunia, masuk: Any) -> None:
    for orang in (dunia.verifikator_maluku, dunia.peninjau):
        jawaban = masuk(orang).get("/pangan/")
        assert jawaban.status_code in (200, 302)
        if jawaban.status_code == 200:
            assert UNIT in jawaban.content.decode()
        else:
            assert "/pangan/" in jawaban.headers["Location"]


def test_tanpa_penugasan_ditolak(dunia: Dunia, masuk: Any) -> None:
    assert masuk(dunia.asing).get("/pangan/").status_code == 403


# At a glance ------------------------------------------------------------------------------------------------


def test_register_kosong_menunjukkan_langkah_pertama(klien: Client) -> None:
    isi = klien.get(UNIT).content.decode()
    assert "Belum ada petak" in isi
    assert f"{UNIT}catatan/petak/baru/" in isi


def test_angka_bulan_ini_dan_persediaan(klien: Client, kebun: Kebun, dunia: Dunia) -> None:
    """Opening + harvest - use = stock, in the commodity's own unit; the page shows what the rows add up to."""
    petak = kebun.petak(1500)
    kebun.pakai(petak, luas="1000")
    siklus = kebun.tanam(petak, "kangkung", tgl(90), perkiraan_panen=tgl(60), setuju="luas_siklus_lebih")
    kebun.panen(siklus, "30", tgl(50), setuju="hasil_tinggi hasil_rendah")
    kebun.keluar("kangkung", "12,5", tgl(49))
    with terpasang(SISTEM):
        lalu = Bulan.pada(HARI - timedelta(days=50))
        satu = stok(SISTEM, dunia.ambon, lalu)[0]
        kini = stok(SISTEM, dunia.ambon, Bulan.pada(HARI))[0]
    assert (satu.awal, satu.panen, satu.keluar, satu.akhir, satu.satuan) == (0, 30, 12.5, 17.5, "kg")
    assert (kini.awal, kini.panen, kini.keluar, kini.akhir) == (17.5, 0, 0, 17.5)
    isi = klien.get(UNIT).content.decode()
    assert "1.000 m²" in isi
    assert "500 m² lahan tidur" in isi
    assert "17,5 kg" in isi


def test_telur_dan_ayamnya_dua_persediaan(kebun: Kebun, dunia: Dunia) -> None:
    kandang = kebun.petak(60, wujud="kandang")
    kebun.pakai(kandang, "peternakan")
    siklus = kebun.tanam(kandang, "ayam_petelur", "1 Desember 2025", ekor="50", setuju="klaster_lain")
    setuju = "panen_dini satuan_lain"
    kebun.panen(siklus, "40", "10 Januari 2026", setuju=setuju)
    kebun.panen(siklus, "3", "11 Januari 2026", satuan="ekor", berat_kg="5,4", setuju=setuju)
    with terpasang(SISTEM):
        semua_stok = {s.satuan: s.akhir for s in stok(SISTEM, dunia.ambon, JANUARI)}
    assert semua_stok == {"butir": 40, "ekor": 3}


def test_hewan_awal_tambah_masuk_kurang_keluar(kebun: Kebun, dunia: Dunia) -> None:
    kolam = kebun.petak(60, wujud="kolam")
    kebun.pakai(kolam, "perikanan")
    siklus = kebun.tanam(kolam, "nila", "1 November 2025", ekor="500")
    for jenis, ekor, hari in (("mati", "20", "5 Desember 2025"), ("masuk", "40", "6 Januari 2026")):
        kebun.tulis(j.MUTASI, siklus_id=siklus.pk, tanggal=hari, jenis=jenis, ekor=ekor, alasan="Cuaca")
    kebun.panen(siklus, "15", "20 Januari 2026", ekor="60", setuju="panen_dini berat_janggal hasil_tinggi")
    with terpasang(SISTEM):
        satu = saldo_hewan(SISTEM, dunia.ambon, JANUARI)[0]
        baru = saldo_hewan(SISTEM, dunia.ambon, Bulan(2025, 11))[0]
    assert (satu.awal, satu.masuk, satu.keluar, satu.akhir) == (480, 40, 60, 460)
    assert (baru.awal, baru.masuk, baru.keluar, baru.akhir) == (0, 500, 0, 500)
    assert satu.terakhir == date(2026, 1, 20)


def test_pekerjaan_yang_menunggu(kebun: Kebun, dunia: Dunia) -> None:
    """A late harvest, idle land, animals nobody counted, produce nobody used: each once, late ones first."""
    petak = kebun.petak(100, nama="Kebun A")
    kebun.pakai(petak)
    siklus = kebun.tanam(petak, "kangkung", tgl(100), perkiraan_panen=tgl(70))
    kebun.panen(siklus, "10", tgl(60), setuju="hasil_rendah hasil_tinggi")
    jagung = kebun.petak(100, nama="Ladang B")
    kebun.pakai(jagung, "pertanian")
    kebun.tanam(jagung, "jagung", tgl(120))
    kebun.petak(800, nama="Tanah C", setuju="tidur_tanpa_rencana")
    kolam = kebun.petak(60, nama="Kolam D", wujud="kolam")
    kebun.pakai(kolam, "perikanan")
    kebun.tanam(kolam, "lele", tgl(40), ekor="300", perkiraan_panen=tgl(-60))
    with terpasang(SISTEM):
        keadaan = keadaan_petak(SISTEM, dunia.ambon, HARI)
        tugas = tugas_unit(dunia.ambon, keadaan, stok(SISTEM, dunia.ambon, Bulan.pada(HARI)), HARI)
    label = [t.label for t in tugas]
    assert "Panen Jagung, Ladang B" in label
    assert "Rencanakan Tanah C" in label
    assert any(teks.startswith("Hitung") and teks.endswith("Kolam D") for teks in label)
    assert "Persediaan Kangkung" in label
    lewat = [t.lewat for t in tugas]
    assert lewat == sorted(lewat, reverse=True)
    assert len(set(label)) == len(label)


def test_yang_dipanen_berulang_tidak_disebut_terlambat(kebun: Kebun, dunia: Dunia) -> None:
    petak = kebun.petak(100)
    kebun.pakai(petak)
    siklus = kebun.tanam(petak, "cabai_rawit", tgl(150))
    with terpasang(SISTEM):
        assert keadaan_petak(SISTEM, dunia.ambon, HARI)[0].siklus[0].lewat
    kebun.panen(siklus, "5", tgl(2), setuju="hasil_rendah hasil_tinggi")
    with terpasang(SISTEM):
        satu = keadaan_petak(SISTEM, dunia.ambon, HARI)[0].siklus[0]
    assert not satu.lewat
    assert satu.kata_panen == "sedang dipanen"


def test_kueri_tidak_bertambah_dengan_petak(klien: Client, kebun: Kebun) -> None:
    kebun.kebun_kangkung()
    sedikit = len(kueri(klien, UNIT))
    for n in range(6):
        petak = kebun.petak(100, nama=f"Kebun {n}")
        kebun.pakai(petak)
        kebun.panen(kebun.tanam(petak), setuju="hasil_rendah hasil_tinggi")
    assert len(kueri(klien, UNIT)) <= sedikit


def test_kartu_atau_tabel_menurut_alamat(klien: Client, kebun: Kebun) -> None:
    petak, _ = kebun.kebun_kangkung()
    assert "<tfoot>" not in klien.get(UNIT).content.decode()
    tabel = klien.get(f"{UNIT}?tampil=tabel").content.decode()
    assert f"{petak.kode} {petak.nama}" in tabel
    assert klien.get(f"{UNIT}?tampil=aneh").status_code == 200


def test_unit_lain_tidak_ada(kebun: Kebun, dunia: Dunia, masuk: Any) -> None:
    petak, _ = kebun.kebun_kangkung()
    for orang in (dunia.operator_masohi, dunia.verifikator_riau):
        lain = masuk(orang)
        for url in (UNIT, petak_url(petak), f"{UNIT}orang/", f"{UNIT}asal/2026-01/", f"{petak_url(petak)}foto/"):
            assert lain.get(url).status_code == 404
    # a plot of another unit is not reached through one's own address either
    assert masuk(dunia.operator_masohi).get(f"/pangan/rutan-kelas-iib-masohi/petak/{petak.pk}/").status_code == 404


# One plot in the field --------------------------------------------------------------------------------------


def test_tanam_di_lahan_tidur_memulai_pemanfaatannya(klien: Client, kebun: Kebun) -> None:
    petak = kebun.petak(800, setuju="tidur_tanpa_rencana")
    jawaban = kirim(klien, petak, "tanam", komoditas="jagung", tanam=tgl(3))
    assert jawaban.status_code == 302
    pakai, siklus = semua(Pemanfaatan)[0], semua(Siklus)[0]
    assert (pakai.klaster, pakai.luas, pakai.dari) == ("pertanian", 800, HARI - timedelta(days=3))
    assert (siklus.klaster, siklus.perkiraan_panen) == ("pertanian", HARI + timedelta(days=97))
    isi = klien.get(petak_url(petak)).content.decode()
    assert "Tanam atau tebar tercatat." in isi
    assert "panen 97 hari lagi" in isi


def test_petak_kosong_boleh_ditanami_klaster_lain(klien: Client, kebun: Kebun) -> None:
    """The use of the plot changes with what is planted; where something still grows it does not."""
    petak = kebun.petak(800)
    kebun.pakai(petak, "pertanian", "1 Januari 2025", luas="600")
    assert "Hortikultura (petak ini berganti klaster)" in klien.get(petak_url(petak)).content.decode()
    kunci = str(uuid.uuid4())
    isi = {"komoditas": "kangkung", "tanam": tgl(3), "luas": "50"}
    assert kirim(klien, petak, "tanam", kunci=kunci, json=True, **isi).status_code == 201
    assert kirim(klien, petak, "tanam", kunci=kunci, json=True, **isi).status_code == 200
    lama, baru = sorted(semua(Pemanfaatan), key=lambda m: m.dari)
    assert (lama.klaster, lama.sampai) == ("pertanian", HARI - timedelta(days=4))
    assert (baru.klaster, baru.luas, baru.sampai) == ("hortikultura", 600, None)
    assert [s.klaster for s in semua(Siklus)] == ["hortikultura"]

    assert "berganti klaster" not in klien.get(petak_url(petak)).content.decode()
    kirim(klien, petak, "tanam", json=True, komoditas="jagung", tanam=tgl(1))
    assert len(semua(Pemanfaatan)) == 2


def test_yang_dipanen_hari_ini_ditawarkan_dipakai(klien: Client, kebun: Kebun) -> None:
    """The next act stands first, with the produce chosen, and what was noted stands among the last notes."""
    petak = kebun.petak(100)
    kebun.pakai(petak)
    siklus = kebun.tanam(petak, "kangkung", tgl(30))
    url = petak_url(petak)
    assert _pertama(klien, url) == "panen"
    assert kirim(klien, petak, "panen", siklus_id=siklus.pk, jumlah="12,5", tanggal=tgl(0)).status_code == 302
    assert _pertama(klien, url) == "pakai"
    isi = klien.get(url).content.decode()
    assert '<option value="kangkung" selected>' in isi
    assert "Masih ada di unit: Kangkung 12,5 kg" in isi
    keluar = {"komoditas": "kangkung", "tujuan": "dapur", "jumlah": "12,5", "tanggal": tgl(0)}
    assert kirim(klien, petak, "pakai", **keluar).status_code == 302
    assert _pertama(klien, url) == "panen"
    assert "Dapur UPT: Kangkung 12,5 kg" in klien.get(url).content.decode()


def _pertama(klien: Client, url: str) -> str:
    cocok = re.search(r'<details id="(\w+)"', klien.get(url).content.decode())
    assert cocok
    return cocok[1]


def test_panen_terakhir_mengakhiri_siklus_dan_sekali_saja(klien: Client, kebun: Kebun) -> None:
    petak, siklus = kebun.kebun_kangkung()
    kunci = str(uuid.uuid4())
    isi = {"siklus_id": siklus.pk, "jumlah": "40", "tanggal": "10 Januari 2026", "terakhir": "on"}
    pertama = kirim(klien, petak, "panen", kunci=kunci, json=True, **isi)
    assert pertama.status_code == 201, pertama.content
    assert pertama.json()["url"].startswith(petak_url(petak))
    # the same entry again, although the cycle has ended: what the queue does when the answer was lost
    kedua = kirim(klien, petak, "panen", kunci=kunci, json=True, **isi)
    assert kedua.status_code == 200, kedua.content
    assert len(semua(Panen)) == 1
    siklus = semua(Siklus)[0]
    assert (siklus.akhir, siklus.selesai) == ("panen", date(2026, 1, 10))
    assert siklus.revisi == 2


def test_yang_janggal_ditanyakan_di_tempat(klien: Client, kebun: Kebun) -> None:
    petak, siklus = kebun.kebun_kangkung()
    isi = {"siklus_id": siklus.pk, "jumlah": "40", "tanggal": "6 Desember 2025"}
    jawaban = kirim(klien, petak, "panen", **isi)
    assert jawaban.status_code == 422
    halaman = jawaban.content.decode()
    assert 'value="panen_dini"' in halaman
    assert '<details id="panen" open>' in halaman
    assert 'value="40"' in halaman
    assert semua(Panen) == []
    tanpa_alasan = kirim(klien, petak, "panen", setuju="panen_dini", **isi)
    assert tanpa_alasan.status_code == 422
    jawaban = kirim(klien, petak, "panen", setuju="panen_dini", alasan_tanya="Panen muda untuk dapur.", **isi)
    assert jawaban.status_code == 302
    assert semua(Panen)[0].jumlah == 40


def test_antrean_menerima_galat_sebagai_data(klien: Client, kebun: Kebun) -> None:
    petak, siklus = kebun.kebun_kangkung()
    salah = kirim(klien, petak, "panen", json=True, siklus_id=siklus.pk, jumlah="1,2,3", tanggal=tgl(0))
    assert salah.status_code == 400
    assert "jumlah" in salah.json()["bidang"]
    tanya = kirim(klien, petak, "panen", json=True, siklus_id=siklus.pk, jumlah="4", tanggal="6 Desember 2025")
    assert tanya.status_code == 422
    assert [t["kode"] for t in tanya.json()["temuan"]] == ["panen_dini"]


def test_catatan_orang_lain_di_perangkat_bersama_menunggu(klien: Client, kebun: Kebun, dunia: Dunia) -> None:
    petak, siklus = kebun.kebun_kangkung()
    isi = {"siklus_id": siklus.pk, "jumlah": "40", "tanggal": "10 Januari 2026"}
    jawaban = kirim(klien, petak, "panen", json=True, pengirim=dunia.kepala_ambon.pk, **isi)
    assert jawaban.status_code == 403
    assert jawaban.json()["ulang"] is True
    assert semua(Panen) == []


def test_angka_yang_rancu_ditanyakan_bukan_ditebak(klien: Client, kebun: Kebun) -> None:
    petak, siklus = kebun.kebun_kangkung()
    jawaban = kirim(klien, petak, "panen", siklus_id=siklus.pk, jumlah="1.5", tanggal="10 Januari 2026")
    assert jawaban.status_code == 400
    assert "Betul?" in jawaban.content.decode()
    assert semua(Panen) == []


def test_pakai_menawarkan_yang_ada_di_persediaan(klien: Client, kebun: Kebun) -> None:
    petak, siklus = kebun.kebun_kangkung()
    kebun.panen(siklus)
    halaman = klien.get(petak_url(petak)).content.decode()
    form = re.search(r'<details id="pakai".*?</details>', halaman, re.S)
    assert form is not None
    assert "Kangkung, ada 40 kg" in form[0]
    assert "Jagung" not in form[0]
    isi = {"komoditas": "kangkung", "tujuan": "dapur", "jumlah": "15,5", "tanggal": "12 Januari 2026"}
    kunci = str(uuid.uuid4())
    assert kirim(klien, petak, "pakai", kunci=kunci, json=True, **isi).status_code == 201
    kirim(klien, petak, "pakai", **{**isi, "jumlah": "24,5"})  # nothing is left now
    assert kirim(klien, petak, "pakai", kunci=kunci, json=True, **isi).status_code == 200  # and still the same entry
    assert [p.jumlah for p in semua(Pemakaian)] == [15.5, 24.5]
    lebih = kirim(klien, petak, "pakai", json=True, **{**isi, "jumlah": "1"})
    assert "tersedia" in lebih.json()["pesan"]


def test_mati_hanya_untuk_hewan(klien: Client, kebun: Kebun) -> None:
    petak, _ = kebun.kebun_kangkung()
    assert 'id="mati"' not in klien.get(petak_url(petak)).content.decode()
    kolam = kebun.petak(60, wujud="kolam")
    kebun.pakai(kolam, "perikanan")
    siklus = kebun.tanam(kolam, "nila", ekor="500")
    assert 'id="mati"' in klien.get(petak_url(kolam)).content.decode()
    isi = {"siklus_id": siklus.pk, "jenis": "mati", "ekor": "12", "alasan": "Air keruh", "tanggal": "5 Januari 2026"}
    assert kirim(klien, kolam, "mati", **isi).status_code == 302
    assert semua(MutasiHewan)[0].ekor == 12
    assert "488 ekor" in klien.get(petak_url(kolam)).content.decode()


def test_gagal_dengan_sebab_dan_ganti_pemanfaatan(klien: Client, kebun: Kebun) -> None:
    petak, siklus = kebun.kebun_kangkung()
    isi = {"siklus_id": siklus.pk, "akhir": "gagal", "selesai": "20 Januari 2026"}
    assert kirim(klien, petak, "selesai", **isi).status_code in (400, 422)  # no reason
    assert kirim(klien, petak, "selesai", alasan_gagal="Banjir", **isi).status_code == 302
    kunci = str(uuid.uuid4())
    ganti = {"klaster": "pertanian", "dari": "1 Februari 2026"}
    assert kirim(klien, petak, "ganti", kunci=kunci, json=True, **ganti).status_code == 201
    assert kirim(klien, petak, "ganti", kunci=kunci, json=True, **ganti).status_code == 200
    lama, baru = semua(Pemanfaatan)
    assert lama.sampai == date(2026, 1, 31)
    assert (baru.klaster, baru.luas, baru.sampai) == ("pertanian", 100, None)
    assert kirim(klien, petak, "ganti", klaster="", dari="1 Maret 2026").status_code == 302
    assert semua(Pemanfaatan)[1].sampai == date(2026, 2, 28)


def test_rencana_lahan_tidur(klien: Client, kebun: Kebun) -> None:
    petak = kebun.petak(800, setuju="tidur_tanpa_rencana")
    assert kirim(klien, petak, "rencana", rencana="Ditanami ubi", rencana_mulai="1 Desember 2027").status_code == 302
    assert kebun.segar(petak).rencana == "Ditanami ubi"
    assert "Rencana: Ditanami ubi" in klien.get(petak_url(petak)).content.decode()


def test_siklus_petak_lain_ditolak(klien: Client, kebun: Kebun) -> None:
    petak, _ = kebun.kebun_kangkung()
    lain = kebun.petak(50, nama="Lain")
    kebun.pakai(lain)
    asing = kebun.tanam(lain)
    jawaban = kirim(klien, petak, "panen", json=True, siklus_id=asing.pk, jumlah="4", tanggal="10 Januari 2026")
    assert jawaban.status_code == 400
    assert semua(Panen) == []


def test_pembaca_melihat_tanpa_mencatat(kebun: Kebun, dunia: Dunia, masuk: Any) -> None:
    petak, siklus = kebun.kebun_kangkung()
    kanwil = masuk(dunia.verifikator_maluku)
    assert "data-antre" not in kanwil.get(petak_url(petak)).content.decode()
    jawaban = kirim(kanwil, petak, "panen", siklus_id=siklus.pk, jumlah="4", tanggal="10 Januari 2026")
    assert jawaban.status_code == 403
    assert kirim(kanwil, petak, "aneh").status_code == 403


@pytest.mark.parametrize(
    ("isi", "kode"),
    [({"aksi": "aneh"}, 404), ({"aksi": "panen", "kunci": "x"}, 400), ({}, 400), ({"aksi": "panen"}, 400)],
)
def test_kiriman_rusak_dijawab(klien: Client, kebun: Kebun, isi: dict[str, str], kode: int) -> None:
    petak, _ = kebun.kebun_kangkung()
    data = {"kunci": str(uuid.uuid4()), **isi} if isi else {}
    assert klien.post(petak_url(petak), data).status_code == kode
    assert semua(Panen) == []


# The photo --------------------------------------------------------------------------------------------------


def unggah(klien: Client, petak: Petak, isi: bytes, nama: str = "IMG_01.jpg") -> Any:
    return klien.post(f"{petak_url(petak)}foto/ganti/", {"foto": SimpleUploadedFile(nama, isi)})


def test_foto_digambar_ulang_dikecilkan_dan_tidak_disimpan_peramban(klien: Client, kebun: Kebun) -> None:
    petak, _ = kebun.kebun_kangkung()
    assert klien.get(f"{petak_url(petak)}foto/").status_code == 404
    assert unggah(klien, petak, foto_berlokasi()).status_code == 302
    jawaban = klien.get(f"{petak_url(petak)}foto/")
    assert jawaban.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in jawaban.headers["Cache-Control"]
    assert jawaban.headers["X-Content-Type-Options"] == "nosniff"
    assert b"KameraRahasia" not in jawaban.content
    assert b"komentar-rahasia" not in jawaban.content
    assert 'loading="lazy"' in klien.get(UNIT).content.decode()
    with terpasang(SISTEM):
        assert Jejak.objects.filter(tindakan="register_ubah", objek__icontains="petak").exists()


def test_foto_besar_menjadi_paling_besar_seratus_kilobyte() -> None:
    import random

    acak = random.Random(7).randbytes(1600 * 1200 * 3)
    gambar = Image.frombytes("RGB", (1600, 1200), acak)  # noise is the worst case of a JPEG
    keluaran = io.BytesIO()
    gambar.save(keluaran, "JPEG", quality=82)
    kecil = kecilkan(keluaran.getvalue())
    assert len(kecil) <= UKURAN_FOTO
    assert Image.open(io.BytesIO(kecil)).format == "JPEG"


@pytest.mark.parametrize(
    ("isi", "kode"),
    [(b"", 400), (PDF, 400), (b"<html>bukan foto</html>", 415), (b"\xff\xd8\xff rusak", 400), (BESAR, 413)],
    ids=["kosong", "pdf", "html", "rusak", "besar"],
)
def test_bukan_foto_ditolak_dengan_kalimat(klien: Client, kebun: Kebun, isi: bytes, kode: int) -> None:
    petak, _ = kebun.kebun_kangkung()
    jawaban = unggah(klien, petak, isi)
    assert jawaban.status_code == kode
    assert 'id="ringkasan-galat"' in jawaban.content.decode()
    assert kebun.segar(petak).foto_id is None


def test_foto_tidak_menunggu_jawaban_tentang_petaknya(klien: Client, kebun: Kebun) -> None:
    """A plot that lies idle without a plan is asked about when its data change, not when it gets a photo."""
    petak = kebun.petak(800, setuju="tidur_tanpa_rencana")
    assert unggah(klien, petak, foto()).status_code == 302
    assert kebun.segar(petak).foto_id is not None


# People -----------------------------------------------------------------------------------------------------


def orang(klien: Client, aksi: str, **isi: Any) -> Any:
    return klien.post(f"{UNIT}orang/", {"aksi": aksi, "kunci": str(uuid.uuid4()), **isi})


def test_jumlah_orang_per_klaster_dan_seluruhnya(klien: Client, kebun: Kebun, dunia: Dunia) -> None:
    isi = {"wbp_": "12", "wbp_hortikultura": "8", "wbp_perikanan": "6", "petugas": "2", "dari": tgl(5)}
    assert orang(klien, "hitung", **isi).status_code == 302
    with terpasang(SISTEM):
        kini = orang_pada(SISTEM, dunia.ambon, HARI)
        lama = orang_pada(SISTEM, dunia.ambon, HARI - timedelta(days=6))
    assert (kini.menurut_nomor, kini.wbp, kini.petugas) == (False, 12, 2)
    assert kini.per_klaster == {"hortikultura": 8, "perikanan": 6}
    assert lama.wbp is None
    halaman = klien.get(f"{UNIT}orang/").content.decode()
    assert "mencatat warga binaan dengan jumlah" in halaman
    # one person counted once cannot be more than all clusters together
    assert orang(klien, "hitung", **{**isi, "wbp_": "20"}).status_code == 400
    assert len(semua(Tenaga)) == 4


def test_nomor_register_tidak_pernah_tampil_lagi(klien: Client, kebun: Kebun, dunia: Dunia) -> None:
    nomor = "BI.123/2025/XYZ045"
    assert orang(klien, "tempatkan", nomor=nomor, klaster="hortikultura", dari=tgl(5)).status_code == 302
    salah = orang(klien, "tempatkan", nomor=nomor, klaster="tak-ada", dari=tgl(5))
    assert salah.status_code == 400
    halaman = klien.get(f"{UNIT}orang/").content.decode()
    for isi in (halaman, salah.content.decode()):
        assert nomor not in isi
        assert "BI.123" not in isi
    assert "•••045" in halaman
    assert 'data-antre="tanpa-simpan"' in halaman
    assert "data-antre data-label" not in halaman  # no form of this page is kept by the queue
    with terpasang(SISTEM):
        assert orang_pada(SISTEM, dunia.ambon, HARI).wbp == 1
        assert not [x for x in Jejak.objects.all() if "BI.123" in str(x.rincian)]


def test_orang_di_dua_klaster_satu_kali_dan_dapat_diakhiri(klien: Client, kebun: Kebun, dunia: Dunia) -> None:
    for klaster in ("hortikultura", "perikanan"):
        assert orang(klien, "tempatkan", nomor="BI 77/2025", klaster=klaster, dari=tgl(20)).status_code == 302
    with terpasang(SISTEM):
        kini = orang_pada(SISTEM, dunia.ambon, HARI)
    assert kini.wbp == 1
    assert kini.per_klaster == {"hortikultura": 1, "perikanan": 1}
    satu = semua(Penempatan)[0]
    assert orang(klien, "akhiri", penempatan=satu.pk, sampai=tgl(3)).status_code == 302
    assert kebun.segar(satu).sampai == HARI - timedelta(days=3)
    with terpasang(SISTEM):
        assert orang_pada(SISTEM, dunia.ambon, HARI).per_klaster == {"perikanan": 1}
    assert orang(klien, "akhiri", penempatan=999999, sampai=tgl(3)).status_code == 400


def test_orang_hanya_dicatat_unitnya(dunia: Dunia, masuk: Any) -> None:
    assert orang(masuk(dunia.verifikator_maluku), "hitung", **{"wbp_": "1", "dari": tgl(1)}).status_code == 403
    assert orang(masuk(dunia.operator_masohi), "hitung", **{"wbp_": "1", "dari": tgl(1)}).status_code == 404
    assert semua(Tenaga) == []


# Where F06 comes from ---------------------------------------------------------------------------------------


def test_asal_bulan_tanpa_register(klien: Client) -> None:
    isi = klien.get(f"{UNIT}asal/2026-01/").content.decode()
    assert "Register tidak mencatat apa-apa" in isi
    assert klien.get(f"{UNIT}asal/2026-13/").status_code == 404


def test_setiap_angka_terbuka_sampai_panennya(klien: Client, kebun: Kebun) -> None:
    petak, siklus = kebun.kebun_kangkung()
    panen = kebun.panen(siklus)
    isi = klien.get(f"{UNIT}asal/2026-01/").content.decode()
    baris = re.search(r'<div id="klaster_hortikultura_panen">.*?</div>', isi, re.S)
    assert baris is not None
    assert "<strong>40 kg</strong>" in baris[0]
    assert f"{UNIT}catatan/panen/{panen.pk}/" in baris[0]
    lahan = re.search(r'<div id="klaster_hortikultura_lahan">.*?</div>', isi, re.S)
    assert lahan is not None
    assert petak_url(petak) in lahan[0]


def test_beranda_unit_menaut_ke_register(klien: Client) -> None:
    assert f'href="{UNIT}"' in klien.get("/upt/lapas-kelas-iia-ambon/").content.decode()
