"""An entry of the catalogue as it is shown: what is in force today, how old the price is, whom to write. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import tulis_tanggal
from umkm.models import Katalog

HARGA_LAMA = timedelta(days=183)
"""A price that nobody touched for half a year is marked."""
_BUKAN_ANGKA = re.compile(r"\D")


@dataclass(frozen=True)
class Sertifikat:
    label: str
    nomor: str
    penerbit: str
    berakhir: date | None
    berlaku: bool

    @property
    def masa(self) -> str:
        if self.berakhir is None:
            return "tanpa batas waktu"
        return f"{'sampai' if self.berlaku else 'habis'} {tulis_tanggal(self.berakhir)}"


@dataclass(frozen=True)
class Entri:
    """One product; `sidik` marks its picture ("" without one)."""

    baris: Katalog
    hari: date
    sidik: str = ""

    @property
    def inisial(self) -> str:
        return next((c.upper() for c in self.baris.nama if c.isalnum()), "?")

    @property
    def harga(self) -> str:
        if self.baris.harga is None:
            return "Harga belum dicantumkan"
        return f"{tulis_angka(self.baris.harga, 'rupiah')} per {self.baris.ukuran}"

    @property
    def harga_lama(self) -> bool:
        return self.baris.harga_dari is not None and self.hari - self.baris.harga_dari > HARGA_LAMA

    @property
    def kapasitas(self) -> str:
        if self.baris.kapasitas is None:
            return ""
        return f"{tulis_angka(self.baris.kapasitas)} {self.baris.ukuran} per bulan"

    @property
    def sertifikat(self) -> list[Sertifikat]:
        """All papers, those in force first."""
        return sorted((_sertifikat(s, self.hari) for s in self.baris.legalitas), key=lambda s: not s.berlaku)

    @property
    def berlaku(self) -> str:
        """Kinds of papers in force, in a line of a card."""
        return ", ".join(dict.fromkeys(s.label for s in self.sertifikat if s.berlaku))

    @property
    def habis(self) -> int:
        return sum(not s.berlaku for s in self.sertifikat)

    @property
    def wa(self) -> str:
        """A prepared message to the office; "" without a usable number."""
        nomor = nomor_wa(self.baris.wa)
        if not nomor:
            return ""
        teks = f"Selamat siang, saya menanyakan produk {self.baris.nama} dari {self.baris.nama_upt}. Apakah tersedia?"
        return f"https://wa.me/{nomor}?{urlencode({'text': teks})}"


def nomor_wa(nomor: str) -> str:
    """A number as wa.me wants it: with the country, digits only; "" when it cannot be one."""
    angka = _BUKAN_ANGKA.sub("", nomor)
    if angka.startswith("0"):
        angka = f"62{angka[1:]}"
    elif angka.startswith("8"):
        angka = f"62{angka}"
    return angka if angka.startswith("62") and 10 <= len(angka) <= 15 else ""


def _sertifikat(isi: dict[str, str | None], hari: date) -> Sertifikat:
    berakhir = date.fromisoformat(isi["berakhir"]) if isi["berakhir"] else None
    return Sertifikat(
        label=isi["label"] or "",
        nomor=isi["nomor"] or "",
        penerbit=isi.get("penerbit") or "",
        berakhir=berakhir,
        berlaku=berakhir is None or berakhir >= hari,
    )
