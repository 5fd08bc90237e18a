"""Print the demo accounts of a training instance."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from dasbor.contoh.akun import SANDI, daftar_akun


class Command(BaseCommand):
    help = "Tampilkan akun contoh instansi latihan: peran, nama pengguna, unit, dan sandinya."

    def handle(self, *args: Any, **opsi: Any) -> None:
        akun = daftar_akun()
        if not akun:
            self.stdout.write("Tidak ada akun contoh di sini. Akun contoh hanya dibuat di instansi latihan.")
            return
        lebar = [max(len(getattr(a, nama)) for a in akun) for nama in ("peran", "nama_pengguna")]
        self.stdout.write(f"Akun contoh (sandi semuanya: {SANDI})")
        for satu in akun:
            self.stdout.write(f"  {satu.peran:<{lebar[0]}}  {satu.nama_pengguna:<{lebar[1]}}  {satu.unit}")
