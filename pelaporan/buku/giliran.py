"""Turns at reading: so many children at once in one process, one request that waits a moment, the rest is parked.

A deadline night must not take the threads that save cells: who finds no turn leaves the file with a worker.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings

TUNGGU_DETIK = 1.0
_tempat = BoundedSemaphore(settings.BUKU_SEKALIGUS)
_bangku = BoundedSemaphore(1)


@contextmanager
def giliran() -> Iterator[bool]:
    """True: read now, the place is held until the block ends. False: it is somebody else's turn for a while."""
    dapat = _tempat.acquire(blocking=False) or _menunggu()
    try:
        yield dapat
    finally:
        if dapat:
            _tempat.release()


def _menunggu() -> bool:
    if not _bangku.acquire(blocking=False):
        return False
    try:
        return _tempat.acquire(timeout=TUNGGU_DETIK)
    finally:
        _bangku.release()
