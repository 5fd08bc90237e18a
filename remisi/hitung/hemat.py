"""The food money that remission saves: days of a release times the cost of a meal-day then and there. Pure.

A printed total that does not add up is told with its difference; it is never bent to fit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import tulis_tanggal
from remisi.hitung.dasar import Langkah, langkah
from remisi.ketentuan import Himpunan

NASIONAL = "nasional"


@dataclass(frozen=True)
class Pita:
    """So many persons with so many days each; None is not known."""

    hari: int | None
    orang: int | None


@dataclass
class HasilHemat:
    total_hari: int | None = None
    biaya_per_hari: int | None = None
    rupiah: int | None = None
    cocok: bool | None = None
    selisih_hari: int | float | None = None
    langkah: list[Langkah] = field(default_factory=list)
    kurang: list[str] = field(default_factory=list)

    def sebagai_json(self) -> dict[str, Any]:
        """The answer as the command gives it."""
        return {
            "total_hari": self.total_hari,
            "biaya_per_hari": self.biaya_per_hari,
            "rupiah": self.rupiah,
            "cocok": self.cocok,
            "selisih_hari": self.selisih_hari,
            "langkah": [x.sebagai_json() for x in self.langkah],
            "kurang": self.kurang,
        }


def hitung_hemat(
    *,
    tanggal: date | None,
    pita: tuple[Pita, ...] | None,
    rupiah_tercetak: int | None,
    himpunan: Himpunan,
    tingkat: str = NASIONAL,
) -> HasilHemat:
    """Days, cost of a day, and rupiah; what is missing is named and leaves what needs it empty."""
    hasil = HasilHemat(total_hari=_total(pita))
    hasil.kurang += _kurang(tanggal, pita)
    if tanggal is None:
        return hasil
    biaya = himpunan.biaya(tingkat, tanggal)
    if biaya is None:
        hasil.kurang.append(f"biaya makan {tingkat} pada {tulis_tanggal(tanggal)}")
        return hasil
    hasil.biaya_per_hari = biaya.rupiah
    kata = f"Biaya makan sehari ({tingkat}) pada {tulis_tanggal(tanggal)}: Rp{tulis_angka(biaya.rupiah)}."
    hasil.langkah.append(langkah(kata, biaya))
    if hasil.total_hari is None:
        return hasil
    hasil.rupiah = hasil.total_hari * biaya.rupiah
    kali = f"{tulis_angka(hasil.total_hari)} hari x Rp{tulis_angka(biaya.rupiah)} = Rp{tulis_angka(hasil.rupiah)}."
    hasil.langkah.append(langkah(kali, biaya))
    if rupiah_tercetak is not None:
        hasil.cocok = hasil.rupiah == rupiah_tercetak
        hasil.selisih_hari = _selisih(rupiah_tercetak - hasil.rupiah, biaya.rupiah)
        if not hasil.cocok:
            beda = (
                f"Tercetak Rp{tulis_angka(rupiah_tercetak)}: berbeda {tulis_angka(hasil.selisih_hari, 'desimal')} hari."
            )
            hasil.langkah.append(langkah(beda, biaya))
    return hasil


def _total(pita: tuple[Pita, ...] | None) -> int | None:
    if pita is None or any(p.hari is None or p.orang is None for p in pita):
        return None
    return sum((p.hari or 0) * (p.orang or 0) for p in pita)


def _kurang(tanggal: date | None, pita: tuple[Pita, ...] | None) -> list[str]:
    semua = ["tanggal"] if tanggal is None else []
    semua += ["pita"] if pita is None else []
    for nomor, p in enumerate(pita or ()):
        semua += [f"pita[{nomor}].{n}" for n in ("hari", "orang") if getattr(p, n) is None]
    return semua


def _selisih(rupiah: int, biaya: int) -> int | float:
    """How many meal-days lie between; whole when it is whole, else two decimals."""
    hari = Fraction(rupiah, biaya)
    return hari.numerator if hari.denominator == 1 else float(round(hari, 2))
