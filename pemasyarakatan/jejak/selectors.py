"""Verifying the trail."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

_PERIKSA = """
WITH urutan AS (
    SELECT j.*, lag(j.sidik, 1, '') OVER w AS seharusnya_sebelum, row_number() OVER w AS seharusnya_urut,
           lead(j.id) OVER w IS NULL AS ekor
    FROM jejak_jejak j WINDOW w AS (PARTITION BY j.rantai ORDER BY j.urut)
)
SELECT u.rantai, u.urut,
       CASE WHEN u.urut <> u.seharusnya_urut THEN 'mata rantai hilang'
            WHEN u.sidik_sebelum <> u.seharusnya_sebelum THEN 'sambungan putus'
            WHEN u.sidik <> jejak_sidik(u.rantai, u.urut, u.waktu, u.pelaku_id, u.pelaku, u.tindakan, u.objek,
                                        u.objek_id, u.upt_id, u.kanwil_id, u.rincian, u.sidik_sebelum)
                 THEN 'isi berubah'
            ELSE 'kepala rantai tidak cocok' END
FROM urutan u LEFT JOIN jejak_kepalarantai k ON k.rantai = u.rantai
WHERE u.urut <> u.seharusnya_urut OR u.sidik_sebelum <> u.seharusnya_sebelum
   OR u.sidik <> jejak_sidik(u.rantai, u.urut, u.waktu, u.pelaku_id, u.pelaku, u.tindakan, u.objek, u.objek_id,
                             u.upt_id, u.kanwil_id, u.rincian, u.sidik_sebelum)
   OR (u.ekor AND (k.rantai IS NULL OR k.urut <> u.urut OR k.sidik <> u.sidik))
UNION ALL
SELECT k.rantai, k.urut, 'ekor rantai terpotong' FROM jejak_kepalarantai k
WHERE k.urut > 0 AND NOT EXISTS (SELECT 1 FROM jejak_jejak j WHERE j.rantai = k.rantai)
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Kerusakan:
    rantai: str
    urut: int
    sebab: str


def periksa_rantai() -> list[Kerusakan]:
    """Recompute every link and compare every head. An empty list means that the trail is whole."""
    with connection.cursor() as kursor:
        kursor.execute(_PERIKSA)
        return [Kerusakan(*baris) for baris in kursor.fetchall()]
