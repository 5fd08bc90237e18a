"""The cases of a list, scope first, with as few columns as the list shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from remisi.models import Keputusan, Kesempatan, RingkasRemisi, Usulan
from remisi.usulan.alur import DIBERIKAN, GUGUR
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil

USULAN = "usulan"
"""The list of everything proposed; the other lists are annexes of one decree, named by its id."""
BARIS_MAKS = 5_000


@dataclass(frozen=True)
class Pilihan:
    """A list that can be printed: all proposals, or the annex of one decree."""

    kode: str
    judul: str
    jumlah: int
    keputusan: Keputusan | None = None


def _unit(cakupan: Cakupan, upt: UPT, kesempatan: Kesempatan) -> Any:
    return Usulan.objects.dalam(cakupan).filter(upt=upt, kesempatan=kesempatan).order_by()


def pilihan(cakupan: Cakupan, upt: UPT, kesempatan: Kesempatan) -> list[Pilihan]:
    """What this unit has to print for this occasion."""
    semua = _unit(cakupan, upt, kesempatan)
    usul = Pilihan(USULAN, "Daftar nominatif usulan", semua.exclude(status__in=GUGUR).count())
    per = dict(semua.filter(status__in=DIBERIKAN).values_list("keputusan").annotate(n=Count("pk")))
    sk = Keputusan.objects.filter(pk__in=[k for k in per if k]).order_by("tanggal", "nomor")
    return [usul, *(Pilihan(str(k.pk), "Lampiran keputusan", per[k.pk], k) for k in sk)]


def kasus(cakupan: Cakupan, upt: UPT, kesempatan: Kesempatan, dipilih: Pilihan) -> list[Usulan]:
    """The cases of a list, without their persons: who moved to another unit since is out of sight, not out of it."""
    semua = _unit(cakupan, upt, kesempatan)
    if dipilih.keputusan is None:
        semua = semua.exclude(status__in=GUGUR)
    else:
        semua = semua.filter(keputusan=dipilih.keputusan, status__in=DIBERIKAN)
    lengkap = semua.select_related("keputusan", "sidang").defer("dasar")
    return list(lengkap.order_by("jenis", "hasil", "pk")[: BARIS_MAKS + 1])


# A Kanwil's recap --------------------------------------------------------------------------------


@dataclass(frozen=True)
class BarisRekap:
    """One unit: cases alive, grants by kind and result, and their days."""

    upt: UPT
    diusulkan: int
    per: dict[tuple[str, str], int]
    hari: int


def rekap(cakupan: Cakupan, kanwil: Kanwil, kesempatan: Kesempatan) -> list[BarisRekap]:
    usul = Usulan.objects.dalam(cakupan).filter(kanwil=kanwil, kesempatan=kesempatan).exclude(status__in=GUGUR)
    jumlah = dict(usul.order_by().values_list("upt_id").annotate(n=Count("pk")))
    semua = RingkasRemisi.objects.dalam(cakupan).filter(kanwil=kanwil, kesempatan=kesempatan)
    per: dict[int, dict[tuple[str, str], int]] = {}
    hari: dict[int, int] = {}
    for upt_id, jenis, hasil, orang, lama in semua.values_list("upt_id", "jenis", "hasil", "orang", "hari"):
        satu = per.setdefault(upt_id, {})
        satu[jenis, hasil] = satu.get((jenis, hasil), 0) + orang
        hari[upt_id] = hari.get(upt_id, 0) + lama
    unit = UPT.objects.filter(pk__in={*jumlah, *per}).order_by("nama")
    return [BarisRekap(u, jumlah.get(u.pk, 0), per.get(u.pk, {}), hari.get(u.pk, 0)) for u in unit]


def jenis_rekap(baris: Sequence[BarisRekap]) -> list[tuple[str, str]]:
    return sorted({k for b in baris for k in b.per})
