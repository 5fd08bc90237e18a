"""Canonical JSON: one text, hence one hash, for one content, whatever the key order or the number type."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any


def kanonik(obj: Any) -> str:
    """JSON text with sorted keys, no spaces, NFC strings and plain numbers (2.50, 2.5 and 2.5e0 are all
    ``2.5``).

    Floats are written by their shortest decimal form, so content read back from JSONB without a special
    decoder still gives the same text. Raises ``ValueError`` for infinite numbers and ``TypeError`` for
    unknown types.
    """
    if obj is None or obj is True or obj is False:
        return {None: "null", True: "true", False: "false"}[obj]
    if isinstance(obj, str):
        return encode_basestring(obj if obj.isascii() else unicodedata.normalize("NFC", obj))
    if isinstance(obj, int):
        return str(int(obj))
    if isinstance(obj, float | Decimal):
        return _angka(obj)
    if isinstance(obj, Mapping):
        return _objek(obj)
    if isinstance(obj, list | tuple):
        return f"[{','.join(map(kanonik, obj))}]"
    raise TypeError(f"tidak dapat ditulis sebagai JSON kanonik: {type(obj).__name__}")


def sidik(obj: Any) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON."""
    return hashlib.sha256(kanonik(obj).encode()).hexdigest()


def _angka(nilai: float | Decimal) -> str:
    d = Decimal(repr(nilai)) if isinstance(nilai, float) else nilai
    if not d.is_finite():
        raise ValueError(f"bukan angka terhingga: {nilai}")
    if d == 0:
        return "0"
    teks = format(d, "f")
    return teks.rstrip("0").rstrip(".") if "." in teks else teks


def _objek(obj: Mapping[Any, Any]) -> str:
    pasangan = {}
    for kunci, isi in obj.items():
        if not isinstance(kunci, str):
            raise TypeError(f"kunci JSON harus teks, bukan {type(kunci).__name__}")
        pasangan[kunci if kunci.isascii() else unicodedata.normalize("NFC", kunci)] = isi
    if len(pasangan) != len(obj):
        raise ValueError("dua kunci menjadi sama setelah normalisasi Unicode")
    return "{" + ",".join(f"{kanonik(k)}:{kanonik(pasangan[k])}" for k in sorted(pasangan)) + "}"
