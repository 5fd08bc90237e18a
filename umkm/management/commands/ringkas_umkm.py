"""Recount the monthly rollup and write the catalogue anew: after a restore, or when a promise is broken."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pemasyarakatan.inti.angka import tulis_angka
from umkm import ringkas
from umkm.katalog import proyeksi
from upt.cakupan import SISTEM, terpasang


class Command(BaseCommand):
    help = "Hitung ulang rekap bulanan UMKM dan susun ulang katalog dari catatannya."

    def handle(self, *args: Any, **opsi: Any) -> None:
        with terpasang(SISTEM):
            baris = ringkas.hitung_ulang()
        produk = proyeksi.susun_ulang()
        self.stdout.write(f"{tulis_angka(baris)} baris rekap dan {tulis_angka(produk)} produk katalog disusun ulang.")
