"""The outbox: letters are rows first and leave afterwards. Any number of workers; a failure waits longer each time."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pelaporan.models import Laporan, SuratKeluar
from pelaporan.tenggat.pengingat import belum_dikirim
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.services import catat
from upt.cakupan import SISTEM, Cakupan, terpasang

MAKS_PERCOBAAN = 6
JEDA_AWAL = timedelta(minutes=5)
"""The wait after the first failure; it doubles with every further one (5, 10, 20, 40, 80 minutes)."""

SEKALI_JALAN = 200


def menunggu() -> QuerySet[SuratKeluar]:
    return SuratKeluar.objects.filter(terkirim_pada=None, dibatalkan_pada=None)


def batalkan_yang_usang(kini: datetime) -> int:
    """Letters about a month in which the unit owes nothing any more never leave."""
    utang = belum_dikirim(Laporan.objects.filter(upt=OuterRef("upt"), bulan=OuterRef("bulan")))
    usang = menunggu().filter(~Exists(utang), upt__isnull=False, bulan__isnull=False)
    return usang.update(dibatalkan_pada=kini)


def kirim_surat() -> int:
    """Send what is waiting and due; returns how many left. Without a mail server nothing leaves the outbox."""
    with terpasang(SISTEM):
        batalkan_yang_usang(sekarang())
    if not settings.SUREL_AKTIF:
        return 0
    terkirim = 0
    for _ in range(SEKALI_JALAN):
        hasil = _kirim_satu()
        if hasil is None:
            break
        terkirim += hasil
    return terkirim


def _kirim_satu() -> bool | None:
    """One letter: True sent, False failed, None nothing is due.

    The attempt is counted and committed first, so that no transaction waits for a mail server and no crash repeats a
    letter without end. A crash after the mail server's yes sends it again later, under the same Message-ID.
    """
    with terpasang(SISTEM):
        kini = sekarang()
        surat = _ambil(kini)
        if surat is None:
            return None
        _tunda(surat, kini)
    try:
        susun(surat).send()
        hasil: dict[str, object] = {"terkirim_pada": kini, "galat": ""}
    except Exception as galat:  # whatever the mail server or the line does, the letter stays
        hasil = {"galat": f"{type(galat).__name__}: {galat}"[:300]}
    with terpasang(SISTEM):
        SuratKeluar.objects.filter(pk=surat.pk).update(**hasil)
    return "terkirim_pada" in hasil


def _ambil(kini: datetime) -> SuratKeluar | None:
    """The oldest letter that may leave now, locked until it is put off; other workers pass over it.

    The unit's debt is asked in the same statement: what was sent a moment ago stops the letter.
    """
    utang = belum_dikirim(Laporan.objects.filter(upt=OuterRef("upt"), bulan=OuterRef("bulan")))
    siap = menunggu().filter(
        Q(coba_lagi_pada=None) | Q(coba_lagi_pada__lte=kini),
        Q(upt=None) | Q(bulan=None) | Exists(utang),
        percobaan__lt=MAKS_PERCOBAAN,
    )
    return siap.select_for_update(skip_locked=True, of=("self",)).order_by("id").first()


def _tunda(surat: SuratKeluar, kini: datetime) -> None:
    """Nobody else takes it until the attempt has long ended; the wait doubles with every one."""
    SuratKeluar.objects.filter(pk=surat.pk).update(
        percobaan=surat.percobaan + 1, coba_lagi_pada=kini + JEDA_AWAL * 2**surat.percobaan
    )


def susun(surat: SuratKeluar) -> EmailMessage:
    """The message, with a Message-ID that follows from what it is about."""
    sidik = hashlib.sha256(surat.dedup.encode()).hexdigest()[:32]
    return EmailMessage(
        subject=surat.perihal,
        body=surat.isi,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[surat.untuk],
        headers={"Message-ID": f"<{sidik}@{settings.SUREL_DOMAIN}>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(fail_silently=False),
    )


# ---------------------------------------------------------------- the outbox page


def hitung_surat(cakupan: Cakupan) -> dict[str, int]:
    """Letters by state: menunggu, gagal (given up), terkirim, dibatalkan."""
    sisa = Q(terkirim_pada=None, dibatalkan_pada=None)
    return SuratKeluar.objects.dalam(cakupan).aggregate(
        menunggu=Count("pk", filter=sisa & Q(percobaan__lt=MAKS_PERCOBAAN)),
        gagal=Count("pk", filter=sisa & Q(percobaan__gte=MAKS_PERCOBAAN)),
        terkirim=Count("pk", filter=Q(terkirim_pada__isnull=False)),
        dibatalkan=Count("pk", filter=Q(dibatalkan_pada__isnull=False)),
    )


def daftar_surat(cakupan: Cakupan, keadaan: str) -> QuerySet[SuratKeluar]:
    """Letters of one state, newest first."""
    sisa = Q(terkirim_pada=None, dibatalkan_pada=None)
    saring = {
        "menunggu": sisa & Q(percobaan__lt=MAKS_PERCOBAAN),
        "gagal": sisa & Q(percobaan__gte=MAKS_PERCOBAAN),
        "terkirim": Q(terkirim_pada__isnull=False),
        "dibatalkan": Q(dibatalkan_pada__isnull=False),
    }
    return SuratKeluar.objects.dalam(cakupan).filter(saring[keadaan]).select_related("upt").order_by("-id")


def ulangi_surat(*, surat_id: int | None, oleh: Pengguna, cakupan: Cakupan) -> int:
    """Try failed and delayed letters again at once: one, or all of them. Raises Ditolak, Bentrok (nothing to retry)."""
    if not boleh(oleh, Izin.KELOLA_PENGGUNA):
        raise Ditolak("Kotak surat keluar dikelola oleh admin aplikasi.")
    kena = SuratKeluar.objects.dalam(cakupan).filter(terkirim_pada=None, dibatalkan_pada=None, percobaan__gt=0)
    if surat_id is not None:
        kena = kena.filter(pk=surat_id)
    jumlah = kena.update(percobaan=0, coba_lagi_pada=None)
    if not jumlah:
        raise Bentrok("Tidak ada surat yang perlu dicoba lagi. Muat ulang halaman untuk melihat keadaannya.")
    catat(oleh=oleh, tindakan="ulangi_surat", objek="surat_keluar", objek_id=surat_id or "semua", rincian={"n": jumlah})
    return jumlah
