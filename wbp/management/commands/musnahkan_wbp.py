"""Erase names and numbers whose time of keeping has passed; the nightly job does the same."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from wbp.simpan import aturan, batas, jatuh_tempo, musnahkan


class Command(BaseCommand):
    help = "Musnahkan nama dan nomor warga binaan yang masa simpannya lewat. Aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--periksa", action="store_true", help="Hanya hitung yang akan dimusnahkan.")

    def handle(self, *args: Any, **opsi: Any) -> None:
        hari = hari_ini()
        simpan = aturan(hari)
        self.stdout.write(
            f"Disimpan {simpan.nilai} {simpan.satuan} sesudah keluar{simpan.tanda}: yang keluar sampai "
            f"{tulis_tanggal(batas(hari))}."
        )
        if opsi["periksa"]:
            self.stdout.write(f"{tulis_angka(jatuh_tempo(hari))} orang akan dimusnahkan.")
            return
        self.stdout.write(f"{tulis_angka(musnahkan(hari))} orang dimusnahkan.")
