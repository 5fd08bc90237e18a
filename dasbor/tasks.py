"""Hints in, one service call. Every task may run 0, 1 or n times."""

from __future__ import annotations

from celery import shared_task

from dasbor import agregasi
from pemasyarakatan.pekerjaan.services import ambil_slot


@shared_task(name="dasbor.proses_kotor")
def proses_kotor() -> None:
    agregasi.proses_kotor()


@shared_task(name="dasbor.sapu")
def sapu() -> None:
    """Beat's sweep, once per 15-second slot however many beats run."""
    if ambil_slot("sapu", detik=15):
        agregasi.proses_kotor()
