"""Reading an export of SDP in the bounded child: the lists of registers, only longer. Pure."""

from __future__ import annotations

from pelaporan.register.impor_baca import Ukuran
from pelaporan.register.impor_baca import kerjakan as _kerjakan

BARIS_MAKS = 10_000
"""Most persons of one import."""
UKURAN = Ukuran(bita=10 * 1024 * 1024, baris=2 * BARIS_MAKS)


def kerjakan(isi: bytes) -> bytes:
    return _kerjakan(isi, UKURAN)
