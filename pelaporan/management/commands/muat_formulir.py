"""Load the shipped forms: every YAML file in `pelaporan/formulir/`, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pelaporan.services_periode import simpan_formulir
from pelaporan.skema import GalatSkema, Skema, baca_skema, periksa_rujukan
from pelaporan.turunan import tak_dikenal
from pemasyarakatan.inti.galat import Bentrok, GalatPortal
from upt.cakupan import SISTEM, terpasang

MAP = Path(__file__).resolve().parents[2] / "formulir"


class Command(BaseCommand):
    help = "Memuat formulir (YAML) ke basis data; formulir yang sudah dipakai laporan tidak pernah diubah."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("berkas", nargs="*", type=Path, help="berkas YAML; tanpa ini semua formulir bawaan")

    def handle(self, *args: Any, **opsi: Any) -> None:
        berkas = opsi["berkas"] or sorted(MAP.glob("*.yaml"))
        semua = [(jalan, *_baca(jalan)) for jalan in berkas]
        galat = periksa_rujukan({skema.kode: skema for _, _, skema in semua})
        galat += [pesan for _, _, skema in semua for pesan in _galat_turunan(skema)]
        if galat:
            raise CommandError("\n".join(galat))
        bawaan = not opsi["berkas"]
        with terpasang(SISTEM):
            for _, teks, skema in semua:
                self.stdout.write(f"  {skema.kode} {skema.nama}: {_simpan(skema, teks, bawaan=bawaan)}")


def _baca(jalan: Path) -> tuple[str, Skema]:
    teks = jalan.read_text(encoding="utf-8")
    try:
        return teks, baca_skema(teks)
    except GalatSkema as galat:
        raise CommandError(f"{jalan.name}:\n" + "\n".join(map(str, galat.args))) from galat


def _galat_turunan(skema: Skema) -> list[str]:
    return [f"Formulir {skema.kode}: register {nama} tidak dikenal." for nama in tak_dikenal(skema)]


def _simpan(skema: Skema, teks: str, *, bawaan: bool) -> str:
    """Store one form. A newer release may ship a form that is in use here: it stays as its reports know it."""
    try:
        return simpan_formulir(skema_json=skema.ke_json(), yaml=teks, sidik=skema.sidik)
    except Bentrok as galat:
        if not bawaan:
            raise CommandError(galat.pesan) from galat
        return "tetap seperti yang sudah dipakai laporan; terbitkan perubahannya lewat halaman Formulir"
    except GalatPortal as galat:
        raise CommandError(galat.pesan) from galat
