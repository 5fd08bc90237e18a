"""Retention by the clock: the key is destroyed, totals stay, a hold blocks, a second run finds nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Count, Sum

from pemasyarakatan.inti.galat import Bentrok, Ditolak
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NOMOR, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from wbp import sandi
from wbp.models import DataWarga, KunciWarga
from wbp.selectors_data import cari
from wbp.simpan import aturan, batas, musnahkan, tahan

KELUAR = date(2026, 8, 17)
TEMPO = date(2026 + 10, 8, 17)


@pytest.fixture
def keluar(ambon: Register) -> DataWarga:
    data = ambon.catat()
    ambon.keluar(data.pk, tanggal=KELUAR)
    return ambon.baca(data.pk)


def test_aturannya_data_yang_belum_dikonfirmasi() -> None:
    assert (aturan(KELUAR).nilai, aturan(KELUAR).satuan) == (10, "tahun")
    assert aturan(KELUAR).tanda
    assert batas(TEMPO) == KELUAR
    assert batas(date(2036, 2, 29)) == date(2026, 2, 28)


def test_dimusnahkan_tepat_pada_harinya(ambon: Register, keluar: DataWarga) -> None:
    with terpasang(SISTEM):
        amplop = sandi.Amplop(bytes(keluar.rahasia), bytes(keluar.kunci.bungkus), keluar.kunci.kunci)
    assert musnahkan(date(2036, 8, 16)) == 0
    sebelum = _jumlah()
    assert musnahkan(TEMPO) == 1
    assert musnahkan(TEMPO) == 0
    assert _jumlah() == sebelum
    sisa = ambon.baca(keluar.pk)
    assert (bytes(sisa.rahasia), sisa.inisial, sisa.indeks_nama, sisa.warga.ujung) == (b"", "", [], "")
    assert sisa.dimusnahkan_pada is not None
    with terpasang(SISTEM):
        assert not KunciWarga.objects.filter(data=keluar).exists()
        assert Jejak.objects.filter(tindakan="warga_musnah", objek_id=str(keluar.pk)).count() == 1
    with pytest.raises(sandi.GalatSandi):  # an old copy of the ciphertext with another person's key
        sandi.buka_warga(
            sandi.Amplop(amplop.isi, sandi.sandikan_warga(sandi.Rahasia("a", "b"), keluar.pk).bungkus, "1"), keluar.pk
        )


def _jumlah() -> list[dict[str, Any]]:
    with terpasang(SISTEM):
        semua = DataWarga.objects.order_by("status", "kelompok").values("status", "kelompok", "jenis_kelamin", "agama")
        return list(semua.annotate(orang=Count("pk"), tahun=Sum("pidana_tahun"), lahir=Sum("tahun_lahir")))


def test_yang_dimusnahkan_tidak_ditemukan_dan_menyebutnya(ambon: Register, keluar: DataWarga) -> None:
    musnahkan(TEMPO)
    with sebagai_orang(ambon.orang) as (_, cakupan):
        assert not cari(cakupan, ambon.upt, NOMOR).exists()
        assert not cari(cakupan, ambon.upt, "kenari").exists()
    terbuka = ambon.buka(keluar.pk)[keluar.pk]
    assert (terbuka.nama, terbuka.nomor) == ("", "")
    assert "dimusnahkan" in terbuka.keterangan
    with pytest.raises(Bentrok, match="dimusnahkan"):
        ambon.ubah(keluar.pk, revisi=2, pidana_tahun=7)
    baru = ambon.catat()  # the same number may come again: another person
    assert baru.pk != keluar.pk


def test_yang_ditahan_tidak_dimusnahkan(ambon: Register, keluar: DataWarga, dunia: Dunia) -> None:
    ambon.catat(nomor=nomor_ke(1))  # still here
    with sebagai_orang(dunia.auditor) as (oleh, cakupan), pytest.raises(Ditolak):
        tahan(data=keluar.pk, alasan="Perkara", oleh=oleh, cakupan=cakupan)
    with sebagai_orang(dunia.kepala_ambon) as (oleh, cakupan):
        tahan(data=keluar.pk, alasan="Perkara banding berjalan", oleh=oleh, cakupan=cakupan)
    assert musnahkan(TEMPO) == 0
    with sebagai_orang(dunia.kepala_ambon) as (oleh, cakupan):
        tahan(data=keluar.pk, alasan="", oleh=oleh, cakupan=cakupan)
    assert musnahkan(TEMPO) == 1
    with sebagai_orang(dunia.kepala_ambon) as (oleh, cakupan), pytest.raises(Bentrok):
        tahan(data=keluar.pk, alasan="Terlambat", oleh=oleh, cakupan=cakupan)
