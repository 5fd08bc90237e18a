"""Acts of the unit's pages that touch several rows at once: each is one transaction over the register's services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from pelaporan.register import aksi, services
from pemasyarakatan.inti.galat import Bentrok
from umkm.models import BagiHasil, Harga, Pekerja, Penjualan, Pesanan, Produk, Tenaga
from wbp.services import kenali


class Pelaku(aksi.Pelaku):
    register = "umkm"


@transaction.atomic
def jual(produk: Produk, nilai: Mapping[str, Any], pelaku: Pelaku, kunci: UUID, *, selesai: bool) -> Penjualan:
    """A sale; with `selesai` the order that it names is done with it. Sent twice it is one sale."""
    baru: Penjualan = pelaku.buat("penjualan", {"produk_id": produk.pk, **nilai}, kunci)
    if selesai and baru.pesanan_id is not None and not baru.ulangan:
        pelaku.ubah_kini("pesanan", baru.pesanan_id, {"status": Pesanan.Status.SELESAI})
    return baru


@transaction.atomic
def bagi(bulan: Any, nilai: Mapping[str, Any], pelaku: Pelaku, kunci: UUID, *, revisi: int | None) -> BagiHasil:
    """The account of a month: written anew (`revisi` None), or changed as the person saw it."""
    services.pastikan_menulis(pelaku.upt, oleh=pelaku.oleh, cakupan=pelaku.cakupan)
    services.kunci_register("umkm", pelaku.upt.pk)
    ada = BagiHasil.objects.dalam(pelaku.cakupan).hidup().filter(upt=pelaku.upt, bulan=bulan.awal).first()
    if ada is not None and ada.kunci != kunci:
        if revisi is None:
            raise Bentrok("Bagi hasil bulan ini baru saja dicatat orang lain. Muat ulang halaman, lalu periksa lagi.")
        satu: BagiHasil = pelaku.ubah("bagi_hasil", ada.pk, nilai, revisi)
        return satu
    baru: BagiHasil = pelaku.buat("bagi_hasil", {"bulan": bulan.awal, **nilai}, kunci)
    return baru


@transaction.atomic
def harga(produk: Produk, nilai: Mapping[str, Any], pelaku: Pelaku, kunci: UUID) -> Harga:
    """The price from a day on, corrected where that day has one already."""
    services.pastikan_menulis(pelaku.upt, oleh=pelaku.oleh, cakupan=pelaku.cakupan)
    services.kunci_register("umkm", pelaku.upt.pk)
    ada = Harga.objects.dalam(pelaku.cakupan).hidup().filter(produk=produk, dari=nilai["dari"]).first()
    if ada is not None and ada.kunci != kunci:
        satu: Harga = pelaku.ubah("harga", ada.pk, nilai, ada.revisi)
        return satu
    baru: Harga = pelaku.buat("harga", {"produk_id": produk.pk, **nilai}, kunci)
    return baru


@transaction.atomic
def hitung(nilai: Mapping[str, Any], pelaku: Pelaku, kunci: UUID) -> Tenaga:
    """The count of a day, changed where it was noted already."""
    services.pastikan_menulis(pelaku.upt, oleh=pelaku.oleh, cakupan=pelaku.cakupan)
    services.kunci_register("umkm", pelaku.upt.pk)
    ada = Tenaga.objects.dalam(pelaku.cakupan).hidup().filter(upt=pelaku.upt, dari=nilai["dari"]).first()
    if ada is not None and ada.kunci != kunci:
        satu: Tenaga = pelaku.ubah("tenaga", ada.pk, {"orang": nilai["orang"]}, ada.revisi)
        return satu
    baru: Tenaga = pelaku.buat("tenaga", nilai, kunci)
    return baru


@transaction.atomic
def tempatkan(nilai: Mapping[str, Any], pelaku: Pelaku, kunci: UUID) -> Pekerja:
    """Note an inmate by register number as a producer; the number itself goes no further than this call."""
    isi = dict(nilai)
    services.pastikan_menulis(pelaku.upt, oleh=pelaku.oleh, cakupan=pelaku.cakupan)
    services.kunci_register("umkm", pelaku.upt.pk)  # noting a person writes to the trail: after the register
    warga = kenali(nomor=isi.pop("nomor"), upt=pelaku.upt, oleh=pelaku.oleh, cakupan=pelaku.cakupan)
    baru: Pekerja = pelaku.buat("pekerja", {"wbp_id": warga.pk, "sampai": None, **isi}, kunci)
    return baru
