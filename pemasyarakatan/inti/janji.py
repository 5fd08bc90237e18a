"""Promises that apps above the dashboards make about their own data; `manage.py periksa_invarian` proves them too.

    daftarkan("pangan_rekap", "Rekap pangan sama dengan hitungan ulang", beda_rekap)

A check reads with the scope of the system and returns one sentence per broken row; none means that it holds. It is
given one month to look at, or None for all; a promise that is not about months ignores it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection

from pemasyarakatan.inti.waktu import Bulan

Periksa = Callable[[Bulan | None], list[str]]
_janji: dict[str, tuple[str, Periksa]] = {}


def daftarkan(kode: str, nama: str, periksa: Periksa) -> None:
    _janji[kode] = (nama, periksa)


def semua() -> Mapping[str, tuple[str, Periksa]]:
    return dict(_janji)


def kalimat(sql: str, **parameter: Any) -> list[str]:
    """The rows of a query, each one a sentence."""
    with connection.cursor() as kursor:
        kursor.execute(sql, parameter)
        return [str(baris[0]) for baris in kursor.fetchall()]
