"""Changing many rows, each to its own values, with one statement.

Django's `bulk_update` writes a CASE for every column and row: thousands of rows with dozens of columns take a minute.
Here the rows travel as JSON and PostgreSQL joins them: row-level security and constraints apply as ever.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

SEKALIGUS = 2_000


def perbarui(baris: Sequence[Model], kolom: Sequence[str]) -> None:
    """Write these fields of rows of one model as they stand on the instances."""
    if not baris:
        return
    meta = baris[0]._meta
    bidang = [meta.get_field(nama) for nama in kolom]
    nama = [(str(b.attname), str(b.column)) for b in bidang]  # type: ignore[union-attr]
    kunci = str(meta.pk.column)
    tabel = f'"{meta.db_table}"'
    ubah = ", ".join(f'"{kol}" = s."{kol}"' for _, kol in nama)
    perintah = (
        f"UPDATE {tabel} d SET {ubah} FROM jsonb_populate_recordset(NULL::{tabel}, %s::jsonb) s "  # noqa: S608
        f'WHERE d."{kunci}" = s."{kunci}"'
    )
    with connection.cursor() as kursor:
        for awal in range(0, len(baris), SEKALIGUS):
            isi = [
                {kunci: satu.pk, **{kol: _json(getattr(satu, atribut)) for atribut, kol in nama}}
                for satu in baris[awal : awal + SEKALIGUS]
            ]
            kursor.execute(perintah, [json.dumps(isi)])


def _json(nilai: Any) -> Any:
    if isinstance(nilai, bytes | memoryview):
        return "\\x" + bytes(nilai).hex()
    return nilai.isoformat() if isinstance(nilai, date | datetime) else nilai
