"""What a list on paper or in a workbook holds: headings, columns, rows (text, whole numbers, days), totals, footnotes.

Pure. The sheet (`lembar.typ`) and the workbook (`buku.py`) show the same list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

Isi = str | int | date


@dataclass(frozen=True)
class Kolom:
    """`lebar` in shares of the width; `angka` stands at the right."""

    label: str
    lebar: float
    angka: bool = False


@dataclass(frozen=True)
class Tabel:
    judul: str
    kolom: Sequence[Kolom]
    baris: Sequence[Sequence[Isi]] = field(repr=False)
    jumlah: Sequence[Isi] = ()


@dataclass(frozen=True)
class Daftar:
    """`kaki` says who printed it and when, on every sheet."""

    judul: str
    kop: Sequence[str]
    keterangan: Sequence[tuple[str, str]]
    utama: Tabel
    total: Sequence[Tabel]
    catatan: Sequence[str]
    kaki: str
    latihan: bool

    @property
    def tanda(self) -> str:
        return "MODE LATIHAN · bukan data asli" if self.latihan else ""
