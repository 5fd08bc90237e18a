from __future__ import annotations

from celery import shared_task

from pelaporan.services_periode import buka_periode as _buka
from pemasyarakatan.inti.waktu import Bulan
from pemasyarakatan.pekerjaan.services import ambil_slot
from upt.cakupan import SISTEM, terpasang


@shared_task(name="pelaporan.buka_periode")
def buka_periode() -> None:
    """Keep the running month open for entry, once an hour however many beats run."""
    if ambil_slot("buka_periode", detik=3600):
        with terpasang(SISTEM):
            _buka(bulan=Bulan.kini())
