"""What a unit's register asks to be done next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tugas:
    """One thing to do: where, what about it, and whether it is late."""

    label: str
    rincian: str
    url: str
    lewat: bool = False
