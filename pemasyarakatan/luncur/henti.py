"""Stopping on Ctrl-C, SIGTERM or a closed terminal: once, in order, and completely."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pemasyarakatan.luncur.proses import jadi_penampung, sapu_yatim

SINYAL = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Berhenti(BaseException):
    """Raised in the main thread by the first stop signal."""

    def __init__(self, sinyal: int) -> None:
        super().__init__(sinyal)
        self.sinyal = sinyal


@contextmanager
def penjaga_henti() -> Iterator[None]:
    """Turn the first stop signal into `Berhenti`, ignore the next ones, leave no descendant behind."""
    jadi_penampung()
    lama = {s: signal.signal(s, _sekali) for s in SINYAL}
    try:
        yield
    finally:
        for s in SINYAL:
            signal.signal(s, signal.SIG_IGN)
        sapu_yatim()
        for s, penangan in lama.items():
            signal.signal(s, penangan)


def _sekali(sinyal: int, _bingkai: FrameType | None) -> None:
    for s in SINYAL:
        signal.signal(s, signal.SIG_IGN)
    raise Berhenti(sinyal)
