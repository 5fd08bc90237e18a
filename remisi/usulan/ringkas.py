"""Grants of a unit on an occasion, counted from the cases as they are: never an addition to what it was."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from remisi.models import RingkasRemisi

_TABEL = RingkasRemisi._meta.db_table
_KUNCI = ("kesempatan_id", "upt_id", "jenis", "hasil", "pita", "jenis_kelamin", "status_orang", "kelompok")

HITUNG = """
SELECT kesempatan_id, upt_id, kanwil_id, jenis, hasil, 30 * bulan + hari AS pita, jenis_kelamin, status_orang, kelompok,
       count(*) AS orang, sum(30 * bulan + hari) AS hari
FROM remisi_usulan
WHERE rumpun = 'REMISI' AND status IN ('SK_TERBIT', 'DILAKSANAKAN') {saring}
GROUP BY kesempatan_id, upt_id, kanwil_id, jenis, hasil, 30 * bulan + hari, jenis_kelamin, status_orang, kelompok
"""
"""What the table must hold; `remisi.invarian` compares with the same query."""

_SEGARKAN = f"""
WITH hitung AS ({HITUNG}),
hapus AS (
    DELETE FROM {_TABEL} r WHERE r.kesempatan_id = %(kesempatan)s AND r.upt_id = ANY(%(upt)s) AND NOT EXISTS (
        SELECT 1 FROM hitung h WHERE ({", ".join(f"h.{k}" for k in _KUNCI)}) = ({", ".join(f"r.{k}" for k in _KUNCI)}))
)
INSERT INTO {_TABEL} AS r ({", ".join(_KUNCI)}, kanwil_id, orang, hari)
SELECT {", ".join(_KUNCI)}, kanwil_id, orang, hari FROM hitung
ON CONFLICT ({", ".join(_KUNCI)}) DO UPDATE
SET kanwil_id = excluded.kanwil_id, orang = excluded.orang, hari = excluded.hari
WHERE (r.kanwil_id, r.orang, r.hari) IS DISTINCT FROM (excluded.kanwil_id, excluded.orang, excluded.hari)
""".replace("{saring}", "AND kesempatan_id = %(kesempatan)s AND upt_id = ANY(%(upt)s)")  # noqa: S608  names of columns


def segarkan(kesempatan_id: int, upt_id: Iterable[int]) -> None:
    """Recount these units for one occasion, in the caller's transaction; the caller holds their cases' lock."""
    with connection.cursor() as kursor:
        kursor.execute(_SEGARKAN, {"kesempatan": kesempatan_id, "upt": sorted(set(upt_id))})
