"""Reading and verifying the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from pemasyarakatan.akun.izin import PERAN, Izin
from pemasyarakatan.inti.waktu import WIB, awal_hari
from pemasyarakatan.jejak.models import Jejak

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


_PERIKSA_BARIS = """
SELECT j.id FROM jejak_jejak j
LEFT JOIN jejak_jejak lalu ON lalu.rantai = j.rantai AND lalu.urut = j.urut - 1
WHERE j.id = ANY (%s)
  AND (j.sidik <> jejak_sidik(j.rantai, j.urut, j.waktu, j.pelaku_id, j.pelaku, j.tindakan, j.objek,
                              j.objek_id, j.upt_id, j.kanwil_id, j.rincian, j.sidik_sebelum)
       OR j.sidik_sebelum <> COALESCE(lalu.sidik, ''))
"""


def baris_rusak(baris: Iterable[int]) -> set[int]:
    """Which of these links changed or do not join the one before. Cheap enough for every page shown."""
    with connection.cursor() as kursor:
        kursor.execute(_PERIKSA_BARIS, [list(baris)])
        return {satu[0] for satu in kursor.fetchall()}


@dataclass(frozen=True)
class SaringanJejak:
    """Filters of the trail; empty means all. Days are whole days in WIB."""

    tindakan: str = ""
    pelaku: str = ""
    objek_id: str = ""
    dari: date | None = None
    sampai: date | None = None
    sebelum: int | None = None


def jejak_terlihat(pengguna: Any, cakupan: Any) -> QuerySet[Jejak]:
    """Links within the person's scope where the person may read the trail (not wherever else they serve)."""
    izin = Q(pk__in=[])
    for tugas in pengguna.tugas_aktif():
        if tugas.peran in PERAN and Izin.LIHAT_JEJAK in PERAN[tugas.peran].izin():
            izin |= _wilayah(tugas)
    return Jejak.objects.filter(cakupan.q("upt_id", "kanwil_id")).filter(izin)


def _wilayah(tugas: Any) -> Q:
    if tugas.tingkat == "nasional":
        return ~Q(pk=None)
    return Q(kanwil_id=tugas.kanwil_id) if tugas.tingkat == "kanwil" else Q(upt_id=tugas.upt_id)


def saring_jejak(baris: QuerySet[Jejak], saringan: SaringanJejak) -> QuerySet[Jejak]:
    """Newest first; the page starts below the id `sebelum`, so that no page needs to count the trail."""
    if saringan.tindakan:
        baris = baris.filter(tindakan=saringan.tindakan)
    if saringan.pelaku:
        baris = baris.filter(pelaku__icontains=saringan.pelaku)
    if saringan.objek_id:
        baris = baris.filter(objek_id=saringan.objek_id)
    if saringan.dari:
        baris = baris.filter(waktu__gte=awal_hari(saringan.dari, WIB))
    if saringan.sampai:
        baris = baris.filter(waktu__lt=awal_hari(saringan.sampai + timedelta(days=1), WIB))
    if saringan.sebelum:
        baris = baris.filter(pk__lt=saringan.sebelum)
    return baris.order_by("-pk")
