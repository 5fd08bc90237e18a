"""Totals of an occasion as a file: for the chain every combination, for others the tables as they are shown."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import xlsxwriter

from pemasyarakatan.inti.csv_keluar import Isi, Tabel
from remisi.nasional.selectors import Baris
from remisi.nasional.tabel import ARTI_TUTUP, KELAMIN, KELOMPOK, MATRA, STATUS, TUTUP
from remisi.nasional.tabel import Tabel as TabelLayar

KEPALA_UTUH = (
    "Jenis",
    "Hasil",
    "Hari setiap pemberian",
    "Jenis kelamin",
    "Status",
    "Tindak pidana",
    "Pemberian",
    "Hari",
)
KEPALA_TABEL = ("Pembagian", "Jenis dan hasil", "Isi", "Pemberian")
Keterangan = Sequence[tuple[str, str]]


def tabel_total(
    nama: str, keterangan: Keterangan, semua: Sequence[Baris], layar: Sequence[TabelLayar], *, utuh: bool
) -> Tabel:
    if utuh:
        return Tabel(nama, keterangan, KEPALA_UTUH, _utuh(semua))
    return Tabel(nama, [*keterangan, ("Tanda", ARTI_TUTUP)], KEPALA_TABEL, _tampak(layar))


def _utuh(semua: Sequence[Baris]) -> Iterator[Sequence[Isi]]:
    for b in sorted(semua, key=lambda b: (b.jenis, b.hasil, b.pita, b.jenis_kelamin, b.status_orang, b.kelompok)):
        kata = (KELAMIN.get(b.jenis_kelamin), STATUS.get(b.status_orang, b.status_orang), KELOMPOK.get(b.kelompok))
        yield (b.jenis, b.hasil, b.pita, *kata, b.orang, b.hari)


def _tampak(layar: Sequence[TabelLayar]) -> Iterator[Sequence[Isi]]:
    judul = {m.kode: m.judul for m in MATRA}
    for t in layar:
        for b in t.baris:
            yield from ((judul[t.kode], b.nama, k, _angka(s.orang)) for k, s in zip(t.kolom, b.sel, strict=True))
            yield judul[t.kode], b.nama, "Jumlah", _angka(b.jumlah.orang)
        yield from ((judul[t.kode], "Jumlah", k, _angka(s.orang)) for k, s in zip(t.kolom, t.kaki, strict=True))


def _angka(n: int | None) -> int | str:
    return TUTUP if n is None else n


def xlsx(tabel: Tabel) -> bytes:
    """The same table as a workbook; numbers are numbers, nothing is a formula."""
    aliran = io.BytesIO()
    buku = xlsxwriter.Workbook(aliran, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    lembar = buku.add_worksheet("Total")
    tebal, angka = buku.add_format({"bold": True, "bottom": 1}), buku.add_format({"num_format": "#,##0"})
    for n, (judul, kata) in enumerate(tabel.keterangan):
        lembar.write_string(n, 0, judul, tebal)
        lembar.write_string(n, 1, kata)
    awal = len(tabel.keterangan) + 1
    for i, judul in enumerate(tabel.kepala):
        lembar.write_string(awal, i, judul, tebal)
    lembar.set_column(0, len(tabel.kepala) - 1, 20)
    lembar.freeze_panes(awal + 1, 0)
    for n, baris in enumerate(tabel.baris, awal + 1):
        for i, isi in enumerate(baris):
            if isinstance(isi, int):
                lembar.write_number(n, i, isi, angka)
            else:
                lembar.write_string(n, i, str(isi or ""))
    buku.close()
    return aliran.getvalue()
