"""Running things truly at once: one thread, one connection each; results and refusals are collected."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections


def serentak(tugas: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start all tasks behind one barrier; returns each result or the exception it raised."""
    hasil: list[Any] = [None] * len(tugas)
    pagar = threading.Barrier(len(tugas))

    def jalan(nomor: int, satu: Callable[[], Any]) -> None:
        try:
            pagar.wait(timeout=10)
            hasil[nomor] = satu()
        except Exception as galat:  # the test looks at it
            hasil[nomor] = galat
        finally:
            connections.close_all()

    utas = [threading.Thread(target=jalan, args=(n, t), daemon=True) for n, t in enumerate(tugas)]
    for satu in utas:
        satu.start()
    for satu in utas:
        satu.join(timeout=60)
        assert not satu.is_alive(), "tugas tidak selesai dalam 60 detik"
    return hasil
