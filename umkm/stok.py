"""What came into a product's stock and what left it, from the rows."""

from __future__ import annotations

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
    semua = _per_hari(masuk, 1).union(_per_hari(keluar, -1), _per_hari(jual, -1), all=True)
    return [Gerak(hari, n) for hari, n in semua]


def _baris(model: Any, produk_id: int, tanpa: BarisRegister | None, sampai: date | None) -> Any:
    semua = model.objects.filter(produk_id=produk_id).hidup()
    if isinstance(tanpa, model) and tanpa.pk is not None:
        semua = semua.exclude(pk=tanpa.pk)
    return semua.filter(tanggal__lte=sampai) if sampai is not None else semua


def _per_hari(semua: Any, arah: int) -> Any:
    return semua.order_by().values_list("tanggal").annotate(n=arah * Sum("jumlah"))


def saldo(produk_id: int, hari: date) -> int:
    """Pieces in stock at the end of a day."""
    return sum(g.jumlah for g in gerak(produk_id, sampai=hari))
