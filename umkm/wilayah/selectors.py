"""The nation and a Kanwil as the register knows them: positions at a day, flows of months, the lists behind them.

Positions (products, kinds, units, papers, branding) are counted from their own tables at the last day of the month,
or today in the running one. Flows come from the rollup. Every query passes the door of scope first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from umkm import nama
from umkm.legalitas import TAHAP, Tahap
from umkm.models import BagiHasil, JenisProduk, Legalitas, Produk, RingkasUmkm
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil

DAPAT = ("LAPAS", "RUTAN", "LPKA")
"""Kinds of units whose inmates make products."""
LANGKAH = {"label": "label_pada", "kemasan": "kemasan_pada", "merek": "merek_pada"}
BATAS_HABIS = (7, 30, 90)
POKOK = Coalesce("jenis__induk_id", "jenis_id")
"""The kind that a product counts as: the one its own kind was merged into."""


@dataclass(frozen=True)
class Lingkup:
    """Which rows a page is about: whose, of which region and kinds of units, as of which month."""

    cakupan: Cakupan
    bulan: Bulan
    kanwil: Kanwil | None = None
    jenis_upt: str = ""

    @property
    def hari(self) -> date:
        """The day of positions."""
        return min(self.bulan.akhir, hari_ini())

    @property
    def nama(self) -> str:
        return str(self.kanwil) if self.kanwil else "Nasional"

    def saring(self, kueri: Any) -> Any:
        """Rows of the scope and region; the door first."""
        kueri = kueri.dalam(self.cakupan)
        if self.kanwil is not None:
            kueri = kueri.filter(kanwil=self.kanwil)
        return kueri.filter(upt__jenis=self.jenis_upt) if self.jenis_upt else kueri


def hidup(model: Any) -> Any:
    """Rows of a register that were not taken out; the door of scope is asked after it."""
    return model.objects.hidup()


# ---------------------------------------------------------------- positions


def ada_pada(hari: date, awalan: str = "") -> Q:
    """Products that were made on a day: begun, and not ended before it."""
    berhenti = Q(**{f"{awalan}berhenti": None}) | Q(**{f"{awalan}berhenti__gte": hari})
    return berhenti & Q(**{f"{awalan}mulai__lte": hari})


def unit_ada(hari: date) -> Q:
    """Rows of units that were there on a day: what a closed one has left behind is no position any more."""
    return Q(upt__berlaku_sampai=None) | Q(upt__berlaku_sampai__gte=hari)


def produk(lingkup: Lingkup) -> Any:
    return lingkup.saring(hidup(Produk)).filter(ada_pada(lingkup.hari), unit_ada(lingkup.hari)).order_by()


def unit(lingkup: Lingkup) -> QuerySet[UPT]:
    """Units that could have products on that day."""
    semua = UPT.objects.dalam(lingkup.cakupan).berlaku_pada(lingkup.hari).filter(jenis__in=DAPAT)
    if lingkup.kanwil is not None:
        semua = semua.filter(kanwil=lingkup.kanwil)
    return semua.filter(jenis=lingkup.jenis_upt) if lingkup.jenis_upt else semua


@dataclass(frozen=True)
class Hitungan:
    """Units with a product, kinds after merging, products; `dapat`: units that could."""

    unit: int = 0
    jenis: int = 0
    produk: int = 0
    dapat: int = 0
    omzet: int = 0

    @property
    def persen(self) -> float | None:
        return 100 * self.unit / self.dapat if self.dapat else None


_HITUNG = {
    "n_unit": Count("upt_id", distinct=True),
    "n_jenis": Count(POKOK, distinct=True),
    "n_produk": Count("pk"),
}


def hitungan(lingkup: Lingkup) -> Hitungan:
    n = produk(lingkup).aggregate(**_HITUNG)
    return Hitungan(n["n_unit"], n["n_jenis"], n["n_produk"], unit(lingkup).count())


def per_jenis_upt(lingkup: Lingkup) -> dict[str, Hitungan]:
    """Counts by kind of unit; kinds of products overlap between them and do not add up."""
    dapat = dict(unit(lingkup).order_by().values_list("jenis").annotate(n=Count("pk")))
    ada = {b["upt__jenis"]: b for b in produk(lingkup).values("upt__jenis").annotate(**_HITUNG)}
    urut = [*DAPAT, *sorted(set(ada) - set(DAPAT))]
    return {j: _hitungan(ada.get(j), dapat.get(j, 0)) for j in urut if j in ada or j in dapat}


def per_kanwil(lingkup: Lingkup) -> dict[int, Hitungan]:
    dapat = dict(unit(lingkup).order_by().values_list("kanwil_id").annotate(n=Count("pk")))
    ada = {b["kanwil_id"]: b for b in produk(lingkup).values("kanwil_id").annotate(**_HITUNG)}
    jual = _ringkas(lingkup).filter(bulan=lingkup.bulan.awal).values_list("kanwil_id")
    omzet = dict(jual.annotate(n=Sum("omzet")))
    return {k: _hitungan(ada.get(k), dapat.get(k, 0), omzet.get(k, 0)) for k in dapat.keys() | ada.keys()}


def _hitungan(b: Mapping[str, int] | None, dapat: int, omzet: int = 0) -> Hitungan:
    return Hitungan(b["n_unit"], b["n_jenis"], b["n_produk"], dapat, omzet) if b else Hitungan(dapat=dapat, omzet=omzet)


# ---------------------------------------------------------------- papers and branding


def _berlaku(hari: date) -> Q:
    return (Q(terbit=None) | Q(terbit__lte=hari)) & (Q(berakhir=None) | Q(berakhir__gte=hari))


def bertahap(semua: Any, hari: date) -> Any:
    """Products with `tahap`, as `umkm.legalitas.tahap` says it: the furthest paper in force, the unit's included."""
    urutan = Case(*(When(jenis=j, then=t.value) for j, t in TAHAP.items()), default=0, output_field=IntegerField())
    surat = hidup(Legalitas).filter(_berlaku(hari), jenis__in=TAHAP)

    def terjauh(milik: Any, kunci: str) -> Subquery:
        return Subquery(milik.order_by().values(kunci).annotate(t=Max(urutan)).values("t"))

    sendiri = terjauh(surat.filter(produk_id=OuterRef("pk")), "produk_id")
    seunit = terjauh(surat.filter(upt_id=OuterRef("upt_id"), produk=None), "upt_id")
    return semua.annotate(sendiri=Coalesce(sendiri, 0), seunit=Coalesce(seunit, 0)).annotate(
        tahap=Case(When(sendiri__gte=F("seunit"), then=F("sendiri")), default=F("seunit"), output_field=IntegerField())
    )


def corong(lingkup: Lingkup) -> dict[Tahap, int]:
    """Products that reached each stage or a later one; `BELUM`: those at none."""
    per_tahap: dict[int, int] = dict(
        bertahap(produk(lingkup), lingkup.hari).values_list("tahap").annotate(n=Count("pk"))
    )
    sampai: dict[Tahap, int] = {
        t: sum(n for tahap, n in per_tahap.items() if tahap >= t) for t in Tahap if t is not Tahap.BELUM
    }
    return {Tahap.BELUM: per_tahap.get(0, 0), **sampai}


def sertifikat(lingkup: Lingkup) -> Any:
    """Papers that ended or end within 90 days, of products still made, and not renewed by a later one."""
    hari = lingkup.hari
    baru = hidup(Legalitas).filter(
        Q(berakhir=None) | Q(berakhir__gt=OuterRef("berakhir")), Q(terbit=None) | Q(terbit__lte=hari),
        upt_id=OuterRef("upt_id"), jenis=OuterRef("jenis"), produk_id=OuterRef("produk_id"),
    )  # fmt: skip
    baru_unit = hidup(Legalitas).filter(
        Q(berakhir=None) | Q(berakhir__gt=OuterRef("berakhir")), Q(terbit=None) | Q(terbit__lte=hari),
        upt_id=OuterRef("upt_id"), jenis=OuterRef("jenis"), produk=None,
    )  # fmt: skip
    dekat = hari + timedelta(days=max(BATAS_HABIS))
    semua = lingkup.saring(hidup(Legalitas)).filter(unit_ada(hari), berakhir__lte=dekat)
    semua = semua.filter(Q(produk=None) | (Q(produk__dihapus_pada=None) & ada_pada(hari, "produk__")))
    return semua.filter(~Exists(baru), ~Exists(baru_unit)).order_by("berakhir", "pk")


def rentang_habis(hari: date, kode: str) -> tuple[date | None, date]:
    """Days (from, to) of a band: "habis" (before today), or within 7, 30, 90 days without the nearer ones."""
    if kode == "habis":
        return None, hari - timedelta(days=1)
    n = int(kode)
    sebelum = max((b for b in BATAS_HABIS if b < n), default=-1)
    return hari + timedelta(days=sebelum + 1), hari + timedelta(days=n)


def sertifikat_di(lingkup: Lingkup, kode: str) -> Any:
    dari, sampai = rentang_habis(lingkup.hari, kode)
    semua = sertifikat(lingkup).filter(berakhir__lte=sampai)
    return semua.filter(berakhir__gte=dari) if dari else semua


def habis(lingkup: Lingkup) -> dict[str, int]:
    """Papers by band, nearest last; every paper stands in one band."""
    hitung = {}
    for kode in ("habis", *map(str, BATAS_HABIS)):
        dari, sampai = rentang_habis(lingkup.hari, kode)
        batas = Q(berakhir__lte=sampai) & (Q(berakhir__gte=dari) if dari else Q())
        hitung[f"n_{kode}"] = Count("pk", filter=batas)
    n = sertifikat(lingkup).order_by().aggregate(**hitung)
    return {kode.removeprefix("n_"): banyak for kode, banyak in n.items()}


def langkah(lingkup: Lingkup) -> dict[str, int]:
    """Products that have taken each step of branding by then."""
    hitung = {f"n_{k}": Count("pk", filter=Q(**{f"{b}__lte": lingkup.hari})) for k, b in LANGKAH.items()}
    n = produk(lingkup).aggregate(**hitung)
    return {kode: n[f"n_{kode}"] for kode in LANGKAH}


# ---------------------------------------------------------------- flows


def _ringkas(lingkup: Lingkup) -> Any:
    """Months of sales; what was only made has no channel."""
    return lingkup.saring(RingkasUmkm.objects).exclude(kanal="").order_by()


@dataclass(frozen=True)
class Jual:
    """Sales of a month in one group through one channel."""

    bulan: Bulan
    golongan: str
    kanal: str
    omzet: int
    terjual: int


def penjualan(lingkup: Lingkup, bulan: int = 24) -> list[Jual]:
    """The sales of so many months up to this one, by group and channel: one pass over the rollup."""
    semua = _ringkas(lingkup).filter(bulan__range=((lingkup.bulan - (bulan - 1)).awal, lingkup.bulan.awal))
    baris = semua.values_list("bulan", "golongan", "kanal").annotate(o=Sum("omzet"), t=Sum("terjual"))
    return [Jual(Bulan.pada(b), g, k, int(o), int(t)) for b, g, k, o, t in baris]


def unit_menjual(lingkup: Lingkup) -> int:
    """Units that noted a sale in the month."""
    n: int = _ringkas(lingkup).filter(bulan=lingkup.bulan.awal).aggregate(n=Count("upt_id", distinct=True))["n"]
    return n


@dataclass(frozen=True)
class Bagi:
    """Cost and shares of some unit-months; `omzet` is the turnover of just those. Adds up to the last rupiah."""

    omzet: int = 0
    biaya: int = 0
    premi: int = 0
    pnbp: int = 0
    operasional: int = 0
    unit: int = 0
    omzet_lain: int = 0
    """Turnover of unit-months whose cost and shares nobody noted."""

    @property
    def untung(self) -> int:
        return self.omzet - self.biaya

    @property
    def belum(self) -> int:
        return self.untung - self.premi - self.pnbp - self.operasional


def _bagi_hasil(lingkup: Lingkup, dari: Bulan) -> Any:
    bulan = (dari.awal, lingkup.bulan.awal)
    return lingkup.saring(hidup(BagiHasil)).filter(bulan__range=bulan).order_by()


def premi(lingkup: Lingkup, bulan: int = 24) -> dict[Bulan, int]:
    semua = _bagi_hasil(lingkup, lingkup.bulan - (bulan - 1)).values_list("bulan").annotate(n=Sum("premi"))
    return {Bulan.pada(b): int(n) for b, n in semua}


def bagi(lingkup: Lingkup, omzet: int, bulan: int = 12) -> Bagi:
    """The split of so many months up to this one; `omzet` is their whole turnover."""
    dari = lingkup.bulan - (bulan - 1)
    kolom = ("biaya", "premi", "pnbp", "operasional")
    semua = _bagi_hasil(lingkup, dari)
    n = semua.aggregate(n_unit=Count("upt_id", distinct=True), **{f"n_{k}": Sum(k) for k in kolom})
    rentang = (dari.awal, lingkup.bulan.awal)
    dibagi = hidup(BagiHasil).filter(bulan__range=rentang, upt_id=OuterRef("upt_id"), bulan=OuterRef("bulan"))
    jual = _ringkas(lingkup).filter(bulan__range=rentang)
    lain = int(jual.filter(~Exists(dibagi)).aggregate(n=Sum("omzet"))["n"] or 0)
    isi = {k: int(n[f"n_{k}"] or 0) for k in kolom}
    return Bagi(omzet=omzet - lain, omzet_lain=lain, unit=n["n_unit"], **isi)


# ---------------------------------------------------------------- lists: kinds, units, products


@dataclass(frozen=True)
class BarisJenis:
    jenis: JenisProduk
    produk: int
    unit: int


def daftar_jenis(lingkup: Lingkup, *, cari: str = "", golongan: str = "") -> list[BarisJenis]:
    """Kinds after merging with what stands behind each, most frequent first."""
    semua = produk(lingkup).annotate(pokok=POKOK).values_list("pokok")
    hitung = {pk: (n, u) for pk, n, u in semua.annotate(n=Count("pk"), u=Count("upt_id", distinct=True))}
    jenis = JenisProduk.objects.filter(pk__in=hitung)
    if golongan:
        jenis = jenis.filter(golongan=golongan)
    if cari:
        jenis = jenis.filter(Q(nama__icontains=cari) | Q(kunci__icontains=cari) | Q(alias__nama__icontains=cari))
    baris = [BarisJenis(j, *hitung[j.pk]) for j in jenis.distinct()]
    return sorted(baris, key=lambda b: (-b.produk, b.jenis.nama, b.jenis.pk))


def satu_jenis(pk: int) -> JenisProduk:
    """A kind that stands; one that was merged leads to its root. Raises TidakDitemukan."""
    satu = JenisProduk.objects.select_related("induk").filter(pk=pk).first()
    if satu is None:
        raise TidakDitemukan("Jenis produk ini tidak ada.")
    return satu.induk or satu


def daftar_produk(
    lingkup: Lingkup, *, jenis: JenisProduk | None = None, upt: str = "", tahap: str = "", langkah: str = ""
) -> Any:
    """Products of the region with their stage. `tahap`: "0" at none, else that stage or a later one."""
    semua = bertahap(produk(lingkup), lingkup.hari)
    if jenis is not None:
        semua = semua.filter(Q(jenis=jenis) | Q(jenis__induk=jenis))
    if upt:
        semua = semua.filter(upt__kode=upt)
    if tahap:
        semua = semua.filter(tahap=0) if tahap == "0" else semua.filter(tahap__gte=int(tahap))
    if langkah:
        semua = semua.filter(**{f"{LANGKAH[langkah]}__lte": lingkup.hari})
    return semua.select_related("upt__kanwil", "jenis__induk").order_by("nama", "upt__nama", "pk")


@dataclass(frozen=True)
class BarisUnit:
    upt: UPT
    produk: int
    jenis: int


def daftar_unit(lingkup: Lingkup, *, ada: bool | None = None) -> list[BarisUnit]:
    """Units that could have products with how many they have; `ada`: only those with, or without, any."""
    hitung = produk(lingkup).values_list("upt_id").annotate(n=Count("pk"), j=Count(POKOK, distinct=True))
    per_upt = {pk: (n, j) for pk, n, j in hitung}
    semua = {u.pk: u for u in unit(lingkup).select_related("kanwil")}
    lain = UPT.objects.dalam(lingkup.cakupan).select_related("kanwil").filter(pk__in=set(per_upt) - set(semua))
    baris = [BarisUnit(u, *per_upt.get(u.pk, (0, 0))) for u in (*semua.values(), *lain)]
    return sorted((b for b in baris if ada is None or bool(b.produk) == ada), key=_urut_unit)


def _urut_unit(b: BarisUnit) -> tuple[str, str]:
    return b.upt.kanwil.nama_pendek, b.upt.nama


def jumlah(semua: Iterable[Jual], kunci: str) -> dict[Any, int]:
    """Turnover by month, group or channel."""
    hasil: dict[Any, int] = {}
    for j in semua:
        hasil[getattr(j, kunci)] = hasil.get(getattr(j, kunci), 0) + j.omzet
    return hasil


def cari_jenis(kata: str, maks: int = 20) -> list[JenisProduk]:
    """Kinds that stand and whose name has this text, for people who look for a certain one."""
    bersih = nama.ejaan(kata)
    if not bersih:
        return []
    cocok = Q(nama__icontains=kata) | Q(kunci__contains=bersih) | Q(kunci__trigram_word_similar=bersih)
    return list(JenisProduk.objects.filter(cocok, induk=None).order_by("nama")[:maks])
