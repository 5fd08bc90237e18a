"""The job behind a long export: a worker plans or saves it, the page follows. It is told the import's id alone."""

from __future__ import annotations

from uuid import UUID

from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import Berkas, Lapor
from upt.cakupan import sebagai
from wbp.sdp.services import kerjakan_yang_antre


def kerjakan(pekerjaan: Pekerjaan, lapor: Lapor) -> list[Berkas]:
    """Write with what the person who asked may do, not with what the worker may."""
    lapor("Menyimpan orang" if pekerjaan.parameter["simpan"] else "Mencocokkan orang", 0, 1)
    orang = pekerjaan.pengguna
    with sebagai(orang) as cakupan:
        kerjakan_yang_antre(impor_id=UUID(pekerjaan.parameter["impor"]), oleh=orang, cakupan=cakupan)
    return []
