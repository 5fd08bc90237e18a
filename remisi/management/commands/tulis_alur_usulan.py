"""manage.py tulis_alur_usulan [--periksa]: write the table of cases of the code into docs/remisi.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from remisi.alur import tabel_markdown

AWAL = "<!-- tabel usulan: ditulis oleh manage.py tulis_alur_usulan -->\n"
AKHIR = "<!-- akhir tabel usulan -->"


class Command(BaseCommand):
    help = "Menulis tabel alur usulan ke dokumen; --periksa hanya membandingkan."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--periksa", action="store_true", help="gagal bila dokumen tidak sama dengan kode")
        parser.add_argument("--berkas", default=str(settings.AKAR / "docs" / "remisi.md"))

    def handle(self, *args: Any, **options: Any) -> None:
        jalan = Path(options["berkas"])
        lama = jalan.read_text(encoding="utf-8")
        if AWAL not in lama or AKHIR not in lama:
            raise CommandError(f"{jalan} tidak memuat penanda tabel.")
        kepala, sisa = lama.split(AWAL, 1)
        baru = f"{kepala}{AWAL}{tabel_markdown()}{AKHIR}{sisa.split(AKHIR, 1)[1]}"
        if options["periksa"] and baru != lama:
            raise CommandError(f"{jalan.name} tidak sama dengan kode. Jalankan: manage.py tulis_alur_usulan")
        if baru != lama:
            jalan.write_text(baru, encoding="utf-8")
