"""The hook for figures that a register already knows: filled in, never typed.

A register names itself and offers a function; an item of a form names the register (`sumber: turunan:kapasitas`).
Registers above this app register themselves from their `turunan.py`; the first one, capacity, lives in `upt`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pelaporan.skema import Skema
from pemasyarakatan.inti.waktu import Bulan
from upt.models import UPT
from upt.selectors import kapasitas_pada


@dataclass(frozen=True)
class AngkaTurunan:
    """A figure, the sentence that says where it comes from, and the page that shows it."""

    nilai: int | Decimal
    asal: str
    url: str = ""


Penyedia = Callable[[UPT, Bulan], Mapping[str, AngkaTurunan]]
_penyedia: dict[str, Penyedia] = {}


def sediakan(nama: str) -> Callable[[Penyedia], Penyedia]:
    """Offer a register's figures: `@sediakan("kapasitas")` over (unit, month) -> {item code: figure}."""

    def daftarkan(fungsi: Penyedia) -> Penyedia:
        _penyedia[nama] = fungsi
        return fungsi

    return daftarkan


def angka(skema: Skema, upt: UPT, bulan: Bulan) -> dict[str, AngkaTurunan]:
    """What registers know for the items of this form that are fed by one; unknown figures are absent."""
    perlu: dict[str, list[str]] = {}
    for butir in skema.butir.values():
        if butir.turunan:
            perlu.setdefault(butir.turunan, []).append(butir.kode)
    hasil: dict[str, AngkaTurunan] = {}
    for nama, kode in perlu.items():
        semua = _penyedia[nama](upt, bulan) if nama in _penyedia else {}
        hasil |= {k: semua[k] for k in kode if k in semua}
    return hasil


def dikenal() -> frozenset[str]:
    return frozenset(_penyedia)


@sediakan("kapasitas")
def _kapasitas(upt: UPT, bulan: Bulan) -> Mapping[str, AngkaTurunan]:
    baris = kapasitas_pada(upt, bulan.akhir)
    if baris is None:
        return {}
    asal = f"Data induk UPT: kapasitas sejak {baris.dari:%d-%m-%Y}"
    bagian = {"kapasitas_l": baris.laki, "kapasitas_p": baris.perempuan, "kapasitas_anak": baris.anak}
    return {kode: AngkaTurunan(nilai, asal) for kode, nilai in bagian.items()}
