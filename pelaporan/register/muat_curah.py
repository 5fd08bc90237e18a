"""Loading many register rows at once (training data, benchmarks). Never beside live traffic: see `inti.curah`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, models

from pelaporan.models import BarisRegister, RiwayatBaris
from pemasyarakatan.inti.curah import baris_copy, salin


class Lembaran:
    """Rows of one table for COPY; ids are taken from the table's sequence when they are written."""

    def __init__(self, model: type[BarisRegister]) -> None:
        self.model = model
        self._bidang = [b for b in model._meta.concrete_fields if b.name != "id"]
        self._bawaan = {b.name: b.get_default() for b in self._bidang}
        self._urut = _urutan(model)
        self._awal = _nomor_berikut(self._urut)
        self._baris: list[str] = []

    def tambah(self, isi: Mapping[str, Any], oleh: int, pada: datetime) -> int:
        """Add a row by field names (references as ids); its id."""
        pk = self._awal + len(self._baris)
        milik = {"dibuat_oleh": oleh, "diubah_oleh": oleh, "dibuat_pada": pada, "diubah_pada": pada}
        semua = {**self._bawaan, **isi, **milik}
        self._baris.append(baris_copy(pk, *(semua[b.name] for b in self._bidang)))
        return pk

    def salin(self) -> int:
        """Write them; how many."""
        salin(self.model._meta.db_table, ["id", *(str(b.column) for b in self._bidang)], self._baris)
        with connection.cursor() as kursor:
            kursor.execute("SELECT setval(%s::regclass, %s, false)", [self._urut, self._awal + len(self._baris)])
        return len(self._baris)


def _urutan(model: type[models.Model]) -> str:
    with connection.cursor() as kursor:
        kursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
        return str(kursor.fetchone()[0])


def _nomor_berikut(urutan: str) -> int:
    with connection.cursor() as kursor:
        kursor.execute("SELECT nextval(%s::regclass)", [urutan])
        return int(kursor.fetchone()[0])


def tulis_riwayat(register: str, jenis: str, model: type[BarisRegister]) -> None:
    """The first state of every row of the table that has no history yet."""
    bidang = [b for b in model._meta.concrete_fields if b.name not in model.MILIK_PORTAL]
    isi = ", ".join(f"'{b.attname}', to_jsonb(b.\"{b.column}\")" for b in bidang)
    with connection.cursor() as kursor:
        kursor.execute(
            f"""
            INSERT INTO {RiwayatBaris._meta.db_table}
                (upt_id, register, objek, objek_id, revisi, tindakan, isi, alasan, oleh_id, pada)
            SELECT b.upt_id, %(register)s, %(jenis)s, b.id, b.revisi, %(buat)s, jsonb_build_object({isi}), '',
                   b.dibuat_oleh_id, b.dibuat_pada
            FROM "{model._meta.db_table}" b
            WHERE NOT EXISTS (SELECT 1 FROM {RiwayatBaris._meta.db_table} r WHERE r.register = %(register)s
                              AND r.objek = %(jenis)s AND r.objek_id = b.id)
            """,  # noqa: S608
            {"register": register, "jenis": jenis, "buat": RiwayatBaris.Tindakan.BUAT},
        )
