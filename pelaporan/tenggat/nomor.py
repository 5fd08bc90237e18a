"""Telephone numbers as WhatsApp wants them. Pure."""

from __future__ import annotations

import re
from urllib.parse import quote

_PISAH = re.compile(r"[\s().\-–/]+")


def nomor_wa(teks: str) -> str:
    """The international digits of an Indonesian mobile number ("0812-3456-789" is "628123456789"); "" for all else.

    Mobile numbers begin with 8 after the country and have 9 to 12 digits from there on.
    """
    angka = _PISAH.sub("", teks)
    for awalan in ("+62", "0062", "62", "0"):
        if angka.startswith(awalan):
            angka = angka[len(awalan) :].removeprefix("0")
            break
    return f"62{angka}" if re.fullmatch(r"8[0-9]{8,11}", angka, re.ASCII) else ""


def tulis_nomor(nomor: str) -> str:
    """ "628123456789" as +62 812-3456-789."""
    inti = nomor.removeprefix("62")
    return "+62 " + "-".join(filter(None, (inti[:3], inti[3:7], inti[7:])))


def tautan_wa(nomor: str, teks: str) -> str:
    """The one outside address that the portal ever leads to. Raises ValueError for what is no mobile number."""
    if nomor_wa(nomor) != nomor:
        raise ValueError("bukan nomor telepon seluler Indonesia")
    return f"https://wa.me/{nomor}?text={quote(teks, safe='')}"
