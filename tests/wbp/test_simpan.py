"""Retention by the clock: the key is destroyed, totals stay, a hold blocks, a second run finds nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Count, Sum

from pemasyarakatan.inti.galat import Bentrok, Ditolak
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NOMOR, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from wbp import putar, sandi
from wbp.models import DataWarga, KunciWarga, SerahTerima, WargaBinaan
from wbp.selectors_data import cari
from wbp.serah import serahkan, tolak
from wbp.services import kenali
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


# ---------------------------------------------------------------- where they were before


def _keluar_lama(pk: int) -> None:
    with terpasang(SISTEM):
        DataWarga.objects.filter(pk=pk).update(keluar_pada=KELUAR)


def _warga() -> list[tuple[str, str]]:
    with terpasang(SISTEM):
        return list(WargaBinaan.objects.order_by("pk").values_list("indeks", "ujung"))


def test_unit_yang_dulu_juga_lupa(ambon: Register, masohi: Register) -> None:
    """Also after the receiving unit gave the person a number of its own."""
    data = ambon.catat()
    ambon.pindah(data.pk, masohi)
    masohi.ubah(data.pk, revisi=2, nomor="B.II 9/2026")
    assert [ujung for _, ujung in _warga()] == ["213", "II9"]
    _keluar_lama(data.pk)
    assert musnahkan(TEMPO) == 1
    assert [(indeks[:7], ujung) for indeks, ujung in _warga()] == [("musnah:", "")] * 2
    assert putar.sisa().tanpa_nomor == 0


def test_nomor_yang_dipakai_orang_lain_tidak_dilupakan(ambon: Register, masohi: Register) -> None:
    lama = ambon.catat()
    ambon.pindah(lama.pk, masohi)
    kini = ambon.catat(nama="Orang Lain")  # the number was given again
    assert kini.warga_id == lama.warga_id
    _keluar_lama(lama.pk)
    assert musnahkan(TEMPO) == 1
    with sebagai_orang(ambon.orang) as (_, cakupan):
        assert [d.pk for d in cari(cakupan, ambon.upt, NOMOR)] == [kini.pk]


def test_nomor_keliru_yang_dibetulkan_dilupakan(ambon: Register, dunia: Dunia) -> None:
    data = ambon.catat(nomor="B.I 48231/2025")
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan):
        dikenal = kenali(nomor=NOMOR, upt=dunia.ambon, oleh=oleh, cakupan=cakupan)
    assert ambon.ubah(data.pk, nomor=NOMOR).warga_id == dikenal.pk, "one person, one row"
    _keluar_lama(data.pk)
    assert musnahkan(TEMPO) == 1
    assert [ujung for _, ujung in _warga()] == ["", ""]


def test_alasan_penolakan_ikut_dimusnahkan(ambon: Register, masohi: Register) -> None:
    pk = ambon.catat().pk
    with sebagai_orang(ambon.orang) as (oleh, cakupan):
        satu = serahkan(data=pk, ke=masohi.upt.kode, tanggal=hari_ini("WIT"), oleh=oleh, cakupan=cakupan)
    with sebagai_orang(masohi.orang) as (oleh, cakupan):
        tolak(serah_id=satu.pk, alasan="Tidak tiba, kata Kenari", oleh=oleh, cakupan=cakupan)
    _keluar_lama(pk)
    musnahkan(TEMPO)
    with terpasang(SISTEM):
        assert SerahTerima.objects.values_list("inisial", "ujung", "alasan").get() == ("", "", "")
