"""The rollup follows every write, equals a recount, and the register's promises find what was planted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from dasbor.invarian import periksa_semua
from pangan import jenis as j
from pangan import ringkas
from pangan.models import RingkasPangan
from pangan.services import tempatkan
from pemasyarakatan.inti import janji
from tests.conftest import sebagai
from tests.dunia import Dunia
from tests.pangan.bantu import Kebun
from tests.pelaporan.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang


def rekap(kebun: Kebun) -> dict[tuple[str, str], tuple[Any, ...]]:
    with terpasang(SISTEM):
        kolom = ("panen_kg", "jumlah", "nilai", "dapur_kg", "vendor_kg", "jual_kg", "lain_kg", "penjualan")
        semua = RingkasPangan.objects.filter(upt=kebun.upt)
        return {(f"{r.bulan:%Y-%m}", r.komoditas): tuple(getattr(r, k) for k in kolom) for r in semua}


@pytest.mark.django_db
def test_the_rollup_follows_every_write(kebun: Kebun) -> None:
    siklus = kebun.kebun_kangkung()[1]
    satu = kebun.panen(siklus, "40", "10 Januari 2026", nilai="400000")
    kebun.panen(siklus, "20", "20 Januari 2026", nilai="200000")
    jual = kebun.keluar("kangkung", "15", tujuan="vendor", nilai="150000")
    kebun.keluar("kangkung", "5", tujuan="rusak")
    assert rekap(kebun) == {("2026-01", "kangkung"): (60, 60, 600_000, 0, 15, 0, 5, 150_000)}
    # a row that moves to another month leaves the old one
    kebun.ubah(j.PEMAKAIAN, jual, tanggal="2 Februari 2026", tujuan="jual")
    assert rekap(kebun)["2026-02", "kangkung"] == (0, 0, 0, 0, 0, 15, 0, 150_000)
    assert rekap(kebun)["2026-01", "kangkung"] == (60, 60, 600_000, 0, 0, 0, 5, 0)
    kebun.hapus(j.PEMAKAIAN, jual)
    assert set(rekap(kebun)) == {("2026-01", "kangkung")}
    kebun.ubah(j.PANEN, satu, jumlah="30,5", berat_kg="30,5")
    assert rekap(kebun)["2026-01", "kangkung"][:2] == (Decimal("50.5"), Decimal("50.5"))


@pytest.mark.django_db
def test_what_was_not_weighed_is_told_apart_and_units_are_not_mixed(kebun: Kebun) -> None:
    kandang = kebun.petak(50, wujud="kandang")
    kebun.pakai(kandang, "peternakan")
    ayam = kebun.tanam(kandang, "ayam_petelur", "1 Juni 2025", ekor="100")
    taksir = kebun.panen(ayam, "100")
    kebun.panen(ayam, "50", berat_kg="3", tanggal="11 Januari 2026")
    kebun.panen(ayam, "2", satuan="ekor", berat_kg="4", tanggal="12 Januari 2026")
    with terpasang(SISTEM):
        r = RingkasPangan.objects.get(upt=kebun.upt)
    assert (r.jumlah, r.panen_kg, r.panen_taksir_kg) == (150, taksir.berat_kg + 7, taksir.berat_kg)


# Promises ------------------------------------------------------------------------------------------------------

TANAMAN = {
    "pangan_rekap": [
        "UPDATE pangan_ringkaspangan SET nilai = nilai + 1",
        "DELETE FROM pangan_ringkaspangan",
        "INSERT INTO pangan_ringkaspangan (upt_id, kanwil_id, bulan, klaster, komoditas, panen_kg, panen_taksir_kg,"
        " susut_kg, jumlah, nilai, dapur_kg, vendor_kg, jual_kg, bansos_kg, lain_kg, penjualan)"
        " SELECT upt_id, kanwil_id, '2020-01-01', klaster, komoditas, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0"
        " FROM pangan_ringkaspangan LIMIT 1",
    ],
    "pangan_luas": ["UPDATE pangan_pemanfaatan SET luas = 101", "UPDATE pangan_petak SET luas = 99"],
    "pangan_saldo": [
        "UPDATE pangan_pemakaian SET jumlah = 41",
        "UPDATE pangan_pemakaian SET tanggal = '2026-01-01'",
        "UPDATE pangan_siklus SET ekor = 1 WHERE komoditas = 'lele'",
    ],
    "register_riwayat": [
        "UPDATE pangan_panen SET nilai = 5",
        "UPDATE pangan_panen SET revisi = 2",
        "DELETE FROM pelaporan_riwayatbaris WHERE objek = 'petak'",
    ],
    "register_kanwil": [
        "UPDATE pangan_petak SET kanwil_id = (SELECT id FROM upt_kanwil WHERE slug = 'riau')",
        "UPDATE wbp_wargabinaan SET kanwil_id = (SELECT id FROM upt_kanwil WHERE slug = 'riau')",
    ],
}


@pytest.fixture
def terisi(dunia_nyata: Dunia) -> Iterator[Kebun]:
    """A small register, written by people and seen by the owner of the tables."""
    kebun = Kebun(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    siklus = kebun.kebun_kangkung()[1]
    kebun.panen(siklus, "40")
    kebun.keluar("kangkung", "30")
    kolam = kebun.petak(150, wujud="kolam")
    kebun.pakai(kolam, "perikanan")
    lele = kebun.tanam(kolam, "lele", "1 Oktober 2025", ekor="500")
    kebun.tulis(j.MUTASI, siklus_id=lele.pk, tanggal="1 November 2025", ekor="5", alasan="Sakit", **{"jenis": "mati"})
    with sebagai_orang(kebun.oleh) as umum:
        tempatkan(nomor="B.I 12/2025", klaster="perikanan", dari=date(2026, 1, 1), upt=kebun.upt, **umum)
    with sebagai("pemilik"):
        yield kebun


def gagal() -> set[str]:
    return {h.kode for h in periksa_semua() if not h.baik and h.kode in janji.semua()}


def tanam(sql: str) -> set[str]:
    with transaction.atomic(), terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute(sql)
        hasil = gagal()
        transaction.set_rollback(True)
    return hasil


def test_each_promise_finds_what_was_planted(terisi: Kebun) -> None:
    assert {k for k in janji.semua() if k.startswith(("pangan", "register"))} == set(TANAMAN)
    assert gagal() == set()
    luput = [(kode, sql) for kode, semua in TANAMAN.items() for sql in semua if kode not in tanam(sql)]
    assert luput == []


def test_a_recount_repairs_the_rollup(terisi: Kebun, capsys: Any) -> None:
    utuh = rekap(terisi)
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("UPDATE pangan_ringkaspangan SET nilai = 7")
        kursor.execute(
            "INSERT INTO pangan_ringkaspangan SELECT 999999, '2020-01-01', klaster, komoditas, panen_kg,"
            " panen_taksir_kg, susut_kg, jumlah, nilai, dapur_kg, vendor_kg, jual_kg, bansos_kg, lain_kg, penjualan,"
            " kanwil_id, upt_id FROM pangan_ringkaspangan LIMIT 1"
        )
    call_command("ringkas_pangan")
    assert "diperbaiki" in capsys.readouterr().out
    assert rekap(terisi) == utuh
    with terpasang(SISTEM):
        assert ringkas.beda() == []
