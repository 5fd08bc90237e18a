"""Exhibitions of a unit: those it took part in with what was sold there, and public events to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Sum

from pemasyarakatan.inti.galat import TidakDitemukan
from umkm import nama
from umkm.models import Pameran, Penjualan, PesertaPameran
from upt.cakupan import Cakupan
from upt.models import UPT

COCOK = 10


@dataclass(frozen=True)
class Ikut:
    """One participation, with what the unit's sales say of it."""

    peserta: PesertaPameran
    terjual: int
    omzet: int


def ikut_pameran(cakupan: Cakupan, upt: UPT) -> list[Ikut]:
    """Participations, the latest first. Sales at an entry that was merged into another count for the same event."""
    semua = PesertaPameran.objects.dalam(cakupan).hidup().filter(upt=upt).select_related("pameran")
    jual = Penjualan.objects.dalam(cakupan).hidup().filter(upt=upt).exclude(pameran=None).order_by()
    per: dict[int, tuple[int, int]] = {}
    for pk, induk, n, rp in jual.values_list("pameran_id", "pameran__induk_id").annotate(Sum("jumlah"), Sum("nilai")):
        lama = per.get(induk or pk, (0, 0))
        per[induk or pk] = (lama[0] + n, lama[1] + rp)
    return [
        Ikut(p, *per.get(p.pameran.induk_id or p.pameran_id, (0, 0))) for p in semua.order_by("-pameran__mulai", "pk")
    ]


def cari_pameran(teks: str) -> list[Pameran]:
    """Registered events whose name, place or host has all these words, the latest first."""
    kata = nama.ejaan(teks).split()[:6] or teks.split()[:6]
    semua = Pameran.objects.filter(induk=None)
    for satu in kata:
        semua = semua.filter(Q(nama__icontains=satu) | Q(tempat__icontains=satu) | Q(penyelenggara__icontains=satu))
    return list(semua.order_by("-mulai", "nama", "pk")[:COCOK])


def belum_diikuti(pameran: Iterable[Pameran], ikut: Iterable[Ikut]) -> list[tuple[Pameran, bool]]:
    """Events, each with whether the unit has noted it already."""
    sudah = {i.peserta.pameran.induk_id or i.peserta.pameran_id for i in ikut}
    return [(p, p.pk in sudah) for p in pameran]


def satu_pameran(pk: int) -> Pameran:
    satu = Pameran.objects.filter(pk=pk).first()
    if satu is None:
        raise TidakDitemukan("Pameran ini tidak ada.")
    return satu.induk or satu
