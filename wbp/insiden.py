"""What was read of whom: for the notice after a breach, and for the person who asks who looked. Persons are ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.db import connection

_KOLOM = """a.data_id AS orang, u.kode AS unit, a.pada AT TIME ZONE 'UTC' AS pada_utc, p.nama_pengguna AS oleh, a.peran,
a.alasan, CASE WHEN a.keterangan ~ '^[-=+@\t\r]' THEN '''' || a.keterangan ELSE a.keterangan END AS keterangan,
array_to_string(a.bidang, ' ') AS bidang, a.cara"""
_DARI = """FROM wbp_akseswarga a JOIN upt_upt u ON u.id = a.upt_id JOIN akun_pengguna p ON p.id = a.oleh_id
WHERE a.pada >= %(sejak)s AND a.pada < %(sampai)s AND (%(oleh)s IS NULL OR a.oleh_id = %(oleh)s)
AND (%(data)s IS NULL OR a.data_id = %(data)s)"""


@dataclass(frozen=True)
class Rentang:
    """From a moment to (not including) another, by one account or all, of one person or all."""

    sejak: datetime
    sampai: datetime
    oleh: int | None = None
    data: int | None = None


@dataclass(frozen=True)
class Ringkas:
    akses: int
    orang: int
    unit: int
    pembaca: int


def ringkas(rentang: Rentang) -> Ringkas:
    """How much was read; in a transaction, for the command line."""
    with connection.cursor() as kursor:
        kursor.execute("SET LOCAL statement_timeout = '10min'")
        kursor.execute(
            f"SELECT count(*), count(DISTINCT a.data_id), count(DISTINCT a.upt_id), count(DISTINCT a.oleh_id) {_DARI}",
            _isi(rentang),
        )
        return Ringkas(*kursor.fetchone())


def tulis_csv(rentang: Rentang, wadah: IO[str]) -> None:
    """Every reading as a line of CSV, in the order of time; as fast as the database reads. In a transaction, for the
    command line: it may take longer than a page."""
    with connection.cursor() as kursor:
        kursor.execute("SET LOCAL statement_timeout = '10min'")
        kueri = kursor.mogrify(f"SELECT {_KOLOM} {_DARI} ORDER BY a.pada, a.id", _isi(rentang)).decode()
        kursor.copy_expert(f"COPY ({kueri}) TO STDOUT WITH (FORMAT csv, HEADER)", wadah)


def _isi(rentang: Rentang) -> dict[str, Any]:
    return dict(rentang.__dict__)
