"""A published total says what does not add up, by how much, and bends nothing. The shipped ones are read as printed."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from remisi.nasional.cetak import Cetak, Pita, Sifat, periksa
from remisi.nasional.services_rilis import baca_pita

BERKAS = Path(__file__).resolve().parents[2] / "remisi" / "data" / "rilis.csv"


def selisih(c: Cetak, biaya: int | None = 17_000) -> dict[str, int]:
    return {t.kode: t.selisih for t in periksa(c, biaya) if t.sifat is Sifat.SELISIH}


def sifat(c: Cetak, biaya: int | None = 17_000) -> dict[str, str]:
    return {t.kode: t.sifat.name for t in periksa(c, biaya)}


def test_bagian_yang_tidak_berjumlah_disebut_selisihnya() -> None:
    assert selisih(Cetak(100, {"I": 90, "II": 9})) == {"bagian": -1}
    assert selisih(Cetak(100, {"I": 90, "II": 10, "ANAK_I": 2})) == {"bagian": 2}
    kalimat = periksa(Cetak(100, {"I": 90, "II": 10, "ANAK_I": 2}), None)[0].kalimat
    assert "beda 2 orang" in kalimat
    assert "hanya memuat bagian I dan II" in kalimat


def test_yang_tidak_dicetak_bukan_selisih() -> None:
    assert sifat(Cetak(15_235)) == {"bagian": "KURANG", "rupiah": "KURANG"}
    assert sifat(Cetak(None, {"I": 1, "II": 2})) == {"total": "KURANG", "rupiah": "KURANG"}
    assert sifat(Cetak(10, {"I": 10, "II": 0}, rupiah=17_000), None)["rupiah"] == "KURANG"


def test_pita_dua_orang_kurang_ditandai() -> None:
    """RU 2021 as printed: bands of part I add up to 131.937, part I says 131.939."""
    pita = [
        Pita("I", h, n)
        for h, n in zip((30, 60, 90, 120, 150, 180), (21450, 27969, 38000, 23152, 17434, 3932), strict=True)
    ]
    c = Cetak(134_430, {"I": 131_939, "II": 2_491}, pita)
    assert selisih(c) == {"pita_I": -2}


def test_rupiah_bukan_kelipatan_dan_hari_yang_berbeda() -> None:
    pita = [Pita("I", 30, 10), Pita("II", 60, 1)]
    tepat = Cetak(11, {"I": 10, "II": 1}, pita, rupiah=360 * 17_000)
    assert not selisih(tepat)
    assert sifat(tepat)["hari"] == "COCOK"
    assert selisih(Cetak(11, {"I": 10, "II": 1}, pita, rupiah=360 * 17_000 + 1)) == {"kelipatan": 1}
    assert selisih(Cetak(11, {"I": 10, "II": 1}, pita, rupiah=367 * 17_000)) == {"hari": 7}
    assert selisih(Cetak(11, {"I": 10, "II": 1}, pita, rupiah=353 * 17_000)) == {"hari": -7}


def test_pita_sebagian_hanya_menjelaskan_sebagian() -> None:
    c = Cetak(11, {"I": 10, "II": 1}, [Pita("I", 30, 10)], rupiah=360 * 17_000)
    assert sifat(c)["hari"] == "KURANG"
    lebih = Cetak(11, {"I": 10, "II": 1}, [Pita("I", 30, 10)], rupiah=299 * 17_000)
    assert selisih(lebih) == {"hari": -1}, "the bands alone need more days than the rupiah pays"


# The shipped releases ----------------------------------------------------------------------------

# Total, I, II, children and fines, rupiah: remission releases of 2024 to 2026 as published.
DIUMUMKAN = {
    ("2024-02-10", "RK"): (36, None, 0, None, 19_380_000),
    ("2024-04-10", "RK"): (159_557, 157_366, 977, 1_214, 81_204_495_000),
    ("2024-07-23", "PMP_HAN"): (1_138, 1_105, 33, None, 826_710_000),
    ("2024-08-17", "RU"): (175_728, 172_678, 3_050, None, 274_359_090_000),
    ("2024-12-25", "RK"): (15_807, 15_691, 116, None, None),
    ("2025-03-29", "RK"): (1_629, 1_609, 20, None, 804_525_000),
    ("2025-03-31", "RK"): (156_312, 154_170, 908, 1_234, 80_460_405_000),
    ("2025-07-23", "PMP_HAN"): (1_310, 1_272, 38, None, 939_930_000),
    ("2025-08-17", "RU"): (179_312, 175_395, 3_917, None, None),
    ("2025-08-17", "RD"): (192_983, 182_857, 4_186, 5_940, None),
    ("2025-08-17", "PMPU"): (1_369, 1_336, 33, None, None),
    ("2025-08-17", "PMPD"): (1_361, 1_326, 35, None, None),
    ("2025-08-17", "GABUNGAN"): (375_025, None, None, None, 639_112_246_500),
    ("2025-12-25", "RK"): (15_235, None, None, None, None),
    ("2026-02-17", "RK"): (44, 43, 0, 1, 25_447_500),
    ("2026-03-21", "RK"): (155_908, 153_642, 1_143, 1_123, None),
}


def _baris() -> dict[tuple[str, str], dict[str, str]]:
    with BERKAS.open(encoding="utf-8", newline="") as isi:
        return {(b["tanggal"], b["jenis"]): b for b in csv.DictReader(isi)}


@pytest.mark.parametrize("kunci", DIUMUMKAN)
def test_rilis_bawaan_seperti_diumumkan(kunci: tuple[str, str]) -> None:
    b = _baris()[kunci]
    angka = {
        k: int(b[k]) if b[k] else None for k in b if k not in ("tanggal", "jenis", "nama", "pita", "sumber", "catatan")
    }
    lain = [angka[k] for k in ("anak_i", "anak_ii", "denda_i", "denda_ii") if angka[k] is not None]
    nyata = (
        angka["total"],
        angka["bagian_i"],
        angka["bagian_ii"],
        sum(filter(None, lain)) if lain else None,
        angka["rupiah"],
    )
    assert nyata == DIUMUMKAN[kunci]
    assert b["sumber"]
    assert date.fromisoformat(b["tanggal"])


def test_hari_anak_2025_dan_imlek_2026_cocok_sampai_hari_terakhir() -> None:
    semua = _baris()
    for kunci, biaya in ((("2025-07-23", "PMP_HAN"), 17_000), (("2026-02-17", "RK"), 19_500)):
        b = semua[kunci]
        pita = [Pita(p["hasil"], p["hari"], p["orang"]) for p in baca_pita(b["pita"])]
        bagian = {k: int(b[v]) for k, v in (("I", "bagian_i"), ("II", "bagian_ii"), ("ANAK_I", "anak_i")) if b[v]}
        c = Cetak(int(b["total"]), bagian, pita, int(b["rupiah"]))
        assert not selisih(c, biaya)
        assert sifat(c, biaya)["hari"] == "COCOK"


def test_pita_yang_salah_tulis_ditolak() -> None:
    for salah in ("III 30:5", "I", "I 30", "I 30:x"):
        with pytest.raises(ValueError):
            baca_pita(salah)
