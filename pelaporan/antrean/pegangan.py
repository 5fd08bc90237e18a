"""Who holds a report under review. A hold is a courtesy with a term: it keeps two people from doing the same work.

Reading is never barred. Deciding while a colleague holds the report is refused until the hold is taken over, which
is an act of its own, in the trail. Every function locks the report first, then the row of its review.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pelaporan.alur import Status
from pelaporan.models import Laporan, Tinjauan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import hari_ini, sekarang, tulis_pukul
from pemasyarakatan.jejak.services import catat_baris
from upt.cakupan import Cakupan
from upt.ketentuan import berlaku

SEGAR = timedelta(minutes=1)
"""A hold that was renewed within this time is not renewed again."""


class Dipegang(Bentrok):
    """A colleague holds the report."""


@dataclass(frozen=True)
class Pegangan:
    """A hold in force."""

    oleh_id: int
    nama: str
    sejak: datetime
    sampai: datetime

    def milik(self, orang: Pengguna) -> bool:
        return self.oleh_id == orang.pk


def lama_pegang() -> timedelta:
    return timedelta(minutes=berlaku("pegang_tinjauan", hari_ini()).nilai)


def pegangan(laporan: Laporan) -> Pegangan | None:
    """The hold on the sent version as it is now."""
    return pegangan_banyak([laporan]).get(laporan.pk)


def pegangan_banyak(laporan: Iterable[Laporan]) -> dict[UUID, Pegangan]:
    """Holds in force by report, one query. A hold on an older version has ended."""
    versi = {lap.pk: lap.versi_masuk for lap in laporan if lap.status == Status.DIKIRIM}
    ada = Tinjauan.objects.filter(laporan_id__in=list(versi), oleh__isnull=False, sampai__gt=sekarang())
    return {
        t.laporan_id: Pegangan(t.oleh_id, t.oleh.nama, t.sejak, t.sampai)
        for t in ada.select_related("oleh")
        if t.versi == versi[t.laporan_id] and t.oleh_id and t.oleh and t.sejak and t.sampai
    }


def perlu_dipegang(ada: Pegangan | None, orang: Pengguna) -> bool:
    """Is it worth a write: nobody holds the report, or one's own hold is no longer fresh?"""
    return ada is None or (ada.milik(orang) and ada.sampai - sekarang() < lama_pegang() - SEGAR)


def pegang(*, laporan_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> Pegangan | None:
    """Hold the report, or renew one's hold; a colleague's hold is left alone. Returns the hold in force.

    None when the report does not wait for a decision. Raises TidakDitemukan and Ditolak.
    """
    with transaction.atomic():
        laporan = _kunci(laporan_id, oleh, cakupan)
        ada = pegangan(laporan)
        if laporan.status != Status.DIKIRIM or (ada is not None and not ada.milik(oleh)):
            return ada
        return _tulis(laporan, oleh, ada.sejak if ada else sekarang())


def ambil_alih(*, laporan_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> Pegangan:
    """Take the report over from a colleague. Raises Bentrok when it does not wait for a decision any more."""
    with transaction.atomic():
        laporan = _kunci(laporan_id, oleh, cakupan)
        if laporan.status != Status.DIKIRIM:
            raise Bentrok("Laporan ini tidak lagi menunggu verifikasi, jadi tidak ada yang diambil alih.")
        ada = pegangan(laporan)
        if ada is not None and not ada.milik(oleh):
            catat_baris(
                laporan,
                oleh=oleh,
                tindakan="ambil_alih_tinjauan",
                rincian={"versi": laporan.versi_masuk, "dari": ada.oleh_id},
            )
        return _tulis(laporan, oleh, sekarang())


def lepas(*, laporan_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Give the report back to the inbox; only one's own hold."""
    with transaction.atomic():
        _kunci(laporan_id, oleh, cakupan)
        Tinjauan.objects.filter(laporan_id=laporan_id, oleh=oleh).update(oleh=None, sejak=None, sampai=None)


def akhiri(laporan: Laporan) -> None:
    """A decision was made: nobody holds the report any more."""
    Tinjauan.objects.filter(laporan=laporan, oleh__isnull=False).update(oleh=None, sejak=None, sampai=None)


def pastikan_bebas(laporan: Laporan, oleh: Pengguna) -> None:
    """Raises Dipegang when a colleague holds the (locked) report."""
    ada = pegangan(laporan)
    if ada is not None and not ada.milik(oleh):
        raise Dipegang(
            f"{kalimat(ada, laporan)} Keputusan Anda tidak tersimpan. Tunggu, atau ambil alih lebih dahulu.",
            oleh=ada.nama,
        )


def kalimat(ada: Pegangan, laporan: Laporan) -> str:
    sampai = tulis_pukul(ada.sampai, laporan.kanwil.zona)
    return f"{ada.nama} sedang meninjau laporan ini, sejak {lama(ada.sejak)}, paling lama sampai {sampai}."


def lama(sejak: datetime) -> str:
    """'baru saja', '10 menit lalu', '2 jam lalu'."""
    menit = int((sekarang() - sejak).total_seconds() // 60)
    if menit < 1:
        return "baru saja"
    return f"{menit} menit lalu" if menit < 60 else f"{menit // 60} jam lalu"


def _kunci(laporan_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> Laporan:
    milik = Laporan.objects.dalam(cakupan).select_related("kanwil").select_for_update(of=("self",))
    laporan = milik.filter(pk=laporan_id).first()
    if laporan is None:
        raise TidakDitemukan("Laporan ini tidak ada, atau bukan dari unit Anda.")
    if not boleh(oleh, Izin.TINJAU_LAPORAN, laporan):
        raise Ditolak("Hanya verifikator Kanwil yang meninjau laporan ini.")
    return laporan


def _tulis(laporan: Laporan, oleh: Pengguna, sejak: datetime) -> Pegangan:
    sampai = sekarang() + lama_pegang()
    nilai = {"oleh": oleh, "sejak": sejak, "sampai": sampai}
    lama_ini = Tinjauan.objects.filter(laporan=laporan, versi=laporan.versi_masuk or 0)
    if not lama_ini.update(**nilai):
        tinjauan = tinjauan_kini(laporan)
        for nama, isi in nilai.items():
            setattr(tinjauan, nama, isi)
        tinjauan.save()
    return Pegangan(oleh.pk, oleh.nama, sejak, sampai)


def tinjauan_kini(laporan: Laporan) -> Tinjauan:
    """The review of the sent version of the (locked) report. A new version is ticked anew and held by nobody; what
    was called fine stays, as far as the flag still says the same.
    """
    versi = laporan.versi_masuk or 0
    baru = {"upt_id": laporan.upt_id, "kanwil_id": laporan.kanwil_id, "versi": versi}
    tinjauan, _ = Tinjauan.objects.get_or_create(laporan=laporan, defaults=baru)
    if tinjauan.versi != versi:
        teks = {str(b["teks"]) for b in laporan.bendera}
        tinjauan.wajar = {k: w for k, w in tinjauan.wajar.items() if w.get("teks") in teks}
        tinjauan.versi, tinjauan.bagian = versi, []
        tinjauan.oleh = tinjauan.sejak = tinjauan.sampai = None
        tinjauan.save()
    return tinjauan
