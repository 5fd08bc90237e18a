"""Products of a unit as they stand on a day: price, photo, stock of the month, sales, papers. Scope first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal
from umkm import pengingat
from umkm.aturan import JASA
from umkm.katalog.sajian import HARGA_LAMA
from umkm.models import FotoProduk, Harga, Legalitas, Penjualan, Persediaan, Pesanan, Produk
from upt.cakupan import Cakupan
from upt.models import UPT

SEGERA = timedelta(days=max(pengingat.AMBANG))
LANGKAH = (("label_pada", "Label"), ("kemasan_pada", "Kemasan layak"), ("merek_pada", "Merek"))
"""Steps of branding in their usual order: column and name."""


@dataclass(frozen=True)
class SuratKini:
    """A paper on a day. `diganti`: a newer one of the same kind has taken its place."""

    surat: Legalitas
    hari: date
    diganti: bool

    @property
    def sisa(self) -> int | None:
        """Days that are left; negative when it has lapsed, None without an end."""
        return None if self.surat.berakhir is None else (self.surat.berakhir - self.hari).days

    @property
    def habis(self) -> bool:
        return self.sisa is not None and self.sisa < 0

    @property
    def perlu(self) -> bool:
        """Lapses soon or has lapsed, and nothing has taken its place."""
        return not self.diganti and self.sisa is not None and self.sisa <= SEGERA.days

    @property
    def kata(self) -> str:
        if self.surat.berakhir is None:
            return "tanpa batas waktu"
        akhir, sisa = tulis_tanggal(self.surat.berakhir), self.sisa or 0
        if sisa < 0:
            return f"habis {akhir}{', sudah diganti' if self.diganti else ''}"
        if sisa == 0:
            return f"sampai {akhir}, hari ini terakhir"
        return f"sampai {akhir}, {tulis_angka(sisa)} hari lagi" if sisa <= SEGERA.days else f"sampai {akhir}"


@dataclass(frozen=True)
class StokBulan:
    """Pieces of one product in a month: opening + in − out = closing."""

    awal: int = 0
    masuk: int = 0
    terjual: int = 0
    keluar: int = 0

    @property
    def akhir(self) -> int:
        return self.awal + self.masuk - self.terjual - self.keluar


@dataclass(frozen=True)
class KeadaanProduk:
    """`stok` None for a service. `dibuat`: made in the month (an opening count is not)."""

    produk: Produk
    hari: date
    foto: FotoProduk | None
    harga: Harga | None
    stok: StokBulan | None
    dibuat: int
    terjual: int
    omzet: int
    surat: list[SuratKini] = field(default_factory=list)
    pesanan: int = 0

    @property
    def berhenti(self) -> bool:
        return self.produk.berhenti is not None

    @property
    def harga_lama(self) -> bool:
        return self.harga is not None and self.hari - self.harga.dari > HARGA_LAMA

    @property
    def inisial(self) -> str:
        return next((c.upper() for c in self.produk.nama if c.isalnum()), "?")

    @property
    def surat_berlaku(self) -> str:
        """Names of the papers in force; "" without any."""
        return ", ".join(dict.fromkeys(s.surat.get_jenis_display() for s in self.surat if not s.habis))

    @property
    def surat_perlu(self) -> list[SuratKini]:
        return [s for s in self.surat if s.perlu]

    @property
    def belum(self) -> list[str]:
        """What the product still lacks, as words."""
        kurang = (
            ("harga", self.harga is None), ("foto", self.foto is None), ("label", self.produk.label_pada is None),
        )  # fmt: skip
        return [kata for kata, ya in kurang if ya]


def keadaan_produk(cakupan: Cakupan, upt: UPT, hari: date, *, produk: Produk | None = None) -> list[KeadaanProduk]:
    """Products that are made, then those that are not any more; with `produk` that one alone."""
    semua = list(_pilih(Produk, cakupan, upt, produk, "pk").order_by("nama", "pk"))
    bulan = Bulan.pada(hari)
    foto = _terakhir(_pilih(FotoProduk, cakupan, upt, produk).order_by("-urutan", "-pk"))
    harga = _terakhir(_pilih(Harga, cakupan, upt, produk).filter(dari__lte=hari).order_by("dari"))
    stok, buat = _persediaan(_pilih(Persediaan, cakupan, upt, produk), bulan)
    jual = _penjualan(_pilih(Penjualan, cakupan, upt, produk), bulan)
    surat = surat_unit(cakupan, upt, hari)
    pesanan = dict(
        _pilih(Pesanan, cakupan, upt, produk).filter(status=Pesanan.Status.DIPESAN).order_by()
        .values_list("produk_id").annotate(n=Count("pk"))
    )  # fmt: skip
    kosong = {"lalu": 0, "kini": 0, "omzet": 0}
    hasil = []
    for p in semua:
        j, s = jual.get(p.pk, kosong), stok.get(p.pk, {})
        saldo = _stok(s, j) if p.golongan != JASA else None
        hasil.append(
            KeadaanProduk(
                p, hari, foto.get(p.pk), harga.get(p.pk), saldo, buat.get(p.pk, 0), j["kini"], j["omzet"],
                [x for x in surat if x.surat.produk_id in (None, p.pk)], pesanan.get(p.pk, 0),
            )
        )  # fmt: skip
    return sorted(hasil, key=lambda k: k.berhenti)


def _pilih(model: Any, cakupan: Cakupan, upt: UPT, produk: Produk | None, kolom: str = "produk_id") -> Any:
    semua = model.objects.dalam(cakupan).hidup().filter(upt=upt)
    return semua if produk is None else semua.filter(**{kolom: produk.pk})


def _terakhir(baris: Iterable[Any]) -> dict[int, Any]:
    """The last row of each product."""
    return {b.produk_id: b for b in baris}


def _stok(s: Mapping[str, int], jual: Mapping[str, int]) -> StokBulan:
    return StokBulan(s.get("awal", 0) - jual["lalu"], s.get("masuk", 0), jual["kini"], s.get("keluar", 0))


def _persediaan(semua: Any, bulan: Bulan) -> tuple[dict[int, dict[str, int]], dict[int, int]]:
    """By product: opening, in and out of the month without sales; and what was made in it."""
    kini, masuk = Q(tanggal__gte=bulan.awal), Q(jenis__in=Persediaan.MENAMBAH)
    jumlah = (
        semua.filter(tanggal__lte=bulan.akhir).order_by().values("produk_id").annotate(
            lalu_masuk=Sum("jumlah", filter=~kini & masuk), lalu_keluar=Sum("jumlah", filter=~kini & ~masuk),
            masuk=Sum("jumlah", filter=kini & masuk), keluar=Sum("jumlah", filter=kini & ~masuk),
            buat=Sum("jumlah", filter=kini & Q(jenis=Persediaan.Jenis.BUAT)),
        )
    )  # fmt: skip
    stok, buat = dict[int, dict[str, int]](), dict[int, int]()
    for j in jumlah:
        n = {k: v or 0 for k, v in j.items()}
        awal = n["lalu_masuk"] - n["lalu_keluar"]
        stok[n["produk_id"]] = {"awal": awal, "masuk": n["masuk"], "keluar": n["keluar"]}
        buat[n["produk_id"]] = n["buat"]
    return stok, buat


def _penjualan(semua: Any, bulan: Bulan) -> dict[int, dict[str, int]]:
    kini = Q(tanggal__gte=bulan.awal)
    jumlah = (
        semua.filter(tanggal__lte=bulan.akhir).order_by().values("produk_id").annotate(
            lalu=Sum("jumlah", filter=~kini), kini=Sum("jumlah", filter=kini), omzet=Sum("nilai", filter=kini)
        )
    )  # fmt: skip
    return {j["produk_id"]: {k: j[k] or 0 for k in ("lalu", "kini", "omzet")} for j in jumlah}


def surat_unit(cakupan: Cakupan, upt: UPT, hari: date) -> list[SuratKini]:
    """All papers of a unit; those that need something first, then by their end."""
    semua = list(_pilih(Legalitas, cakupan, upt, None).select_related("produk").order_by("jenis", "nomor", "pk"))
    ringkas = {s.pk: pengingat.Surat(s.pk, s.upt_id, s.jenis, s.produk_id, s.berakhir) for s in semua}
    hasil = [SuratKini(s, hari, pengingat.diganti(ringkas[s.pk], ringkas.values())) for s in semua]
    return sorted(hasil, key=lambda s: (not s.perlu, s.surat.berakhir or date.max))


def per_kanal(cakupan: Cakupan, upt: UPT, bulan: Bulan) -> dict[str, int]:
    """Turnover of a month by channel, from the sales themselves."""
    semua = _pilih(Penjualan, cakupan, upt, None).filter(tanggal__range=(bulan.awal, bulan.akhir))
    hasil: dict[str, int] = defaultdict(int)
    for kanal, nilai in semua.order_by().values_list("kanal").annotate(n=Sum("nilai")):
        hasil[kanal] += nilai
    return dict(hasil)
