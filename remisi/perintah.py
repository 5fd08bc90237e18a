"""The three commands that compute line by line: standard input to standard output, also where no portal runs."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from remisi.hitung.baris import Jawab, jawab_semua
from remisi.selectors_aturan import himpunan_perintah

TERTUTUP = (
    "Masukan atau keluaran tidak dapat dibaca atau ditulis. Periksa pengalihan (< dan >) dan ruang penyimpanannya."
)


class PerintahBaris(BaseCommand):
    """One JSON object a line in, one a line out. With the rules of the database, else with the shipped ones."""

    requires_system_checks: list[str] = []
    jawab: Jawab

    def handle(self, *args: Any, **opsi: Any) -> None:
        if not (sys.stdin and sys.stdout):
            raise CommandError(TERTUTUP)
        himpunan, sebab = himpunan_perintah()
        if sebab:
            print(f"Memakai aturan bawaan portal: {sebab}.", file=sys.stderr)
        keluar = sys.stdout.buffer
        try:
            for baris in jawab_semua(sys.stdin.buffer, type(self).jawab, himpunan):
                keluar.write(baris)
                keluar.flush()
        except BrokenPipeError:
            # Whoever reads has read enough (`| head`); Python would complain once more when it closes the stream.
            _buang()
        except OSError as galat:
            _buang()
            raise CommandError(TERTUTUP) from galat


def _buang() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
