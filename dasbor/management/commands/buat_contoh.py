"""Fill a large artificial instance for benchmarks."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dasbor.contoh.besar import buat_besar
from pemasyarakatan.inti.galat import GalatPortal


class Command(BaseCommand):
    help = "Buat instansi besar untuk pengukuran: UPT buatan, bertahun-tahun laporan (hanya latihan)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--upt", type=int, default=680, help="banyak UPT yang melapor")
        parser.add_argument("--bulan", type=int, default=120, help="banyak bulan ke belakang")
        parser.add_argument("--butir", type=int, default=50, help="angka paling sedikit pada setiap versi")

    def handle(self, *args: Any, **opsi: Any) -> None:
        if not (0 < opsi["upt"] <= 5000 and 0 < opsi["bulan"] <= 240 and 0 <= opsi["butir"] <= 500):
            raise CommandError("Di luar batas: --upt 1–5000, --bulan 1–240, --butir 0–500.")
        mulai = time.monotonic()
        try:
            jumlah = buat_besar(opsi["upt"], opsi["bulan"], opsi["butir"], lambda teks: self._tulis(teks))
        except GalatPortal as galat:
            raise CommandError(galat.pesan) from galat
        self.stdout.write(f"{jumlah} versi laporan dalam {time.monotonic() - mulai:.0f} detik.")

    def _tulis(self, teks: str) -> None:
        self.stdout.write(teks)
        self.stdout.flush()
