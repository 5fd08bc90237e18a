"""The job machinery on a real database: asking, doing once, cancelling, taking over, parking, expiring."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.models import Jejak
from pemasyarakatan.pekerjaan import services
from pemasyarakatan.pekerjaan.models import BerkasHasil, Pekerjaan
from pemasyarakatan.pekerjaan.selectors import keadaan, perkiraan
from pemasyarakatan.pekerjaan.services import Berkas, TerlaluBanyak, jalankan_pekerjaan
from tests.pekerjaan.bantu import baca, minta_sebagai, tiga_langkah
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import Penugasan


def _ubah(pekerjaan: Pekerjaan, **nilai: Any) -> None:
    with penjaga.sistem():
        Pekerjaan.objects.filter(pk=pekerjaan.pk).update(**nilai)


def _berkas(pekerjaan: Pekerjaan) -> list[BerkasHasil]:
    with penjaga.sistem():
        return list(BerkasHasil.objects.filter(pekerjaan=pekerjaan))


def test_permintaan_selesai_dengan_berkas_dan_jejak(dunia: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau, bulan="2026-01")
    jalankan_pekerjaan(pekerjaan.pk)
    hasil = baca(pekerjaan)
    assert (hasil.status, hasil.selesai, hasil.total, hasil.percobaan) == ("SELESAI", 3, 3, 1)
    (berkas,) = _berkas(pekerjaan)
    assert (bytes(berkas.isi), berkas.ukuran, berkas.pengguna_id) == (b"isi hasil", 9, dunia.peninjau.pk)
    with terpasang(SISTEM):
        assert Jejak.objects.filter(objek_id=str(pekerjaan.pk), tindakan="minta_pekerjaan").count() == 1


def test_tanpa_hak_ditolak_dan_tidak_ada_yang_tertulis(dunia: Any) -> None:
    with pytest.raises(Ditolak):
        minta_sebagai(dunia.kepala_maluku)
    with penjaga.sistem():
        assert not Pekerjaan.objects.exists()


def test_permintaan_sama_yang_masih_hidup_dikembalikan(dunia: Any) -> None:
    pertama = minta_sebagai(dunia.peninjau, bulan="2026-01")
    assert minta_sebagai(dunia.peninjau, bulan="2026-01").pk == pertama.pk
    assert minta_sebagai(dunia.peninjau, bulan="2026-02").pk != pertama.pk
    jalankan_pekerjaan(pertama.pk)
    assert minta_sebagai(dunia.peninjau, bulan="2026-01").pk != pertama.pk


def test_kunci_yang_sama_memberi_pekerjaan_yang_sama_juga_setelah_selesai(dunia: Any) -> None:
    kunci = uuid4()
    pertama = minta_sebagai(dunia.peninjau, kunci=kunci)
    jalankan_pekerjaan(pertama.pk)
    assert minta_sebagai(dunia.peninjau, kunci=kunci).pk == pertama.pk == kunci


def test_keenam_ditolak_sampai_ada_yang_selesai(dunia: Any) -> None:
    semua = [minta_sebagai(dunia.peninjau, n=n) for n in range(5)]
    with pytest.raises(TerlaluBanyak) as galat:
        minta_sebagai(dunia.peninjau, n=5)
    assert galat.value.status == 429
    assert minta_sebagai(dunia.pimpinan, n=5)  # the limit is per person
    jalankan_pekerjaan(semua[0].pk)
    assert minta_sebagai(dunia.peninjau, n=5)


def test_pesan_ganda_memberi_satu_hasil(dunia: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)
    for _ in range(3):
        jalankan_pekerjaan(pekerjaan.pk)
    assert len(_berkas(pekerjaan)) == 1
    assert baca(pekerjaan).percobaan == 1


def test_batal_sebelum_mulai_dan_di_tengah(dunia: Any) -> None:
    antre, jalan = minta_sebagai(dunia.peninjau, n=1), minta_sebagai(dunia.peninjau, n=2)
    with terpasang(Cakupan(pengguna_id=dunia.peninjau.pk, lingkup="nasional")):
        assert services.batalkan(pekerjaan=antre, oleh=dunia.peninjau)
        assert not services.batalkan(pekerjaan=antre, oleh=dunia.peninjau)
    jalankan_pekerjaan(antre.pk)

    def batal_di_tengah(pekerjaan: Pekerjaan, lapor: Any) -> list[Berkas]:
        lapor("satu", 1, 3)
        _ubah(pekerjaan, status=Pekerjaan.Status.DIBATALKAN)
        return tiga_langkah(pekerjaan, lapor)

    services.kerjakan(jalan.pk, batal_di_tengah)
    assert [baca(p).status for p in (antre, jalan)] == ["DIBATALKAN", "DIBATALKAN"]
    assert not _berkas(antre)
    assert not _berkas(jalan)


def test_hanya_pemilik_yang_dapat_membatalkan(dunia: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)
    with terpasang(Cakupan(pengguna_id=dunia.pimpinan.pk, lingkup="nasional")):
        assert not services.batalkan(pekerjaan=pekerjaan, oleh=dunia.pimpinan)
    assert baca(pekerjaan).status == "ANTRE"


def test_pekerja_mati_diambil_alih_dan_pekerja_lambat_tidak_menulis_lagi(dunia: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)

    def lambat(milik_lama: Pekerjaan, lapor: Any) -> list[Berkas]:
        lapor("satu", 1, 3)
        assert services.terbengkalai() == []
        _ubah(milik_lama, detak_pada=sekarang() - services.BASI - timedelta(seconds=1))
        assert [p.pk for p in services.terbengkalai()] == [pekerjaan.pk]
        jalankan_pekerjaan(milik_lama.pk)
        return [Berkas("basi.txt", "text/plain", b"basi")]

    services.kerjakan(pekerjaan.pk, lambat)
    hasil = baca(pekerjaan)
    assert (hasil.status, hasil.percobaan) == ("SELESAI", 2)
    assert [b.nama for b in _berkas(pekerjaan)] == ["hasil.txt"]


def test_pekerjaan_beracun_diparkir_setelah_lima_percobaan(dunia: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau, "selalu_meledak")
    for n in range(1, 6):
        jalankan_pekerjaan(pekerjaan.pk)
        assert (baca(pekerjaan).status, baca(pekerjaan).percobaan) == ("ANTRE", n)
    for _ in range(3):
        jalankan_pekerjaan(pekerjaan.pk)
    akhir = baca(pekerjaan)
    assert (akhir.status, akhir.percobaan) == ("GAGAL", 6)
    assert "lima kali" in akhir.galat
    _ubah(pekerjaan, dibuat_pada=sekarang() - timedelta(minutes=5))
    assert services.terbengkalai() == []


def test_penolakan_yang_dijelaskan_langsung_gagal_dengan_kalimatnya(dunia: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau, "menolak")
    jalankan_pekerjaan(pekerjaan.pk)
    assert (baca(pekerjaan).status, baca(pekerjaan).galat) == ("GAGAL", "Bulan itu belum dibuka.")


def test_jenis_yang_tidak_dikenal_lagi_berakhir_dengan_kalimat(dunia: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)
    _ubah(pekerjaan, jenis="jenis_lama")
    services.beri_isyarat(baca(pekerjaan))
    assert (baca(pekerjaan).status, baca(pekerjaan).galat) == (
        "GAGAL",
        "Jenis pekerjaan ini tidak tersedia lagi.",
    )


def test_penyapu_mengerjakan_yang_terbengkalai_tanpa_broker(dunia: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)
    assert services.terbengkalai() == []  # its nudge may still be on the way
    _ubah(pekerjaan, dibuat_pada=sekarang() - timedelta(seconds=10))
    (mati,) = services.terbengkalai()
    services.jalankan_pekerjaan(mati.pk)
    assert baca(pekerjaan).status == "SELESAI"


def test_hak_yang_dicabut_ketika_menunggu_menghentikan_pekerjaan(dunia: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)
    with terpasang(SISTEM):
        Penugasan.objects.filter(pengguna=dunia.peninjau).update(dicabut_pada=sekarang())
    jalankan_pekerjaan(pekerjaan.pk)
    assert (baca(pekerjaan).status, _berkas(pekerjaan)) == ("GAGAL", [])


def test_kemajuan_tidak_pernah_mundur(dunia: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)
    terlihat = []

    def catat(milik: Pekerjaan, lapor: Any) -> list[Berkas]:
        for n in (1, 4, 2, 7):  # a second attempt would report 2 again
            lapor("menghitung", n, 9)
            terlihat.append(baca(milik).selesai)
        return []

    services.kerjakan(pekerjaan.pk, catat)
    assert terlihat == [1, 4, 4, 7]
    assert baca(pekerjaan).selesai == 9


def test_berkas_kedaluwarsa_dihapus_permintaannya_tetap(dunia: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)
    jalankan_pekerjaan(pekerjaan.pk)
    (berkas,) = _berkas(pekerjaan)
    assert services.hapus_kedaluwarsa() == 0
    _ubah(pekerjaan, akhir_pada=sekarang() - timedelta(days=8))
    with terpasang(Cakupan(pengguna_id=dunia.peninjau.pk, lingkup="nasional")), pytest.raises(TidakDitemukan):
        services.unduh(oleh=dunia.peninjau, pekerjaan_id=pekerjaan.pk, berkas_id=berkas.pk)
    assert services.hapus_kedaluwarsa() == 1
    assert keadaan(baca(pekerjaan)).kode == "kedaluwarsa"


def test_ulangi_memakai_pilihan_yang_sama(dunia: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau, "menolak", bulan="2026-01")
    with terpasang(Cakupan(pengguna_id=dunia.peninjau.pk, lingkup="nasional")):
        with pytest.raises(Bentrok):
            services.ulangi(pekerjaan=pekerjaan, oleh=dunia.peninjau)
        jalankan_pekerjaan(pekerjaan.pk)
        baru = services.ulangi(pekerjaan=baca(pekerjaan), oleh=dunia.peninjau)
    assert baru.pk != pekerjaan.pk
    assert (baru.jenis, baru.parameter, baru.status) == ("menolak", {"bulan": "2026-01"}, "ANTRE")


def test_perkiraan_baru_ada_setelah_sepersepuluh() -> None:
    mulai = sekarang()
    assert perkiraan(mulai, mulai + timedelta(seconds=20), 9, 100) is None
    assert perkiraan(mulai, mulai + timedelta(seconds=2), 50, 100) is None
    rentang = perkiraan(mulai, mulai + timedelta(seconds=20), 20, 100)
    assert rentang is not None
    assert [round((t - mulai).total_seconds()) for t in rentang] == [80, 120]
