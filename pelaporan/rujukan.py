"""The hook for what else in the portal rests on items of forms: an indicator, a dashboard.

A form that drops such an item would leave a figure without its origin. Apps above this one say which items they use
when they start, as registers do in `turunan.py`; who publishes a form asks here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Pemakai = Callable[[], Iterable[tuple[str, str, str]]]
"""Gives (form, item code, what uses it in people's words)."""

_pemakai: dict[str, Pemakai] = {}


def daftarkan(nama: str, pemakai: Pemakai) -> None:
    _pemakai[nama] = pemakai


def pemakai_butir(formulir: str) -> dict[str, list[str]]:
    """What rests on the items of one form: item code -> names, in order, each once."""
    hasil: dict[str, list[str]] = {}
    for pemakai in _pemakai.values():
        for kode_formulir, kode, nama in pemakai():
            if kode_formulir == formulir and nama not in hasil.setdefault(kode, []):
                hasil[kode].append(nama)
    return hasil
