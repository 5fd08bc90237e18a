"""Load the shipped rules of remission and integration; safe to run at every start."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from remisi.atur.services import muat_bawaan
from remisi.ketentuan import GalatAturan


class Command(BaseCommand):
    help = "Muat aturan remisi dan integrasi bawaan. Boleh diulang; aturan yang ditulis admin tidak disentuh."

    def handle(self, *args: Any, **opsi: Any) -> None:
        try:
            hasil = muat_bawaan()
        except GalatAturan as galat:
            raise CommandError(str(galat)) from galat
        self.stdout.write(
            f"Aturan: {hasil.baru} baru, {hasil.diganti} diganti, {hasil.sama} sama, "
            f"{hasil.dipertahankan} ditulis admin dan dipertahankan"
        )
