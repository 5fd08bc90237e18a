"""What pages of imports read, scope first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from pelaporan.models import ImporRegister
from pelaporan.register.impor_services import TIDAK_ADA
from pelaporan.register.jenis import JenisBaris
from pelaporan.register.services import pastikan_menulis
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.pekerjaan.models import Pekerjaan
from upt.cakupan import Cakupan
from upt.models import UPT

TERAKHIR = 10


def satu_impor(cakupan: Cakupan, oleh: Pengguna, register: str, impor_id: UUID) -> ImporRegister:
    """An import of this register, for who writes its unit's rows. Raises TidakDitemukan, Ditolak."""
    semua = ImporRegister.objects.dalam(cakupan).select_related("upt", "upt__kanwil", "berkas", "oleh")
    satu = semua.filter(pk=impor_id, register=register).first()
    if satu is None:
        raise TidakDitemukan(TIDAK_ADA)
    pastikan_menulis(satu.upt, oleh=oleh, cakupan=cakupan)
    return satu


def daftar_impor(cakupan: Cakupan, jenis: JenisBaris[Any], upt: UPT) -> QuerySet[ImporRegister]:
    """The latest files of a kind, without their rows."""
    semua = ImporRegister.objects.dalam(cakupan).filter(upt=upt, register=jenis.register, jenis=jenis.kode)
    return semua.select_related("oleh", "berkas").defer("rencana", "berkas__isi")[:TERAKHIR]


def pekerjaan_impor(oleh: Pengguna, satu: ImporRegister) -> Pekerjaan | None:
    """The person's own job that works on a long list."""
    if satu.status != ImporRegister.Status.ANTRE:
        return None
    milik = Pekerjaan.objects.filter(pengguna=oleh, parameter__impor=str(satu.pk))
    return milik.order_by("-dibuat_pada").first()
