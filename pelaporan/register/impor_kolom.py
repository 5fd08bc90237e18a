"""Which row of a file holds the headings, and which column of it is which column of the register. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pelaporan.register.kolom import Kolom

BARIS_JUDUL = 30
"""Headings are looked for in so many filled rows: lists carry a letterhead above them."""
JUDUL_MAKS = 60
_KURUNG = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BUKAN_HURUF = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class TabelBerkas:
    """The table of a file: its headings, where each known column stands, and the filled rows below."""

    lembar: str
    csv: str
    judul: tuple[str, ...]
    kolom: Mapping[str, int]
    baris: tuple[tuple[int, Sequence[Any]], ...]
    baku: bool

    def ke_json(self) -> dict[str, Any]:
        return {
            "lembar": self.lembar, "csv": self.csv, "judul": list(self.judul), "kolom": dict(self.kolom),
            "baris": [[n, list(sel)] for n, sel in self.baris], "baku": self.baku,
        }  # fmt: skip

    @classmethod
    def dari_json(cls, isi: Mapping[str, Any]) -> TabelBerkas:
        baris = tuple((n, sel) for n, sel in isi["baris"])
        return cls(isi["lembar"], isi["csv"], tuple(isi["judul"]), isi["kolom"], baris, isi["baku"])


def lengkap(judul: object) -> str:
    """A heading as compared: no case, accents, or signs."""
    polos = unicodedata.normalize("NFKD", str(judul)).encode("ascii", "ignore").decode().casefold()
    return _BUKAN_HURUF.sub(" ", polos).strip()


def ringkas(judul: object) -> str:
    """The same without what stands in brackets."""
    return lengkap(_KURUNG.sub(" ", str(judul))) or lengkap(judul)


def sebutan(kolom: Kolom) -> list[str]:
    """Everything a heading may call this column, the surest first."""
    nama = kolom.nama.removesuffix("_id").replace("_", " ")
    satuan = [f"{kolom.label} {kolom.satuan}"] if kolom.satuan else []
    return [*satuan, kolom.label, kolom.nama, nama, *kolom.sinonim]


def cari_tabel(lembar: Sequence[Mapping[str, Any]], kolom: Sequence[Kolom], tanda_baku: str) -> TabelBerkas | None:
    """The sheet and row whose headings name most columns; without any, the widest row of text. None: no rows."""
    calon = [
        (_bobot(judul, dikenal), -urutan, -i, satu, judul, dikenal)
        for urutan, satu in enumerate(lembar)
        for i in range(min(BARIS_JUDUL, len(satu["baris"])))
        for judul, dikenal in [_judul(satu["baris"], i, kolom)]
    ]
    if not calon:
        return None
    _, _, minus_i, satu, judul, dikenal = max(calon, key=lambda c: c[:3])
    baris = tuple((n, sel) for n, sel in satu["baris"][-minus_i + 1 :])
    pertama = satu["baris"][0][1][0] if satu["baris"][0][1] else ""
    baku = satu["csv"] == "," and minus_i != 0 and tanda_baku in str(pertama)
    return TabelBerkas(satu["nama"], satu["csv"] or "", judul, dikenal, baris, baku)


def _bobot(judul: Sequence[str], dikenal: Mapping[str, int]) -> tuple[int, int]:
    return len(dikenal), sum(1 for j in judul if j) if not dikenal else 0


def _judul(
    baris: Sequence[tuple[int, Sequence[Any]]], i: int, kolom: Sequence[Kolom]
) -> tuple[tuple[str, ...], dict[str, int]]:
    """Headings of row `i`; one left empty below a merged cell is taken from the row above if that names a column."""
    semua = {ringkas(s) for k in kolom for s in sebutan(k)}
    atas: Sequence[Any] = baris[i - 1][1] if i and baris[i][0] == baris[i - 1][0] + 1 else ()
    judul = [teks_judul(sel) for sel in baris[i][1]]
    for letak, sel in enumerate(atas[: len(judul)]):
        if not judul[letak] and ringkas(teks_judul(sel)) in semua:
            judul[letak] = teks_judul(sel)
    return tuple(judul), kenali(judul, kolom)


def teks_judul(sel: Any) -> str:
    """A heading as it is kept and shown: without what cannot be seen, and what no database takes (NUL, as _x0000_)."""
    return "".join(filter(str.isprintable, " ".join(sel.split())))[:JUDUL_MAKS] if isinstance(sel, str) else ""


def kenali(judul: Sequence[str], kolom: Sequence[Kolom]) -> dict[str, int]:
    """Column → place of its heading: whole headings first, then without brackets; labels before synonyms.

    A heading serves one column, and the first of two equal headings counts."""
    hasil: dict[str, int] = {}
    paling = max((len(sebutan(k)) for k in kolom), default=0)
    for bentuk in (lengkap, ringkas):
        letak = {bentuk(j): n for n, j in reversed(list(enumerate(judul))) if bentuk(j)}
        for tingkat in range(paling):
            for satu in kolom:
                nama = sebutan(satu)[tingkat : tingkat + 1]
                n = letak.get(bentuk(nama[0])) if nama and satu.nama not in hasil else None
                if n is not None and n not in hasil.values():
                    hasil[satu.nama] = n
    return hasil


def petakan(tabel: TabelBerkas, pilihan: Mapping[str, int | None]) -> TabelBerkas:
    """The same table with the columns that a person chose (None: not in the file)."""
    kolom = {nama: n for nama, n in pilihan.items() if n is not None and 0 <= n < len(tabel.judul)}
    return TabelBerkas(tabel.lembar, tabel.csv, tabel.judul, kolom, tabel.baris, tabel.baku)


def kurang(tabel: TabelBerkas, kolom: Sequence[Kolom]) -> list[Kolom]:
    """Obligatory columns that the file does not have."""
    return [k for k in kolom if k.wajib and k.nama not in tabel.kolom]


def tidak_dipakai(tabel: TabelBerkas) -> list[str]:
    dipakai = set(tabel.kolom.values())
    return [j for n, j in enumerate(tabel.judul) if j and n not in dipakai]
