from __future__ import annotations

from celery import shared_task

from pemasyarakatan.pekerjaan.services import ambil_slot
from umkm.katalog import proyeksi
from umkm.pengingat import kirim


@shared_task(name="umkm.pengingat")
def pengingat() -> None:
    """Tell units whose licences lapse, at eight in the morning of their own zone; once an hour however many beats."""
    if ambil_slot("umkm_pengingat", detik=3600):
        kirim()


@shared_task(name="umkm.katalog")
def susun_katalog() -> None:
    """Nightly: prices that begin today come into force in the catalogue without anybody writing a row."""
    if ambil_slot("umkm_katalog", detik=86_400):
        proyeksi.susun_ulang()
