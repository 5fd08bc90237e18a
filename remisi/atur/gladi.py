"""What a draft changes on the made-up cases: before and after, with the steps that differ. Pure, computed at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remisi.atur.contoh import Contoh, Jawaban, semua
from remisi.aturan import AturanTiada
from remisi.ketentuan import Himpunan
from remisi.ketentuan_bentuk import Baris

TANPA_HITUNGAN = frozenset({"dokumen", "syarat"})
"""Tables that move no date and no amount by themselves: they change work lists and conditions."""


@dataclass(frozen=True)
class Beda:
    """One case that comes out differently. The steps are those that the other side does not have."""

    nama: str
    sebelum: tuple[str, ...]
    sesudah: tuple[str, ...]
    langkah_sebelum: tuple[str, ...]
    langkah_sesudah: tuple[str, ...]


@dataclass(frozen=True)
class Banding:
    """`berubah` come out differently, `dasar` (names) come out the same by another rule or with other conditions."""

    jumlah: int
    berubah: list[Beda]
    dasar: list[str]
    tanpa_hitungan: bool


def banding(berlaku: Himpunan, baru: Baris) -> Banding:
    """Every case under the rules in force, and with the draft added."""
    kasus = semua(_mulai(baru))
    dengan = berlaku.dengan(baru)
    berubah: list[Beda] = []
    dasar: list[str] = []
    for satu in kasus:
        dulu, kini = _jawab(satu, berlaku), _jawab(satu, dengan)
        if dulu.teks != kini.teks:
            berubah.append(_beda(satu.nama, dulu, kini))
        elif dulu != kini:
            dasar.append(satu.nama)
    return Banding(len(kasus), berubah, dasar, baru.tabel in TANPA_HITUNGAN)


def _mulai(baru: Baris) -> date:
    """A holy day shows in its own year, however early it is written down."""
    if baru.tabel == "hari_besar" and baru.nilai.get("tanggal"):
        return date(int(str(baru.nilai["tanggal"])[:4]), 1, 1)
    return baru.berlaku_dari


def _beda(nama: str, dulu: Jawaban, kini: Jawaban) -> Beda:
    """Of each side what the other does not have: of a long answer only the lines that differ are read."""
    return Beda(
        nama,
        _hanya(dulu.teks, kini.teks) or ("tidak ada",),
        _hanya(kini.teks, dulu.teks) or ("tidak ada",),
        _hanya(dulu.langkah, kini.langkah),
        _hanya(kini.langkah, dulu.langkah),
    )


def _hanya(satu: tuple[str, ...], lain: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(t for t in satu if t not in lain)


def _jawab(kasus: Contoh, himpunan: Himpunan) -> Jawaban:
    try:
        return kasus.hitung(himpunan)
    except AturanTiada as tiada:
        return Jawaban((f"tidak dapat dihitung: {tiada}",))
