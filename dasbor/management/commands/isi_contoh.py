"""Fill a training instance with invented data."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dasbor.contoh.isi import isi_contoh
from pemasyarakatan.inti.galat import GalatPortal


class Command(BaseCommand):
    help = "Isi instansi latihan dengan data contoh (24 bulan, semua UPT). Boleh diulang."

    def handle(self, *args: Any, **opsi: Any) -> None:
        try:
            baru = isi_contoh(lambda teks: self.stdout.write(teks))
        except GalatPortal as galat:
            raise CommandError(galat.pesan) from galat
        self.stdout.write("Data contoh siap." if baru else "Data contoh sudah ada.")
