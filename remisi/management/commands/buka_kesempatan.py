"""Open the occasions of the year ahead from the rules; safe to run at any time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from remisi.kesempatan import segarkan


class Command(BaseCommand):
    help = "Buka kesempatan remisi menurut aturan, sampai satu tahun ke depan. Boleh diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dari", help="tanggal awal YYYY-MM-DD; tanpa ini 1 Januari tahun berjalan")
        parser.add_argument("--sampai", help="tanggal akhir YYYY-MM-DD; tanpa ini satu tahun ke depan")

    def handle(self, *args: Any, **opsi: Any) -> None:
        hasil = segarkan(dari=_tanggal(opsi["dari"]), sampai=_tanggal(opsi["sampai"]))
        self.stdout.write(
            f"Kesempatan: {hasil.baru} baru, {hasil.berubah} berubah, {hasil.sama} sama, "
            f"{hasil.tertahan} tetap karena sudah ada keputusan"
        )


def _tanggal(teks: str | None) -> date | None:
    try:
        return date.fromisoformat(teks) if teks else None
    except ValueError as galat:
        raise CommandError(f"Tanggal “{teks}” tidak terbaca. Tulis seperti 2027-01-01.") from galat
