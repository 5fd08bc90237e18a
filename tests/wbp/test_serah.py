"""A person moves to another unit: announced, confirmed, with everything that belongs to them; and to nobody else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti import waktu
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from tests.dunia import Dunia
from tests.wbp.bantu import Register
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT
from wbp import sandi, serah
from wbp.models import AksesWarga, DataWarga, Pemberian, RiwayatData, SerahTerima, WargaBinaan
from wbp.selectors_data import cari, mulai_register
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


# ---------------------------------------------------------------- what both sides see


def test_yang_menunggu_tidak_tertutup_yang_baru(dunia: Dunia, orang: DataWarga) -> None:
    """However many moved since, who still waits to be received stands first."""
    lama = serahkan(orang, dunia.operator_ambon, dunia.masohi)
    for n in range(2):
        lain = warga(dunia.ambon, dunia.operator_ambon, f"B.I {n + 90}/2024")
        terima(serahkan(lain, dunia.operator_ambon, dunia.masohi), dunia.operator_masohi)
    penerima = hak(dunia.operator_masohi)
    with terpasang(penerima["cakupan"]):
        semua = serah.daftar_serah(penerima["cakupan"], dunia.masohi, paling=2)
    assert [(b.serah.pk == lama.pk, b.menunggu) for b in semua] == [(True, True), (False, False)]


def test_nomor_yang_dibetulkan_selama_menunggu_terlihat(dunia: Dunia, orang: DataWarga) -> None:
    """Initials and last letters are all by which the receiving unit knows who is coming."""
    satu = serahkan(orang, dunia.operator_ambon, dunia.masohi)
    Register(dunia.ambon, dunia.operator_ambon).ubah(
        orang, nama="Melati Kamboja", nomor="B.I 777/2024", setuju=("pidana_kosong",)
    )
    penerima = hak(dunia.operator_masohi)
    with terpasang(penerima["cakupan"]):
        assert serah.satu_serah(penerima["cakupan"], dunia.masohi, satu.pk).sebutan == "M.K. •••777"


def test_hari_penerima_tidak_dilampaui(dunia: Dunia, orang: DataWarga, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past midnight in the east and not yet in the west: the page offers what the service does, and nobody is in the
    unit since a day that has not come there."""
    kini = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)  # 23.00 WIB, 01.00 WIT of the next day
    monkeypatch.setattr(waktu, "sekarang", lambda: kini)
    satu = serahkan(orang, dunia.operator_ambon, dunia.pekanbaru, date(2026, 11, 23))
    penerima = hak(dunia.operator_pekanbaru)
    with terpasang(penerima["cakupan"]):
        assert serah.satu_serah(penerima["cakupan"], dunia.pekanbaru, satu.pk).sudah_waktunya
    terima(satu, dunia.operator_pekanbaru)
    with terpasang(SISTEM):
        assert DataWarga.objects.get(pk=orang.pk).sejak == date(2026, 11, 22)


def test_akses_sebelum_pindah_tidak_disangkal(dunia: Dunia, orang: DataWarga, masuk: Any) -> None:
    """The log of the old unit stays there: the page of the new one says so; the auditor reads all of it."""
    ambon = Register(dunia.ambon, dunia.operator_ambon)
    ambon.buka(orang.pk, alasan="SIDANG")
    ambon.pindah(orang.pk, Register(dunia.pekanbaru, dunia.operator_pekanbaru))
    alamat = f"/warga/{dunia.pekanbaru.kode}/{orang.pk}/"
    isi = masuk(dunia.kepala_pekanbaru).get(f"{alamat}akses/").content.decode()
    assert "Serah terima antarunit" in isi
    assert "Sidang TPP" not in isi
    assert f"datang dari {dunia.ambon.nama}" in isi
    isi = masuk(dunia.auditor).get(f"{alamat}akses/").content.decode()
    assert "Sidang TPP" in isi
    assert "datang dari" not in isi
    halaman = masuk(dunia.operator_pekanbaru).get(alamat).content.decode()
    assert f"Unit: {dunia.ambon.nama} menjadi {dunia.pekanbaru.nama}" in halaman
    assert "warga_lama" not in halaman


def test_register_tetap_bicara_sejak_orang_yang_sudah_pindah(
    dunia: Dunia, orang: DataWarga, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Rutan whose first persons all moved on does not begin anew."""
    awal = datetime(2026, 1, 5, tzinfo=UTC)
    ambon = Register(dunia.ambon, dunia.operator_ambon)
    with monkeypatch.context() as dulu:
        dulu.setattr("wbp.serah.sekarang", lambda: awal)
        ambon.pindah(orang.pk, Register(dunia.masohi, dunia.operator_masohi))
    ambon.catat()
    for unit, petugas, hari in (
        (dunia.ambon, dunia.operator_ambon, awal.date()), (dunia.masohi, dunia.operator_masohi, None),
    ):  # fmt: skip
        with terpasang(hak(petugas)["cakupan"]):
            assert mulai_register(unit) == hari


def test_penerima_melihat_ada_yang_menunggu(dunia: Dunia, orang: DataWarga, masuk: Any) -> None:
    """Nobody has to guess that somebody is on the way."""
    satu = serahkan(orang, dunia.operator_ambon, dunia.masohi)
    klien, alamat = masuk(dunia.operator_masohi), f"/warga/{dunia.masohi.kode}/"
    assert "Serah terima: 1 menunggu diterima" in klien.get(alamat).content.decode()
    assert "menunggu diterima" not in masuk(dunia.operator_ambon).get(f"/warga/{dunia.ambon.kode}/").content.decode()
    terima(satu, dunia.operator_masohi)
    assert "menunggu diterima" not in masuk(dunia.operator_masohi).get(alamat).content.decode()


def test_akses_sesudah_dua_kali_pindah_dan_digabung(dunia: Dunia, orang: DataWarga, masuk: Any) -> None:
    """Every unit they came from is named, also one that the reader never saw."""
    ambon, masohi = Register(dunia.ambon, dunia.operator_ambon), Register(dunia.masohi, dunia.operator_masohi)
    pekanbaru = Register(dunia.pekanbaru, dunia.operator_pekanbaru)
    ambon.pindah(orang.pk, masohi)
    ada = warga(dunia.pekanbaru, dunia.operator_pekanbaru, "B.I 5/2020")
    masohi.pindah(orang.pk, pekanbaru)
    kepala = masuk(dunia.kepala_pekanbaru)
    isi = kepala.get(f"/warga/{dunia.pekanbaru.kode}/{orang.pk}/akses/").content.decode()
    assert f"datang dari {dunia.masohi.nama}, {dunia.ambon.nama}." in isi
    lain = warga(dunia.ambon, dunia.operator_ambon, "B.I 5/2020")
    terima(serahkan(lain, dunia.operator_ambon, dunia.pekanbaru), dunia.operator_pekanbaru, gabung=True)
    isi = kepala.get(f"/warga/{dunia.pekanbaru.kode}/{ada.pk}/akses/").content.decode()
    assert f"datang dari {dunia.ambon.nama}." in isi
    isi = kepala.get(f"/warga/{dunia.pekanbaru.kode}/{ada.pk}/").content.decode()
    assert f"Catatan dari {dunia.ambon.nama} digabungkan" in isi
