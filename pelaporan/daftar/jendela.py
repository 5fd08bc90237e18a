"""Which rows of a long line list one page shows. Pure; no database.

A list may have 500 rows of a dozen columns: fields are made only for the rows of one window, everything else is
stated as a count, so that the page stays light on old computers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

UKURAN = 25
"""Rows of one window."""
AWAL = "h-"
"""Name of the parameter that says which window of a list is shown: `h-<list>=2`, or `2p` for rows to check only."""


@dataclass(frozen=True)
class Minta:
    """What the page was asked for: the window's number, and whether only rows that need checking are wanted."""

    nomor: int = 1
    saring: bool = False

    @property
    def kode(self) -> str:
        return f"{self.nomor}{'p' if self.saring else ''}"

    @classmethod
    def dari(cls, teks: str) -> Minta:
        angka = teks.removesuffix("p")
        baik = angka.isascii() and angka.isdigit() and len(angka) < 5
        return cls(max(int(angka), 1) if baik else 1, teks.endswith("p"))


def minta_dari(parameter: Mapping[str, str]) -> dict[str, Minta]:
    """The wanted window of every list, from a query or a posted form."""
    return {k.removeprefix(AWAL): Minta.dari(str(v)) for k, v in parameter.items() if k.startswith(AWAL)}


@dataclass(frozen=True)
class Jendela:
    """One window of a list: places of the shown rows, and what the page says about the others."""

    letak: tuple[int, ...]
    jumlah: int
    nomor: int
    banyak: int
    saring: bool
    perlu: int
    lain_perlu: int

    @property
    def kode(self) -> str:
        return Minta(self.nomor, self.saring).kode

    @property
    def terakhir(self) -> bool:
        return self.nomor == self.banyak and not self.saring

    @property
    def kalimat(self) -> str:
        """'Baris 26–50 dari 60', or nothing when all rows are shown."""
        if self.saring:
            return f"{len(self.letak)} dari {self.perlu} baris yang perlu diperiksa, dari {self.jumlah} baris"
        if self.banyak == 1 or not self.letak:
            return ""
        return f"Baris {self.letak[0] + 1}–{self.letak[-1] + 1} dari {self.jumlah}"

    @property
    def halaman(self) -> list[tuple[int, str, bool]]:
        """The other windows: number, parameter, whether it is this one. At most twenty of 500 rows."""
        return [(n, Minta(n, self.saring).kode, n == self.nomor) for n in range(1, self.banyak + 1)]


@dataclass(frozen=True)
class Pulih:
    """What the page offers to take back at one list: a deleted row (number, id), or the last paste (rows, id)."""

    baris: str = ""
    nomor: int = 0
    tempelan: str = ""
    baru: int = 0
    sel: int = 0


def buka_jendela(
    id_baris: Sequence[str], *, minta: Minta, perlu: Collection[str], terbuka: str = "", tetap: Collection[str] = ()
) -> Jendela:
    """The window that was asked for, or the one with the row `terbuka`. Rows in `tetap` (their typing was refused)
    are always shown: nothing that was typed may hide on another page.
    """
    saring = minta.saring and bool(perlu) and terbuka not in set(id_baris) - set(perlu)
    semua = [n for n, satu in enumerate(id_baris) if not saring or satu in perlu]
    banyak = max(1, -(-len(semua) // UKURAN))
    letak_terbuka = next((n for n, asli in enumerate(semua) if id_baris[asli] == terbuka), None)
    nomor = min(minta.nomor, banyak) if letak_terbuka is None else letak_terbuka // UKURAN + 1
    tampak = set(semua[(nomor - 1) * UKURAN : nomor * UKURAN])
    tampak |= {n for n, satu in enumerate(id_baris) if satu in tetap}
    lain = sum(satu in perlu for n, satu in enumerate(id_baris) if n not in tampak)
    jumlah_perlu = sum(satu in perlu for satu in id_baris)
    return Jendela(tuple(sorted(tampak)), len(id_baris), nomor, banyak, saring, jumlah_perlu, lain)
