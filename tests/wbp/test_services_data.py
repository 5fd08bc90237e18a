"""Writing the register: encrypted, found again, changed by one at a time, with a history that names nobody."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from pelaporan.register.services import BarisSalah, PerluJawaban
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NAMA, NAPI, NOMOR, Register, nomor_ke
from wbp.models import KunciWarga, Pemberian, RiwayatData, WargaBinaan
from wbp.selectors_data import cari, kekurangan, mulai_register
from wbp.services import kenali
from wbp.services_catatan import Beri, Perilaku, cabut_pemberian, tarik_perilaku
from wbp.services_data import SalahBanyak, kembalikan


def test_dicatat_tersandi_dan_dapat_dibuka(ambon: Register) -> None:
    data = ambon.catat()
    assert (data.inisial, str(data.warga), data.revisi) == ("K.B.", "•••213", 1)
    assert NAMA.encode() not in bytes(data.rahasia)
    terbuka = ambon.buka(data.pk)[data.pk]
    assert (terbuka.nama, terbuka.nomor) == (NAMA, NOMOR)
    assert "Kenari" not in repr(terbuka)


def test_nomor_yang_sama_tidak_dicatat_dua_kali(ambon: Register) -> None:
    ambon.catat()
    with pytest.raises(BarisSalah) as galat:
        ambon.catat(nomor="bi 48213/2025", nama="Orang Lain")
    assert "sudah ada" in galat.value.pesan
    with pytest.raises(BarisSalah):
        ambon.banyak([{**NAPI, "nomor": nomor_ke(1)}, {**NAPI, "nomor": nomor_ke(1)}])


def test_orang_yang_dikenal_register_lain_tetap_satu(ambon: Register, dunia: Dunia) -> None:
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan):
        dikenal = kenali(nomor=NOMOR, upt=dunia.ambon, oleh=oleh, cakupan=cakupan)
    assert ambon.catat().warga_id == dikenal.pk
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan):
        assert kenali(nomor="BI48213/2025", upt=dunia.ambon, oleh=oleh, cakupan=cakupan) == dikenal
        assert WargaBinaan.objects.filter(upt=dunia.ambon).count() == 1


def test_riwayat_dan_jejak_tanpa_nama(ambon: Register) -> None:
    data = ambon.catat()
    baru = ambon.ubah(data, pidana_tahun=6, nama="Melati Kamboja", nomor="B.I 7/2026")
    with sebagai_orang(ambon.orang):
        riwayat = RiwayatData.objects.filter(data=data).first()
        jejak = list(Jejak.objects.filter(upt_id=ambon.upt.pk).values())
    assert riwayat is not None
    assert riwayat.ubahan == {"pidana_tahun": [5, 6], "nama": [], "nomor": []}
    assert (baru.inisial, baru.warga.ujung, baru.revisi) == ("M.K.", "BI7", 2)
    semua = json.dumps([jejak, riwayat.ubahan], default=str)
    for rahasia in ("Melati", "Kamboja", "Kenari", "48213", "B.I 7"):
        assert rahasia not in semua
    terbuka = ambon.buka(data.pk)[data.pk]
    assert (terbuka.nama, terbuka.nomor) == ("Melati Kamboja", "B.I 7/2026")


def test_ubahan_yang_tidak_mengubah_tidak_ditulis(ambon: Register) -> None:
    data = ambon.catat()
    assert ambon.ubah(data, revisi=99, pidana_tahun=5).revisi == 1
    with sebagai_orang(ambon.orang):
        assert RiwayatData.objects.filter(data=data).count() == 1


def test_revisi_lama_ditolak(ambon: Register) -> None:
    data = ambon.catat()
    ambon.ubah(data, pidana_tahun=6)
    with pytest.raises(Bentrok, match="baru saja diubah"):
        ambon.ubah(data, revisi=1, pidana_tahun=7)


def test_asing_tidak_ada_dan_tanpa_hak_ditolak(ambon: Register, pekanbaru: Register, dunia: Dunia) -> None:
    data = ambon.catat()
    for orang in (dunia.operator_pekanbaru, dunia.verifikator_riau, dunia.operator_masohi, dunia.asing):
        with pytest.raises(TidakDitemukan):
            Register(dunia.ambon, orang).ubah(data, pidana_tahun=9)
        with pytest.raises(TidakDitemukan):
            Register(dunia.ambon, orang).catat(nomor=nomor_ke(5))
    for orang in (dunia.verifikator_maluku, dunia.peninjau, dunia.auditor):
        with pytest.raises(Ditolak):
            Register(dunia.ambon, orang).ubah(data, pidana_tahun=9)


def test_pertanyaan_dijawab_dan_yang_mustahil_ditolak(ambon: Register) -> None:
    with pytest.raises(PerluJawaban) as tanya:
        ambon.catat(subsider_bulan=3)
    assert [t.kode for t in tanya.value.temuan] == ["subsider_denda"]
    assert ambon.catat(setuju=["subsider_denda"], subsider_bulan=3).subsider_bulan == 3
    with pytest.raises(BarisSalah) as salah:
        ambon.catat(nomor=nomor_ke(2), tahun_lahir=2015)
    assert set(salah.value.bidang) == {"tahun_lahir"}


def test_borongan_semua_atau_tidak_sama_sekali(ambon: Register, django_assert_max_num_queries: Any) -> None:
    baris = [{**NAPI, "nomor": nomor_ke(n), "nama": f"Orang Ke{n}"} for n in range(40)]
    with pytest.raises(SalahBanyak) as galat:
        ambon.banyak([*baris, {**NAPI, "nomor": nomor_ke(99), "pidana_tahun": 0}])
    assert set(galat.value.baris) == {40}
    with sebagai_orang(ambon.orang):
        assert WargaBinaan.objects.count() == 0
    with django_assert_max_num_queries(25):
        ids = ambon.banyak(baris)
    assert ambon.buka(*ids)[ids[7]].nama == "Orang Ke7"
    with sebagai_orang(ambon.orang):
        assert KunciWarga.objects.count() == 40


# ---------------------------------------------------------------- conduct and grants


def test_perilaku_menentukan_yang_terakhir(ambon: Register) -> None:
    pk = ambon.catat().pk
    assert ambon.perilaku(
        Perilaku(pk, "SPPN", date(2026, 7, 31), "BAIK"),
        Perilaku(pk, "SPPN", date(2026, 6, 30), "KURANG"),
        Perilaku(pk, "REGISTER_F", date(2026, 3, 5)),
    ) == 3  # fmt: skip
    data = ambon.baca(pk)
    assert (data.sppn_predikat, data.sppn_tanggal) == ("BAIK", date(2026, 7, 31))
    assert data.register_f_terakhir == date(2026, 3, 5)
    assert ambon.perilaku(Perilaku(pk, "SPPN", date(2026, 7, 31), "BAIK")) == 0
    assert ambon.perilaku(Perilaku(pk, "SPPN", date(2026, 7, 31), "CUKUP")) == 1
    assert ambon.baca(pk).sppn_predikat == "CUKUP"
    with sebagai_orang(ambon.orang) as (oleh, cakupan):
        berlaku = data.perilaku.filter(ditarik_pada=None)
        ditarik = berlaku.exclude(tanggal=date(2026, 6, 30)).values_list("pk", flat=True)
        assert tarik_perilaku(catatan=list(ditarik), oleh=oleh, cakupan=cakupan) == 2
    data = ambon.baca(pk)
    assert (data.sppn_predikat, data.register_f_terakhir, data.revisi) == ("KURANG", None, 1)


def test_perilaku_yang_mustahil(ambon: Register) -> None:
    pk = ambon.catat().pk
    for salah in (
        Perilaku(pk, "SPPN", date(2026, 7, 31)),
        Perilaku(pk, "REGISTER_F", date(2026, 7, 31), "BAIK"),
        Perilaku(pk, "SPPN", date(2024, 1, 1), "BAIK"),
        Perilaku(pk, "SPPN", date(2099, 1, 1), "BAIK"),
    ):
        with pytest.raises(BarisSalah):
            ambon.perilaku(salah)


def test_pemberian_dan_pencabutan(ambon: Register, dunia: Dunia) -> None:
    pk = ambon.catat().pk
    satu = Beri(pk, "RU", date(2025, 8, 17), bulan=2)
    assert ambon.beri(satu, Beri(pk, "RK", date(2026, 3, 21), hari=15)) == 2
    assert ambon.beri(satu) == 0
    with pytest.raises(BarisSalah, match="besar lain"):
        ambon.beri(Beri(pk, "RU", date(2025, 8, 17), bulan=3))
    with sebagai_orang(ambon.orang) as (oleh, cakupan):
        pemberian = Pemberian.objects.get(jenis="RU")
        assert cabut_pemberian(pemberian=[pemberian.pk], oleh=oleh, cakupan=cakupan) == 1
        with pytest.raises(TidakDitemukan):
            cabut_pemberian(pemberian=[pemberian.pk], oleh=oleh, cakupan=cakupan)
    assert ambon.beri(Beri(pk, "RU", date(2025, 8, 17), bulan=3)) == 1


# ---------------------------------------------------------------- leaving, searching


def test_keluar_dan_kembali(ambon: Register) -> None:
    pk = ambon.catat().pk
    with pytest.raises(BarisSalah):
        ambon.keluar(pk, tanggal=date(2020, 1, 1))
    ambon.keluar(pk, tanggal=date(2026, 8, 17))
    with pytest.raises(Bentrok, match="keluar"):
        ambon.ubah(pk, revisi=2, pidana_tahun=6)
    with sebagai_orang(ambon.orang) as (oleh, cakupan):
        kembali = kembalikan(data=pk, alasan="Salah orang", oleh=oleh, cakupan=cakupan)
    assert (kembali.keluar_pada, kembali.revisi) == (None, 3)


@pytest.mark.parametrize("teks", [NOMOR, "bi-48213-2025", "kenari", "KENARI burungwati", "Burungwati, Kenari"])
def test_dicari_dengan_nomor_atau_kata_nama(ambon: Register, teks: str) -> None:
    data = ambon.catat()
    ambon.catat(nomor=nomor_ke(1), nama="Cendrawasih")
    with sebagai_orang(ambon.orang) as (_, cakupan):
        assert [d.pk for d in cari(cakupan, ambon.upt, teks)] == [data.pk]
        assert not cari(cakupan, ambon.upt, "kenar").exists()


def test_register_bicara_sejak_orang_pertama(ambon: Register) -> None:
    with sebagai_orang(ambon.orang):
        assert mulai_register(ambon.upt) is None
    ambon.catat()
    with sebagai_orang(ambon.orang) as (_, cakupan):
        assert mulai_register(ambon.upt) is not None
        assert {kode for kode, _, _ in kekurangan(cakupan, ambon.upt)} == {"sppn", "register_f"}
