"""Where a record is: its unit, for links that know no more than its kind and id."""

from __future__ import annotations

from typing import Any

from pelaporan.register.jenis import JenisBaris
from pelaporan.register.selectors import pastikan_membaca, unit_register
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakDitemukan
from upt.cakupan import Cakupan
from upt.models import UPT


def unit_baris(jenis: JenisBaris[Any], cakupan: Cakupan, oleh: Pengguna, pk: int) -> UPT:
    """The unit whose row this is, for somebody who may read its register. Raises TidakDitemukan, Ditolak."""
    kode = jenis.model.objects.dalam(cakupan).filter(pk=pk).values_list("upt__kode", flat=True).first()
    if kode is None:
        raise TidakDitemukan(f"{jenis.label} ini tidak ada, atau bukan dari unit Anda.")
    upt = unit_register(cakupan, oleh, kode)
    pastikan_membaca(jenis, oleh, upt)
    return upt
