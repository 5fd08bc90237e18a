"""The rules of remission as functions: dates, amounts, savings, each with its derivation. Pure; the public door.

Month = 30 days, year = calendar year; parts are taken of the sentence imposed; nothing is flattened or guessed. The
numbers of the law come from `remisi.ketentuan.Himpunan` alone.
"""

from __future__ import annotations

from remisi.hitung.dasar import AturanTiada, Langkah, MasukanSalah
from remisi.hitung.hemat import NASIONAL, HasilHemat, Pita, hitung_hemat
from remisi.hitung.pidana import HasilPidana, Perkara, Subsider, hitung_pidana
from remisi.hitung.program import PB, Cuti
from remisi.hitung.remisi import HasilRemisi, Permohonan, hitung_remisi
from remisi.hitung.tanggal import (
    BULAN,
    Lama,
    Potong,
    bagian,
    bagian_potong,
    jumlah_potong,
    kata,
    tambah,
    tambah_tahun,
)

__all__ = [
    "BULAN",
    "NASIONAL",
    "PB",
    "AturanTiada",
    "Cuti",
    "HasilHemat",
    "HasilPidana",
    "HasilRemisi",
    "Lama",
    "Langkah",
    "MasukanSalah",
    "Perkara",
    "Permohonan",
    "Pita",
    "Potong",
    "Subsider",
    "bagian",
    "bagian_potong",
    "hitung_hemat",
    "hitung_pidana",
    "hitung_remisi",
    "jumlah_potong",
    "kata",
    "tambah",
    "tambah_tahun",
]
