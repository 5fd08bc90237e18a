"""Bulk loading by COPY: tables without row-level force and without foreign keys while the load lasts.

PostgreSQL refuses COPY into tables whose row-level security binds the writer, and checks a foreign key row
by row; both come back before the transaction ends, each key validated in one pass. Runs as the tables' owner.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

POTONG = 1 << 20


@contextmanager
def muatan_curah(tabel: Sequence[str]) -> Iterator[None]:
    """Inside the caller's transaction: take the keys off, load, put them back (and validate them)."""
    with connection.cursor() as kursor:
        kursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the caller wrote before is checked now
        kunci = _kunci_asing(kursor, tabel)
        for nama in tabel:
            kursor.execute(f'ALTER TABLE "{nama}" NO FORCE ROW LEVEL SECURITY')
        for nama, kendala, _ in kunci:
            kursor.execute(f'ALTER TABLE "{nama}" DROP CONSTRAINT "{kendala}"')
    yield
    with connection.cursor() as kursor:
        for nama, kendala, bunyi in kunci:
            kursor.execute(f'ALTER TABLE "{nama}" ADD CONSTRAINT "{kendala}" {bunyi}')
        for nama in tabel:
            kursor.execute(f'ALTER TABLE "{nama}" FORCE ROW LEVEL SECURITY')
            kursor.execute(f'ANALYZE "{nama}"')


def _kunci_asing(kursor: Any, tabel: Sequence[str]) -> list[tuple[str, str, str]]:
    kursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'f' AND conrelid::regclass::text = ANY (%s) ORDER BY 1, 2",
        [list(tabel)],
    )
    return [(nama.strip('"'), kendala, bunyi) for nama, kendala, bunyi in kursor.fetchall()]


class Aliran(io.RawIOBase):
    """A file for COPY made of lines that come one by one."""

    def __init__(self, baris: Iterable[str]) -> None:
        self._baris = iter(baris)
        self._sisa = b""

    def readable(self) -> bool:
        return True

    def read(self, ukuran: int = -1) -> bytes:
        perlu = POTONG if ukuran < 0 else ukuran
        bagian, panjang = [self._sisa], len(self._sisa)
        while panjang < perlu:
            baris = next(self._baris, None)
            if baris is None:
                break
            bagian.append(baris.encode())
            panjang += len(bagian[-1])
        semua = b"".join(bagian)
        keluar, self._sisa = semua[:perlu], semua[perlu:]
        return keluar


def salin(tabel: str, kolom: Sequence[str], baris: Iterable[str]) -> None:
    """COPY lines (from `baris_copy`) into a table."""
    nama = ", ".join(f'"{k}"' for k in kolom)
    with connection.cursor() as kursor:
        kursor.copy_expert(f'COPY "{tabel}" ({nama}) FROM STDIN', Aliran(baris), POTONG)


def baris_copy(*nilai: object) -> str:
    """One line in COPY's text format."""
    return "\t".join(map(_sel, nilai)) + "\n"


def _sel(nilai: object) -> str:
    if nilai is None:
        return "\\N"
    if isinstance(nilai, bool):
        return "t" if nilai else "f"
    if isinstance(nilai, datetime):
        return nilai.isoformat()
    teks = str(nilai)
    if "\\" in teks:
        teks = teks.replace("\\", "\\\\")
    return teks if teks.isprintable() else teks.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
