"""A person moves to another unit: announced, confirmed, with everything that belongs to them; and to nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from tests.dunia import Dunia
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT
from wbp import sandi, serah
from wbp.models import AksesWarga, DataWarga, Pemberian, RiwayatData, SerahTerima, WargaBinaan
from wbp.selectors_data import cari
from wbp.serah import NomorSudahAda
from wbp.services_catatan import Beri, Perilaku, catat_pemberian, catat_perilaku
from wbp.services_data import catat_banyak

NOMOR, NAMA = "B.I 21/2024", "Warga Contoh Serah"


def hak(orang: Pengguna) -> dict[str, Any]:
    with terpasang(Cakupan(pengguna_id=orang.pk)):
        return {"oleh": orang, "cakupan": Cakupan.dari(orang)}


def warga(upt: UPT, orang: Pengguna, nomor: str = NOMOR) -> DataWarga:
    siapa = hak(orang)
    with terpasang(siapa["cakupan"]):
        nilai = {"nomor": nomor, "nama": NAMA, "status": "NARAPIDANA", "tanggal_tahan": date(2024, 2, 1)}
        (pk,) = catat_banyak(upt=upt, baris=[{**nilai, "sejak": date(2024, 5, 1), "pidana_tahun": 5}], **siapa)
        return DataWarga.objects.get(pk=pk)


def beri(data: DataWarga, orang: Pengguna) -> None:
    siapa = hak(orang)
    with terpasang(siapa["cakupan"]):
        catat_pemberian(pemberian=[Beri(data.pk, "RU", date(2025, 8, 17), 1)], asal="KETIK", **siapa)
        catat_perilaku(catatan=[Perilaku(data.pk, "SPPN", date(2025, 9, 30), "BAIK")], **siapa)


def serahkan(data: DataWarga, orang: Pengguna, ke: UPT, tanggal: date | None = None) -> SerahTerima:
    siapa = hak(orang)
    with terpasang(siapa["cakupan"]):
        return serah.serahkan(data=data.pk, ke=ke.kode, tanggal=tanggal or hari_ini("WIT"), **siapa)


def terima(satu: SerahTerima, orang: Pengguna, **lain: Any) -> SerahTerima:
    siapa = hak(orang)
    with terpasang(siapa["cakupan"]):
        return serah.terima(serah_id=satu.pk, **siapa, **lain)


@pytest.fixture
def orang(dunia: Dunia) -> DataWarga:
    return warga(dunia.ambon, dunia.operator_ambon)


def test_semua_ikut_ke_kanwil_lain(dunia: Dunia, orang: DataWarga, monkeypatch: pytest.MonkeyPatch) -> None:
    beri(orang, dunia.operator_ambon)
    dipanggil: list[Any] = []
    monkeypatch.setattr(serah, "saat_pindah", [lambda d, a, b, t: dipanggil.append((d.pk, a.kode, b.kode, t))])
    satu = serahkan(orang, dunia.operator_ambon, dunia.pekanbaru, hari_ini("WIB"))
    terima(satu, dunia.operator_pekanbaru)
    siapa = hak(dunia.operator_pekanbaru)
    with terpasang(siapa["cakupan"]):
        d = DataWarga.objects.select_related("warga", "kunci").get(pk=orang.pk)
        assert (d.upt_id, d.kanwil_id, d.sejak) == (dunia.pekanbaru.pk, dunia.pekanbaru.kanwil_id, satu.tanggal)
        rahasia = sandi.buka_warga(sandi.Amplop(bytes(d.rahasia), bytes(d.kunci.bungkus), d.kunci.kunci), d.pk)
        assert (rahasia.nama, rahasia.nomor) == (NAMA, NOMOR)
        for teks in (NOMOR, "serah contoh"):
            assert [x.pk for x in cari(siapa["cakupan"], dunia.pekanbaru, teks)] == [d.pk]
        assert d.pemberian.count() == d.perilaku.count() == 1
        assert [r.sebab for r in d.riwayat.all()] == ["serah", "impor"]
        akses = AksesWarga.objects.get(data=d)
        assert (akses.cara, akses.peran, akses.oleh_id) == ("SERAH", "operator_upt", dunia.operator_pekanbaru.pk)
    assert dipanggil == [(orang.pk, "lapas-kelas-iia-ambon", "lapas-kelas-iia-pekanbaru", satu.tanggal)]


def test_pengirim_tidak_melihat_orangnya_lagi(dunia: Dunia, orang: DataWarga) -> None:
    satu = serahkan(orang, dunia.operator_ambon, dunia.pekanbaru)
    terima(satu, dunia.operator_pekanbaru)
    siapa = hak(dunia.operator_ambon)
    with terpasang(siapa["cakupan"]):
        assert not DataWarga.objects.filter(pk=orang.pk).exists()
        assert not RiwayatData.objects.filter(data_id=orang.pk).exists()
        assert WargaBinaan.objects.filter(pk=orang.warga_id, upt=dunia.ambon).exists()
        (baris,) = serah.daftar_serah(siapa["cakupan"], dunia.ambon)
        assert (baris.sebutan, baris.unit, baris.serah.status) == ("W.C.S. •••I21", dunia.pekanbaru.nama, "DITERIMA")
        with pytest.raises(TidakDitemukan):
            serah.serahkan(data=orang.pk, ke=dunia.masohi.kode, tanggal=hari_ini("WIT"), **siapa)


def test_dua_kali_diterima_sekali(dunia: Dunia, orang: DataWarga) -> None:
    satu = serahkan(orang, dunia.operator_ambon, dunia.masohi)
    terima(satu, dunia.operator_masohi)
    assert terima(satu, dunia.kepala_masohi).status == "DITERIMA"
    with terpasang(SISTEM):
        assert WargaBinaan.objects.filter(upt=dunia.masohi).count() == 1
        assert AksesWarga.objects.filter(data=orang).count() == 1


def test_belum_harinya(dunia: Dunia, orang: DataWarga) -> None:
    satu = serahkan(orang, dunia.operator_ambon, dunia.masohi, hari_ini("WIT") + timedelta(days=2))
    with pytest.raises(Bentrok, match="Baru dapat diterima"):
        terima(satu, dunia.operator_masohi)


def test_tanggal_dan_tujuan(dunia: Dunia, orang: DataWarga) -> None:
    hari = hari_ini()
    for tanggal in (hari - timedelta(days=1), hari + timedelta(days=91)):
        with pytest.raises(TidakSah):
            serahkan(orang, dunia.operator_ambon, dunia.masohi, tanggal)
    with pytest.raises(TidakSah, match="unit lain"):
        serahkan(orang, dunia.operator_ambon, dunia.ambon)
    serahkan(orang, dunia.operator_ambon, dunia.masohi)
    with pytest.raises(Bentrok, match="menunggu"):
        serahkan(orang, dunia.operator_ambon, dunia.pekanbaru)


def test_tujuan_menurut_kanwil_sendiri_dahulu(dunia: Dunia) -> None:
    """More than five hundred units are no list to scroll: by Kanwil, one's own first, oneself not among them."""
    with terpasang(hak(dunia.operator_ambon)["cakupan"]):
        pilihan = serah.pilihan_tujuan(dunia.ambon)
    assert pilihan[0][0] == dunia.ambon.kanwil.nama
    assert (dunia.masohi.kode, dunia.masohi.nama) in pilihan[0][1]
    assert all(dunia.ambon.kode != kode for _, isi in pilihan for kode, _ in isi)
    assert len(pilihan) > 1


def test_ditolak_lalu_ditarik(dunia: Dunia, orang: DataWarga) -> None:
    satu = serahkan(orang, dunia.operator_ambon, dunia.masohi)
    penerima, pengirim = hak(dunia.operator_masohi), hak(dunia.operator_ambon)
    with terpasang(penerima["cakupan"]):
        with pytest.raises(TidakSah, match="mengapa"):
            serah.tolak(serah_id=satu.pk, alasan=" ", **penerima)
        assert serah.tolak(serah_id=satu.pk, alasan="Tidak pernah tiba", **penerima).alasan == "Tidak pernah tiba"
    with terpasang(pengirim["cakupan"]), pytest.raises(Bentrok):
        serah.tarik(serah_id=satu.pk, **pengirim)
    dua = serahkan(orang, dunia.operator_ambon, dunia.masohi)
    with terpasang(pengirim["cakupan"]):
        assert serah.tarik(serah_id=dua.pk, **pengirim).status == "DIBATALKAN"
    with pytest.raises(Bentrok):
        terima(dua, dunia.operator_masohi)


def test_hanya_kedua_pihak(dunia: Dunia, orang: DataWarga) -> None:
    satu = serahkan(orang, dunia.operator_ambon, dunia.masohi)
    with pytest.raises(TidakDitemukan):
        terima(satu, dunia.operator_pekanbaru)
    for bukan_penerima in (dunia.operator_ambon, dunia.verifikator_maluku):
        with pytest.raises(Ditolak):
            terima(satu, bukan_penerima)
    penerima = hak(dunia.operator_masohi)
    with terpasang(penerima["cakupan"]):
        with pytest.raises(Ditolak):
            serah.tarik(serah_id=satu.pk, **penerima)
        assert not DataWarga.objects.filter(pk=orang.pk).exists()


def test_nomor_sudah_ada_digabung_bila_kosong(dunia: Dunia, orang: DataWarga) -> None:
    beri(orang, dunia.operator_ambon)
    ada = warga(dunia.masohi, dunia.operator_masohi)
    satu = serahkan(orang, dunia.operator_ambon, dunia.masohi)
    with pytest.raises(NomorSudahAda) as galat:
        terima(satu, dunia.operator_masohi)
    assert galat.value.bisa_gabung
    terima(satu, dunia.operator_masohi, gabung=True)
    with terpasang(SISTEM):
        ada.refresh_from_db()
        orang.refresh_from_db()
        assert Pemberian.objects.filter(data=ada, upt=dunia.masohi).count() == 1
        assert (ada.sppn_predikat, orang.keluar_pada, orang.upt_id) == ("BAIK", satu.tanggal, dunia.ambon.pk)


def test_nomor_sudah_ada_dan_terisi_ditolak(dunia: Dunia, orang: DataWarga) -> None:
    beri(warga(dunia.masohi, dunia.operator_masohi), dunia.operator_masohi)
    satu = serahkan(orang, dunia.operator_ambon, dunia.masohi)
    with pytest.raises(NomorSudahAda) as galat:
        terima(satu, dunia.operator_masohi, gabung=True)
    assert not galat.value.bisa_gabung
    with terpasang(SISTEM):
        orang.refresh_from_db()
        assert orang.upt_id == dunia.ambon.pk


def test_kembali_ke_unit_asal(dunia: Dunia, orang: DataWarga) -> None:
    """Coming back meets the row that other registers of the unit still know."""
    terima(serahkan(orang, dunia.operator_ambon, dunia.masohi), dunia.operator_masohi)
    terima(serahkan(orang, dunia.operator_masohi, dunia.ambon), dunia.operator_ambon)
    with terpasang(SISTEM):
        kini = DataWarga.objects.get(pk=orang.pk)
        assert (kini.upt_id, kini.warga_id, kini.revisi) == (dunia.ambon.pk, orang.warga_id, 3)
