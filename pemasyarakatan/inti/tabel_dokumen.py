"""A table of the code inside a document, between two marks: written by a command, compared by a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class PerintahTabel(BaseCommand):
    """A command names its `berkas` below docs/, its two marks, and `tabel`, which makes the table as Markdown."""

    berkas: ClassVar[str]
    awal: ClassVar[str]
    akhir: ClassVar[str]
    tabel: ClassVar[Callable[[], str]]
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--periksa", action="store_true", help="gagal bila dokumen tidak sama dengan kode")
        parser.add_argument("--berkas", default=str(settings.AKAR / "docs" / self.berkas))

    def handle(self, *args: Any, **options: Any) -> None:
        jalan = Path(options["berkas"])
        lama = jalan.read_text(encoding="utf-8")
        if self.awal not in lama or self.akhir not in lama:
            raise CommandError(f"{jalan} tidak memuat penanda tabel.")
        kepala, sisa = lama.split(self.awal, 1)
        baru = f"{kepala}{self.awal}{type(self).tabel()}{self.akhir}{sisa.split(self.akhir, 1)[1]}"
        if baru == lama:
            return
        if options["periksa"]:
            perintah = type(self).__module__.rpartition(".")[2]
            raise CommandError(f"{jalan.name} tidak sama dengan kode. Jalankan: manage.py {perintah}")
        jalan.write_text(baru, encoding="utf-8")
