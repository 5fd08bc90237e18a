"""The headline figures of a performance report, as plain data: what its sentences and its summary table
speak of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dasbor.rekap import Dasar, Liputan
from pemasyarakatan.inti.angka import Jenis
from pemasyarakatan.inti.waktu import Bulan


@dataclass(frozen=True)
class Pokok:
    """One headline figure.

    `nilai` None: no data, which is not zero. `liputan` is that of the form it comes from.
    """

    kode: str
    label: str
    satuan: str
    jenis: Jenis
    nilai: float | None
    lalu: float | None
    liputan: Liputan
    liputan_lalu: Liputan

    @property
    def perubahan(self) -> float | None:
        """Against last month, in the figure's own unit (percent: points)."""
        return None if self.nilai is None or self.lalu is None else self.nilai - self.lalu


@dataclass(frozen=True)
class Fakta:
    """Everything that the sentences may speak of. Rankings hold (name, value), largest first."""

    bulan: Bulan
    dasar: Dasar
    pokok: Mapping[str, Pokok]
    kelengkapan: Liputan
    belum_sah: tuple[tuple[str, int], ...] = ()
    hunian_kanwil: tuple[tuple[str, float], ...] = ()
    kelompok_kamtib: tuple[tuple[str, float], ...] = ()
    klaster: tuple[tuple[str, float], ...] = ()
    lain: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def sementara(self) -> bool:
        return self.kelengkapan.sementara
