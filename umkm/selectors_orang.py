"""Who makes the products of a unit: a count since a day, or inmates by register number; never both.

Once anybody was placed by register number, persons are counted from those rows: somebody who makes two products is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from umkm.models import Pekerja, Tenaga
from upt.cakupan import Cakupan
from upt.models import UPT


@dataclass(frozen=True)
class Orang:
    """Persons on a day. `wbp` None: nobody has said. `per_produk`: product (None: several) and persons."""

    menurut_nomor: bool
    wbp: int | None
    per_produk: list[tuple[str, int]]
    sejak: date | None


def orang_pada(cakupan: Cakupan, upt: UPT, hari: date) -> Orang:
    if Pekerja.objects.dalam(cakupan).hidup().filter(upt=upt, dari__lte=hari).exists():
        kini = pekerja_pada(cakupan, upt, hari).order_by()
        wbp = kini.aggregate(n=Count("wbp", distinct=True))["n"]
        per = kini.values_list("produk__nama").annotate(n=Count("wbp", distinct=True))
        urut = sorted(per, key=lambda x: (x[0] is None, x[0] or ""))
        return Orang(True, wbp, [(nama or "Beberapa produk", n) for nama, n in urut], None)
    satu = Tenaga.objects.dalam(cakupan).hidup().filter(upt=upt, dari__lte=hari).order_by("-dari").first()
    return Orang(False, satu.orang, [], satu.dari) if satu else Orang(False, None, [], None)


def pekerja_pada(cakupan: Cakupan, upt: UPT, hari: date) -> QuerySet[Pekerja]:
    """Those who work on a day; a person is shown by the end of the number alone."""
    ada: QuerySet[Pekerja] = Pekerja.objects.dalam(cakupan).hidup().filter(upt=upt, dari__lte=hari)
    ada = ada.filter(Q(sampai=None) | Q(sampai__gte=hari))
    return ada.select_related("wbp", "produk").order_by("produk__nama", "wbp__ujung", "pk")


def pilihan_akhiri(cakupan: Cakupan, upt: UPT, *, semua: bool) -> list[tuple[int, str]]:
    """Work that goes on, to choose one from; `semua` also what has ended, for a form sent twice."""
    ada = Pekerja.objects.dalam(cakupan).hidup().filter(upt=upt).select_related("wbp", "produk")
    if not semua:
        ada = ada.filter(sampai=None)
    return [
        (p.pk, f"{p.wbp} {p.produk or 'beberapa produk'}") for p in ada.order_by("produk__nama", "wbp__ujung", "pk")
    ]


def hitungan_terakhir(cakupan: Cakupan, upt: UPT, banyak: int = 12) -> QuerySet[Tenaga]:
    baris: QuerySet[Tenaga] = Tenaga.objects.dalam(cakupan).hidup().filter(upt=upt)
    return baris.order_by("-dari")[:banyak]
