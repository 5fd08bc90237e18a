"""Knowing an inmate again by the register number alone, for registers that need no more of a person."""

from __future__ import annotations

from django.db import transaction

from pelaporan.register.services import BarisSalah, pastikan_menulis
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.services import catat_baris
from upt.cakupan import Cakupan
from upt.models import UPT
from wbp.indeks import GalatNomor, indeks_nomor_semua, kunci_kini, ujung_nomor
from wbp.models import WargaBinaan


@transaction.atomic
def kenali(*, nomor: str, upt: UPT, oleh: Pengguna, cakupan: Cakupan) -> WargaBinaan:
    """The person with this register number in this unit, noted now if nobody met them before.

    The number goes nowhere: not into the row, the trail, or an error. The caller holds the register that the person is
    noted for (`kunci_register`). Raises TidakDitemukan, Ditolak, BarisSalah.
    """
    pastikan_menulis(upt, oleh=oleh, cakupan=cakupan)
    try:
        indeks, ujung = indeks_nomor_semua(nomor, upt.pk), ujung_nomor(nomor)
    except GalatNomor as galat:
        raise BarisSalah({"nomor": galat.pesan}) from None
    dikenal = WargaBinaan.objects.filter(upt=upt, indeks__in=indeks).first()
    if dikenal is not None:
        return dikenal
    warga, baru = WargaBinaan.objects.get_or_create(
        upt=upt,
        indeks=indeks[0],
        defaults={
            "kanwil_id": upt.kanwil_id, "ujung": ujung, "kunci_indeks": kunci_kini(),
            "dibuat_oleh": oleh, "dibuat_pada": sekarang(),
        },
    )  # fmt: skip
    if baru:
        catat_baris(warga, oleh=oleh, tindakan="warga_dikenal")
    return warga
