"""What a cell of a file means in a column of the register: read by the column's own field, never guessed.

Only what Excel does to cells is undone here: days that it keeps as numbers, numbers where a text belongs, and the
apostrophe that the portal's own CSV puts before a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms

from pelaporan.register.kolom import BILANGAN, BidangRujukan, BidangYa, Kolom
from pemasyarakatan.inti.angka import GalatAngka, baca_angka, tulis_angka
from pemasyarakatan.inti.csv_keluar import buka_sel
from pemasyarakatan.inti.waktu import tulis_tanggal
from upt.models import UPT

_HARI_NOL = date(1899, 12, 30)
_SERI = range(32_874, 73_051)
"""Days from 1990 to 2099 as Excel counts them."""
_TEPAT = 10**15
BAKU = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_YA = frozenset({"ya", "y", "v", "x", "✓", "√", "1", "ada", "benar", "true"})
_TIDAK = frozenset({"", "tidak", "t", "-", "–", "0", "bukan", "salah", "false"})
RUMUS = "Rumus di sel ini galat atau belum dihitung. Betulkan di Excel, simpan, lalu unggah lagi."


class Banyak(forms.ValidationError):
    """The text names several rows: the rest of the row may tell which."""

    def __init__(self, pesan: str, cocok: set[int]) -> None:
        super().__init__(pesan)
        self.cocok = sorted(cocok)


class Tanya(Exception):
    """The cell is probably `nilai`: whoever brought the file says so."""

    def __init__(self, pesan: str, nilai: Any) -> None:
        super().__init__(pesan)
        self.pesan, self.nilai = pesan, nilai


@dataclass
class Bacaan:
    """One row as read: values by column, refusals and questions as (column, sentence)."""

    nilai: dict[str, Any] = field(default_factory=dict)
    salah: list[tuple[str, str]] = field(default_factory=list)
    tanya: list[tuple[str, str]] = field(default_factory=list)


class PembacaBaris:
    """Reads rows for one unit; what references may point at is asked once."""

    def __init__(self, kolom: Mapping[str, Kolom], upt: UPT, *, csv: bool, baku: bool) -> None:
        self.kolom, self.csv, self.baku = kolom, csv, baku
        self.bidang = {nama: k.bidang(upt) for nama, k in kolom.items()}

    def baca(self, sel: Mapping[str, Any]) -> Bacaan:
        """All that the cells say, in the order of the kind's columns: a plan that was kept forgets that of the file."""
        hasil, banyak = Bacaan(), list[tuple[str, Banyak]]()
        for nama in (n for n in self.kolom if n in sel):
            try:
                hasil.nilai[nama] = self._satu(nama, sel[nama])
            except Tanya as tanya:
                hasil.tanya.append((nama, tanya.pesan))
                hasil.nilai[nama] = tanya.nilai
            except Banyak as galat:
                banyak.append((nama, galat))
            except forms.ValidationError as galat:
                hasil.salah.append((nama, " ".join(galat.messages)))
        for nama, ganda in banyak:
            self._pilih(nama, ganda, hasil)
        return hasil

    def _pilih(self, nama: str, galat: Banyak, hasil: Bacaan) -> None:
        menurut = self.kolom[nama].menurut
        satu = menurut(galat.cocok, hasil.nilai) if menurut is not None else None
        if satu is None:
            hasil.salah.append((nama, " ".join(galat.messages)))
            return
        hasil.nilai[nama], tanya = satu
        if tanya:
            hasil.tanya.append((nama, tanya))

    def _satu(self, nama: str, isi: Any) -> Any:
        kolom, bidang = self.kolom[nama], self.bidang[nama]
        if isi == ["!"]:
            raise forms.ValidationError(RUMUS)
        if isinstance(isi, str) and self.csv:
            isi = buka_sel(isi)
            if self.baku and kolom.ragam in BILANGAN and BAKU.fullmatch(isi):
                isi = Decimal(isi)
        if isinstance(bidang, BidangRujukan):
            return _rujukan(bidang, sebagai_teks(isi))
        if kolom.ragam in BILANGAN:
            return _bilangan(kolom, bidang, isi)
        if kolom.ragam == "tanggal":
            return _tanggal(bidang, isi)
        return _ya(isi) if isinstance(bidang, BidangYa) else bidang.clean(sebagai_teks(isi))


def sebagai_teks(isi: Any) -> str:
    """The cell where a text belongs: a number without what Excel adds to it, a day as people write it."""
    if isinstance(isi, str):
        return isi
    if isi is None:
        return ""
    if isinstance(isi, bool):
        return "Ya" if isi else "Tidak"
    if isinstance(isi, list):
        return tulis_tanggal(date.fromisoformat(isi[1])) if isi[0] == "d" else ""
    if abs(isi) >= _TEPAT:  # 15 digits are all that a cell holds
        raise forms.ValidationError(
            "Excel membulatkan angka sepanjang ini. Ubah selnya menjadi Teks, ketik ulang, lalu unggah lagi."
        )
    return str(int(isi)) if isi == int(isi) else tulis_angka(isi, "desimal")


def _rujukan(bidang: BidangRujukan, teks: str) -> Any:
    """By the texts that name a row, never by its number in the database, which no file shows."""
    cari = " ".join(teks.split()).casefold()
    if not cari:
        return bidang.clean("")
    cocok = {p.id for p in bidang.tujuan if cari in {" ".join(t.split()).casefold() for t in (p.label, *p.kunci)}}
    if len(cocok) == 1:
        return cocok.pop()
    if cocok:
        raise Banyak(f"Ada {len(cocok)} dengan nama “{teks[:60]}”. Tulis kodenya.", cocok)
    raise forms.ValidationError(f"“{teks[:60]}” tidak ada di unit ini. Catat dahulu, atau betulkan namanya.")


def _bilangan(kolom: Kolom, bidang: forms.Field, isi: Any) -> Any:
    if isinstance(isi, list):
        raise forms.ValidationError(
            "Excel menyimpan sel ini sebagai tanggal, bukan angka. Ubah format selnya, lalu ketik ulang angkanya."
        )
    try:
        return bidang.clean(isi)
    except forms.ValidationError:
        usul = _usul(kolom, isi)
        if usul is None:
            raise
    return _tanyakan(bidang, usul)


def _usul(kolom: Kolom, isi: Any) -> Any:
    """What an ambiguous figure probably is; None when it is plainly wrong."""
    try:
        baca_angka(isi, kolom.ragam, min=kolom.min, satuan=kolom.satuan)  # type: ignore[arg-type]
    except GalatAngka as galat:
        return galat
    return None


def _tanyakan(bidang: forms.Field, galat: GalatAngka) -> Any:
    if galat.tanya is None:
        raise forms.ValidationError(galat.pesan)
    raise Tanya(galat.pesan.partition(" Bila ya")[0], bidang.clean(galat.tanya))


def _tanggal(bidang: forms.Field, isi: Any) -> Any:
    if isinstance(isi, list):
        return bidang.clean(date.fromisoformat(isi[1]))
    if isinstance(isi, int | float) and not isinstance(isi, bool) and isi in _SERI:
        hari = _HARI_NOL + timedelta(days=int(isi))
        raise Tanya(f"Dibaca {tulis_tanggal(hari)}, karena Excel menyimpan tanggal sebagai bilangan. Betul?", hari)
    return bidang.clean(isi)


def _ya(isi: Any) -> bool:
    if isinstance(isi, bool):
        return isi
    teks = sebagai_teks(isi).strip().casefold()
    if teks not in _YA | _TIDAK:
        raise forms.ValidationError("Tulis Ya atau Tidak.")
    return teks in _YA
