"""The order in which everybody takes locks: months, then reports by id, then chains of the trail.

An act on one report takes the report first and may take its month (shared) afterwards: that is safe, because who
closes a month waits only for verified reports, and nobody sends one of those.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import connection

from pelaporan.models import Laporan
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
