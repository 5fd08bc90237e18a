"""Prove the promises of the portal from its data. Exit code 1 and the list when one is broken."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dasbor.invarian import Hasil, periksa_semua
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu


class Command(BaseCommand):
    help = "Periksa apakah semua janji portal dipenuhi data: sidik, status, rekap, jejak, cakupan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")
        parser.add_argument("--bulan", help="hanya satu bulan, misalnya 2026-01")

    def handle(self, *args: Any, **opsi: Any) -> None:
        bulan = _bulan(opsi["bulan"])
        hasil = []
        mulai = time.monotonic()
        for satu in periksa_semua(bulan):
            hasil.append(satu)
            if not opsi["json"]:
                self._tulis(satu, time.monotonic() - mulai)
            mulai = time.monotonic()
        if opsi["json"]:
            baik = all(h.baik for h in hasil)
            self.stdout.write(
                json.dumps({"baik": baik, "pemeriksaan": [h.ke_json() for h in hasil]}, ensure_ascii=False)
            )
        if not all(h.baik for h in hasil):
            sys.exit(1)

    def _tulis(self, hasil: Hasil, detik: float) -> None:
        tanda = "✓" if hasil.baik else f"✗ {hasil.banyak} pelanggaran:"
        self.stdout.write(f"{tanda} {hasil.nama} ({detik:.1f} dtk)")
        for kalimat in hasil.contoh:
            self.stdout.write(f"    {kalimat}")
        if hasil.banyak > len(hasil.contoh):
            self.stdout.write(f"    … dan {hasil.banyak - len(hasil.contoh)} lagi")


def _bulan(kode: str | None) -> Bulan | None:
    try:
        return Bulan.dari(kode) if kode else None
    except GalatWaktu as galat:
        raise CommandError(galat.pesan) from galat
