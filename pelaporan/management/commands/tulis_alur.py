"""manage.py tulis_alur [--periksa]: write the status table of the code into docs/alur-laporan.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from pelaporan.alur import tabel_markdown

AWAL, AKHIR = "<!-- tabel: ditulis oleh manage.py tulis_alur -->\n", "<!-- akhir tabel -->"


class Command(BaseCommand):
    help = "Menulis tabel status laporan ke dokumen; --periksa hanya membandingkan."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--periksa", action="store_true", help="gagal bila dokumen tidak sama dengan kode")
        parser.add_argument("--berkas", default=str(settings.AKAR / "docs" / "alur-laporan.md"))

    def handle(self, *args: Any, **options: Any) -> None:
        jalan = Path(options["berkas"])
        lama = jalan.read_text(encoding="utf-8")
        if AWAL not in lama or AKHIR not in lama:
            raise CommandError(f"{jalan} tidak memuat penanda tabel.")
        kepala, sisa = lama.split(AWAL, 1)
        baru = f"{kepala}{AWAL}{tabel_markdown()}{AKHIR}{sisa.split(AKHIR, 1)[1]}"
        if options["periksa"] and baru != lama:
            raise CommandError(f"{jalan.name} tidak sama dengan kode. Jalankan: manage.py tulis_alur")
        if baru != lama:
            jalan.write_text(baru, encoding="utf-8")
