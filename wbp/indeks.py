"""Register numbers of inmates: one spelling of each, a keyed index of it, and the few characters that are shown.

The number is never kept. Without the key (`KUNCI_INDEKS_WBP`) an index cannot be tried against a list of numbers; a
person who moves to another unit gets another index there.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

from django.conf import settings

UJUNG = 3
_BOLEH = re.compile(r"[A-Z0-9/]{3,40}")
_TAHUN = re.compile(r"(?<=[0-9])(?:/(?:19|20)[0-9]{2}|/[0-9]{2})\Z")
_DIBUANG = re.compile(r"[\s.,_]+")
_GARIS = re.compile(r"(?<=[0-9])-(?=[0-9])")


class GalatNomor(ValueError):
    """A text that is no register number; the sentence never repeats it."""

    def __init__(self) -> None:
        self.pesan = "Nomor register tidak terbaca. Tulis huruf, angka, dan garis miring, misalnya B.I 123/2025."
        super().__init__(self.pesan)


def baku_nomor(teks: object) -> str:
    """One spelling: capitals, no blanks, dots or dashes, a stroke between figures ("b.i-123 - 2025" is "BI123/2025").

    Raises GalatNomor."""
    if not isinstance(teks, str) or len(teks) > 80:
        raise GalatNomor
    rapat = _DIBUANG.sub("", unicodedata.normalize("NFKC", teks).upper()).replace("\\", "/")
    rapat = _GARIS.sub("/", rapat).replace("-", "")
    if not _BOLEH.fullmatch(rapat) or not any(h.isdigit() for h in rapat):
        raise GalatNomor
    return rapat


def indeks_nomor(teks: object, upt_id: int) -> str:
    """HMAC-SHA256 of the number within the unit, in hexadecimal. Raises GalatNomor."""
    pesan = f"{upt_id}:{baku_nomor(teks)}".encode()
    return hmac.new(settings.KUNCI_INDEKS_WBP.encode(), pesan, hashlib.sha256).hexdigest()


def ujung_nomor(teks: object) -> str:
    """Up to three characters to recognise a row by; not the year, which half the unit shares. Raises GalatNomor."""
    huruf = re.sub(r"[^A-Z0-9]", "", _TAHUN.sub("", baku_nomor(teks)))
    return huruf[-UJUNG:]
