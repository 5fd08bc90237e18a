"""Raw SQL in a unit's own session: what the pages never offer, the database refuses as well."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok
from pemasyarakatan.inti.waktu import hari_ini, sekarang
from pemasyarakatan.jejak.models import Jejak
from remisi.models import LangkahUsulan, Litmas
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import Meja
from tests.remisi.test_litmas_bapas import bapas_baru, minta
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NAMA, NOMOR, Register, dicatat_keluar, sapu
from tests.wbp.test_sdp import Unit, csv
from upt.cakupan import SISTEM, terpasang
from wbp.models import AksesWarga, DataWarga, KunciWarga, SerahTerima
from wbp.sdp import services as sdp
from wbp.serah import serahkan, tarik, terima


@pytest.fixture
def ambon(dunia: Dunia) -> Register:
    return Register(dunia.ambon, dunia.operator_ambon)


@pytest.fixture
def pekanbaru(dunia: Dunia) -> Register:
    return Register(dunia.pekanbaru, dunia.operator_pekanbaru)


def _jalankan(orang: Pengguna, sql: str, *nilai: Any) -> int:
    """Rows that the statement changed in this person's own session; a refusal raises."""
    with sebagai_orang(orang), connection.cursor() as kursor:
        kursor.execute(sql, nilai)
        return int(kursor.rowcount)


def _ditolak(orang: Pengguna, sql: str, *nilai: Any) -> bool:
    try:
        with transaction.atomic():
            return _jalankan(orang, sql, *nilai) == 0
    except DatabaseError:
        return True


def _unit(pk: int) -> int:
    with terpasang(SISTEM):
        return DataWarga.objects.get(pk=pk).upt_id


# ---------------------------------------------------------------- handing over


def test_penerima_tidak_mengumumkan_sendiri(dunia: Dunia, pekanbaru: Register) -> None:
    asing = pekanbaru.catat(nomor="B.I 999/2024")
    dari, ke = dunia.pekanbaru, dunia.ambon
    assert _ditolak(
        dunia.operator_ambon,
        "INSERT INTO wbp_serahterima (id, data_id, upt_id, kanwil_id, ke_upt_id, ke_kanwil_id, inisial, ujung, tanggal,"
        " status, alasan, dibuat_oleh_id, dibuat_pada) VALUES (%s,%s,%s,%s,%s,%s,'','',%s,'MENUNGGU','',%s,%s)",
        uuid.uuid4(), asing.pk, dari.pk, dari.kanwil_id, ke.pk, ke.kanwil_id, hari_ini(), dunia.operator_ambon.pk,
        sekarang(),
    )  # fmt: skip


def test_pengirim_tidak_menyerahkan_orang_unit_lain(dunia: Dunia, ambon: Register, pekanbaru: Register) -> None:
    asing = pekanbaru.catat(nomor="B.I 999/2024")
    dari, ke = dunia.ambon, dunia.masohi
    assert _ditolak(
        dunia.operator_ambon,
        "INSERT INTO wbp_serahterima (id, data_id, upt_id, kanwil_id, ke_upt_id, ke_kanwil_id, inisial, ujung, tanggal,"
        " status, alasan, dibuat_oleh_id, dibuat_pada) VALUES (%s,%s,%s,%s,%s,%s,'','',%s,'MENUNGGU','',%s,%s)",
        uuid.uuid4(), asing.pk, dari.pk, dari.kanwil_id, ke.pk, ke.kanwil_id, hari_ini(), dunia.operator_ambon.pk,
        sekarang(),
    )  # fmt: skip


@pytest.mark.parametrize("kolom", ["data_id", "upt_id", "ke_upt_id", "dibuat_oleh_id"])
def test_yang_diserahkan_tidak_berganti(dunia: Dunia, pekanbaru: Register, kolom: str) -> None:
    satu = _serahkan(dunia, pekanbaru)
    assert _ditolak(dunia.operator_ambon, f"UPDATE wbp_serahterima SET {kolom} = {kolom} WHERE id = %s", satu.pk)
    assert _jalankan(dunia.operator_ambon, "UPDATE wbp_serahterima SET alasan = '' WHERE id = %s", satu.pk) == 1


def test_serah_terima_yang_ditarik_tidak_dihidupkan(dunia: Dunia, pekanbaru: Register) -> None:
    satu = _serahkan(dunia, pekanbaru)
    with sebagai_orang(dunia.operator_pekanbaru) as (oleh, cakupan):
        tarik(serah_id=satu.pk, oleh=oleh, cakupan=cakupan)
    sql = "UPDATE wbp_serahterima SET status = 'MENUNGGU' WHERE id = %s"
    assert _jalankan(dunia.operator_ambon, sql, satu.pk) == 1, "the row itself lies open to both sides"
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan), pytest.raises(Bentrok):
        terima(serah_id=satu.pk, oleh=oleh, cakupan=cakupan)
    assert _unit(satu.data_id) == dunia.pekanbaru.pk


def test_tanpa_pengumuman_tidak_diterima(dunia: Dunia, pekanbaru: Register) -> None:
    """Even a row that got in: the trail knows of no announcement of this person to this unit."""
    satu, lain = _serahkan(dunia, pekanbaru), pekanbaru.catat(nomor="B.I 998/2024")
    with terpasang(SISTEM):
        palsu = SerahTerima.objects.create(
            data=lain, upt=dunia.pekanbaru, kanwil_id=dunia.pekanbaru.kanwil_id, ke_upt=dunia.ambon,
            ke_kanwil_id=dunia.ambon.kanwil_id, inisial="", ujung="", tanggal=hari_ini(), dibuat_oleh=satu.dibuat_oleh,
            dibuat_pada=sekarang(),
        )  # fmt: skip
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan), pytest.raises(Bentrok):
        terima(serah_id=palsu.pk, oleh=oleh, cakupan=cakupan)
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan):
        terima(serah_id=satu.pk, oleh=oleh, cakupan=cakupan)
    assert (_unit(lain.pk), _unit(satu.data_id)) == (dunia.pekanbaru.pk, dunia.ambon.pk)


def _serahkan(dunia: Dunia, dari: Register) -> SerahTerima:
    data = dari.catat(nomor="B.I 999/2024")
    with sebagai_orang(dari.orang) as (oleh, cakupan):
        return serahkan(data=data.pk, ke=dunia.ambon.kode, tanggal=hari_ini(), oleh=oleh, cakupan=cakupan)


# ---------------------------------------------------------------- keys, log, history, rules


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM wbp_kunciwarga",
        "UPDATE wbp_kunciwarga SET bungkus = ''",
        "UPDATE wbp_riwayatdata SET ubahan = '{}'",
        "UPDATE wbp_akseswarga SET keterangan = ''",
    ],
)
def test_unit_tidak_menghapus_jejaknya(dunia: Dunia, ambon: Register, sql: str) -> None:
    data = ambon.catat()
    ambon.buka(data.pk, keterangan="Sidang TPP")
    assert _ditolak(dunia.operator_ambon, sql)
    with terpasang(SISTEM):
        assert KunciWarga.objects.filter(data=data).exists()
        assert AksesWarga.objects.get(data=data).keterangan == "Sidang TPP"


def test_akses_tidak_ditulis_atas_nama_orang_lain(dunia: Dunia, ambon: Register) -> None:
    data = ambon.catat()
    sql = (
        "INSERT INTO wbp_akseswarga (data_id, upt_id, kanwil_id, oleh_id, peran, pada, alasan, keterangan, bidang,"
        " cara) VALUES (%s, %s, %s, %s, 'x', now(), 'LAIN', '', '{nama}', 'HALAMAN')"
    )
    milik = (data.pk, dunia.ambon.pk, dunia.ambon.kanwil_id)
    assert _ditolak(dunia.operator_ambon, sql, *milik, dunia.kepala_ambon.pk)
    assert _jalankan(dunia.operator_ambon, sql, *milik, dunia.operator_ambon.pk) == 1


def test_unit_tidak_mengubah_aturan(dunia: Dunia) -> None:
    assert _jalankan(dunia.operator_ambon, "SELECT FROM remisi_aturan") > 0, "everybody computes by them"
    for sql in ("SET terverifikasi = NOT terverifikasi", "SET nilai = '{}'", "SET bawaan = false"):
        assert _ditolak(dunia.operator_ambon, f"UPDATE remisi_aturan {sql}")


def test_alasan_langkah_hanya_dikosongkan_pemusnahan(dunia: Dunia, ambon: Register) -> None:
    meja = Meja(dunia)
    lit = minta(meja, bapas_baru(dunia, "bapas-ambon", "asing"), 3, "S-Kenari")
    pk = lit.usulan.data_id
    with terpasang(SISTEM):
        LangkahUsulan.objects.filter(usulan=lit.usulan_id).update(alasan="Kenari")
    assert _ditolak(dunia.operator_ambon, "UPDATE remisi_langkahusulan SET alasan = ''")
    dicatat_keluar(pk, date(2026, 8, 17))
    assert sapu(date(2036, 8, 17)) == 1
    with terpasang(SISTEM):
        assert set(LangkahUsulan.objects.filter(usulan=lit.usulan_id).values_list("alasan", flat=True)) == {""}
        assert Litmas.objects.values_list("surat", "nomor").get() == ("", "")


def test_lapas_tidak_menjawab_permintaannya_sendiri(dunia: Dunia) -> None:
    meja = Meja(dunia)
    minta(meja, bapas_baru(dunia, "bapas-ambon", "asing"), 3)
    assert _ditolak(dunia.operator_ambon, "UPDATE remisi_litmas SET bapas_id = upt_id")


# ---------------------------------------------------------------- an import as a way to ask


def test_rencana_impor_meninggalkan_catatan(dunia: Dunia, ambon: Register) -> None:
    """Which number is in the register, and whether a name is its person's: asked by a file that is called off."""
    data = ambon.catat()
    u = Unit(dunia, dunia.operator_ambon)
    with terpasang(u.cakupan):
        satu = u.terima(
            csv((NOMOR, NAMA, "narapidana", "5 Tahun", "", ""), ("B.I 1/2025", "X", "narapidana", "", "", ""))
        )
        sdp.batalkan(impor_id=satu.pk, **u.umum)
    with terpasang(SISTEM):
        assert AksesWarga.objects.values_list("data", "oleh", "cara").get() == (
            data.pk,
            dunia.operator_ambon.pk,
            "COCOK",
        )
        rincian = Jejak.objects.get(tindakan="impor_sdp_cocok", objek_id=str(satu.pk)).rincian
    assert rincian == {"baris": 2, "dikenal": 1}
