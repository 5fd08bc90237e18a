"""What follows from other rows and is never asked: a product's kind, a sale's group, an amount by the price list."""

from __future__ import annotations

from django.db.models import Max

from umkm import nama
from umkm.models import BagiHasil, FotoProduk, JenisProduk, Penjualan, Pesanan, Produk
from umkm.rujukan import harga_pada, produk_baris


def produk(baris: Produk) -> None:
    """The kind by the name; a status that was left open by the day it was stopped."""
    if not baris.status:
        baris.status = Produk.Status.BERHENTI if baris.berhenti else Produk.Status.TERSEDIA
    if kunci := nama.kunci(baris.nama):
        baris.jenis_id = jenis_untuk(kunci, baris.nama, baris.golongan)


def jenis_untuk(kunci: str, tertulis: str, golongan: str) -> int:
    """The kind with this key, made when it is new; two units that are first at once get the same one.

    It is the name's own kind, also when that was merged into another (`JenisProduk.induk`): counts look through.
    """
    ada = JenisProduk.objects.filter(kunci=kunci).values_list("pk", flat=True)
    if (pk := ada.first()) is not None:
        return pk
    JenisProduk.objects.bulk_create(
        [JenisProduk(kunci=kunci, nama=tertulis[:80], golongan=golongan)], ignore_conflicts=True
    )
    return ada.get()


def foto(baris: FotoProduk) -> None:
    """Without a place of its own a photo comes last."""
    if not baris.urutan:
        lain = FotoProduk.objects.filter(produk_id=baris.produk_id).hidup().exclude(pk=baris.pk)
        baris.urutan = min((lain.aggregate(n=Max("urutan"))["n"] or 0) + 1, 99)


def penjualan(baris: Penjualan) -> None:
    satu = produk_baris(baris)
    if satu is None:
        return
    baris.golongan = satu.golongan
    baris.nilai = _nilai(baris)


def pesanan(baris: Pesanan) -> None:
    baris.status = baris.status or Pesanan.Status.DIPESAN
    baris.nilai = _nilai(baris)


def _nilai(baris: Penjualan | Pesanan) -> int:
    """What was written; else by the price list; 0 when there is no price that day (which is then refused)."""
    if baris.nilai is not None:
        return baris.nilai
    return (harga_pada(baris.produk_id, baris.tanggal) or 0) * baris.jumlah if baris.produk_id else 0


def bagi_hasil(baris: BagiHasil) -> None:
    baris.bulan = baris.bulan.replace(day=1)
    baris.premi, baris.pnbp, baris.operasional = baris.premi or 0, baris.pnbp or 0, baris.operasional or 0
