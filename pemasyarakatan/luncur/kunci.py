"""One launcher per checkout: a file lock that vanishes with its holder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pemasyarakatan.luncur.layar import Gagal
from pemasyarakatan.luncur.tempat import Tempat


def coba_kunci(berkas: Path) -> int | None:
    """Take the lock and return its descriptor, or None when another process holds it."""
    while True:
        fd = os.open(berkas, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _masih_sama(fd, berkas):
                return fd
        except BlockingIOError:
            os.close(fd)
            return None
        os.close(fd)  # the file was deleted by a reset between opening and locking


def _masih_sama(fd: int, berkas: Path) -> bool:
    try:
        return os.fstat(fd).st_ino == berkas.stat().st_ino
    except FileNotFoundError:
        return False


def sedang_dipakai(tempat: Tempat) -> bool:
    """Whether a launcher works in this checkout right now."""
    if not tempat.kunci.exists():
        return False
    fd = coba_kunci(tempat.kunci)
    if fd is None:
        return True
    os.close(fd)
    return False


@contextmanager
def kunci_jalan(tempat: Tempat, untuk: str) -> Iterator[None]:
    """Hold the checkout for one purpose; `Gagal` names the holder when it is taken."""
    tempat.buat()
    fd = coba_kunci(tempat.kunci)
    if fd is None:
        raise Gagal(f"Salinan portal ini sedang dipakai: {pemegang(tempat)}. Hentikan dulu di jendelanya (Ctrl-C).")
    try:
        catat(fd, f"{untuk}, proses {os.getpid()}")
        yield
    finally:
        os.close(fd)


def catat(fd: int, teks: str) -> None:
    """Leave a note for whoever finds the lock taken."""
    os.ftruncate(fd, 0)
    os.pwrite(fd, teks.encode(), 0)


def pemegang(tempat: Tempat) -> str:
    """The holder's note."""
    try:
        return tempat.kunci.read_text(encoding="utf-8").strip() or "proses lain"
    except OSError:
        return "proses lain"
