"""Bring the database up to date with the code; the first step of every start. Runs as the owner."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dasbor import agregasi
from dasbor.contoh.isi import isi_contoh
from pelaporan.models import Periode
from pelaporan.register import contoh
from pelaporan.services_periode import buka_kampanye, buka_periode
from pemasyarakatan.inti.galat import GalatPortal
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from upt.cakupan import SISTEM, terpasang


class Command(BaseCommand):
    help = "Siapkan basis data: migrasi, data induk, hari libur, formulir, bulan. Boleh diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--contoh", action="store_true", help="isi juga data contoh (hanya instansi latihan)")

    def handle(self, *args: Any, **opsi: Any) -> None:
        langkah: list[tuple[str, Callable[[], str]]] = [
            ("Struktur basis data", self._migrasi),
            ("Kanwil dan UPT", lambda: self._jalankan("muat_organisasi")),
            ("Hari libur", lambda: self._jalankan("muat_libur")),
            ("Formulir", lambda: self._jalankan("muat_formulir")),
            ("Aturan remisi", lambda: self._jalankan("muat_aturan")),
            ("Kesempatan remisi", lambda: self._jalankan("buka_kesempatan")),
            ("Angka rilis remisi", lambda: self._jalankan("muat_rilis")),
            *([("Data contoh", self._contoh)] if opsi["contoh"] else []),
            ("Bulan pelaporan", self._bulan),
            ("Rekap", lambda: f"{agregasi.proses_kotor()} dihitung ulang"),
        ]
        try:
            for nama, kerja in langkah:
                self._satu(nama, kerja)
        except GalatPortal as galat:
            raise CommandError(galat.pesan) from galat

    def _satu(self, nama: str, kerja: Callable[[], str]) -> None:
        self.stdout.write(f"• {nama} …")
        self.stdout.flush()
        mulai = time.monotonic()
        hasil = kerja()
        self.stdout.write(f"  {hasil} ({time.monotonic() - mulai:.1f} dtk)")

    def _migrasi(self) -> str:
        call_command("migrate", verbosity=0, interactive=False)
        return "terkini"

    def _jalankan(self, perintah: str) -> str:
        call_command(perintah, stdout=self.stdout)
        return "selesai"

    def _contoh(self) -> str:
        baru = isi_contoh(self.stdout.write)
        for isi_register in contoh.semua().values():
            isi_register(self.stdout.write)
        return "terisi" if baru else "sudah ada"

    def _bulan(self) -> str:
        """Open the running month and the one before; what is open already is the beat's business."""
        kini = Bulan.kini()
        with terpasang(SISTEM):
            ada = set(Periode.objects.filter(bulan__in=[kini.awal, (kini - 1).awal]).values_list("bulan", flat=True))
            baru = [b for b in (kini - 1, kini) if b.awal not in ada]
            for bulan in baru:
                buka_periode(bulan=bulan)
            buka_kampanye(pada=hari_ini())
        return f"dibuka: {', '.join(b.nama for b in baru)}" if baru else "sudah terbuka"
