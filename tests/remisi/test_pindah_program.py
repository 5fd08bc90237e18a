"""What was decided of asimilasi and CMK is a fact of the person: every reader gets the same answer, also after a move,
and a revocation takes back what its case had set and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.jejak.models import Jejak
from remisi.integrasi.baca import baca_unit
from remisi.integrasi.memenuhi import memenuhi_integrasi
from remisi.integrasi.syarat import Riwayat
from remisi.usulan import services
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import Meja, layak
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import Register
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT
from wbp.models import DataWarga, RiwayatData
from wbp.serah import serahkan, terima
from wbp.services_data import SalahBanyak
from wbp.services_program import Putusan, akhiri_program, catat_cmk, mulai_program

Baca = Callable[[], list[Riwayat]]


@pytest.fixture
def meja(dunia: Dunia) -> Meja:
    return Meja(dunia)


@pytest.fixture
def ambon(meja: Meja) -> Register:
    return Register(meja.upt, meja.dunia.operator_ambon)


@pytest.fixture
def pekanbaru(meja: Meja) -> Register:
    return Register(meja.dunia.pekanbaru, meja.dunia.operator_pekanbaru)


def orang(meja: Meja, **ubah: Any) -> int:
    (pk,) = layak(meja.upt, meja.dunia.operator_ambon, **{"tanggal_tahan": _tahan(), **ubah})
    return pk


def _tahan() -> date:
    """Five years: asimilasi is open between 1/2 and 2/3 of it."""
    return hari_ini() - timedelta(days=1050)


def langsung(kerja: Any, oleh: Pengguna, *putusan: Putusan) -> list[DataWarga]:
    """The service itself, in the scope of whoever acts."""
    with sebagai_orang(oleh) as (segar, _):
        hasil: list[DataWarga] = kerja(putusan=putusan, oleh=segar)
        return hasil


def satu(pk: int) -> DataWarga:
    with terpasang(SISTEM):
        return DataWarga.objects.get(pk=pk)


def cmk(meja: Meja, pk: int, hari: date | None = None, nomor: str = "SK-CMK-1") -> UUID:
    """Decreed by the head of Ambon."""
    calon = [services.Calon(pk, "CMK", hari or hari_ini())]
    (u,) = meja.sebagai(meja.dunia.operator_ambon, services.usulkan, upt=meja.upt, calon=calon).usulan
    meja.sidang([u])
    isi = {"pilihan": meja.pilihan([u]), "nomor": nomor, "tanggal": hari_ini("WIT")}
    meja.sebagai(meja.dunia.kepala_ambon, services.terbitkan, **isi)
    return UUID(str(u))


def asimilasi(meja: Meja, pk: int) -> UUID:
    """Decreed, and carried out today."""
    u = asimilasi_terbit(meja, pk)
    laksana(meja, u)
    return u


def laksana(meja: Meja, u: UUID) -> None:
    isi = {"pilihan": meja.pilihan([u]), "tanggal": hari_ini(meja.upt.zona)}
    meja.sebagai(meja.dunia.operator_ambon, services.laksanakan, **isi)


def asimilasi_terbit(meja: Meja, pk: int) -> UUID:
    calon = [services.Calon(pk, "ASIMILASI", hari_ini())]
    (u,) = meja.sebagai(meja.dunia.operator_ambon, services.usulkan, upt=meja.upt, calon=calon).usulan
    for langkah in (meja.sidang, meja.ajukan, meja.verifikasi, meja.verifikasi_pusat, meja.terbitkan):
        langkah([u])
    return UUID(str(u))


def cabut(meja: Meja, u: UUID, oleh: Pengguna) -> None:
    meja.sebagai(oleh, services.cabut, pilihan=meja.pilihan([u]), alasan="Keliru dicatat.")


def riwayat(upt: UPT, siapa: Pengguna | None) -> list[Riwayat]:
    if siapa is None:  # the jobs of the night
        with terpasang(SISTEM):
            return [s.riwayat for s in baca_unit(upt)]
    with sebagai_orang(siapa):
        return [s.riwayat for s in baca_unit(upt)]


# ---------------------------------------------------------------- one answer


def test_yang_pindah_sama_bagi_semua_pembaca(meja: Meja, ambon: Register, pekanbaru: Register) -> None:
    d, pk = meja.dunia, orang(meja)
    cmk(meja, pk)
    asimilasi(meja, pk)
    (semula,) = riwayat(d.ambon, d.operator_ambon)
    assert (semula.cmk, semula.asimilasi) == (hari_ini(), hari_ini(meja.upt.zona))
    ambon.pindah(pk, pekanbaru)
    for siapa in (d.operator_pekanbaru, d.verifikator_riau, d.peninjau, None):
        assert riwayat(d.pekanbaru, siapa) == [semula]
    for lama in (d.operator_ambon, d.verifikator_maluku, None):
        assert riwayat(d.ambon, lama) == [], "the person is another unit's now"
    assert satu(pk).menjalani == "ASIMILASI"


def test_syarat_dan_hitungan_bulanan_sama_di_unit_baru_dan_malam_hari(
    meja: Meja, ambon: Register, pekanbaru: Register, masuk: Any
) -> None:
    """Corruption: PB is open to who served asimilasi, whichever unit decided that."""
    d, tahan = meja.dunia, hari_ini() - timedelta(days=3 * 365 + 200)
    pk = orang(meja, tanggal_tahan=tahan, kelompok="korupsi", denda_lunas=True, uang_pengganti_lunas=True)
    langsung(mulai_program, d.operator_ambon, Putusan(pk, "ASIMILASI", hari_ini() - timedelta(days=200)))
    lain = orang(meja)
    cmk(meja, lain)
    for satunya in (pk, lain):
        ambon.pindah(satunya, pekanbaru)
    pekanbaru.ubah(pk, revisi=satu(pk).revisi, menjalani="PIDANA")
    with sebagai_orang(d.operator_pekanbaru):
        unit = memenuhi_integrasi(d.pekanbaru, hari_ini(d.pekanbaru.zona))
    with terpasang(SISTEM):
        malam = memenuhi_integrasi(d.pekanbaru, hari_ini(d.pekanbaru.zona))
    assert unit == malam
    assert unit[pk] == "Pembebasan bersyarat"
    url = reverse("remisi:integrasi_orang", args=[d.pekanbaru.kode, lain])
    for siapa in (d.operator_pekanbaru, d.verifikator_riau):
        assert "lagi paling awal" in masuk(siapa).get(url).content.decode()
    isi = masuk(d.operator_pekanbaru).get(reverse("wbp:satu", args=[d.pekanbaru.kode, lain])).content.decode()
    assert "CMK terakhir" in isi


def test_dilaksanakan_unit_lama_sesudah_pindah(meja: Meja, ambon: Register, pekanbaru: Register) -> None:
    """The old unit notes it late: the fact is the person's, where they are by now."""
    d, pk = meja.dunia, orang(meja)
    u = asimilasi_terbit(meja, pk)
    ambon.pindah(pk, pekanbaru)
    hari = hari_ini(meja.upt.zona)
    laksana(meja, u)
    orangnya = satu(pk)
    assert (orangnya.upt_id, orangnya.menjalani, orangnya.asimilasi_sejak) == (d.pekanbaru.pk, "ASIMILASI", hari)


def test_digabung_membawa_keduanya(meja: Meja, ambon: Register, pekanbaru: Register) -> None:
    d, pk = meja.dunia, orang(meja)
    u = cmk(meja, pk)
    nomor = ambon.buka(pk)[pk].nomor
    lama = hari_ini() - timedelta(days=200)
    ada = pekanbaru.catat(nomor=nomor, cmk_terakhir=lama, asimilasi_sejak=lama, tanggal_tahan=_tahan()).pk
    with sebagai_orang(d.operator_ambon) as (oleh, cakupan):
        s = serahkan(data=pk, ke=d.pekanbaru.kode, tanggal=hari_ini(), oleh=oleh, cakupan=cakupan)
    with sebagai_orang(d.operator_pekanbaru) as (oleh, cakupan):
        terima(serah_id=s.pk, oleh=oleh, cakupan=cakupan, gabung=True)
    assert (satu(ada).cmk_terakhir, satu(ada).asimilasi_sejak) == (hari_ini(), lama)
    with terpasang(SISTEM):
        akhir = RiwayatData.objects.filter(data=ada).latest("revisi")
    assert akhir.ubahan["cmk_terakhir"] == [lama.isoformat(), hari_ini().isoformat()]
    cabut(meja, u, d.kepala_ambon)
    assert satu(ada).cmk_terakhir == lama, "the row that goes on is given back what its unit wrote"


# ---------------------------------------------------------------- revoked


def test_cmk_dicabut_kepala_unit_lama(meja: Meja, ambon: Register, pekanbaru: Register) -> None:
    d, pk = meja.dunia, orang(meja)
    u = cmk(meja, pk)
    ambon.pindah(pk, pekanbaru)
    cabut(meja, u, d.kepala_ambon)
    assert satu(pk).cmk_terakhir is None
    assert riwayat(d.pekanbaru, d.operator_pekanbaru) == riwayat(d.pekanbaru, None) == [Riwayat()]


def test_yang_ditulis_unit_kembali(meja: Meja, ambon: Register) -> None:
    dulu = hari_ini() - timedelta(days=150)
    pk = orang(meja, cmk_terakhir=dulu)
    u = cmk(meja, pk)
    assert satu(pk).cmk_terakhir == hari_ini()
    cabut(meja, u, meja.dunia.kepala_ambon)
    assert satu(pk).cmk_terakhir == dulu


def test_keputusan_sebelumnya_kembali(meja: Meja) -> None:
    pk, jauh = orang(meja), hari_ini() + timedelta(days=120)
    laksana(meja, cmk(meja, pk))
    u = cmk(meja, pk, jauh, "SK-CMK-2")
    assert satu(pk).cmk_terakhir == jauh
    cabut(meja, u, meja.dunia.kepala_ambon)
    assert satu(pk).cmk_terakhir == hari_ini()


def test_yang_ditulis_unit_sesudahnya_tidak_disentuh(meja: Meja, ambon: Register) -> None:
    pk = orang(meja)
    u = cmk(meja, pk)
    lain = hari_ini() - timedelta(days=3)
    ambon.ubah(pk, revisi=satu(pk).revisi, cmk_terakhir=lain)
    cabut(meja, u, meja.dunia.kepala_ambon)
    assert satu(pk).cmk_terakhir == lain


def test_asimilasi_dicabut(meja: Meja) -> None:
    pk = orang(meja)
    u = asimilasi(meja, pk)
    cabut(meja, u, meja.dunia.peninjau)
    assert (satu(pk).menjalani, satu(pk).asimilasi_sejak) == ("PIDANA", None)
    with terpasang(SISTEM):
        akhir = RiwayatData.objects.filter(data=pk).latest("revisi")
        jejak = Jejak.objects.filter(tindakan="warga_program").latest("pk")
    hari = hari_ini(meja.upt.zona).isoformat()
    assert akhir.sebab == "keputusan"
    assert akhir.ubahan == {"menjalani": ["ASIMILASI", "PIDANA"], "asimilasi_sejak": [hari, None]}
    assert (jejak.rincian["data"], jejak.upt_id) == ([pk], meja.upt.pk)


def test_yang_sedang_berjalan_tetap_hari_pertamanya(meja: Meja) -> None:
    dulu = hari_ini() - timedelta(days=90)
    pk = orang(meja, menjalani="ASIMILASI", asimilasi_sejak=dulu)
    hari, oleh = hari_ini(), meja.dunia.operator_ambon
    langsung(mulai_program, oleh, Putusan(pk, "ASIMILASI", hari))
    assert satu(pk).asimilasi_sejak == dulu
    langsung(akhiri_program, oleh, Putusan(pk, "ASIMILASI", hari))
    assert satu(pk).asimilasi_sejak == dulu, "this case had not set it"


# ---------------------------------------------------------------- the service


def test_satu_pernyataan_untuk_banyak_orang_di_banyak_unit(meja: Meja) -> None:
    d = meja.dunia
    sini = layak(meja.upt, d.operator_ambon, 2, tanggal_tahan=_tahan())
    banyak = sini + layak(d.pekanbaru, d.operator_pekanbaru, 10, tanggal_tahan=_tahan())

    def kueri(semua: list[int], kerja: Any, jenis: str) -> int:
        putusan = [Putusan(pk, jenis, hari_ini()) for pk in semua]
        with CaptureQueriesContext(connection) as tangkap:
            assert len(langsung(kerja, d.peninjau, *putusan)) == len(semua)
        return len(tangkap)

    for kerja, jenis in ((mulai_program, "ASIMILASI"), (akhiri_program, "ASIMILASI"), (catat_cmk, "CMK")):
        sedikit = kueri(banyak[1:3], kerja, jenis)
        assert kueri([banyak[0], *banyak[3:]], kerja, jenis) == sedikit
    with terpasang(SISTEM):
        semua = RiwayatData.objects.filter(data__in=banyak, sebab="keputusan")
        assert semua.count() == 3 * len(banyak)
        assert set(semua.values_list("data__upt_id", "upt_id")) == {(u.pk, u.pk) for u in (d.ambon, d.pekanbaru)}


def test_hanya_yang_memutus_atau_melaksanakan(meja: Meja) -> None:
    pk = orang(meja)
    with pytest.raises(Ditolak):
        langsung(catat_cmk, meja.dunia.verifikator_maluku, Putusan(pk, "CMK", hari_ini()))
    assert satu(pk).cmk_terakhir is None


def test_yang_sudah_keluar_dicatat_tanpa_menjalani(meja: Meja, ambon: Register) -> None:
    pk = orang(meja)
    ambon.keluar(pk, tanggal=hari_ini())
    langsung(mulai_program, meja.dunia.operator_ambon, Putusan(pk, "ASIMILASI", hari_ini()))
    assert (satu(pk).menjalani, satu(pk).asimilasi_sejak) == ("PIDANA", hari_ini())


def test_register_yang_tidak_membolehkan_menolak(meja: Meja) -> None:
    pk = orang(meja)
    with terpasang(SISTEM):
        DataWarga.objects.filter(pk=pk).update(
            status="TAHANAN", tanggal_putusan=None, pidana_tahun=None, pidana_bulan=None, pidana_hari=None
        )
    with pytest.raises(SalahBanyak) as galat:
        langsung(mulai_program, meja.dunia.operator_ambon, Putusan(pk, "PB", hari_ini()))
    assert list(galat.value.baris) == [pk]
    assert satu(pk).menjalani == "PIDANA"
