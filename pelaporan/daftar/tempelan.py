"""A block pasted from a spreadsheet, read cell by cell before anything is saved. Pure; no database.

The text is what Excel and Sheets put on the clipboard. Cells are read by `isian.baca_sel` like everything typed, so
numbers, dates and choices mean the same here as in a field; what cannot be read stays in sight with its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pelaporan.butir import Butir, Daftar
from pelaporan.isian import GalatIsian, Sel, baca_sel, tulis_masukan, tulis_nilai
from pelaporan.kanonik import sidik

MAKS_SEL = 2000
MAKS_HURUF = 200_000
MAKS_GALAT = 100
"""More unreadable cells than this are mended in the spreadsheet, not one by one in a web page."""
_SEL = re.compile(r'(?:"((?:[^"]++|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*+))(\t|\n|\Z)')
_TERLALU_BESAR = (
    f"Tempelan ini lebih dari {MAKS_SEL:,} sel. Tempel per {MAKS_SEL:,} sel, atau unggah lewat Excel."
).replace(",", ".")


class GalatTempel(ValueError):
    """The block cannot be taken as a whole; the sentence says what to do."""


def uraikan(teks: str) -> list[list[str]]:
    """Rows of cells. A cell with tabs, line ends or quotes stands in quotes, "" inside is a quote; empty rows go."""
    if len(teks) > MAKS_HURUF:
        raise GalatTempel(_TERLALU_BESAR)
    rapi, tempat, banyak = teks.replace("\r\n", "\n").replace("\r", "\n"), 0, 0
    baris: list[list[str]] = [[]]
    while (m := _SEL.match(rapi, tempat)) is not None:
        baris[-1].append((m[1].replace('""', '"') if m[1] is not None else m[2]).strip())
        banyak, tempat = banyak + 1, m.end()
        if banyak > MAKS_SEL:
            raise GalatTempel(_TERLALU_BESAR)
        if not m[3]:
            break
        if m[3] == "\n":
            baris.append([])
    return [b for b in baris if any(b)]


@dataclass(frozen=True)
class SelTempel:
    """One pasted cell: how it reads, or why not; `lama` is what it would replace."""

    butir: Butir
    teks: str
    tempat: str
    tampil: str = ""
    pesan: str = ""
    tanya: str = ""
    lama: str = ""
    versi: int = 0


@dataclass(frozen=True)
class BarisTempel:
    """One pasted row; without an id it becomes a new row. `lebih` holds texts right of the last column."""

    nomor: int
    id: str
    sel: tuple[SelTempel, ...]
    lebih: tuple[str, ...] = ()
    kolom: tuple[Butir, ...] = ()

    @property
    def per_kolom(self) -> list[tuple[Butir, SelTempel | None]]:
        """Every column of the block, also the ones that are empty in this row."""
        ada = {s.butir.kode: s for s in self.sel}
        return [(k, ada.get(k.kode)) for k in self.kolom]


@dataclass
class Rencana:
    """What a paste would do to the list."""

    daftar: Daftar
    baris: list[BarisTempel] = field(default_factory=list)
    kolom_asing: list[str] = field(default_factory=list)
    berjudul: bool = False
    tak_muat: int = 0

    @property
    def sel(self) -> list[SelTempel]:
        return [s for b in self.baris for s in b.sel]

    @property
    def galat(self) -> list[SelTempel]:
        return [s for s in self.sel if s.pesan]

    @property
    def galat_sedikit(self) -> bool:
        """Few enough to be mended in the preview."""
        return len(self.galat) <= MAKS_GALAT

    @property
    def kolom(self) -> tuple[Butir, ...]:
        return self.baris[0].kolom if self.baris else ()

    @property
    def lebih(self) -> int:
        return sum(len(b.lebih) for b in self.baris)

    @property
    def baru(self) -> int:
        return sum(not b.id for b in self.baris)

    @property
    def diganti(self) -> int:
        """Cells of rows that are already there."""
        return sum(len(b.sel) for b in self.baris if b.id)

    @property
    def halangan(self) -> str:
        """Why it cannot be saved yet; empty when it can."""
        if not self.baris:
            return "Belum ada yang ditempel. Salin baris dari Excel, lalu tempel di kotak di bawah."
        if self.tak_muat:
            return f"Daftar ini memuat paling banyak {self.daftar.maks} baris; {self.tak_muat} baris tidak muat."
        if self.lebih:
            return f"{self.lebih} sel berada di kanan kolom terakhir. Salin lagi tanpa kolom itu."
        if len(self.galat) > MAKS_GALAT:
            return f"{len(self.galat)} sel tidak dapat dibaca. Perbaiki di Excel, lalu tempel lagi."
        return f"{len(self.galat)} sel belum dapat dibaca. Perbaiki atau kosongkan." if self.galat else ""

    @property
    def cap(self) -> str:
        """Digest of what is replaced: another person's change in between is noticed."""
        return sidik([[b.id, [[s.butir.kode, s.versi] for s in b.sel]] for b in self.baris if b.id])[:16]


@dataclass(frozen=True)
class Mulai:
    """The cell the paste begins at; without a row it is added at the end."""

    baris: str = ""
    kolom: str = ""


def rencanakan(
    daftar: Daftar, teks: str, ada: Sequence[Mapping[str, Any]], mulai: Mulai, koreksi: Mapping[str, str]
) -> Rencana:
    """Lay the text over the rows `ada` of the draft. `koreksi` holds cells mended in the preview, by place."""
    blok = uraikan(teks)
    rencana = Rencana(daftar)
    kolom: list[Butir | None] = list(daftar.kolom)
    if mulai.kolom in daftar.per_kode:
        kolom = kolom[daftar.kolom.index(daftar.per_kode[mulai.kolom]) :]
    elif blok and (judul := _judul(daftar, blok[0])) is not None:
        rencana.berjudul, kolom = True, judul
        rencana.kolom_asing = [t for t, k in zip(blok[0], judul, strict=True) if k is None and t]
        blok = blok[1:]
    awal = next((n for n, b in enumerate(ada) if b["id"] == mulai.baris), len(ada))
    rencana.tak_muat = max(0, awal + len(blok) - daftar.maks)
    for n, isi in enumerate(blok):
        rencana.baris.append(_baris(awal + n, n, isi, kolom, ada, koreksi))
    return rencana


def _judul(daftar: Daftar, baris: Sequence[str]) -> list[Butir | None] | None:
    """The first line as headings: columns by label or code, when at least half of its cells are such."""
    nama = dict(_nama_kolom(daftar))
    cocok = [nama.get(" ".join(t.casefold().removesuffix("*").split())) for t in baris]
    ketemu = [k.kode for k in cocok if k is not None]
    terisi = sum(bool(t) for t in baris)
    return cocok if ketemu and len(ketemu) == len(set(ketemu)) and 2 * len(ketemu) >= terisi else None


def _nama_kolom(daftar: Daftar) -> Iterator[tuple[str, Butir]]:
    for k in daftar.kolom:
        for nama in (k.kode, k.label, f"{k.label} ({k.satuan})"):
            yield nama.casefold(), k


def _baris(
    letak: int,
    nomor: int,
    isi: Sequence[str],
    kolom: Sequence[Butir | None],
    ada: Sequence[Mapping[str, Any]],
    koreksi: Mapping[str, str],
) -> BarisTempel:
    lama: Mapping[str, Any] = ada[letak] if letak < len(ada) else {"id": "", "sel": {}}
    # places count the rows of the block: what was mended stays with its row when a colleague adds one meanwhile
    isian = [_satu(k, t, f"{nomor + 1}-{k.kode}", lama["sel"], koreksi) for k, t in zip(kolom, isi, strict=False) if k]
    lebih = tuple(t for t in isi[len(kolom) :] if t)
    return BarisTempel(letak + 1, str(lama["id"]), tuple(filter(None, isian)), lebih, tuple(k for k in kolom if k))


def _satu(
    butir: Butir, teks: str, tempat: str, lama: Mapping[str, Any], koreksi: Mapping[str, str]
) -> SelTempel | None:
    """None for an empty cell: a paste never empties anything."""
    teks = koreksi.get(tempat, teks)
    if not teks.strip():
        return None
    kini = lama.get(butir.kode)
    sebelum = tulis_masukan(butir, Sel.dari_json(butir, kini)) if kini else ""
    umum: dict[str, Any] = {"lama": sebelum, "versi": (kini or {}).get("v", 0)}
    try:
        sel = baca_sel(butir, teks)
    except GalatIsian as galat:
        tanya = tulis_masukan(butir, Sel(galat.tanya)) if galat.tanya is not None else ""
        return SelTempel(butir, teks, tempat, pesan=galat.pesan, tanya=tanya, **umum)
    return SelTempel(butir, teks, tempat, tampil=tulis_nilai(butir, sel.nilai if sel else None), **umum)
