"""Movements of the unit's produce and animals, as the rules of `aturan` balance them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import CharField, Sum, Value

from pangan.aturan import Mutasi
from pangan.models import MutasiHewan, Panen, Pemakaian, Siklus

Gudang = tuple[str, str]
"""A store of produce: commodity and unit. Eggs and laying hens are two."""


def gerak_hasil(
    upt_id: int, gudang: Gudang, *, tanpa_panen: int | None = None, tanpa_pemakaian: int | None = None
) -> list[Mutasi]:
    """What came into and went out of one store by day, without the rows named."""
    milik = {"upt_id": upt_id, "komoditas": gudang[0], "satuan": gudang[1]}
    masuk = Panen.objects.hidup().filter(**milik).exclude(pk=tanpa_panen or 0)
    keluar = Pemakaian.objects.hidup().filter(**milik).exclude(pk=tanpa_pemakaian or 0)
    semua = _per_hari(masuk, "masuk").union(_per_hari(keluar, "keluar"), all=True)
    return [Mutasi(hari, **{arah: jumlah}) for arah, hari, jumlah in semua]


def _per_hari(semua: Any, arah: str) -> Any:
    """Sums by day: a store's days are balanced, not its rows."""
    bertanda = semua.order_by().annotate(arah=Value(arah, output_field=CharField()))
    return bertanda.values_list("arah", "tanggal").annotate(n=Sum("jumlah"))


def ekor_panen(p: Panen) -> Decimal:
    """Heads that a harvest took out."""
    return p.jumlah if p.satuan == "ekor" else Decimal(p.ekor or 0)


def ekor_mutasi(m: MutasiHewan) -> Mutasi:
    banyak = Decimal(m.ekor)
    return Mutasi(m.tanggal, masuk=banyak) if m.jenis in MutasiHewan.MENAMBAH else Mutasi(m.tanggal, keluar=banyak)


def gerak_ekor(s: Siklus, *, tanpa_panen: int | None = None, tanpa_mutasi: int | None = None) -> list[Mutasi]:
    """Heads of a cycle: those put in, born and bought; those dead, lost and harvested; without the rows named."""
    panen = Panen.objects.hidup().filter(siklus_id=s.pk).exclude(pk=tanpa_panen or 0)
    mutasi = MutasiHewan.objects.hidup().filter(siklus_id=s.pk).exclude(pk=tanpa_mutasi or 0)
    return [
        Mutasi(s.tanam, masuk=Decimal(s.ekor or 0)),
        *(ekor_mutasi(m) for m in mutasi),
        *(Mutasi(p.tanggal, keluar=ekor_panen(p)) for p in panen),
    ]
