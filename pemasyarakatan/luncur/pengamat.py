"""Noticing that the program code changed, so that workers start anew (the web server watches by itself)."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

BAGIAN = ("pemasyarakatan", "upt", "pelaporan", "dasbor")


def sidik_kode(akar: Path) -> tuple[int, int]:
    """Number of Python files of the portal and their newest change time in nanoseconds."""
    cacah = terbaru = 0
    for bagian in BAGIAN:
        for folder, anak, berkas in os.walk(akar / bagian):
            anak[:] = [a for a in anak if a not in ("__pycache__", "luncur")]
            for nama in berkas:
                if nama.endswith(".py"):
                    cacah += 1
                    terbaru = max(terbaru, _waktu(Path(folder, nama)))
    return cacah, terbaru


def _waktu(berkas: Path) -> int:
    try:
        return berkas.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@dataclass
class Pengamat:
    """Reports a change once, after `hening` seconds without another; looks once per `jeda` seconds."""

    akar: Path
    jeda: float = 1.0
    hening: float = 2.0
    terakhir: tuple[int, int] = field(init=False)
    lihat: float = field(default=0.0, init=False)
    berubah_sejak: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.terakhir = sidik_kode(self.akar)

    def berubah(self) -> bool:
        """Whether a change has just come to rest."""
        kini = time.monotonic()
        if kini - self.lihat < self.jeda:
            return False
        self.lihat = kini
        sidik = sidik_kode(self.akar)
        if sidik != self.terakhir:
            self.terakhir, self.berubah_sejak = sidik, kini
        if self.berubah_sejak is None or kini - self.berubah_sejak < self.hening:
            return False
        self.berubah_sejak = None
        return True
