"""One pass of the sweeper."""

from __future__ import annotations

from dataclasses import dataclass

from dasbor import agregasi
from pemasyarakatan.pekerjaan.services import jalankan_pekerjaan, terbengkalai


@dataclass(frozen=True)
class HasilSapu:
    """What a pass did: rollup keys recomputed, abandoned jobs taken up."""

    rekap: int = 0
    pekerjaan: int = 0

    @property
    def ada(self) -> bool:
        return bool(self.rekap or self.pekerjaan)

    def __str__(self) -> str:
        return f"{self.rekap} rekap dihitung ulang, {self.pekerjaan} pekerjaan dilanjutkan"


def sapu_sekali() -> HasilSapu:
    """Rollups first (milliseconds), then jobs; between two jobs the rollups again, so no figure waits."""
    rekap, pekerjaan = agregasi.proses_kotor(), 0
    for satu in terbengkalai():
        jalankan_pekerjaan(satu.pk)
        pekerjaan += 1
        rekap += agregasi.proses_kotor()
    return HasilSapu(rekap, pekerjaan)
