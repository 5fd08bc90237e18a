"""A list that a unit kept elsewhere (.xlsx, .xls, .ods, CSV) as sheets of cells. Pure; runs in the bounded child.

What comes out is what was written, unjudged: which row holds the headings and what a cell means is decided by
`impor_kolom` and `impor_nilai`. A cell is None, a text, a number, true or false, `["d", "2026-01-05"]` for a day, or
`["!"]` for a formula without a result.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum, XmlError, ZipError

from pelaporan.buku import arsip, baca
from upt.impor_berkas import PEMISAH, urai_sandi
from upt.impor_buku import BerkasSalah

BERKAS_MAKS = 5 * 1024 * 1024
BARIS_MAKS = 2_000
"""Most rows of one import."""
LEMBAR_MAKS = 40
JAUH_KOLOM = 120

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_SANDI = "EncryptedPackage".encode("utf-16-le")
_SEL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_ALAMAT = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_GALAT = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_RUMUS = re.compile(rb"<(?:\w+:)?f[ />]")
_HASIL = re.compile(rb"<(?:\w+:)?v[ />]")


@dataclass(frozen=True)
class Ukuran:
    """How large a list may be; a filled cell further out than `baris` and `JAUH_KOLOM` is no list of one unit."""

    bita: int
    baris: int

    @property
    def terlalu_besar(self) -> str:
        return f"Berkas lebih dari {self.bita // 1024**2} MB. Hapus gambar dan lembar lain, lalu unggah lagi."

    def tolak_luas(self, baris: int, kolom: int) -> None:
        if baris > self.baris or kolom > JAUH_KOLOM:
            raise arsip.GalatBerkas(
                f"Ada lembar yang lebih dari {self.baris} baris atau {JAUH_KOLOM} kolom. Salin daftarnya saja ke "
                "berkas baru, lalu unggah lagi."
            )


BIASA = Ukuran(BERKAS_MAKS, 6_000)
TERLALU_BESAR = BIASA.terlalu_besar
RUSAK = "Berkas rusak atau terpotong, jadi tidak dibaca. Simpan ulang sebagai .xlsx, lalu unggah lagi."
PDF = "Ini berkas PDF, bukan daftar. Ambil lagi datanya sebagai Excel (.xlsx) atau CSV, lalu unggah."
KOSONG = "Berkas kosong. Pilih berkas yang berisi daftar."
CSV_RUSAK = (
    "CSV tidak terbaca: ada tanda kutip yang tidak ditutup. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah."
)

Sel = Any
Hasil = dict[str, Any]


def periksa_awal(isi: bytes, ukuran: Ukuran = BIASA) -> None:
    """What can be refused before a child is started. Raises GalatBerkas."""
    if not isi.strip():
        raise arsip.GalatBerkas(KOSONG)
    if len(isi) > ukuran.bita:
        raise arsip.GalatBerkas(ukuran.terlalu_besar, 413)
    if isi.startswith(_PDF):
        raise arsip.GalatBerkas(PDF)
    if isi.startswith(_ZIP):
        arsip.periksa_luar(isi, arsip.BAGIAN_ODS if _adalah_ods(isi) else arsip.BAGIAN_XLSX)
    elif isi.startswith(_OLE) and _SANDI in isi[:65536]:
        raise arsip.GalatBerkas(arsip.BERSANDI)


def kerjakan(isi: bytes, ukuran: Ukuran = BIASA) -> bytes:
    """The child's work: `{"ok": …}` or `{"galat": sentence, "status": code}` as JSON."""
    try:
        return json.dumps({"ok": baca_berkas(isi, ukuran)}, ensure_ascii=False).encode("utf-8", "replace")
    except (arsip.GalatBerkas, BerkasSalah) as g:
        return json.dumps({"galat": g.pesan, "status": getattr(g, "status", 400)}).encode()
    except PasswordError:
        return json.dumps({"galat": arsip.BERSANDI, "status": 400}).encode()
    except (CalamineError, XmlError, ZipError, ValueError, KeyError, OSError):
        return json.dumps({"galat": RUSAK, "status": 400}).encode()


def baca_berkas(isi: bytes, ukuran: Ukuran = BIASA) -> Hasil:
    """`lembar`: [{nama, csv, baris: [[number, [cells]], …]}], without empty rows; `abaikan`: what was left aside."""
    periksa_awal(isi, ukuran)
    if isi.startswith((_ZIP, _OLE)):
        return _buku(isi, _pindai(isi, ukuran), ukuran)
    return {"lembar": _csv(urai_sandi(isi), ukuran), "abaikan": []}


def _adalah_ods(isi: bytes) -> bool:
    return _ODS in isi[:200]


# ---------------------------------------------------------------- workbooks


def _pindai(isi: bytes, ukuran: Ukuran) -> dict[str, frozenset[tuple[int, int]]]:
    """Unpack and look at every part before the parser does; where are formulas without a result, by sheet?"""
    if not isi.startswith(_ZIP):
        return {}
    buku: dict[str, bytes] = {}
    rusak: dict[str, frozenset[tuple[int, int]]] = {}
    for jalur, xml in arsip.bongkar(isi):
        if jalur in baca.BUKU:
            buku[jalur] = xml
        elif jalur.startswith("xl/worksheets/") and jalur.endswith(".xml"):
            ukuran.tolak_luas(*baca.terjauh(xml))
            rusak[jalur] = _tanpa_hasil(xml)
    nama = baca.nama_lembar(*(buku.get(jalur, b"") for jalur in baca.BUKU)) if any(rusak.values()) else {}
    return {nama[jalur]: sel for jalur, sel in rusak.items() if jalur in nama}


def _tanpa_hasil(xml: bytes) -> frozenset[tuple[int, int]]:
    """(row, column), from 1 and 0: errors like #DIV/0!, and formulas that no program has calculated yet."""
    if not (_RUMUS.search(xml) or _GALAT.search(xml)):
        return frozenset()
    hasil = set()
    for atribut, isi in _SEL.findall(xml):
        if _GALAT.search(atribut) or (_RUMUS.search(isi) and not _HASIL.search(isi)):
            alamat = _ALAMAT.search(atribut)
            if alamat:
                hasil.add((int(alamat[2]), baca.nomor_kolom(alamat[1].decode()) - 1))
    return frozenset(hasil)


def _buku(isi: bytes, rusak: dict[str, frozenset[tuple[int, int]]], ukuran: Ukuran) -> Hasil:
    buku = CalamineWorkbook.from_object(io.BytesIO(isi))
    if len(buku.sheets_metadata) > LEMBAR_MAKS:
        raise arsip.GalatBerkas(f"Berkas memuat lebih dari {LEMBAR_MAKS} lembar. Salin daftarnya ke berkas baru.")
    hasil: Hasil = {"lembar": [], "abaikan": []}
    for satu in buku.sheets_metadata:
        if satu.visible != SheetVisibleEnum.Visible:
            hasil["abaikan"].append(f"Lembar tersembunyi “{satu.name[:31]}” tidak dibaca.")
            continue
        baris = buku.get_sheet_by_name(satu.name).to_python(skip_empty_area=False, nrows=ukuran.baris + 1)
        ukuran.tolak_luas(len(baris), len(baris[0]) if baris else 0)
        hasil["lembar"].append(_lembar(satu.name, baris, rusak.get(satu.name, frozenset()), csv_=False))
    return hasil


def _lembar(nama: str, baris: list[list[Any]], rusak: frozenset[tuple[int, int]], *, csv_: bool) -> Hasil:
    """One sheet: filled rows with the number a person sees, cells as JSON."""
    isi = []
    for nomor, satu in enumerate(baris, 1):
        sel = [["!"] if (nomor, i) in rusak else _sel(x) for i, x in enumerate(satu)]
        if any(x is not None for x in sel):
            isi.append([nomor, sel])
    return {"nama": nama[:31], "csv": csv_, "baris": isi}


def _sel(x: Any) -> Sel:
    if isinstance(x, datetime | date):
        return ["d", (x.date() if isinstance(x, datetime) else x).isoformat()]
    if isinstance(x, time):
        return x.strftime("%H:%M")
    if isinstance(x, timedelta):
        return baca.polos(x)
    if isinstance(x, str):
        return x if x.strip() else None
    return baca.polos(x)


# ---------------------------------------------------------------- CSV


def _csv(teks: str, ukuran: Ukuran) -> list[Hasil]:
    """One reading per separator; the headings will tell which one is meant."""
    hasil = []
    for pemisah in PEMISAH:
        try:
            hasil.append(_satu_csv(teks, pemisah, ukuran))
        except csv.Error:
            continue
    if not hasil:
        raise arsip.GalatBerkas(CSV_RUSAK)
    return hasil


def _satu_csv(teks: str, pemisah: str, ukuran: Ukuran) -> Hasil:
    pembaca = csv.reader(io.StringIO(teks, newline=""), delimiter=pemisah, strict=True)
    isi: list[Any] = []
    awal = 1
    for rekaman in pembaca:
        ukuran.tolak_luas(awal, len(rekaman))
        sel = [x if x.strip() else None for x in rekaman]
        if any(x is not None for x in sel):
            isi.append([awal, sel])
        awal = pembaca.line_num + 1
    return {"nama": "CSV", "csv": pemisah, "baris": isi}
