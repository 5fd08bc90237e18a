"""Rehearse a form's rules on the sent reports of the last months, and print what they would have flagged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pelaporan.skema import GalatSkema, Skema
from pelaporan.terbit.gladi_jalan import jalankan
from pelaporan.terbit.periksa import baca_berkas, periksa
from pelaporan.terbit.teks_gladi import BULAN_GLADI, KEPALA, baris_hasil, kalimat
from upt.cakupan import SISTEM, terpasang


class Command(BaseCommand):
    help = "Mencoba aturan formulir pada laporan yang lalu; tidak menyimpan apa pun."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("berkas", type=Path, help="berkas YAML")
        parser.add_argument("--bulan", type=int, default=BULAN_GLADI, choices=range(1, 61), metavar="N")

    def handle(self, *args: Any, **opsi: Any) -> None:
        skema = _baca(opsi["berkas"])
        hasil = jalankan(SISTEM, skema, bulan=opsi["bulan"], kabar=lambda bulan, n: None)
        baris = [KEPALA, *baris_hasil(hasil)]
        lebar = [max(len(b[n]) for b in baris) for n in range(len(KEPALA))]
        for b in baris:
            self.stdout.write("  ".join(isi.ljust(lebar[n]) for n, isi in enumerate(b)).rstrip())
        self.stdout.write(kalimat(hasil))


def _baca(jalan: Path) -> Skema:
    try:
        with terpasang(SISTEM):
            return periksa(baca_berkas(jalan.read_bytes()))
    except OSError as galat:
        raise CommandError(f"{jalan} tidak dapat dibaca: {galat.strerror}.") from galat
    except GalatSkema as galat:
        raise CommandError(f"{jalan.name}:\n" + "\n".join(galat.galat)) from galat
