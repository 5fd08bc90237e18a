"""The register of a unit at a glance: figures of a month, what waits to be done, orders, exhibitions, partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from pelaporan.register.tugas import Tugas
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal
from umkm.aturan import Bagi
from umkm.keadaan import KeadaanProduk, SuratKini, per_kanal
from umkm.models import BagiHasil, Kanal, Mitra, Penjualan, Pesanan
from upt.cakupan import Cakupan
from upt.models import UPT

SEGERA_DISERAHKAN = timedelta(days=14)
BULAN_DIBAGI = 3
"""So many past months are looked through for results that were not shared."""


# ---------------------------------------------------------------- the account of a month


@dataclass(frozen=True)
class Akun:
    """Turnover of a month by channel and what became of it; `baris` None while nothing was shared."""

    bulan: Bulan
    kanal: list[tuple[Kanal, int]]
    baris: BagiHasil | None

    @property
    def omzet(self) -> int:
        return sum(nilai for _, nilai in self.kanal)

    @property
    def bagi(self) -> Bagi:
        b = self.baris
        return Bagi(self.omzet, b.biaya, b.premi, b.pnbp, b.operasional) if b else Bagi(self.omzet, 0)

    @property
    def belum(self) -> int:
        return self.bagi.belum

    @property
    def perlu(self) -> bool:
        """There is money of which nobody has said what became of it."""
        return self.belum > 0

    @property
    def lebih(self) -> int:
        """Shared beyond what was earned, without a word about why: sales were taken out after the sharing."""
        if self.baris is None or self.baris.catatan:
            return 0
        return max(self.bagi.dibagi - max(self.bagi.keuntungan, 0), 0)


def akun(cakupan: Cakupan, upt: UPT, bulan: Bulan) -> Akun:
    baris = BagiHasil.objects.dalam(cakupan).hidup().filter(upt=upt, bulan=bulan.awal).first()
    nilai = per_kanal(cakupan, upt, bulan)
    return Akun(bulan, [(k, nilai[k.value]) for k in Kanal if nilai.get(k.value)], baris)


# ---------------------------------------------------------------- orders and partners


@dataclass(frozen=True)
class PesananKini:
    """An open order, with what sales have delivered of it."""

    pesanan: Pesanan
    diserahkan: int
    hari: date

    @property
    def sisa(self) -> int:
        return max(self.pesanan.jumlah - self.diserahkan, 0)

    @property
    def pemesan(self) -> str:
        return self.pesanan.mitra.nama if self.pesanan.mitra else self.pesanan.pemesan or "Pemesan tidak ditulis"

    @property
    def lewat(self) -> bool:
        return self.pesanan.jatuh_tempo is not None and self.pesanan.jatuh_tempo < self.hari

    @property
    def dekat(self) -> bool:
        tempo = self.pesanan.jatuh_tempo
        return tempo is not None and tempo - self.hari <= SEGERA_DISERAHKAN


def pesanan_terbuka(cakupan: Cakupan, upt: UPT, hari: date, *, produk_id: int | None = None) -> list[PesananKini]:
    """Open orders, those due first."""
    semua = Pesanan.objects.dalam(cakupan).hidup().filter(upt=upt, status=Pesanan.Status.DIPESAN)
    if produk_id is not None:
        semua = semua.filter(produk_id=produk_id)
    terkirim = Sum("penjualan__jumlah", filter=Q(penjualan__dihapus_pada=None))
    baris = semua.select_related("produk", "mitra").annotate(terkirim=terkirim)
    kini = [PesananKini(p, p.terkirim or 0, hari) for p in baris]
    return sorted(kini, key=lambda p: (p.pesanan.jatuh_tempo or date.max, p.pesanan.tanggal, p.pesanan.pk))


def mitra_pada(cakupan: Cakupan, upt: UPT, hari: date) -> QuerySet[Mitra]:
    ada: QuerySet[Mitra] = Mitra.objects.dalam(cakupan).hidup().filter(upt=upt, dari__lte=hari)
    return ada.filter(Q(sampai=None) | Q(sampai__gte=hari)).order_by("nama")


# ---------------------------------------------------------------- what waits to be done


def tugas_unit(
    upt: UPT, produk: list[KeadaanProduk], surat: list[SuratKini], pesanan: list[PesananKini], lalu: list[Akun]
) -> list[Tugas]:
    """Late ones first."""
    dibuat = [k for k in produk if not k.berhenti]
    berhenti = {k.produk.pk for k in produk if k.berhenti}
    semua = [
        *_tugas_surat(upt, (s for s in surat if s.surat.produk_id not in berhenti)),
        *_tugas_pesanan(upt, pesanan),
        *_tugas_bagi(upt, lalu),
        *_tugas_produk(upt, dibuat),
    ]
    return sorted(semua, key=lambda t: not t.lewat)


def url_produk(upt: UPT, produk_id: int, aksi: str = "") -> str:
    url = reverse("umkm:produk", kwargs={"kode": upt.kode, "pk": produk_id})
    return url + (f"?aksi={aksi}#{aksi}" if aksi else "")


def _tugas_surat(upt: UPT, surat: Iterable[SuratKini]) -> Iterator[Tugas]:
    for s in surat:
        if s.perlu:
            satu = s.surat
            untuk = satu.produk.nama if satu.produk else "semua produk"
            url = url_produk(upt, satu.produk_id, "legalitas") if satu.produk_id else _url_surat(upt, satu.pk)
            rinci = f"{satu.nomor}, {s.kata}"
            yield Tugas(f"Perpanjang {satu.get_jenis_display()}, {untuk}", rinci, url, s.habis)


def _url_surat(upt: UPT, pk: int) -> str:
    return reverse("umkm:baris", kwargs={"kode": upt.kode, "jenis": "legalitas", "pk": pk})


def _tugas_pesanan(upt: UPT, pesanan: Iterable[PesananKini]) -> Iterator[Tugas]:
    for p in pesanan:
        if p.dekat:
            satu = p.pesanan
            sisa = tulis_angka(p.sisa, satuan=satu.produk.ukuran)
            rinci = f"{p.pemesan}, tinggal {sisa}, diminta {tulis_tanggal(satu.jatuh_tempo)}"
            yield Tugas(f"Serahkan pesanan {satu.produk.nama}", rinci, url_produk(upt, satu.produk_id, "jual"), p.lewat)


def _tugas_bagi(upt: UPT, lalu: Iterable[Akun]) -> Iterator[Tugas]:
    for a in lalu:
        url = reverse("umkm:bagi", kwargs={"kode": upt.kode, "bulan": a.bulan})
        if a.perlu:
            rinci = f"{tulis_angka(a.belum, 'rupiah')} belum dibagi"
            yield Tugas(f"Bagi hasil {a.bulan.nama}", rinci, url)
        elif a.lebih:
            rinci = f"Dibagi {tulis_angka(a.lebih, 'rupiah')} lebih dari keuntungannya; penjualannya berubah"
            yield Tugas(f"Periksa bagi hasil {a.bulan.nama}", rinci, url)


def _tugas_produk(upt: UPT, produk: Iterable[KeadaanProduk]) -> Iterator[Tugas]:
    """One row a product, whatever it lacks."""
    for k in produk:
        rinci = [f"Belum ada {', '.join(k.belum)}"] if k.belum else []
        if k.harga is not None and k.harga_lama:
            rinci.append(f"harga belum diperbarui sejak {tulis_tanggal(k.harga.dari)}")
        if rinci:
            kurang = k.belum[0] if k.belum else "harga"
            aksi = {"harga": "harga", "foto": "foto", "label": "langkah"}[kurang]
            teks = "; ".join(rinci)
            kata = "Lengkapi" if k.belum else "Perbarui harga"
            yield Tugas(f"{kata} {k.produk.nama}", teks[0].upper() + teks[1:], url_produk(upt, k.produk.pk, aksi))


def akun_lalu(cakupan: Cakupan, upt: UPT, kini: Bulan) -> list[Akun]:
    """The accounts of the months before this one that had sales or were shared out, oldest first."""
    awal = (kini - BULAN_DIBAGI).awal
    jual = Penjualan.objects.dalam(cakupan).hidup().filter(upt=upt, tanggal__range=(awal, (kini - 1).akhir))
    dibagi = BagiHasil.objects.dalam(cakupan).hidup().filter(upt=upt, bulan__range=(awal, (kini - 1).awal))
    bulan = {Bulan.pada(hari) for hari in (*jual.dates("tanggal", "month"), *dibagi.values_list("bulan", flat=True))}
    return [akun(cakupan, upt, b) for b in sorted(bulan)]
