"""Bytes of a list somebody was sent → sheets of text cells. Pure: no database, no files.

Everything is text: identifiers keep their leading zeros and nothing is guessed to be a number.
A file that is no table raises `BerkasSalah` with an Indonesian sentence that says what to do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from upt import impor_buku
from upt.impor_buku import MAKS_BARIS, MAKS_KOLOM, BerkasSalah, rapikan

MAKS_BITA = 5 * 1024 * 1024
PEMISAH = (",", ";", "\t")
_BOM_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_AWAL_XLS = b"\xd0\xcf\x11\xe0"
_AWAL_ZIP = b"PK\x03\x04"
_KENDALI = frozenset(map(chr, range(32))) - set("\t\n\r\f")


@dataclass(frozen=True)
class Baris:
    """One row: `nomor` is the line a person sees in the editor or the spreadsheet (from 1)."""

    nomor: int
    sel: tuple[str, ...]

    @property
    def kosong(self) -> bool:
        return not any(self.sel)


@dataclass(frozen=True)
class Lembar:
    """One way to read the file as a table: a sheet of a workbook, or a text with one separator."""

    nama: str
    baris: tuple[Baris, ...]


def baca_lembar(isi: bytes) -> list[Lembar]:
    """All tables the file can be read as. Raises BerkasSalah when there is none."""
    _tolak_ukuran(isi)
    if isi.startswith(_AWAL_ZIP):
        return [_dari_sel(nama, sel) for nama, sel in impor_buku.baca_buku(isi)]
    if isi.startswith(_AWAL_XLS):
        raise BerkasSalah(
            "Berkas ini buku kerja Excel lama (.xls) atau terkunci kata sandi. "
            "Buka di Excel atau LibreOffice, simpan sebagai .xlsx atau CSV tanpa kata sandi, lalu ulangi."
        )
    return _baca_teks(urai_sandi(isi))


def _dari_sel(nama: str, sel: list[list[str]]) -> Lembar:
    return Lembar(nama, tuple(Baris(nomor, tuple(isi)) for nomor, isi in enumerate(sel, start=1)))


def _tolak_ukuran(isi: bytes) -> None:
    if not isi.strip():
        raise BerkasSalah("Berkas kosong. Pilih berkas daftar UPT berbentuk CSV atau XLSX.")
    if len(isi) > MAKS_BITA:
        raise BerkasSalah(
            "Berkas lebih dari 5 MB, terlalu besar untuk daftar UPT. Hapus gambar dan lembar lain, lalu ulangi."
        )


# --- text -----------------------------------------------------------------------------------------


def urai_sandi(isi: bytes) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 (with or without BOM) or Windows-1252."""
    for sandi in _calon_sandi(isi):
        try:
            teks = isi.decode(sandi)
        except UnicodeDecodeError:
            continue
        if not _tampak_biner(teks):
            return teks.removeprefix("\ufeff")
    raise BerkasSalah("Isi berkas bukan tabel teks dan bukan XLSX. Simpan daftar sebagai CSV atau XLSX, lalu ulangi.")


def _calon_sandi(isi: bytes) -> Iterable[str]:
    if isi.startswith(_BOM_UTF16):
        return ("utf-16",)
    contoh = isi[:4096]
    if contoh.count(0) > len(contoh) // 4:
        # Plain Latin text in UTF-16 has its NULs all on one side of each pair.
        return ("utf-16-le",) if contoh[1::2].count(0) > contoh[::2].count(0) else ("utf-16-be",)
    return ("utf-8", "cp1252")


def _tampak_biner(teks: str) -> bool:
    return any(huruf in _KENDALI for huruf in teks)


def _baca_teks(teks: str) -> list[Lembar]:
    lembar: list[Lembar] = []
    galat: str = ""
    for pemisah in PEMISAH:
        try:
            baris = _baca_csv(teks, pemisah)
        except csv.Error as sebab:
            galat = galat or str(sebab)
        else:
            lembar.append(Lembar(f"CSV {pemisah!r}", baris))
    if not lembar:
        raise BerkasSalah(
            "Tabel CSV tidak dapat dibaca: ada tanda kutip yang tidak ditutup atau salah letak. "
            f"Buka di Excel, simpan ulang sebagai CSV UTF-8, lalu ulangi. (Rincian: {galat})"
        )
    return lembar


def _baca_csv(teks: str, pemisah: str) -> tuple[Baris, ...]:
    """Rows with the number of the line each record starts on. Raises csv.Error, BerkasSalah."""
    pembaca = csv.reader(io.StringIO(teks, newline=""), delimiter=pemisah, strict=True)
    hasil: list[Baris] = []
    awal = 1
    for rekaman in pembaca:
        _tolak_bentuk(len(hasil), len(rekaman))
        hasil.append(Baris(awal, tuple(rapikan(sel) for sel in rekaman)))
        awal = pembaca.line_num + 1
    return tuple(hasil)


def _tolak_bentuk(n_baris: int, n_kolom: int) -> None:
    if n_baris >= MAKS_BARIS:
        raise BerkasSalah(f"Tabel lebih dari {MAKS_BARIS:,} baris; ini bukan daftar UPT.".replace(",", "."))
    if n_kolom > MAKS_KOLOM:
        raise BerkasSalah(f"Tabel lebih dari {MAKS_KOLOM} kolom; ini bukan daftar UPT.")
