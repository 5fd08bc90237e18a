"""Savings: published releases, and totals that do not add up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remisi.hitung.masukan import jawab_hemat
from remisi.ketentuan import bawaan


def hitung(**isi: Any) -> dict[str, Any]:
    return jawab_hemat(isi, bawaan()).sebagai_json()


def pita(*semua: tuple[int, int]) -> list[dict[str, int]]:
    return [{"hari": hari, "orang": orang} for hari, orang in semua]


@pytest.mark.parametrize(
    ("tanggal", "semua", "tercetak", "biaya"),
    [
        pytest.param("2026-02-17", pita((15, 11), (30, 25), (45, 3), (60, 4), (15, 1)), 25_447_500, 19_500, id="Imlek"),
        pytest.param(
            "2025-07-23",
            pita((30, 938), (60, 174), (90, 143), (120, 17), (30, 23), (60, 8), (90, 7)),
            939_930_000,
            17_000,
            id="PMP HAN 2025",
        ),
    ],
)
def test_rilis_yang_cocok(tanggal: str, semua: list[dict[str, int]], tercetak: int, biaya: int) -> None:
    hasil = hitung(tanggal=tanggal, pita=semua, rupiah_tercetak=tercetak)
    assert (hasil["rupiah"], hasil["biaya_per_hari"], hasil["cocok"], hasil["selisih_hari"]) == (
        tercetak,
        biaya,
        True,
        0,
    )


def test_selisih_bulat_dan_pecahan() -> None:
    isi = {"tanggal": "2024-12-25", "pita": pita((30, 100))}
    assert hitung(**isi, rupiah_tercetak=3000 * 17_000 + 34_000)["selisih_hari"] == 2
    assert hitung(**isi, rupiah_tercetak=3000 * 17_000 - 17_000)["selisih_hari"] == -1
    lain = hitung(**isi, rupiah_tercetak=3000 * 17_000 + 5_000)
    assert lain["selisih_hari"] == 0.29
    assert lain["cocok"] is False
    assert any("berbeda 0,29 hari" in x["uraian"] for x in lain["langkah"])


def test_rilis_natal_2023_tidak_habis_oleh_pita_yang_diumumkan() -> None:
    """RK I by band only: the printed saving holds 2.475 days more, those of RK II. Flagged, not forced."""
    semua = pita((15, 3038), (30, 10_871), (45, 1404), (60, 510))
    hasil = hitung(tanggal="2023-12-25", pita=semua, rupiah_tercetak=7_955_235_000)
    assert (hasil["total_hari"], hasil["cocok"], hasil["selisih_hari"]) == (465_480, False, 2475)


def test_tanpa_tercetak_tidak_ada_yang_dicocokkan() -> None:
    hasil = hitung(tanggal="2024-12-25", pita=pita((15, 2)))
    assert (hasil["total_hari"], hasil["rupiah"]) == (30, 510_000)
    assert (hasil["cocok"], hasil["selisih_hari"]) == (None, None)


@pytest.mark.parametrize(
    ("isi", "kurang"),
    [
        ({"pita": pita((15, 2))}, ["tanggal"]),
        ({"tanggal": "2024-12-25"}, ["pita"]),
        ({"tanggal": "2024-12-25", "pita": [{"hari": 15}]}, ["pita[0].orang"]),
        ({"tanggal": "2019-08-17", "pita": pita((15, 2))}, ["biaya makan nasional pada 17 Agustus 2019"]),
        ({"tanggal": "2024-12-25", "pita": pita((15, 2)), "tingkat": "33"}, ["biaya makan 33 pada 25 Desember 2024"]),
    ],
)
def test_yang_kurang_disebut(isi: dict[str, Any], kurang: list[str]) -> None:
    hasil = hitung(**isi, rupiah_tercetak=100)
    assert hasil["kurang"] == kurang
    assert (hasil["rupiah"], hasil["cocok"], hasil["selisih_hari"]) == (None, None, None)


@given(st.lists(st.tuples(st.integers(0, 180), st.integers(0, 200_000)), max_size=20), st.integers(-500, 500))
def test_selisih_mengembalikan_yang_tercetak(semua: list[tuple[int, int]], beda: int) -> None:
    isi = {"tanggal": "2025-08-17", "pita": pita(*semua)}
    rupiah = hitung(**isi)["rupiah"]
    assert rupiah == 19_500 * sum(h * o for h, o in semua)
    if rupiah + beda * 19_500 >= 0:
        hasil = hitung(**isi, rupiah_tercetak=rupiah + beda * 19_500)
        assert hasil["selisih_hari"] == beda
        assert hasil["cocok"] is (beda == 0)
