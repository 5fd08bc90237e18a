"""A list as PDF (A4 landscape) and as XLSX. Made in the request that asks for it; nothing of it is kept."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.pdf import TIPE, susun_pdf
from pemasyarakatan.inti.waktu import sekarang, tulis_tanggal
from remisi.keluaran.daftar import Daftar, Isi, Tabel

_LEMBAR = Path(__file__).with_name("lembar.typ")
TIPE_BERKAS = {"pdf": TIPE, "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_HURUF = 18
_PANJANG = re.compile(rf"\S{{{_HURUF + 1},}}")
_PILIHAN = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def buat(daftar: Daftar, bentuk: str) -> bytes:
    return pdf(daftar) if bentuk == "pdf" else xlsx(daftar)


# PDF ---------------------------------------------------------------------------------------------


def pdf(daftar: Daftar) -> bytes:
    isi: dict[str, Any] = {
        "judul": daftar.judul,
        "kepala": " · ".join([daftar.judul, *(v for _, v in daftar.keterangan[:2])]),
        "kop": list(daftar.kop),
        "keterangan": [list(k) for k in daftar.keterangan],
        "utama": _tabel(daftar.utama),
        "total": [_tabel(t) for t in daftar.total],
        "catatan": list(daftar.catatan),
        "kaki": daftar.kaki,
        "tanda": daftar.tanda,
    }
    return susun_pdf(_LEMBAR, isi, sekarang())


def _tabel(t: Tabel) -> dict[str, Any]:
    return {
        "judul": t.judul,
        "kolom": [{"label": k.label, "lebar": k.lebar, "angka": k.angka} for k in t.kolom],
        "baris": [[_teks(s) for s in b] for b in t.baris],
        "jumlah": [_teks(s) for s in t.jumlah],
    }


def _teks(isi: Isi) -> str:
    """A word that no column can hold may break, rather than run into the next one."""
    if isinstance(isi, int):
        return tulis_angka(isi)
    if isinstance(isi, date):
        return tulis_tanggal(isi, pendek=True)
    return _PANJANG.sub(
        lambda kata: "\u200b".join(kata[0][n : n + _HURUF] for n in range(0, len(kata[0]), _HURUF)), isi
    )


# XLSX --------------------------------------------------------------------------------------------


def xlsx(daftar: Daftar) -> bytes:
    aliran = io.BytesIO()
    buku = xlsxwriter.Workbook(aliran, _PILIHAN)
    buku.set_properties({"title": daftar.judul, "author": "Portal Laporan Pemasyarakatan"})
    gaya = {
        "tebal": buku.add_format({"bold": True}),
        "kepala": buku.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
        "teks": buku.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
        "angka": buku.add_format({"num_format": "#,##0", "valign": "top"}),
        "hari": buku.add_format({"num_format": "dd-mm-yyyy", "valign": "top", "align": "left"}),
    }
    _lembar_utama(buku.add_worksheet("Daftar"), daftar, gaya)
    for n, t in enumerate(daftar.total, 1):
        lembar = buku.add_worksheet(f"Jumlah {n}" if n > 1 else "Jumlah")
        lembar.write_string(0, 0, t.judul, gaya["tebal"])
        _tulis_tabel(lembar, t, 2, gaya)
    _catatan(buku.add_worksheet("Catatan"), daftar, gaya)
    buku.close()
    return aliran.getvalue()


def _lembar_utama(lembar: Any, daftar: Daftar, gaya: dict[str, Any]) -> None:
    lembar.set_paper(9)
    lembar.set_landscape()
    lembar.fit_to_pages(1, 0)
    lembar.set_header(f"&L{_kaki(daftar.judul)}&R&B{_kaki(daftar.tanda)}")
    lembar.set_footer(f"&L&8{_kaki(daftar.kaki)}&R&8Halaman &P dari &N")
    baris = [(daftar.judul, ""), *daftar.keterangan, *([(daftar.tanda, "")] if daftar.tanda else [])]
    for n, (nama, isi) in enumerate(baris):
        lembar.write_string(n, 0, nama, gaya["tebal"])
        lembar.write_string(n, 2, isi, gaya["tebal"])
    awal = len(baris) + 1
    _tulis_tabel(lembar, daftar.utama, awal, gaya)
    lembar.freeze_panes(awal + 1, 0)
    if daftar.utama.baris:  # the row of sums stays out of what is filtered
        lembar.autofilter(awal, 0, awal + len(daftar.utama.baris), len(daftar.utama.kolom) - 1)
    lembar.repeat_rows(awal)


def _kaki(teks: str) -> str:
    return teks.replace("&", "&&")


def _tulis_tabel(lembar: Any, t: Tabel, awal: int, gaya: dict[str, Any]) -> None:
    for i, k in enumerate(t.kolom):
        lembar.set_column(i, i, max(8, round(4 * k.lebar)))
        lembar.write_string(awal, i, k.label, gaya["kepala"])
    for n, baris in enumerate([*t.baris, *([t.jumlah] if t.jumlah else [])], awal + 1):
        for i, isi in enumerate(baris):
            _tulis_sel(lembar, n, i, isi, gaya)


def _tulis_sel(lembar: Any, n: int, i: int, isi: Isi, gaya: dict[str, Any]) -> None:
    """What was typed is written as text, never read: no formula, no link, no number out of a word."""
    if isinstance(isi, int):
        lembar.write_number(n, i, isi, gaya["angka"])
    elif isinstance(isi, date):
        lembar.write_datetime(n, i, isi, gaya["hari"])
    else:
        lembar.write_string(n, i, isi, gaya["teks"])


def _catatan(lembar: Any, daftar: Daftar, gaya: dict[str, Any]) -> None:
    lembar.set_column(0, 0, 110)
    for n, teks in enumerate([*daftar.kop, daftar.kaki, *daftar.catatan]):
        lembar.write_string(n, 0, teks, gaya["teks"])
