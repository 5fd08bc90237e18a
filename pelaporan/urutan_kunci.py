"""The order in which everybody takes locks: months, then reports by id, then registers, then chains of the trail.

An act on one report takes the report first and may take its month (shared) afterwards: that is safe, because who
closes a month waits only for verified reports, and nobody sends one of those. Who writes a register's rows takes that
register before anything else and never a report or a month; who freezes its figures takes it shared, and before any
link of the trail, whose chain a waiting writer would need.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import connection

from pelaporan.models import Laporan
from pelaporan.register.jenis import semua_register
from pelaporan.register.services import kunci_register
from upt.cakupan import Cakupan


def kunci_bulan(bulan: Iterable[date]) -> dict[date, str]:
    """Status by month; closing and reopening them waits until the transaction ends, or went first."""
    with connection.cursor() as kursor:
        kursor.execute(
            "SELECT bulan, status FROM pelaporan_periode WHERE bulan = ANY (%s) ORDER BY bulan FOR SHARE",
            [sorted(set(bulan))],
        )
        return dict(kursor.fetchall())


def kunci_banyak(kunci: Collection[UUID], cakupan: Cakupan) -> list[Laporan]:
    """The reports of the scope, locked with their months; missing and foreign ones are left out."""
    milik = Laporan.objects.dalam(cakupan).filter(pk__in=kunci)
    kunci_bulan(milik.order_by().values_list("bulan", flat=True))
    lengkap = milik.select_related("upt", "kanwil", "formulir", "formulir_versi")
    return list(lengkap.order_by("pk").select_for_update(of=("self",)))


def kunci_sumber(semua: Iterable[Laporan]) -> None:
    """The registers that fill in these reports stay as they are until the transaction ends: a row that is being
    written meanwhile is read whole with everything that hangs on it, or not at all.
    """
    ada = semua_register().keys()
    for kode, upt_id in sorted({(k, lap.upt_id) for lap in semua for k in lap.skema.per_register.keys() & ada}):
        kunci_register(kode, upt_id, baca=True)
