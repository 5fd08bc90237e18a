"""Read a filled-in workbook under somebody's account: show what would be saved, and save it with --simpan."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pelaporan.buku import arsip, services
from pelaporan.buku.meta import baca_meta
from pelaporan.buku.sajian import sajikan
from pelaporan.models import Unggahan
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import GalatPortal
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan, sebagai
from upt.models import UPT


class Command(BaseCommand):
    help = "Periksa buku kerja UPT yang sudah diisi; --simpan menyimpan sel yang benar."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("berkas")
        parser.add_argument("--akun", required=True, help="nama pengguna yang mengunggah")
        parser.add_argument("--simpan", action="store_true", help="simpan sel yang benar")

    def handle(self, *args: Any, **options: Any) -> None:
        orang = Pengguna.objects.filter(nama_pengguna=options["akun"], is_active=True).first()
        if orang is None:
            raise CommandError("Akun itu tidak ada atau tidak aktif.")
        try:
            with sebagai(orang) as cakupan:
                self._kerjakan(Path(options["berkas"]), orang, cakupan, options["simpan"])
        except GalatPortal as galat:
            raise CommandError(galat.pesan) from galat

    def _kerjakan(self, jalan: Path, orang: Pengguna, cakupan: Cakupan, simpan: bool) -> None:
        isi = jalan.read_bytes()
        arsip.periksa_luar(isi)
        dibaca = services.baca_terbatas(isi)
        meta = baca_meta(dibaca["meta"], dibaca["cap"])
        upt = UPT.objects.dalam(cakupan).filter(kode=meta.pemilik).first() if meta else None
        if meta is None or upt is None:
            raise CommandError("Ini bukan templat dari portal, atau bukan milik unit akun itu.")
        umum: dict[str, Any] = {"oleh": orang, "cakupan": cakupan}
        satu = services.terima_upt(upt=upt, bulan=Bulan.dari(meta.bulan), isi=isi, nama=jalan.name, **umum)
        self._laporkan(satu)
        if simpan and satu.status == Unggahan.Status.DIPERIKSA:
            hasil = services.simpan_unggahan(unggahan_id=satu.pk, **umum).hasil
            self.stdout.write(f"{hasil['tersimpan']} tersimpan, {len(hasil['gagal'])} tidak jadi")

    def _laporkan(self, satu: Unggahan) -> None:
        sajian = sajikan(satu.rencana)
        hitung = ", ".join(f"{h.jumlah} {h.nama.lower()}" for h in sajian.hitungan) or "tidak ada yang berubah"
        self.stdout.write(f"{hitung}; {sajian.sama} sama")
        for b in sajian.baris:
            if b.pesan:
                self.stdout.write(f"  {b.tempat} {b.label}: {b.pesan}")
