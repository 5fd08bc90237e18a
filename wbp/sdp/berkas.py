"""The tables of an export: persons, and a second one of their grants. Pure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pelaporan.buku.baca import huruf_kolom
from pelaporan.register.impor_kolom import JUDUL_MAKS, TabelBerkas, cari_tabel, kenali, teks_judul
from pelaporan.register.impor_kolom import petakan as petakan_tabel
from pemasyarakatan.inti.galat import TidakSah
from wbp.sdp import tafsir
from wbp.sdp.baca import BARIS_MAKS, REMISI_MAKS, TERLALU_PANJANG
from wbp.sdp.kolom import DIHITUNG, HIASAN, KOLOM, KOLOM_REMISI

TIDAK_DIKENAL = (
    "Judul kolom berkas ini tidak dikenal. Pastikan ada baris judul seperti “nomor register” dan “nama”, atau pakai "
    "templat di halaman ini."
)
KOSONG = "Berkas ini tidak berisi orang di bawah judul kolomnya. Ambil lagi datanya dari SDP, lalu unggah."
_REMISI_WAJIB = frozenset(k.nama for k in KOLOM_REMISI if k.wajib)
_LAZIM = 2
"""So many headings must be known: else the first row may be a person, whose name must not be kept as a heading."""


@dataclass(frozen=True)
class Tabel:
    """What was found in a file. Without `orang` it holds grants alone."""

    orang: TabelBerkas | None
    remisi: TabelBerkas | None
    abaikan: tuple[str, ...] = ()
    angka: bool = False
    """Register numbers may be figures: somebody said that those of the unit do not begin with a zero."""

    def ke_json(self) -> dict[str, Any]:
        return {
            "orang": self.orang.ke_json() if self.orang else None,
            "remisi": self.remisi.ke_json() if self.remisi else None,
            "abaikan": list(self.abaikan),
            "angka": self.angka,
        }

    @classmethod
    def dari_json(cls, isi: Mapping[str, Any]) -> Tabel:
        orang, remisi = (TabelBerkas.dari_json(isi[n]) if isi[n] else None for n in ("orang", "remisi"))
        return cls(orang, remisi, tuple(isi["abaikan"]), isi["angka"])

    @property
    def judul(self) -> tuple[str, ...]:
        return self.orang.judul if self.orang else ()

    @property
    def kolom(self) -> dict[str, int]:
        return dict(self.orang.kolom) if self.orang else {}

    @property
    def peta(self) -> dict[str, Any]:
        """Everything that decides how the rows are read."""
        return {"kolom": self.kolom, "remisi": dict(self.remisi.kolom) if self.remisi else {}, "angka": self.angka}

    @property
    def banyak(self) -> int:
        return sum(len(t.baris) for t in (self.orang, self.remisi) if t)

    @property
    def beban(self) -> int:
        """Rows as work counts them: a grant is compared quickly."""
        return (len(self.orang.baris) if self.orang else 0) + (len(self.remisi.baris) // 5 if self.remisi else 0)

    @property
    def kurang_nomor(self) -> bool:
        return self.orang is not None and "nomor" not in self.orang.kolom

    @property
    def kepala(self) -> str:
        """Hash of the headings: the same export is mapped the same way next time."""
        return hashlib.sha256(json.dumps(self.judul).encode()).hexdigest()

    def petakan(self, kolom: Mapping[str, int | None], *, angka: bool = False) -> Tabel:
        return replace(self, orang=petakan_tabel(self.orang, kolom) if self.orang else None, angka=angka)

    @property
    def sebutan(self) -> list[str]:
        """What a person calls each column of the file; the letter tells equal headings apart."""
        banyak = Counter(tafsir.kata(j) for j in self.judul)
        return [
            f"Kolom {huruf_kolom(n)}" if not j else f"{j} (kolom {huruf_kolom(n)})" if banyak[tafsir.kata(j)] > 1 else j
            for n, j in enumerate(self.judul, 1)
        ]


def cari(dibaca: Mapping[str, Any]) -> Tabel:
    """The tables of what the child read. Raises TidakSah."""
    lembar: Sequence[Mapping[str, Any]] = dibaca["lembar"]
    remisi = cari_tabel(lembar, KOLOM_REMISI, "")
    if remisi is not None and _REMISI_WAJIB - set(remisi.kolom):
        remisi = None
    sisa = [s for s in lembar if remisi is None or s["csv"] or s["nama"] != remisi.lembar]
    orang = cari_tabel(sisa, KOLOM, "")
    if orang is not None and remisi is not None and orang.csv and len(orang.kolom) <= len(remisi.kolom):
        orang = None  # a CSV has one table
    elif orang is not None and orang.csv:
        remisi = None
    if orang is not None and len(orang.kolom) < _LAZIM:
        orang = None
    if orang is None and remisi is None:
        raise TidakSah(TIDAK_DIKENAL if any(s["baris"] for s in lembar) else KOSONG)
    tabel = Tabel(orang and _judul_bertingkat(orang), remisi, _abaikan(dibaca, orang, remisi))
    _pastikan_isi(tabel)
    return tabel


_EKOR = 50
"""Rows that are nobody: totals, signatures, titles of blocks."""


def _judul_bertingkat(tabel: TabelBerkas) -> TabelBerkas:
    """Headings in two rows, "Pidana" above "Tahun", "Bulan" and "Hari", as one where that names more columns."""
    bawah = tabel.baris[0][1] if tabel.baris else ()
    wajib = {i for n, i in tabel.kolom.items() if n in ("nomor", "nama")}
    if any(isi is not None and (i in wajib or not isinstance(isi, str)) for i, isi in enumerate(bawah)):
        return tabel
    judul, kelompok = list(tabel.judul), ""
    for i, isi in enumerate(bawah[: len(judul)]):
        kelompok = judul[i] or kelompok
        judul[i] = f"{kelompok} {teks_judul(isi)}"[:JUDUL_MAKS] if isi else judul[i]
    kolom = kenali(judul, KOLOM)
    if len(kolom) <= len(tabel.kolom):
        return tabel
    return replace(tabel, judul=tuple(judul), kolom=kolom, baris=tabel.baris[1:])


def _pastikan_isi(tabel: Tabel) -> None:
    if not tabel.banyak:
        raise TidakSah(KOSONG)
    for satu, maks in ((tabel.orang, BARIS_MAKS), (tabel.remisi, REMISI_MAKS)):
        if satu is not None and len(satu.baris) > maks + _EKOR:
            raise TidakSah(TERLALU_PANJANG)


def _abaikan(dibaca: Mapping[str, Any], *tabel: TabelBerkas | None) -> tuple[str, ...]:
    dipakai = {t.lembar for t in tabel if t is not None}
    lain = [s["nama"] for s in dibaca["lembar"] if not s["csv"] and s["nama"] not in dipakai and s["baris"]]
    return (*dibaca["abaikan"], *(f"Lembar “{nama}” tidak dibaca." for nama in lain))


def dihitung(tabel: Tabel) -> list[str]:
    """Headings whose dates the portal computes itself."""
    return [s for s, j in zip(tabel.sebutan, tabel.judul, strict=True) if tafsir.kata(j) in DIHITUNG]


def tidak_dipakai(tabel: Tabel) -> list[str]:
    """Headings that nothing is read from and that need saying."""
    dipakai = set(tabel.kolom.values())
    return [
        s for n, (s, j) in enumerate(zip(tabel.sebutan, tabel.judul, strict=True))
        if j and n not in dipakai and tafsir.kata(j) not in DIHITUNG and tafsir.kata(j) not in HIASAN
    ]  # fmt: skip


def kata_awal(tabel: TabelBerkas | None) -> dict[int, str]:
    """The first text of each row, in whatever column it stands: a row of totals says so beside the persons' columns."""
    if tabel is None:
        return {}
    return {n: next((s for s in sel if isinstance(s, str) and s.strip()), "") for n, sel in tabel.baris}


def baris_sel(tabel: TabelBerkas | None) -> list[tuple[int, dict[str, Any]]]:
    """Rows as cells by column."""
    if tabel is None:
        return []
    return [(n, {nama: sel[i] if i < len(sel) else None for nama, i in tabel.kolom.items()}) for n, sel in tabel.baris]
