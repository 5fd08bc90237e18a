"""Recount every rollup from the versions."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from dasbor import agregasi


class Command(BaseCommand):
    help = "Hitung ulang semua rekap dari versi laporan (setelah pemulihan cadangan, atau bila ragu)."

    def handle(self, *args: Any, **opsi: Any) -> None:
        mulai = time.monotonic()
        baris = agregasi.bangun_ulang()
        self.stdout.write(f"{baris} rekap dihitung ulang dalam {time.monotonic() - mulai:.1f} detik.")
