"""What a unit filled in: cells with their state, rows of lists, the calculated items, and the frozen content.

Four states are four facts: an absent cell (``kosong``) is not yet known, ``nihil`` is a stated zero,
``tak_tersedia`` means that the figure exists but cannot be given, ``tak_berlaku`` that it cannot exist
here. A typed 0 *is* nihil, so that one fact has one form. Dates are ISO texts, times ``HH:MM``, choices
their code, yes/no a bool.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from typing import Any

from pelaporan import rumus
from pelaporan.kanonik import kanonik, sidik
from pelaporan.rumus import Konteks, Lingkungan, Nilai
from pelaporan.skema import Bagian, Butir, Skema
from pemasyarakatan.inti.angka import GalatAngka, baca_angka, tulis_angka, tulis_isian
from pemasyarakatan.inti.teks import GalatTeks, bersihkan_teks
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu, baca_jam, baca_tanggal, tulis_tanggal

__all__ = [
    "Baris",
    "GalatIsian",
    "Isian",
    "Keadaan",
    "Konteks",
    "KonteksPeta",
    "Sel",
    "baca_sel",
    "baca_teks_bebas",
    "bagian_tertutup",
    "bekukan",
    "bulatkan",
    "hitung",
    "kanonik",
    "lingkungan",
    "sel_efektif",
    "sidik",
    "tulis_masukan",
    "tulis_nilai",
]

ALASAN_MAKS = 500
TEKS_MAKS = 500
PILIHAN_DISEBUT = 12
"""Up to so many choices are named when a text is none of them."""
_LUAS = Context(prec=400, rounding=ROUND_HALF_UP)
_NIK = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")
_YA = {"ya": True, "y": True, "true": True, "1": True, "tidak": False, "t": False, "false": False, "0": False}


class Keadaan(StrEnum):
    """State of a cell that exists; a cell that does not exist is empty."""

    ISI = "isi"
    NIHIL = "nihil"
    TAK_TERSEDIA = "tak_tersedia"
    TAK_BERLAKU = "tak_berlaku"


class GalatIsian(ValueError):
    """An entry that was refused (``pesan``), or that is asked back with the reading ``tanya`` to be
    confirmed.
    """

    def __init__(self, pesan: str, tanya: int | Decimal | None = None) -> None:
        super().__init__(pesan)
        self.pesan = pesan
        self.tanya = tanya


@dataclass(frozen=True, slots=True)
class Sel:
    """One filled cell. ``nilai`` is 0 for nihil and None when there is no value."""

    nilai: Nilai = None
    keadaan: Keadaan = Keadaan.ISI
    alasan: str = ""

    def ke_json(self) -> dict[str, Any]:
        return {"nilai": self.nilai, "keadaan": self.keadaan.value, "alasan": self.alasan}

    @classmethod
    def dari_json(cls, butir: Butir, d: Mapping[str, Any]) -> Sel:
        """Read what ``ke_json`` wrote, also after JSON turned decimals into floats."""
        return cls(_nilai_json(butir, d.get("nilai")), Keadaan(d.get("keadaan", "isi")), d.get("alasan", ""))


@dataclass(frozen=True, slots=True)
class Baris:
    """One row of a line list; ``id`` is stable while the row is edited."""

    id: str
    sel: Mapping[str, Sel]


@dataclass
class Isian:
    """The cells of one report by item code, and the rows of its lists by list code.

    ``terisi``: the items and lists that registers filled here and now; nobody types these.
    """

    sel: dict[str, Sel] = field(default_factory=dict)
    daftar: dict[str, list[Baris]] = field(default_factory=dict)
    terisi: frozenset[str] = frozenset()

    def dapat_diketik(self, butir: Butir) -> bool:
        """Whether people type this item in this unit and month: the form lets them, and no register speaks."""
        return butir.diketik and butir.kode not in self.terisi

    def ke_json(self) -> dict[str, Any]:
        return {
            "sel": {k: s.ke_json() for k, s in self.sel.items()},
            "daftar": {
                k: [{"id": b.id, "sel": {c: s.ke_json() for c, s in b.sel.items()}} for b in baris]
                for k, baris in self.daftar.items()
            },
        }

    @classmethod
    def dari_json(cls, skema: Skema, d: Mapping[str, Any]) -> Isian:
        """Read what ``ke_json`` wrote; items that the form does not know (any more) are left out."""
        sel = _baca_peta(skema.butir, d.get("sel", {}))
        daftar = {
            k: [Baris(b["id"], _baca_peta(skema.daftar[k].per_kode, b["sel"])) for b in baris]
            for k, baris in d.get("daftar", {}).items()
            if k in skema.daftar
        }
        return cls(sel, daftar)


@dataclass(frozen=True)
class KonteksPeta:
    """Surroundings held in a dict: (form or None for the own form, code, months back) → value; 0 is this
    month.
    """

    bulan: Bulan
    peta: Mapping[tuple[str | None, str, int], Nilai] = field(default_factory=dict)

    def lalu(self, formulir: str | None, kode: str, n: int) -> Nilai:
        return self.peta.get((formulir, kode, n))

    def lain(self, formulir: str, kode: str) -> Nilai:
        return self.peta.get((formulir, kode, 0))


# ---------------------------------------------------------------- reading one cell


def baca_sel(
    butir: Butir, teks: object, keadaan: str = "isi", alasan: str = "", *, dari_register: bool = False
) -> Sel | None:
    """Read one cell as typed, pasted or uploaded; None empties it. Raises ``GalatIsian``.

    ``teks`` may also be a real number, date or bool from a workbook or JSON. Calculated items are never
    read, items of a register only with ``dari_register``.
    """
    _tolak_bukan_ketikan(butir, dari_register)
    catatan = _baca_alasan(alasan)
    if keadaan not in list(Keadaan):
        raise GalatIsian("Keadaan isian tidak dikenal.")
    if keadaan == Keadaan.NIHIL:
        return _sel_nihil(butir, catatan)
    if keadaan != Keadaan.ISI:
        if not catatan:
            raise GalatIsian("Tulis alasannya.")
        return Sel(None, Keadaan(keadaan), catatan)
    nilai = baca_nilai(butir, teks)
    if nilai is None:
        return None
    return _sel_nihil(butir, catatan) if butir.angka and nilai == 0 else Sel(nilai, Keadaan.ISI, catatan)


def baca_nilai(butir: Butir, teks: object) -> Nilai:
    """Read a value of the item's kind, within its bounds; None when nothing is written. Raises
    ``GalatIsian``.
    """
    try:
        nilai = _PEMBACA[butir.jenis](butir, teks)
    except GalatAngka as g:
        raise GalatIsian(g.pesan, g.tanya) from None
    except (GalatWaktu, GalatTeks) as g:
        raise GalatIsian(g.pesan) from None
    return nilai


def _tolak_bukan_ketikan(butir: Butir, dari_register: bool) -> None:
    if butir.rumus is not None:
        raise GalatIsian(f"{butir.label} dihitung otomatis, tidak diketik.")
    if butir.turunan is not None and not dari_register:
        raise GalatIsian(f"{butir.label} terisi dari register {butir.turunan}. Perbaiki di sana.")


def _sel_nihil(butir: Butir, alasan: str) -> Sel:
    if not butir.angka:
        raise GalatIsian("Nihil hanya untuk angka.")
    _periksa_batas(butir, 0)
    return Sel(0, Keadaan.NIHIL, alasan)


def _baca_alasan(alasan: object) -> str:
    return baca_teks_bebas(alasan, ALASAN_MAKS)


def baca_teks_bebas(teks: object, maks: int) -> str:
    """Free text of people: clean, not too long, without identity numbers. Raises ``GalatIsian``."""
    try:
        bersih = bersihkan_teks(teks, maks, baris_banyak=True)
    except GalatTeks as g:
        raise GalatIsian(g.pesan) from None
    _tolak_nik(bersih)
    return bersih


def _baca_bilangan(butir: Butir, teks: object) -> Nilai:
    # the bounds are checked below, with the item's own kind and unit in the sentence
    nilai = baca_angka(teks, butir.jenis_angka, min=0 if butir.min == 0 else None, satuan=butir.satuan)
    if nilai is None:
        return None
    if isinstance(nilai, Decimal) and nilai != round(nilai, butir.desimal):
        raise GalatIsian(f"Paling banyak {butir.desimal} angka di belakang koma.")
    _periksa_batas(butir, nilai)
    return nilai


def _periksa_batas(butir: Butir, nilai: int | Decimal) -> None:
    if butir.min is not None and nilai < butir.min:
        raise GalatIsian(f"Paling sedikit {tulis_nilai(butir, butir.min)}.")
    if butir.maks is not None and nilai > butir.maks:
        raise GalatIsian(f"Paling banyak {tulis_nilai(butir, butir.maks)}.")


def _baca_teks(butir: Butir, teks: object) -> Nilai:
    bersih = bersihkan_teks(teks, int(butir.maks or TEKS_MAKS), baris_banyak=True)
    _tolak_nik(bersih)
    return bersih or None


def _tolak_nik(teks: str) -> None:
    """Free text is where identities slip in: sixteen digits are an identity number of a person."""
    if _NIK.search(teks):
        raise GalatIsian("Jangan menulis NIK atau nomor 16 angka milik orang. Hapus nomor itu.")


def _baca_ya_tidak(butir: Butir, teks: object) -> Nilai:
    if teks is None or isinstance(teks, bool):
        return teks
    bersih = bersihkan_teks(str(teks), 20).casefold()
    if bersih and bersih not in _YA:
        raise GalatIsian("Pilih Ya atau Tidak.")
    return _YA.get(bersih)


def _baca_pilihan(butir: Butir, teks: object) -> Nilai:
    bersih = bersihkan_teks(teks, 200)
    if not bersih or bersih in butir.label_pilihan:
        return bersih or None
    cocok = [k for k, label in butir.pilihan if label.casefold() == bersih.casefold()]
    if not cocok:
        semua = [label for _, label in butir.pilihan]
        sebut = f": {', '.join(semua)}" if len(semua) <= PILIHAN_DISEBUT else ""
        raise GalatIsian(f"Pilih salah satu dari {len(semua)} pilihan {butir.label}{sebut}.")
    return cocok[0]


def _baca_tanggal(butir: Butir, teks: object) -> Nilai:
    hari = baca_tanggal(teks)
    return hari.isoformat() if hari else None


def _baca_jam(butir: Butir, teks: object) -> Nilai:
    jam = baca_jam(teks)
    return jam.strftime("%H:%M") if jam else None


_PEMBACA: dict[str, Callable[[Butir, object], Nilai]] = {
    "bulat": _baca_bilangan,
    "desimal": _baca_bilangan,
    "rupiah": _baca_bilangan,
    "ya_tidak": _baca_ya_tidak,
    "teks": _baca_teks,
    "tanggal": _baca_tanggal,
    "jam": _baca_jam,
    "pilihan": _baca_pilihan,
}


# ---------------------------------------------------------------- writing one value


def tulis_nilai(butir: Butir, nilai: Nilai, satuan: bool = False) -> str:
    """A value as people read it: 1.234 · 3 September 2025 · Ya · the label of a choice; – when missing."""
    if nilai is None:
        return tulis_angka(None)
    if butir.angka and isinstance(nilai, int | Decimal):
        akhiran = butir.satuan if satuan and butir.jenis_angka in ("bulat", "desimal") else ""
        return tulis_angka(nilai, butir.jenis_angka, akhiran)
    if isinstance(nilai, bool):
        return "Ya" if nilai else "Tidak"
    if butir.jenis == "tanggal":
        return tulis_tanggal(date.fromisoformat(str(nilai)))
    return butir.label_pilihan.get(str(nilai), str(nilai).replace(":", ".") if butir.jenis == "jam" else str(nilai))


def tulis_masukan(butir: Butir, sel: Sel | None) -> str:
    """The text of an input field for a cell: ``baca_sel`` reads it back as the same value."""
    if sel is None or sel.nilai is None:
        return ""
    if butir.angka and isinstance(sel.nilai, int | Decimal):
        return tulis_isian(sel.nilai, butir.jenis_angka)
    if isinstance(sel.nilai, bool):
        return "ya" if sel.nilai else "tidak"
    return tulis_nilai(butir, sel.nilai) if butir.jenis in ("tanggal", "jam") else str(sel.nilai)


# ---------------------------------------------------------------- closed sections, calculated items


def bagian_tertutup(skema: Skema, isian: Isian) -> dict[str, bool]:
    """Sections that are not asked: code → True when an answer closed them, False while it is missing."""
    if not skema.bila:
        return {}
    ling = Lingkungan({k: s.nilai for k, s in isian.sel.items()}, {}, _TANPA_KONTEKS)
    nilai = {kode: rumus.nilai(pohon, ling) for kode, pohon in skema.bila.items()}
    return {kode: x is False for kode, x in nilai.items() if x is not True}


def sel_efektif(skema: Skema, isian: Isian) -> dict[str, Sel]:
    """The cells with the empty numbers of closed sections filled as their section says (nihil or
    tak_berlaku).
    """
    tertutup = bagian_tertutup(skema, isian)
    penutup = {g.kode: _sel_penutup(g) for g in skema.bagian if tertutup.get(g.kode)}
    isi = {
        b.kode: penutup[g.kode]
        for g in skema.bagian
        if g.kode in penutup
        for b in g.butir
        if b.angka and b.rumus is None
    }
    # a calculated item is never taken from what was sent
    return {**isi, **{k: s for k, s in isian.sel.items() if k not in skema.pohon}}


def _sel_penutup(bagian: Bagian) -> Sel:
    if bagian.bila_tidak == "nihil":
        return Sel(0, Keadaan.NIHIL)
    return Sel(None, Keadaan.TAK_BERLAKU, f"Bagian {bagian.judul} tidak berlaku")


def lingkungan(skema: Skema, isian: Isian, konteks: Konteks) -> Lingkungan:
    """All values of a report, calculated items and parameters included, ready for rules."""
    isi: dict[str, Nilai] = {p.kode: p.pada(konteks.bulan.kode) for p in skema.parameter}
    isi |= {k: s.nilai for k, s in sel_efektif(skema, isian).items()}
    baris = {k: [{c: s.nilai for c, s in b.sel.items()} for b in isian.daftar.get(k, ())] for k in skema.daftar}
    # formulas see the values of earlier ones through the same dict
    ling = Lingkungan(isi, baris, konteks)
    for kode in skema.urutan_rumus:
        isi[kode] = bulatkan(skema.butir[kode], rumus.nilai(skema.pohon[kode], ling))
    return ling


def hitung(skema: Skema, isian: Isian, konteks: Konteks) -> dict[str, Nilai]:
    """The calculated items, rounded (half up) to their own digits; None where a needed value is missing."""
    isi = lingkungan(skema, isian, konteks).nilai
    return {kode: isi[kode] for kode in skema.butir if kode in skema.pohon}


def bulatkan(butir: Butir, nilai: Nilai) -> Nilai:
    """A computed value with the item's own digits, half up."""
    if not isinstance(nilai, Decimal):
        return nilai
    digit = butir.desimal if butir.jenis == "desimal" else 0
    bulat = nilai.quantize(Decimal(1).scaleb(-digit), context=_LUAS)
    return int(bulat) if bulat == bulat.to_integral_value() else bulat.normalize(_LUAS)


# ---------------------------------------------------------------- the frozen content of a version


def bekukan(
    skema: Skema,
    isian: Isian,
    konteks: Konteks,
    tanggapan: Mapping[str, Mapping[str, Any]],
    asal: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """The content of a version: what is hashed, added up and shown for ever.

    ``angka``: numbers that units add up, nihil as 0, missing ones absent. ``lain``: all other values.
    ``keadaan``: states other than isi. ``alasan``, ``daftar`` (rows), ``tanggapan`` (answers to findings by
    id), ``skema``; ``asal`` (where registers took their figures from) only when a register filled something.
    """
    sel = sel_efektif(skema, isian)
    isi = lingkungan(skema, isian, konteks).nilai
    ada = {k: isi[k] for k in skema.butir if isi.get(k) is not None}
    dijumlah = {k for k in ada if skema.butir[k].dijumlah}
    return {
        "angka": {k: ada[k] for k in ada if k in dijumlah},
        "lain": {k: ada[k] for k in ada if k not in dijumlah},
        **_keadaan_alasan((k, sel[k]) for k in skema.butir if k in sel),
        "daftar": {
            k: [_bekukan_baris(b, d.per_kode) for b in isian.daftar.get(k, ())] for k, d in skema.daftar.items()
        },
        "tanggapan": {
            k: {"benar": bool(t.get("benar")), "alasan": str(t.get("alasan") or "")} for k, t in tanggapan.items()
        },
        "skema": {"kode": skema.kode, "berlaku_dari": skema.berlaku_dari, "sidik": skema.sidik},
        **({"asal": {k: dict(satu) for k, satu in asal.items()}} if asal else {}),
    }


def _keadaan_alasan(sel: Iterable[tuple[str, Sel]]) -> dict[str, dict[str, str]]:
    pasangan = list(sel)
    return {
        "keadaan": {k: s.keadaan.value for k, s in pasangan if s.keadaan != Keadaan.ISI},
        "alasan": {k: s.alasan for k, s in pasangan if s.alasan},
    }


def _bekukan_baris(b: Baris, kolom: Mapping[str, Butir]) -> dict[str, Any]:
    ada = [(k, b.sel[k]) for k in kolom if k in b.sel]
    lain = {k: v for k, v in _keadaan_alasan(ada).items() if v}
    return {"id": b.id, "isi": {k: s.nilai for k, s in ada if s.nilai is not None}, **lain}


# ---------------------------------------------------------------- small helpers


def _nilai_json(butir: Butir, x: Any) -> Nilai:
    if x is None or isinstance(x, bool) or not butir.angka:
        return x
    d = Decimal(repr(x)) if isinstance(x, float) else Decimal(x)
    return int(d) if d == d.to_integral_value() and butir.jenis != "desimal" else d


def _baca_peta(butir: Mapping[str, Butir], d: Mapping[str, Any]) -> dict[str, Sel]:
    """An emptied cell stays in a draft with its version; here it is as absent as one never filled."""
    sel = {k: Sel.dari_json(butir[k], s) for k, s in d.items() if k in butir}
    return {k: s for k, s in sel.items() if s.nilai is not None or s.keadaan != Keadaan.ISI}


_TANPA_KONTEKS = KonteksPeta(Bulan(2024, 1))
