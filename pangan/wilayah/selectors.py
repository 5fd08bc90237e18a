"""Reading the food register over many units: land, people, harvests and money of a month, and what lies behind them.

Positions are those of `hari`, flows those of the month; harvests come from the rollup. Scope comes first everywhere,
`kanwil_id` None is everything within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, Min, OuterRef, Q, QuerySet, Subquery, Sum, Window
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, TruncMonth

from pangan.models import Klaster, Panen, Penempatan, Petak, RingkasPangan, Setoran, Siklus, Tenaga
from pangan.wilayah.angka import F06Unit, Fakta, Unit
from pangan.wilayah.ramalan import BANYAK_BULAN
from pangan.wilayah.ramalan import Siklus as SiklusRamalan
from pelaporan.models import FormulirVersi, Laporan, LaporanVersi
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil
from upt.selectors import daftar_kanwil

F06 = "F06"
BULAN_DERET = 24
_SETAHUN = 12
_TIDAK_ADA = "Wilayah ini tidak ada, atau bukan wilayah Anda."


@dataclass(frozen=True)
class Wilayah:
    """Whose figures: the nation (`kanwil` None) or one Kanwil."""

    nama: str
    kanwil: Kanwil | None = None

    @property
    def id(self) -> int | None:
        return self.kanwil.pk if self.kanwil else None

    @property
    def slug(self) -> str:
        return self.kanwil.slug if self.kanwil else ""

    @property
    def zona(self) -> str:
        return self.kanwil.zona if self.kanwil else "WIB"


def wilayah(cakupan: Cakupan, slug: str = "") -> Wilayah:
    """The nation (`slug` "") or a Kanwil, if this person may see all of it; else TidakDitemukan."""
    if not slug:
        if not cakupan.nasional:
            raise TidakDitemukan(_TIDAK_ADA)
        return Wilayah("Nasional")
    kanwil = daftar_kanwil(cakupan).filter(slug=slug).first()
    if kanwil is None:
        raise TidakDitemukan(_TIDAK_ADA)
    return Wilayah(f"Kanwil {kanwil.nama_pendek}", kanwil)


def semua_kanwil(cakupan: Cakupan) -> list[Kanwil]:
    return list(daftar_kanwil(cakupan))


def _di(kanwil_id: int | None) -> Q:
    return Q(kanwil_id=kanwil_id) if kanwil_id else Q()


def _hidup(model: Any, cakupan: Cakupan, kanwil_id: int | None) -> QuerySet[Any]:
    """Rows of the register within the region, unordered."""
    baris: QuerySet[Any] = model.objects.dalam(cakupan).hidup().filter(_di(kanwil_id)).order_by()
    return baris


def _ringkas(cakupan: Cakupan, kanwil_id: int | None) -> QuerySet[Any]:
    return RingkasPangan.objects.dalam(cakupan).filter(_di(kanwil_id)).order_by()


# ---------------------------------------------------------------- units with everything of the month


def unit_bulan(cakupan: Cakupan, kanwil_id: int | None, bulan: Bulan, hari: date) -> list[Unit]:
    """Every unit that owes F06 in the month or keeps the register, with its facts; eight queries in all."""
    f06 = _f06(cakupan, kanwil_id, bulan)
    fakta: dict[int, Fakta] = {}
    bagian: tuple[Iterable[Mapping[str, Any]], ...] = (
        _lahan(cakupan, kanwil_id, hari),
        _hasil(cakupan, kanwil_id, bulan),
        _setahun(cakupan, kanwil_id, bulan),
        _setoran(cakupan, kanwil_id, bulan),
    )
    for baris in bagian:
        for isi in baris:
            angka = dict(isi)
            fakta.setdefault(angka.pop("upt_id"), Fakta()).tambah(angka)
    nomor = _bekerja(cakupan, kanwil_id, hari)
    unit = [
        _unit(u, fakta.get(u["id"], Fakta()), f06.get(u["id"]), nomor)
        for u in _unit_dasar(cakupan, kanwil_id, hari)
        if u["id"] in fakta or u["id"] in f06
    ]
    return _jawaban(cakupan, kanwil_id, bulan, unit)


def _unit(u: Mapping[str, Any], fakta: Fakta, f06: F06Unit | None, nomor: Mapping[int, int]) -> Unit:
    """Persons come from placements by number once the unit has any, else from its counts; with land only.

    `berorang` counts the units that have said, `penghuni_berorang` their inmates.
    """
    orang = nomor.get(u["id"], 0) if u["bernomor"] else u["orang"]
    if fakta["petak"]:
        fakta.tambah({"unit_register": 1})
        if orang is not None:
            fakta.tambah({"orang": orang, "berorang": 1, "penghuni_berorang": f06.penghuni if f06 else 0})
    return Unit(u["id"], u["kode"], u["nama"], u["jenis"], u["kelas"], u["kanwil_id"], fakta, f06)


def _unit_dasar(cakupan: Cakupan, kanwil_id: int | None, hari: date) -> Iterable[Mapping[str, Any]]:
    """Units with the count of inmates in force (`orang`), and whether they place inmates by number (`bernomor`)."""
    hitung = _hidup(Tenaga, cakupan, None).filter(upt=OuterRef("pk"), jenis=Tenaga.Jenis.WBP, klaster="")
    tempat = _hidup(Penempatan, cakupan, None).filter(upt=OuterRef("pk"))
    return (
        UPT.objects.dalam(cakupan)
        .filter(_di(kanwil_id))
        .annotate(
            orang=Subquery(hitung.filter(dari__lte=hari).order_by("-dari").values("orang")[:1]),
            bernomor=Exists(tempat),
        )
        .values("id", "kode", "nama", "jenis", "kelas", "kanwil_id", "orang", "bernomor")
    )


def _lahan(cakupan: Cakupan, kanwil_id: int | None, hari: date) -> Iterable[Mapping[str, Any]]:
    """Plots of that day by unit: area, area in use by cluster, borrowed, idle, idle without a plan.

    Idle is what F06 calls so: the unused part of the unit's own land, not of ponds, pens and what is borrowed.
    """
    berlaku = Q(pemanfaatan__dihapus_pada=None, pemanfaatan__dari__lte=hari) & (
        Q(pemanfaatan__sampai=None) | Q(pemanfaatan__sampai__gte=hari)
    )
    petak = _hidup(Petak, cakupan, kanwil_id).filter(Q(selesai=None) | Q(selesai__gte=hari), mulai__lte=hari)
    pakai = {f"lahan_{k}": Sum("pakai__luas", filter=Q(pakai__klaster=k)) for k in Klaster.values}
    sendiri = Q(wujud=Petak.Wujud.LAHAN, milik=Petak.Milik.MILIK)
    tanpa = sendiri & Q(rencana="")
    isi = petak.annotate(pakai=FilteredRelation("pemanfaatan", condition=berlaku)).values("upt_id")
    semua: Iterable[Mapping[str, Any]] = isi.annotate(
        petak=Count("id"), **pakai,
        pinjam=Sum("pakai__luas", filter=~Q(milik=Petak.Milik.MILIK)),
        tidur=Coalesce(Sum("luas", filter=sendiri), 0) - Coalesce(Sum("pakai__luas", filter=sendiri), 0),
        tanpa_rencana=Coalesce(Sum("luas", filter=tanpa), 0) - Coalesce(Sum("pakai__luas", filter=tanpa), 0),
    )  # fmt: skip
    for baris in semua:
        yield {**baris, "pakai": sum(baris[nama] or 0 for nama in pakai)}


def _hasil(cakupan: Cakupan, kanwil_id: int | None, bulan: Bulan) -> Iterable[Mapping[str, Any]]:
    baris = _ringkas(cakupan, kanwil_id).filter(bulan=bulan.awal).values("upt_id")
    kolom = ("panen_taksir_kg", "nilai", "vendor_kg", "jual_kg", "penjualan")
    return baris.annotate(
        **{f"panen_{k}": Sum("panen_kg", filter=Q(klaster=k)) for k in Klaster.values},
        **{f"hasil_{nama}": Sum(nama) for nama in kolom},
    )


def _setahun(cakupan: Cakupan, kanwil_id: int | None, bulan: Bulan) -> Iterable[Mapping[str, Any]]:
    """Twelve months by unit. One plain sum per group: five filtered sums of as many rows take twice as long."""
    masa = ((bulan - (_SETAHUN - 1)).awal, bulan.awal)
    baris = _ringkas(cakupan, kanwil_id).filter(bulan__range=masa).values_list("upt_id", "klaster")
    for upt_id, klaster, kg in baris.annotate(kg=Sum("panen_kg")):
        yield {"upt_id": upt_id, f"setahun_{klaster}": kg}


def _setoran(cakupan: Cakupan, kanwil_id: int | None, bulan: Bulan) -> Iterable[Mapping[str, Any]]:
    baris = _hidup(Setoran, cakupan, kanwil_id).filter(tanggal__range=(bulan.awal, bulan.akhir))
    return baris.values("upt_id").annotate(
        pnbp=Sum("nilai", filter=Q(jenis=Setoran.Jenis.PNBP)), premi=Sum("nilai", filter=Q(jenis=Setoran.Jenis.PREMI))
    )  # fmt: skip


def _bekerja(cakupan: Cakupan, kanwil_id: int | None, hari: date) -> dict[int, int]:
    """Distinct inmates at work that day, by unit."""
    ada = _hidup(Penempatan, cakupan, kanwil_id).filter(Q(sampai=None) | Q(sampai__gte=hari), dari__lte=hari)
    return dict(ada.values_list("upt_id").annotate(n=Count("wbp", distinct=True)))


# ---------------------------------------------------------------- what the units report


def _f06(cakupan: Cakupan, kanwil_id: int | None, bulan: Bulan) -> dict[int, F06Unit]:
    """Units that owe the report, with the inmates they had when the month was opened."""
    baris = Laporan.objects.dalam(cakupan).filter(_di(kanwil_id), bulan=bulan.awal, formulir_id=F06, dibebaskan="")
    isi = baris.order_by().values_list("upt_id", "penghuni_acuan", "versi_masuk")
    return {upt: F06Unit(penghuni or 0, versi) for upt, penghuni, versi in isi}


def _jawaban(cakupan: Cakupan, kanwil_id: int | None, bulan: Bulan, unit: list[Unit]) -> list[Unit]:
    """The same units; those that keep no register with what their latest sent report says instead."""
    tanya = [u.id for u in unit if not u.register and u.f06 is not None and u.f06.versi is not None]
    if not tanya:
        return unit
    baris = LaporanVersi.objects.dalam(cakupan).filter(
        laporan__bulan=bulan.awal, laporan__formulir_id=F06, laporan__upt__in=tanya, versi=F("laporan__versi_masuk")
    )
    kolom = (KT("isi__lain__ada_kegiatan"), KT("isi__angka__lahan"), KT("isi__alasan__ada_kegiatan"))
    isi = {satu: sisa for satu, *sisa in baris.order_by().values_list("laporan__upt_id", *kolom)}
    return [_dengan_jawaban(u, isi.get(u.id)) for u in unit]


def _dengan_jawaban(u: Unit, isi: list[str | None] | None) -> Unit:
    if isi is None or u.f06 is None:
        return u
    ada, lahan, alasan = isi
    f06 = F06Unit(
        u.f06.penghuni,
        u.f06.versi,
        None if ada is None else ada == "true",
        None if lahan is None else Decimal(lahan),
        alasan or "",
    )
    return Unit(u.id, u.kode, u.nama, u.jenis, u.kelas, u.kanwil_id, u.fakta, f06)


@dataclass(frozen=True)
class Serapan:
    """The least part of the harvest that the food vendor is to buy, as the form of the month has it."""

    minimum: Decimal | int
    terkonfirmasi: bool
    sumber: str


def serapan_minimum(bulan: Bulan) -> Serapan | None:
    semua = FormulirVersi.objects.filter(formulir_id=F06, berlaku_dari__lte=bulan.awal)
    versi = semua.order_by("-berlaku_dari").first()
    parameter = next((p for p in versi.skema.parameter if p.kode == "serapan_bama_min"), None) if versi else None
    berlaku = [n for n in parameter.nilai if n.berlaku_dari <= bulan.kode] if parameter else []
    if not berlaku:
        return None
    nilai = max(berlaku, key=lambda n: n.berlaku_dari)
    return Serapan(nilai.nilai, nilai.terkonfirmasi, nilai.sumber)


# ---------------------------------------------------------------- commodities, months, failures


def komoditas_bulan(cakupan: Cakupan, kanwil_id: int | None, bulan: Bulan, hari: date) -> dict[str, Fakta]:
    """Of each commodity: area under cultivation that day, harvest and value of the month, units."""
    hasil: dict[str, Fakta] = {}
    panen = _ringkas(cakupan, kanwil_id).filter(bulan=bulan.awal)
    semua: tuple[Iterable[Mapping[str, Any]], ...] = (
        panen.values("komoditas").annotate(
            panen=Sum("panen_kg"), taksir=Sum("panen_taksir_kg"), hasil=Sum("nilai"), jual=Sum("penjualan"),
            unit_panen=Count("upt", distinct=True, filter=Q(panen_kg__gt=0)),
        ),
        _berjalan(cakupan, kanwil_id, hari).values("komoditas").annotate(
            lahan=Sum("luas"), siklus=Count("id"), unit=Count("upt", distinct=True)
        ),
    )  # fmt: skip
    for baris in (dict(b) for bagian in semua for b in bagian):
        hasil.setdefault(baris.pop("komoditas"), Fakta()).tambah(baris)
    return hasil


def deret(cakupan: Cakupan, kanwil_id: int | None, sampai: Bulan) -> dict[tuple[Bulan, str], tuple[Decimal, Decimal]]:
    """(harvest, of it estimated) in kg of 24 months by month and cluster."""
    masa = ((sampai - (BULAN_DERET - 1)).awal, sampai.awal)
    baris = _ringkas(cakupan, kanwil_id).filter(bulan__range=masa)
    isi = baris.values_list("bulan", "klaster").annotate(kg=Sum("panen_kg"), taksir=Sum("panen_taksir_kg"))
    return {(Bulan.pada(bulan), klaster): (kg, taksir) for bulan, klaster, kg, taksir in isi}


def bulan_pertama(cakupan: Cakupan, kanwil_id: int | None) -> Bulan | None:
    """The month of the first harvest or use that is noted here: what lies before it is unknown, not nought."""
    hari = _ringkas(cakupan, kanwil_id).aggregate(n=Min("bulan"))["n"]
    return Bulan.pada(hari) if hari else None


def gagal(cakupan: Cakupan, kanwil_id: int | None, sampai: Bulan) -> dict[tuple[Bulan, str], tuple[int, int]]:
    """(lost, ended) cycles by month and cluster, over 24 months."""
    masa = ((sampai - (BULAN_DERET - 1)).awal, sampai.akhir)
    akhir = (Siklus.Akhir.GAGAL, Siklus.Akhir.PANEN)
    baris = _hidup(Siklus, cakupan, kanwil_id).filter(akhir__in=akhir, selesai__range=masa)
    isi = baris.annotate(bulan=TruncMonth("selesai")).values_list("bulan", "klaster")
    hitung = isi.annotate(gagal=Count("id", filter=Q(akhir=Siklus.Akhir.GAGAL)), n=Count("id"))
    return {(Bulan.pada(bulan), klaster): (lost, n) for bulan, klaster, lost, n in hitung}


def gagal_terakhir(cakupan: Cakupan, kanwil_id: int | None, klaster: str, sampai: Bulan) -> list[Siklus]:
    """Lost cycles of a cluster within twelve months with their reasons, newest first."""
    masa = ((sampai - (_SETAHUN - 1)).awal, sampai.akhir)
    baris = _hidup(Siklus, cakupan, kanwil_id).filter(akhir=Siklus.Akhir.GAGAL, selesai__range=masa)
    return list(baris.filter(klaster=klaster).select_related("upt", "petak").order_by("-selesai", "pk")[:50])


# ---------------------------------------------------------------- running cycles


def _berjalan(cakupan: Cakupan, kanwil_id: int | None, hari: date) -> QuerySet[Any]:
    """Cycles that ran at the end of that day, as the register knows it now."""
    ada = _hidup(Siklus, cakupan, kanwil_id).filter(tanam__lte=hari)
    return ada.filter(Q(akhir=Siklus.Akhir.BERJALAN) | Q(selesai__gt=hari))


def akan_panen(cakupan: Cakupan, kanwil_id: int | None, hari: date, klaster: str = "") -> list[SiklusRamalan]:
    """Cycles whose harvest is expected within three months after `hari`."""
    batas = (Bulan.pada(date.fromordinal(hari.toordinal() + 1)) + (BANYAK_BULAN - 1)).akhir
    ada = _berjalan(cakupan, kanwil_id, hari).filter(perkiraan_panen__gt=hari, perkiraan_panen__lte=batas)
    kolom = ("upt_id", "kanwil_id", "klaster", "komoditas", "perkiraan_panen", "perkiraan_kg", "luas", "ekor")
    dipilih = ada.filter(klaster=klaster) if klaster else ada
    return [SiklusRamalan(*isi) for isi in dipilih.values_list(*kolom)]


def lewat_panen(
    cakupan: Cakupan, kanwil_id: int | None, hari: date, klaster: str = "", *, banyak: int
) -> tuple[list[Siklus], int]:
    """Running cycles past their expected day of which nothing was harvested yet: the latest, and how many in all."""
    panen = _hidup(Panen, cakupan, None).filter(siklus=OuterRef("pk"), tanggal__lte=hari)
    ada = _berjalan(cakupan, kanwil_id, hari).filter(~Exists(panen), perkiraan_panen__lte=hari)
    dipilih = (ada.filter(klaster=klaster) if klaster else ada).annotate(semua=Window(Count("pk")))
    baris = list(dipilih.select_related("upt", "petak").order_by("perkiraan_panen", "pk")[:banyak])
    return baris, baris[0].semua if baris else 0


def tahap(cakupan: Cakupan, kanwil_id: int | None, hari: date, klaster: str) -> dict[int, dict[str, Any]]:
    """By unit: running cycles of a cluster, animals in them at the start, and the next expected harvest."""
    ada = _berjalan(cakupan, kanwil_id, hari).filter(klaster=klaster).values("upt_id")
    isi = ada.annotate(
        siklus=Count("id"), ekor=Sum("ekor"), berikut=Min("perkiraan_panen", filter=Q(perkiraan_panen__gt=hari))
    )
    return {baris["upt_id"]: dict(baris) for baris in isi}
