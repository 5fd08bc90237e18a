"""Acts on cases against a real PostgreSQL: all or nothing, in the doer's own scope, judged by the shipped rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pelaporan.models import Pemberitahuan
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.jejak.models import Jejak
from remisi.models import Keputusan, RingkasRemisi, SidangTPP, Usulan
from remisi.usulan import services
from remisi.usulan.alur import Status
from remisi.usulan.langkah import Pilihan
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import Meja, kesempatan, layak
from upt.cakupan import SISTEM, terpasang
from upt.models import Penugasan
from wbp.models import DataWarga, Pemberian


@pytest.fixture
def meja(dunia: Dunia) -> Meja:
    return Meja(dunia)


def _orang(meja: Meja, banyak: int = 1, **ubah: Any) -> list[int]:
    return layak(meja.upt, meja.dunia.operator_ambon, banyak, **ubah)


def test_dari_usulan_sampai_keputusan(meja: Meja) -> None:
    """The whole way: every step is kept, the grant enters the register, the counts follow."""
    data, k = _orang(meja, 2), kesempatan()
    kasus = meja.sampai(Status.SK_TERBIT, data, k)
    for u in meja.baca(kasus):
        assert (u.urutan, u.bulan, u.hari, u.hasil) == (1, 2, 0, "I")  # Keppres 174/1999 Ps 4: 12 months or more
        assert u.dasar["syarat"]
        assert {s["keadaan"] for s in u.dasar["syarat"]} == {"Y"}
        assert all(s["sumber"] for s in u.dasar["syarat"] if s["kode"] in ("E1", "X1"))
    langkah = meja.langkah(kasus[0])
    assert [(s.dari, s.ke) for s in langkah] == [
        ("", "DRAF"), ("DRAF", "SIDANG"), ("SIDANG", "DIAJUKAN"), ("DIAJUKAN", "VERIF_KANWIL"),
        ("VERIF_KANWIL", "VERIF_PUSAT"), ("VERIF_PUSAT", "SK_TERBIT"),
    ]  # fmt: skip
    assert [s.tepat for s in langkah] == [None, None, None, True, True, None]
    with terpasang(SISTEM):
        beri = Pemberian.objects.filter(data__in=data, dicabut_pada=None)
        assert {(p.jenis, p.tanggal, p.bulan, p.hari, p.asal) for p in beri} == {("RU", k.tanggal, 2, 0, "PORTAL")}
        assert {p.usulan for p in beri} == set(kasus)
        (satu,) = RingkasRemisi.objects.filter(kesempatan=k)
        assert (satu.orang, satu.hari, satu.pita, satu.hasil, satu.upt_id) == (2, 120, 60, "I", meja.upt.pk)


def test_pencabutan_menarik_pemberian_dan_hitungan(meja: Meja) -> None:
    data, k = _orang(meja, 2), kesempatan()
    kasus = meja.sampai(Status.SK_TERBIT, data, k)
    isi = {"pilihan": meja.pilihan(kasus[:1]), "alasan": "Keputusan dibatalkan pengadilan."}
    meja.sebagai(meja.dunia.peninjau, services.cabut, **isi)
    with terpasang(SISTEM):
        assert Pemberian.objects.filter(data__in=data, dicabut_pada=None).count() == 1
        assert RingkasRemisi.objects.get(kesempatan=k).orang == 1
    meja.sebagai(meja.dunia.peninjau, services.cabut, pilihan=meja.pilihan(kasus[1:]), alasan="Sama.")
    with terpasang(SISTEM):
        assert not RingkasRemisi.objects.filter(kesempatan=k).exists()
    ulang = meja.usulkan(data, k)
    assert ulang.jumlah == 2  # what came to nothing may be proposed again


def test_yang_tidak_memenuhi_syarat_tidak_dapat_diusulkan(meja: Meja) -> None:
    baik, k = _orang(meja), kesempatan()
    seumur = _orang(meja, jenis_pidana="SEUMUR_HIDUP", pidana_tahun=None, pidana_bulan=None, pidana_hari=None)
    with pytest.raises(TidakSah) as galat:
        meja.usulkan([*baik, *seumur], k)
    (halangan,) = galat.value.rincian["kasus"]
    assert halangan.data == seumur[0]
    assert "seumur hidup" in halangan.sebab
    with terpasang(SISTEM):
        assert not Usulan.objects.exists(), "all or nothing"


def test_yang_perlu_data_disusun_tetapi_tidak_dikirim(meja: Meja) -> None:
    data, k = _orang(meja, salinan_putusan=False), kesempatan()
    kasus = meja.sampai(Status.SIDANG, data, k)
    with pytest.raises(TidakSah) as galat:
        meja.ajukan(kasus)
    assert "Salinan putusan belum ada (dibenahi Registrasi)" in galat.value.rincian["kasus"][0].sebab
    assert meja.status(kasus) == ["SIDANG"]
    from tests.wbp.bantu import Register

    register = Register(meja.upt, meja.dunia.operator_ambon)
    register.ubah(data[0], revisi=register.baca(data[0]).revisi, salinan_putusan=True)
    meja.ajukan(kasus)
    assert meja.status(kasus) == ["DIAJUKAN"]


def test_pengiriman_menilai_lagi_dengan_data_hari_itu(meja: Meja) -> None:
    """A punishment noted after the hearing stops the case; what was frozen before stays as it was."""
    from tests.wbp.bantu import Register
    from wbp.services_catatan import Perilaku

    data, k = _orang(meja), kesempatan()
    kasus = meja.sampai(Status.SIDANG, data, k)
    sebelum = meja.baca(kasus)[0].dasar
    Register(meja.upt, meja.dunia.operator_ambon).perilaku(Perilaku(data[0], "REGISTER_F", hari_ini()))
    with pytest.raises(TidakSah) as galat:
        meja.ajukan(kasus)
    assert "Register F" in galat.value.rincian["kasus"][0].sebab
    assert meja.baca(kasus)[0].dasar == sebelum


def test_satu_yang_gagal_menahan_semua(meja: Meja) -> None:
    k = kesempatan()
    kasus = meja.sampai(Status.DIAJUKAN, _orang(meja, 3), k)
    meja.verifikasi(kasus[:1])
    pilihan = meja.pilihan(kasus)
    with pytest.raises(Bentrok) as galat:
        meja.sebagai(meja.dunia.kepala_maluku, services.verifikasi, pilihan=[*pilihan[:2], Pilihan(pilihan[2].id, 1)])
    assert len(galat.value.rincian["kasus"]) >= 1
    assert sorted(meja.status(kasus)) == ["DIAJUKAN", "DIAJUKAN", "VERIF_KANWIL"]


def test_yang_dikembalikan_diperbaiki_lalu_diajukan_lagi(meja: Meja) -> None:
    kasus = meja.sampai(Status.DIAJUKAN, _orang(meja), kesempatan())
    isi = {"pilihan": meja.pilihan(kasus), "alasan": "Salinan putusan tidak terbaca."}
    meja.sebagai(meja.dunia.verifikator_maluku, services.kembalikan, **isi)
    (u,) = meja.baca(kasus)
    assert (u.status, u.tenggat) == ("DIKEMBALIKAN", hari_ini(meja.upt.zona) + timedelta(days=3))
    with terpasang(SISTEM):
        kabar = Pemberitahuan.objects.filter(jenis="remisi", untuk="upt", upt=meja.upt).latest("pk")
    assert "Salinan putusan tidak terbaca" in kabar.teks
    meja.ajukan(kasus)
    (u,) = meja.baca(kasus)
    assert (u.status, u.tenggat) == ("DIAJUKAN", hari_ini("WIT") + timedelta(days=2))


def test_batas_perbaikan_terus_berjalan_sesudah_disidangkan_lagi(meja: Meja) -> None:
    """Another hearing does not take the limit of corrections away, and does not count as having kept it."""
    (kasus,) = meja.sampai(Status.DIAJUKAN, _orang(meja), kesempatan())
    isi = {"pilihan": meja.pilihan([kasus]), "alasan": "Lengkapi."}
    meja.sebagai(meja.dunia.verifikator_maluku, services.kembalikan, **isi)
    (batas,) = (u.tenggat for u in meja.baca([kasus]))
    assert batas is not None
    meja.sidang([kasus], "BA-2")
    assert [u.tenggat for u in meja.baca([kasus])] == [batas]
    sidang = meja.langkah(kasus)[-1]
    assert (sidang.ke, sidang.tenggat, sidang.tepat) == ("SIDANG", None, None)
    with terpasang(SISTEM):
        Usulan.objects.filter(pk=kasus).update(tenggat=hari_ini() - timedelta(days=3))
    meja.ajukan([kasus])
    assert meja.langkah(kasus)[-1].tepat is False


@pytest.mark.parametrize("aksi", [services.kembalikan, services.tolak])
def test_tanpa_alasan_ditolak(meja: Meja, aksi: Callable[..., Any]) -> None:
    kasus = meja.sampai(Status.VERIF_KANWIL, _orang(meja), kesempatan())
    with pytest.raises(TidakSah, match="alasan"):
        meja.sebagai(meja.dunia.peninjau, aksi, pilihan=meja.pilihan(kasus), alasan="  ")
    assert meja.status(kasus) == ["VERIF_KANWIL"]


def test_lewat_batas_tercatat_pada_langkahnya(meja: Meja) -> None:
    kasus = meja.sampai(Status.DIAJUKAN, _orang(meja), kesempatan())
    with terpasang(SISTEM):
        Usulan.objects.filter(pk__in=kasus).update(tenggat=hari_ini("WIT") - timedelta(days=1))
    meja.verifikasi(kasus)
    assert meja.langkah(kasus[0])[-1].tepat is False


def test_sesudah_batas_usul_menjadi_susulan(meja: Meja) -> None:
    data = _orang(meja, 2)
    tepat, lewat = meja.usulkan(data[:1], kesempatan()), meja.usulkan(data[1:], kesempatan(batas=-1))
    assert [u.susulan for u in meja.baca(tepat.usulan)] == [False]
    assert [u.susulan for u in meja.baca(lewat.usulan)] == [True]


# Who may ----------------------------------------------------------------------------------------------------


def test_unit_lain_tidak_melihat_dan_tidak_mengubah(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    data = _orang(meja)
    with pytest.raises(TidakDitemukan):
        meja.usulkan(data, k, orang=d.operator_masohi)
    with pytest.raises(TidakDitemukan):
        meja.usulkan(data, k, orang=d.operator_masohi, upt=d.masohi)
    kasus = meja.sampai(Status.DIAJUKAN, data, k)
    with pytest.raises(TidakDitemukan):
        meja.verifikasi(kasus, d.verifikator_riau)
    pilihan = [*meja.pilihan(kasus), Pilihan(uuid4(), 1)]
    with pytest.raises(TidakDitemukan):
        meja.sebagai(d.verifikator_maluku, services.verifikasi, pilihan=pilihan)


def test_sendiri_tanpa_hak_ditolak(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    with pytest.raises(Ditolak):
        meja.usulkan(_orang(meja), k, orang=d.verifikator_maluku)
    kasus = meja.sampai(Status.SIDANG, _orang(meja), k)
    with pytest.raises(Ditolak):
        meja.ajukan(kasus, d.operator_ambon)
    meja.ajukan(kasus)
    with pytest.raises(Ditolak):
        meja.verifikasi(kasus, d.kepala_ambon)
    with pytest.raises(Ditolak):
        meja.verifikasi(kasus, d.peninjau)  # the Kanwil's turn
    with pytest.raises(Ditolak):
        meja.verifikasi(kasus, d.pimpinan)
    assert meja.status(kasus) == ["DIAJUKAN"]


def test_tidak_ada_yang_memeriksa_kirimannya_sendiri(meja: Meja) -> None:
    """Also not who served at the unit when he sent it, and serves at the Kanwil now."""
    d = meja.dunia
    kasus = meja.sampai(Status.DIAJUKAN, _orang(meja), kesempatan())
    with terpasang(SISTEM):
        Penugasan.objects.create(
            pengguna=d.kepala_ambon, peran="verifikator_kanwil", kanwil=meja.upt.kanwil, mulai=hari_ini()
        )
    with pytest.raises(Ditolak, match="Anda sendiri"):
        meja.verifikasi(kasus, d.kepala_ambon)
    meja.verifikasi(kasus, d.kepala_maluku)


# Twice, and at the same time --------------------------------------------------------------------------------


def test_tekan_dua_kali_tidak_berbuat_dua_kali(meja: Meja) -> None:
    data, k = _orang(meja, 2), kesempatan()
    pertama, kedua = meja.usulkan(data, k), meja.usulkan(data, k)
    assert (pertama.jumlah, kedua.jumlah, kedua.sudah) == (2, 0, 2)
    pilihan = meja.pilihan(meja.sampai(Status.DIAJUKAN, _orang(meja, 2), k))
    orang = meja.dunia.verifikator_maluku
    assert meja.sebagai(orang, services.verifikasi, pilihan=pilihan).jumlah == 2
    ulang = meja.sebagai(orang, services.verifikasi, pilihan=pilihan)
    assert (ulang.jumlah, ulang.sudah) == (0, 2)
    assert len(meja.langkah(pilihan[0].id)) == 4
    with pytest.raises(Bentrok, match="menunggu Ditjenpas"):
        meja.sebagai(meja.dunia.kepala_maluku, services.verifikasi, pilihan=pilihan)  # somebody else was faster


# The hearing and the decree ---------------------------------------------------------------------------------


def test_satu_berita_acara_satu_tanggal(meja: Meja) -> None:
    k = kesempatan()
    kasus = meja.sampai(Status.DRAF, _orang(meja, 2), k)
    meja.sidang(kasus[:1], "BA-7")
    isi = {"upt": meja.upt, "pilihan": meja.pilihan(kasus[1:]), "nomor": "BA-7"}
    with pytest.raises(TidakSah, match="sudah tercatat"):
        meja.sebagai(meja.dunia.operator_ambon, services.sidangkan, tanggal=hari_ini() - timedelta(days=1), **isi)
    with pytest.raises(TidakSah, match="belum tiba"):
        meja.sebagai(meja.dunia.operator_ambon, services.sidangkan, tanggal=hari_ini() + timedelta(days=2), **isi)
    with terpasang(SISTEM):
        assert SidangTPP.objects.filter(upt=meja.upt).count() == 1


def test_nomor_keputusan_tidak_dipakai_dua_kali(meja: Meja) -> None:
    k, lain = kesempatan(), kesempatan()
    meja.sampai(Status.SK_TERBIT, _orang(meja), k)
    kasus = meja.sampai(Status.VERIF_PUSAT, _orang(meja), lain)
    with pytest.raises(TidakSah, match="sudah tercatat"):
        meja.terbitkan(kasus)
    with pytest.raises(TidakSah, match="belum tiba"):
        meja.terbitkan(kasus, "PAS-2", hari_ini("WIT") + timedelta(days=1))
    with terpasang(SISTEM):
        assert Keputusan.objects.count() == 1
    meja.terbitkan(kasus, "PAS-2")


def test_pemberian_dari_sdp_yang_berbeda_menahan_keputusan(meja: Meja) -> None:
    from tests.wbp.bantu import Register
    from wbp.services_catatan import Beri

    k = kesempatan(hari=0)
    data = _orang(meja)
    kasus = meja.sampai(Status.VERIF_PUSAT, data, k)
    Register(meja.upt, meja.dunia.operator_ambon).beri(Beri(data[0], "RU", k.tanggal, 1, 0))
    with pytest.raises(TidakSah) as galat:
        meja.terbitkan(kasus)
    assert "besaran lain" in galat.value.rincian["kasus"][0].sebab
    assert meja.status(kasus) == ["VERIF_PUSAT"]


def test_kesempatan_yang_bergeser_minta_dihitung_lagi(meja: Meja) -> None:
    from remisi.usulan.pindah import kesempatan_pindah

    k = kesempatan()
    kasus = meja.sampai(Status.VERIF_PUSAT, _orang(meja), k)
    with terpasang(SISTEM):
        dulu, k.tanggal = k.tanggal, k.tanggal + timedelta(days=1)
        k.save()
        kesempatan_pindah(k, dulu)
    with pytest.raises(TidakSah) as galat:
        meja.terbitkan(kasus)
    assert "berubah sesudah diajukan" in galat.value.rincian["kasus"][0].sebab


def test_pelaksanaan_sesudah_keputusan(meja: Meja) -> None:
    kasus = meja.sampai(Status.SK_TERBIT, _orang(meja), kesempatan(hari=-7))
    isi = {"pilihan": meja.pilihan(kasus)}
    with pytest.raises(TidakSah, match="mendahului keputusannya"):
        meja.sebagai(meja.dunia.operator_ambon, services.laksanakan, tanggal=hari_ini() - timedelta(days=5), **isi)
    meja.sebagai(meja.dunia.operator_ambon, services.laksanakan, tanggal=hari_ini(), **isi)
    assert meja.status(kasus) == ["DILAKSANAKAN"]


def test_pelaksanaan_tidak_mendahului_hari_pemberian(meja: Meja) -> None:
    """A decree is often made before the day of the grant; nobody is given it before that day."""
    k = kesempatan(hari=1)
    kasus = meja.sampai(Status.SK_TERBIT, _orang(meja), k)
    isi = {"pilihan": meja.pilihan(kasus), "tanggal": hari_ini()}
    with pytest.raises(TidakSah, match="mendahului hari pemberiannya"):
        meja.sebagai(meja.dunia.operator_ambon, services.laksanakan, **isi)
    assert meja.status(kasus) == ["SK_TERBIT"]


def test_bebas_karena_keputusan_disebut_kepada_unit(meja: Meja) -> None:
    """Sentence of two years that ends within the grant: II, and the unit is told to release."""
    k = kesempatan()
    mulai = k.tanggal - timedelta(days=2 * 365 - 20)
    data = _orang(meja, tanggal_tahan=mulai, tanggal_putusan=mulai + timedelta(days=90), pidana_tahun=2,
                  sejak=mulai + timedelta(days=100))  # fmt: skip
    kasus = meja.sampai(Status.SK_TERBIT, data, k)
    assert [u.hasil for u in meja.baca(kasus)] == ["II"]
    with terpasang(SISTEM):
        teks = Pemberitahuan.objects.filter(jenis="remisi", untuk="upt").values_list("teks", flat=True)
        assert any("1 orang bebas karena keputusan ini" in t for t in teks)
        assert DataWarga.objects.get(pk=data[0]).keluar_pada is None  # leaving is an act of its own


# Weight -----------------------------------------------------------------------------------------------------


def test_banyak_kasus_sedikit_kueri(meja: Meja) -> None:
    """An act on forty cases asks the database as often as one on two."""
    k = kesempatan()
    hitung = []
    for banyak in (2, 40):
        kasus = meja.sampai(Status.SIDANG, _orang(meja, banyak), k)
        with CaptureQueriesContext(
            connection,
        ) as ajukan:
            meja.ajukan(kasus)
        with CaptureQueriesContext(connection) as verifikasi:
            meja.verifikasi(kasus)
        hitung.append((len(ajukan), len(verifikasi)))
    assert hitung[0] == hitung[1]
    assert max(hitung[0]) < 45, hitung


def test_jejak_satu_baris_per_unit_tanpa_orang(meja: Meja) -> None:
    kasus = meja.sampai(Status.DIAJUKAN, _orang(meja, 3), kesempatan())
    with terpasang(SISTEM):
        (baris,) = Jejak.objects.filter(tindakan="usulan_ajukan", upt_id=meja.upt.pk)
    assert baris.rincian["jumlah"] == 3
    assert set(baris.rincian["usulan"]) == {str(k) for k in kasus}
    assert "Cemara" not in str(baris.rincian)
