"""What the rules say of a case today. Remission and integration each register how theirs are judged.

    daftarkan(Usulan.Rumpun.INTEGRASI, "remisi.integrasi.penilai.nilai_integrasi")

A judge is given cases (saved or not) of one family and answers for each, in the same order. It reads the register as it
is now, within the caller's scope and in few queries: thousands of cases are judged in one act.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.module_loading import import_string

from remisi.models import Kandidat, Usulan


@dataclass(frozen=True)
class Penilaian:
    """`halangan` says in words what is not met, or missing and by whom it can be mended. `dasar` is what the case
    freezes: {"pada", "tanggal" (of the grant), "sidik_aturan", "syarat": [{"kode", "nama", "keadaan", "bukti",
    "aturan", "sumber", "terverifikasi", "pembenah"}], "besaran": {...}, "catatan": [...]}."""

    keadaan: str
    urutan: int | None = None
    bulan: int = 0
    hari: int = 0
    hasil: str = ""
    sampai: date | None = None
    halangan: tuple[str, ...] = ()
    dasar: dict[str, Any] = field(default_factory=dict)

    @property
    def layak(self) -> bool:
        return self.keadaan == Kandidat.Keadaan.LAYAK

    @property
    def ditolak(self) -> bool:
        return self.keadaan == Kandidat.Keadaan.TIDAK


Penilai = Callable[[Sequence[Usulan]], Sequence[Penilaian]]
_penilai: dict[str, str] = {}


def daftarkan(rumpun: str, penilai: str) -> None:
    """By its dotted name: rules are loaded when somebody asks."""
    _penilai[str(rumpun)] = penilai


def nilai(semua: Sequence[Usulan]) -> list[Penilaian]:
    """The judgement of every case, in their order."""
    hasil: dict[int, Penilaian] = {}
    for rumpun in sorted({u.rumpun for u in semua}):
        tempat = [i for i, u in enumerate(semua) if u.rumpun == rumpun]
        penilai: Penilai = import_string(_penilai[rumpun])
        jawaban = penilai([semua[i] for i in tempat])
        hasil.update(zip(tempat, jawaban, strict=True))
    return [hasil[i] for i in range(len(semua))]


def bekukan(kasus: Usulan, hasil: Penilaian) -> None:
    """Take over what was judged: amounts, dates and what they rest on."""
    kasus.urutan, kasus.bulan, kasus.hari = hasil.urutan, hasil.bulan, hasil.hari
    kasus.hasil, kasus.dasar = hasil.hasil, hasil.dasar
    if hasil.sampai is not None:
        kasus.sampai = hasil.sampai
