"""Send the reminders that are due, or show them without sending anything."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pelaporan.tenggat.pengingat import jatuh_tempo, kirim_pengingat, tulis_rencana
from pemasyarakatan.inti.waktu import WIB, sekarang
from upt.cakupan import SISTEM, terpasang


class Command(BaseCommand):
    help = "Kirim pengingat laporan yang jatuh tempo saat ini. Aman dijalankan berulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pada", help="Saat yang diandaikan, misalnya 2026-12-04T08:00 (WIB bila tanpa zona).")
        parser.add_argument("--kering", action="store_true", help="Hanya tampilkan siapa mendapat apa.")

    def handle(self, *args: Any, **options: Any) -> None:
        pada = self._saat(options["pada"])
        if options["kering"]:
            with terpasang(SISTEM):
                baris = list(tulis_rencana(jatuh_tempo(pada)))
            self.stdout.write("\n".join([*baris, f"{len(baris)} pengingat akan dikirim."]))
            return
        self.stdout.write(f"{len(kirim_pengingat(pada=pada))} pengingat dikirim.")

    def _saat(self, teks: str | None) -> datetime:
        if not teks:
            return sekarang()
        try:
            saat = datetime.fromisoformat(teks)
        except ValueError as galat:
            raise CommandError("Tulis --pada seperti 2026-12-04T08:00.") from galat
        return saat if saat.tzinfo else saat.replace(tzinfo=WIB)
