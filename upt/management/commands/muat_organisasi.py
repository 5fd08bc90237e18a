"""Load the shipped list of offices; safe to run at every start."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from upt import services_organisasi as organisasi


class Command(BaseCommand):
    help = "Muat 33 Kanwil dan daftar UPT bawaan. Boleh diulang; isian yang sudah ada tidak ditimpa."

    def handle(self, *args: Any, **options: Any) -> None:
        for nama, hitungan in (
            ("Kanwil", organisasi.muat_kanwil(oleh=None)),
            ("UPT", organisasi.muat_upt(oleh=None)),
        ):
            self.stdout.write(
                f"{nama}: {hitungan.baru} baru, {hitungan.berubah} berubah, {hitungan.sama} sama, "
                f"{hitungan.dipertahankan} berbeda dan dipertahankan"
            )
