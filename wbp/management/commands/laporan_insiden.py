"""Whose names and numbers were read in a span of time: ids, fields, times, readers. No name leaves the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import WIB
from upt.cakupan import SISTEM, terpasang
from wbp.insiden import Rentang, ringkas, tulis_csv


class Command(BaseCommand):
    help = "Daftar akses ke nama dan nomor warga binaan dalam satu rentang waktu, sebagai CSV. Orang disebut dengan id."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sejak", required=True, help="Misalnya 2026-11-01 atau 2026-11-01T08:00 (WIB).")
        parser.add_argument("--sampai", required=True, help="Saat akhir; hari itu atau menit itu tidak ikut.")
        parser.add_argument("--aktor", help="Hanya akses oleh akun ini.")
        parser.add_argument("--ringkas", action="store_true", help="Hanya jumlahnya.")

    def handle(self, *args: Any, **opsi: Any) -> None:
        rentang = Rentang(_saat(opsi["sejak"]), _saat(opsi["sampai"]), self._aktor(opsi["aktor"]))
        if rentang.sejak >= rentang.sampai:
            raise CommandError("--sampai harus sesudah --sejak.")
        with terpasang(SISTEM):
            jumlah = ringkas(rentang)
            if not opsi["ringkas"]:
                tulis_csv(rentang, self.stdout)  # type: ignore[arg-type]
        self.stderr.write(
            f"{tulis_angka(jumlah.akses)} akses ke data {tulis_angka(jumlah.orang)} orang di "
            f"{tulis_angka(jumlah.unit)} unit, oleh {tulis_angka(jumlah.pembaca)} akun."
        )

    def _aktor(self, nama: str | None) -> int | None:
        if not nama:
            return None
        pk = Pengguna.objects.filter(nama_pengguna=nama).values_list("pk", flat=True).first()
        if pk is None:
            raise CommandError("Akun --aktor tidak ada.")
        return pk


def _saat(teks: str) -> datetime:
    try:
        saat = datetime.fromisoformat(teks)
    except ValueError as galat:
        raise CommandError("Tulis waktu seperti 2026-11-01 atau 2026-11-01T08:00.") from galat
    return saat if saat.tzinfo else saat.replace(tzinfo=WIB)
