"""Reminders: who still owes is told on the mornings of the ladder, in the portal and by letter.

The reports are locked while their unit is told: whoever sends at that moment comes before or after the message, never
in between, and two workers tell a unit once. Letters leave later (`surat`), and only while something is still owed.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Q, QuerySet

from pelaporan.models import Laporan, Libur, Pemberitahuan, PengaturanKabar, Periode, SuratKeluar
from pelaporan.services_periode import kelompokkan_libur
from pelaporan.tenggat.langkah import MUNDUR_TERJAUH, Langkah, Tangga, langkah_pada, tangga_pada
from pemasyarakatan.inti.waktu import Bulan, sekarang, tulis_tanggal_hari, zona_dari
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT, Penugasan

log = logging.getLogger(__name__)

NAMA_TERSEBUT = 6
"""Forms that a message names before it counts the rest."""

_PERAN = {"operator": ("operator_upt",), "kepala": ("kepala_upt",), "kanwil": ("verifikator_kanwil", "kepala_kanwil")}


@dataclass(frozen=True)
class Alamat:
    """Where a letter goes: a person (`kunci` is the account) or the unit's own mailbox."""

    kunci: str
    surel: str


@dataclass(frozen=True)
class Pengingat:
    """One message: one unit, one month, one deadline, one step of the ladder."""

    upt: UPT
    kanwil_id: int
    bulan: Bulan
    tenggat: date
    langkah: Langkah
    hari: date
    laporan: tuple[Laporan, ...]

    @property
    def dedup(self) -> str:
        return f"ingat:{self.upt.pk}:{self.bulan}:{self.tenggat}:{self.langkah.kode}"

    @property
    def formulir(self) -> str:
        nama = [lap.formulir.nama for lap in self.laporan]
        lebih = len(nama) - NAMA_TERSEBUT
        return ", ".join(nama[:NAMA_TERSEBUT]) + (f", dan {lebih} lainnya" if lebih > 0 else "")

    @property
    def teks(self) -> str:
        return f"{self.pembuka} Belum dikirim: {self.formulir}."[:400]

    @property
    def pembuka(self) -> str:
        sisa = (self.tenggat - self.hari).days
        pukul = f"{tulis_tanggal_hari(self.tenggat)} pukul 23.59 {self.upt.zona}"
        if sisa > 0:
            return f"Laporan {self.bulan.nama} jatuh tempo {sisa} hari lagi, {pukul}."
        if sisa == 0:
            return f"Laporan {self.bulan.nama} jatuh tempo hari ini, {pukul}."
        return f"Laporan {self.bulan.nama} terlambat {-sisa} hari (tenggat {tulis_tanggal_hari(self.tenggat)})."

    @property
    def jalan(self) -> str:
        return f"/upt/{self.upt.kode}/?bulan={self.bulan}"


# ---------------------------------------------------------------- who is due


def jatuh_tempo(kini: datetime) -> list[Pengingat]:
    """All messages of this hour. Reads in the scope of the system."""
    libur = _libur_sekitar(kini)
    kelompok: dict[tuple[int, date, date], list[Laporan]] = defaultdict(list)
    for lap in _terutang(kini):
        kelompok[lap.upt_id, lap.bulan, _hari(lap.tenggat, lap.upt.zona)].append(lap)
    pengingat = (_pengingat(tenggat, baris, kini, libur) for (_, _, tenggat), baris in kelompok.items())
    return [satu for satu in pengingat if satu is not None]


def _terutang(kini: datetime) -> QuerySet[Laporan]:
    """Owed reports whose deadline is near enough for any step, however far holidays push it."""
    tangga = tangga_pada(kini.date())
    awal = kini - timedelta(days=max(s.hari for s in tangga.langkah) + MUNDUR_TERJAUH + 2)
    akhir = kini - timedelta(days=min(s.hari for s in tangga.langkah) - 2)
    semua = belum_dikirim(Laporan.objects.filter(tenggat__range=(awal, akhir)))
    return semua.select_related("upt", "formulir").order_by("upt_id", "bulan", "formulir_id")


def belum_dikirim(semua: QuerySet[Laporan]) -> QuerySet[Laporan]:
    """Owed in an open month: never sent (or withdrawn), not waived."""
    terbuka = Periode.objects.filter(status=Periode.Status.TERBUKA).values("bulan")
    return semua.filter(versi_masuk=None, dibebaskan="", bulan__in=terbuka)


def _libur_sekitar(kini: datetime) -> dict[int | None, frozenset[date]]:
    hari = kini.date()
    rentang = (hari - timedelta(days=2 * MUNDUR_TERJAUH), hari + timedelta(days=2 * MUNDUR_TERJAUH))
    return kelompokkan_libur(Libur.objects.filter(tanggal__range=rentang).values_list("tanggal", "kanwil"))


def _hari(saat: datetime, zona: str | ZoneInfo) -> date:
    return saat.astimezone(zona_dari(zona)).date()


def _pengingat(
    tenggat: date, baris: list[Laporan], kini: datetime, libur: dict[int | None, frozenset[date]]
) -> Pengingat | None:
    contoh = baris[0]
    setempat = kini.astimezone(zona_dari(contoh.upt.zona))
    tangga: Tangga = tangga_pada(setempat.date())
    if setempat.hour < tangga.pukul:
        return None
    langkah = langkah_pada(setempat.date(), tenggat, libur.get(contoh.kanwil_id, libur[None]), tangga)
    if langkah is None:
        return None
    bulan = Bulan.pada(contoh.bulan)
    return Pengingat(contoh.upt, contoh.kanwil_id, bulan, tenggat, langkah, setempat.date(), tuple(baris))


# ---------------------------------------------------------------- telling them


def kirim_pengingat(*, pada: datetime | None = None) -> list[Pengingat]:
    """Tell everybody who is due now, each unit in a transaction of its own; returns what was told by this call."""
    with terpasang(SISTEM):
        semua = jatuh_tempo(pada or sekarang())
    return [satu for p in semua if (satu := _coba(p, pada or sekarang())) is not None]


def _coba(p: Pengingat, kini: datetime) -> Pengingat | None:
    """One unit; a busy database costs this one its turn until the next hour, and nobody else's."""
    try:
        return _kabarkan(p, kini)
    except DatabaseError:
        log.exception("pengingat %s", p.dedup)
        return None


def _kabarkan(p: Pengingat, kini: datetime) -> Pengingat | None:
    with terpasang(SISTEM):
        kunci = Laporan.objects.filter(pk__in=[lap.pk for lap in p.laporan]).select_related("upt", "formulir")
        terkunci = list(belum_dikirim(kunci).select_for_update(of=("self",), no_key=True).order_by("pk"))
        terurut = sorted(terkunci, key=lambda lap: lap.formulir_id)
        masih = tuple(lap for lap in terurut if _hari(lap.tenggat, lap.upt.zona) == p.tenggat)
        if not masih or Pemberitahuan.objects.filter(dedup__in=[p.dedup, f"{p.dedup}:kanwil"]).exists():
            return None
        p = Pengingat(p.upt, p.kanwil_id, p.bulan, p.tenggat, p.langkah, p.hari, masih)
        Pemberitahuan.objects.bulk_create(_notis(p))
        SuratKeluar.objects.bulk_create([_surat(p, a, kini) for a in penerima_surat(p)], ignore_conflicts=True)
        return p


def _notis(p: Pengingat) -> Iterator[Pemberitahuan]:
    umum = {"upt": p.upt, "kanwil_id": p.kanwil_id, "jenis": "pengingat"}
    if {"operator", "kepala"} & set(p.langkah.kepada):
        yield Pemberitahuan(untuk=Pemberitahuan.Untuk.UPT, dedup=p.dedup, teks=p.teks, url=p.jalan, **umum)
    if "kanwil" in p.langkah.kepada:
        yield Pemberitahuan(
            untuk=Pemberitahuan.Untuk.KANWIL,
            dedup=f"{p.dedup}:kanwil",
            teks=f"{p.upt.nama}: {p.teks}"[:400],
            url=f"/tagihan/{p.upt.kode}/?bulan={p.bulan}",
            **umum,
        )


def penerima_surat(p: Pengingat) -> list[Alamat]:
    """Addresses of a step, each once: people in office who want letters, and the unit's own mailbox."""
    peran = [kode for kata in p.langkah.kepada for kode in _PERAN[kata]]
    tugas = Penugasan.objects.berlaku(p.hari).filter(
        Q(upt=p.upt) | Q(upt=None, kanwil_id=p.kanwil_id), peran__in=peran, pengguna__is_active=True
    )
    enggan = PengaturanKabar.objects.filter(surel_pengingat=False).values("pengguna_id")
    orang = tugas.exclude(pengguna__surel="").exclude(pengguna_id__in=enggan)
    semua = [Alamat(str(pk), surel) for pk, surel in orang.values_list("pengguna_id", "pengguna__surel").order_by("pk")]
    if p.upt.surel and {"operator", "kepala"} & set(p.langkah.kepada):
        semua.append(Alamat("upt", p.upt.surel))
    return list({a.surel.casefold(): a for a in reversed(semua)}.values())[::-1]


def _surat(p: Pengingat, alamat: Alamat, kini: datetime) -> SuratKeluar:
    isi = (
        f"Yth. Bapak/Ibu,\n\n{p.upt.nama}. {p.pembuka}\n\nBelum dikirim:\n"
        + "".join(f"- {lap.formulir.nama}\n" for lap in p.laporan)
        + f"\nBuka: {settings.ALAMAT_PORTAL}{p.jalan}\n\n"
        "Surat ini berhenti sendiri setelah laporan dikirim. Pengingat lewat surel dapat dimatikan di halaman "
        "Pemberitahuan.\n\nPortal Laporan Pemasyarakatan\n"
    )
    return SuratKeluar(
        upt=p.upt,
        kanwil_id=p.kanwil_id,
        bulan=p.bulan.awal,
        untuk=alamat.surel,
        perihal=f"Pengingat laporan {p.bulan.nama}: {p.upt.nama}"[:160],
        isi=isi,
        dedup=f"{p.dedup}:{alamat.kunci}"[:160],
        dibuat_pada=kini,
    )


def tulis_rencana(semua: Iterable[Pengingat]) -> Iterator[str]:
    """Lines of a dry run: who would get what."""
    for p in semua:
        alamat = ", ".join(a.surel for a in penerima_surat(p)) or "tanpa surel"
        yield f"{p.upt.kode} {p.bulan} {p.langkah.kode} kepada {', '.join(p.langkah.kepada)} ({alamat}): {p.teks}"
