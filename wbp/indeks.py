"""Register numbers and names of inmates as keyed indexes: one spelling of each, and the few characters that are shown.

Without the keys (`KUNCI_INDEKS_WBP`, the newest first) an index cannot be tried against a list of numbers; a person who
moves to another unit gets other indexes there. New rows are written with the newest key, look-ups try all of them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

from django.conf import settings

from wbp.nama import kata_nama

UJUNG = 3
PANJANG_KATA = 24
"""Letters of a word's index: 96 bits, far more than a unit has words."""
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


def ujung_nomor(teks: object) -> str:
    """Up to three characters to recognise a row by; not the year, which half the unit shares. Raises GalatNomor."""
    huruf = re.sub(r"[^A-Z0-9]", "", _TAHUN.sub("", baku_nomor(teks)))
    return huruf[-UJUNG:]


# ---------------------------------------------------------------- keys


def nama_kunci(kunci: str) -> str:
    """What a row calls the key that it was indexed with; it says nothing of the key."""
    return hashlib.sha256(b"nama kunci indeks:" + kunci.encode()).hexdigest()[:8]


def kunci_kini() -> str:
    """Name of the key that new rows are indexed with."""
    return nama_kunci(settings.KUNCI_INDEKS_WBP[0])


def _hmac(kunci: bytes, pesan: str) -> str:
    return hmac.new(kunci, pesan.encode(), hashlib.sha256).hexdigest()


def _kunci_nama(kunci: str) -> bytes:
    """The key of names is derived: an index of a word is never one of a number."""
    return hmac.new(kunci.encode(), b"wbp:nama", hashlib.sha256).digest()


# ---------------------------------------------------------------- numbers


def indeks_nomor(teks: object, upt_id: int) -> str:
    """HMAC-SHA256 of the number within the unit under the newest key, in hexadecimal. Raises GalatNomor."""
    return _hmac(settings.KUNCI_INDEKS_WBP[0].encode(), f"{upt_id}:{baku_nomor(teks)}")


def indeks_nomor_semua(teks: object, upt_id: int) -> list[str]:
    """The number's indexes under every key, the newest first: what a look-up tries. Raises GalatNomor."""
    pesan = f"{upt_id}:{baku_nomor(teks)}"
    return [_hmac(kunci.encode(), pesan) for kunci in settings.KUNCI_INDEKS_WBP]


# ---------------------------------------------------------------- names


def indeks_nama(nama: str, upt_id: int) -> list[str]:
    """Indexes of a name's words within the unit under the newest key, in no order that tells of the name."""
    kunci = _kunci_nama(settings.KUNCI_INDEKS_WBP[0])
    return sorted({_hmac(kunci, f"{upt_id}:{kata}")[:PANJANG_KATA] for kata in kata_nama(nama)})


def indeks_cari(teks: str, upt_id: int) -> list[list[str]]:
    """Of every word of what was searched for, its indexes under every key: a name has one of each."""
    kunci = [_kunci_nama(satu) for satu in settings.KUNCI_INDEKS_WBP]
    return [[_hmac(satu, f"{upt_id}:{kata}")[:PANJANG_KATA] for satu in kunci] for kata in kata_nama(teks)]
