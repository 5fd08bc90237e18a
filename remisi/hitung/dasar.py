"""What every computation shares: one step of a derivation with its rule, and what is missing. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from pemasyarakatan.inti.waktu import tulis_tanggal
from remisi.ketentuan import Himpunan
from remisi.ketentuan_bentuk import Isi, Sakelar


class AturanTiada(Exception):
    """No rule is in force that says so: nothing is computed in its place. The text names the rule."""


class MasukanSalah(ValueError):
    """An input that cannot be meant; the text says what to mend, without repeating a value."""


@dataclass(frozen=True)
class Langkah:
    """One step in words, by which rule, from which source, and whether that was confirmed."""

    uraian: str
    aturan: str
    sumber: str
    terverifikasi: bool

    def sebagai_json(self) -> dict[str, Any]:
        return {
            "uraian": self.uraian,
            "aturan": self.aturan,
            "sumber": self.sumber,
            "terverifikasi": self.terverifikasi,
        }

    def __str__(self) -> str:
        tanda = "terkonfirmasi" if self.terverifikasi else "belum dikonfirmasi"
        return f"{self.uraian} [{self.aturan}: {self.sumber}; {tanda}]"


def langkah(uraian: str, aturan: Isi) -> Langkah:
    """A step that rests on a rule of the data."""
    return Langkah(uraian, aturan.kode, aturan.sumber, aturan.terverifikasi)


def sakelar(himpunan: Himpunan, kode: str, pada: date) -> Sakelar:
    """A way of counting in force; raises AturanTiada when there is none."""
    ada = himpunan.sakelar(kode, pada)
    if ada is None:
        raise AturanTiada(f"aturan {kode} pada {tulis_tanggal(pada)}")
    return ada
