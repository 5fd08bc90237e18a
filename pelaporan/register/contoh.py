"""Registers above the dashboards fill their own part of a training instance, after the reports are there.

    daftarkan("pangan", isi_contoh)

A filler is given a function that tells the progress; it does nothing when its part is filled already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Kabar = Callable[[str], None]
Pengisi = Callable[[Kabar], None]
_pengisi: dict[str, Pengisi] = {}


def daftarkan(kode: str, pengisi: Pengisi) -> None:
    _pengisi[kode] = pengisi


def semua() -> Mapping[str, Pengisi]:
    return dict(_pengisi)
