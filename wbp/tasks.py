from __future__ import annotations

from uuid import UUID

from celery import shared_task

from pemasyarakatan.pekerjaan.services import ambil_slot, jalankan_pekerjaan
from wbp.sdp.services import bersihkan_terbengkalai
from wbp.simpan import musnahkan


@shared_task(name="wbp.musnahkan")
def musnahkan_yang_lewat() -> None:
    """Nightly: erase names and numbers whose time of keeping has passed; once a day however many beats run."""
    if ambil_slot("wbp_musnahkan", detik=86_400):
        musnahkan()


@shared_task(name="wbp.impor_sdp")
def impor_sdp(pekerjaan_id: str) -> None:
    """Plan or save a long export of SDP; the id is of a `Pekerjaan`."""
    jalankan_pekerjaan(UUID(pekerjaan_id))


@shared_task(name="wbp.bersihkan_impor")
def bersihkan_impor() -> None:
    """Wipe imports that nobody decided on for a day, every hour however many beats run."""
    if ambil_slot("wbp_bersihkan_impor", detik=3600):
        bersihkan_terbengkalai()
