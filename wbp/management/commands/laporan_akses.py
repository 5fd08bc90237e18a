"""Who read one inmate's name or number, when and why: the answer to the person who asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import sekarang
from upt.cakupan import SISTEM, terpasang
from wbp.insiden import Rentang, ringkas, tulis_csv
from wbp.models import DataWarga


class Command(BaseCommand):
    help = "Daftar siapa yang pernah membuka nama atau nomor satu orang, sebagai CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--data", type=int, required=True, help="Id orangnya, seperti di alamat halamannya.")

    def handle(self, *args: Any, **opsi: Any) -> None:
        rentang = Rentang(datetime(2000, 1, 1, tzinfo=UTC), sekarang() + timedelta(days=1), data=opsi["data"])
        with terpasang(SISTEM):
            if not DataWarga.objects.filter(pk=opsi["data"]).exists():
                raise CommandError("Tidak ada orang dengan id itu di register.")
            tulis_csv(rentang, self.stdout)  # type: ignore[arg-type]
            jumlah = ringkas(rentang)
        self.stderr.write(f"{tulis_angka(jumlah.akses)} akses oleh {tulis_angka(jumlah.pembaca)} akun.")
