"""The tables of an export: persons, and a second one of their grants. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pelaporan.register.impor_kolom import TabelBerkas, cari_tabel
from pelaporan.register.impor_kolom import petakan as petakan_tabel
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import TidakSah
from wbp.sdp import tafsir
from wbp.sdp.baca import BARIS_MAKS
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

    def ke_json(self) -> dict[str, Any]:
        return {
            "orang": self.orang.ke_json() if self.orang else None,
            "remisi": self.remisi.ke_json() if self.remisi else None,
            "abaikan": list(self.abaikan),
        }

    @classmethod
    def dari_json(cls, isi: Mapping[str, Any]) -> Tabel:
        orang, remisi = (TabelBerkas.dari_json(isi[n]) if isi[n] else None for n in ("orang", "remisi"))
        return cls(orang, remisi, tuple(isi["abaikan"]))

    @property
    def judul(self) -> tuple[str, ...]:
        return self.orang.judul if self.orang else ()

    @property
    def kolom(self) -> dict[str, int]:
        return dict(self.orang.kolom) if self.orang else {}

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

    def petakan(self, kolom: Mapping[str, int | None]) -> Tabel:
        return replace(self, orang=petakan_tabel(self.orang, kolom) if self.orang else None)


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
    tabel = Tabel(orang, remisi, _abaikan(dibaca, orang, remisi))
    _pastikan_isi(tabel)
    return tabel


def _pastikan_isi(tabel: Tabel) -> None:
    if not tabel.banyak:
        raise TidakSah(KOSONG)
    for satu in (tabel.orang, tabel.remisi):
        if satu is not None and len(satu.baris) > (BARIS_MAKS if satu is tabel.orang else 2 * BARIS_MAKS):
            raise TidakSah(
                f"Berkas berisi {tulis_angka(len(satu.baris))} baris; paling banyak {tulis_angka(BARIS_MAKS)} sekali "
                "unggah. Bagi menurut blok atau status."
            )


def _abaikan(dibaca: Mapping[str, Any], *tabel: TabelBerkas | None) -> tuple[str, ...]:
    dipakai = {t.lembar for t in tabel if t is not None}
    lain = [s["nama"] for s in dibaca["lembar"] if not s["csv"] and s["nama"] not in dipakai and s["baris"]]
    return (*dibaca["abaikan"], *(f"Lembar “{nama}” tidak dibaca." for nama in lain))


def dihitung(tabel: Tabel) -> list[str]:
    """Headings whose dates the portal computes itself."""
    return [j for j in tabel.judul if tafsir.kata(j) in DIHITUNG]


def tidak_dipakai(tabel: Tabel) -> list[str]:
    """Headings that nothing is read from and that need saying."""
    dipakai = set(tabel.kolom.values())
    return [
        j for n, j in enumerate(tabel.judul)
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
