"""What pages of SDP imports read, scope first."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Max, QuerySet
from django.db.models.fields.json import KeyTransform

from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.pekerjaan.models import Pekerjaan
from upt.cakupan import Cakupan
from upt.models import UPT
from upt.selectors import satu_upt
from wbp.dasar import pastikan_unit
from wbp.models import DataWarga, ImporSDP
from wbp.sdp.services import TIDAK_ADA

TERAKHIR = 10


def unit_impor(cakupan: Cakupan, oleh: Pengguna, kode: str) -> UPT:
    """A unit whose register this person writes. Raises TidakDitemukan, Ditolak."""
    upt = satu_upt(cakupan, kode)
    pastikan_unit(upt, Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    return upt


def satu_impor(cakupan: Cakupan, upt: UPT, impor_id: UUID) -> ImporSDP:
    """Raises TidakDitemukan."""
    satu = ImporSDP.objects.dalam(cakupan).select_related("upt", "oleh").filter(upt=upt, pk=impor_id).first()
    if satu is None:
        raise TidakDitemukan(TIDAK_ADA)
    return satu


def daftar_impor(cakupan: Cakupan, upt: UPT) -> QuerySet[ImporSDP]:
    """The latest imports with their counts (`baru`, `berubah`, `tolak`), without rows and reasons."""
    semua = ImporSDP.objects.dalam(cakupan).filter(upt=upt).select_related("oleh")
    hitungan = {"baru": "baru", "berubah": "berubah", "tolak": "ditolak"}
    return semua.annotate(**{n: KeyTransform(k, "ringkas") for n, k in hitungan.items()}).defer(
        "rencana", "bungkus", "ringkas"
    )[:TERAKHIR]


def impor_sebelum(cakupan: Cakupan, satu: ImporSDP) -> ImporSDP | None:
    """The last import that was saved before this one came."""
    lama = ImporSDP.objects.dalam(cakupan).filter(upt=satu.upt_id, status=ImporSDP.Status.DISIMPAN)
    return (
        lama.exclude(pk=satu.pk).filter(disimpan_pada__lt=satu.pada).order_by("-disimpan_pada").defer("rencana").first()
    )


def pernah_disimpan(cakupan: Cakupan, satu: ImporSDP) -> ImporSDP | None:
    """An earlier import of the very same file."""
    lama = ImporSDP.objects.dalam(cakupan).filter(upt=satu.upt_id, sidik=satu.sidik, status=ImporSDP.Status.DISIMPAN)
    return lama.exclude(pk=satu.pk).order_by("-disimpan_pada").defer("rencana").first()


def banyak_orang(cakupan: Cakupan, upt: UPT) -> int:
    return DataWarga.objects.dalam(cakupan).filter(upt=upt).ada().count()


def data_terbaru(cakupan: Cakupan, satu: ImporSDP) -> date | None:
    """The latest day that a saved import of this unit spoke of."""
    lama = ImporSDP.objects.dalam(cakupan).filter(upt=satu.upt_id, status=ImporSDP.Status.DISIMPAN)
    return lama.exclude(pk=satu.pk).aggregate(terakhir=Max("tanggal_data"))["terakhir"]


def pekerjaan_impor(oleh: Pengguna, satu: ImporSDP) -> Pekerjaan | None:
    """The person's own job that works on a long export."""
    if satu.status != ImporSDP.Status.ANTRE:
        return None
    milik = Pekerjaan.objects.filter(pengguna=oleh, parameter__impor=str(satu.pk))
    return milik.order_by("-dibuat_pada").first()
