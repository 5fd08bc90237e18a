"""Indicator definitions and the arithmetic of rollups: pure, no database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dasbor import indikator
from dasbor.indikator import GalatIndikator, baca, periksa_butir, semua
from dasbor.rekap import Liputan, Rekap, RekapFormulir, bagian_persen
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import skema

JANUARI = Bulan(2026, 1)
CONTOH = """
- {kode: x, nama: X, jenis: persen, kali: 100, pembilang: %s, penyebut: %s, label_pembilang: a,
   label_penyebut: b, satuan_penyebut: orang,
   polaritas: %s, pembagi_minimum: 10, definisi: d, sumber: s, terkonfirmasi: false}
"""


def rekap(isi: dict[str, dict[str, Any]], liputan: Liputan | None = None) -> Rekap:
    """One unit each: {form: {code: (masuk, sah)}}."""
    formulir = {
        f: RekapFormulir(
            liputan or Liputan(1, 1, 1),
            {k: [m, s, int(m is not None), int(s is not None)] for k, (m, s) in b.items()},
        )
        for f, b in isi.items()
    }
    return Rekap(JANUARI, formulir)


def test_every_reference_is_an_item_that_units_add_up() -> None:
    assert periksa_butir({kode: skema(kode) for kode in ("F01", "F02", "F04", "F06")}) == []


def test_a_missing_form_is_reported_by_name() -> None:
    salah = periksa_butir({kode: skema(kode) for kode in ("F01", "F02", "F06")})
    assert any("F04.total_kejadian" in baris for baris in salah)


def test_nothing_claims_confirmation_that_nobody_gave() -> None:
    assert [i.kode for i in semua().values() if i.terkonfirmasi] == []


def test_the_two_occupancies_of_the_published_national_figure() -> None:
    """276,885 inmates on 146,660 places: published as 88.79 % over capacity, that is 188.79 % full."""
    nasional = rekap({"F01": {"isi": (276_885, 276_885), "kapasitas": (146_660, 146_660)}})
    assert round(semua()["hunian"].hitung(nasional, "masuk").nilai or 0, 2) == Decimal("188.79")
    assert round(semua()["overkapasitas"].hitung(nasional, "masuk").nilai or 0, 2) == Decimal("88.79")


def test_places_left_make_overcapacity_negative() -> None:
    nilai = semua()["overkapasitas"].hitung(rekap({"F01": {"isi": (50, 50), "kapasitas": (200, 200)}}), "masuk")
    assert nilai.nilai == -75


@pytest.mark.parametrize(
    "isi", [{}, {"F01": {}}, {"F01": {"isi": (5, 5)}}, {"F01": {"isi": (5, 5), "kapasitas": (0, 0)}}]
)
def test_without_a_denominator_there_is_no_figure(isi: dict[str, Any]) -> None:
    hasil = semua()["hunian"].hitung(rekap(isi), "masuk")
    assert hasil.nilai is None
    assert not hasil.cukup


def test_received_and_verified_are_two_figures() -> None:
    dua = rekap({"F01": {"isi": (300, 100), "kapasitas": (200, 100)}})
    assert semua()["hunian"].hitung(dua, "masuk").nilai == 150
    assert semua()["hunian"].hitung(dua, "sah").nilai == 100


def test_a_small_denominator_is_not_enough_for_a_rank() -> None:
    kecil = rekap({"F01": {"isi": (60, 60), "kapasitas": (99, 99)}})
    cukup = rekap({"F01": {"isi": (60, 60), "kapasitas": (100, 100)}})
    assert not semua()["hunian"].hitung(kecil, "masuk").cukup
    assert semua()["hunian"].hitung(cukup, "masuk").cukup


@pytest.mark.parametrize(
    ("pembilang", "penyebut", "polaritas"),
    [
        ("F01.isi +", "F01.kapasitas", "naik"),
        ("lalu(F01.isi)", "F01.kapasitas", "naik"),
        ("F01.isi > 3", "F01.kapasitas", "naik"),
        ("isi", "F01.kapasitas", "naik"),
        ("1", "F01.kapasitas", "naik"),
        ("F01.isi", "F01.kapasitas", "bagus"),
    ],
)
def test_a_wrong_definition_is_refused(pembilang: str, penyebut: str, polaritas: str) -> None:
    with pytest.raises(GalatIndikator, match="indikator x"):
        baca(CONTOH % (pembilang, penyebut, polaritas))


def test_a_definition_twice_or_with_a_missing_key_is_refused() -> None:
    satu = CONTOH % ("F01.isi", "F01.kapasitas", "naik")
    with pytest.raises(GalatIndikator, match="dua kali"):
        baca(satu + satu)
    with pytest.raises(GalatIndikator, match="satuan_penyebut"):
        baca(satu.replace("satuan_penyebut: orang,", ""))


def test_the_stored_formula_says_what_is_computed() -> None:
    ind = semua()["overkapasitas"]
    assert ind.rumus == "(F01.isi - F01.kapasitas) * 100 / (F01.kapasitas)"
    assert ind.acuan == {("F01", "isi"), ("F01", "kapasitas")}
    assert indikator.semua()["gangguan"].formulir == ("F01", "F04")


def test_a_rate_of_a_form_is_computed_from_sums_and_never_added_up() -> None:
    """Two units of 100 % and 300 % make 200 % together, not 400 %."""
    dua = rekap({"F01": {"isi": (400, 400), "kapasitas": (200, 200)}})
    assert dua.butir(skema("F01"), "tingkat_hunian", "masuk") == 200
    assert dua.butir(skema("F01"), "isi", "masuk") == 400


def test_coverage_is_rounded_down_and_adds_up() -> None:
    assert bagian_persen(9999, 10000) == Decimal("99.9")
    assert bagian_persen(0, 0) is None
    assert Liputan(2, 1, 0, 1, 10, 5, 0) + Liputan(3, 3, 3, 2, 20, 20, 20) == Liputan(5, 4, 3, 3, 30, 25, 20)


@pytest.mark.parametrize(("masuk", "layak"), [(0, False), (4, False), (5, True), (10, True)])
def test_half_of_the_reports_make_a_figure_fit_to_be_read(masuk: int, layak: bool) -> None:
    assert Liputan(10, masuk, 0).layak is layak
    assert not Liputan().layak


def test_a_figure_is_provisional_until_everything_owed_is_verified() -> None:
    assert Liputan(10, 10, 9).sementara
    assert not Liputan(10, 10, 10).sementara


def test_coverage_of_several_forms_is_that_of_the_weakest() -> None:
    dua = Rekap(JANUARI, {"F01": RekapFormulir(Liputan(10, 9, 9)), "F04": RekapFormulir(Liputan(10, 4, 1))})
    assert dua.terlemah(("F01", "F04")) == Liputan(10, 4, 1)
    assert dua.terlemah(("F01", "F02")) == Liputan()
