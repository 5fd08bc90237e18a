"""Reading obligations for the matrix. The first argument is the scope."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from pelaporan.alur import Status
from pelaporan.kelengkapan.matriks import Hitungan, Kewajiban
from pelaporan.kelengkapan.ukur import sel_diminta
from pelaporan.models import FormulirVersi, Laporan, Periode
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil

Rentang = tuple[date, date]
_KOLOM = (
    "upt_id",
    "bulan",
    "formulir_id",
    "status",
    "versi_masuk",
    "terlambat",
    "tenggat",
    "dibebaskan",
    "formulir_versi_id",
    "sel_kosong",
)


def kewajiban(cakupan: Cakupan, kanwil: Kanwil, rentang: Rentang, formulir: str = "") -> list[Kewajiban]:
    """All obligations of a region in months of `rentang` (first days, both included)."""
    diminta = _diminta()
    baris = _saring(cakupan, rentang, formulir).filter(kanwil=kanwil).order_by().values_list(*_KOLOM)
    return [
        Kewajiban(upt, bulan, form, status, masuk is not None, telat, tenggat, bool(bebas), diminta[versi], kosong)
        for upt, bulan, form, status, masuk, telat, tenggat, bebas, versi, kosong in baris
    ]


def _saring(cakupan: Cakupan, rentang: Rentang, formulir: str) -> QuerySet[Laporan]:
    semua = Laporan.objects.dalam(cakupan).filter(bulan__range=rentang)
    return semua.filter(formulir_id=formulir) if formulir else semua


def _diminta() -> dict[int, int]:
    """Asked cells by version of a form."""
    return {v.pk: sel_diminta(v.skema) for v in FormulirVersi.objects.defer("yaml")}


def hitungan_kanwil(
    cakupan: Cakupan, rentang: Rentang, formulir: str, kini: datetime
) -> dict[int, dict[date, Hitungan]]:
    """Sums by Kanwil and month, made by the database: the nation has a hundred thousand obligations a year."""
    diminta = _diminta()
    masuk, tepat = Q(versi_masuk__isnull=False), Q(versi_masuk__isnull=False, terlambat=False)
    terutang = _saring(cakupan, rentang, formulir).filter(Q(dibebaskan=""), masuk | Q(tenggat__lt=kini))
    baris = (
        terutang.order_by()
        .values_list("kanwil_id", "bulan", "formulir_versi_id")
        .annotate(
            n=Count("pk"),
            masuk=Count("pk", filter=masuk),
            tepat=Count("pk", filter=tepat),
            sah=Count("pk", filter=Q(status__in=[Status.TERVERIFIKASI, Status.TERKUNCI])),
            kosong=Sum("sel_kosong", filter=masuk, default=0),
        )
    )
    hasil: dict[int, dict[date, Hitungan]] = {}
    for kanwil, bulan, versi, n, n_masuk, n_tepat, n_sah, kosong in baris:
        satu = Hitungan(n, n_masuk, n_tepat, n_sah, n * diminta[versi], n_masuk * diminta[versi] - kosong)
        per_bulan = hasil.setdefault(kanwil, {})
        per_bulan[bulan] = per_bulan.get(bulan, Hitungan()) + satu
    return hasil


def kanwil_terlihat(cakupan: Cakupan) -> QuerySet[Kanwil]:
    """Regions in which this person sees at least one unit."""
    return Kanwil.objects.filter(pk__in=UPT.objects.dalam(cakupan).values("kanwil")).order_by("kode")


def unit_kanwil(cakupan: Cakupan, kunci: set[int]) -> dict[int, UPT]:
    return UPT.objects.dalam(cakupan).in_bulk(kunci)


def tahun_tersedia(cakupan: Cakupan) -> list[int]:
    """Years with obligations in scope, newest first."""
    ada = Laporan.objects.dalam(cakupan).filter(bulan=OuterRef("bulan"))
    return [satu.year for satu in Periode.objects.filter(Exists(ada)).dates("bulan", "year", order="DESC")]
