"""The regional inbox: filters, orders, counts. Scope first; a page costs the same number of statements at any size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pelaporan.alur import Aksi, Status
from pelaporan.bendera import LABEL
from pelaporan.models import Formulir, Kejadian, Laporan, PermintaanBuka, TindakanMassal
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan

RIWAYAT = timedelta(days=365)
"""How far back "returned n times" looks."""

BERSIH, BERBENDERA = "bersih", "berbendera"


@dataclass(frozen=True)
class Saringan:
    """Filters of the inbox; empty text means all. `status` and `urut` are keys of the tables below."""

    status: str = "menunggu"
    bulan: Bulan | None = None
    formulir: str = ""
    upt: str = ""
    bendera: str = ""
    urut: str = "tenggat"

    def ke_json(self) -> dict[str, str]:
        return {
            "status": self.status,
            "bulan": self.bulan.kode if self.bulan else "",
            "formulir": self.formulir,
            "upt": self.upt,
            "bendera": self.bendera,
        }


class _BanyakBeda(Func):
    """How many flags of a report are about a figure that moved."""

    template = (
        "jsonb_array_length(jsonb_path_query_array(%(expressions)s, "
        '\'$[*] ? (@.kode == "di_luar" || @.kode == "perubahan")\'))'
    )
    output_field = IntegerField()


URUTAN: dict[str, tuple[str, ...]] = {
    "tenggat": ("tenggat_kanwil", "-risiko", "pk"),
    "risiko": ("-risiko", "tenggat_kanwil", "pk"),
    "perubahan": ("-beda_besar", "-risiko", "tenggat_kanwil", "pk"),
    "upt": ("upt__nama", "-bulan", "formulir_id", "pk"),
    "riwayat": ("-kali_kembali", "tenggat_kanwil", "pk"),
    "dikirim": ("dikirim_pada", "pk"),
}


def _diminta_buka() -> Exists:
    return Exists(PermintaanBuka.objects.filter(laporan=OuterRef("pk"), diputus_pada=None))


def _keadaan(kini: datetime) -> dict[str, Q | Exists]:
    menunggu = Q(status=Status.DIKIRIM)
    return {
        "menunggu": menunggu,
        "lewat": menunggu & Q(tenggat_kanwil__lt=kini),
        "dikembalikan": Q(status=Status.DIKEMBALIKAN),
        "permintaan": _diminta_buka(),
        "belum": Q(
            status__in=[Status.BELUM, Status.DRAF, Status.SIAP], tenggat__lt=kini, versi_masuk=None, dibebaskan=""
        ),
        "terverifikasi": Q(status__in=[Status.TERVERIFIKASI, Status.TERKUNCI]),
    }


def q_bendera(bendera: str) -> Q:
    """Reports without flags, with any, or with one of a kind."""
    if bendera == BERSIH:
        return Q(bendera=[])
    if bendera == BERBENDERA:
        return ~Q(bendera=[])
    return Q(bendera__contains=[{"kode": bendera}]) if bendera in LABEL else Q()


def antrean(cakupan: Cakupan, saringan: Saringan, kini: datetime) -> QuerySet[Laporan]:
    """Reports of the inbox, each with `kali_kembali` (the unit's in a year) and `beda_besar` (figures that moved)."""
    isi = Laporan.objects.dalam(cakupan).filter(_keadaan(kini)[saringan.status], q_bendera(saringan.bendera))
    if saringan.bulan:
        isi = isi.filter(bulan=saringan.bulan.awal)
    if saringan.formulir:
        isi = isi.filter(formulir_id=saringan.formulir)
    if saringan.upt:
        isi = isi.filter(upt__kode=saringan.upt)
    lengkap = isi.select_related("upt", "kanwil", "formulir")
    return lengkap.annotate(**_hitungan(kini)).order_by(*URUTAN[saringan.urut])


def _hitungan(kini: datetime) -> dict[str, Any]:
    kembali = Kejadian.objects.filter(upt=OuterRef("upt"), aksi=Aksi.KEMBALIKAN, pada__gte=kini - RIWAYAT)
    banyak = kembali.order_by().values("upt").annotate(n=Count("pk")).values("n")
    return {"kali_kembali": Coalesce(Subquery(banyak), 0), "beda_besar": _BanyakBeda(F("bendera"))}


SUDUT: dict[str, tuple[str, Mapping[str, str]]] = {
    "menunggu": ("Menunggu", {}),
    "lewat": ("Lewat tenggat verifikasi", {"status": "lewat"}),
    "bersih": ("Bersih", {"bendera": BERSIH}),
    "kirim_ulang": ("Dikirim ulang", {"bendera": "kirim_ulang"}),
    "permintaan": ("Permintaan buka", {"status": "permintaan"}),
    "dikembalikan": ("Diperbaiki UPT", {"status": "dikembalikan"}),
}
"""Views of the inbox that are one click away: label and what they ask for."""


def hitung_antrean(cakupan: Cakupan, kini: datetime) -> dict[str, int]:
    """How many reports each of `SUDUT` holds, in one statement."""
    keadaan = _keadaan(kini)
    hitung = {
        kode: Count("pk", filter=Q(keadaan[minta.get("status", "menunggu")], q_bendera(minta.get("bendera", ""))))
        for kode, (_, minta) in SUDUT.items()
    }
    return Laporan.objects.dalam(cakupan).aggregate(**hitung)


def verifikasi_terakhir(cakupan: Cakupan) -> Kejadian | None:
    """The newest verification, for an inbox that is empty."""
    sah = Kejadian.objects.dalam(cakupan).filter(aksi=Aksi.VERIFIKASI)
    return sah.select_related("oleh", "kanwil").order_by("-pada").first()


def daftar_formulir() -> list[Formulir]:
    return list(Formulir.objects.all())


# Acts on many reports ---------------------------------------------------------------------------------------


def laporan_terpilih(cakupan: Cakupan, kunci: list[UUID]) -> list[Laporan]:
    """The reports with these ids that the scope holds, in the order of the inbox."""
    isi = Laporan.objects.dalam(cakupan).filter(pk__in=kunci)
    return list(isi.select_related("upt", "kanwil", "formulir", "formulir_versi").order_by(*URUTAN["tenggat"]))


def tindakan_massal(orang: Pengguna, kunci: UUID) -> TindakanMassal:
    """A person's own act on many reports; anybody else's does not exist."""
    tindakan = TindakanMassal.objects.filter(pk=kunci, oleh=orang).first()
    if tindakan is None:
        raise TidakDitemukan("Tindakan ini tidak ada, atau bukan tindakan Anda.")
    return tindakan


def tindakan_terbuka(orang: Pengguna, kini: datetime) -> TindakanMassal | None:
    """A person's newest act on many reports that can still be undone."""
    milik = TindakanMassal.objects.filter(oleh=orang, batal_sampai__gte=kini, dibatalkan_pada=None, jumlah__gt=0)
    return milik.order_by("-pada").first()


def kejadian_massal(cakupan: Cakupan, tindakan: TindakanMassal) -> list[Kejadian]:
    """What an act on many reports did, with each report as it is now."""
    kejadian = Kejadian.objects.dalam(cakupan).filter(massal=tindakan.pk, aksi=Aksi.VERIFIKASI)
    lengkap = kejadian.select_related("laporan__upt", "laporan__formulir", "laporan__kanwil")
    return list(lengkap.order_by("laporan__upt__nama", "laporan__formulir_id"))
