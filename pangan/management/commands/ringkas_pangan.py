"""Recount the monthly rollup of the food register from its rows: after a restore, or when a promise is broken."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pangan.ringkas import hitung_ulang
from pemasyarakatan.inti.angka import tulis_angka
from upt.cakupan import SISTEM, terpasang


class Command(BaseCommand):
    help = "Hitung ulang rekap bulanan ketahanan pangan dari catatannya."

    def handle(self, *args: Any, **opsi: Any) -> None:
        with terpasang(SISTEM):
            banyak = hitung_ulang()
        self.stdout.write(f"{tulis_angka(banyak)} baris rekap pangan diperbaiki.")
