"""Who meets the conditions of a programme on a day: for the monthly form, each person once."""

from __future__ import annotations

from datetime import date

from remisi.calon.syarat import LAYAK
from remisi.integrasi.baca import baca_unit
from remisi.integrasi.kalender import NAMA, RUMPUN, Pemilih, jalan
from remisi.integrasi.syarat import Perkara, ringkas
from remisi.selectors_aturan import himpunan
from upt.models import UPT


def memenuhi_integrasi(upt: UPT, hari: date) -> dict[int, str]:
    """The first programme, by person, of which every condition was met at the end of that day."""
    pilih, hasil = Pemilih(himpunan(), hari), {}
    for satu in baca_unit(upt, pada=hari):
        for rumpun in RUMPUN:
            program = pilih(satu.orang, rumpun, satu.masa.dua_pertiga)
            if program is None:
                continue
            langkah = jalan(program, satu.orang, satu.masa, satu.riwayat.terakhir)
            if langkah.mulai is None or langkah.mulai > hari:
                continue
            if ringkas(Perkara(satu.orang, satu.masa, langkah, satu.riwayat, hari, hari, pilih.himpunan)) == LAYAK:
                hasil[satu.data] = NAMA[rumpun]
                break
    return hasil
