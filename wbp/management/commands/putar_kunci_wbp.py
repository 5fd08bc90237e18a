"""Turn to the newest keys of the register of inmates: stopped anywhere, it goes on when run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pemasyarakatan.inti.angka import tulis_angka
from wbp import indeks, putar, sandi

_LANGKAH = {
    "kunci": "kunci orang dibungkus ulang",
    "impor": "impor terbuka dibungkus ulang",
    "indeks": "orang diindeks ulang",
}


class Command(BaseCommand):
    help = "Bungkus ulang kunci data dan buat ulang indeks warga binaan dengan kunci terbaru. Aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--periksa", action="store_true", help="Hanya sebutkan yang masih memakai kunci lama.")
        parser.add_argument("--sekali", type=int, default=putar.SEKALI, help="Banyak baris dalam satu transaksi.")

    def handle(self, *args: Any, **opsi: Any) -> None:
        self.jumlah: dict[str, int] = {}
        if opsi["periksa"]:
            self._sebut(putar.sisa())
            return
        self._sebut(putar.putar(self._lapor, max(1, opsi["sekali"])))

    def _lapor(self, langkah: str, banyak: int) -> None:
        self.jumlah[langkah] = self.jumlah.get(langkah, 0) + banyak
        self.stdout.write(f"{tulis_angka(self.jumlah[langkah])} {_LANGKAH[langkah]}")

    def _sebut(self, sisa: putar.Sisa) -> None:
        self.stdout.write(f"Kunci data terbaru: {sandi.kunci_kini()}. Kunci indeks terbaru: {indeks.kunci_kini()}.")
        for kunci, banyak in sorted(sisa.kunci.items()):
            self.stdout.write(
                f"{tulis_angka(banyak)} orang masih dibungkus kunci {kunci}; jangan hapus kunci itu. "
                "Jalankan lagi; yang tetap tersisa tidak terbaca dengan kunci yang terpasang."
            )
        if sisa.impor:
            self.stdout.write(f"{tulis_angka(sisa.impor)} impor terbuka masih dibungkus kunci lama.")
        if sisa.indeks:
            self.stdout.write(
                f"{tulis_angka(sisa.indeks)} orang belum diindeks ulang: nomornya tercatat dua kali di unitnya, "
                "atau datanya tidak terbaca dengan kunci yang terpasang."
            )
        if sisa.tanpa_nomor:
            self.stdout.write(
                f"{tulis_angka(sisa.tanpa_nomor)} orang hanya dikenal dari indeks lama (nomornya tidak disimpan). "
                "Kunci indeks lama tetap diperlukan sampai nomornya diketik lagi."
            )
        if sisa.habis and not sisa.tanpa_nomor:
            self.stdout.write("Tidak ada yang memakai kunci lama; kunci lama boleh dihapus dari lingkungan.")
