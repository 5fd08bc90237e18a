"""The job behind a long list: a worker tries or saves it, the page follows."""

from __future__ import annotations

from uuid import UUID

from pelaporan.register.impor_services import kerjakan_yang_antre
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import Berkas, Lapor
from upt.cakupan import sebagai


def kerjakan(pekerjaan: Pekerjaan, lapor: Lapor) -> list[Berkas]:
    """Write with what the person who asked may do, not with what the worker may."""
    lapor("Mencocokkan baris", 0, 1)
    orang = pekerjaan.pengguna
    with sebagai(orang) as cakupan:
        kerjakan_yang_antre(impor_id=UUID(pekerjaan.parameter["impor"]), oleh=orang, cakupan=cakupan)
    return []
