"""What came into a product's stock and what left it, from the rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Sum

from pelaporan.models import BarisRegister
from umkm.aturan import Gerak
from umkm.models import Penjualan, Persediaan


def gerak(produk_id: int, *, tanpa: BarisRegister | None = None, sampai: date | None = None) -> list[Gerak]:
    """All movements by day; `tanpa` leaves out the row that is about to be written."""
    jual, stok = (_baris(model, produk_id, tanpa, sampai) for model in (Penjualan, Persediaan))
    masuk = stok.filter(jenis__in=Persediaan.MENAMBAH)
    keluar = stok.exclude(jenis__in=Persediaan.MENAMBAH)
    return [Gerak(hari, n) for hari, n in _per_hari(masuk)] + [
        Gerak(hari, -n) for semua in (keluar, jual) for hari, n in _per_hari(semua)
    ]


def _baris(model: Any, produk_id: int, tanpa: BarisRegister | None, sampai: date | None) -> Any:
    semua = model.objects.filter(produk_id=produk_id).hidup()
    if isinstance(tanpa, model) and tanpa.pk is not None:
        semua = semua.exclude(pk=tanpa.pk)
    return semua.filter(tanggal__lte=sampai) if sampai is not None else semua


def _per_hari(semua: Any) -> Iterable[tuple[date, int]]:
    per_hari: Iterable[tuple[date, int]] = semua.order_by().values_list("tanggal").annotate(n=Sum("jumlah"))
    return per_hari


def saldo(produk_id: int, hari: date) -> int:
    """Pieces in stock at the end of a day."""
    return sum(g.jumlah for g in gerak(produk_id, sampai=hari))
