"""Addresses that came from outside: from a hidden field, a header, a link."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def urai(alamat: str) -> SplitResult:
    """The parts of an address; all empty for text that is none ("http://[")."""
    try:
        return urlsplit(alamat)
    except ValueError:
        return urlsplit("")


def lokal(request: HttpRequest, alamat: str) -> str:
    """The address when it is a page of this portal, else empty: nobody is led away by a link from outside."""
    sini, aman = request.get_host(), request.is_secure()
    lurus = alamat.startswith("/") and url_has_allowed_host_and_scheme(alamat, allowed_hosts={sini}, require_https=aman)
    return alamat if lurus else ""
