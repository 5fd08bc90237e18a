"""Reading reports. The first argument is the scope, except where a report was let in already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from pelaporan.alur import Aksi, Status
from pelaporan.models import (
    Kejadian,
    Laporan,
    LaporanVersi,
    Periode,
    PermintaanBuka,
    RiwayatIsian,
)
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan
from upt.models import UPT

_LAPORAN = ("upt", "kanwil", "formulir", "formulir_versi", "dibuka_oleh")


def cakupan_izin(pengguna: Any, izin: Izin) -> Cakupan:
    """The part of a person's scope with this right: lists must not show what cannot be acted on."""
    return Cakupan.dari(pengguna, izin)


# One report -------------------------------------------------------------------------------------------------


def laporan_satu(cakupan: Cakupan, *, kode: str, bulan: Bulan, formulir: str) -> Laporan:
    """The report at an address; missing and foreign look the same (TidakDitemukan)."""
    laporan = (
        Laporan.objects.dalam(cakupan)
        .select_related(*_LAPORAN)
        .filter(upt__kode=kode, bulan=bulan.awal, formulir_id=formulir)
        .first()
    )
    if laporan is None:
        raise TidakDitemukan("Laporan ini tidak ada, atau bukan dari unit Anda.")
    return laporan


def segarkan(laporan: Laporan) -> Laporan:
    """The same report as it is now."""
    return Laporan.objects.select_related(*_LAPORAN).get(pk=laporan.pk)


def versi_laporan(laporan: Laporan) -> list[LaporanVersi]:
    """All sent versions, newest first, with their content."""
    return list(
        LaporanVersi.objects.filter(laporan=laporan).select_related("dibuat_oleh", "formulir_versi").order_by("-versi")
    )


def isi_masuk(laporan: Laporan) -> dict[str, Any]:
    """The latest sent content; empty while nothing was sent."""
    versi = LaporanVersi.objects.filter(laporan=laporan, versi=laporan.versi_masuk or 0).only("isi").first()
    return versi.isi if versi else {}


def isi_terakhir(upt: UPT) -> tuple[Bulan, int] | None:
    """Inmates of a unit as last reported in F01, and the month; None for a unit that never reported them."""
    versi = LaporanVersi.objects.filter(upt=upt, formulir_id="F01", versi=F("laporan__versi_masuk"))
    akhir = versi.order_by("-bulan").values_list("bulan", "isi__angka__isi").first()
    return (Bulan.pada(akhir[0]), int(akhir[1])) if akhir and akhir[1] is not None else None


def laporan_menurut_id(kunci: Iterable[str]) -> QuerySet[Laporan]:
    """Reports by id, for links on rows that were let in already; PostgreSQL's own scope still applies."""
    return Laporan.objects.filter(pk__in=list(kunci)).select_related("upt", "formulir")


def pilih_versi(semua: Iterable[LaporanVersi], nomor: int) -> LaporanVersi:
    for versi in semua:
        if versi.versi == nomor:
            return versi
    raise TidakDitemukan(f"Versi {nomor} dari laporan ini tidak ada.")


def kejadian_laporan(laporan: Laporan) -> list[Kejadian]:
    """All transitions, newest first."""
    return list(Kejadian.objects.filter(laporan=laporan).select_related("oleh").order_by("-urut"))


def pengembalian_terakhir(kejadian: Iterable[Kejadian]) -> Kejadian | None:
    """The latest return or reopening (`kejadian` newest first)."""
    return next((k for k in kejadian if k.aksi in (Aksi.KEMBALIKAN, Aksi.BUKA)), None)


def versi_ditarik(kejadian: Iterable[Kejadian]) -> set[int]:
    return {k.versi for k in kejadian if k.aksi == Aksi.TARIK and k.versi is not None}


def versi_bulan_lain(laporan: Laporan) -> dict[int, LaporanVersi]:
    """The latest sent versions of the unit's same form one and twelve months back, by that distance."""
    jarak = {(laporan.periode - n).awal: n for n in (1, 12)}
    versi = LaporanVersi.objects.filter(
        upt_id=laporan.upt_id,
        formulir_id=laporan.formulir_id,
        bulan__in=list(jarak),
        versi=F("laporan__versi_masuk"),
    )
    return {jarak[v.bulan]: v for v in versi}


def diketik_kanwil(laporan: Laporan) -> list[dict[str, Any]]:
    """Who typed for the unit, in which capacity, and when last; newest first, without any figure."""
    milik = RiwayatIsian.objects.filter(laporan=laporan, asal="kanwil").order_by()
    baris = milik.values("oleh__nama", "sebagai").annotate(pada=Max("pada")).order_by("-pada")
    return [dict(satu) for satu in baris]


def permintaan_laporan(laporan: Laporan) -> list[PermintaanBuka]:
    return list(PermintaanBuka.objects.filter(laporan=laporan).select_related("oleh", "diputus_oleh"))


def bulan_ditutup(laporan: Laporan) -> datetime | None:
    """When the report's month was closed; None while it is open."""
    tutup = Periode.objects.filter(bulan=laporan.bulan, status=Periode.Status.DITUTUP)
    return tutup.values_list("ditutup_pada", flat=True).first()


# Months -----------------------------------------------------------------------------------------------------


def daftar_periode() -> QuerySet[Periode]:
    return Periode.objects.order_by("-bulan")


def hitung_status(cakupan: Cakupan, bulan: Iterable[Any]) -> dict[Any, dict[str, int]]:
    """Number of reports by month (first day) and status."""
    hasil: dict[Any, dict[str, int]] = {}
    baris = Laporan.objects.dalam(cakupan).filter(bulan__in=list(bulan)).order_by().values("bulan", "status")
    for satu in baris.annotate(n=Count("pk")):
        hasil.setdefault(satu["bulan"], {})[satu["status"]] = satu["n"]
    return hasil


def sisa_per_kanwil(cakupan: Cakupan, bulan: Bulan) -> list[dict[str, Any]]:
    """What is not verified in a month, by Kanwil: name, not sent, waiting, being mended."""
    belum = Q(status__in=[Status.BELUM, Status.DRAF, Status.SIAP])
    baris = (
        Laporan.objects.dalam(cakupan)
        .filter(bulan=bulan.awal)
        .exclude(status__in=[Status.TERVERIFIKASI, Status.TERKUNCI])
        .order_by("kanwil__kode")
        .values("kanwil__nama_pendek")
        .annotate(
            belum=Count("pk", filter=belum),
            menunggu=Count("pk", filter=Q(status=Status.DIKIRIM)),
            perbaikan=Count("pk", filter=Q(status=Status.DIKEMBALIKAN)),
        )
    )
    return [dict(satu) for satu in baris]


def permintaan_pusat(cakupan: Cakupan) -> list[PermintaanBuka]:
    """Requests to reopen that wait for a decision, oldest first."""
    isi = PermintaanBuka.objects.dalam(cakupan).filter(diputus_pada=None)
    return list(isi.select_related("laporan__upt", "laporan__formulir", "oleh").order_by("pada")[:100])
