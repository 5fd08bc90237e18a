"""Names and addresses of what the trail speaks of. The apps that own the rows register how to look them up.

The trail holds ids only and lies below the apps it serves; `upt` and `pelaporan` register in their `ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tautan:
    """How one row is called, and its page ("" when it has none)."""

    label: str
    url: str = ""


Pencari = Callable[[frozenset[str]], dict[str, Tautan]]
_pencari: dict[str, Pencari] = {}


def daftarkan(jenis: str, pencari: Pencari) -> None:
    """`pencari` gets ids as text and returns those it finds, within the scope that PostgreSQL enforces."""
    _pencari[jenis] = pencari


def nomor(kunci: Iterable[str]) -> list[int]:
    """The ids that are row numbers: an act on no single row ("contoh") has a word in its place."""
    return [int(k) for k in kunci if k.isascii() and k.isdigit() and len(k) < 19]


def cari(jenis: str, kunci: Iterable[object]) -> dict[str, Tautan]:
    """Links of the ids of one kind; at most one query a kind, none for a kind that nobody registered."""
    semua = frozenset(str(k) for k in kunci if k is not None)
    return _pencari[jenis](semua) if semua and jenis in _pencari else {}
