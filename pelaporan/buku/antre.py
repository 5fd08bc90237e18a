"""The job behind an upload that found no free reader: the worker reads it, the page follows."""

from __future__ import annotations

from uuid import UUID

from pelaporan.buku.services import baca_yang_antre
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import Berkas, Lapor
from upt.cakupan import sebagai


def kerjakan(pekerjaan: Pekerjaan, lapor: Lapor) -> list[Berkas]:
    """Read with what the person who uploaded it may see, not with what the worker may."""
    lapor("Membaca berkas", 0, 1)
    with sebagai(pekerjaan.pengguna) as cakupan:
        baca_yang_antre(unggahan_id=UUID(pekerjaan.parameter["unggahan"]), cakupan=cakupan)
    return []
