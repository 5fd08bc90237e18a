"""Template filters, rendered by Django's engine."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Engine

from pemasyarakatan.inti.waktu import Bulan

MESIN = Engine(libraries={"portal": "pemasyarakatan.inti.templatetags.portal"})
SAAT = datetime(2025, 9, 3, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ungkapan", "nilai", "teks"),
    [
        ("x|angka", 1234, "1.234"),
        ("x|angka", Decimal("1234.5"), "1.234,5"),
        ("x|angka:1", 12, "12,0"),
        ("x|angka", -25, "−25"),
        ("x|rupiah", 1234567, "Rp1.234.567"),
        ("x|rupiah:2", 5000, "Rp5.000,00"),
        ("x|persen", 12.34, "12,3%"),
        ("x|persen:2", 12.34, "12,34%"),
        ("x|ringkas", 1234567, "1,2 juta"),
        ("x|ringkas:'kg'", 1234567, "1,2 juta kg"),
        ("x|tanggal", date(2025, 9, 3), "3 September 2025"),
        ("x|tanggal", SAAT, "3 September 2025"),
        ("x|tanggal:'WIT'", SAAT, "4 September 2025"),
        ("x|waktu", SAAT, "3 September 2025 pukul 22.30 WIB"),
        ("x|waktu:'WIT'", SAAT, "4 September 2025 pukul 00.30 WIT"),
        ("x|waktu:tidak_ada", SAAT, "3 September 2025 pukul 22.30 WIB"),
        ("x|bulan", Bulan(2026, 1), "Januari 2026"),
        ("x|bulan", "2026-01", "Januari 2026"),
        ("x|bulan", date(2026, 1, 1), "Januari 2026"),
        ("x", Bulan(2026, 1), "2026-01"),
    ],
)
def test_saringan(ungkapan, nilai, teks):
    templat = MESIN.from_string("{% load portal %}{{ " + ungkapan + " }}")
    assert templat.render(Context({"x": nilai, "tidak_ada": None})) == teks


@pytest.mark.parametrize("saringan", ["angka", "rupiah", "persen", "ringkas", "tanggal", "waktu", "bulan"])
@pytest.mark.parametrize("isi", [{"x": None}, {"x": ""}, {}])
def test_tanpa_nilai(saringan, isi):
    assert MESIN.from_string("{% load portal %}{{ x|" + saringan + " }}").render(Context(isi)) == "–"


@pytest.mark.parametrize("saringan", ["angka", "rupiah", "persen", "ringkas"])
def test_teks_tidak_ditafsirkan_dan_tetap_diamankan(saringan):
    templat = MESIN.from_string("{% load portal %}{{ x|" + saringan + " }}")
    assert templat.render(Context({"x": "1.000"})) == "1.000"
    assert templat.render(Context({"x": "<b>"})) == "&lt;b&gt;"
