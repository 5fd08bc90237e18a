"""Compare an official list of units (CSV or XLSX) with the portal, and write it on request."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pemasyarakatan.inti.galat import GalatPortal
from pemasyarakatan.inti.waktu import GalatWaktu, baca_tanggal
from upt.impor import Rencana, baca_daftar
from upt.impor_berkas import MAKS_BITA, BerkasSalah
from upt.impor_laporan import tulis_baris, tulis_buku
from upt.services_organisasi import HasilImpor, impor_daftar

SALAH_BERKAS = 2
ADA_DITOLAK = 1


class Command(BaseCommand):
    help = (
        "Bandingkan daftar resmi UPT (CSV atau XLSX) dengan portal. Tanpa --terapkan tidak ada yang ditulis. "
        "Keluar 0 bila baik, 1 bila ada baris ditolak sehingga tidak diterapkan, 2 bila berkasnya salah."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("berkas", help="daftar UPT berbentuk CSV atau XLSX, paling besar 5 MB")
        parser.add_argument("--terapkan", action="store_true", help="tulis hasilnya dalam satu transaksi")
        parser.add_argument(
            "--lewati-ditolak", action="store_true", help="terapkan baris lain meskipun ada yang ditolak"
        )
        parser.add_argument("--berlaku", help="tanggal mulai UPT baru dan perpindahan Kanwil (bawaan: hari ini)")
        parser.add_argument("--json", action="store_true", help="cetak hasil sebagai satu dokumen JSON")
        parser.add_argument("--buat-laporan", metavar="F.xlsx", help="simpan hasil sebagai buku kerja")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            hasil = impor_daftar(
                tabel=baca_daftar(_isi(options["berkas"])),
                oleh=None,
                sumber=Path(options["berkas"]).name,
                terapkan=options["terapkan"],
                lewati_ditolak=options["lewati_ditolak"],
                berlaku=_tanggal(options["berlaku"]),
            )
        except (BerkasSalah, GalatWaktu, GalatPortal) as galat:
            raise CommandError(galat.pesan, returncode=SALAH_BERKAS) from galat
        self._cetak(hasil, options)
        if options["buat_laporan"]:
            _simpan(options["buat_laporan"], hasil)
        if options["terapkan"] and not hasil.ditulis:
            raise CommandError(_pesan_batal(hasil.rencana), returncode=ADA_DITOLAK)

    def _cetak(self, hasil: HasilImpor, options: dict[str, Any]) -> None:
        if options["json"]:
            data = hasil.rencana.sebagai_data() | {"ditulis": hasil.ditulis}
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        self.stdout.write("\n".join(tulis_baris(hasil.rencana)))
        if hasil.ditulis:
            self.stdout.write("Sudah diterapkan.")
        elif not options["terapkan"]:
            self.stdout.write("Belum ada yang ditulis. Ulangi dengan --terapkan bila sudah sesuai.")


def _isi(berkas: str) -> bytes:
    """Raises BerkasSalah; a huge file is not read in."""
    jalur = Path(berkas)
    try:
        with jalur.open("rb") as sumber:
            return sumber.read(MAKS_BITA + 1)
    except OSError as sebab:
        raise BerkasSalah(f"Berkas {berkas} tidak dapat dibuka. Periksa nama dan letaknya.") from sebab


def _simpan(nama: str, hasil: HasilImpor) -> None:
    try:
        Path(nama).write_bytes(tulis_buku(hasil.rencana))
    except OSError as sebab:
        keadaan = "Daftar sudah diterapkan" if hasil.ditulis else "Tidak ada yang diterapkan"
        raise CommandError(
            f"{keadaan}, tetapi laporan {nama} tidak dapat disimpan. Periksa foldernya.",
            returncode=SALAH_BERKAS,
        ) from sebab


def _tanggal(teks: str | None) -> date | None:
    return baca_tanggal(teks) if teks else None


def _pesan_batal(rencana: Rencana) -> str:
    return (
        f"Tidak ada yang ditulis: {len(rencana.ditolak)} baris ditolak. Perbaiki berkasnya, atau ulangi "
        "dengan --lewati-ditolak untuk menerapkan baris lainnya."
    )
