"""Load the shipped national holidays and joint leave; safe to run at every start."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pelaporan.services_libur import muat_libur


class Command(BaseCommand):
    help = "Muat hari libur nasional dan cuti bersama bawaan. Boleh diulang."

    def handle(self, *args: Any, **options: Any) -> None:
        hasil = muat_libur(oleh=None)
        self.stdout.write(
            f"Libur: {hasil.baru} baru, {hasil.berubah} berubah, {hasil.sama} sama, "
            f"{hasil.dipertahankan} berbeda dan dipertahankan"
        )
