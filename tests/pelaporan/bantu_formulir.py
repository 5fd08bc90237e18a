"""Shared by the tests of the shipped forms: one clean report for each form, and one violation for each rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pelaporan.aturan import Temuan, periksa
from pelaporan.isian import Baris, Isian, Keadaan, KonteksPeta, Sel
from pelaporan.rumus import Nilai
from pelaporan.skema import Skema, baca_skema
from pemasyarakatan.inti.waktu import Bulan

FOLDER = Path(__file__).parents[2] / "pelaporan/formulir"
SEMUA: dict[str, Skema] = {p.stem: baca_skema(p.read_text(encoding="utf-8")) for p in sorted(FOLDER.glob("*.yaml"))}

AGUSTUS = Bulan(2026, 8)
Isian_ = Mapping[str, Any]
Daftar_ = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Kasus:
    """How one form is tested.

    `bersih`: typed values of a report without findings; numbers not named are nihil. `baris`: a complete row
    of every line list; `daftar`: how many rows the clean report has, each a change of that row. `sekitar`:
    values around the report, (form or None, item, months back). `pelanggaran`: for every rule what to change
    (`ubah`, `daftar`, `sekitar`) so that it fires.
    """

    kode: str
    bersih: Mapping[str, Nilai]
    pelanggaran: Mapping[str, Mapping[str, Any]]
    baris: Mapping[str, Mapping[str, Nilai]] = field(default_factory=dict)
    daftar: Daftar_ = field(default_factory=dict)
    sekitar: Mapping[tuple[str | None, str, int], Nilai] = field(default_factory=dict)
    bulan: Bulan = AGUSTUS

    @property
    def skema(self) -> Skema:
        return SEMUA[self.kode]

    def isian(self, ubah: Isian_ | None = None, daftar: Daftar_ | None = None) -> Isian:
        """The clean report with changes; None as a value leaves the cell empty."""
        nol = {k: 0 for k, b in self.skema.butir.items() if b.angka and b.rumus is None}
        nilai = {**nol, **self.bersih, **(ubah or {})}
        sel = {k: _sel(v) for k, v in nilai.items() if v is not None}
        isi = {**self.daftar, **(daftar or {})}
        return Isian(sel, {d: self._baris(d, isi.get(d, ())) for d in self.skema.daftar})

    def _baris(self, daftar: str, semua: Sequence[Mapping[str, Any]]) -> list[Baris]:
        penuh = [{**self.baris[daftar], **x} for x in semua]
        return [Baris(f"r{n}", {k: _sel(v) for k, v in b.items() if v is not None}) for n, b in enumerate(penuh, 1)]

    def konteks(self, sekitar: Mapping[tuple[str | None, str, int], Nilai] | None = None) -> KonteksPeta:
        return KonteksPeta(self.bulan, {**self.sekitar, **(sekitar or {})})

    def temuan(
        self,
        ubah: Isian_ | None = None,
        daftar: Daftar_ | None = None,
        sekitar: Mapping[tuple[str | None, str, int], Nilai] | None = None,
    ) -> list[Temuan]:
        return periksa(self.skema, self.isian(ubah, daftar), self.konteks(sekitar))


def _sel(nilai: Nilai) -> Sel:
    return Sel(nilai, Keadaan.NIHIL if nilai == 0 and nilai is not False else Keadaan.ISI)


def semua_pelanggaran(kasus: Mapping[str, Kasus]) -> list[tuple[str, str]]:
    """(form, rule) of every violation, for `pytest.mark.parametrize`."""
    return [(f, k) for f, satu in kasus.items() for k in satu.pelanggaran]


def pastikan_aturan_lengkap(kasus: Mapping[str, Kasus]) -> None:
    """Every rule has its violation and nothing else is tested."""
    ada = {k: set(satu.pelanggaran) for k, satu in kasus.items()}
    assert ada == {k: {a.kode for a in SEMUA[k].aturan} for k in kasus}


def pastikan_terpicu(satu: Kasus, aturan: str) -> None:
    """The violation fires its rule once, in a sentence that is completely filled in and points somewhere."""
    cocok = [t for t in satu.temuan(**satu.pelanggaran[aturan]) if t.kode == aturan]
    assert len(cocok) == 1
    assert "–" not in cocok[0].pesan, cocok[0].pesan
    assert "{" not in cocok[0].pesan
    assert cocok[0].butir
