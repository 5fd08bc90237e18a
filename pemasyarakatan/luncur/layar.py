"""What the launcher says to the person at the terminal: short Indonesian lines."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Gagal(Exception):
    """A failure with a sentence that tells the reader what to do; shown without a traceback."""


def kabar(teks: str = "") -> None:
    """Print one line at once, also when the output is a pipe."""
    print(teks, flush=True)


def tulis_detik(detik: float) -> str:
    """Seconds with an Indonesian decimal comma: `0,7 d`."""
    return f"{detik:.1f}".replace(".", ",") + " d"


@contextmanager
def langkah(teks: str) -> Iterator[None]:
    """Show `teks …` while the block works and its duration in seconds afterwards."""
    mulai = time.monotonic()
    print(f"• {teks} … ", end="", flush=True)
    try:
        yield
    except BaseException:
        kabar("berhenti")
        raise
    kabar(tulis_detik(time.monotonic() - mulai))


def titik() -> None:
    """Sign of life inside a long `langkah`."""
    sys.stdout.write(".")
    sys.stdout.flush()


def ekor(berkas: Path, baris: int = 15) -> str:
    """Return the last lines of a log file; empty when there is none."""
    try:
        with berkas.open("rb") as f:
            f.seek(0, 2)
            f.seek(max(0, f.tell() - 16_384))
            isi = f.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
    return "\n".join("    " + b for b in isi.splitlines()[-baris:])
