"""Reading reports for the API: querysets within a scope, with what the answers need and nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from pelaporan.models import Draf, Formulir, FormulirVersi, Kejadian, Laporan, LaporanVersi
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan

_ASAL_VERSI = ("laporan", "upt", "kanwil", "dibuat_oleh")


def daftar_laporan(cakupan: Cakupan) -> QuerySet[Laporan]:
    return Laporan.objects.dalam(cakupan).select_related("upt", "kanwil").order_by("-bulan", "upt__kode", "formulir_id")


def satu_laporan(cakupan: Cakupan, laporan_id: UUID) -> Laporan:
    """A report with its form; missing and foreign look the same."""
    laporan = daftar_laporan(cakupan).select_related("formulir_versi").filter(pk=laporan_id).first()
    if laporan is None:
        raise TidakDitemukan("Laporan ini tidak ada, atau bukan dari unit Anda.")
    return laporan


def laporan_rinci(cakupan: Cakupan) -> QuerySet[Laporan]:
    """Reports with their versions (without content) and events, in three queries."""
    versi: QuerySet[LaporanVersi] = LaporanVersi.objects.select_related("dibuat_oleh").defer("isi").order_by("versi")
    kejadian: QuerySet[Kejadian] = Kejadian.objects.select_related("oleh").order_by("urut")
    return daftar_laporan(cakupan).prefetch_related(Prefetch("versi", versi), Prefetch("kejadian", kejadian))


def isi_draf(laporan: Laporan) -> dict[str, Any]:
    """The draft's content, empty when nothing was typed yet."""
    draf = Draf.objects.filter(laporan=laporan).first()
    return {"sel": {}, "daftar": {}, "tanggapan": {}, **(draf.isi if draf else {})}


def fakta(cakupan: Cakupan) -> QuerySet[LaporanVersi]:
    """Every sent version: the facts that figures are made of."""
    return LaporanVersi.objects.dalam(cakupan).select_related(*_ASAL_VERSI).order_by("-bulan", "-id")


def saring_kedudukan(semua: QuerySet[LaporanVersi], kedudukan: str) -> QuerySet[LaporanVersi]:
    """`masuk`: the latest sent version of a report; `sah`: the latest verified one; `semua`: all."""
    return semua if kedudukan == "semua" else semua.filter(versi=F(f"laporan__versi_{kedudukan}"))


def daftar_formulir() -> QuerySet[Formulir]:
    """Forms with their versions, newest first; the same for everybody."""
    return Formulir.objects.prefetch_related(Prefetch("versi", FormulirVersi.objects.order_by("-berlaku_dari")))


def satu_formulir(kode: str, bulan: Bulan | None) -> FormulirVersi:
    """The version of a form that is valid in a month (default: the latest)."""
    versi = FormulirVersi.objects.select_related("formulir").filter(formulir_id=kode).order_by("-berlaku_dari")
    satu = (versi.filter(berlaku_dari__lte=bulan.awal) if bulan else versi).first()
    if satu is None:
        raise TidakDitemukan("Formulir ini tidak ada, atau belum berlaku pada bulan itu.")
    return satu
