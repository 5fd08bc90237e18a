"""Kinds of jobs.

An app registers its kinds when it starts; the code behind a kind is imported when it first runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.utils.module_loading import import_string

from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.inti.galat import TidakDitemukan


@dataclass(frozen=True)
class Jenis:
    """One kind: the right it takes, the Celery task that nudges it, and the dotted path of what does it.

    The function behind `isi` gets (pekerjaan, lapor) and returns the result files; see `services.kerjakan`.
    """

    kode: str
    izin: Izin
    tugas: str
    isi: str

    def muat(self) -> Callable[..., list[Any]]:
        """Import the function: heavy libraries stay out of the web process."""
        return cast("Callable[..., list[Any]]", import_string(self.isi))


_daftar: dict[str, Jenis] = {}


def daftarkan(jenis: Jenis) -> None:
    _daftar[jenis.kode] = jenis


def cari(kode: str) -> Jenis:
    """Raises TidakDitemukan for a kind that this release no longer knows."""
    if kode not in _daftar:
        raise TidakDitemukan("Jenis pekerjaan ini tidak tersedia lagi.")
    return _daftar[kode]
