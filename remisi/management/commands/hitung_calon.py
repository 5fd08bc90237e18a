"""Compute the candidates of an occasion, for one unit or for all that keep a register."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pemasyarakatan.inti.angka import tulis_angka
from remisi.calon.tugas import HasilUnit, hitung_banyak, sistem, unit_berisi
from remisi.models import Kesempatan
from remisi.selectors_aturan import himpunan
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT


class Command(BaseCommand):
    help = "Hitung calon penerima satu kesempatan remisi, untuk satu UPT atau semua UPT yang mempunyai register."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kesempatan", required=True, help="misalnya ru-2027")
        parser.add_argument("--upt", help="kode UPT; tanpa ini semua UPT")

    def handle(self, *args: Any, **opsi: Any) -> None:
        kesempatan = Kesempatan.objects.filter(slug=opsi["kesempatan"]).first()
        if kesempatan is None:
            raise CommandError(f"Kesempatan “{opsi['kesempatan']}” tidak ada. Jalankan buka_kesempatan lebih dahulu.")
        with terpasang(SISTEM):
            aturan, unit = himpunan(), _unit(kesempatan, opsi["upt"])
        hasil = hitung_banyak(kesempatan, unit, aturan, dalam=sistem, kabar=self._kabar(opsi["verbosity"]))
        self._lapor(hasil)

    def _kabar(self, tingkat: int) -> Any:
        def kabar(upt: UPT, n: int, dari: int) -> None:
            if tingkat > 1:
                self.stdout.write(f"{n + 1} dari {dari}: {upt.nama}")

        return kabar

    def _lapor(self, hasil: list[HasilUnit]) -> None:
        gagal = [h for h in hasil if h.galat]
        jumlah = [h.jumlah for h in hasil if h.jumlah is not None]
        orang, layak, kurang, tidak = (
            tulis_angka(sum(j[k] for j in jumlah)) for k in ("orang", "LAYAK", "PERLU_DATA", "TIDAK")
        )
        self.stdout.write(
            f"{orang} orang di {len(jumlah)} UPT: {layak} memenuhi, {kurang} perlu data, {tidak} tidak memenuhi"
        )
        for h in gagal:
            self.stderr.write(f"{h.upt.nama}: {h.galat}")
        if gagal:
            raise CommandError(f"{len(gagal)} UPT gagal dihitung.")


def _unit(kesempatan: Kesempatan, kode: str | None) -> list[UPT]:
    if not kode:
        return unit_berisi(kesempatan)
    upt = UPT.objects.filter(kode=kode).first()
    if upt is None:
        raise CommandError(f"UPT “{kode}” tidak ada.")
    return [upt]
