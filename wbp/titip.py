"""A name and a number on their way back to the same form: sealed, for one person, one unit, and an hour.

When another field of the form is wrong, the page must not show what was typed, and the browser must not keep it. The
seal is opened by the next posting of the same person alone.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime, timedelta

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import sekarang
from upt.models import UPT
from wbp import sandi
from wbp.indeks import GalatNomor, ujung_nomor
from wbp.nama import inisial

_GUNA = "titip"
_BERLAKU = timedelta(hours=1)
_PEMISAH = "."


def titipkan(isi: dict[str, str], *, oleh: Pengguna, upt: UPT) -> str:
    """Text for a hidden field."""
    mentah = json.dumps({"isi": isi, "sampai": (sekarang() + _BERLAKU).isoformat()}).encode()
    amplop = sandi.sandikan(mentah, guna=_GUNA, id=_id(oleh, upt))
    return _PEMISAH.join([amplop.kunci, *(base64.b64encode(b).decode() for b in (amplop.bungkus, amplop.isi))])


def ambil(teks: str, *, oleh: Pengguna, upt: UPT) -> dict[str, str]:
    """What was sealed; empty for anything else, and after an hour."""
    try:
        kunci, bungkus, isi = teks.split(_PEMISAH)
        amplop = sandi.Amplop(base64.b64decode(isi, validate=True), base64.b64decode(bungkus, validate=True), kunci)
        terbuka = json.loads(sandi.buka(amplop, guna=_GUNA, id=_id(oleh, upt)))
    except (ValueError, binascii.Error, sandi.GalatSandi):
        return {}
    hasil: dict[str, str] = terbuka["isi"] if datetime.fromisoformat(terbuka["sampai"]) > sekarang() else {}
    return hasil


def sebutan(isi: dict[str, str]) -> str:
    """How the page names what it holds: initials and last letters, as everywhere."""
    try:
        ujung = f"•••{ujung_nomor(isi['nomor'])}" if isi.get("nomor") else ""
    except GalatNomor:
        ujung = ""
    return " ".join(filter(None, (inisial(isi.get("nama", "")), ujung)))


def _id(oleh: Pengguna, upt: UPT) -> str:
    return f"{oleh.pk}:{upt.pk}"
