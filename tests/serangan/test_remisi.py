"""Attacks on cases: acts repeated with other contents, persons who move under a case, steps that scope hides."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, GalatPortal
from pemasyarakatan.inti.waktu import hari_ini, sekarang
from remisi.integrasi.services import catat_pemberitahuan
from remisi.models import Keputusan, PemberitahuanTahanan, Usulan
from remisi.usulan import services
from remisi.usulan.alur import Status
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import LAYAK, Meja, kesempatan, layak
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import Register, sapu
from upt.cakupan import SISTEM, terpasang
from upt.models import Penugasan
from wbp.models import DataWarga, Pemberian
from wbp.serah import serahkan, terima
from wbp.services_catatan import Beri
from wbp.simpan import tahan


@pytest.fixture
def meja(dunia: Dunia) -> Meja:
    return Meja(dunia)


def pindahkan(meja: Meja, data: int, *, gabung: bool = False) -> None:
    d = meja.dunia
    with sebagai_orang(d.operator_ambon) as (oleh, cakupan):
        satu = serahkan(data=data, ke=d.pekanbaru.kode, tanggal=hari_ini(), oleh=oleh, cakupan=cakupan)
    with sebagai_orang(d.operator_pekanbaru) as (oleh, cakupan):
        terima(serah_id=satu.pk, oleh=oleh, cakupan=cakupan, gabung=gabung)


# ---------------------------------------------------------------- the same act with another content


def test_keputusan_lain_atas_kasus_yang_sama_tidak_dijawab_sudah(meja: Meja) -> None:
    """Two tabs, two decree numbers: the second is not told that its number was recorded."""
    kasus = meja.sampai(Status.VERIF_PUSAT, layak(meja.upt, meja.dunia.operator_ambon), kesempatan())
    pilihan = meja.pilihan(kasus)
    isi = {"pilihan": pilihan, "tanggal": hari_ini()}
    meja.sebagai(meja.dunia.peninjau, services.terbitkan, nomor="PAS-1", **isi)
    assert meja.sebagai(meja.dunia.peninjau, services.terbitkan, nomor="PAS-1", **isi).sudah == 1
    with pytest.raises(GalatPortal):
        meja.sebagai(meja.dunia.peninjau, services.terbitkan, nomor="PAS-2", **isi)
    with terpasang(SISTEM):
        assert list(Keputusan.objects.values_list("nomor", flat=True)) == ["PAS-1"]


def test_berita_acara_lain_tidak_dijawab_sudah(meja: Meja) -> None:
    kasus = meja.sampai(Status.DRAF, layak(meja.upt, meja.dunia.operator_ambon), kesempatan())
    isi: dict[str, Any] = {"upt": meja.upt, "pilihan": meja.pilihan(kasus), "tanggal": hari_ini()}
    meja.sebagai(meja.dunia.operator_ambon, services.sidangkan, nomor="BA-1", **isi)
    with pytest.raises(GalatPortal):
        meja.sebagai(meja.dunia.operator_ambon, services.sidangkan, nomor="BA-2", **isi)


def test_hari_pelaksanaan_lain_tidak_dijawab_sudah(meja: Meja) -> None:
    k = kesempatan(hari=-9)
    with time_machine.travel(sekarang() - timedelta(days=10)):
        kasus = meja.sampai(Status.VERIF_PUSAT, layak(meja.upt, meja.dunia.operator_ambon), k)
    meja.terbitkan(kasus, tanggal=hari_ini() - timedelta(days=9))
    isi = {"pilihan": meja.pilihan(kasus)}
    meja.sebagai(meja.dunia.operator_ambon, services.laksanakan, tanggal=hari_ini(), **isi)
    with pytest.raises(GalatPortal):
        meja.sebagai(meja.dunia.operator_ambon, services.laksanakan, tanggal=hari_ini() - timedelta(days=1), **isi)


# ---------------------------------------------------------------- revocation


def test_pencabutan_menarik_juga_pemberian_yang_sudah_dari_sdp(meja: Meja) -> None:
    """The register knew the grant from SDP before the decree was recorded here: revoking takes it back all the same."""
    k = kesempatan(hari=0)
    (data,) = layak(meja.upt, meja.dunia.operator_ambon)
    kasus = meja.sampai(Status.VERIF_PUSAT, [data], k)
    (u,) = meja.baca(kasus)
    Register(meja.upt, meja.dunia.operator_ambon).beri(Beri(data, "RU", u.tanggal, u.bulan, u.hari))
    meja.terbitkan(kasus)
    meja.sebagai(meja.dunia.peninjau, services.cabut, pilihan=meja.pilihan(kasus), alasan="Keliru.")
    with terpasang(SISTEM):
        assert not Pemberian.objects.filter(data=data, dicabut_pada=None).exists()


def test_dicabut_diusulkan_lagi_lalu_diputus_lagi(meja: Meja) -> None:
    k = kesempatan()
    data = layak(meja.upt, meja.dunia.operator_ambon)
    kasus = meja.sampai(Status.SK_TERBIT, data, k)
    urutan = meja.baca(kasus)[0].urutan
    meja.sebagai(meja.dunia.peninjau, services.cabut, pilihan=meja.pilihan(kasus), alasan="Keliru.")
    lagi = list(meja.usulkan(data, k).usulan)
    assert meja.baca(lagi)[0].urutan == urutan
    meja.sidang(lagi, "BA-2")
    meja.ajukan(lagi)
    meja.verifikasi(lagi)
    meja.verifikasi_pusat(lagi)
    meja.terbitkan(lagi, "PAS-2")
    with terpasang(SISTEM):
        assert Pemberian.objects.filter(data=data[0], dicabut_pada=None).count() == 1


def test_cabut_sesudah_orangnya_pindah(meja: Meja) -> None:
    (data,) = layak(meja.upt, meja.dunia.operator_ambon)
    kasus = meja.sampai(Status.SK_TERBIT, [data], kesempatan())
    pindahkan(meja, data)
    meja.sebagai(meja.dunia.peninjau, services.cabut, pilihan=meja.pilihan(kasus), alasan="Keliru.")
    with terpasang(SISTEM):
        assert not Pemberian.objects.filter(data=data, dicabut_pada=None).exists()


# ---------------------------------------------------------------- a person who moves under a case


def test_digabung_kasusnya_ikut(meja: Meja) -> None:
    """The receiving unit had noted the person already: the case goes along, the old unit's closed row has none."""
    d = meja.dunia
    (data,) = layak(meja.upt, d.operator_ambon, sejak=date(2025, 1, 1))
    kasus = meja.sampai(Status.DIAJUKAN, [data], kesempatan())
    (nomor,) = [t.nomor for t in Register(d.ambon, d.operator_ambon).buka(data).values()]
    (ada,) = Register(d.pekanbaru, d.operator_pekanbaru).banyak([{**LAYAK, "nomor": nomor}])
    meja.sebagai(d.operator_ambon, tahan, data=data, alasan="Perkara berjalan.")
    pindahkan(meja, data, gabung=True)
    with terpasang(SISTEM):
        assert DataWarga.objects.get(pk=ada).tahan_hapus == "Perkara berjalan.", "a hold goes along too"
    (u,) = meja.baca(kasus)
    assert (u.data_id, u.upt_id, u.kanwil_id, u.status) == (ada, d.pekanbaru.pk, d.pekanbaru.kanwil_id, "DIAJUKAN")


def test_digabung_bila_keduanya_mengusulkan_ditolak_dahulu(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    (data,) = layak(meja.upt, d.operator_ambon)
    kasus = meja.sampai(Status.DIAJUKAN, [data], k)
    (nomor,) = [t.nomor for t in Register(d.ambon, d.operator_ambon).buka(data).values()]
    (ada,) = Register(d.pekanbaru, d.operator_pekanbaru).banyak([{**LAYAK, "nomor": nomor}])
    meja.usulkan([ada], k, orang=d.operator_pekanbaru, upt=d.pekanbaru)
    with pytest.raises(Bentrok, match="usul"):
        pindahkan(meja, data, gabung=True)
    (u,) = meja.baca(kasus)
    assert (u.data_id, u.upt_id) == (data, d.ambon.pk)
    with terpasang(SISTEM):
        assert DataWarga.objects.get(pk=data).keluar_pada is None


def test_lampiran_keputusan_menyebut_juga_yang_pindah(meja: Meja) -> None:
    """The annex of a decree has as many rows as the decree, also when somebody moved since; with names it is made."""
    d, k = meja.dunia, kesempatan()
    data = layak(meja.upt, d.operator_ambon, 3)
    meja.sampai(Status.SK_TERBIT, data, k)
    pindahkan(meja, data[0])
    with terpasang(SISTEM):
        sk = Keputusan.objects.get()
    klien = Client()
    klien.force_login(d.operator_ambon)
    alamat = {"kode": d.ambon.kode, "kesempatan": k.slug}
    jawab = klien.get(reverse("remisi:nominatif_berkas", kwargs={**alamat, "daftar": str(sk.pk), "bentuk": "xlsx"}))
    assert jawab.status_code == 200
    assert _orang_di(jawab.content) == 3
    kirim = {"daftar": str(sk.pk), "bentuk": "xlsx", "alasan": "KEPUTUSAN", "keterangan": ""}
    bernama = klien.post(reverse("remisi:nominatif", kwargs=alamat), kirim)
    assert bernama.status_code == 200
    assert _orang_di(bernama.content) == 3


def test_angka_terbuka_sampai_kasus_yang_orangnya_pindah(meja: Meja) -> None:
    """A figure of the unit opens to as many cases as it counts."""
    d, k = meja.dunia, kesempatan()
    data = layak(meja.upt, d.operator_ambon, 3)
    meja.sampai(Status.SK_TERBIT, data, k)
    pindahkan(meja, data[0])
    klien = Client()
    klien.force_login(d.operator_ambon)
    isi = klien.get(reverse("remisi:nasional_rinci"), {"kesempatan": k.slug, "upt": d.ambon.kode}).content.decode()
    assert "3 pemberian" in isi
    assert isi.count("/remisi/usulan/") == 3
    assert isi.count("sudah pindah unit") == 1


def _orang_di(isi: bytes) -> int:
    """Rows of persons in the first sheet: numbered ones."""
    lembar = openpyxl.load_workbook(io.BytesIO(isi)).worksheets[0]
    return sum(1 for baris in lembar.iter_rows(values_only=True) if isinstance(baris[0], int))


def test_pemberitahuan_unit_lama_ikut_orangnya(meja: Meja) -> None:
    """Notices about a detention belong to the person: the next unit sees them, and noting one again is no error."""
    d, kini = meja.dunia, hari_ini()
    habis = kini + timedelta(days=8)
    (data,) = Register(d.ambon, d.operator_ambon).banyak(
        [
            {
                "nama": "Cemara Lautbiru", "nomor": "A 77123/2026", "status": "TAHANAN", "habis_tahan": habis,
                "tanggal_tahan": kini - timedelta(days=40), "sejak": kini - timedelta(days=40),
            }
        ]
    )  # fmt: skip
    isi = {"data": data, "langkah": 10, "habis": habis, "dikirim": kini, "nomor": "W.1"}
    meja.sebagai(d.operator_ambon, catat_pemberitahuan, **isi)
    pindahkan(meja, data)
    lagi = meja.sebagai(d.operator_pekanbaru, catat_pemberitahuan, **isi)
    assert lagi.upt_id == d.pekanbaru.pk
    with terpasang(SISTEM):
        assert PemberitahuanTahanan.objects.count() == 1


def test_pemeriksa_yang_dahulu_menyusun_di_kanwil_lain(meja: Meja) -> None:
    """Who drafted a case in one Kanwil and is a verifier in another does not verify it when the person follows."""
    d = meja.dunia
    (data,) = layak(meja.upt, d.operator_ambon)
    kasus = meja.sampai(Status.DIAJUKAN, [data], kesempatan())
    pindahkan(meja, data)
    with terpasang(SISTEM):
        tugas = Penugasan.objects.get(pengguna=d.operator_ambon)
        tugas.peran, tugas.upt, tugas.kanwil = "verifikator_kanwil", None, d.pekanbaru.kanwil
        tugas.save()
    with pytest.raises(Ditolak, match="sendiri"):
        meja.verifikasi(kasus, Pengguna.objects.get(pk=d.operator_ambon.pk))


def test_kasus_orang_yang_dimusnahkan_tetap_terbuka(meja: Meja) -> None:
    """Erased while a case was open: pages open, name nobody, and a decree is refused in words."""
    d = meja.dunia
    (data,) = layak(meja.upt, d.operator_ambon)
    kasus = meja.sampai(Status.VERIF_PUSAT, [data], kesempatan())
    Register(d.ambon, d.operator_ambon).keluar(data, tanggal=hari_ini() - timedelta(days=1))
    sapu(hari_ini() + timedelta(days=366 * 40))
    klien = Client()
    for orang in (d.operator_ambon, d.verifikator_maluku, d.peninjau):
        klien.force_login(orang)
        assert klien.get(reverse("remisi:usulan", kwargs={"uuid": kasus[0]})).status_code == 200
    with pytest.raises(GalatPortal):
        meja.terbitkan(kasus)
    assert Usulan.Status(meja.status(kasus)[0]) is not Usulan.Status.SK_TERBIT


# ---------------------------------------------------------------- candidates that are older than their data


def test_register_f_baru_membuat_hitungan_lama_disebut_lama(meja: Meja) -> None:
    """A mark of conduct leaves the revision alone, but not what was computed from it."""
    from remisi.calon.susun import tanda_data
    from wbp.services_catatan import Perilaku

    (data,) = layak(meja.upt, meja.dunia.operator_ambon)
    with terpasang(SISTEM):
        dahulu = tanda_data(meja.upt.pk)
    Register(meja.upt, meja.dunia.operator_ambon).perilaku(Perilaku(data, "REGISTER_F", hari_ini()))
    with terpasang(SISTEM):
        assert tanda_data(meja.upt.pk) != dahulu


# ---------------------------------------------------------------- the calculator over the API


HITUNG = ("remisi/hitung/pidana/", "remisi/hitung/remisi/")
MUSUH = [
    b"[" * 100_000, b"{\"a\":" * 50_000, b"", b"null", b"[]", b"1", b"\"x\"", b"{", b"\xff\xfe", b"NaN",
    b'{"id": NaN}', b'{"id": 1e999}', b'{"pidana": {"tahun": ' + b"9" * 5000 + b"}}", b'{"id": "\\u0000"}',
    b'{"id": "\\ud800"}',
    b'{"pidana": [[[[]]]]}', b'{"tanggal_tahan": "0000-00-00"}',
    b'{"tanggal_tahan": "9999-12-31", "pidana": {"tahun": 99}}',
    b'{"remisi": ' + b"[" + b"1," * 10_000 + b"1]}", b'{"__proto__": {}}', b'{"id": {"$gt": ""}}', b'{"jenis": ["RU"]}',
    b'{"subsider": {"dibayar": "ya"}}', b'{"pidana": {"tahun": true}}', b'{"pidana": {"tahun": -1}}',
    b'{"pidana": {"tahun": 1.5}}',
]  # fmt: skip


@pytest.mark.parametrize("alamat", HITUNG)
def test_json_bermusuhan_dijawab_400(dunia: Dunia, api: Any, alamat: str) -> None:
    klien = api(dunia.operator_ambon)
    for isi in MUSUH:
        jawab = klien.kirim("POST", alamat, mentah=isi)
        assert jawab.status_code in (200, 400), isi[:60]
    assert klien.kirim("POST", alamat, mentah=b"[" * 100_000).status_code == 400


@pytest.mark.parametrize("alamat", HITUNG)
def test_tanpa_token_tidak_menghitung(dunia: Dunia, alamat: str) -> None:
    for kepala in ({}, {"HTTP_AUTHORIZATION": "Token x"}, {"HTTP_AUTHORIZATION": "Token \x00"}):
        jawab = Client().post(f"/api/v1/{alamat}", {}, content_type="application/json", **kepala)
        assert jawab.status_code in (401, 403)
