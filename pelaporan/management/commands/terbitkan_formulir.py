"""Publish a form from a month on, by the same services as the pages: checked, rehearsed, then published."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pelaporan.models import RancanganFormulir
from pelaporan.skema import GalatSkema
from pelaporan.terbit.gladi_jalan import rancang_gladi
from pelaporan.terbit.periksa import baca_berkas, ganti_bulan
from pelaporan.terbit.services import simpan_rancangan, terbitkan
from pelaporan.terbit.teks_gladi import BULAN_GLADI, kalimat
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import GalatPortal
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu
from upt.cakupan import Cakupan, terpasang


class Command(BaseCommand):
    help = "Menerbitkan formulir mulai satu bulan atas nama akun admin, setelah diperiksa dan digladi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("berkas", type=Path, help="berkas YAML")
        parser.add_argument("--dari", required=True, help="bulan mulai berlaku, seperti 2026-12")
        parser.add_argument("--akun", required=True, help="nama pengguna admin yang menerbitkan")

    def handle(self, *args: Any, **opsi: Any) -> None:
        try:
            self._terbitkan(opsi["berkas"], Bulan.dari(opsi["dari"]), _akun(opsi["akun"]))
        except OSError as galat:
            raise CommandError(f"{opsi['berkas']} tidak dapat dibaca: {galat.strerror}.") from galat
        except GalatSkema as galat:
            raise CommandError("\n".join(galat.galat)) from galat
        except (GalatPortal, GalatWaktu) as galat:
            raise CommandError(galat.pesan) from galat

    def _terbitkan(self, jalan: Path, bulan: Bulan, oleh: Pengguna) -> None:
        cakupan = _cakupan(oleh)
        with terpasang(cakupan):
            teks = ganti_bulan(baca_berkas(jalan.read_bytes()), bulan)
            rancangan = simpan_rancangan(teks=teks, catatan=f"Dari {jalan.name}", oleh=oleh, cakupan=cakupan)
        self.stdout.write(kalimat(rancang_gladi(rancangan, bulan=BULAN_GLADI, kabar=lambda satu, n: None)))
        with terpasang(cakupan):
            hasil = terbitkan(
                rancangan_id=rancangan.pk,
                revisi=RancanganFormulir.objects.get(pk=rancangan.pk).revisi,
                oleh=oleh,
                cakupan=cakupan,
                kunci=uuid4().hex,
            )
        self.stdout.write(f"{hasil['kode']} terbit mulai {bulan.nama}; {hasil['pindah']} laporan pindah versi.")


def _akun(nama: str) -> Pengguna:
    akun = Pengguna.objects.filter(nama_pengguna=nama, is_active=True).first()
    if akun is None:
        raise CommandError(f"Akun {nama} tidak ada atau tidak aktif.")
    return akun


def _cakupan(oleh: Pengguna) -> Cakupan:
    with terpasang(Cakupan(pengguna_id=oleh.pk)):
        return Cakupan.dari(oleh)
