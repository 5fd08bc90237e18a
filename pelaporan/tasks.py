from __future__ import annotations

from uuid import UUID

from celery import shared_task

from pelaporan.pengiriman.pulih import pulihkan_yang_lewat
from pelaporan.services_periode import buka_kampanye
from pelaporan.services_periode import buka_periode as _buka
from pelaporan.tenggat.pengingat import kirim_pengingat
from pelaporan.tenggat.surat import kirim_surat as _kirim_surat
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from pemasyarakatan.pekerjaan.services import ambil_slot, jalankan_pekerjaan
from upt.cakupan import SISTEM, terpasang


@shared_task(name="pelaporan.buka_periode")
def buka_periode() -> None:
    """Keep the running month and begun campaigns open for entry, once an hour however many beats run."""
    if ambil_slot("buka_periode", detik=3600):
        with terpasang(SISTEM):
            _buka(bulan=Bulan.kini())
            buka_kampanye(pada=hari_ini())


@shared_task(name="pelaporan.gladi_formulir")
def gladi_formulir(pekerjaan_id: str) -> None:
    """Rehearse a draft of a form that somebody asked for; the id is of a `Pekerjaan`."""
    jalankan_pekerjaan(UUID(pekerjaan_id))


@shared_task(name="pelaporan.baca_buku")
def baca_buku(pekerjaan_id: str) -> None:
    """Read a workbook that found no free reader when it was uploaded; the id is of a `Pekerjaan`."""
    jalankan_pekerjaan(UUID(pekerjaan_id))


@shared_task(name="pelaporan.impor_register")
def impor_register(pekerjaan_id: str) -> None:
    """Try or save a long list of register rows; the id is of a `Pekerjaan`."""
    jalankan_pekerjaan(UUID(pekerjaan_id))


@shared_task(name="pelaporan.pulihkan_terbuka")
def pulihkan_terbuka() -> None:
    """Lock reopened reports whose term has passed, every quarter of an hour however many beats run."""
    if ambil_slot("pulihkan_terbuka", detik=900):
        pulihkan_yang_lewat()


@shared_task(name="pelaporan.pengingat")
def pengingat() -> None:
    """Tell units that still owe, at eight in the morning of their own zone; once an hour however many beats run."""
    if ambil_slot("pengingat", detik=3600):
        kirim_pengingat()


@shared_task(name="pelaporan.kirim_surat")
def kirim_surat() -> None:
    """Send the letters that wait; any number of workers share them."""
    _kirim_surat()
