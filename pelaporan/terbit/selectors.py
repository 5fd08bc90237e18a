"""Reading drafts, what they are compared with, and the places a rehearsal found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from pelaporan.alur import Status
from pelaporan.models import FormulirVersi, Laporan, LaporanVersi, Periode, RancanganFormulir
from pelaporan.skema import Skema
from pelaporan.terbit.banding_skema import Beda, bandingkan
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan
from pemasyarakatan.pekerjaan import selectors as pekerjaan
from pemasyarakatan.pekerjaan.models import Pekerjaan
from upt.cakupan import Cakupan
from upt.models import UPT

MULAI = ~Q(status=Status.BELUM) | Q(draf__isnull=False)
"""A report that somebody has begun: it stays on its version."""


def semua_rancangan(cakupan: Cakupan) -> QuerySet[RancanganFormulir]:
    """Drafts on their way, then the last decided ones; a scope that is not national sees none."""
    semua = RancanganFormulir.objects.select_related("dibuat_oleh", "diputus_oleh").defer("isi", "yaml", "gladi")
    return semua if cakupan.nasional else semua.none()


def satu_rancangan(cakupan: Cakupan, rancangan_id: UUID) -> RancanganFormulir:
    semua = RancanganFormulir.objects.select_related("dibuat_oleh", "diputus_oleh")
    rancangan = semua.filter(pk=rancangan_id).first() if cakupan.nasional else None
    if rancangan is None:
        raise TidakDitemukan("Rancangan formulir ini tidak ada.")
    return rancangan


def skema_rancangan(rancangan: RancanganFormulir) -> Skema:
    return Skema.dari_json(rancangan.isi)


def dasar_versi(kode: str, bulan: Bulan) -> FormulirVersi | None:
    """The version that would be in force in that month without the draft."""
    return FormulirVersi.objects.filter(formulir_id=kode, berlaku_dari__lt=bulan.awal).order_by("-berlaku_dari").first()


def versi_terakhir(kode: str) -> FormulirVersi | None:
    return FormulirVersi.objects.filter(formulir_id=kode).order_by("-berlaku_dari").first()


def beda_rancangan(skema: Skema) -> Beda:
    """The draft against the version before it, and against still older ones for codes that come back."""
    semua = FormulirVersi.objects.filter(formulir_id=skema.kode, berlaku_dari__lt=Bulan.dari(skema.berlaku_dari).awal)
    urut = list(semua.order_by("-berlaku_dari")[:40])
    return bandingkan(urut[0].skema if urut else None, skema, [v.skema for v in urut[1:]])


def bulan_dimulai(kode: str, dari: Bulan) -> Bulan | None:
    """The last month from `dari` on in which a report of this form was begun."""
    mulai = Laporan.objects.filter(MULAI, formulir_id=kode, bulan__gte=dari.awal)
    bulan = mulai.order_by("-bulan").values_list("bulan", flat=True).first()
    return Bulan.pada(bulan) if bulan else None


def bulan_terbuka(dari: Bulan) -> list[Bulan]:
    """Opened months from `dari` on, oldest first."""
    semua = Periode.objects.filter(bulan__gte=dari.awal).order_by("bulan")
    return [Bulan.pada(b) for b in semua.values_list("bulan", flat=True)]


def bulan_ditutup(dari: Bulan) -> list[Bulan]:
    semua = Periode.objects.filter(bulan__gte=dari.awal, status=Periode.Status.DITUTUP).order_by("bulan")
    return [Bulan.pada(b) for b in semua.values_list("bulan", flat=True)]


def gladi_berjalan(orang: Pengguna, rancangan: RancanganFormulir) -> Pekerjaan | None:
    """One's own rehearsal of this text that waits, runs, or has ended last."""
    milik = pekerjaan.daftar(orang, jenis="gladi_formulir")
    return milik.filter(parameter__rancangan=str(rancangan.pk), parameter__sidik=rancangan.sidik).first()


# ---------------------------------------------------------------- places of a rule


@dataclass(frozen=True)
class Tempat:
    """One report that a rule would have flagged. `nilai` stays empty for those who may not read reports."""

    upt: str
    kode_upt: str
    bulan: Bulan
    versi: int
    nilai: tuple[tuple[str, Any], ...] = ()


def tempat_aturan(
    cakupan: Cakupan, formulir: str, tempat: Iterable[list[int]], butir: Iterable[str], *, dengan_nilai: bool
) -> list[Tempat]:
    """Names of the units, and with `dengan_nilai` the figures the rule looked at, out of the sent versions."""
    semua = [(u, _bulan(b), v) for u, b, v in tempat]
    nama = {u.pk: u for u in UPT.objects.dalam(cakupan).filter(pk__in={u for u, _, _ in semua})}
    nilai = _nilai(cakupan, formulir, semua, list(butir)) if dengan_nilai else {}
    return [Tempat(nama[u].nama, nama[u].kode, b, v, nilai.get((u, b), ())) for u, b, v in semua if u in nama]


def _bulan(nomor: int) -> Bulan:
    return Bulan(nomor // 12, nomor % 12 + 1)


def _nilai(
    cakupan: Cakupan, formulir: str, semua: list[tuple[int, Bulan, int]], butir: list[str]
) -> Mapping[tuple[int, Bulan], tuple[tuple[str, Any], ...]]:
    """Through the door of scope: who asks sees no unit that the reports themselves would not show."""
    dicari = {(u, b.awal, v) for u, b, v in semua}
    versi = LaporanVersi.objects.dalam(cakupan).filter(
        formulir_id=formulir,
        upt_id__in={u for u, _, _ in dicari},
        bulan__in={b for _, b, _ in dicari},
    )
    hasil = {}
    for satu in versi.only("upt_id", "bulan", "versi", "isi"):
        if (satu.upt_id, satu.bulan, satu.versi) in dicari:
            isi = {**satu.isi["lain"], **satu.isi["angka"]}
            hasil[satu.upt_id, Bulan.pada(satu.bulan)] = tuple((k, isi.get(k)) for k in butir)
    return hasil
