"""What the review page reads beside the report itself: the review, earlier flags, peers, the way through the inbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.fields.json import KeyTransform

from pelaporan.alur import Status
from pelaporan.antrean.selectors import Saringan, antrean
from pelaporan.models import Laporan, LaporanVersi, PermintaanBuka, Tinjauan
from pelaporan.tinjauan.wajar import Wajar, baca_wajar, kunci_bendera
from upt.cakupan import Cakupan

BULAN = 12
SEBAYA_SEDIKIT = 5
"""Fewer peers than this say nothing, and would show a single unit's figure."""
SEBAYA_BUTIR = 12
PER_PENGHUNI = 100


@dataclass(frozen=True)
class TinjauanKini:
    """Ticks and explanations of the sent version as it is now."""

    bagian: frozenset[str] = frozenset()
    wajar: Mapping[str, Wajar] = field(default_factory=dict)


def tinjauan_kini(laporan: Laporan) -> TinjauanKini:
    satu = Tinjauan.objects.filter(laporan=laporan).values("versi", "bagian", "wajar").first()
    if satu is None:
        return TinjauanKini()
    teks = {str(b["teks"]) for b in laporan.bendera}
    wajar = {w.kunci: w for w in baca_wajar(satu["wajar"], laporan.bulan) if w.teks in teks}
    return TinjauanKini(frozenset(satu["bagian"]) if satu["versi"] == laporan.versi_masuk else frozenset(), wajar)


@dataclass
class RiwayatBendera:
    """How often each flag stood on the unit's reports of the last twelve months, and what reviewers said of it."""

    kali: dict[str, int] = field(default_factory=dict)
    wajar: dict[str, list[Wajar]] = field(default_factory=dict)


def riwayat_bendera(laporan: Laporan) -> RiwayatBendera:
    """One query; the report's own scope has let the caller in."""
    hasil = RiwayatBendera()
    lama = Laporan.objects.filter(
        upt_id=laporan.upt_id,
        formulir_id=laporan.formulir_id,
        bulan__lt=laporan.bulan,
        bulan__gte=(laporan.periode - BULAN).awal,
    )
    for bulan, bendera, wajar in lama.order_by("bulan").values_list("bulan", "bendera", "tinjauan__wajar"):
        for kunci in {kunci_bendera(b) for b in bendera}:
            hasil.kali[kunci] = hasil.kali.get(kunci, 0) + 1
        for satu in baca_wajar(wajar or {}, bulan):
            hasil.wajar.setdefault(satu.kunci, []).append(satu)
    return hasil


# Peers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sebaya:
    """The same item of the same month at units of the same kind and class: per 100 inmates."""

    tengah: Decimal
    bawah: Decimal
    atas: Decimal
    unit: int
    sendiri: Decimal


def sebaya(laporan: Laporan, isi: Mapping[str, Any], kode: Sequence[str]) -> dict[str, Sebaya]:
    """For a few items, one query over the sent versions of the report's own Kanwil. Needs at least five peers."""
    dicari = list(kode[:SEBAYA_BUTIR])
    if not dicari or not laporan.penghuni_acuan:
        return {}
    angka = [KeyTransform(k, KeyTransform("angka", "isi")) for k in dicari]
    baris = (
        LaporanVersi.objects.filter(
            kanwil_id=laporan.kanwil_id,
            formulir_id=laporan.formulir_id,
            bulan=laporan.bulan,
            versi=F("laporan__versi_masuk"),
            upt__jenis=laporan.upt.jenis,
            upt__kelas=laporan.upt.kelas,
            laporan__penghuni_acuan__gt=0,
        )
        .exclude(upt_id=laporan.upt_id)
        .values_list("laporan__penghuni_acuan", *angka)
    )
    kolom = list(zip(*baris, strict=True))
    if not kolom:
        return {}
    hasil = {
        k: _sebaya(kolom[0], satu, isi["angka"].get(k), laporan) for k, satu in zip(dicari, kolom[1:], strict=True)
    }
    return {k: s for k, s in hasil.items() if s is not None}


def _sebaya(acuan: Sequence[int], nilai: Sequence[Any], sendiri: Any, laporan: Laporan) -> Sebaya | None:
    ada = sorted(_per_penghuni(n, a) for n, a in zip(nilai, acuan, strict=True) if n is not None)
    if len(ada) < SEBAYA_SEDIKIT or sendiri is None or not laporan.penghuni_acuan:
        return None
    tepi = len(ada) // 4
    return Sebaya(median(ada), ada[tepi], ada[-1 - tepi], len(ada), _per_penghuni(sendiri, laporan.penghuni_acuan))


def _per_penghuni(nilai: Any, acuan: int) -> Decimal:
    return Decimal(str(nilai)) * PER_PENGHUNI / acuan


# Requests ------------------------------------------------------------------------------------------------------


def permintaan_terbuka(laporan: Laporan) -> PermintaanBuka | None:
    return PermintaanBuka.objects.filter(laporan=laporan, diputus_pada=None).select_related("oleh").first()


# The way through the inbox ----------------------------------------------------------------------------------


def berikut(cakupan: Cakupan, saringan: Saringan, laporan: Laporan, kini: datetime) -> Laporan | None:
    """The report after this one in the filtered inbox, then the first one; None when no other waits."""
    semua = list(antrean(cakupan, saringan, kini).filter(status=Status.DIKIRIM).values_list("pk", flat=True))
    letak = semua.index(laporan.pk) if laporan.pk in semua else -1
    return _pertama(cakupan, [pk for pk in semua[letak + 1 :] + semua[: max(letak, 0)] if pk != laporan.pk])


def _pertama(cakupan: Cakupan, urut: Iterable[UUID]) -> Laporan | None:
    return next((lap for pk in urut if (lap := menunggu(cakupan, pk)) is not None), None)


def menunggu(cakupan: Cakupan, kunci: UUID) -> Laporan | None:
    """A report of the scope, if it still waits for a decision."""
    isi = Laporan.objects.dalam(cakupan).filter(pk=kunci, status=Status.DIKIRIM)
    return isi.select_related("upt", "formulir").first()
