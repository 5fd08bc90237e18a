"""Virus scanning of what people upload, through clamd. Fails closed: no answer means no file.

`PEMINDAI_BERKAS` names the scanner: `clamd://host:3310`, `unix:/run/clamav/clamd.ctl`, or nothing. Without one files
are taken unscanned, and pages say so (`terpasang()`). The daemon gets the bytes themselves (INSTREAM); nothing is
written to a disk that it would have to share.
"""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from pemasyarakatan.inti.galat import GalatPortal

SAMBUNG_DETIK = 2.0
JAWAB_DETIK = 15.0
_POTONG = 64 * 1024
_JAWABAN_MAKS = 4096


@dataclass(frozen=True)
class Hasil:
    """`dipindai`: somebody looked. `temuan`: the name of what was found, "" when clean."""

    dipindai: bool
    temuan: str = ""

    @property
    def bersih(self) -> bool:
        return not self.temuan


class PemindaiTidakMenjawab(GalatPortal):
    """The scanner is configured and cannot be asked: the file is refused, nothing of it was read."""

    status = 503


def terpasang() -> bool:
    return bool(settings.PEMINDAI_BERKAS)


def pindai(isi: bytes) -> Hasil:
    """Ask the scanner about these bytes. Raises PemindaiTidakMenjawab; a find is an answer, not an exception."""
    if not terpasang():
        return Hasil(dipindai=False)
    try:
        jawaban = _tanya(isi, time.monotonic() + JAWAB_DETIK)
    except OSError as galat:
        raise _tidak_menjawab() from galat
    return _baca(jawaban)


def _tanya(isi: bytes, batas: float) -> str:
    with _sambung() as soket:
        _kirim(soket, b"zINSTREAM\0", batas)
        pandang = memoryview(isi)
        for awal in range(0, len(isi), _POTONG):
            potong = pandang[awal : awal + _POTONG]
            _kirim(soket, struct.pack(">I", len(potong)) + potong, batas)
        _kirim(soket, struct.pack(">I", 0), batas)
        return _terima(soket, batas)


def _sambung() -> socket.socket:
    alamat = urlsplit(settings.PEMINDAI_BERKAS)
    if alamat.scheme == "unix":
        soket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        soket.settimeout(SAMBUNG_DETIK)
        try:
            soket.connect(alamat.path)
        except OSError:
            soket.close()
            raise
        return soket
    if alamat.scheme == "clamd" and alamat.hostname:
        return socket.create_connection((alamat.hostname, alamat.port or 3310), timeout=SAMBUNG_DETIK)
    raise ImproperlyConfigured("PEMINDAI_BERKAS must read clamd://host:port or unix:/path/to/socket.")


def _sisa(batas: float) -> float:
    """Seconds left of the whole conversation; a scanner that drips bytes is as good as one that is down."""
    sisa = batas - time.monotonic()
    if sisa <= 0:
        raise TimeoutError
    return sisa


def _kirim(soket: socket.socket, isi: bytes, batas: float) -> None:
    soket.settimeout(_sisa(batas))
    soket.sendall(isi)


def _terima(soket: socket.socket, batas: float) -> str:
    jawaban = b""
    while not jawaban.endswith(b"\0") and len(jawaban) < _JAWABAN_MAKS:
        soket.settimeout(_sisa(batas))
        potong = soket.recv(1024)
        if not potong:
            break
        jawaban += potong
    return jawaban.rstrip(b"\0\r\n").decode("utf-8", "replace").strip()


def _baca(jawaban: str) -> Hasil:
    """`stream: OK`, `stream: Eicar-Signature FOUND`; everything else is no answer."""
    if jawaban == "stream: OK":
        return Hasil(dipindai=True)
    if jawaban.startswith("stream: ") and jawaban.endswith(" FOUND"):
        return Hasil(dipindai=True, temuan=jawaban.removeprefix("stream: ").removesuffix(" FOUND")[:80])
    raise _tidak_menjawab()


def _tidak_menjawab() -> PemindaiTidakMenjawab:
    return PemindaiTidakMenjawab(
        "Pemindai virus sedang tidak dapat dihubungi, jadi berkas belum diterima. Coba lagi beberapa menit lagi; "
        "isian laporan Anda tidak terpengaruh."
    )
