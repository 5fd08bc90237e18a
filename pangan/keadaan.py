"""Plots as they stand on a day: what they serve, what grows on them, how many heads live there, what they last gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Case, DecimalField, F, Max, Q, QuerySet, Sum, When

from pangan.komoditas import muat
from pangan.models import MutasiHewan, Panen, Pemanfaatan, Petak, Satuan, Siklus
from pangan.pilihan import nama_komoditas
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan
from upt.models import UPT

SEGERA = 14
"""Days before the expected harvest from which it is announced."""


@dataclass(frozen=True)
class SaldoHewan:
    """Heads of one cycle in a month: opening + in − out = closing. `terakhir`: the last day anything was noted."""

    siklus: Siklus
    awal: int
    masuk: int
    keluar: int
    terakhir: date

    @property
    def akhir(self) -> int:
        return self.awal + self.masuk - self.keluar

    @property
    def nama(self) -> str:
        return nama_komoditas(self.siklus.komoditas)


@dataclass(frozen=True)
class SiklusKini:
    """A cycle that runs. `hari`: days until its expected harvest, negative when overdue, None when none is expected.

    What is harvested again and again waits for its first harvest only; `dipanen` is the last day of any.
    """

    siklus: Siklus
    hari: int | None
    hewan: SaldoHewan | None
    dipanen: date | None = None

    @property
    def nama(self) -> str:
        return nama_komoditas(self.siklus.komoditas)

    @property
    def kata_panen(self) -> str:
        if self.hari is None:
            return "sedang dipanen" if self.dipanen else ""
        if self.hari < 0:
            return f"panen lewat {-self.hari} hari"
        return f"panen {self.hari} hari lagi" if self.hari else "panen hari ini"

    @property
    def lewat(self) -> bool:
        return self.hari is not None and self.hari < 0


@dataclass(frozen=True)
class KeadaanPetak:
    petak: Petak
    pakai: Pemanfaatan | None
    siklus: list[SiklusKini] = field(default_factory=list)
    panen: Panen | None = None

    @property
    def luas_pakai(self) -> int:
        return self.pakai.luas if self.pakai else 0

    @property
    def luas_sisa(self) -> int:
        return self.petak.luas - self.luas_pakai

    @property
    def luas_tidur(self) -> int:
        """Idle land as F06 counts it: the unit's own land that nothing uses."""
        lahan = self.petak.wujud == Petak.Wujud.LAHAN and self.petak.milik == Petak.Milik.MILIK
        return self.luas_sisa if lahan else 0

    @property
    def tanpa_rencana(self) -> bool:
        """Nothing is done with it and nobody has said what will be."""
        return self.pakai is None and not self.petak.rencana

    @property
    def aksi_cepat(self) -> list[tuple[str, str]]:
        """What is noted day by day where something grows."""
        hewan = any(s.hewan for s in self.siklus)
        return [("panen", "Panen"), *([("mati", "Mati atau hilang")] if hewan else [])]

    @property
    def panen_nama(self) -> str:
        return nama_komoditas(self.panen.komoditas) if self.panen else ""


def petak_pada(cakupan: Cakupan, upt: UPT, hari: date) -> QuerySet[Petak]:
    """Plots that the unit has on a day."""
    ada: QuerySet[Petak] = Petak.objects.dalam(cakupan).hidup().filter(upt=upt, mulai__lte=hari)
    return ada.filter(Q(selesai=None) | Q(selesai__gte=hari)).order_by("kode")


def pemanfaatan_pada(cakupan: Cakupan, upt: UPT, hari: date) -> QuerySet[Pemanfaatan]:
    ada: QuerySet[Pemanfaatan] = Pemanfaatan.objects.dalam(cakupan).hidup().filter(upt=upt, dari__lte=hari)
    return ada.filter(Q(sampai=None) | Q(sampai__gte=hari))


def keadaan_petak(cakupan: Cakupan, upt: UPT, hari: date, *, petak: Petak | None = None) -> list[KeadaanPetak]:
    """Every plot of the unit (or one) with what is known of it on a day; six queries whatever their number."""
    semua = [petak] if petak is not None else list(petak_pada(cakupan, upt, hari))
    pakai = {p.petak_id: p for p in pemanfaatan_pada(cakupan, upt, hari)}
    siklus = _siklus_kini(cakupan, upt, hari)
    panen = _panen_terakhir(cakupan, upt)
    return [KeadaanPetak(p, pakai.get(p.pk), siklus.get(p.pk, []), panen.get(p.pk)) for p in semua]


def _siklus_kini(cakupan: Cakupan, upt: UPT, hari: date) -> Mapping[int, list[SiklusKini]]:
    hewan = {s.siklus.pk: s for s in saldo_hewan(cakupan, upt, Bulan.pada(hari))}
    jalan = Siklus.objects.dalam(cakupan).hidup().filter(upt=upt, akhir=Siklus.Akhir.BERJALAN).order_by("tanam", "pk")
    panen = Panen.objects.dalam(cakupan).hidup().filter(upt=upt, siklus__akhir=Siklus.Akhir.BERJALAN).order_by()
    dipanen = dict(panen.values_list("siklus_id").annotate(hari=Max("tanggal")))
    hasil: dict[int, list[SiklusKini]] = defaultdict(list)
    for s in jalan:
        hasil[s.petak_id].append(SiklusKini(s, _sisa(s, hari, dipanen.get(s.pk)), hewan.get(s.pk), dipanen.get(s.pk)))
    return hasil


def _sisa(siklus: Siklus, hari: date, dipanen: date | None) -> int | None:
    acuan = muat().get(siklus.komoditas)
    if siklus.perkiraan_panen is None or (dipanen is not None and acuan is not None and acuan.berulang):
        return None
    return (siklus.perkiraan_panen - hari).days


def _panen_terakhir(cakupan: Cakupan, upt: UPT) -> Mapping[int, Panen]:
    baris = Panen.objects.dalam(cakupan).hidup().filter(upt=upt)
    return {p.petak_id: p for p in baris.order_by("petak_id", "-tanggal", "-pk").distinct("petak_id")}


def saldo_hewan(cakupan: Cakupan, upt: UPT, bulan: Bulan) -> list[SaldoHewan]:
    """Heads in ponds and pens in a month, by cycle, in the order of their plots."""
    ada = Siklus.objects.dalam(cakupan).hidup().filter(upt=upt, tanam__lte=bulan.akhir).exclude(ekor=None)
    ada = ada.filter(Q(selesai=None) | Q(selesai__gte=bulan.awal)).select_related("petak")
    semua = list(ada.order_by("petak__kode", "tanam", "pk"))
    if not semua:
        return []
    kunci = [s.pk for s in semua]
    return list(_saldo(semua, _arus(_mutasi(cakupan, kunci, bulan)), _arus(_panen(cakupan, kunci, bulan)), bulan))


_Arus = Mapping[int, Mapping[str, object]]
_EKOR_PANEN = Case(
    When(ekor__isnull=False, then=F("ekor")),
    When(satuan=Satuan.EKOR, then=F("jumlah")),
    default=0,
    output_field=DecimalField(),
)


def _mutasi(cakupan: Cakupan, kunci: list[int], bulan: Bulan) -> Iterable[Mapping[str, object]]:
    tambah = Q(jenis__in=MutasiHewan.MENAMBAH)
    lalu, kini = Q(tanggal__lt=bulan.awal), Q(tanggal__range=(bulan.awal, bulan.akhir))
    baris = MutasiHewan.objects.dalam(cakupan).hidup().filter(siklus__in=kunci, tanggal__lte=bulan.akhir)
    return baris.order_by().values("siklus_id").annotate(
        lalu_masuk=Sum("ekor", filter=lalu & tambah), lalu_keluar=Sum("ekor", filter=lalu & ~tambah),
        kini_masuk=Sum("ekor", filter=kini & tambah), kini_keluar=Sum("ekor", filter=kini & ~tambah),
        terakhir=Max("tanggal"),
    )  # fmt: skip


def _panen(cakupan: Cakupan, kunci: list[int], bulan: Bulan) -> Iterable[Mapping[str, object]]:
    lalu, kini = Q(tanggal__lt=bulan.awal), Q(tanggal__range=(bulan.awal, bulan.akhir))
    baris = Panen.objects.dalam(cakupan).hidup().filter(siklus__in=kunci, tanggal__lte=bulan.akhir)
    return baris.order_by().values("siklus_id").annotate(
        lalu_keluar=Sum(_EKOR_PANEN, filter=lalu),
        kini_keluar=Sum(_EKOR_PANEN, filter=kini),
        terakhir=Max("tanggal"),
    )  # fmt: skip


def _arus(baris: Iterable[Mapping[str, object]]) -> _Arus:
    return {int(str(b["siklus_id"])): b for b in baris}


def _saldo(semua: list[Siklus], mutasi: _Arus, panen: _Arus, bulan: Bulan) -> Iterable[SaldoHewan]:
    def n(arus: _Arus, siklus: Siklus, nama: str) -> int:
        return int(Decimal(str(arus.get(siklus.pk, {}).get(nama) or 0)))

    for s in semua:
        baru = Bulan.pada(s.tanam) == bulan
        ekor = s.ekor or 0
        lalu = n(mutasi, s, "lalu_masuk") - n(mutasi, s, "lalu_keluar") - n(panen, s, "lalu_keluar")
        hari = [arus[s.pk]["terakhir"] for arus in (mutasi, panen) if s.pk in arus]
        yield SaldoHewan(
            siklus=s,
            awal=0 if baru else ekor + lalu,
            masuk=n(mutasi, s, "kini_masuk") + (ekor if baru else 0),
            keluar=n(mutasi, s, "kini_keluar") + n(panen, s, "kini_keluar"),
            terakhir=max([s.tanam, *(h for h in hari if isinstance(h, date))]),
        )
