"""Writing the workbook of a unit: a sheet per form and per line list, built from the forms themselves.

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

from pelaporan.buku import baca, batas, gaya, sampul
from pelaporan.buku.meta import BARIS_REGISTER, TERISI_REGISTER, Meta
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
SEBARIS = "Satu baris satu catatan. Bila suatu isian tidak ada, tulis “Tidak tersedia: alasan” di selnya."


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
    id: str = ""

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
        self.tempat: dict[tuple[str, str], str] = {}
        """Where every remarked cell stands in this workbook, by (report, address)."""
        self._catatan: tuple[Worksheet, Sequence[sampul.Catatan]] | None = None

    def tulis(self, semua: Sequence[Isi], catatan: Sequence[sampul.Catatan] = ()) -> bytes:
        self.awal(catatan, sampul.LANGKAH_UPT)
        daftar_isi = self.lembar(baca.DAFTAR_ISI)
        self._siapkan_cetak(daftar_isi)
        baris = [b for nomor, isi in enumerate(semua) for b in self._formulir(isi, gaya.WARNA[nomor % len(gaya.WARNA)])]
        sampul.tulis_daftar_isi(daftar_isi, self.gaya, f"{self.judul.unit} · {self.judul.bulan}", baris)
        return self.selesai()

    def _formulir(self, isi: Isi, warna: str) -> Iterator[sampul.BarisIsi]:
        """The sheet of a form and one for each of its line lists; what the table of contents says about them."""
        yield sampul.BarisIsi(f"{isi.skema.kode} {isi.nama}")
        bagian = _LembarFormulir(self, isi, warna) if any(b.butir for b in isi.skema.bagian) else None
        daftar = {d.kode: _LembarDaftar(self, isi, d, warna) for b in isi.skema.bagian for d in b.daftar}
        isi_bagian = bagian.tulis({k: d.ws.name for k, d in daftar.items()}) if bagian else {}
        for satu in isi.skema.bagian:
            if satu.butir:
                yield isi_bagian[satu.kode]
            for d in satu.daftar:
                yield daftar[d.kode].tulis()

    def awal(self, catatan: Sequence[sampul.Catatan], langkah: Sequence[str]) -> None:
        """How to fill it in; in an error copy also the whole list of what is to be mended."""
        ws = self.lembar("Petunjuk")
        self._siapkan_cetak(ws)
        sampul.tulis_petunjuk(ws, self.gaya, self.judul.unit, self.judul.bulan, langkah)
        if catatan:
            self._catatan = self.lembar(baca.CATATAN), catatan
            self._siapkan_cetak(self._catatan[0])

    def selesai(self) -> bytes:
        if self._catatan:
            sampul.tulis_catatan(self._catatan[0], self.gaya, self._catatan[1], self.tempat)
        rujukan = self.lembar("Rujukan")
        self._siapkan_cetak(rujukan)
        self.rujukan.tulis(rujukan, self.gaya)
        rahasia = self.lembar(baca.META)
        for nomor, potong in enumerate(self.meta.potongan()):
            rahasia.write_string(nomor, 0, potong)
        rahasia.very_hidden()
        self.buku.close()
        return self._aliran.getvalue()

    def lembar(self, nama: str) -> Worksheet:
        """A sheet under a name that Excel accepts and that no other sheet has; a long one ends with a whole word."""
        bersih = gaya.potong_kata(" ".join(re.sub(r"[\[\]:*?/\\']", " ", nama).split()), 31)
        dipakai, n = bersih, 2
        while dipakai.casefold() in self._nama:
            akhir = f" {n}"
            dipakai, n = gaya.potong_kata(bersih, 31 - len(akhir)) + akhir, n + 1
        self._nama.add(dipakai.casefold())
        return self.buku.add_worksheet(dipakai)

    def bingkai(self, ws: Worksheet, judul: str, penjelasan: str, beku: int = 2) -> None:
        """Title, sentence, frozen headings, print set-up and protection. The first column holds the codes by which
        the portal knows the rows: it is hidden, and everything for the eye starts in the second."""
        ws.write_string(0, 1, judul, self.gaya.judul)
        ws.write_string(1, 1, f"{self.judul.unit} · {self.judul.bulan}", self.gaya.redup)
        gaya.tulis_teks(ws, 2, 1, penjelasan[:500], self.gaya.redup)
        ws.freeze_panes(KEPALA + 1, beku)
        ws.repeat_rows(KEPALA)
        ws.set_landscape()
        self._siapkan_cetak(ws)
        ws.protect("", gaya.BOLEH)

    def _siapkan_cetak(self, ws: Worksheet) -> None:
        ws.set_paper(9)
        ws.fit_to_pages(1, 0)
        ws.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        kaki = f"{self.judul.unit} · {self.judul.bulan}".replace("&", "&&")[:120]
        ws.set_footer(f"&L&8{kaki}&C&8&A&R&8Halaman &P dari &N")


class _LembarFormulir:
    """One form: its sections under each other, a row per item."""

    KOLOM = (
        ("Kode", 26),
        ("Butir", 50),
        ("Satuan", 12),
        ("Bulan lalu", 15),
        ("Bulan ini", 16),
        ("Keadaan (bila tidak ada angka)", 18),
        ("Alasan (bila tidak tersedia atau tidak berlaku)", 40),
    )

    def __init__(self, buku: Buku, isi: Isi, warna: str) -> None:
        self.b, self.isi, self.g = buku, isi, buku.gaya
        self.ws = buku.lembar(f"{isi.skema.kode} {isi.nama}")
        self.ws.set_tab_color(warna)
        self.nilai, self.bercatatan = isi.nilai, any("/" not in alamat for alamat in isi.komentar)
        self.baris: dict[str, int] = {}
        self.mulai: dict[str, int] = {}
        self.akhir = self._susun()

    def tulis(self, daftar: Mapping[str, str]) -> dict[str, sampul.BarisIsi]:
        """Write the sheet; `daftar`: name of the sheet of every line list. What to say about every section."""
        isi = {b.kode: self._bagian(b, daftar) for b in self.isi.skema.bagian if b.butir}
        self._bingkai()
        return isi

    def _susun(self) -> int:
        """Which row everything gets: a band, a sentence where there is one, the items, a link to every line list."""
        n = KEPALA + 1
        for bagian in self.isi.skema.bagian:
            if not bagian.butir:
                continue
            self.mulai[bagian.kode] = n
            n += 2 if bagian.penjelasan else 1
            self.baris |= {b.kode: n + i for i, b in enumerate(bagian.butir)}
            n += len(bagian.butir) + len(bagian.daftar)
        return n - 1

    def _bingkai(self) -> None:
        ws, kolom = self.ws, [*self.KOLOM, *([("Catatan portal", 50)] if self.bercatatan else [])]
        for i, (nama, lebar) in enumerate(kolom):
            akhiran = {"Bulan lalu": self.b.judul.bulan_lalu, "Bulan ini": self.b.judul.bulan}.get(nama)
            ws.set_column(i, i, lebar, None, {"hidden": not i})
            ws.write_string(KEPALA, i, f"{nama} ({akhiran})" if akhiran else nama, self.g.kepala)
        ws.set_row(KEPALA, 32)
        ws.write_url(3, 1, f"internal:'{baca.DAFTAR_ISI}'!A1", self.g.taut, "← Daftar isi")
        gaya.tulis_teks(ws, 3, 2, self.isi.catatan, self.g.redup)
        self._validasi()
        ws.autofilter(KEPALA, 0, self.akhir, len(kolom) - 1)
        ws.conditional_format(KEPALA + 1, 4, self.akhir, 4, gaya.beda_besar(KEPALA + 2, self.g))
        ws.conditional_format(KEPALA + 1, 6, self.akhir, 6, gaya.alasan_kurang(KEPALA + 2, self.g))
        self.b.bingkai(ws, f"{self.isi.skema.kode} {self.isi.nama}", "")

    def _bagian(self, bagian: Bagian, lembar: Mapping[str, str]) -> sampul.BarisIsi:
        ws, g, n = self.ws, self.g, self.mulai[bagian.kode]
        for kolom in range(1, 7):
            gaya.tulis_teks(ws, n, kolom, bagian.judul if kolom == 1 else "", g.pita)
        ws.set_row(n, 20)
        if bagian.penjelasan:
            ws.merge_range(n + 1, 1, n + 1, 6, bagian.penjelasan[:800], g.jelas)
            ws.set_row(n + 1, gaya.tinggi(bagian.penjelasan[:800], 150))
        terisi = sum([self._butir(butir, self.baris[butir.kode]) for butir in bagian.butir])
        awal, akhir = self.baris[bagian.butir[0].kode], self.baris[bagian.butir[-1].kode]
        for i, daftar in enumerate(bagian.daftar, akhir + 1):
            tuju = f"internal:'{lembar[daftar.kode]}'!B{KEPALA + 2}"
            ws.write_url(i, 1, tuju, g.taut, f"Isi {daftar.judul} →")
        nama = f"{self.isi.skema.kode}_{bagian.kode}"
        self.b.buku.define_name(nama, f"='{ws.name}'!$A${awal + 1}:$G${akhir + 1}")
        diketik = sum(self.isi.isian.dapat_diketik(b) for b in bagian.butir)
        rumus = sampul.rumus_terisi(ws.name, awal + 1, akhir + 1, len(bagian.butir) - diketik)
        return sampul.BarisIsi(bagian.judul, ws.name, f"B{n + 1}", diketik, terisi, rumus)

    def _butir(self, butir: Butir, n: int) -> bool:
        """Write an item; whether something is filled in."""
        ws, g = self.ws, self.g
        ws.write_string(n, 0, f"{self.isi.skema.kode}.{butir.kode}", g.kode)
        ws.write_string(n, 1, butir.label, g.tetap)
        pesan = self.isi.komentar.get(butir.kode, "")
        if (tinggi := max(gaya.tinggi(butir.label, 50), gaya.tinggi(pesan, 50))) > gaya.SEBARIS:
            ws.set_row(n, tinggi)
        gaya.tulis_teks(ws, n, 2, butir.satuan, g.tetap)
        gaya.tulis_nilai(ws, n, 3, butir, self.isi.konteks.lalu(None, butir.kode, 1), g.lalu(butir))
        teks, keadaan, alasan = self._ketikan(butir)
        ketik = self.isi.isian.dapat_diketik(butir)
        if ketik:
            gaya.tulis_nilai(ws, n, 4, butir, teks, g.isian(butir, salah=bool(pesan)))
            gaya.tulis_teks(ws, n, 5, keadaan, g.isian_teks)
            gaya.tulis_teks(ws, n, 6, alasan, g.isian_teks)
        else:
            self._hitungan(butir, n)
        if pesan:
            self.b.tempat[self.isi.id, butir.kode] = f"'{ws.name}'!E{n + 1}"
            ws.write_comment(n, 4, pesan, gaya.KOMENTAR)
            ws.write_string(n, 7, pesan, g.pesan)
        return ketik and (teks not in (None, "") or bool(keadaan))

    def _ketikan(self, butir: Butir) -> tuple[Any, str, str]:
        if butir.kode in self.isi.timpa:
            teks, keadaan, alasan = self.isi.timpa[butir.kode]
        else:
            teks, keadaan, alasan = ketikan(butir, self.isi.isian.sel.get(butir.kode))
        return teks, "" if keadaan == LABEL_KEADAAN[Keadaan.ISI] else keadaan, alasan

    def _hitungan(self, butir: Butir, n: int) -> None:
        """Calculated: a live sum where it is the total of cells of this sheet, else what the portal has now."""
        kini, g = self.nilai.get(butir.kode), self.g.lalu(butir)
        sumber = TERISI_REGISTER if butir.register else "Dihitung portal"
        acuan = [self.baris.get(k) for k in _jumlah_dari(butir)]
        if acuan and None not in acuan and len(acuan) <= _ARGUMEN_MAKS:
            sel, sumber = ",".join(f"E{(x or 0) + 1}" for x in acuan), "Dijumlah otomatis"
            tampak = _biasa(kini) or 0 if self._ada(butir.kode) else ""
            self.ws.write_formula(n, 4, f'=IF(COUNT({sel})=0,"",SUM({sel}))', g, tampak)
        else:
            gaya.tulis_nilai(self.ws, n, 4, butir, kini, g)
        self.ws.write_string(n, 5, sumber, self.g.tetap)
        self.ws.write_blank(n, 6, None, self.g.tetap)

    def _ada(self, kode: str) -> bool:
        """Whether a sum has anything to add: what the formula asks with COUNT."""
        butir = self.isi.skema.butir[kode]
        bagian = _jumlah_dari(butir)
        if butir.diketik or not bagian:
            return self.nilai.get(kode) is not None and (not butir.diketik or kode in self.isi.isian.sel)
        return any(self._ada(k) for k in bagian if k in self.isi.skema.butir)

    def _validasi(self) -> None:
        dapat = self.isi.isian.dapat_diketik
        ketik = [b for b in self.isi.skema.butir.values() if dapat(b) and b.kode in self.baris]
        for awal, akhir, aturan in gaya.validasi(ketik, self.baris, self.b.rujukan):
            self.ws.data_validation(awal, 4, akhir, 4, aturan)
        for awal, akhir in gaya.rentang([self.baris[b.kode] for b in ketik]):
            self.ws.data_validation(awal, 5, akhir, 5, self.b.rujukan.aturan("Keadaan", list(LABEL_KEADAAN.values())))


class _LembarDaftar:
    """A line list: a row per entry, with empty rows that already carry their identity."""

    def __init__(self, buku: Buku, isi: Isi, daftar: Daftar, warna: str) -> None:
        self.b, self.isi, self.d, self.g = buku, isi, daftar, buku.gaya
        self.ws = buku.lembar(f"{isi.skema.kode} {daftar.judul}")
        self.ws.set_tab_color(warna)
        self.terkunci = daftar.kode in isi.isian.terisi
        """A register gives the rows: they are shown, and nothing can be added."""

    def tulis(self) -> sampul.BarisIsi:
        ws, d = self.ws, self.d
        self._kepala()
        n, terisi = KEPALA, 0
        for n, (baris_id, sel) in enumerate(self._baris(), KEPALA + 1):
            terisi += self._tulis_baris(n, baris_id, sel)
        for i, kolom in enumerate(d.kolom, 1):
            aturan = gaya.aturan_butir(kolom, self.b.rujukan)
            if aturan and not self.terkunci:
                ws.data_validation(KEPALA + 1, i, n, i, aturan)
        ws.autofilter(KEPALA, 0, n, len(d.kolom))
        self.b.bingkai(ws, f"{self.isi.skema.kode} {self.isi.nama} · {d.judul}", "")
        awal = f"{TERISI_REGISTER}, tidak diketik di sini." if self.terkunci else SEBARIS
        gaya.tulis_teks(ws, 2, 1, gaya.potong_kata(f"{awal} {d.penjelasan}", 500), self.g.redup)
        huruf = baca.huruf_kolom(len(d.kolom) + 1)
        self.b.buku.define_name(f"{self.isi.skema.kode}_{d.kode}", f"='{ws.name}'!$A${KEPALA + 2}:${huruf}${n + 1}")
        rumus = sampul.rumus_baris(ws.name, KEPALA + 2, n + 1, huruf)
        return sampul.BarisIsi(d.judul, ws.name, f"B{KEPALA + 2}", None, terisi, rumus)

    def _kepala(self) -> None:
        """Headings for people; above them, hidden, the codes for the portal."""
        ws, d = self.ws, self.d
        ws.set_column(0, 0, 16, None, {"hidden": True})
        ws.write_string(KEPALA - 1, 0, f"{baca.TANDA_DAFTAR}{self.isi.skema.kode}.{d.kode}", self.g.kode)
        ws.write_string(KEPALA, 0, "Baris", self.g.kepala)
        ws.write_url(1, min(5, len(d.kolom)), f"internal:'{baca.DAFTAR_ISI}'!A1", self.g.taut, "← Daftar isi")
        tinggi = gaya.kepala_kolom(ws, self.g, KEPALA, 1, [(k, gaya.lebar_kolom(k)) for k in d.kolom])
        ws.set_row(KEPALA - 1, None, None, {"hidden": True})
        ws.set_row(KEPALA, tinggi)

    def _baris(self) -> Iterator[tuple[str, Mapping[str, Sel]]]:
        ada = [(b.id, b.sel) for b in self.isi.isian.daftar.get(self.d.kode, ())]
        dikenal = {kunci for kunci, _ in ada}
        baru: list[tuple[str, Mapping[str, Sel]]] = [
            (i, {}) for i in self.isi.baris_timpa.get(self.d.kode, ()) if i not in dikenal
        ]
        kosong = max(0, min(batas.BARIS_KOSONG, self.d.maks - len(ada) - len(baru)))
        yield from ada
        if self.terkunci:
            return
        yield from baru
        unduhan = uuid.uuid4().hex[:9]  # what the rows of one download share packs well
        yield from ((f"{unduhan}{n:03d}", {}) for n in range(kosong))

    def _tulis_baris(self, n: int, baris_id: str, sel: Mapping[str, Sel]) -> bool:
        """Write a row; whether something is filled in."""
        self.ws.write_string(n, 0, f"{BARIS_REGISTER if self.terkunci else ''}{baris_id}", self.g.kode)
        terisi = False
        for i, kolom in enumerate(self.d.kolom, 1):
            alamat = f"{self.d.kode}/{baris_id}/{kolom.kode}"
            timpa = self.isi.timpa.get(alamat)
            nilai = timpa_sebaris(timpa) if timpa else sebaris(kolom, sel.get(kolom.kode))
            pesan = self.isi.komentar.get(alamat)
            bentuk = self.g.lalu(kolom) if self.terkunci else self.g.isian(kolom, salah=bool(pesan))
            gaya.tulis_nilai(self.ws, n, i, kolom, nilai, bentuk)
            terisi |= nilai not in (None, "")
            if pesan:
                self.b.tempat[self.isi.id, alamat] = f"'{self.ws.name}'!{baca.huruf_kolom(i + 1)}{n + 1}"
                self.ws.write_comment(n, i, pesan, gaya.KOMENTAR)
        return terisi


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


def timpa_sebaris(isi: tuple[Any, str, str]) -> Any:
    """The same for what was typed into an uploaded file."""
    teks, keadaan, alasan = isi
    return teks if keadaan == LABEL_KEADAAN[Keadaan.ISI] else f"{keadaan}: {alasan}"


def tampil(butir: Butir, nilai: Nilai) -> Any:
    """Choices by their label, yes and no as words; numbers stay numbers."""
    if isinstance(nilai, bool):
        return "Ya" if nilai else "Tidak"
    if butir.jenis == "pilihan" and nilai is not None:
        return butir.label_pilihan.get(str(nilai), str(nilai))
    return nilai


def _jumlah_dari(butir: Butir) -> list[str]:
    """Codes that a plain total adds up; none for every other formula."""
    jumlah = _KODE_TOTAL.fullmatch(butir.rumus or "")
    return [k.strip() for k in jumlah[1].split(",")] if jumlah else []


def _biasa(nilai: Nilai) -> float | int | None:
    return float(nilai) if isinstance(nilai, Decimal) else nilai if isinstance(nilai, int) else None
