"""How the workbook looks and what Excel itself checks: formats, validation, conditional format, choice lists.

Pasting over a cell drops its validation and other programs drop the protection, so the portal repeats every check;
these are only there to help while typing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pelaporan.butir import Butir
from pelaporan.isian import tulis_nilai as tulis_kata

BOLEH = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
"""What protection still allows: people filter, widen and sort."""
Catatan = tuple[str, str, str, str]
"""Place, item, what was written, and the portal's sentence."""
KOMENTAR = {"x_scale": 2.2, "y_scale": 1.4, "author": "Portal"}
_ANGKA = {"bulat": "#,##0", "rupiah": "#,##0", "desimal": "#,##0.######", "persen": "#,##0.######"}
_PESAN_MAKS = 225

PETUNJUK = (
    "Isi hanya sel berwarna kuning. Sel lain terkunci; kode di kolom pertama dipakai portal untuk mengenali butir.",
    "Salin dari berkas lain dengan Tempel Khusus, Nilai saja, agar warna dan pemeriksaan sel tidak hilang.",
    "Titik untuk ribuan dan koma untuk pecahan hanya tampilan Excel; ketik angkanya saja.",
    "Kosong berarti belum ada data. Ketik 0 bila nihil.",
    "Angka yang ada tetapi tidak dapat diberikan: pilih Tidak tersedia, lalu tulis alasannya. Yang tidak mungkin ada "
    "di unit ini: Tidak berlaku, dengan alasan.",
    "Di lembar daftar, tulis “Tidak tersedia: alasan” di selnya.",
    "Jangan menulis rumus di sel isian; portal menerima angka, bukan rumus.",
    "Jangan menulis nama atau nomor identitas warga binaan di sel teks.",
    "Sel yang berubah lebih dari 50% dari bulan lalu diberi warna: periksa sekali lagi.",
    "Setelah selesai, simpan sebagai .xlsx lalu unggah. Portal menunjukkan dahulu apa yang akan berubah; belum ada "
    "yang tersimpan sampai Anda menekan Simpan.",
)


class Gaya:
    """The formats of one workbook, each made once."""

    def __init__(self, buku: xlsxwriter.Workbook) -> None:
        self._buku, self._ada = buku, {}  # type: ignore[var-annotated]
        bungkus = {"text_wrap": True, "valign": "top"}
        self.judul = buku.add_format({"bold": True, "font_size": 14})
        self.redup = buku.add_format({"font_color": "#4A5560"})
        self.tetap = buku.add_format({**bungkus, "border": 1, "border_color": "#C9D2DB", "bg_color": "#F4F6F8"})
        self.kode = buku.add_format({"font_color": "#5B6672", "font_size": 8, "valign": "top", "num_format": "@"})
        self.kepala = buku.add_format(
            {**bungkus, "bold": True, "bg_color": "#12436D", "font_color": "#FFFFFF", "border": 1}
        )
        self.isian_teks = buku.add_format(
            {**bungkus, "locked": False, "bg_color": "#FFF8DC", "border": 1, "border_color": "#C9B458"}
        )
        self.beda = buku.add_format({"bg_color": "#F8D7A4"})
        self.bungkus = buku.add_format(bungkus)

    def isian(self, butir: Butir) -> Any:
        return self._angka(butir, {"locked": False, "bg_color": "#FFF8DC", "border_color": "#C9B458"})

    def lalu(self, butir: Butir) -> Any:
        return self._angka(butir, {"locked": True, "bg_color": "#F4F6F8", "border_color": "#C9D2DB"})

    def _angka(self, butir: Butir, dasar: dict[str, Any]) -> Any:
        pola = _ANGKA[butir.jenis_angka] if butir.angka else {"tanggal": "dd/mm/yyyy", "jam": "@"}.get(butir.jenis, "@")
        kunci = (pola, dasar["bg_color"])
        if kunci not in self._ada:
            self._ada[kunci] = self._buku.add_format(
                {**dasar, "num_format": pola, "border": 1, "valign": "top", "text_wrap": not butir.angka}
            )
        return self._ada[kunci]


class Rujukan:
    """Choice lists: one column of the sheet "Rujukan" each, shared by all items with the same choices."""

    def __init__(self, buku: xlsxwriter.Workbook) -> None:
        self._daftar: dict[tuple[str, ...], tuple[int, str]] = {}

    def aturan(self, judul: str, pilihan: Sequence[str]) -> dict[str, Any]:
        kunci = tuple(pilihan)
        kolom, _ = self._daftar.setdefault(kunci, (len(self._daftar), judul))
        huruf = _huruf(kolom + 1)
        return {
            "validate": "list",
            "source": f"=Rujukan!${huruf}$2:${huruf}${len(kunci) + 1}",
            "error_title": "Pilih dari daftar",
            "error_message": f"Pilih salah satu dari {len(kunci)} pilihan di daftar.",
        }

    def tulis(self, ws: Worksheet, g: Gaya) -> None:
        for pilihan, (kolom, judul) in self._daftar.items():
            ws.set_column(kolom, kolom, 32)
            ws.write_string(0, kolom, judul, g.kepala)
            for n, satu in enumerate(pilihan, 1):
                ws.write_string(n, kolom, satu, g.tetap)
        ws.freeze_panes(1, 0)
        ws.protect("", BOLEH)


def _huruf(nomor: int) -> str:
    return _huruf((nomor - 1) // 26) + chr(65 + (nomor - 1) % 26) if nomor > 0 else ""


def tulis_petunjuk(ws: Worksheet, g: Gaya, unit: str, bulan: str) -> None:
    ws.set_column(0, 0, 4)
    ws.set_column(1, 1, 100)
    ws.write_string(0, 0, f"Buku kerja laporan {bulan}", g.judul)
    ws.write_string(1, 0, unit, g.redup)
    for n, kalimat in enumerate(PETUNJUK, 1):
        ws.write_number(n + 2, 0, n, g.bungkus)
        ws.write_string(n + 2, 1, kalimat, g.bungkus)
    ws.protect("", BOLEH)


def tulis_catatan(ws: Worksheet, g: Gaya, semua: Sequence[Catatan]) -> None:
    """Everything that was not simply right, one row each, also what has no cell of its own to stand at."""
    ws.write_string(0, 0, f"{len(semua)} catatan", g.judul)
    for i, (judul, lebar) in enumerate((("Tempat", 34), ("Butir", 44), ("Tertulis", 24), ("Catatan", 90))):
        ws.set_column(i, i, lebar)
        ws.write_string(2, i, judul, g.kepala)
    for n, satu in enumerate(semua, 3):
        for i, teks in enumerate(satu):
            ws.write_string(n, i, teks, g.bungkus)
    ws.freeze_panes(3, 0)
    ws.autofilter(2, 0, 2 + len(semua), 3)
    ws.protect("", BOLEH)


def tulis_nilai(ws: Worksheet, n: int, kolom: int, butir: Butir, nilai: Any, gaya: Any) -> None:
    """Numbers as numbers, dates as dates, everything else as text: a text is never read as a formula."""
    if nilai is None or nilai == "":
        ws.write_blank(n, kolom, None, gaya)
    elif isinstance(nilai, bool):
        ws.write_string(n, kolom, "Ya" if nilai else "Tidak", gaya)
    elif isinstance(nilai, int | float | Decimal):
        ws.write_number(n, kolom, float(nilai) if isinstance(nilai, Decimal) else nilai, gaya)
    elif butir.jenis == "tanggal" and (hari := _hari(str(nilai))):
        ws.write_datetime(n, kolom, hari, gaya)
    else:
        ws.write_string(n, kolom, str(nilai)[:32_000], gaya)


def tulis_teks(ws: Worksheet, n: int, kolom: int, teks: str, gaya: Any) -> None:
    """A text, or an empty cell: an empty text would be one more cell to read."""
    if teks:
        ws.write_string(n, kolom, teks, gaya)
    else:
        ws.write_blank(n, kolom, None, gaya)


def _hari(teks: str) -> date | None:
    try:
        return date.fromisoformat(teks)
    except ValueError:
        return None


def beda_besar(baris: int, g: Gaya) -> dict[str, Any]:
    rumus = f"=AND(ISNUMBER($D{baris}),ISNUMBER($E{baris}),$D{baris}<>0,ABS($E{baris}-$D{baris})>ABS($D{baris})*0.5)"
    return {"type": "formula", "criteria": rumus, "format": g.beda}


# ---------------------------------------------------------------- validation


def aturan_butir(butir: Butir, rujukan: Rujukan) -> dict[str, Any] | None:
    """What Excel checks while typing; None for free text and times."""
    if butir.jenis == "pilihan":
        return rujukan.aturan(butir.label, [label for _, label in butir.pilihan])
    if butir.jenis == "ya_tidak":
        return rujukan.aturan("Ya atau tidak", ["Ya", "Tidak"])
    if butir.jenis == "tanggal":
        pesan = {"error_title": "Bukan tanggal", "error_message": "Tulis tanggal, misalnya 3/9/2026."}
        return {"validate": "date", "criteria": ">=", "value": date(1945, 8, 17), **pesan}
    return _aturan_angka(butir) if butir.angka else None


def _aturan_angka(butir: Butir) -> dict[str, Any]:
    jenis, kata = ("integer", "bilangan bulat") if butir.jenis_angka != "desimal" else ("decimal", "angka")
    if butir.jenis_angka == "persen":
        jenis, kata = "decimal", "persen tanpa tanda %"
    bawah = butir.min if butir.min is not None else -(10**14)
    atas = butir.maks if butir.maks is not None else 10**15 - 1
    syarat = f"Isi {kata}"
    syarat += f", paling sedikit {tulis_kata(butir, butir.min)}" if butir.min is not None else ""
    syarat += f", paling banyak {tulis_kata(butir, butir.maks)}" if butir.maks is not None else ""
    return {
        "validate": jenis, "criteria": "between", "minimum": _angka(bawah), "maximum": _angka(atas),
        "error_title": "Periksa isian", "error_message": f"{syarat}. Tulis 0 bila nihil."[:_PESAN_MAKS],
    }  # fmt: skip


def _angka(x: int | Decimal) -> int | float:
    return float(x) if isinstance(x, Decimal) else x


def validasi(
    butir: Sequence[Butir], baris: Mapping[str, int], rujukan: Rujukan
) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """(first row, last row, rule), neighbours with the same rule together."""
    mulai, akhir, kini = -1, -1, None
    for satu in butir:
        aturan, n = aturan_butir(satu, rujukan), baris[satu.kode]
        if aturan == kini and n == akhir + 1:
            akhir = n
            continue
        if kini:
            yield mulai, akhir, kini
        mulai, akhir, kini = n, n, aturan
    if kini:
        yield mulai, akhir, kini


def rentang(nomor: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive rows."""
    for n in nomor:
        if n - 1 not in nomor:
            akhir = n
            while akhir + 1 in nomor:
                akhir += 1
            yield n, akhir
