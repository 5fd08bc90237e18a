from __future__ import annotations

from uuid import UUID

from celery import shared_task

from pemasyarakatan.pekerjaan.services import ambil_slot, jalankan_pekerjaan
from remisi.calon.tugas import malam
from remisi.integrasi.pengingat import kirim
from remisi.integrasi.ramalan import simpan_semua
from remisi.kesempatan import segarkan


@shared_task(name="remisi.buka_kesempatan")
def buka_kesempatan() -> None:
    """Nightly: the occasions of the year ahead, as the rules say today, however many beats run."""
    if ambil_slot("buka_kesempatan", detik=86_400):
        segarkan()


@shared_task(name="remisi.gladi_aturan", soft_time_limit=3300, time_limit=3600)
def gladi_aturan(pekerjaan_id: str) -> None:
    """Rehearse a draft rule on the candidates of the next occasions; the id is of a `Pekerjaan`."""
    jalankan_pekerjaan(UUID(pekerjaan_id))


@shared_task(name="remisi.hitung_calon", soft_time_limit=3300, time_limit=3600)
def hitung_calon(pekerjaan_id: str) -> None:
    """Candidates of every unit for one occasion, asked for by somebody; the id is of a `Pekerjaan`."""
    jalankan_pekerjaan(UUID(pekerjaan_id))


@shared_task(name="remisi.hitung_malam", soft_time_limit=3300, time_limit=3600)
def hitung_malam() -> None:
    """Nightly: candidates of near occasions where something has changed, once a day however many beats run."""
    if ambil_slot("hitung_calon", detik=86_400):
        malam()


@shared_task(name="remisi.tahanan")
def ingatkan_tahanan() -> None:
    """Hourly: tell units of notices before detentions end, once a morning of their own zone, however many beats run."""
    if ambil_slot("remisi_tahanan", detik=3600):
        kirim()


@shared_task(name="remisi.ramalan", soft_time_limit=3300, time_limit=3600)
def ramalkan() -> None:
    """Nightly: who leaves when, by unit, for the sums of Kanwil and nation."""
    if ambil_slot("remisi_ramalan", detik=86_400):
        simpan_semua()
