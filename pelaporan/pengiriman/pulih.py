"""Reopened reports that were not sent in time go back to their verified version by themselves."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from pelaporan import notis
from pelaporan.alur import Aksi, Status, transisi
from pelaporan.models import Kejadian, Laporan, Periode
from pelaporan.services import Perintah, catat_transisi, jalankan
from pelaporan.urutan_kunci import kunci_bulan
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import sekarang
from upt.cakupan import SISTEM, Cakupan, terpasang

OTOMATIS = "Portal (otomatis)"
TERBUKA = (Status.DIKEMBALIKAN, Status.DRAF, Status.SIAP)


def pulihkan(perintah: Perintah, *, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Lock a reopened report again before its term; in a closed month it is locked as it was. Raises as `jalankan`."""
    with transaction.atomic():
        laporan = Laporan.objects.dalam(cakupan).filter(pk=perintah.laporan_id).values_list("bulan", flat=True)
        tutup = Periode.Status.DITUTUP in kunci_bulan(laporan).values()
        hasil = jalankan(perintah, oleh=oleh, cakupan=cakupan)
        if tutup and not hasil.get("ulangan"):
            _pindah(Laporan.objects.select_related("upt", "kanwil", "formulir").get(pk=perintah.laporan_id), Aksi.KUNCI)


def pulihkan_yang_lewat(batas: int = 500) -> int:
    """Lock again what was open too long; returns how many. May run 0, 1 or n times on any number of workers."""
    jumlah = 0
    with terpasang(SISTEM):
        lewat = Laporan.objects.filter(status__in=TERBUKA, buka_sampai__lt=sekarang())
        kunci = list(lewat.order_by("buka_sampai", "pk").values_list("pk", "bulan")[:batas])
    for pk, bulan in kunci:
        with terpasang(SISTEM), transaction.atomic():
            jumlah += _pulihkan(pk, bulan)
    return jumlah


def _pulihkan(pk: UUID, bulan: date) -> int:
    tutup = kunci_bulan([bulan]).get(bulan) == Periode.Status.DITUTUP
    laporan = (
        Laporan.objects.select_related("upt", "kanwil", "formulir")
        .select_for_update(of=("self",), skip_locked=True)
        .filter(pk=pk, status__in=TERBUKA, buka_sampai__lt=sekarang())
        .first()
    )
    if laporan is None:  # sent or locked again meanwhile, or another worker has it
        return 0
    _pindah(laporan, Aksi.PULIHKAN)
    notis.umumkan(laporan, Aksi.PULIHKAN)
    if tutup:
        _pindah(laporan, Aksi.KUNCI)
    return 1


def _pindah(laporan: Laporan, aksi: Aksi) -> None:
    """The decision is of whoever opened the report and set its term; the portal only carries it out."""
    baris = transisi(laporan.status, aksi)
    assert baris is not None
    pembuka = Kejadian.objects.filter(laporan=laporan, aksi=Aksi.BUKA).select_related("oleh").order_by("-urut").first()
    assert pembuka is not None
    laporan.status, laporan.revisi, laporan.buka_sampai = baris.ke.value, laporan.revisi + 1, None
    laporan.save(update_fields=["status", "revisi", "buka_sampai", "diubah_pada"])
    catat_transisi(laporan, baris, oleh=pembuka.oleh, versi=laporan.versi_masuk, gelar=OTOMATIS)
