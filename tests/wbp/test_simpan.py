"""Retention by the clock: the key is destroyed, totals stay, a hold blocks, a second run finds nobody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Sum

from pelaporan.models import Pemberitahuan
from pelaporan.register.services import BarisSalah, PerluJawaban
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NAMA, NAPI, NOMOR, Register, dicatat_keluar, nomor_ke, sapu
from tests.wbp.test_sdp import Unit, csv
from upt.cakupan import SISTEM, terpasang
from wbp import putar, sandi
from wbp.models import DataWarga, KunciWarga, RiwayatData, SerahTerima, WargaBinaan
from wbp.sdp import services as sdp
from wbp.sdp.tulis import Keluar
from wbp.selectors_data import cari
from wbp.serah import serahkan, tolak
from wbp.services import kenali
from wbp.services_data import kembalikan
from wbp.simpan import aturan, batas, lepas, musnahkan, tahan, tunda_musnah, umumkan

KELUAR = date(2026, 8, 17)
TEMPO = date(2026 + 10, 8, 17)


@pytest.fixture
def keluar(ambon: Register) -> DataWarga:
    data = ambon.catat()
    ambon.keluar(data.pk, tanggal=KELUAR)
    dicatat_keluar(data.pk, KELUAR)
    return ambon.baca(data.pk)


def test_aturannya_data_yang_belum_dikonfirmasi() -> None:
    assert (aturan(KELUAR).nilai, aturan(KELUAR).satuan) == (10, "tahun")
    assert aturan(KELUAR).tanda
    assert batas(TEMPO) == KELUAR
    assert batas(date(2036, 2, 29)) == date(2026, 2, 28)


def test_dimusnahkan_tepat_pada_harinya(ambon: Register, keluar: DataWarga) -> None:
    with terpasang(SISTEM):
        amplop = sandi.Amplop(bytes(keluar.rahasia), bytes(keluar.kunci.bungkus), keluar.kunci.kunci)
    assert musnahkan(TEMPO - tunda_musnah(TEMPO)) == 0, "only announced"
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
    sapu(TEMPO)
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
    assert sapu(TEMPO) == 0
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan), pytest.raises(Ditolak, match="kepala"):
        lepas(data=keluar.pk, alasan="Sudah selesai", oleh=oleh, cakupan=cakupan)
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan), pytest.raises(BarisSalah):
        tahan(data=keluar.pk, alasan=" ", oleh=oleh, cakupan=cakupan)
    with sebagai_orang(dunia.kepala_ambon) as (oleh, cakupan), pytest.raises(BarisSalah):
        lepas(data=keluar.pk, alasan="", oleh=oleh, cakupan=cakupan)
    with sebagai_orang(dunia.kepala_ambon) as (oleh, cakupan):
        lepas(data=keluar.pk, alasan="Perkaranya putus", oleh=oleh, cakupan=cakupan)
        akhir = RiwayatData.objects.filter(data=keluar).first()
    assert akhir is not None
    assert akhir.ubahan["alasan_lepas"] == ["", "Perkaranya putus"]
    with terpasang(SISTEM):
        assert Jejak.objects.filter(tindakan="warga_lepas_tahan", objek_id=str(keluar.pk)).count() == 1
    assert sapu(TEMPO) == 1
    with sebagai_orang(dunia.kepala_ambon) as (oleh, cakupan), pytest.raises(Bentrok):
        tahan(data=keluar.pk, alasan="Terlambat", oleh=oleh, cakupan=cakupan)


# ---------------------------------------------------------------- where they were before


def _warga() -> list[tuple[str, str]]:
    with terpasang(SISTEM):
        return list(WargaBinaan.objects.order_by("pk").values_list("indeks", "ujung"))


def test_unit_yang_dulu_juga_lupa(ambon: Register, masohi: Register) -> None:
    """Also after the receiving unit gave the person a number of its own."""
    data = ambon.catat()
    ambon.pindah(data.pk, masohi)
    masohi.ubah(data.pk, revisi=2, nomor="B.II 9/2026")
    assert [ujung for _, ujung in _warga()] == ["213", "II9"]
    dicatat_keluar(data.pk, KELUAR)
    assert sapu(TEMPO) == 1
    assert [(indeks[:7], ujung) for indeks, ujung in _warga()] == [("musnah:", "")] * 2
    assert putar.sisa().tanpa_nomor == 0


def test_nomor_yang_dipakai_orang_lain_tidak_dilupakan(ambon: Register, masohi: Register) -> None:
    lama = ambon.catat()
    ambon.pindah(lama.pk, masohi)
    kini = ambon.catat(nama="Orang Lain")  # the number was given again
    assert kini.warga_id == lama.warga_id
    dicatat_keluar(lama.pk, KELUAR)
    assert sapu(TEMPO) == 1
    with sebagai_orang(ambon.orang) as (_, cakupan):
        assert [d.pk for d in cari(cakupan, ambon.upt, NOMOR)] == [kini.pk]


def test_nomor_keliru_yang_dibetulkan_dilupakan(ambon: Register, dunia: Dunia) -> None:
    data = ambon.catat(nomor="B.I 48231/2025")
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan):
        dikenal = kenali(nomor=NOMOR, upt=dunia.ambon, oleh=oleh, cakupan=cakupan)
    assert ambon.ubah(data.pk, nomor=NOMOR).warga_id == dikenal.pk, "one person, one row"
    dicatat_keluar(data.pk, KELUAR)
    assert sapu(TEMPO) == 1
    assert [ujung for _, ujung in _warga()] == ["", ""]


def test_alasan_penolakan_ikut_dimusnahkan(ambon: Register, masohi: Register) -> None:
    pk = ambon.catat().pk
    with sebagai_orang(ambon.orang) as (oleh, cakupan):
        satu = serahkan(data=pk, ke=masohi.upt.kode, tanggal=hari_ini("WIT"), oleh=oleh, cakupan=cakupan)
    with sebagai_orang(masohi.orang) as (oleh, cakupan):
        tolak(serah_id=satu.pk, alasan="Tidak tiba, kata Kenari", oleh=oleh, cakupan=cakupan)
    dicatat_keluar(pk, KELUAR)
    sapu(TEMPO)
    with terpasang(SISTEM):
        assert SerahTerima.objects.values_list("inisial", "ujung", "alasan").get() == ("", "", "")


# ---------------------------------------------------------------- what a typed day can bring about


def test_tanggal_yang_baru_diketik_tidak_memusnahkan(ambon: Register) -> None:
    data = ambon.catat()
    ambon.ubah(data, sejak=date(2001, 1, 1), setuju=("masuk_dahulu",))
    with pytest.raises(PerluJawaban, match="Periksa lagi"):
        ambon.keluar(data.pk, tanggal=date(2001, 1, 2))
    ambon.keluar(data.pk, tanggal=date(2001, 1, 2), setuju=("keluar_lampau",))
    kini = hari_ini()
    assert sapu(kini) == 0
    assert sapu(kini + timedelta(days=365 * 9)) == 0, "kept as long as the rule says from today"
    assert sapu(kini + timedelta(days=366 * 10 + 1)) == 1


def test_seunit_lewat_satu_berkas_tidak_dimusnahkan(dunia: Dunia, ambon: Register) -> None:
    lama = {"tanggal_tahan": date(2001, 1, 1), "tanggal_putusan": date(2001, 6, 1), "sejak": date(2002, 1, 1)}
    ambon.banyak([{**NAPI, **lama, "nomor": nomor_ke(n), "nama": f"Burung Ke{n}"} for n in range(5)])
    u = Unit(dunia, dunia.operator_ambon)
    with terpasang(u.cakupan):
        satu = u.terima(csv((nomor_ke(0), "Burung Ke0", "narapidana", "5 Tahun", "", "")))
        rencana = sdp.buka_isi(satu).rencana
        keluar = Keluar(tuple(o["id"] for o in rencana.keluar), date(2003, 1, 1), "Bebas")
        with pytest.raises(TidakSah, match="setahun"):
            sdp.simpan(impor_id=satu.pk, sidik=rencana.sidik, keluar=keluar, **u.umum)
        sdp.simpan(impor_id=satu.pk, sidik=rencana.sidik, keluar=keluar, yakin=True, **u.umum)
    assert sapu(hari_ini()) == 0


def test_unit_diberi_tahu_sebelumnya(ambon: Register, keluar: DataWarga) -> None:
    awal = TEMPO - tunda_musnah(TEMPO)
    assert umumkan(awal - timedelta(days=1)) == 0
    assert (umumkan(awal), umumkan(awal)) == (1, 0)
    with terpasang(SISTEM):
        kabar = Pemberitahuan.objects.get(jenis="warga")
    assert (kabar.upt_id, kabar.untuk) == (ambon.upt.pk, "upt")
    assert "1 orang" in kabar.teks
    assert keluar.inisial not in kabar.teks
    assert musnahkan(TEMPO - timedelta(days=1)) == 0
    assert musnahkan(TEMPO) == 1


def test_yang_terlambat_diumumkan_menunggu(keluar: DataWarga) -> None:
    assert musnahkan(TEMPO + timedelta(days=100)) == 0, "nobody was told yet"
    assert musnahkan(TEMPO + timedelta(days=130)) == 1


def test_teks_ketikan_dan_tanggal_ikut_dimusnahkan(ambon: Register, dunia: Dunia) -> None:
    data = ambon.catat()
    ambon.keluar(data.pk, tanggal=KELUAR)
    with sebagai_orang(dunia.kepala_ambon) as (oleh, cakupan):
        kembalikan(data=data.pk, alasan=f"Salah orang, yang bebas adik {NAMA}", oleh=oleh, cakupan=cakupan)
        tahan(data=data.pk, alasan=f"Perkara {NAMA}", oleh=oleh, cakupan=cakupan)
        lepas(data=data.pk, alasan=f"Perkara {NAMA} putus", oleh=oleh, cakupan=cakupan)
    ambon.buka(data.pk, keterangan=f"Diminta keluarga {NAMA}")
    dicatat_keluar(data.pk, KELUAR)
    assert _tabel_memuat(NAMA), "the search finds what is there"
    assert sapu(TEMPO) == 1
    assert _tabel_memuat(NAMA) == []
    sisa = ambon.baca(data.pk)
    assert (sisa.tanggal_tahan, sisa.tanggal_putusan) == (date(2024, 1, 1), date(2024, 1, 1))
    assert (sisa.sejak, sisa.keluar_pada, sisa.register_f_diperiksa) == (date(2024, 1, 1), date(2026, 1, 1), None)


def _tabel_memuat(teks: str) -> list[str]:
    """Tables in which a row has this text."""
    ada = []
    with terpasang(SISTEM), connection.cursor() as kursor:
        for tabel in connection.introspection.table_names(kursor):
            if tabel != "django_migrations":
                kursor.execute(f'SELECT EXISTS (SELECT FROM "{tabel}" x WHERE x::text ILIKE %s)', [f"%{teks}%"])
                ada += [tabel] * kursor.fetchone()[0]
    return ada
