"""Measuring: the clock and the processor time of this process and of its database session."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from bench.ukur import Waktu
from pemasyarakatan.inti.lingkungan import basis_data

_DETAK = os.sysconf("SC_CLK_TCK")


@contextmanager
def sebagai(peran: str) -> Iterator[None]:
    """Connect as another database account for a while (outside transactions only)."""
    setelan, akun = connection.settings_dict, basis_data(peran)
    sebelum = {k: setelan[k] for k in ("USER", "PASSWORD", "OPTIONS")}
    connection.close()
    setelan.update({k: akun[k] for k in sebelum})
    try:
        yield
    finally:
        connection.close()
        setelan.update(sebelum)


class Pencatat:
    """Times calls on the current connection. Processor time needs a server on this machine; else the clock
    stands in for it."""

    def __init__(self) -> None:
        with connection.cursor() as kursor:
            kursor.execute("SELECT pg_backend_pid(), inet_server_addr() IN ('127.0.0.1', '::1')")
            pid, di_sini = kursor.fetchone()
        self._stat = Path(f"/proc/{pid}/stat")
        self._terbaca = bool(di_sini) and self._stat.exists() and b"postgres" in self._stat.read_bytes()[:40]

    def ukur(self, kerja: Callable[[], Any]) -> Waktu:
        jam, prosesor = time.perf_counter(), self._prosesor()
        kerja()
        jam_habis = time.perf_counter() - jam
        return Waktu(jam_habis, self._prosesor() - prosesor if self._terbaca else jam_habis)

    def _prosesor(self) -> float:
        if not self._terbaca:
            return 0.0
        medan = self._stat.read_text().rpartition(")")[2].split()
        return time.process_time() + (int(medan[11]) + int(medan[12])) / _DETAK


def berselang(ulang: int, *kerja: Callable[[], Waktu]) -> list[list[Waktu]]:
    """Run the pieces of work in turn, so that whatever disturbs the machine meets all of them."""
    hasil: list[list[Waktu]] = [[] for _ in kerja]
    for _ in range(ulang):
        for tempat, satu in zip(hasil, kerja, strict=True):
            tempat.append(satu())
    return hasil
