"""The food register: its kinds of rows. Importing this module registers them."""

from __future__ import annotations

from pangan.jenis_hasil import MUTASI, PANEN, PEMAKAIAN
from pangan.jenis_lahan import PEMANFAATAN, PETAK, SIKLUS
from pangan.jenis_orang import MITRA, PENEMPATAN, SERTIFIKAT, SETORAN, TENAGA
from pangan.ringkas import segarkan
from pelaporan.register.jenis import Register, daftarkan_register

__all__ = [
    "MITRA",
    "MUTASI",
    "PANEN",
    "PANGAN",
    "PEMAKAIAN",
    "PEMANFAATAN",
    "PENEMPATAN",
    "PETAK",
    "SERTIFIKAT",
    "SETORAN",
    "SIKLUS",
    "TENAGA",
]

PANGAN = daftarkan_register(Register("pangan", "Ketahanan pangan", segarkan))
