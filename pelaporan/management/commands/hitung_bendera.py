"""Compute the flags of waiting reports again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pelaporan.bendera import hitung_ulang_bendera
from upt.cakupan import SISTEM, terpasang


class Command(BaseCommand):
    help = "Hitung ulang bendera dan risiko laporan yang menunggu verifikasi (setelah aturannya berubah)."

    def handle(self, *args: Any, **opsi: Any) -> None:
        with terpasang(SISTEM):
            jumlah = hitung_ulang_bendera()
        self.stdout.write(f"Bendera {jumlah} laporan dihitung ulang.")
