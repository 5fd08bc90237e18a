"""Write a unit's workbook of a month to a file: the same one that the page gives."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pelaporan.buku.selectors import buat_templat, laporan_buku
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT


class Command(BaseCommand):
    help = "Tulis templat Excel satu UPT dan bulan ke berkas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--upt", required=True, help="kode UPT")
        parser.add_argument("--bulan", required=True, help="seperti 2026-09")
        parser.add_argument("--formulir", default="", help="satu formulir saja, seperti F06")
        parser.add_argument("-o", "--keluaran", required=True, help="berkas .xlsx yang ditulis")

    def handle(self, *args: Any, **options: Any) -> None:
        bulan = Bulan.dari(options["bulan"])
        with terpasang(SISTEM):
            upt = UPT.objects.filter(kode=options["upt"]).first()
            semua = laporan_buku(SISTEM, upt, bulan, options["formulir"]) if upt else []
            if upt is None or not semua:
                raise CommandError("Tidak ada laporan yang dapat diisi untuk UPT dan bulan itu.")
            isi = buat_templat(upt, bulan, semua)
        Path(options["keluaran"]).write_bytes(isi)
        self.stdout.write(f"{options['keluaran']}: {len(semua)} formulir, {len(isi) // 1024} KB")
