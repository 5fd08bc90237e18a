"""The report as a workbook: real numbers with formats, frozen headers, filters, print titles, no formulas
at all.

Every text is written as a string cell, so that a name that begins with "=" stays a name. Numbers are shown
in the notation of the reader's Excel, which groups and marks decimals by the machine's own settings.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dasbor.kinerja.fakta import Pokok
from dasbor.kinerja.naskah import Naskah
from dasbor.kinerja.tabel import TEKS, Kolom, Tabel

TIPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LEMBAR = ("Ringkasan", "Kanwil", "Mutasi", "Kamtib", "Pangan", "Kelengkapan", "Tren", "Tentang")

_BENTUK = {"bulat": "#,##0", "rupiah": "#,##0", "desimal": "#,##0.00", "persen": "#,##0.0"}
_HURUF, _BIRU, _ABU = "Arial", "#1f2855", "#eef0f6"
_KEPALA = 3
"""Row of the column headers (from 0): above it stand the title, what the figures are, and an empty row."""

Kabar = Callable[[str], None]


class Gaya:
    """The formats of one workbook."""

    def __init__(self, buku: Workbook) -> None:
        self._buku, self._siap = buku, dict[tuple[Any, ...], Format]()

    def __call__(self, **sifat: Any) -> Format:
        kunci = tuple(sorted(sifat.items()))
        if kunci not in self._siap:
            self._siap[kunci] = self._buku.add_format({"font_name": _HURUF, "font_size": 10, "valign": "top", **sifat})
        return self._siap[kunci]

    def angka(self, jenis: str, **sifat: Any) -> Format:
        return self(num_format=_BENTUK[jenis], align="right", **sifat)


def buat(naskah: Naskah, kabar: Kabar = lambda lembar: None) -> bytes:
    """The workbook's bytes. `kabar` hears the name of every sheet before it is written."""
    isi = BytesIO()
    with xlsxwriter.Workbook(isi, _PILIHAN) as buku:
        buku.set_properties(_sifat(naskah))
        gaya = Gaya(buku)
        for nama in LEMBAR:
            kabar(nama)
            lembar = buku.add_worksheet(nama)
            _siapkan(lembar, naskah)
            _isi_lembar(lembar, gaya, naskah, nama)
    return isi.getvalue()


_PILIHAN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def _sifat(naskah: Naskah) -> dict[str, Any]:
    return {
        "title": naskah.judul,
        "subject": f"Bulan {naskah.bulan.kode}",
        "author": naskah.surat.kop[-1] if naskah.surat.kop else "",
        "category": ", ".join(naskah.tanda),
        "comments": f"Sidik sumber {naskah.bahan.sidik}",
        "created": naskah.bahan.dibaca_pada.replace(tzinfo=None),
    }


def _siapkan(lembar: Worksheet, naskah: Naskah) -> None:
    """Paper: A4, the margins of official letters, page x of y."""
    lembar.set_paper(9)
    lembar.set_margins(left=1.18, right=0.79, top=0.79, bottom=0.98)
    lembar.fit_to_pages(1, 0)
    tanda = " · ".join(naskah.tanda).replace("&", "&&")
    lembar.set_header(f'&C&"Arial,Bold"{tanda}')
    lembar.set_footer(f"&L&8Data per {naskah.keterangan[4][1]}&R&8Halaman &P dari &N")


def _isi_lembar(lembar: Worksheet, gaya: Gaya, naskah: Naskah, nama: str) -> None:
    if nama == "Ringkasan":
        _ringkasan(lembar, gaya, naskah)
    elif nama == "Tentang":
        _tentang(lembar, gaya, naskah)
    else:
        _tabel(lembar, gaya, naskah, naskah.tabel[nama])


def _judul(lembar: Worksheet, gaya: Gaya, naskah: Naskah, judul: str) -> None:
    tanda = f" — {', '.join(naskah.tanda)}" if naskah.tanda else ""
    lembar.write_string(0, 0, f"{judul}, {naskah.bulan.nama}{tanda}", gaya(bold=True, font_size=13, font_color=_BIRU))
    lembar.write_string(
        1, 0, f"{naskah.keterangan[2][1]}. Dasar: {naskah.keterangan[1][1]}.", gaya(font_color="#444444")
    )


# One table on one sheet ---------------------------------------------------------------------------


def _tabel(lembar: Worksheet, gaya: Gaya, naskah: Naskah, tabel: Tabel) -> None:
    _judul(lembar, gaya, naskah, tabel.judul)
    if tabel.keterangan:
        lembar.write_string(2, 0, tabel.keterangan, gaya(font_color="#444444", italic=True))
    _kepala(lembar, gaya, tabel.kolom)
    for k, kolom in enumerate(tabel.kolom):
        _kolom(lembar, gaya, k, kolom, tabel.isi[kolom.kode])
    akhir = _KEPALA + max(1, len(tabel.isi))
    lembar.autofilter(_KEPALA, 0, akhir, len(tabel.kolom) - 1)
    if tabel.jumlah is not None:
        for k, kolom in enumerate(tabel.kolom):
            nilai = tabel.jumlah[kolom.kode]
            _sel(lembar, gaya, akhir + 1, k, kolom, nilai, bold=True, top=1, bg_color=_ABU)
    _bingkai(lembar, len(tabel.kolom))


def _bingkai(lembar: Worksheet, banyak_kolom: int) -> None:
    lembar.freeze_panes(_KEPALA + 1, 1)
    lembar.repeat_rows(_KEPALA)
    lembar.repeat_columns(0)
    if banyak_kolom > 7:
        lembar.set_landscape()
    if banyak_kolom > 18:
        lembar.fit_to_pages(0, 0)  # a very wide table keeps its size and goes over several sheets
        lembar.set_print_scale(70)


def _kepala(lembar: Worksheet, gaya: Gaya, kolom: tuple[Kolom, ...]) -> None:
    paling = 1
    for k, satu in enumerate(kolom):
        teks = f"{satu.label} ({satu.satuan})" if satu.satuan else satu.label
        rata = "left" if satu.jenis == TEKS else "right"
        bentuk = gaya(bold=True, text_wrap=True, bg_color=_BIRU, font_color="#ffffff", align=rata, valign="bottom")
        lembar.write_string(_KEPALA, k, teks, bentuk)
        lebar = 26 if satu.jenis == TEKS and not k else 18 if satu.jenis in (TEKS, "rupiah") else 14
        lembar.set_column(k, k, lebar)
        paling = max(paling, _baris_teks(teks, lebar - 4))  # bold, and the filter's button takes some of it
    lembar.set_row(_KEPALA, 14 * paling + 4)


def _baris_teks(teks: str, lebar: int) -> int:
    """Lines of a wrapped text: programs other than Excel do not find a row's height themselves when they open."""
    return max(1, -(-len(teks) // lebar))


def _kolom(lembar: Worksheet, gaya: Gaya, k: int, kolom: Kolom, nilai: pd.Series[Any]) -> None:
    for b, satu in enumerate(nilai, _KEPALA + 1):
        _sel(lembar, gaya, b, k, kolom, satu)


def _sel(lembar: Worksheet, gaya: Gaya, b: int, k: int, kolom: Kolom, nilai: Any, **sifat: Any) -> None:
    """One cell: a number with its format, a string, or an empty cell where there is no data."""
    if kolom.jenis == TEKS:
        lembar.write_string(b, k, str(nilai), gaya(**sifat))
    elif nilai is None or pd.isna(nilai):
        lembar.write_blank(b, k, None, gaya.angka(kolom.jenis, **sifat))
    else:
        lembar.write_number(b, k, round(float(nilai), 6), gaya.angka(kolom.jenis, **sifat))


# Summary and About --------------------------------------------------------------------------------

_KOLOM_RINGKASAN = (
    Kolom("label", "Ukuran", jenis=TEKS),
    Kolom("satuan", "Satuan", jenis=TEKS),
    Kolom("nilai", "Bulan ini", jenis="desimal"),
    Kolom("lalu", "Bulan lalu", jenis="desimal"),
    Kolom("perubahan", "Perubahan", jenis="desimal"),
    Kolom("n", "UPT dihitung"),
    Kolom("wajib", "UPT wajib lapor"),
    Kolom("sah", "UPT terverifikasi"),
    Kolom("n_lalu", "UPT dihitung bulan lalu"),
)


def _ringkasan(lembar: Worksheet, gaya: Gaya, naskah: Naskah) -> None:
    _judul(lembar, gaya, naskah, naskah.judul.removesuffix(f" {naskah.bulan.nama}"))
    _kepala(lembar, gaya, _KOLOM_RINGKASAN)
    b = _KEPALA
    for b, pokok in enumerate(naskah.fakta.pokok.values(), _KEPALA + 1):
        _baris_pokok(lembar, gaya, b, pokok, naskah)
    lembar.autofilter(_KEPALA, 0, b, len(_KOLOM_RINGKASAN) - 1)
    lembar.set_column(0, 0, 44)
    for n, teks in enumerate(naskah.kalimat, b + 2):
        # Merged below the filtered range, so that a paragraph wraps within the printed width.
        lembar.merge_range(n, 0, n, len(_KOLOM_RINGKASAN) - 1, "", gaya(text_wrap=True))
        lembar.write_string(n, 0, teks, gaya(text_wrap=True))
        lembar.set_row(n, 14 * (1 + len(teks) // 150))
    _bingkai(lembar, len(_KOLOM_RINGKASAN))


def _baris_pokok(lembar: Worksheet, gaya: Gaya, b: int, p: Pokok, naskah: Naskah) -> None:
    """Each row has its own kind of number; percentages change by points.

    No change is stated across coverages.
    """
    dasar = naskah.bahan.dasar
    isi = (
        p.label,
        p.satuan,
        p.nilai,
        p.lalu,
        p.perubahan,
        p.liputan.pada(dasar),
        p.liputan.wajib,
        p.liputan.sah,
    )
    for k, (kolom, nilai) in enumerate(zip(_KOLOM_RINGKASAN, (*isi, p.liputan_lalu.pada(dasar)), strict=True)):
        jenis = p.jenis if kolom.kode in ("nilai", "lalu", "perubahan") else kolom.jenis
        _sel(lembar, gaya, b, k, Kolom(kolom.kode, "", jenis=jenis), nilai)


def _tentang(lembar: Worksheet, gaya: Gaya, naskah: Naskah) -> None:
    lembar.set_column(0, 0, 34)
    lembar.set_column(1, 1, 22)
    lembar.set_column(2, 2, 44)
    lembar.set_column(3, 3, 90)
    lembar.set_column(4, 4, 16)
    lembar.set_landscape()
    lembar.write_string(0, 0, f"Tentang {naskah.judul}", gaya(bold=True, font_size=13, font_color=_BIRU))
    b = 1
    for b, (nama, nilai) in enumerate(naskah.keterangan, 2):
        lembar.write_string(b, 0, nama, gaya(bold=True))
        lembar.write_string(b, 1, nilai, gaya())
    lembar.write_string(b + 2, 0, "Catatan", gaya(bold=True))
    for n, teks in enumerate(naskah.catatan, b + 2):
        lembar.write_string(n, 1, teks, gaya())
    _tabel_definisi(lembar, gaya, naskah, b + len(naskah.catatan) + 3)


def _tabel_definisi(lembar: Worksheet, gaya: Gaya, naskah: Naskah, awal: int) -> None:
    bentuk = gaya(bold=True, bg_color=_BIRU, font_color="#ffffff")
    for k, teks in enumerate(("Ukuran", "Satuan", "Asal", "Definisi", "Terkonfirmasi")):
        lembar.write_string(awal, k, teks, bentuk)
    for b, d in enumerate(naskah.definisi, awal + 1):
        isi = (d.nama, d.satuan, d.asal, d.definisi, "ya" if d.terkonfirmasi else "belum")
        for k, teks in enumerate(isi):
            lembar.write_string(b, k, teks, gaya(text_wrap=True))
        lembar.set_row(b, 14 * max(_baris_teks(d.definisi, 105), _baris_teks(d.asal, 48), _baris_teks(d.nama, 36)))
    lembar.repeat_rows(awal)
    lembar.autofilter(awal, 0, awal + len(naskah.definisi), 4)
