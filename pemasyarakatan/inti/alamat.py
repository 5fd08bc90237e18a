"""Addresses that came from outside: from a hidden field, a header, a link."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def urai(alamat: str) -> SplitResult:
    """The parts of an address; all empty for text that is none ("http://[")."""
    try:
        return urlsplit(alamat)
    except ValueError:
        return urlsplit("")
