"""Public totals that the invented data adds up to. Everything below a total is invented.

National: 275,633 inmates and 146,260 places (November 2025); over-capacity highest in Riau (245 %),
Kalimantan Timur (189 %) and Kalimantan Barat (176 %), lowest in Maluku Utara (0 %), Gorontalo (2.6 %) and
NTT (11 %); narcotics 52 %; 2,338 life sentences and 605 death sentences; about 2,150 children. Riau in
January 2026, food security: 107 inmates at work and 102,772 m².
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from pemasyarakatan.inti.acak import kumulatif
from pemasyarakatan.inti.waktu import Bulan

JANUARI_2026 = Bulan(2026, 1)
ACUAN = Bulan(2025, 11)
"""The month whose national number of inmates the units' base figures add up to."""

PENGHUNI, KAPASITAS = 275_633, 146_260

# Kanwil code -> (capacity, inmates in ACUAN)
WILAYAH: dict[str, tuple[int, int]] = {
    "11": (4_900, 7_800),
    "12": (13_600, 31_400),
    "13": (3_900, 6_100),
    "14": (4_455, 15_370),
    "15": (2_500, 5_000),
    "16": (6_605, 15_100),
    "17": (1_900, 2_900),
    "18": (5_500, 9_200),
    "19": (1_600, 2_700),
    "21": (2_733, 4_768),
    "31": (5_851, 15_500),
    "32": (18_030, 26_256),
    "33": (9_900, 14_400),
    "34": (2_000, 2_350),
    "35": (13_400, 28_600),
    "36": (6_300, 9_900),
    "51": (1_900, 4_300),
    "52": (2_300, 4_000),
    "53": (3_000, 3_330),
    "61": (2_600, 7_176),
    "62": (2_500, 5_000),
    "63": (4_000, 10_200),
    "64": (4_200, 12_138),
    "71": (2_300, 2_900),
    "72": (1_900, 3_900),
    "73": (6_500, 10_865),
    "74": (2_100, 3_100),
    "75": (1_150, 1_180),
    "76": (1_000, 1_400),
    "81": (1_700, 1_950),
    "82": (1_500, 1_500),
    "91": (3_136, 3_650),
    "92": (1_300, 1_700),
}

# National number of inmates over time, as published; between two of them a straight line.
_JEJAK: tuple[tuple[Bulan, int], ...] = (
    (Bulan(2015, 1), 163_000),
    (Bulan(2018, 12), 256_273),
    (Bulan(2020, 4), 232_496),
    (Bulan(2021, 12), 273_992),
    (Bulan(2024, 4), 270_207),
    (Bulan(2024, 12), 273_318),
    (Bulan(2025, 5), 276_885),
    (Bulan(2025, 7), 281_762),
    (ACUAN, PENGHUNI),
    (Bulan(2026, 6), 277_900),
    (Bulan(2027, 6), 275_200),
)


@cache
def faktor_penghuni(bulan: Bulan) -> float:
    """National number of inmates in a month, as a share of ACUAN; flat outside the known months."""
    if bulan <= _JEJAK[0][0]:
        return _JEJAK[0][1] / PENGHUNI
    for (dari, a), (sampai, b) in pairwise(_JEJAK):
        if bulan <= sampai:
            return (a + (b - a) * (bulan - dari) / (sampai - dari)) / PENGHUNI
    return _JEJAK[-1][1] / PENGHUNI


# Food security in JANUARI_2026: Kanwil code -> (m² in use, inmates at work); others by number of units.
PANGAN: dict[str, tuple[int, int]] = {"14": (102_772, 107), "74": (27_869, 46)}
LAHAN_PER_UNIT, WBP_PER_UNIT = 3_900, 9


def faktor_pangan(bulan: Bulan) -> float:
    """Slow growth of the programme; exactly 1 in JANUARI_2026, so that its totals hold to the last digit."""
    return 1 + 0.006 * max(-40, min(40, bulan - JANUARI_2026))


# Religions by Kanwil code, per thousand: Islam, Kristen, Katolik, Hindu, Buddha, Konghucu, other.
_UMUM = (905, 52, 22, 8, 9, 1, 3)
AGAMA: dict[str, tuple[int, ...]] = {
    "12": (720, 220, 45, 2, 11, 1, 1),
    "51": (330, 40, 20, 600, 8, 1, 1),
    "53": (95, 340, 555, 4, 1, 1, 4),
    "71": (330, 590, 70, 5, 3, 1, 1),
    "81": (470, 450, 74, 3, 1, 1, 1),
    "91": (250, 600, 145, 2, 2, 0, 1),
    "92": (360, 560, 77, 1, 1, 0, 1),
    "61": (640, 110, 190, 1, 50, 8, 1),
}


@cache
def agama(kanwil: str) -> tuple[int, ...]:
    """Running weights of the religions in a Kanwil."""
    return kumulatif(AGAMA.get(kanwil, _UMUM))
