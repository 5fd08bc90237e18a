"""A child that misbehaves on request, for the tests of `inti.ruang_terbatas`. Anything unknown spins for ever."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


def kerjakan(isi: bytes) -> bytes:
    if isi == b"memori":
        return bytes(2 * 1024**3)
    if isi == b"tidur":
        time.sleep(60)
    if isi == b"lihat":
        rahasia = any(kata in nama for nama in os.environ for kata in ("SECRET", "DATABASE", "KUNCI", "SANDI"))
        return f"django={'django' in sys.modules} rahasia={rahasia} tulis={_tulis()}".encode()
    while True:
        pass


def _tulis() -> bool:
    jalan = Path("/tmp") / f"anak-rakus-{os.getpid()}"
    try:
        jalan.write_bytes(b"x")
    except OSError:
        return False
    finally:
        jalan.unlink(missing_ok=True)
    return True
