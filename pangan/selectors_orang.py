"""Who takes part in the food programme of a unit: counts since a day, or inmates by register number; never both.

In a month in which anybody is placed by register number, persons are counted from those placements, so that somebody
who works in two clusters is one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from pangan.models import Klaster, Mitra, Penempatan, Sertifikat, Tenaga
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan
from upt.models import UPT


@dataclass(frozen=True)
class Orang:
    """Persons on a day. `wbp` None: nobody has said. `sejak` is the day of the count that is shown."""

    menurut_nomor: bool
    wbp: int | None
    per_klaster: Mapping[str, int]
    petugas: int | None
    sejak: date | None

    @property
    def baris(self) -> list[tuple[str, int]]:
        return [(k.label, self.per_klaster[k.value]) for k in Klaster if k.value in self.per_klaster]


def memakai_nomor(cakupan: Cakupan, upt: UPT, hari: date) -> bool:
    """Whether a placement touches the month of that day; F06 decides in the same way."""
    bulan = Bulan.pada(hari)
    ada = Penempatan.objects.dalam(cakupan).hidup().filter(upt=upt, dari__lte=bulan.akhir)
    return ada.filter(Q(sampai=None) | Q(sampai__gte=bulan.awal)).exists()


def orang_pada(cakupan: Cakupan, upt: UPT, hari: date) -> Orang:
    hitungan = _hitungan(cakupan, upt, hari)
    catatan_petugas = hitungan.get((Tenaga.Jenis.PETUGAS, ""))
    petugas = catatan_petugas.orang if catatan_petugas else None
    if memakai_nomor(cakupan, upt, hari):
        wbp, klaster = _menurut_nomor(cakupan, upt, hari)
        return Orang(True, wbp, klaster, petugas, None)
    terhitung = {k: t for (jenis, k), t in hitungan.items() if jenis == Tenaga.Jenis.WBP}
    semua = terhitung.get("")
    per_klaster = {k: t.orang for k, t in terhitung.items() if k}
    jumlah = sum(per_klaster.values()) if per_klaster else None
    sejak = max((t.dari for t in terhitung.values()), default=None)
    return Orang(False, semua.orang if semua else jumlah, per_klaster, petugas, sejak)


def _hitungan(cakupan: Cakupan, upt: UPT, hari: date) -> dict[tuple[str, str], Tenaga]:
    """The count in force by kind and cluster: the latest that began by this day."""
    baris = Tenaga.objects.dalam(cakupan).hidup().filter(upt=upt, dari__lte=hari)
    berlaku = baris.order_by("jenis", "klaster", "-dari").distinct("jenis", "klaster")
    return {(t.jenis, t.klaster): t for t in berlaku}


def penempatan_pada(cakupan: Cakupan, upt: UPT, hari: date) -> QuerySet[Penempatan]:
    """Placements in force; a person is shown by the end of the number alone."""
    ada: QuerySet[Penempatan] = Penempatan.objects.dalam(cakupan).hidup().filter(upt=upt, dari__lte=hari)
    ada = ada.filter(Q(sampai=None) | Q(sampai__gte=hari))
    return ada.select_related("wbp").order_by("klaster", "wbp__ujung", "pk")


def pilihan_akhiri(cakupan: Cakupan, upt: UPT, *, semua: bool) -> list[tuple[int, str]]:
    """Placements that go on, to choose one from; `semua` also those that have ended, for a form sent twice."""
    ada = Penempatan.objects.dalam(cakupan).hidup().filter(upt=upt).select_related("wbp")
    if not semua:
        ada = ada.filter(sampai=None)
    return [(p.pk, f"{p.wbp} {p.get_klaster_display()}") for p in ada.order_by("klaster", "wbp__ujung", "pk")]


def _menurut_nomor(cakupan: Cakupan, upt: UPT, hari: date) -> tuple[int, dict[str, int]]:
    ada = penempatan_pada(cakupan, upt, hari).order_by()
    semua = ada.aggregate(n=Count("wbp", distinct=True))["n"]
    return semua, {b["klaster"]: b["n"] for b in ada.values("klaster").annotate(n=Count("wbp", distinct=True))}


def hitungan_terakhir(cakupan: Cakupan, upt: UPT, banyak: int = 12) -> QuerySet[Tenaga]:
    baris: QuerySet[Tenaga] = Tenaga.objects.dalam(cakupan).hidup().filter(upt=upt)
    return baris.order_by("-dari", "jenis", "klaster")[:banyak]


def mitra_pada(cakupan: Cakupan, upt: UPT, hari: date) -> QuerySet[Mitra]:
    ada: QuerySet[Mitra] = Mitra.objects.dalam(cakupan).hidup().filter(upt=upt, dari__lte=hari)
    return ada.filter(Q(sampai=None) | Q(sampai__gte=hari)).order_by("nama")


def sertifikat_tahun(cakupan: Cakupan, upt: UPT, hari: date) -> QuerySet[Sertifikat]:
    """Certificates of the twelve months up to a day, newest first."""
    awal = (Bulan.pada(hari) - 11).awal
    ada: QuerySet[Sertifikat] = Sertifikat.objects.dalam(cakupan).hidup().filter(upt=upt, tanggal__range=(awal, hari))
    return ada.order_by("-tanggal", "-pk")
