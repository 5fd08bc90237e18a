"""Reading the organisation. The first argument is the scope, except where a row that was already let in is asked."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil, Kapasitas, RiwayatKanwil


def daftar_upt(cakupan: Cakupan) -> QuerySet[UPT]:
    return UPT.objects.dalam(cakupan).select_related("kanwil")


def daftar_kanwil(cakupan: Cakupan) -> QuerySet[Kanwil]:
    """Regional offices a person may open: all for the nation, else the own ones."""
    semua = Kanwil.objects.all()
    return semua if cakupan.nasional else semua.filter(pk__in=cakupan.kanwil)


def kapasitas_pada(upt: UPT, tanggal: date) -> Kapasitas | None:
    """The capacity that was valid on a day, or None when none is known."""
    return Kapasitas.objects.filter(upt=upt, dari__lte=tanggal).order_by("-dari").first()


def kanwil_pada(tanggal: date) -> dict[int, int]:
    """Parent of every unit on a day: the history where there is one, else today's parent."""
    hasil = dict(UPT.objects.values_list("pk", "kanwil_id"))
    lalu = RiwayatKanwil.objects.filter(Q(sampai=None) | Q(sampai__gte=tanggal), dari__lte=tanggal)
    hasil.update(lalu.values_list("upt_id", "kanwil_id"))
    return hasil
