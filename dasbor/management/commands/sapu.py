"""The sweeper: does whatever a lost hint left undone. Needs only the database. Runs as the worker role."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from dasbor.penyapu import sapu_sekali

log = logging.getLogger(__name__)
JEDA = 10.0
"""Seconds between two passes; a figure is at most this late when the broker is gone."""


class Command(BaseCommand):
    help = "Sapu terus-menerus: rekap yang tertinggal dan pekerjaan yang terbengkalai. Tidak memerlukan Redis."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sekali", action="store_true", help="satu putaran saja, lalu selesai")
        parser.add_argument("--jeda", type=float, default=JEDA, help="detik di antara dua putaran")

    def handle(self, *args: Any, **opsi: Any) -> None:
        if opsi["sekali"]:
            self.stdout.write(str(sapu_sekali()))
            return
        henti = threading.Event()
        self._dengar(henti)
        while not henti.is_set():
            _satu_putaran()
            henti.wait(opsi["jeda"])
        log.info("sweeper stopped")

    def _dengar(self, henti: threading.Event) -> None:
        """Finish the running pass, then leave."""

        def minta(nomor: int, bingkai: FrameType | None) -> None:
            henti.set()

        for sinyal in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sinyal, minta)


def _satu_putaran() -> None:
    """One pass that outlives a restarting database: the next pass connects anew."""
    close_old_connections()
    try:
        hasil = sapu_sekali()
    except (DatabaseError, InterfaceError) as galat:
        log.warning("database not reachable, trying again: %s", str(galat).splitlines()[0] if str(galat) else galat)
        connection.close()
    except Exception:
        log.exception("sweep failed, trying again")
    else:
        if hasil.ada:
            log.info("%s", hasil)
