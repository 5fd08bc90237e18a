"""The usual range of a figure: properties of the rule, and the history it is made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelaporan.kebiasaan import LANTAI_MUTLAK, PALING_SEDIKIT, di_luar, pita
from pelaporan.selectors_riwayat import riwayat_angka
from pelaporan.services_periode import buka_periode
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import JANUARI, Dunia, kirim, lakukan
from upt.cakupan import SISTEM, terpasang

bilangan = st.integers(0, 10**9)
deret = st.lists(st.one_of(st.none(), bilangan), min_size=0, max_size=12)
penuh = st.lists(bilangan, min_size=PALING_SEDIKIT, max_size=12)


@given(deret)
def test_ada_pita_tepat_bila_cukup_nilai(nilai: list[int | None]) -> None:
    cukup = sum(n is not None for n in nilai) >= PALING_SEDIKIT
    assert (pita(nilai) is not None) is cukup


@given(penuh)
def test_pita_memuat_tengahnya_dan_tidak_pernah_di_bawah_nol(nilai: list[int]) -> None:
    p = pita(nilai)
    assert p is not None
    assert 0 <= p.bawah <= p.tengah <= p.atas
    assert p.atas - p.tengah >= LANTAI_MUTLAK


@given(penuh)
def test_urutan_dan_bulan_kosong_tidak_berpengaruh(nilai: list[int]) -> None:
    assert pita(nilai) == pita(list(reversed(nilai)))
    assert pita(nilai) == pita([None, *nilai][-12:]) or len(nilai) == 12


@given(penuh)
def test_nilai_tengah_selalu_biasa(nilai: list[int]) -> None:
    p = pita(nilai)
    assert p is not None
    assert not di_luar(p, p.tengah)
    assert di_luar(p, p.atas + 1)


@given(st.integers(100, 10**6), st.integers(0, 11), st.integers(0, 10**9))
def test_satu_bulan_yang_salah_tidak_melebarkan_pita(biasa: int, letak: int, ngawur: int) -> None:
    nilai = [biasa] * 12
    sebelum = pita(nilai)
    nilai[letak] = ngawur
    assert pita(nilai) == sebelum


@given(penuh, st.integers(1, 1000))
def test_menggeser_semua_nilai_tidak_menyempitkan_pita(nilai: list[int], geser: int) -> None:
    lama, baru = pita(nilai), pita([n + geser for n in nilai])
    assert lama is not None
    assert baru is not None
    assert baru.atas - baru.tengah >= lama.atas - lama.tengah


def test_angka_negatif_boleh_berpita_negatif() -> None:
    p = pita([-10, -12, -9, -11])
    assert p is not None
    assert p.bawah < -10


def test_perubahan_kecil_bukan_apa_apa() -> None:
    p = pita([3, 3, 3, 3])
    assert not di_luar(p, 5)
    assert di_luar(p, 6)
    assert not di_luar(None, 6)
    assert not di_luar(p, None)


def test_desimal_dan_hanya_dua_belas_terakhir() -> None:
    p = pita([Decimal("0.5")] * 12)
    assert p == pita([10**6] * 5 + [Decimal("0.5")] * 12)


# ---------------------------------------------------------------- history from the database


@pytest.fixture
def tiga_bulan(dunia: Dunia) -> Dunia:
    with terpasang(SISTEM):
        buka_periode(bulan=Bulan(2026, 2))
        buka_periode(bulan=Bulan(2026, 3))
    kirim(dunia.laporan(dunia.ambon, "F06", JANUARI), dunia.kepala_ambon)
    kirim(dunia.laporan(dunia.masohi, "F06", Bulan(2026, 2)), dunia.kepala_masohi)
    return dunia


def test_riwayat_hanya_unit_sendiri_urut_dari_yang_lama(tiga_bulan: Dunia) -> None:
    maret = tiga_bulan.laporan(tiga_bulan.ambon, "F06", Bulan(2026, 3))
    with terpasang(SISTEM):
        hasil = riwayat_angka(maret, 3)
    assert hasil["lahan_tidur"] == [None, 500, None]


def test_riwayat_memakai_versi_terkirim_terakhir(tiga_bulan: Dunia) -> None:
    januari = tiga_bulan.laporan(tiga_bulan.ambon, "F06", JANUARI)
    lakukan(januari, "kembalikan", tiga_bulan.verifikator_maluku, alasan="angka_tidak_wajar", teks="Cek lahan.")
    kirim(januari, tiga_bulan.kepala_ambon, {"lahan_tidur": "700"})
    with terpasang(SISTEM):
        hasil = riwayat_angka(tiga_bulan.laporan(tiga_bulan.ambon, "F06", Bulan(2026, 2)), 1)
    assert hasil["lahan_tidur"] == [700]


def test_riwayat_satu_kueri(tiga_bulan: Dunia, django_assert_num_queries: Any) -> None:
    maret = tiga_bulan.laporan(tiga_bulan.ambon, "F06", Bulan(2026, 3))
    with terpasang(SISTEM), django_assert_num_queries(1):
        riwayat_angka(maret)
