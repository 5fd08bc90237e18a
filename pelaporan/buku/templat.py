"""Writing the workbook of a unit: a sheet per section and per line list, built from the forms themselves.

Locked is what is not asked (codes, labels, last month, calculated and register-fed cells), tinted what is. The
same writer makes the error copy: what was typed goes back into its cells, with the sentence as a comment.
"""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pelaporan.buku import baca, batas, gaya
from pelaporan.buku.meta import Meta
from pelaporan.butir import Bagian, Butir, Daftar
from pelaporan.isian import Isian, Keadaan, Konteks, Sel, lingkungan
from pelaporan.lembar import PILIHAN_KEADAAN
from pelaporan.rumus import Nilai
from pelaporan.skema import Skema

LABEL_KEADAAN = dict(PILIHAN_KEADAAN)
KEPALA = 4
"""Row (from 0) of the headings; title, sentence and hint stand above."""
_KODE_TOTAL = re.compile(r"jumlah\(([a-z0-9_, ]+)\)")
_ARGUMEN_MAKS = 200


@dataclass(frozen=True)
class Isi:
    """One form in the workbook. `timpa` and `komentar` (by address) only in the error copy."""

    nama: str
    skema: Skema
    isian: Isian
    konteks: Konteks
    catatan: str = ""
    timpa: Mapping[str, tuple[Any, str, str]] = field(default_factory=dict)
    komentar: Mapping[str, str] = field(default_factory=dict)
    baris_timpa: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def nilai(self) -> Mapping[str, Nilai]:
        """All values, calculated ones included."""
        return lingkungan(self.skema, self.isian, self.konteks).nilai


@dataclass(frozen=True)
class Judul:
    unit: str
    bulan: str
    bulan_lalu: str


class Buku:
    """The workbook being written."""

    def __init__(self, judul: Judul, meta: Meta) -> None:
        self._aliran = io.BytesIO()
        self.buku = xlsxwriter.Workbook(
            self._aliran, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.judul, self.meta = judul, meta
        self.gaya = gaya.Gaya(self.buku)
        self._nama: set[str] = set()
        self.rujukan = gaya.Rujukan(self.buku)

    def tulis(self, semua: Sequence[Isi], catatan: Sequence[gaya.Catatan] = ()) -> bytes:
        self.awal(catatan)
        for isi in semua:
            for bagian in isi.skema.bagian:
                if bagian.butir:
                    _LembarBagian(self, isi, bagian).tulis()
                for daftar in bagian.daftar:
                    _LembarDaftar(self, isi, daftar).tulis()
        return self.selesai()

    def awal(self, catatan: Sequence[gaya.Catatan]) -> None:
        """How to fill it in; in an error copy also the whole list of what is to be mended."""
        gaya.tulis_petunjuk(self.lembar("Petunjuk"), self.gaya, self.judul.unit, self.judul.bulan)
        if catatan:
            gaya.tulis_catatan(self.lembar(baca.CATATAN), self.gaya, catatan)

    def selesai(self) -> bytes:
        self.rujukan.tulis(self.lembar("Rujukan"), self.gaya)
        rahasia = self.lembar(baca.META)
        for nomor, potong in enumerate(self.meta.potongan()):
            rahasia.write_string(nomor, 0, potong)
        rahasia.very_hidden()
        self.buku.close()
        return self._aliran.getvalue()

    def lembar(self, nama: str) -> Worksheet:
        """A sheet under a name that Excel accepts and that no other sheet has."""
        bersih = " ".join(re.sub(r"[\[\]:*?/\\']", " ", nama).split())[:31].strip()
        dipakai, n = bersih, 2
        while dipakai.casefold() in self._nama:
            akhir = f" {n}"
            dipakai, n = bersih[: 31 - len(akhir)] + akhir, n + 1
        self._nama.add(dipakai.casefold())
        return self.buku.add_worksheet(dipakai)

    def bingkai(self, ws: Worksheet, judul: str, penjelasan: str, kepala: int = KEPALA) -> None:
        """Title, sentence, frozen headings, print set-up and protection: the same on every sheet."""
        ws.write_string(0, 0, judul, self.gaya.judul)
        ws.write_string(1, 0, f"{self.judul.unit} · {self.judul.bulan}", self.gaya.redup)
        gaya.tulis_teks(ws, 2, 0, penjelasan[:500], self.gaya.redup)
        ws.freeze_panes(kepala + 1, 2)
        ws.repeat_rows(kepala)
        ws.set_landscape()
        ws.set_paper(9)
        ws.fit_to_pages(1, 0)
        ws.protect("", gaya.BOLEH)
        ws.set_first_sheet() if judul == "Petunjuk" else None


class _LembarBagian:
    """One section: a row per item."""

    KOLOM = (
        ("Kode", 26),
        ("Butir", 44),
        ("Satuan", 10),
        ("Bulan lalu", 16),
        ("Bulan ini", 16),
        ("Keadaan", 16),
        ("Alasan", 36),
    )

    def __init__(self, buku: Buku, isi: Isi, bagian: Bagian) -> None:
        self.b, self.isi, self.bagian, self.g = buku, isi, bagian, buku.gaya
        self.ws = buku.lembar(f"{isi.skema.kode} {bagian.judul}")
        self.nilai = isi.nilai
        self.baris = {b.kode: KEPALA + 1 + n for n, b in enumerate(bagian.butir)}

    def tulis(self) -> None:
        ws, akhir = self.ws, KEPALA + len(self.baris)
        for i, (nama, lebar) in enumerate(self.KOLOM):
            akhiran = {"Bulan lalu": self.b.judul.bulan_lalu, "Bulan ini": self.b.judul.bulan}.get(nama)
            ws.set_column(i, i, lebar)
            ws.write_string(KEPALA, i, f"{nama} ({akhiran})" if akhiran else nama, self.g.kepala)
        gaya.tulis_teks(ws, 3, 0, self.isi.catatan, self.g.redup)
        for butir in self.bagian.butir:
            self._butir(butir, self.baris[butir.kode])
        self._validasi()
        ws.autofilter(KEPALA, 0, akhir, len(self.KOLOM) - 1)
        ws.conditional_format(KEPALA + 1, 4, akhir, 4, gaya.beda_besar(KEPALA + 2, self.g))
        judul = f"{self.isi.skema.kode} {self.isi.nama} · {self.bagian.judul}"
        self.b.bingkai(ws, judul, self.bagian.penjelasan)
        nama = f"{self.isi.skema.kode}_{self.bagian.kode}"
        self.b.buku.define_name(nama, f"='{ws.name}'!$A${KEPALA + 2}:$G${akhir + 1}")

    def _butir(self, butir: Butir, n: int) -> None:
        ws, g = self.ws, self.g
        ws.write_string(n, 0, f"{self.isi.skema.kode}.{butir.kode}", g.kode)
        ws.write_string(n, 1, butir.label, g.tetap)
        gaya.tulis_teks(ws, n, 2, butir.satuan, g.tetap)
        self._tulis_nilai(n, 3, butir, self.isi.konteks.lalu(None, butir.kode, 1), g.lalu(butir))
        if not butir.diketik:
            self._hitungan(butir, n)
            return
        teks, keadaan, alasan = self._ketikan(butir)
        self._tulis_nilai(n, 4, butir, teks, g.isian(butir))
        ws.write_string(n, 5, keadaan, g.isian_teks)
        gaya.tulis_teks(ws, n, 6, alasan, g.isian_teks)
        if butir.kode in self.isi.komentar:
            ws.write_comment(n, 4, self.isi.komentar[butir.kode], gaya.KOMENTAR)

    def _ketikan(self, butir: Butir) -> tuple[Any, str, str]:
        if butir.kode in self.isi.timpa:
            return self.isi.timpa[butir.kode]
        return ketikan(butir, self.isi.isian.sel.get(butir.kode))

    def _tulis_nilai(self, n: int, kolom: int, butir: Butir, nilai: Any, gaya_sel: Any) -> None:
        gaya.tulis_nilai(self.ws, n, kolom, butir, nilai, gaya_sel)

    def _hitungan(self, butir: Butir, n: int) -> None:
        """Calculated: a live sum where it is a table's total of this sheet, else what the portal has now."""
        kini, g = self.nilai.get(butir.kode), self.g.lalu(butir)
        jumlah = _KODE_TOTAL.fullmatch(butir.rumus or "")
        acuan = [self.baris.get(k.strip()) for k in jumlah[1].split(",")] if jumlah else []
        if acuan and None not in acuan and len(acuan) <= _ARGUMEN_MAKS:
            sel = ",".join(f"E{(x or 0) + 1}" for x in acuan)
            self.ws.write_formula(n, 4, f"=SUM({sel})", g, _biasa(kini) or 0)
        else:
            self._tulis_nilai(n, 4, butir, kini, g)
        sumber = "Terisi dari register" if butir.turunan else "Dihitung portal"
        self.ws.write_string(n, 5, sumber, self.g.tetap)
        self.ws.write_blank(n, 6, None, self.g.tetap)

    def _validasi(self) -> None:
        ketik = [b for b in self.bagian.butir if b.diketik]
        for awal, akhir, aturan in gaya.validasi(ketik, self.baris, self.b.rujukan):
            self.ws.data_validation(awal, 4, akhir, 4, aturan)
        for awal, akhir in gaya.rentang([self.baris[b.kode] for b in ketik]):
            self.ws.data_validation(awal, 5, akhir, 5, self.b.rujukan.aturan("Keadaan", list(LABEL_KEADAAN.values())))


class _LembarDaftar:
    """A line list: a row per entry, with empty rows that already carry their identity."""

    def __init__(self, buku: Buku, isi: Isi, daftar: Daftar) -> None:
        self.b, self.isi, self.d, self.g = buku, isi, daftar, buku.gaya
        self.ws = buku.lembar(f"{isi.skema.kode} {daftar.judul}")

    def tulis(self) -> None:
        ws, d = self.ws, self.d
        ws.set_column(0, 0, 16)
        ws.write_string(KEPALA - 1, 0, f"{baca.TANDA_DAFTAR}{self.isi.skema.kode}.{d.kode}", self.g.kode)
        ws.write_string(KEPALA, 0, "Baris", self.g.kepala)
        for i, kolom in enumerate(d.kolom, 1):
            ws.set_column(i, i, 30 if kolom.jenis == "teks" else 18)
            ws.write_string(KEPALA - 1, i, kolom.kode, self.g.kode)
            ws.write_string(
                KEPALA, i, f"{kolom.label}{' (' + kolom.satuan + ')' if kolom.satuan else ''}", self.g.kepala
            )
        n = KEPALA
        for n, (baris_id, sel) in enumerate(self._baris(), KEPALA + 1):
            self._tulis_baris(n, baris_id, sel)
        for i, kolom in enumerate(d.kolom, 1):
            aturan = gaya.aturan_butir(kolom, self.b.rujukan)
            if aturan:
                ws.data_validation(KEPALA + 1, i, n, i, aturan)
        ws.autofilter(KEPALA, 0, n, len(d.kolom))
        self.b.bingkai(ws, f"{self.isi.skema.kode} {self.isi.nama} · {d.judul}", d.penjelasan)
        akhir = f"${baca.huruf_kolom(len(d.kolom) + 1)}${n + 1}"
        self.b.buku.define_name(f"{self.isi.skema.kode}_{d.kode}", f"='{ws.name}'!$A${KEPALA + 2}:{akhir}")

    def _baris(self) -> Iterator[tuple[str, Mapping[str, Sel]]]:
        ada = [(b.id, b.sel) for b in self.isi.isian.daftar.get(self.d.kode, ())]
        dikenal = {kunci for kunci, _ in ada}
        baru: list[tuple[str, Mapping[str, Sel]]] = [
            (i, {}) for i in self.isi.baris_timpa.get(self.d.kode, ()) if i not in dikenal
        ]
        kosong = max(0, min(batas.BARIS_KOSONG, self.d.maks - len(ada) - len(baru)))
        yield from ada
        yield from baru
        unduhan = uuid.uuid4().hex[:9]  # what the rows of one download share packs well
        yield from ((f"{unduhan}{n:03d}", {}) for n in range(kosong))

    def _tulis_baris(self, n: int, baris_id: str, sel: Mapping[str, Sel]) -> None:
        self.ws.write_string(n, 0, baris_id, self.g.kode)
        for i, kolom in enumerate(self.d.kolom, 1):
            alamat = f"{self.d.kode}/{baris_id}/{kolom.kode}"
            nilai = self.isi.timpa[alamat][0] if alamat in self.isi.timpa else sebaris(kolom, sel.get(kolom.kode))
            gaya.tulis_nilai(self.ws, n, i, kolom, nilai, self.g.isian(kolom))
            if alamat in self.isi.komentar:
                self.ws.write_comment(n, i, self.isi.komentar[alamat], gaya.KOMENTAR)


def ketikan(butir: Butir, sel: Sel | None) -> tuple[Any, str, str]:
    """A cell as the three columns of a section sheet."""
    if sel is None:
        return None, LABEL_KEADAAN[Keadaan.ISI], ""
    keadaan = LABEL_KEADAAN.get(sel.keadaan, LABEL_KEADAAN[Keadaan.ISI])
    return tampil(butir, sel.nilai), keadaan, sel.alasan


def sebaris(butir: Butir, sel: Sel | None) -> Any:
    """A cell of a line list or Kanwil sheet: its value, or its state with the reason behind a colon."""
    if sel is None or sel.nilai is not None:
        return tampil(butir, sel.nilai if sel else None)
    return f"{LABEL_KEADAAN.get(sel.keadaan, '')}: {sel.alasan}"


def tampil(butir: Butir, nilai: Nilai) -> Any:
    """Choices by their label, yes and no as words; numbers stay numbers."""
    if isinstance(nilai, bool):
        return "Ya" if nilai else "Tidak"
    if butir.jenis == "pilihan" and nilai is not None:
        return butir.label_pilihan.get(str(nilai), str(nilai))
    return nilai


def _biasa(nilai: Nilai) -> float | int | None:
    return float(nilai) if isinstance(nilai, Decimal) else nilai if isinstance(nilai, int) else None
