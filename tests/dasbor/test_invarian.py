"""The oracle must be able to say no: every check fails on a violation planted behind the portal's back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from dasbor import agregasi
from dasbor.invarian import PEMERIKSAAN, periksa_semua
from pelaporan.alur import Aksi
from tests.conftest import sebagai
from tests.dunia import JANUARI, Dunia, kirim, lakukan
from upt.cakupan import SISTEM, terpasang

_SALAH_MASUK = "jsonb_set(isi, '{lahan,0}', '9')"
# check → what somebody with the owner's password could do to the data
TANAMAN: dict[str, list[str]] = {
    "sidik": [
        "UPDATE pelaporan_laporanversi SET isi = jsonb_set(isi, '{angka,lahan}', '1') WHERE formulir_id = 'F06'",
        "UPDATE pelaporan_laporanversi SET sidik = repeat('0', 64) WHERE formulir_id = 'F06'",
    ],
    "versi": [
        "UPDATE pelaporan_laporanversi SET versi = versi + 1 WHERE formulir_id = 'F06'",
        "UPDATE pelaporan_laporanversi SET bulan = '2025-01-01' WHERE formulir_id = 'F06'",
    ],
    "status": [
        "UPDATE pelaporan_laporan SET status = 'DIKIRIM' WHERE status = 'TERVERIFIKASI'",
        "DELETE FROM pelaporan_kejadian WHERE aksi = 'isi'",
        "UPDATE pelaporan_kejadian SET aksi = 'buka' WHERE aksi = 'kirim'",
        "UPDATE pelaporan_kejadian SET urut = urut + 5 WHERE aksi = 'verifikasi'",
        "UPDATE jejak_jejak SET objek_id = 'lain' WHERE tindakan = 'kirim'",
    ],
    "versi_masuk": [
        "UPDATE pelaporan_laporan SET versi_masuk = 1 WHERE formulir_id = 'F02' AND status = 'DRAF'",
        "UPDATE pelaporan_laporan SET versi_sah = NULL, status = 'DIKIRIM' WHERE status = 'TERVERIFIKASI'",
        "UPDATE pelaporan_laporan SET versi_sah = 1 WHERE formulir_id = 'F04' AND status = 'DIKIRIM'",
        "DELETE FROM pelaporan_laporanversi WHERE formulir_id = 'F02'",
    ],
    "rekap_kanwil": [
        f"UPDATE dasbor_ringkasan SET isi = {_SALAH_MASUK} WHERE isi ? 'lahan' AND kanwil_id IS NOT NULL",
        "UPDATE dasbor_ringkasan SET n_masuk = n_masuk + 1 WHERE kanwil_id IS NOT NULL",
        "DELETE FROM dasbor_ringkasan WHERE formulir_id = 'F06' AND kanwil_id IS NOT NULL",
        "INSERT INTO dasbor_ringkasan (kanwil_id, bulan, formulir_id, isi, n_wajib, n_masuk, n_sah, n_tepat, "
        "penghuni_wajib, penghuni_masuk, penghuni_sah, sidik_sumber, dihitung_pada) "
        "SELECT kanwil_id, '2020-01-01', formulir_id, isi, n_wajib, n_masuk, n_sah, n_tepat, 0, 0, 0, '', "
        "now() "
        "FROM dasbor_ringkasan WHERE kanwil_id IS NOT NULL LIMIT 1",
    ],
    "rekap_nasional": [
        f"UPDATE dasbor_ringkasan SET isi = {_SALAH_MASUK} WHERE isi ? 'lahan' AND kanwil_id IS NULL",
        "DELETE FROM dasbor_ringkasan WHERE kanwil_id IS NULL AND formulir_id = 'F06'",
    ],
    "jumlah": [
        "UPDATE dasbor_ringkasan SET isi = jsonb_set(isi, '{lahan,1}', '9') WHERE isi ? 'lahan'",
        "UPDATE dasbor_ringkasan SET n_sah = n_sah + 1 WHERE formulir_id = 'F06'",
        "DELETE FROM dasbor_ringkasan WHERE formulir_id = 'F06'",
    ],
    "draf": [
        "UPDATE pelaporan_laporan SET versi_masuk = 1 WHERE formulir_id = 'F02' AND status = 'DRAF'",
        "UPDATE pelaporan_laporan SET versi_masuk = 7 WHERE formulir_id = 'F01' AND status = 'BELUM'",
    ],
    "waktu": [
        "UPDATE pelaporan_laporan SET terlambat = NOT terlambat WHERE versi_masuk IS NOT NULL",
        "UPDATE pelaporan_laporan SET buka_sampai = now() WHERE status = 'TERVERIFIKASI'",
        "UPDATE pelaporan_laporan SET buka_sampai = now() WHERE status = 'DIKEMBALIKAN'",
        "UPDATE pelaporan_laporan SET dikirim_pada = now() WHERE status = 'DIKIRIM'",
        "UPDATE pelaporan_laporan SET dikirim_pada = now() WHERE status = 'BELUM'",
    ],
    "tempat": [
        "UPDATE pelaporan_draf SET upt_id = (SELECT max(id) FROM upt_upt)",
        "UPDATE pelaporan_kejadian SET kanwil_id = (SELECT max(id) FROM upt_kanwil)",
        "INSERT INTO pelaporan_utas (laporan_id, upt_id, kanwil_id, kode, dibuka_oleh_id, dibuka_pada) "
        "SELECT l.id, u.id, u.kanwil_id, '', p.id, now() FROM pelaporan_laporan l JOIN upt_upt u ON u.id <> l.upt_id, "
        "akun_pengguna p LIMIT 1",
    ],
    "berkas": [
        "INSERT INTO pelaporan_berkas (id, upt_id, kanwil_id, nama, tipe, ukuran, sidik, isi, dipindai, oleh_id, pada) "
        "SELECT gen_random_uuid(), u.id, u.kanwil_id, 'a.pdf', 'application/pdf', 1, repeat('0', 64), 'x', false, "
        "p.id, now() FROM upt_upt u, akun_pengguna p LIMIT 1",
    ],
    "antrean": [
        "INSERT INTO pelaporan_kotor (bulan, formulir_id, dibuat_pada) "
        "VALUES ('2026-01-01', 'F06', now() - interval '6 min')",
        "INSERT INTO pekerjaan_percobaan (nama, kunci, jumlah, galat, terakhir, diparkir_pada) "
        "VALUES ('ringkasan', 'x', 5, 'rusak', now(), now())",
    ],
    "jejak": [
        "UPDATE jejak_jejak SET pelaku = 'orang lain' WHERE tindakan = 'verifikasi'",
        "DELETE FROM jejak_jejak WHERE tindakan = 'kirim'",
        "UPDATE jejak_kepalarantai SET urut = urut + 1 WHERE rantai LIKE 'upt:%'",
    ],
    "tembok": [
        "ALTER TABLE pelaporan_laporan NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE pelaporan_draf DISABLE ROW LEVEL SECURITY",
        "DROP POLICY cakupan ON dasbor_ringkasan",
        "GRANT UPDATE ON pelaporan_kejadian TO lapor_web",
        "GRANT DELETE ON jejak_jejak TO lapor_kerja",
    ],
}
_PEMICU = (
    ("pelaporan_laporanversi", "tetap"),
    ("pelaporan_kejadian", "tetap"),
    ("jejak_jejak", "jejak_tetap"),
)


@pytest.fixture
def pemilik(dunia_nyata: Dunia) -> Iterator[Dunia]:
    """A verified, a withdrawn, an undone and a returned report with true rollups, seen by the owner of the tables."""
    d = dunia_nyata
    kirim(d.laporan(d.ambon, "F06"), d.kepala_ambon)
    lakukan(d.laporan(d.ambon, "F06"), Aksi.VERIFIKASI, d.verifikator_maluku)
    kirim(d.laporan(d.ambon, "F02"), d.kepala_ambon)
    lakukan(d.laporan(d.ambon, "F02"), Aksi.TARIK, d.kepala_ambon)
    kirim(d.laporan(d.ambon, "F04"), d.kepala_ambon)
    lakukan(d.laporan(d.ambon, "F04"), Aksi.VERIFIKASI, d.verifikator_maluku)
    lakukan(d.laporan(d.ambon, "F04"), Aksi.BATAL, d.verifikator_maluku)
    kirim(d.laporan(d.pekanbaru, "F06"), d.kepala_pekanbaru)
    catatan = {"alasan": "lainnya", "teks": "Periksa lagi."}
    lakukan(d.laporan(d.pekanbaru, "F06"), Aksi.KEMBALIKAN, d.verifikator_riau, **catatan)
    agregasi.proses_kotor()
    with sebagai("pemilik"):
        yield d


def gagal() -> set[str]:
    return {hasil.kode for hasil in periksa_semua() if not hasil.baik}


def tanam(sql: str) -> set[str]:
    """Failing checks after `sql`, run past the triggers; everything is undone."""
    with transaction.atomic(), terpasang(SISTEM), connection.cursor() as kursor:
        for tabel, pemicu in _PEMICU:
            kursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER {pemicu}")
        kursor.execute(sql)
        kursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        hasil = gagal()
        transaction.set_rollback(True)
    return hasil


def test_every_check_has_a_violation_to_find() -> None:
    assert set(TANAMAN) == set(PEMERIKSAAN)


def test_each_check_finds_what_was_planted(pemilik: Dunia) -> None:
    assert gagal() == set()
    luput = [(kode, sql) for kode, semua in TANAMAN.items() for sql in semua if kode not in tanam(sql)]
    assert luput == []
    assert gagal() == set()


def test_dirty_keys_are_not_reported_as_wrong(pemilik: Dunia) -> None:
    """A figure whose recount is under way is late at most, not wrong."""
    sql = (
        "UPDATE dasbor_ringkasan SET n_masuk = 9 WHERE formulir_id = 'F06'; "
        "INSERT INTO pelaporan_kotor (kanwil_id, bulan, formulir_id, dibuat_pada) "
        "SELECT kanwil_id, bulan, formulir_id, now() FROM dasbor_ringkasan WHERE formulir_id = 'F06'"
    )
    assert tanam(sql) == set()


def test_command_tells_in_json_and_by_its_exit_code(pemilik: Dunia) -> None:
    keluaran = StringIO()
    call_command("periksa_invarian", "--json", "--bulan", JANUARI.kode, stdout=keluaran)
    assert json.loads(keluaran.getvalue())["baik"] is True
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("UPDATE dasbor_ringkasan SET n_masuk = 9 WHERE formulir_id = 'F06'")
    keluaran = StringIO()
    with pytest.raises(SystemExit) as keluar:
        call_command("periksa_invarian", stdout=keluaran)
    assert keluar.value.code == 1
    assert "✗" in keluaran.getvalue()
    assert "Maluku 2026-01 F06" in keluaran.getvalue()


def test_other_months_are_left_out_when_one_is_asked(pemilik: Dunia) -> None:
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("UPDATE dasbor_ringkasan SET n_masuk = 9 WHERE formulir_id = 'F06'")
    call_command("periksa_invarian", "--bulan", "2025-12", stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("periksa_invarian", "--bulan", "Januari", stdout=StringIO())


def test_worker_role_can_run_every_check(dunia_nyata: Dunia) -> None:
    """In production the check runs as the worker, which owns nothing."""
    agregasi.proses_kotor()
    with sebagai("kerja"):
        assert gagal() == set()
