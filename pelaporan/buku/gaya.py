"""How the workbook looks and what Excel itself checks: formats, validation, conditional format, choice lists.

Pasting over a cell drops its validation and other programs drop the protection, so the portal repeats every check;
these are only there to help while typing.
"""

from __future__ import annotations

import math
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
KOMENTAR = {"x_scale": 2.2, "y_scale": 1.4, "author": "Portal"}
_ANGKA = {"bulat": "#,##0", "rupiah": "#,##0", "desimal": "#,##0.######", "persen": "#,##0.######"}
_PESAN_MAKS = 225

SEBARIS = 15
"""Height of a row with one line, in points."""
WARNA = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
"""Tabs of neighbouring forms; a form and its lists share one."""
_LEBAR = {"teks": 28, "tanggal": 13, "jam": 9, "ya_tidak": 11, "pilihan": 18}


class Gaya:
    """The formats of one workbook, each made once."""

    def __init__(self, buku: xlsxwriter.Workbook) -> None:
        self._buku, self._ada = buku, {}  # type: ignore[var-annotated]
        bungkus = {"text_wrap": True, "valign": "top"}
        kuning = {"locked": False, "bg_color": "#FFF9D6", "border": 1, "border_color": "#6B5900"}
        kelabu = {"bg_color": "#E6EAEE", "border": 1, "border_color": "#BCC6D0"}
        self.judul = buku.add_format({"bold": True, "font_size": 14})
        self.redup = buku.add_format({"font_color": "#4A5560"})
        self.jelas = buku.add_format({**bungkus, "font_color": "#4A5560", "italic": True})
        self.pita = buku.add_format({"bold": True, "font_size": 12, "valign": "vcenter", "bottom": 2})
        self.taut = buku.add_format({"font_color": "#0B5394", "underline": 1, "valign": "top"})
        self.tebal = buku.add_format({**bungkus, "bold": True})
        self.formulir = buku.add_format({"bold": True, "top": 1})
        self.taut_dalam = buku.add_format({"font_color": "#0B5394", "underline": 1, "indent": 2})
        self.kemajuan = buku.add_format({"align": "left", "indent": 1})
        self.tetap = buku.add_format({**bungkus, **kelabu, "align": "left", "indent": 1})
        self.kode = buku.add_format({"font_color": "#5B6672", "font_size": 8, "valign": "top", "num_format": "@"})
        self.kepala = buku.add_format(
            {**bungkus, "valign": "vcenter", "bold": True, "bg_color": "#12436D", "font_color": "#FFFFFF", "border": 1}
        )
        self.isian_teks = buku.add_format({**bungkus, **kuning, "align": "left", "indent": 1})
        self.contoh = buku.add_format({"num_format": "#,##0.0", "align": "left", "bold": True})
        self.beda = buku.add_format({"bg_color": "#F4B774", "bold": True})
        self.kurang = buku.add_format({"bg_color": "#F7C6C6", "bold": True, "border": 1, "border_color": "#A4161A"})
        self.pesan = buku.add_format({**bungkus, "font_color": "#A4161A", "bold": True})
        self.bungkus = buku.add_format(bungkus)
        self._kuning, self._kelabu = kuning, {**kelabu, "locked": True}
        self._salah = {**kuning, "bg_color": "#F7C6C6", "border": 2, "border_color": "#A4161A", "bold": True}

    def isian(self, butir: Butir, *, salah: bool = False) -> Any:
        return self._angka(butir, self._salah if salah else self._kuning)

    def lalu(self, butir: Butir) -> Any:
        return self._angka(butir, self._kelabu)

    def _angka(self, butir: Butir, dasar: dict[str, Any]) -> Any:
        pola = _ANGKA[butir.jenis_angka] if butir.angka else {"tanggal": "dd/mm/yyyy", "jam": "@"}.get(butir.jenis, "@")
        kunci = (pola, dasar["bg_color"])
        if kunci not in self._ada:
            self._ada[kunci] = self._buku.add_format(
                {**dasar, "num_format": pola, "valign": "top", "text_wrap": not butir.angka}
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


def potong_kata(teks: str, panjang: int) -> str:
    """At most `panjang` characters, ending with a whole word."""
    if len(teks) <= panjang:
        return teks
    utuh = teks[: panjang + 1].rpartition(" ")[0] or teks[:panjang]
    return utuh.removesuffix(" dan").removesuffix(" ke").rstrip(" ,·")


def tinggi(teks: str, lebar: float) -> float:
    """Height of a row for a wrapped text: programs other than Excel do not find it themselves when they open."""
    return SEBARIS * max(1, math.ceil(len(teks) * 0.95 / lebar))


def lebar_kolom(butir: Butir) -> int:
    return 14 if butir.angka else _LEBAR.get(butir.jenis, 18)


def kepala_kolom(ws: Worksheet, g: Gaya, n: int, mulai: int, kolom: Sequence[tuple[Butir, int]]) -> float:
    """Headings with their units, the codes in the row above them; the height the headings need."""
    paling = float(SEBARIS)
    for i, (butir, lebar) in enumerate(kolom, mulai):
        teks = f"{butir.label}{' (' + butir.satuan + ')' if butir.satuan else ''}"
        ws.set_column(i, i, lebar)
        ws.write_string(n - 1, i, butir.kode, g.kode)
        ws.write_string(n, i, teks, g.kepala)
        paling = max(paling, tinggi(teks, lebar - 3.5))  # the filter's button takes the rest
    return paling + 3


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
    """Far from last month; not for what the portal calculates later, which is still last time's figure."""
    rumus = (
        f'=AND($F{baris}<>"Dihitung portal",ISNUMBER($D{baris}),ISNUMBER($E{baris}),$D{baris}<>0,'
        f"ABS($E{baris}-$D{baris})>ABS($D{baris})*0.5)"
    )
    return {"type": "formula", "criteria": rumus, "format": g.beda}


def alasan_kurang(baris: int, g: Gaya) -> dict[str, Any]:
    """A state that needs a reason, without one."""
    rumus = f'=AND(OR($F{baris}="Tidak tersedia",$F{baris}="Tidak berlaku"),$G{baris}="")'
    return {"type": "formula", "criteria": rumus, "format": g.kurang}


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
    jenis, kata = ("integer", "bilangan bulat tanpa titik") if butir.jenis_angka != "desimal" else ("decimal", "angka")
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
