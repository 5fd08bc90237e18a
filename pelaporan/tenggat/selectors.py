"""Reading deadlines, waivers, notices, and who still owes. The scope comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from pelaporan.alur import Status
from pelaporan.models import (
    Formulir,
    Laporan,
    Libur,
    Pembebasan,
    Pemberitahuan,
    PengaturanKabar,
    Periode,
    PerubahanTenggat,
    SuratKeluar,
    Tagihan,
)
from pelaporan.services_periode import hari_libur
from pelaporan.tenggat.langkah import tangga_pada
from pelaporan.tenggat.nomor import nomor_wa
from pelaporan.tenggat.pengingat import belum_dikirim
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu, hari_kerja_ke, sisa_hari
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil

# ---------------------------------------------------------------- holidays, moves, waivers


def libur_tahun(tahun: int) -> QuerySet[Libur]:
    return Libur.objects.filter(tanggal__year=tahun).select_related("kanwil").order_by("tanggal", "kanwil_id", "nama")


def satu_libur(libur_id: int) -> Libur:
    libur = Libur.objects.select_related("kanwil").filter(pk=libur_id).first()
    if libur is None:
        raise TidakDitemukan("Hari libur ini sudah tidak ada.")
    return libur


def semua_formulir() -> list[Formulir]:
    return list(Formulir.objects.order_by("pk"))


def daftar_perubahan(bulan: Bulan | None = None) -> QuerySet[PerubahanTenggat]:
    """Decisions that moved deadlines, newest first."""
    semua = PerubahanTenggat.objects.select_related("formulir", "kanwil", "oleh").order_by("-id")
    return semua.filter(bulan=bulan.awal) if bulan else semua


def perubahan_laporan(laporan: Laporan) -> PerubahanTenggat | None:
    """The newest decision that moved this report's deadlines (the report was let in already)."""
    return _mengenai(laporan).order_by("-id").first()


def perubahan_unit(laporan: Iterable[Laporan]) -> list[PerubahanTenggat]:
    """Decisions that touch any of a unit's reports of one month, newest first."""
    semua = list(laporan)
    if not semua:
        return []
    baris = PerubahanTenggat.objects.filter(
        Q(formulir=None) | Q(formulir__in=[lap.formulir_id for lap in semua]),
        Q(kanwil=None) | Q(kanwil=semua[0].kanwil_id),
        bulan=semua[0].bulan,
    )
    return list(baris.select_related("formulir").order_by("-id")[:3])


def _mengenai(laporan: Laporan) -> QuerySet[PerubahanTenggat]:
    return PerubahanTenggat.objects.filter(
        Q(formulir=None) | Q(formulir=laporan.formulir_id),
        Q(kanwil=None) | Q(kanwil=laporan.kanwil_id),
        bulan=laporan.bulan,
    )


def daftar_bebas(
    cakupan: Cakupan, *, keadaan: str, formulir: str, kanwil: str, upt: str, bulan: Bulan
) -> QuerySet[Pembebasan]:
    """Waivers, newest first. `keadaan`: berlaku (now or later), berakhir, dicabut; empty is all."""
    semua = Pembebasan.objects.dalam(cakupan).select_related("upt", "kanwil", "formulir", "oleh", "dicabut_oleh")
    saring: dict[str, Q] = {
        "berlaku": Q(dicabut_pada=None, sampai__gte=bulan.awal),
        "berakhir": Q(dicabut_pada=None, sampai__lt=bulan.awal),
        "dicabut": Q(dicabut_pada__isnull=False),
    }
    semua = semua.filter(saring.get(keadaan, Q()))
    semua = semua.filter(formulir_id=formulir) if formulir else semua
    semua = semua.filter(kanwil__slug=kanwil) if kanwil else semua
    return (semua.filter(upt__nama__icontains=upt) if upt else semua).order_by("-id")


def unit_untuk_bebas(cakupan: Cakupan) -> list[UPT]:
    return list(UPT.objects.dalam(cakupan).select_related("kanwil").order_by("kanwil__nama_pendek", "nama"))


# ---------------------------------------------------------------- notices


def kabar_saya(cakupan: Cakupan) -> QuerySet[Pemberitahuan]:
    """Notices to the own units and the own Kanwil, and to Ditjenpas for who sees the nation; RLS repeats the same."""
    untuk = Pemberitahuan.Untuk
    milik = Q(untuk=untuk.UPT, upt_id__in=cakupan.upt) | Q(untuk=untuk.KANWIL, kanwil_id__in=cakupan.kanwil)
    milik |= Q(untuk=untuk.PUSAT) if cakupan.nasional else Q()
    return Pemberitahuan.objects.dalam(cakupan).filter(milik)


def pengaturan(orang: Pengguna) -> PengaturanKabar:
    """What a person has set; the defaults when nothing was set yet (not saved)."""
    return PengaturanKabar.objects.filter(pk=orang.pk).first() or PengaturanKabar(pengguna=orang)


def belum_dibaca(cakupan: Cakupan, orang: Pengguna) -> int:
    """How many notices came since the person last looked, at most 100; one query."""
    batas = PengaturanKabar.objects.filter(pk=orang.pk).values("dibaca_sampai")
    baru = kabar_saya(cakupan).filter(pk__gt=Coalesce(Subquery(batas), Value(0)))
    return baru.order_by()[:100].count()


@dataclass
class KelompokKabar:
    """Notices about one report (or one thing), newest first."""

    laporan: Laporan | None
    baris: list[Pemberitahuan] = field(default_factory=list)
    baru: int = 0


def kelompok_kabar(semua: Iterable[Pemberitahuan], dibaca_sampai: int) -> list[KelompokKabar]:
    """Group by report in order of the newest; what is about several reports stands alone."""
    hasil: dict[Any, KelompokKabar] = {}
    for satu in semua:
        kunci = satu.laporan_id or f"kabar:{satu.pk}"
        kelompok = hasil.setdefault(kunci, KelompokKabar(satu.laporan))
        kelompok.baris.append(satu)
        kelompok.baru += satu.pk > dibaca_sampai
    return list(hasil.values())


# ---------------------------------------------------------------- who still owes


@dataclass
class Penunggak:
    """A unit that still owes in a month: which forms, since when, and what was done about it."""

    upt: UPT
    laporan: list[Laporan]
    terakhir: Tagihan | None
    surat_pada: datetime | None
    diam: bool

    @property
    def tenggat(self) -> datetime:
        return min(lap.tenggat for lap in self.laporan)

    @property
    def hari(self) -> int:
        """Days late, 0 while the deadline is still ahead."""
        return max(0, -sisa_hari(self.tenggat, self.upt.zona))

    @property
    def nomor(self) -> str:
        return nomor_wa(self.upt.wa)


def bulan_tagihan(cakupan: Cakupan) -> list[Bulan]:
    """Open months in which somebody in the scope still owes, newest first."""
    utang = belum_dikirim(Laporan.objects.dalam(cakupan)).order_by("-bulan").values_list("bulan", flat=True).distinct()
    return [Bulan.pada(b) for b in utang]


def penunggak(cakupan: Cakupan, bulan: Bulan, *, kanwil: str = "", upt: str = "") -> list[Penunggak]:
    """Units that still owe in a month, the latest first; four queries however many there are."""
    semua = belum_dikirim(Laporan.objects.dalam(cakupan).filter(bulan=bulan.awal))
    semua = semua.filter(kanwil__slug=kanwil) if kanwil else semua
    semua = semua.filter(upt__kode=upt) if upt else semua
    per_upt: dict[int, list[Laporan]] = {}
    for lap in semua.select_related("upt", "kanwil", "formulir").order_by("tenggat", "formulir_id"):
        per_upt.setdefault(lap.upt_id, []).append(lap)
    kontak = _kontak_akhir(cakupan, bulan, per_upt)
    surat = _surat_akhir(cakupan, bulan, per_upt)
    terbuka = set(
        Laporan.objects.dalam(cakupan)
        .filter(bulan=bulan.awal, upt_id__in=per_upt)
        .exclude(status=Status.BELUM)
        .values_list("upt_id", flat=True)
    )
    hasil = [
        Penunggak(baris[0].upt, baris, kontak.get(pk), surat.get(pk), pk not in terbuka)
        for pk, baris in per_upt.items()
    ]
    return sorted(hasil, key=lambda p: (p.tenggat, p.upt.nama))


def _kontak_akhir(cakupan: Cakupan, bulan: Bulan, upt: Iterable[int]) -> dict[int, Tagihan]:
    akhir = Tagihan.objects.dalam(cakupan).filter(bulan=bulan.awal, upt_id__in=list(upt)).select_related("oleh")
    return {t.upt_id: t for t in akhir.order_by("upt_id", "-id").distinct("upt_id")}


def _surat_akhir(cakupan: Cakupan, bulan: Bulan, upt: Iterable[int]) -> dict[int, datetime]:
    surat = SuratKeluar.objects.dalam(cakupan).filter(
        bulan=bulan.awal, upt_id__in=list(upt), terkirim_pada__isnull=False
    )
    return dict(surat.order_by().values("upt_id").annotate(akhir=Max("terkirim_pada")).values_list("upt_id", "akhir"))


def batas_diam(bulan: Bulan) -> date:
    """The working day of the next month after which a unit that has opened nothing counts as silent."""
    berikut = bulan + 1
    n = tangga_pada(berikut.awal).belum_dibuka_hari_kerja
    try:
        return hari_kerja_ke(berikut, n, hari_libur(berikut)[None])
    except GalatWaktu:
        return berikut.akhir


def riwayat_tagihan(cakupan: Cakupan, upt: UPT, bulan: Bulan) -> list[Tagihan]:
    semua = Tagihan.objects.dalam(cakupan).filter(upt=upt, bulan=bulan.awal).select_related("oleh")
    return list(semua.order_by("-id")[:50])


@dataclass(frozen=True)
class BarisKanwil:
    """One Kanwil in the national view: owing units, forms, late units, and when it last chased."""

    kanwil: Kanwil
    upt: int
    laporan: int
    terlambat: int
    terakhir: datetime | None


def tagihan_per_kanwil(cakupan: Cakupan, bulan: Bulan, kini: datetime) -> list[BarisKanwil]:
    """The Kanwil with units that still owe, the most late first."""
    utang = belum_dikirim(Laporan.objects.dalam(cakupan).filter(bulan=bulan.awal)).order_by().values("kanwil_id")
    hitung = utang.annotate(
        unit=Count("upt_id", distinct=True),
        banyak=Count("pk"),
        lewat=Count("upt_id", distinct=True, filter=Q(tenggat__lt=kini)),
    )
    tagih = Tagihan.objects.dalam(cakupan).filter(bulan=bulan.awal).order_by().values("kanwil_id")
    akhir = dict(tagih.annotate(akhir=Max("pada")).values_list("kanwil_id", "akhir"))
    kanwil = Kanwil.objects.in_bulk([b["kanwil_id"] for b in hitung])
    hasil = [
        BarisKanwil(kanwil[b["kanwil_id"]], b["unit"], b["banyak"], b["lewat"], akhir.get(b["kanwil_id"]))
        for b in hitung
    ]
    return sorted(hasil, key=lambda b: (-b.terlambat, -b.laporan, b.kanwil.nama_pendek))


def bulan_terbuka() -> list[Bulan]:
    return [
        Bulan.pada(b) for b in Periode.objects.filter(status=Periode.Status.TERBUKA).values_list("bulan", flat=True)
    ]
