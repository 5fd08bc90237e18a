"""Load the shipped published totals; safe to run at every start."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from remisi.nasional.services_rilis import muat_rilis
from upt.cakupan import SISTEM, terpasang


class Command(BaseCommand):
    help = "Muat angka rilis bawaan. Boleh diulang."

    def handle(self, *args: Any, **options: Any) -> None:
        with terpasang(SISTEM):
            hasil = muat_rilis()
        self.stdout.write(
            f"Rilis: {hasil.baru} baru, {hasil.berubah} berubah, {hasil.sama} sama, "
            f"{hasil.dipertahankan} diperbaiki orang dan dipertahankan"
        )
