"""`manage.py buat_contoh_sdp --orang 300 --benih 7 keluaran.xlsx`: an SDP export of plainly invented persons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pemasyarakatan.inti.waktu import hari_ini
from wbp.contoh.berkas import csv_sdp, xlsx
from wbp.contoh.orang import buat


class Command(BaseCommand):
    help = "Tulis berkas contoh ekspor SDP berisi orang rekaan (XLSX atau CSV)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keluaran")
        parser.add_argument("--orang", type=int, default=300)
        parser.add_argument("--benih", type=int, default=1)
        parser.add_argument("--mulai", type=int, default=1, help="Nomor urut orang pertama.")

    def handle(self, *args: Any, **options: Any) -> None:
        tujuan = Path(options["keluaran"])
        penulis = {".xlsx": xlsx, ".csv": csv_sdp}.get(tujuan.suffix.lower())
        if penulis is None:
            raise CommandError("Nama berkas harus berakhir .xlsx atau .csv.")
        if not 1 <= options["orang"] <= 500_000:
            raise CommandError("--orang antara 1 dan 500000.")
        semua = list(buat(options["orang"], benih=options["benih"], hari=hari_ini(), mulai=options["mulai"]))
        tujuan.write_bytes(penulis(semua))
        self.stdout.write(f"{len(semua)} orang rekaan ditulis ke {tujuan}.")
