"""What the page of one product shows: its state, prices, twelve months of sales, stock, photos, people, last notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse

from pelaporan.models import Berkas
from pelaporan.register.jenis import jenis_baris
from pelaporan.register.selectors import satu_baris
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan
from umkm.keadaan import KeadaanProduk, keadaan_produk
from umkm.models import FotoProduk, Harga, Legalitas, Pameran, Pekerja, Penjualan, Persediaan, PesertaPameran, Produk
from upt.cakupan import Cakupan
from upt.models import UPT

CATATAN = 10
BULAN = 12
DEKAT = timedelta(days=30)
"""An exhibition this far away may be the one where something was sold."""


def keadaan_satu(cakupan: Cakupan, upt: UPT, pk: int, hari: date) -> KeadaanProduk:
    """One product as it stands. Raises TidakDitemukan: missing, foreign and taken out look the same."""
    produk: Produk = satu_baris(jenis_baris("umkm", "produk"), cakupan, upt, pk)
    if not produk.hidup:
        raise TidakDitemukan("Produk ini tidak ada, atau bukan dari unit ini.")
    return keadaan_produk(cakupan, upt, hari, produk=produk)[0]


def foto_produk(cakupan: Cakupan, produk: Produk) -> QuerySet[FotoProduk]:
    semua: QuerySet[FotoProduk] = FotoProduk.objects.dalam(cakupan).hidup().filter(produk=produk)
    return semua.order_by("urutan", "pk")


def harga_produk(cakupan: Cakupan, produk: Produk) -> QuerySet[Harga]:
    """All prices, the newest first."""
    semua: QuerySet[Harga] = Harga.objects.dalam(cakupan).hidup().filter(produk=produk)
    return semua.order_by("-dari")


@dataclass(frozen=True)
class BulanJual:
    bulan: Bulan
    jumlah: int
    nilai: int


def penjualan_bulanan(cakupan: Cakupan, produk: Produk, kini: Bulan) -> list[BulanJual]:
    """Twelve months up to this one; a month without sales is a zero, one before the product began is left out."""
    mulai = max(kini - (BULAN - 1), min(Bulan.pada(produk.mulai), kini))
    semua = Penjualan.objects.dalam(cakupan).hidup().filter(produk=produk, tanggal__range=(mulai.awal, kini.akhir))
    per = semua.order_by().annotate(b=TruncMonth("tanggal")).values_list("b").annotate(Sum("jumlah"), Sum("nilai"))
    ada = {Bulan.pada(b): (n, rp) for b, n, rp in per}
    return [BulanJual(b, *ada.get(b, (0, 0))) for b in mulai.rentang(kini)]


def pekerja_produk(cakupan: Cakupan, produk: Produk, hari: date) -> int:
    """How many inmates make this product by register number; never who."""
    ada = Pekerja.objects.dalam(cakupan).hidup().filter(produk=produk, dari__lte=hari)
    return ada.filter(Q(sampai=None) | Q(sampai__gte=hari)).order_by().values("wbp").distinct().count()


def pameran_dekat(cakupan: Cakupan, upt: UPT, hari: date) -> list[Pameran]:
    """Exhibitions of these weeks that the unit takes part in."""
    ikut = PesertaPameran.objects.dalam(cakupan).hidup().filter(upt=upt).values("pameran_id")
    dekat = Pameran.objects.filter(mulai__lte=hari, selesai__gte=hari - DEKAT)
    return list(dekat.filter(pk__in=ikut).order_by("-mulai", "pk"))


# ---------------------------------------------------------------- notes


@dataclass(frozen=True)
class Catatan:
    """One thing that was noted; `url` is its row with its history."""

    tanggal: date
    teks: str
    url: str


def catatan_produk(cakupan: Cakupan, produk: Produk) -> list[Catatan]:
    """The latest notes of a product, newest first."""
    semua = [*_catatan_stok(cakupan, produk), *_catatan_jual(cakupan, produk)]
    return sorted(semua, key=lambda c: c.tanggal, reverse=True)[:CATATAN]


def _baris(model: Any, cakupan: Cakupan, produk: Produk) -> Any:
    return model.objects.dalam(cakupan).hidup().filter(produk=produk).order_by("-tanggal", "-pk")[:CATATAN]


def _url(produk: Produk, jenis: str, pk: int) -> str:
    return reverse("umkm:baris", kwargs={"kode": produk.upt.kode, "jenis": jenis, "pk": pk})


def _catatan_stok(cakupan: Cakupan, produk: Produk) -> Iterator[Catatan]:
    for p in _baris(Persediaan, cakupan, produk):
        jumlah = tulis_angka(p.jumlah, satuan=produk.ukuran)
        yield Catatan(p.tanggal, f"{p.get_jenis_display()}: {jumlah}", _url(produk, "persediaan", p.pk))


def _catatan_jual(cakupan: Cakupan, produk: Produk) -> Iterator[Catatan]:
    for p in _baris(Penjualan, cakupan, produk):
        teks = f"Terjual {tulis_angka(p.jumlah, satuan=produk.ukuran)}, {tulis_angka(p.nilai, 'rupiah')}"
        yield Catatan(p.tanggal, f"{teks} ({p.get_kanal_display().lower()})", _url(produk, "penjualan", p.pk))


# ---------------------------------------------------------------- files


def berkas_foto(cakupan: Cakupan, upt: UPT, pk: int, *, mini: bool) -> Berkas | None:
    """The bytes of a photo, within the scope of whoever asks. One that was taken off (somebody may be in it) is shown
    to nobody, nor are those of a product that was."""
    semua = FotoProduk.objects.dalam(cakupan).hidup().filter(produk__dihapus_pada=None)
    satu = semua.filter(upt=upt, pk=pk).first()
    if satu is None:
        return None
    return Berkas.objects.dalam(cakupan).filter(pk=satu.mini_id if mini else satu.berkas_id).first()


def berkas_surat(cakupan: Cakupan, upt: UPT, pk: int) -> Berkas | None:
    satu = Legalitas.objects.dalam(cakupan).filter(upt=upt, pk=pk).first()
    if satu is None or satu.berkas_id is None:
        return None
    return Berkas.objects.dalam(cakupan).filter(pk=satu.berkas_id).first()
