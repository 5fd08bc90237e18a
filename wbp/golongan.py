"""Letters of the register in which somebody is kept: A detention by who holds them, B sentences, C hostages. Pure."""

from __future__ import annotations

import re

GOLONGAN = ("A.I", "A.II", "A.III", "A.IV", "A.V", "B.I", "B.IIa", "B.IIb", "B.III", "C")
TANYA = f"Golongan registrasi ini tidak dikenal. Yang lazim: {', '.join(GOLONGAN)}."
_BUKAN = re.compile(r"[^a-z0-9]+")


def _kunci(teks: str) -> str:
    return _BUKAN.sub("", teks.casefold())


_BAKU = {_kunci(g): g for g in GOLONGAN}


def baku(teks: str) -> str:
    """The usual spelling ("b iia" is B.IIa); what is not known stays as it was written."""
    return _BAKU.get(_kunci(teks), teks)


def dikenal(teks: str) -> bool:
    return _kunci(teks) in _BAKU
