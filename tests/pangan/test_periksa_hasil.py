"""Harvests, their use, animals: no store and no pen ever holds less than none, whatever is changed or taken out."""

from __future__ import annotations

from typing import Any

import pytest

from pangan import jenis as j
from tests.pangan.bantu import Kebun, ditanya, ditolak

pytestmark = pytest.mark.django_db


@pytest.fixture
def kangkung(kebun: Kebun) -> Any:
    return kebun.kebun_kangkung()[1]


@pytest.fixture
def lele(kebun: Kebun) -> Any:
    """Five hundred catfish since October."""
    kolam = kebun.petak(200, wujud="kolam")
    kebun.pakai(kolam, "perikanan")
    return kebun.tanam(kolam, "lele", "1 Oktober 2025", ekor="500")


def test_harvests_are_checked(kebun: Kebun, kangkung: Any) -> None:
    assert "mendahului" in ditolak(lambda: kebun.panen(kangkung, tanggal="30 November 2025"))["tanggal"]
    assert "belum tiba" in ditolak(lambda: kebun.panen(kangkung, tanggal="1 Januari 2099"))["tanggal"]
    assert "Tulis sebabnya" in ditolak(lambda: kebun.panen(kangkung, "0"))["alasan_susut"]
    assert "alasan_susut" in ditolak(lambda: kebun.panen(kangkung, susut_kg="2"))
    assert "jumlah" in ditolak(lambda: kebun.panen(kangkung, "-1"))
    assert ditanya(lambda: kebun.panen(kangkung, tanggal="3 Desember 2025")) == {"panen_dini"}
    # 100 m²: four tonnes a hectare is usual, forty is not
    assert ditanya(lambda: kebun.panen(kangkung, "500")) == {"hasil_tinggi"}
    assert kebun.panen(kangkung, "500", setuju="hasil_tinggi").berat_kg == 500
    assert kebun.panen(kangkung, "0", "11 Januari 2026", alasan_susut="Banjir").jumlah == 0


def test_a_yield_is_too_low_only_when_the_cycle_is_over(kebun: Kebun, kangkung: Any) -> None:
    panen = kebun.panen(kangkung, "1")
    kebun.ubah(j.SIKLUS, kangkung, akhir="panen")
    assert ditanya(lambda: kebun.ubah(j.PANEN, panen, jumlah="2", berat_kg="2")) == {"hasil_rendah"}


def test_only_what_was_harvested_can_be_used(kebun: Kebun, kangkung: Any) -> None:
    kebun.panen(kangkung, "40", "10 Januari 2026")
    assert "tersedia 40 kg" in ditolak(lambda: kebun.keluar("kangkung", "41"))["jumlah"]
    assert "tersedia 0 kg" in ditolak(lambda: kebun.keluar("kangkung", "1", "9 Januari 2026"))["jumlah"]
    assert "tersedia 0 kg" in ditolak(lambda: kebun.keluar("bayam", "1"))["jumlah"]
    kebun.keluar("kangkung", "30", "20 Januari 2026")
    # what leaves on the 20th is not there on the 12th either
    assert "tersedia 10 kg" in ditolak(lambda: kebun.keluar("kangkung", "11", "12 Januari 2026"))["jumlah"]
    habis = kebun.keluar("kangkung", "10", "12 Januari 2026")
    assert "jumlah" in ditolak(lambda: kebun.ubah(j.PEMAKAIAN, habis, jumlah="10,5"))
    kebun.ubah(j.PEMAKAIAN, habis, tanggal="20 Januari 2026")


def test_a_harvest_whose_produce_is_used_is_not_lowered_moved_or_taken_out(kebun: Kebun, kangkung: Any) -> None:
    panen = kebun.panen(kangkung, "40", "10 Januari 2026")
    keluar = kebun.keluar("kangkung", "30", "12 Januari 2026")
    assert "jumlah" in ditolak(lambda: kebun.ubah(j.PANEN, panen, jumlah="29"))
    assert "jumlah" in ditolak(lambda: kebun.ubah(j.PANEN, panen, tanggal="13 Januari 2026"))
    assert "sudah dipakai pada 12 Januari 2026" in ditolak(lambda: kebun.hapus(j.PANEN, panen))[""]
    ubah = {"satuan": "ekor", "berat_kg": "40", "setuju": "satuan_lain"}
    assert "satuan" in ditolak(lambda: kebun.ubah(j.PANEN, panen, **ubah))
    kebun.ubah(j.PANEN, panen, jumlah="30", berat_kg="30")
    kebun.hapus(j.PEMAKAIAN, keluar)
    kebun.hapus(j.PANEN, panen)
    assert "tersedia 0 kg" in ditolak(lambda: kebun.pulihkan(j.PEMAKAIAN, keluar))["jumlah"]
    kebun.pulihkan(j.PANEN, panen)
    kebun.pulihkan(j.PEMAKAIAN, keluar)


def test_sales_have_a_value_and_only_sales(kebun: Kebun, kangkung: Any) -> None:
    kebun.panen(kangkung, "100", setuju="hasil_tinggi")
    assert "nilai" in ditolak(lambda: kebun.keluar("kangkung", "5", nilai="20000"))
    assert ditanya(lambda: kebun.keluar("kangkung", "5", tujuan="vendor")) == {"jual_tanpa_nilai"}
    for hari in (12, 13, 14):
        kebun.keluar("kangkung", "5", f"{hari} Januari 2026", tujuan="jual", nilai="25000")
    assert ditanya(lambda: kebun.keluar("kangkung", "5", tujuan="vendor", nilai="2500000")) == {"harga_janggal"}
    assert "tanggal" in ditolak(lambda: kebun.keluar("kangkung", "1", "1 Januari 2099"))


def test_heads_of_animals_balance_every_day(kebun: Kebun, lele: Any) -> None:
    def mutasi(jenis: str, ekor: str, tanggal: str, **isi: str) -> Any:
        return kebun.tulis(j.MUTASI, siklus_id=lele.pk, jenis=jenis, ekor=ekor, tanggal=tanggal, **isi)

    assert "alasan" in ditolak(lambda: mutasi("mati", "5", "5 Oktober 2025"))
    assert "ekor" in ditolak(lambda: mutasi("mati", "501", "5 Oktober 2025", alasan="Sakit"))
    assert "tanggal" in ditolak(lambda: mutasi("masuk", "5", "30 September 2025"))
    masuk = mutasi("masuk", "100", "2 November 2025")
    mutasi("mati", "50", "3 November 2025", alasan="Sakit")
    panen = kebun.panen(lele, "60", "10 Januari 2026", ekor="540")
    assert "tinggal 10 ekor" in ditolak(lambda: kebun.panen(lele, "2", "11 Januari 2026", ekor="11"))["ekor"]
    assert "Tanpa catatan ini ekornya kurang" in ditolak(lambda: kebun.hapus(j.MUTASI, masuk))[""]
    assert "ekor" in ditolak(lambda: kebun.ubah(j.MUTASI, masuk, ekor="89"))
    assert "ekor" in ditolak(lambda: kebun.ubah(j.SIKLUS, lele, ekor="480"))
    kebun.ubah(j.SIKLUS, lele, ekor="490")
    kebun.hapus(j.PANEN, panen)
    kebun.hapus(j.MUTASI, masuk)


def test_only_animals_come_and_go(kebun: Kebun, kangkung: Any) -> None:
    isi = {"siklus_id": kangkung.pk, "jenis": "mati", "ekor": "1", "tanggal": "5 Januari 2026", "alasan": "Sakit"}
    assert "siklus_id" in ditolak(lambda: kebun.tulis(j.MUTASI, **isi))


def test_amounts_are_in_their_unit(kebun: Kebun, kangkung: Any, lele: Any) -> None:
    panen = kebun.panen(kangkung, "20")
    # a mended amount in kg takes its weight along; another weight of the same kilograms is a slip
    assert kebun.ubah(j.PANEN, panen, jumlah="30").berat_kg == 30
    assert "sudah dalam kg" in ditolak(lambda: kebun.ubah(j.PANEN, panen, berat_kg="29"))["berat_kg"]
    keluar = kebun.keluar("kangkung", "5")
    assert kebun.ubah(j.PEMAKAIAN, keluar, jumlah="6").berat_kg == 6
    assert "berat_kg" in ditolak(lambda: kebun.ubah(j.PEMAKAIAN, keluar, berat_kg="7"))
    isi = {"satuan": "ekor", "berat_kg": "1"}
    assert "bilangan bulat" in ditolak(lambda: kebun.panen(lele, "2,5", **isi))["jumlah"]
    assert "Tulis beratnya" in ditolak(lambda: kebun.panen(lele, "2", satuan="ekor"))["berat_kg"]


def test_heads_that_are_left_are_asked_about_when_a_cycle_ends(kebun: Kebun, lele: Any) -> None:
    kebun.panen(lele, "50", ekor="490")
    assert ditanya(lambda: kebun.ubah(j.SIKLUS, lele, akhir="panen")) == {"sisa_ekor"}
    isi = {"siklus_id": lele.pk, "ekor": "10", "tanggal": "10 Januari 2026", "alasan": "Sakit"}
    kebun.tulis(j.MUTASI, **isi, **{"jenis": "mati"})
    assert kebun.ubah(j.SIKLUS, lele, akhir="panen").akhir == "panen"
