"""Writing the register: encrypted, found again, changed by one at a time, with a history that names nobody."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pelaporan.register.services import BarisSalah, PerluJawaban
from pemasyarakatan.inti import waktu
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import hari_ini, sekarang
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.konkurensi.alat import serentak
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NAMA, NAPI, NOMOR, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from upt.models import Penugasan
from wbp.models import CatatanPerilaku, DataWarga, KunciWarga, Pemberian, RiwayatData, WargaBinaan
from wbp.selectors_data import cari, kekurangan, mulai_register
from wbp.services import kenali
from wbp.services_catatan import Beri, Perilaku, cabut_pemberian, tarik_perilaku
from wbp.services_data import SalahBanyak, kembalikan, ubah_banyak


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


def test_asimilasi_dan_cmk_ditulis_unit(ambon: Register) -> None:
    data = ambon.catat(asimilasi_sejak=date(2026, 3, 5))
    with pytest.raises(BarisSalah, match="belum terjadi"):
        ambon.ubah(data, asimilasi_sejak=hari_ini() + timedelta(days=2))
    with pytest.raises(BarisSalah, match="lampau"):
        ambon.ubah(data, cmk_terakhir=date(1907, 2, 17))
    for nilai in ({"cmk_terakhir": date(2062, 2, 17)}, {"cmk_terakhir": date(2023, 2, 17)}):
        with pytest.raises(PerluJawaban):
            ambon.ubah(data, **nilai)
    ambon.ubah(data, cmk_terakhir=hari_ini() + timedelta(days=14))  # decided, not yet begun
    with terpasang(SISTEM):
        akhir = RiwayatData.objects.get(data=data, revisi=2)
    assert akhir.ubahan == {"cmk_terakhir": [None, (hari_ini() + timedelta(days=14)).isoformat()]}


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


# ---------------------------------------------------------------- found by a last reading


def test_alasan_kembali_tersimpan(ambon: Register) -> None:
    """What the form promises to keep is kept."""
    pk = ambon.catat().pk
    ambon.keluar(pk, tanggal=date(2026, 8, 17))
    with sebagai_orang(ambon.orang) as (oleh, cakupan):
        kembalikan(data=pk, alasan=" Salah orang ", oleh=oleh, cakupan=cakupan)
        akhir = RiwayatData.objects.get(data=pk, revisi=3)
    assert akhir.ubahan["alasan_kembali"] == ["", "Salah orang"]
    assert akhir.ubahan["keluar_pada"] == ["2026-08-17", None]


def test_keluar_banyak_dengan_sedikit_kueri(ambon: Register) -> None:
    ids = ambon.banyak([{**NAPI, "nomor": nomor_ke(n)} for n in range(40)])
    with sebagai_orang(ambon.orang), CaptureQueriesContext(connection) as kueri:
        ambon.keluar(*ids, tanggal=date(2026, 8, 17))
    lain = [q["sql"] for q in kueri.captured_queries if "jejak_tambah" not in q["sql"]]
    assert len(lain) < 30, "one line of the trail a person, the rest at once"
    with sebagai_orang(ambon.orang):
        assert RiwayatData.objects.filter(sebab="keluar").count() == 40
        assert set(RiwayatData.objects.filter(sebab="keluar").values_list("upt_id", flat=True)) == {ambon.upt.pk}


def test_catatan_orang_yang_keluar_tidak_ditarik(ambon: Register) -> None:
    """As it is noted, so it is withdrawn: of who is in the unit. Grants also of who left, of the erased nothing."""
    pk = ambon.catat().pk
    ambon.perilaku(Perilaku(pk, "SPPN", date(2026, 6, 30), "BAIK"))
    ambon.beri(Beri(pk, "RU", date(2025, 8, 17), bulan=2), Beri(pk, "RK", date(2026, 3, 21), hari=15))
    ambon.keluar(pk, tanggal=date(2026, 8, 17))
    with sebagai_orang(ambon.orang) as (oleh, cakupan):
        tanda = CatatanPerilaku.objects.get().pk
        satu, dua = Pemberian.objects.order_by("pk").values_list("pk", flat=True)
        with pytest.raises(Bentrok, match="keluar"):
            tarik_perilaku(catatan=[tanda], oleh=oleh, cakupan=cakupan)
        assert cabut_pemberian(pemberian=[satu], oleh=oleh, cakupan=cakupan) == 1
    with terpasang(SISTEM):
        DataWarga.objects.update(dimusnahkan_pada=sekarang())
    with sebagai_orang(ambon.orang) as (oleh, cakupan):
        for tindakan in (
            lambda: cabut_pemberian(pemberian=[dua], oleh=oleh, cakupan=cakupan),
            lambda: tarik_perilaku(catatan=[tanda], oleh=oleh, cakupan=cakupan),
        ):
            with pytest.raises(Bentrok, match="dimusnahkan"):
                tindakan()


def test_pemberian_yang_belum_terjadi_ditolak(ambon: Register) -> None:
    pk = ambon.catat().pk
    with pytest.raises(BarisSalah, match="belum terjadi"):
        ambon.beri(Beri(pk, "RU", hari_ini("WIT") + timedelta(days=1), bulan=2))
    assert ambon.beri(Beri(pk, "RU", hari_ini("WIT"), bulan=2)) == 1


def test_borongan_tidak_menyentuh_orang_unit_lain(ambon: Register, masohi: Register) -> None:
    """Somebody with two units: history would be written into the wrong one."""
    sini, sana = ambon.catat().pk, masohi.catat().pk
    with terpasang(SISTEM):
        Penugasan.objects.create(
            pengguna=ambon.orang, peran="operator_upt", upt=masohi.upt, kanwil=masohi.upt.kanwil, mulai=date(2025, 1, 1)
        )
    with sebagai_orang(ambon.orang) as (oleh, cakupan), pytest.raises(TidakDitemukan):
        ubah_banyak(upt=ambon.upt, ubahan={pk: {"pidana_tahun": 9} for pk in (sini, sana)}, oleh=oleh, cakupan=cakupan)


def test_unit_asing_ditolak_sebelum_isinya_dibaca(ambon: Register, dunia: Dunia) -> None:
    with pytest.raises(TidakDitemukan):
        Register(dunia.ambon, dunia.operator_pekanbaru).catat(tahun_lahir=2025)


def test_bentrok_menyebut_yang_mengubah_bukan_yang_mencatat(ambon: Register, dunia: Dunia) -> None:
    """Marks and grants touch the row without a revision; who is named is who wrote the revision."""
    pk = ambon.catat().pk
    Register(dunia.ambon, dunia.kepala_ambon).ubah(pk, pidana_tahun=6)
    ambon.perilaku(Perilaku(pk, "SPPN", date(2026, 6, 30), "BAIK"))
    with pytest.raises(Bentrok, match="Kepala Ambon"):
        ambon.ubah(pk, revisi=1, pidana_tahun=7)


def test_nomor_yang_dikenal_register_lain_dapat_dibetulkan(ambon: Register, dunia: Dunia) -> None:
    """Noted under a wrong number here, under the right one by another register: one person from now on."""
    data = ambon.catat(nomor="B.I 48231/2025")
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan):
        dikenal = kenali(nomor=NOMOR, upt=dunia.ambon, oleh=oleh, cakupan=cakupan)
    assert ambon.ubah(data, nomor=NOMOR).warga_id == dikenal.pk
    assert str(ambon.baca(data.pk)) == "K.B. •••213"
    assert ambon.buka(data.pk)[data.pk].nomor == NOMOR
    with pytest.raises(BarisSalah, match="sudah ada"):
        ambon.ubah(ambon.catat(nomor=nomor_ke(3)), nomor=NOMOR)


def test_sejak_hari_unitnya(ambon: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Noted at one o'clock in Ambon: there it is the first of December, and November is over."""
    monkeypatch.setattr(waktu, "sekarang", lambda: datetime(2026, 11, 30, 16, 0, tzinfo=UTC))
    assert ambon.catat(sejak=None).sejak == date(2026, 12, 1)


def test_dikenal_register_lain_pada_saat_yang_sama(dunia_nyata: Dunia) -> None:
    """Registers have locks of their own: whoever is second takes over what the first has noted."""
    ambon, d = Register(dunia_nyata.ambon, dunia_nyata.operator_ambon), dunia_nyata
    masuk, lanjut = threading.Event(), threading.Event()

    def mengenali() -> int:
        with sebagai_orang(d.operator_ambon) as (oleh, cakupan):
            pk = kenali(nomor=NOMOR, upt=d.ambon, oleh=oleh, cakupan=cakupan).pk
            masuk.set()
            lanjut.wait(timeout=3)  # the other one has looked by then and waits for this transaction
        return pk

    def mencatat() -> int:
        masuk.wait(timeout=10)
        threading.Timer(1, lanjut.set).start()
        return ambon.catat().warga_id

    dikenal, tercatat = serentak([mengenali, mencatat])
    assert dikenal == tercatat
