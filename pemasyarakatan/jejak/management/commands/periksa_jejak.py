"""manage.py periksa_jejak [--json]: recompute the whole trail. Exit code 1 when something is damaged."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pemasyarakatan.inti import penjaga
from pemasyarakatan.jejak.models import Jejak
from pemasyarakatan.jejak.selectors import periksa_rantai


class Command(BaseCommand):
    help = "Memeriksa seluruh rantai jejak: mata rantai yang berubah, hilang, atau terpotong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with penjaga.sistem():
            rusak, jumlah = periksa_rantai(), Jejak.objects.count()
        if options["json"]:
            hasil = {"utuh": not rusak, "baris": jumlah, "kerusakan": [asdict(r) for r in rusak]}
            self.stdout.write(json.dumps(hasil, ensure_ascii=False))
        else:
            for satu in rusak:
                self.stdout.write(f"{satu.rantai} nomor {satu.urut}: {satu.sebab}")
            self.stdout.write(
                f"{jumlah} baris jejak diperiksa: {f'{len(rusak)} kerusakan' if rusak else 'rantai utuh'}."
            )
        if rusak:
            sys.exit(1)
