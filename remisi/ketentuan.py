"""Rules of remission and integration as data: an immutable set with dated, typed look-ups. Pure, without Django.

`bawaan()` reads the rules the portal ships (`data/*.csv`, one file a table); `remisi.selectors_aturan` those in the
database. Nothing else in the portal knows a number of the law.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from remisi import ketentuan_bentuk as bentuk
from remisi.ketentuan_bentuk import TABEL, Baris, GalatAturan

__all__ = ["TABEL", "Baris", "GalatAturan", "Himpunan", "baris_bawaan", "bawaan"]

_BERKAS = Path(__file__).parent / "data"
_TETAP = frozenset({"kode", "berlaku_dari", "berlaku_sampai", "sumber", "terverifikasi", "catatan"})
_Isi = TypeVar("_Isi", bound=bentuk.Isi)


class Himpunan:
    """All rules, of all times. The newest of one table and code that has begun is in force, until its last day."""

    def __init__(self, baris: Iterable[Baris]) -> None:
        self.baris = tuple(sorted(baris, key=lambda b: (b.tabel, b.kode, b.berlaku_dari)))
        self._isi: dict[str, dict[str, list[bentuk.Isi]]] = {t: {} for t in TABEL}
        for b in self.baris:
            isi = bentuk.isi_dari_baris(b)
            self._isi[b.tabel].setdefault(b.kode, []).append(isi)
        self._ingat: dict[tuple[str, date], tuple[bentuk.Isi, ...]] = {}
        self.sidik = _sidik(self.baris)

    def dengan(self, *tambahan: Baris) -> Himpunan:
        """These rules with others added; one of the same table, code and first day is replaced (rehearsals)."""
        kunci = {(b.tabel, b.kode, b.berlaku_dari) for b in tambahan}
        return Himpunan((*(b for b in self.baris if (b.tabel, b.kode, b.berlaku_dari) not in kunci), *tambahan))

    def kode(self, tabel: str) -> frozenset[str]:
        """Every code of a table, of whatever time."""
        return frozenset(self._isi[tabel])

    def berlaku(self, tabel: str, kode: str, pada: date) -> bentuk.Isi | None:
        """The rule of this code in force on a day, as its typed record."""
        ada = None
        for isi in self._isi[tabel].get(kode, ()):
            if isi.baris.berlaku_dari <= pada:
                ada = isi
        habis = ada is not None and ada.baris.berlaku_sampai is not None and ada.baris.berlaku_sampai < pada
        return None if habis else ada

    def sidik_pada(self, pada: date, tabel: Iterable[str] = TABEL) -> str:
        """A mark of the rules of these tables in force on a day: what begins later, or had ended, leaves it alone."""
        semua = (isi.baris for t in sorted(tabel) for isi in self._semua(bentuk.Isi, t, pada))
        return _sidik(replace(b, berlaku_sampai=None) for b in sorted(semua, key=lambda b: (b.tabel, b.kode)))

    def _semua(self, jenis: type[_Isi], tabel: str, pada: date) -> tuple[_Isi, ...]:
        ada = self._ingat.get((tabel, pada))
        if ada is None:
            if len(self._ingat) > 20_000:
                self._ingat.clear()
            calon = (self.berlaku(tabel, kode, pada) for kode in self._isi[tabel])
            ada = self._ingat[tabel, pada] = tuple(isi for isi in calon if isi is not None)
        return cast("tuple[_Isi, ...]", ada)

    # Kinds and amounts -----------------------------------------------------------------------------
    def jenis(self, kode: str, pada: date) -> bentuk.Jenis | None:
        return cast("bentuk.Jenis | None", self.berlaku("jenis", kode, pada))

    def semua_jenis(self, pada: date) -> tuple[bentuk.Jenis, ...]:
        return self._semua(bentuk.Jenis, "jenis", pada)

    def kisi(self, kisi: str, pada: date) -> tuple[bentuk.Besaran, ...]:
        """The rows of one grid of amounts in force on a day."""
        return tuple(b for b in self._semua(bentuk.Besaran, "besaran", pada) if b.kisi == kisi)

    def besaran(self, kisi: str, *, urutan: int, jalani: int, pada: date) -> bentuk.Besaran | None:
        """The row of a grid for the ordinal of the grant and the days served; None below its first band."""
        return next((b for b in self.kisi(kisi, pada) if b.q is None and b.cocok(urutan, jalani)), None)

    def pecahan(self, kisi: str, pada: date) -> bentuk.Besaran | None:
        """The row of a kind that is a fraction (1/2 and 1/3 of RU, 1/12 of the sentence)."""
        return next((b for b in self.kisi(kisi, pada) if b.q is not None), None)

    # Conditions and regimes ------------------------------------------------------------------------
    def syarat(self, kode: str, pada: date) -> bentuk.Syarat | None:
        return cast("bentuk.Syarat | None", self.berlaku("syarat", kode, pada))

    def semua_syarat(self, pada: date) -> tuple[bentuk.Syarat, ...]:
        return self._semua(bentuk.Syarat, "syarat", pada)

    def rezim(self, kelompok: str, putusan: date, pada: date) -> bentuk.Rezim | None:
        """The regime of an offence group judged finally on `putusan`, for a grant on `pada`; the newest that fits."""
        cocok = (r for r in self._semua(bentuk.Rezim, "rezim", pada) if r.cocok(kelompok, putusan))
        return max(cocok, key=lambda r: r.baris.berlaku_dari, default=None)

    def program(self, kode: str, pada: date) -> bentuk.Program | None:
        return cast("bentuk.Program | None", self.berlaku("program", kode, pada))

    def semua_program(self, pada: date) -> tuple[bentuk.Program, ...]:
        return self._semua(bentuk.Program, "program", pada)

    # Days, switches, costs, limits, documents ------------------------------------------------------
    def hari_besar(self, tahun: int | None = None) -> tuple[bentuk.HariBesar, ...]:
        """Holy days of a year (None: of all years) by date; of one code the newest row counts, whenever it began."""
        semua = (cast("bentuk.HariBesar", isi[-1]) for isi in self._isi["hari_besar"].values())
        return tuple(sorted((h for h in semua if tahun in (None, h.tanggal.year)), key=lambda h: (h.tanggal, h.kode)))

    def sakelar(self, kode: str, pada: date) -> bentuk.Sakelar | None:
        return cast("bentuk.Sakelar | None", self.berlaku("sakelar", kode, pada))

    def biaya(self, tingkat: str, pada: date) -> bentuk.Biaya | None:
        """The cost of a meal-day at a level on a day; None when no rule says, never that of another level."""
        semua = (b for b in self._semua(bentuk.Biaya, "biaya_makan", pada) if b.tingkat == tingkat)
        return max(semua, key=lambda b: b.baris.berlaku_dari, default=None)

    def tenggat(self, kode: str, pada: date) -> bentuk.Tenggat | None:
        return cast("bentuk.Tenggat | None", self.berlaku("tenggat", kode, pada))

    def semua_tenggat(self, pada: date) -> tuple[bentuk.Tenggat, ...]:
        return self._semua(bentuk.Tenggat, "tenggat", pada)

    def dokumen(self, program: str, pada: date) -> tuple[bentuk.Dokumen, ...]:
        """The checklist of a programme or of a kind of remission, by its code ("PB_ANAK" has that of PB), in order."""
        ada = self.program(program, pada)
        kunci = ada.rumpun if ada else ("REMISI" if self.jenis(program, pada) else program)
        semua = (d for d in self._semua(bentuk.Dokumen, "dokumen", pada) if kunci in d.program)
        return tuple(sorted(semua, key=lambda d: (d.urut, d.kode)))


def _sidik(baris: Iterable[Baris]) -> str:
    isi = [[b.tabel, b.kode, str(b.berlaku_dari), str(b.berlaku_sampai or ""), _rata(b.nilai)] for b in baris]
    return hashlib.sha256(json.dumps(isi, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _rata(nilai: Any) -> Any:
    """The value without fields that say nothing, so that a later field with a default changes no hash."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in nilai.items() if v not in (None, "", [], (), False)}


@cache
def baris_bawaan() -> tuple[Baris, ...]:
    """The shipped rules as rows (what `muat_aturan` puts in the database)."""
    return tuple(baris for tabel in TABEL for baris in _baca_tabel(tabel))


def _baca_tabel(tabel: str) -> list[Baris]:
    dikenal = _TETAP | {b.nama for b in bentuk.bidang(tabel)}
    with (_BERKAS / f"{tabel}.csv").open(encoding="utf-8", newline="") as isi:
        pembaca = csv.DictReader(isi, strict=True)
        if asing := set(pembaca.fieldnames or ()) - dikenal:
            raise GalatAturan(f"{tabel}.csv: kolom {', '.join(sorted(asing))} tidak dikenal.")
        return [_satu(tabel, b) for b in pembaca]


def _satu(tabel: str, b: dict[str, str]) -> Baris:
    if None in b or None in b.values() or b["terverifikasi"] not in ("ya", "tidak") or not b["sumber"]:
        raise GalatAturan(f"{tabel}.csv {b.get('kode')}: jumlah kolom, sumber, atau terverifikasi tidak benar.")
    sampai = b.get("berlaku_sampai") or ""
    return Baris(
        tabel=tabel,
        kode=b["kode"],
        berlaku_dari=date.fromisoformat(b["berlaku_dari"]),
        berlaku_sampai=date.fromisoformat(sampai) if sampai else None,
        nilai=bentuk.nilai_dari_teks(tabel, b),
        sumber=b["sumber"],
        terverifikasi=b["terverifikasi"] == "ya",
        catatan=b["catatan"],
    )


@cache
def bawaan() -> Himpunan:
    """The shipped rules, ready to be asked."""
    return Himpunan(baris_bawaan())
