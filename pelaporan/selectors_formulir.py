"""Reading forms: versions in force, and all versions. Forms are public inside the portal; nothing here has a scope."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from pelaporan.alur import Status
from pelaporan.models import FormulirVersi
from pelaporan.skema import Skema
from pemasyarakatan.inti.waktu import Bulan


def versi_berlaku(bulan: Bulan) -> dict[str, FormulirVersi]:
    """The version of every form that is valid in a month."""
    versi = FormulirVersi.objects.filter(berlaku_dari__lte=bulan.awal).order_by("formulir_id", "-berlaku_dari")
    return {v.formulir_id: v for v in versi.distinct("formulir_id")}


def skema_berlaku(bulan: Bulan) -> dict[str, Skema]:
    return {kode: v.skema for kode, v in versi_berlaku(bulan).items()}


def semua_versi() -> QuerySet[FormulirVersi]:
    """Every version, newest first per form, with how many reports use it and how many of those were begun."""
    mulai = ~Q(laporan__status=Status.BELUM) | Q(laporan__draf__isnull=False)
    return (
        FormulirVersi.objects.select_related("formulir")
        .defer("isi", "yaml")
        .annotate(
            laporan_semua=Count("laporan"), laporan_mulai=Count("laporan", filter=mulai & Q(laporan__isnull=False))
        )
        .order_by("formulir_id", "-berlaku_dari")
    )


def satu_versi(kode: str, bulan: Bulan) -> FormulirVersi | None:
    return FormulirVersi.objects.select_related("formulir").filter(formulir_id=kode, berlaku_dari=bulan.awal).first()
