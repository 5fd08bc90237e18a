"""Lists of candidates: every work list leads to exactly the people it counts; what is old says so; nobody else's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from pemasyarakatan.inti.galat import TidakDitemukan
from remisi.calon import selectors as baca
from remisi.calon.selectors import Saring
from remisi.models import Kandidat, Kesempatan, Perhitungan
from tests.remisi.test_calon import buat_kesempatan, hitung, isi, scope
from upt.cakupan import SISTEM, terpasang
from wbp.models import DataWarga


@pytest.fixture
def terhitung(dunia_nyata: Any) -> Kesempatan:
    kesempatan = buat_kesempatan()
    isi(dunia_nyata.ambon, dunia_nyata.operator_ambon, 200)
    hitung(kesempatan, dunia_nyata.ambon, dunia_nyata.operator_ambon)
    return kesempatan


def test_setiap_kelompok_menuju_tepat_orangnya(dunia_nyata: Any, terhitung: Kesempatan) -> None:
    cakupan = scope(dunia_nyata.operator_ambon)
    with terpasang(cakupan):
        kelompok = baca.kelompok_kerja(cakupan, terhitung, dunia_nyata.ambon)
        assert len(kelompok) > 5
        for satu in kelompok:
            tautan = Saring.dari(satu.saring.kueri)
            assert tautan == satu.saring
            assert baca.jumlah(cakupan, terhitung, dunia_nyata.ambon, tautan).orang == satu.orang
        salinan = next(k for k in kelompok if k.alasan == "PUTUSAN:D")
        assert salinan.judul == "Kurang salinan putusan"
        assert salinan.pembenah == "Registrasi"


def test_yang_tidak_memenuhi_selalu_punya_alasan(dunia_nyata: Any, terhitung: Kesempatan) -> None:
    with terpasang(SISTEM):
        for k in Kandidat.objects.filter(kesempatan=terhitung):
            huruf = {s[-1] for s in k.syarat}
            assert ("T" in huruf) == (k.keadaan == "TIDAK")
            assert k.keadaan != "PERLU_DATA" or "D" in huruf
            for satu in (s for s in k.syarat if s[-1] in "TD"):
                assert baca.nama_alasan(satu)


def test_jumlah_daftar_dan_saringan_sepakat(dunia_nyata: Any, terhitung: Kesempatan) -> None:
    cakupan = scope(dunia_nyata.operator_ambon)
    with terpasang(cakupan):
        semua = baca.jumlah(cakupan, terhitung, dunia_nyata.ambon)
        assert baca.daftar(cakupan, terhitung, dunia_nyata.ambon).count() == semua.semua > 0
        for keadaan, n in (("LAYAK", semua.layak), ("PERLU_DATA", semua.perlu_data), ("TIDAK", semua.tidak)):
            assert baca.daftar(cakupan, terhitung, dunia_nyata.ambon, Saring(keadaan=keadaan)).count() == n
        jenis = baca.pilihan(cakupan, terhitung, dunia_nyata.ambon)["jenis"]
        assert set(jenis) == {"RU", "PMPU"}
        bagian = [baca.jumlah(cakupan, terhitung, dunia_nyata.ambon, Saring(jenis=j)).semua for j in jenis]
        assert sum(bagian) == semua.semua
        with connection.cursor() as kursor:  # one page reads no row by row
            kursor.execute("SELECT 1")
        halaman = list(baca.daftar(cakupan, terhitung, dunia_nyata.ambon)[: baca.PER_HALAMAN])
        assert len(halaman) == baca.PER_HALAMAN


@pytest.mark.parametrize(
    "kueri", [{"alasan": "PUTUSAN:Y"}, {"alasan": "x' OR 1:D"}, {"keadaan": "SEMUA"}, {"hasil": "3"}]
)
def test_saringan_asing_diabaikan(kueri: dict[str, str]) -> None:
    assert Saring.dari(kueri) == Saring()


def test_penjelasan_hari_ini_dan_bedanya(dunia_nyata: Any, terhitung: Kesempatan) -> None:
    d, cakupan = dunia_nyata, scope(dunia_nyata.operator_ambon)
    with terpasang(cakupan):
        layak = Kandidat.objects.filter(kesempatan=terhitung, keadaan="LAYAK").first()
        assert layak is not None
        penjelasan = baca.jelaskan(cakupan, terhitung, d.ambon, layak.data_id)
        assert penjelasan.beda == []
        assert [h.kode for h in penjelasan.hasil if h.jenis == layak.jenis] == [layak.syarat]
        DataWarga.objects.filter(pk=layak.data_id).update(salinan_putusan=False)
        beda = baca.jelaskan(cakupan, terhitung, d.ambon, layak.data_id).beda
        assert beda == [f"{layak.jenis}: dulu “Memenuhi syarat”, kini “Perlu data”."]


def test_unit_lain_tidak_menemukan(dunia_nyata: Any, terhitung: Kesempatan) -> None:
    with terpasang(SISTEM):
        data = Kandidat.objects.filter(kesempatan=terhitung).values_list("data_id", flat=True)[0]
    for orang in (dunia_nyata.operator_masohi, dunia_nyata.verifikator_riau, dunia_nyata.asing):
        cakupan = scope(orang)
        with terpasang(cakupan):
            assert not baca.daftar(cakupan, terhitung, dunia_nyata.ambon).exists()
            assert baca.kelompok_kerja(cakupan, terhitung, dunia_nyata.ambon) == []
            with pytest.raises(TidakDitemukan):
                baca.jelaskan(cakupan, terhitung, dunia_nyata.ambon, data)
    with terpasang(SISTEM), pytest.raises(TidakDitemukan):
        baca.jelaskan(SISTEM, terhitung, dunia_nyata.masohi, data)


def test_perhitungan_yang_lama_mengatakan_sebabnya(dunia_nyata: Any, terhitung: Kesempatan) -> None:
    d = dunia_nyata

    def sebab() -> tuple[str, ...]:
        with terpasang(SISTEM):
            return baca.kesegaran(SISTEM, Kesempatan.objects.get(pk=terhitung.pk), d.ambon).sebab

    assert sebab() == ()
    with terpasang(SISTEM):
        assert baca.kesegaran(SISTEM, terhitung, d.masohi).sebab == ("Calon belum dihitung.",)
        DataWarga.objects.filter(upt=d.ambon).update(revisi=2)
    assert sebab() == ("Register berubah sesudah perhitungan.",)
    hitung(terhitung, d.ambon, d.operator_ambon)
    assert sebab() == ()
    with terpasang(SISTEM):
        perhitungan = Perhitungan.objects.get(kesempatan=terhitung)
        perhitungan.sidik_aturan = "lain"
        perhitungan.dihitung_pada -= timedelta(days=8)
        perhitungan.save()
        Kesempatan.objects.filter(pk=terhitung.pk).update(tanggal=date(2027, 8, 18))
    assert [s.split()[0] for s in sebab()] == ["Aturan", "Tanggal", "Perhitungan"]


def test_yang_pindah_atau_keluar_hilang_dari_daftar(dunia_nyata: Any, terhitung: Kesempatan) -> None:
    d = dunia_nyata
    with terpasang(SISTEM):
        semua = baca.jumlah(SISTEM, terhitung, d.ambon)
        satu = Kandidat.objects.filter(kesempatan=terhitung).first()
        assert satu is not None
        DataWarga.objects.filter(pk=satu.data_id).update(keluar_pada=date(2026, 11, 1))
        assert baca.jumlah(SISTEM, terhitung, d.ambon).orang == semua.orang - 1
