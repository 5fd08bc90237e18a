"""Hints in, one service call. Every task may run 0, 1 or n times."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import shared_task

from dasbor import agregasi
from dasbor.invarian import periksa_semua
from pemasyarakatan.pekerjaan import services as pekerjaan

log = logging.getLogger(__name__)


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


@shared_task(name="dasbor.periksa_invarian", soft_time_limit=3300, time_limit=3600)
def periksa_invarian() -> None:
    """Nightly, once a day however many beats run: every broken promise becomes an error in the log."""
    if not pekerjaan.ambil_slot("periksa_invarian", detik=86_400):
        return
    for hasil in periksa_semua():
        if not hasil.baik:
            log.error("invariant broken (%d): %s: %s", hasil.banyak, hasil.nama, "; ".join(hasil.contoh[:3]))
