"""Envelope encryption: everything secret under a data key of its own, that key wrapped by a key of the installation.

AES-256-GCM twice. What is encrypted is bound to its purpose and to the id of its row (the additional data), so a
ciphertext that was moved to another row, cut or altered is refused and never read as something else. The keys of the
installation (`settings.KUNCI_DATA_WBP`, by name, the newest first) are nowhere in the database: deleting a wrapped data
key destroys what it opened, in every backup of the ciphertext too.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from pemasyarakatan.inti.galat import GalatPortal

PANJANG_KUNCI, PANJANG_NONCE, PANJANG_TANDA = 32, 12, 16
WARGA = "warga"
"""Purpose of the name and number of an inmate; the id is that of `DataWarga`."""
IMPOR = "impor"
"""Purpose of what an open import holds; the id is that of `ImporSDP`."""
_BULAT = 64  # lengths of names are not told by lengths of ciphertexts


class GalatSandi(GalatPortal, RuntimeError):
    """Something could not be decrypted: an outage of the installation. For the log it says which row and which key,
    never what; people read `PESAN`."""

    status = 503
    PESAN = (
        "Nama dan nomor register tidak dapat dibaca, karena kunci sandi di server tidak lengkap atau datanya rusak. "
        "Tidak ada yang berubah. Laporkan ke admin pusat: periksa KUNCI_DATA_WBP."
    )

    def __init__(self, sebab: str) -> None:
        super().__init__(self.PESAN)
        self.args = (sebab,)


@dataclass(frozen=True)
class Rahasia:
    """What names an inmate. Never in a log: the values are not part of its `repr`."""

    nama: str = field(repr=False)
    nomor: str = field(repr=False)


@dataclass(frozen=True)
class Amplop:
    """A ciphertext with its wrapped data key and the name of the key that wraps it."""

    isi: bytes = field(repr=False)
    bungkus: bytes = field(repr=False)
    kunci: str


# ---------------------------------------------------------------- envelopes of bytes


def kunci_kini() -> str:
    """Name of the key that new data keys are wrapped by."""
    return next(iter(settings.KUNCI_DATA_WBP))


def sandikan(isi: bytes, *, guna: str, id: object) -> Amplop:
    """Encrypt under a fresh data key."""
    kunci_data = os.urandom(PANJANG_KUNCI)
    nama = kunci_kini()
    bungkus = _tutup(settings.KUNCI_DATA_WBP[nama], kunci_data, _ikatan("kunci", guna, id))
    return Amplop(_tutup(kunci_data, isi, _ikatan("isi", guna, id)), bungkus, nama)


def sandikan_lagi(isi: bytes, lama: Amplop, *, guna: str, id: object) -> Amplop:
    """Encrypt another content under the data key that the row has. Raises GalatSandi."""
    kunci_data = _kunci_data(lama.bungkus, lama.kunci, guna, id)
    return Amplop(_tutup(kunci_data, isi, _ikatan("isi", guna, id)), lama.bungkus, lama.kunci)


def buka(amplop: Amplop, *, guna: str, id: object) -> bytes:
    """What was encrypted for this purpose and this row. Raises GalatSandi."""
    kunci_data = _kunci_data(amplop.bungkus, amplop.kunci, guna, id)
    return _baca(kunci_data, bytes(amplop.isi), _ikatan("isi", guna, id))


def putar(bungkus: bytes, kunci: str, *, guna: str, id: object) -> tuple[bytes, str]:
    """The same data key wrapped by the newest key, and that key's name. Raises GalatSandi."""
    nama = kunci_kini()
    kunci_data = _kunci_data(bungkus, kunci, guna, id)
    return _tutup(settings.KUNCI_DATA_WBP[nama], kunci_data, _ikatan("kunci", guna, id)), nama


# ---------------------------------------------------------------- an inmate's name and number


def sandikan_warga(rahasia: Rahasia, data_id: int) -> Amplop:
    return sandikan(_ke_bytes(rahasia), guna=WARGA, id=data_id)


def ganti_warga(rahasia: Rahasia, lama: Amplop, data_id: int) -> Amplop:
    return sandikan_lagi(_ke_bytes(rahasia), lama, guna=WARGA, id=data_id)


def buka_warga(amplop: Amplop, data_id: int) -> Rahasia:
    """For machines (rotation, moving an index). People get names from `wbp.buka` alone. Raises GalatSandi."""
    isi = json.loads(buka(amplop, guna=WARGA, id=data_id))
    return Rahasia(isi["nama"], isi["nomor"])


def _ke_bytes(rahasia: Rahasia) -> bytes:
    """JSON with blanks behind it, up to the next round length."""
    isi = json.dumps({"nama": rahasia.nama, "nomor": rahasia.nomor}, ensure_ascii=False).encode()
    return isi.ljust(-(-len(isi) // _BULAT) * _BULAT)


# ---------------------------------------------------------------- parts


def _ikatan(lapis: str, guna: str, id: object) -> bytes:
    return f"wbp:{lapis}:{guna}:{id}".encode()


def _tutup(kunci: bytes, isi: bytes, ikatan: bytes) -> bytes:
    nonce = os.urandom(PANJANG_NONCE)
    return nonce + AESGCM(kunci).encrypt(nonce, isi, ikatan)


def _baca(kunci: bytes, isi: bytes, ikatan: bytes) -> bytes:
    if len(isi) < PANJANG_NONCE + PANJANG_TANDA:
        raise GalatSandi(f"Ciphertext of {ikatan.decode()} is cut short.")
    try:
        return AESGCM(kunci).decrypt(isi[:PANJANG_NONCE], isi[PANJANG_NONCE:], ikatan)
    except InvalidTag:
        raise GalatSandi(f"Ciphertext of {ikatan.decode()} was altered, moved, or made with another key.") from None


def _kunci_data(bungkus: bytes, kunci: str, guna: str, id: object) -> bytes:
    if kunci not in settings.KUNCI_DATA_WBP:
        raise GalatSandi(f"Key {kunci!r} that wraps {guna} {id} is not in KUNCI_DATA_WBP.")
    return _baca(settings.KUNCI_DATA_WBP[kunci], bytes(bungkus), _ikatan("kunci", guna, id))
