"""Small figures that outsiders must not read: which cells of a table are closed so that none can be worked out again.

A count from 1 to 4 is closed. What stands open could give it away (a total minus the rest), so more cells are closed
until every closed one could still have another value. All closed cells look alike, also those that only cover others,
and an empty cell may be among them: nobody can tell which is which.

Tables over the same rows (kinds by sex, kinds by band ...) may be shown side by side: whether a row is open depends on
its total alone, and the totals of open rows are never closed, so no table says anything about another.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BATAS = 5
"""The least count that is told."""

Isi = Sequence[Sequence[int]]
Sel = tuple[int, int]


@dataclass(frozen=True)
class Tersamar:
    """A table as outsiders see it; None is closed."""

    sel: tuple[tuple[int | None, ...], ...]
    baris: tuple[int | None, ...]
    kolom: tuple[int | None, ...]
    total: int | None

    @property
    def ada(self) -> bool:
        """Whether anything is closed."""
        return self.total is None or None in self.baris or None in self.kolom or any(None in b for b in self.sel)


def samar_daftar(nilai: Sequence[int]) -> tuple[tuple[int | None, ...], int | None]:
    """Counts and their total. What is closed adds up to at least BATAS, or everything is closed."""
    total = sum(nilai)
    if 0 < total < BATAS:
        return (None,) * len(nilai), None
    tutup = _tutup_daftar(nilai)
    return tuple(None if i in tutup else n for i, n in enumerate(nilai)), total


def _tutup_daftar(nilai: Sequence[int]) -> set[int]:
    tutup = {i for i, n in enumerate(nilai) if 0 < n < BATAS}
    terbuka = sorted((n, i) for i, n in enumerate(nilai) if n >= BATAS)
    while tutup and terbuka and (len(tutup) < 2 or sum(nilai[i] for i in tutup) < BATAS):
        tutup.add(terbuka.pop(0)[1])
    return tutup


def samar_tabel(isi: Isi) -> Tersamar:
    """Rows by columns with all their totals. A row whose total is closed is closed altogether."""
    jumlah = [sum(b) for b in isi]
    baris, total = samar_daftar(jumlah)
    lebar = len(isi[0]) if isi else 0
    if total is None:
        kosong = (None,) * lebar
        return Tersamar((kosong,) * len(isi), baris, kosong, None)
    buka = [i for i, n in enumerate(baris) if n is not None]
    gabung = [sum(isi[i][k] for i in range(len(isi)) if baris[i] is None) for k in range(lebar)]
    # What the closed rows have in a column can be worked out together: they count as one more row.
    jaringan = _Jaringan([*(isi[i] for i in buka), *([gabung] if len(buka) < len(isi) else [])], lebar)
    jaringan.lindungi()
    sel: list[tuple[int | None, ...]] = [(None,) * lebar] * len(isi)
    for n, i in enumerate(buka):
        sel[i] = tuple(None if (n, k) in jaringan.tutup else isi[i][k] for k in range(lebar))
    kolom = tuple(None if (jaringan.akhir, k) in jaringan.tutup else n for k, n in enumerate(jaringan.kolom))
    return Tersamar(tuple(sel), baris, kolom, total)


class _Jaringan:
    """Closed cells as edges between rows and columns; the column totals are one more row, with the sign turned.

    Row totals are known. A closed cell can have another value when values can be moved around a cycle of closed cells,
    one up and the next down, without any falling below zero. A cell that only covers others costs more the more it
    tells, a column total most.
    """

    def __init__(self, isi: Isi, lebar: int) -> None:
        self.kolom = [sum(b[k] for b in isi) for k in range(lebar)]
        self.nilai = [list(b) for b in isi] + [self.kolom]
        self.akhir, self.lebar = len(isi), lebar
        self.tutup = {(i, k) for i, b in enumerate(self.nilai) for k, n in enumerate(b) if 0 < n < BATAS}

    def lindungi(self) -> None:
        while True:
            sebelum = len(self.tutup)
            for sel in sorted(self.tutup):
                if not self._bergerak(sel):
                    self.tutup |= self._putaran(sel)
            self._tebalkan()
            if len(self.tutup) == sebelum:
                return

    def _bergerak(self, sel: Sel) -> bool:
        return self._jalan(sel, naik=True, hanya_tutup=True) is not None or (
            self._turun(sel) and self._jalan(sel, naik=False, hanya_tutup=True) is not None
        )

    def _putaran(self, sel: Sel) -> set[Sel]:
        """The cheapest cells that make a cycle with this one."""
        calon = [self._jalan(sel, naik=True, hanya_tutup=False)]
        if self._turun(sel):
            calon.append(self._jalan(sel, naik=False, hanya_tutup=False))
        return set(min((c for c in calon if c is not None), key=lambda c: c[0])[1])

    def _tebalkan(self) -> None:
        """What is closed in a row or column is known together: no such sum is small either."""
        for garis in self._garis():
            tutup = [s for s in garis if s in self.tutup]
            jumlah = sum(self._isi(s) for s in tutup)
            terbuka = sorted((self._isi(s), s) for s in garis if s not in self.tutup and self._isi(s))
            while 0 < jumlah < BATAS and terbuka:
                nilai, sel = terbuka.pop(0)
                self.tutup.add(sel)
                jumlah += nilai

    def _garis(self) -> Iterator[list[Sel]]:
        """Rows, and columns whose total stands open."""
        for i in range(self.akhir + 1):
            yield [(i, k) for k in range(self.lebar)]
        for k in range(self.lebar):
            if (self.akhir, k) not in self.tutup:
                yield [(i, k) for i in range(self.akhir)]

    def _isi(self, sel: Sel) -> int:
        return self.nilai[sel[0]][sel[1]]

    def _turun(self, sel: Sel) -> bool:
        """Whether the signed value may go down: a total turned around always may."""
        return sel[0] == self.akhir or self._isi(sel) > 0

    def _naik(self, sel: Sel) -> bool:
        return sel[0] != self.akhir or self._isi(sel) > 0

    def _biaya(self, sel: Sel) -> int:
        if sel in self.tutup:
            return 0
        return (1 + self._isi(sel)) * (1_000_000 if sel[0] == self.akhir else 1) + (0 if self._isi(sel) else 1_000)

    def _jalan(self, sel: Sel, *, naik: bool, hanya_tutup: bool) -> tuple[int, tuple[Sel, ...]] | None:
        """The cheapest way round that lets this cell go up (or down): cost and the cells on it."""
        if naik and not self._naik(sel):
            return None
        baris, kolom = ("b", sel[0]), ("k", sel[1])
        mulai, tujuan = (kolom, baris) if naik else (baris, kolom)
        antre: list[tuple[int, tuple[str, int], tuple[Sel, ...]]] = [(0, mulai, (sel,))]
        selesai: set[tuple[str, int]] = set()
        while antre:
            biaya, kini, lewat = heapq.heappop(antre)
            if kini == tujuan:
                return biaya, lewat
            if kini in selesai:
                continue
            selesai.add(kini)
            for lain, berikut in self._tetangga(kini):
                if lain != sel and (not hanya_tutup or lain in self.tutup):
                    heapq.heappush(antre, (biaya + self._biaya(lain), berikut, (*lewat, lain)))
        return None

    def _tetangga(self, kini: tuple[str, int]) -> Iterator[tuple[Sel, tuple[str, int]]]:
        """From a row one cell goes up, from a column one goes down."""
        jenis, n = kini
        if jenis == "b":
            for k in range(self.lebar):
                if self._naik((n, k)):
                    yield (n, k), ("k", k)
        else:
            for i in range(self.akhir + 1):
                if self._turun((i, n)):
                    yield (i, n), ("b", i)
