"""Decisions about a month as people take them: right, order and repetition checked, then done once."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from pelaporan.idempotensi import jawab_sekali
from pelaporan.kanonik import sidik
from pelaporan.models import Periode
from pelaporan.services_periode import buka_lagi_periode, buka_periode, tutup_periode
from pelaporan.tenggat.hitung import hitung_ulang
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakSah
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan

AKSI_BULAN = ("buka", "tutup", "buka_lagi")


def bulan_berikut() -> Bulan | None:
    """The month that may be opened next: after the latest, at most the current one. None: nothing to open."""
    akhir = Periode.objects.order_by("-bulan").values_list("bulan", flat=True).first()
    berikut = Bulan.pada(akhir) + 1 if akhir else Bulan.kini()
    return berikut if berikut <= Bulan.kini() else None


def putuskan_bulan(*, aksi: str, bulan: Bulan, oleh: Pengguna, cakupan: Cakupan, kunci: str) -> dict[str, Any]:
    """Open, close or reopen a month: {"jumlah"} is the number of obligations added or reports locked.

    Raises Ditolak, Bentrok (the month is in another state), TidakSah (unknown act, not the next month).
    """
    if aksi not in AKSI_BULAN:
        raise TidakSah("Pilih apa yang dilakukan pada bulan ini.")
    if not boleh(oleh, Izin.KELOLA_PERIODE):
        raise Ditolak("Peran Anda tidak mengelola bulan pelaporan.")
    with transaction.atomic():
        return jawab_sekali(
            aktor=oleh,
            kunci=kunci,
            sidik=sidik(["periode", aksi, bulan.kode]),
            kerjakan=lambda: {"jumlah": _laksanakan(aksi, bulan, oleh, cakupan)},
        )


def _laksanakan(aksi: str, bulan: Bulan, oleh: Pengguna, cakupan: Cakupan) -> int:
    if aksi == "tutup":
        return tutup_periode(bulan=bulan, oleh=oleh, cakupan=cakupan)
    if aksi == "buka_lagi":
        buka_lagi_periode(bulan=bulan, oleh=oleh)
        hitung_ulang(bulan)  # holidays and moved deadlines decided while it was closed
        return 0
    if not Periode.objects.filter(bulan=bulan.awal).exists() and bulan != bulan_berikut():
        raise TidakSah(f"Bulan {bulan.nama} belum waktunya dibuka. Bulan dibuka berurutan, paling jauh bulan berjalan.")
    return buka_periode(bulan=bulan, oleh=oleh)
