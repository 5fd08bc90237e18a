"""Hints to the worker, sent from the side: nobody waits for a broker that is slow, silent or gone.

A hint may be lost with the process; the dirty log and the job rows are the promise, and the sweeper reads those.
"""

from __future__ import annotations

import logging
import os
import queue
import threading

from pemasyarakatan.celery import app

log = logging.getLogger(__name__)
_Pesan = tuple[str, tuple[str, ...]]
_antre: queue.Queue[_Pesan] = queue.Queue(maxsize=200)
_kunci = threading.Lock()
_pid = 0


def isyaratkan(nama: str, *argumen: str) -> None:
    """Nudge a task by name; returns at once. Equal hints that still wait are one hint."""
    pesan = (nama, argumen)
    _pastikan_pengirim()
    if pesan in tuple(_antre.queue):
        return
    try:
        _antre.put_nowait(pesan)
    except queue.Full:
        log.warning("hint dropped, the sweeper will do it: %s", nama)


def _pastikan_pengirim() -> None:
    """One sender thread per process; a forked process starts its own."""
    global _pid
    if _pid != os.getpid():
        with _kunci:
            if _pid != os.getpid():
                threading.Thread(target=_kirim_terus, name="isyarat", daemon=True).start()
                _pid = os.getpid()


def _kirim_terus() -> None:
    while True:
        nama, argumen = _antre.get()
        try:
            app.send_task(nama, args=argumen, retry=False)
        except Exception as galat:  # whatever the broker's client raises: the promise is in the database
            log.warning("hint not sent, the sweeper will do it: %s", type(galat).__name__)
