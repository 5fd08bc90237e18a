"""Hints in, one service call. Every task may run 0, 1 or n times."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from dasbor import agregasi
from pemasyarakatan.pekerjaan import services as pekerjaan


@shared_task(name="dasbor.proses_kotor")
def proses_kotor() -> None:
    agregasi.proses_kotor()


@shared_task(name="dasbor.susun_laporan_kinerja")
def susun_laporan_kinerja(pekerjaan_id: str) -> None:
    """Make a performance report that somebody asked for; the id is of a `Pekerjaan`."""
    pekerjaan.jalankan_pekerjaan(UUID(pekerjaan_id))


@shared_task(name="dasbor.sapu")
def sapu() -> None:
    """Beat's sweep, once per 15-second slot however many beats run.

    Abandoned jobs are nudged, not done here.
    """
    if not pekerjaan.ambil_slot("sapu", detik=15):
        return
    agregasi.proses_kotor()
    for satu in pekerjaan.terbengkalai():
        pekerjaan.beri_isyarat(satu)
    if pekerjaan.ambil_slot("hapus_berkas", detik=3600):
        pekerjaan.hapus_kedaluwarsa()
