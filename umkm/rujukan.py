"""What a column of this register may point at in one unit, and the price and owner that a row needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from pelaporan.register.borongan import ingat
from pelaporan.register.kolom import Pilihan
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from umkm.models import Harga, Mitra, Pameran, Pesanan, Produk
from upt.models import UPT

PAMERAN_LAMA = timedelta(days=3 * 366)
"""Exhibitions that ended longer ago are not offered any more."""


def produk(upt: UPT) -> Sequence[Pilihan]:
    semua = Produk.objects.filter(upt=upt).hidup().order_by("nama", "pk").values_list("pk", "nama", "berhenti")
    return [Pilihan(pk, f"{nama} (berhenti)" if berhenti else nama, (nama,)) for pk, nama, berhenti in semua]


def mitra(upt: UPT) -> Sequence[Pilihan]:
    return [Pilihan(m.pk, m.nama) for m in Mitra.objects.filter(upt=upt).hidup().order_by("nama", "pk")]


def pesanan(upt: UPT) -> Sequence[Pilihan]:
    """Orders that were not called off, newest first. `#12` names one in a file."""
    semua = Pesanan.objects.filter(upt=upt).hidup().exclude(status=Pesanan.Status.BATAL)
    semua = semua.select_related("produk", "mitra").order_by("-tanggal", "-pk")
    return [Pilihan(p.pk, f"{tulis_tanggal(p.tanggal, pendek=True)}, {_isi(p)}", (f"#{p.pk}",)) for p in semua]


def _isi(p: Pesanan) -> str:
    dari = p.mitra.nama if p.mitra is not None else p.pemesan
    return f"{p.jumlah} {p.produk.ukuran} {p.produk.nama}" + (f" untuk {dari}" if dari else "")


def pameran(upt: UPT) -> Sequence[Pilihan]:
    """Events of the last years and those to come, and whatever this unit took part in."""
    sejak = hari_ini(upt.zona) - PAMERAN_LAMA
    diikuti = Q(pk__in=Pameran.objects.filter(peserta__upt=upt).values("pk"))
    semua = Pameran.objects.filter(Q(induk=None, selesai__gte=sejak) | diikuti).order_by("-mulai", "nama", "pk")
    return [Pilihan(p.pk, f"{p.nama}, {p.tempat}, {tulis_tanggal(p.mulai, pendek=True)}", (p.nama,)) for p in semua]


def harga_pada(produk_id: int, hari: date) -> int | None:
    """The price of one piece on a day."""
    semua = ingat(Harga, produk_id, lambda: _harga(produk_id))
    return next((harga for dari, harga in semua if dari <= hari), None)


def _harga(produk_id: int) -> list[tuple[date, int]]:
    """Prices of a product, newest first."""
    semua = Harga.objects.filter(produk_id=produk_id).hidup().order_by("-dari")
    return list(semua.values_list("dari", "harga"))


def produk_baris(baris: Any) -> Produk | None:
    """The product a row points at, when it is there and the row's own unit's."""
    if baris.produk_id is None:
        return None
    semua = Produk.objects.filter(pk=baris.produk_id, upt_id=baris.upt_id).hidup()
    return ingat(Produk, ("baris", baris.produk_id, baris.upt_id), semua.first)
