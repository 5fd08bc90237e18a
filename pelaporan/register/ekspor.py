"""Rows of a kind as a table that leaves the portal: CSV in both dialects, and XLSX. What left can be brought back.

A text stays a text and a number a number wherever the file is opened; no cell is ever a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from pelaporan.models import BarisRegister
from pelaporan.register.jenis import JenisBaris
from pelaporan.register.kolom import BILANGAN, Kolom
from pelaporan.register.selectors import Rujukan, rujukan_unit, tulis_kolom
from pemasyarakatan.inti.csv_keluar import Gaya, Tabel
from pemasyarakatan.inti.waktu import tulis_tanggal

BARIS_MAKS = 100_000
TANDA_BAKU = "Bentuk: CSV baku"
"""Says in the file itself that its figures have decimal points; the import believes it."""
FORMAT = {"bulat": "#,##0", "rupiah": "#,##0", "desimal": "#,##0.######", "tanggal": "dd/mm/yyyy"}
LEBAR = {"paragraf": 44, "teks": 28, "rujukan": 30, "pilihan": 22, "ya_tidak": 10}
Isi = str | int | Decimal | date | None


@dataclass(frozen=True)
class Ekspor:
    """What leaves: rows of one unit, or (`wilayah`) of many, each then with its unit and Kanwil."""

    jenis: JenisBaris[Any]
    baris: Iterable[BarisRegister]
    nama: str
    keterangan: Sequence[tuple[str, str]]
    wilayah: bool = False

    @property
    def kepala(self) -> list[str]:
        return [*(("UPT", "Kanwil") if self.wilayah else ()), *(judul(k) for k in self.jenis.kolom)]

    def isi(self) -> Iterator[list[Isi]]:
        """Cells of every row; names of what references point at are read once for each unit."""
        rujukan: Rujukan = {}
        upt_id = None
        for satu in self.baris:
            if satu.upt_id != upt_id:
                upt_id, rujukan = satu.upt_id, rujukan_unit(self.jenis, satu.upt)
            depan: list[Isi] = [satu.upt.nama, satu.kanwil.nama_pendek] if self.wilayah else []
            yield depan + [nilai_sel(k, getattr(satu, k.nama), rujukan) for k in self.jenis.kolom]


def judul(kolom: Kolom) -> str:
    return f"{kolom.label} ({kolom.satuan})" if kolom.satuan else kolom.label


def nilai_sel(kolom: Kolom, nilai: Any, rujukan: Rujukan) -> Isi:
    """The cell of a column: figures and days as they are, everything else as people read it."""
    if nilai is None or kolom.ragam in BILANGAN or isinstance(nilai, date):
        return nilai
    return tulis_kolom(kolom, nilai, rujukan)


def csv(ekspor: Ekspor, gaya: Gaya) -> Tabel:
    """The table for `csv_keluar.jawab`."""
    bentuk = [tuple(TANDA_BAKU.split(": "))] if gaya.kode == "baku" else []

    def hari(isi: Isi) -> str | int | Decimal | None:
        if isinstance(isi, date):
            return isi.isoformat() if gaya.kode == "baku" else tulis_tanggal(isi)
        return isi

    baris = ([hari(isi) for isi in satu] for satu in ekspor.isi())
    return Tabel(ekspor.nama, [*ekspor.keterangan, *bentuk], ekspor.kepala, baris)  # type: ignore[list-item]


def xlsx(ekspor: Ekspor) -> bytes:
    aliran = io.BytesIO()
    buku = xlsxwriter.Workbook(aliran, {"constant_memory": True})
    ws = buku.add_worksheet(nama_lembar(ekspor.jenis.label_banyak))
    kepala = buku.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    gaya = [buku.add_format({"num_format": FORMAT.get(r, "@"), "valign": "top"}) for r in _ragam(ekspor)]
    for i, ragam in enumerate(_ragam(ekspor)):
        ws.set_column(i, i, LEBAR.get(ragam, 14))
    ws.freeze_panes(2, 0)
    ws.write_string(0, 0, "; ".join(f"{nama}: {isi}" for nama, isi in ekspor.keterangan))
    for i, satu in enumerate(ekspor.kepala):
        ws.write_string(1, i, satu, kepala)
    for n, baris in enumerate(ekspor.isi(), 2):
        for i, isi in enumerate(baris):
            tulis_sel(ws, n, i, isi, gaya[i])
    buku.close()
    return aliran.getvalue()


def _ragam(ekspor: Ekspor) -> list[str]:
    return [*(("teks", "teks") if ekspor.wilayah else ()), *(k.ragam for k in ekspor.jenis.kolom)]


def nama_lembar(teks: str) -> str:
    """A name that Excel takes for a sheet."""
    return "".join(" " if h in "[]:*?/\\'" else h for h in teks)[:31].strip() or "Daftar"


def tulis_sel(ws: Any, n: int, i: int, isi: Isi, gaya: Any) -> None:
    if isi is None or isi == "":
        return
    if isinstance(isi, date):
        ws.write_datetime(n, i, isi, gaya)
    elif isinstance(isi, str):
        ws.write_string(n, i, isi, gaya)
    else:
        ws.write_number(n, i, float(isi) if isinstance(isi, Decimal) else isi, gaya)
