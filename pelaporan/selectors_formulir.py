"""Reading forms: versions in force, and all versions. Forms are public inside the portal; nothing here has a scope."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pelaporan.alur import Status
from pelaporan.models import FormulirVersi, Laporan
from pelaporan.skema import Skema
from pemasyarakatan.inti.waktu import Bulan


def versi_berlaku(bulan: Bulan) -> dict[str, FormulirVersi]:
    """The version of every form that is valid in a month."""
    versi = FormulirVersi.objects.filter(berlaku_dari__lte=bulan.awal).order_by("formulir_id", "-berlaku_dari")
    return {v.formulir_id: v for v in versi.distinct("formulir_id")}


def skema_berlaku(bulan: Bulan) -> dict[str, Skema]:
    return {kode: v.skema for kode, v in versi_berlaku(bulan).items()}


def semua_versi() -> QuerySet[FormulirVersi]:
    """Every version, newest first per form, with how many reports use it and whether any of those was begun."""
    punya = Laporan.objects.filter(formulir_versi=OuterRef("pk")).order_by()
    banyak = punya.values("formulir_versi").annotate(n=Count("pk")).values("n")
    return (
        FormulirVersi.objects.select_related("formulir")
        .defer("isi", "yaml")
        .annotate(
            laporan_semua=Coalesce(Subquery(banyak), 0),
            laporan_mulai=Q(Exists(punya.exclude(status=Status.BELUM))) | Q(Exists(punya.filter(draf__isnull=False))),
        )
        .order_by("formulir_id", "-berlaku_dari")
    )


def satu_versi(kode: str, bulan: Bulan) -> FormulirVersi | None:
    return FormulirVersi.objects.select_related("formulir").filter(formulir_id=kode, berlaku_dari=bulan.awal).first()
