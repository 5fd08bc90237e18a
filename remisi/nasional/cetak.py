"""What a published total says about itself: does it add up, as printed. Pure; nothing is ever corrected here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pemasyarakatan.inti.angka import tulis_angka

BAGIAN = {
    "I": "bagian I",
    "II": "bagian II",
    "ANAK_I": "anak I",
    "ANAK_II": "anak II",
    "DENDA_I": "pidana denda I",
    "DENDA_II": "pidana denda II",
}
"""Parts that releases print, by the code that bands name them with."""
POKOK = ("I", "II")


@dataclass(frozen=True)
class Pita:
    """So many people of one part were granted so many days each."""

    bagian: str
    hari: int
    orang: int


@dataclass(frozen=True)
class Cetak:
    """The figures of one release; None was not printed."""

    total: int | None = None
    bagian: Mapping[str, int] = field(default_factory=dict)
    pita: Sequence[Pita] = ()
    rupiah: int | None = None

    @property
    def orang_pita(self) -> int:
        return sum(p.orang for p in self.pita)

    @property
    def hari_pita(self) -> int:
        return sum(p.orang * p.hari for p in self.pita)

    def pita_bagian(self, bagian: str) -> list[Pita]:
        return [p for p in self.pita if p.bagian == bagian]


class Sifat(StrEnum):
    SELISIH = "SELISIH"
    """Two printed figures contradict each other."""
    KURANG = "KURANG"
    """Something was not printed, so it cannot be compared."""
    COCOK = "COCOK"


@dataclass(frozen=True)
class Temuan:
    sifat: Sifat
    kode: str
    kalimat: str
    selisih: int = 0


def periksa(c: Cetak, biaya: int | None) -> list[Temuan]:
    """Everything the figures say about each other; `biaya` is the cost of a meal-day then, None when no rule says."""
    return [*_jumlah(c), *_pita(c), *_rupiah(c, biaya)]


def _jumlah(c: Cetak) -> list[Temuan]:
    if c.total is None:
        return [Temuan(Sifat.KURANG, "total", "Jumlahnya tidak dicetak.")]
    hilang = [BAGIAN[k] for k in POKOK if k not in c.bagian]
    if hilang:
        kata = " dan ".join(hilang)
        return [Temuan(Sifat.KURANG, "bagian", f"{besar(kata)} tidak dicetak, jadi jumlahnya tidak dapat diperiksa.")]
    semua = sum(c.bagian.values())
    rinci = " + ".join(tulis_angka(c.bagian[k]) for k in BAGIAN if k in c.bagian)
    if semua == c.total:
        return [Temuan(Sifat.COCOK, "bagian", f"Bagian dijumlahkan sama dengan total: {rinci} = {tulis_angka(semua)}.")]
    kalimat = f"Bagian dijumlahkan {rinci} = {tulis_angka(semua)}, tercetak {tulis_angka(c.total)}"
    tanpa = sum(c.bagian[k] for k in POKOK)
    tambahan = ". Total hanya memuat bagian I dan II" if tanpa == c.total else ""
    return [Temuan(Sifat.SELISIH, "bagian", f"{kalimat}; {_beda(semua - c.total)}{tambahan}.", semua - c.total)]


def _pita(c: Cetak) -> list[Temuan]:
    return [satu for bagian in BAGIAN for satu in _pita_bagian(c, bagian)]


def _pita_bagian(c: Cetak, bagian: str) -> list[Temuan]:
    pita = c.pita_bagian(bagian)
    if not pita:
        return []
    jumlah, nama = sum(p.orang for p in pita), BAGIAN[bagian]
    kode = f"pita_{bagian}"
    if bagian not in c.bagian:
        return [Temuan(Sifat.KURANG, kode, f"Pita {nama} berjumlah {tulis_angka(jumlah)}, {nama} tidak dicetak.")]
    tercetak = c.bagian[bagian]
    if jumlah == tercetak:
        return [Temuan(Sifat.COCOK, kode, f"Pita {nama} berjumlah {tulis_angka(jumlah)}, sama dengan {nama}.")]
    kalimat = f"Pita {nama} berjumlah {tulis_angka(jumlah)}, {nama} tercetak {tulis_angka(tercetak)}"
    return [Temuan(Sifat.SELISIH, kode, f"{kalimat}; {_beda(jumlah - tercetak)}.", jumlah - tercetak)]


def _rupiah(c: Cetak, biaya: int | None) -> list[Temuan]:
    if c.rupiah is None:
        return [Temuan(Sifat.KURANG, "rupiah", "Penghematan tidak dicetak utuh, jadi harinya tidak dapat diperiksa.")]
    if biaya is None:
        return [Temuan(Sifat.KURANG, "rupiah", "Biaya makan per hari pada tanggal ini belum ada di aturan.")]
    hari, sisa = divmod(c.rupiah, biaya)
    harga = tulis_angka(biaya, "rupiah")
    if sisa:
        kalimat = f"{tulis_angka(c.rupiah, 'rupiah')} bukan kelipatan {harga}; sisanya {tulis_angka(sisa, 'rupiah')}."
        return [Temuan(Sifat.SELISIH, "kelipatan", kalimat, sisa), *_hari(c, hari)]
    kalimat = f"{tulis_angka(c.rupiah, 'rupiah')} = {tulis_angka(hari)} hari × {harga}."
    return [Temuan(Sifat.COCOK, "kelipatan", kalimat), *_hari(c, hari)]


def _hari(c: Cetak, hari: int) -> list[Temuan]:
    """Days behind the rupiah against days of the bands, as far as bands were printed."""
    if not c.pita:
        return []
    if c.total is None or c.orang_pita != c.total:
        kata = f"Pita menjelaskan {tulis_angka(c.hari_pita)} hari bagi {tulis_angka(c.orang_pita)} orang"
        dari = f" dari {tulis_angka(c.total)}" if c.total is not None else ""
        sisa = f"; {tulis_angka(hari - c.hari_pita)} hari lainnya tidak dirinci." if hari >= c.hari_pita else ""
        if sisa:
            return [Temuan(Sifat.KURANG, "hari", f"{kata}{dari}{sisa}")]
    beda = hari - c.hari_pita
    if not beda:
        kalimat = f"Pita dikalikan harinya {tulis_angka(c.hari_pita)} hari, sama dengan hari dari rupiahnya."
        return [Temuan(Sifat.COCOK, "hari", kalimat)]
    awal = f"Rupiah setara {tulis_angka(hari)} hari, pita dikalikan harinya {tulis_angka(c.hari_pita)} hari"
    return [Temuan(Sifat.SELISIH, "hari", f"{awal}; beda {tulis_angka(abs(beda))} hari.", beda)]


def _beda(n: int) -> str:
    return f"beda {tulis_angka(abs(n))} orang"


def besar(teks: str) -> str:
    """With a capital letter, the rest as it is (a "bagian II" keeps its number)."""
    return teks[:1].upper() + teks[1:]
