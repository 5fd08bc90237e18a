"""What was typed survives an expired session: the posted form travels with the login page and comes back after it.

The parcel is signed, compressed and valid for two hours. It holds form fields of draft pages only; forms with
inmates' data carry `tanpa_titipan` and are never packed.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

GARAM = "titipan-isian"
UMUR_DETIK = 2 * 3600
TANPA = "tanpa_titipan"
_BUANG = {"csrfmiddlewaretoken", "sandi", "password"}


@dataclass(frozen=True)
class Titipan:
    tujuan: str
    isian: tuple[tuple[str, str], ...]


def titipkan(request: HttpRequest) -> str:
    """Pack the posted form for its own address; empty for a form that must not travel."""
    if TANPA in request.POST:
        return ""
    isian = [(nama, nilai) for nama, semua in request.POST.lists() if nama not in _BUANG for nilai in map(str, semua)]
    return signing.dumps({"t": request.get_full_path(), "i": isian}, salt=GARAM, compress=True)


def buka(teks: str) -> Titipan | None:
    """Unpack; None when it is missing, changed or too old."""
    try:
        isi = signing.loads(teks, salt=GARAM, max_age=UMUR_DETIK)
    except signing.BadSignature:
        return None
    return Titipan(isi["t"], tuple((nama, nilai) for nama, nilai in isi["i"]))
