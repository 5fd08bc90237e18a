"""Jobs: asking for one, doing it once, telling how far it is.

The row is the promise; a message to the worker is only a nudge. A job may be nudged 0, 1 or n times, by any
number of workers or by the sweeper without any broker: `ambil` lets one of them in, and only the attempt
that was let in last may write progress or results.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Greatest, Now

from pemasyarakatan.akun.izin import boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.angka import terbilang
from pemasyarakatan.inti.galat import Bentrok, Ditolak, GalatPortal, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.services import catat
from pemasyarakatan.pekerjaan import registri
from pemasyarakatan.pekerjaan.isyarat import isyaratkan
from pemasyarakatan.pekerjaan.models import MASA_BERKAS, BerkasHasil, Pekerjaan, Percobaan, SlotKerja

log = logging.getLogger(__name__)

BASI = timedelta(minutes=3)
"""A running job whose heart has not beaten this long belongs to a dead worker and is taken over."""

ISYARAT_HILANG = timedelta(seconds=5)
"""A job still waiting after this long may have lost its nudge."""

_HIDUP = (Pekerjaan.Status.ANTRE, Pekerjaan.Status.BERJALAN)


class TerlaluBanyak(GalatPortal):
    status = 429


@dataclass(frozen=True)
class Berkas:
    nama: str
    tipe: str
    isi: bytes


class Dibatalkan(Exception):
    """The person who asked has cancelled, or another worker has taken over; stop, keep nothing."""


Lapor = Callable[[str, int, int], None]
"""Tell progress: (step, done, of). Raises Dibatalkan."""

Isi = Callable[[Pekerjaan, Lapor], list[Berkas]]


# Asking -------------------------------------------------------------------------------------------


def minta(
    *,
    oleh: Pengguna,
    jenis: str,
    judul: str,
    parameter: dict[str, Any],
    total: int = 0,
    kunci: UUID | None = None,
) -> Pekerjaan:
    """Queue a job inside the caller's transaction; the same request still waiting or running is returned.

    `kunci` (made when the form was shown) becomes the job's id, so that a repeated form gives the same job.
    Raises Ditolak without the right of the kind, TerlaluBanyak beyond settings.PEKERJAAN_ANTRE_SEORANG waiting.
    """
    if not boleh(oleh, registri.cari(jenis).izin):
        raise Ditolak("Peran Anda tidak dapat meminta pekerjaan ini.")
    _kunci_orang(oleh.pk)
    milik = Pekerjaan.objects.filter(pengguna=oleh)
    hidup = milik.filter(status__in=_HIDUP)
    sama = milik.filter(pk=kunci).first() if kunci else None
    sama = sama or hidup.filter(jenis=jenis, parameter=parameter).first()
    if sama is not None:
        return sama
    if hidup.filter(status=Pekerjaan.Status.ANTRE).count() >= settings.PEKERJAAN_ANTRE_SEORANG:
        raise TerlaluBanyak(
            f"Masih ada {terbilang(settings.PEKERJAAN_ANTRE_SEORANG)} permintaan Anda yang menunggu giliran. "
            "Tunggu salah satunya, atau batalkan yang tidak perlu, lalu coba lagi."
        )
    return _buat(oleh, kunci, jenis=jenis, judul=judul, parameter=parameter, total=total)


def _kunci_orang(pengguna_id: int) -> None:
    """One decision about a person's jobs at a time, so that two tabs cannot both be the fifth."""
    with connection.cursor() as kursor:
        kursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 11))", [f"pekerjaan:{pengguna_id}"])


def _buat(oleh: Pengguna, kunci: UUID | None, **isi: Any) -> Pekerjaan:
    pekerjaan = Pekerjaan(pengguna=oleh, **isi)
    pekerjaan.pk = kunci or pekerjaan.pk
    try:
        with transaction.atomic():
            pekerjaan.save(force_insert=True)
    except IntegrityError as galat:  # somebody else's id, which nobody gets by chance
        raise TidakSah("Permintaan tidak memuat kunci yang sah. Muat ulang halaman, lalu coba lagi.") from galat
    rincian = {"jenis": pekerjaan.jenis, "judul": pekerjaan.judul}
    catat(oleh=oleh, tindakan="minta_pekerjaan", objek="pekerjaan", objek_id=pekerjaan.pk, rincian=rincian)
    transaction.on_commit(lambda: beri_isyarat(pekerjaan), robust=True)
    return pekerjaan


def beri_isyarat(pekerjaan: Pekerjaan) -> None:
    """Nudge a worker; ids only. Without a broker the sweeper does the job by itself."""
    try:
        isyaratkan(registri.cari(pekerjaan.jenis).tugas, str(pekerjaan.pk))
    except TidakDitemukan:
        # A kind of an earlier release: it ends with its sentence instead of waiting for ever.
        jalankan_pekerjaan(pekerjaan.pk)


def ulangi(*, pekerjaan: Pekerjaan, oleh: Pengguna, kunci: UUID | None = None) -> Pekerjaan:
    """Ask again with the same choices; for jobs that have ended."""
    if not pekerjaan.berakhir:
        raise Bentrok("Permintaan ini masih berjalan. Tunggu sampai selesai, atau batalkan dahulu.")
    return minta(oleh=oleh, jenis=pekerjaan.jenis, judul=pekerjaan.judul, parameter=pekerjaan.parameter, kunci=kunci)


def batalkan(*, pekerjaan: Pekerjaan, oleh: Pengguna) -> bool:
    """Cancel one's own job; False when it has already ended."""
    hidup = Pekerjaan.objects.filter(pk=pekerjaan.pk, pengguna=oleh, status__in=_HIDUP)
    batal = bool(hidup.update(status=Pekerjaan.Status.DIBATALKAN, akhir_pada=Now()))
    if batal:
        catat(oleh=oleh, tindakan="batal_pekerjaan", objek="pekerjaan", objek_id=pekerjaan.pk)
        transaction.on_commit(lambda: beri_giliran(oleh.pk), robust=True)
    return batal


def unduh(*, oleh: Pengguna, pekerjaan_id: UUID, berkas_id: int) -> BerkasHasil:
    """A result file with its bytes, for its owner, with a trail row.

    Missing, foreign and expired files raise TidakDitemukan. Whoever has lost the right of the kind since
    then gets Ditolak.
    """
    milik = BerkasHasil.objects.filter(pengguna=oleh, pekerjaan_id=pekerjaan_id, pk=berkas_id)
    hasil = milik.select_related("pekerjaan").first()
    if hasil is None or hasil.pekerjaan.kedaluwarsa:
        raise TidakDitemukan("Berkas ini tidak ada, sudah dihapus, atau bukan milik Anda.")
    if not boleh(oleh, registri.cari(hasil.pekerjaan.jenis).izin):
        raise Ditolak("Peran Anda sekarang tidak dapat membuka berkas ini.")
    rincian = {"berkas": hasil.nama, "sidik": hasil.sidik}
    catat(oleh=oleh, tindakan="unduh_berkas", objek="pekerjaan", objek_id=pekerjaan_id, rincian=rincian)
    return hasil


# Doing --------------------------------------------------------------------------------------------


def jalankan_pekerjaan(pekerjaan_id: UUID) -> None:
    """Do a job by what its kind says. For the Celery task and for the sweeper alike; safe to call n times."""
    with penjaga.sistem():
        kode = Pekerjaan.objects.filter(pk=pekerjaan_id).values_list("jenis", flat=True).first()
    if kode is not None:
        kerjakan(pekerjaan_id, lambda pekerjaan, lapor: _isi(kode, pekerjaan, lapor))


def _isi(kode: str, pekerjaan: Pekerjaan, lapor: Lapor) -> list[Berkas]:
    """The right is asked again when the work starts: somebody may have lost it while waiting."""
    jenis = registri.cari(kode)
    with penjaga.sistem():
        berhak = boleh(pekerjaan.pengguna, jenis.izin)
    if not berhak:
        raise Ditolak("Hak untuk pekerjaan ini sudah dicabut.")
    return jenis.muat()(pekerjaan, lapor)


def ambil(pekerjaan_id: UUID) -> Pekerjaan | None:
    """Claim a job: waiting, or running under a dead worker. Counts the attempt before the work starts.

    A person's job beyond settings.PEKERJAAN_JALAN_SEORANG goes on waiting, so that nobody takes all the workers.
    """
    with penjaga.sistem():
        kini = sekarang()
        bisa = Q(status=Pekerjaan.Status.ANTRE) | Q(status=Pekerjaan.Status.BERJALAN, detak_pada__lt=kini - BASI)
        baris = Pekerjaan.objects.select_for_update(skip_locked=True, of=("self",))
        pekerjaan = baris.select_related("pengguna").filter(bisa, pk=pekerjaan_id).first()
        if pekerjaan is None or _penuh(pekerjaan, kini):
            return None
        pekerjaan.percobaan += 1
        pekerjaan.mulai_pada = pekerjaan.mulai_pada or kini
        pekerjaan.detak_pada = kini
        pekerjaan.status = Pekerjaan.Status.BERJALAN
        if pekerjaan.percobaan > Percobaan.BATAS:
            pekerjaan.status, pekerjaan.akhir_pada = Pekerjaan.Status.GAGAL, kini
            pekerjaan.galat = "Dihentikan setelah lima kali gagal. Hubungi admin aplikasi."
        pekerjaan.save()
        return pekerjaan if pekerjaan.status == Pekerjaan.Status.BERJALAN else None


def _penuh(pekerjaan: Pekerjaan, kini: datetime) -> bool:
    """Whether enough other jobs of the same person are running under living workers."""
    _kunci_orang(pekerjaan.pengguna_id)
    jalan = Pekerjaan.objects.filter(_berjalan(kini), pengguna_id=pekerjaan.pengguna_id).exclude(pk=pekerjaan.pk)
    return jalan.count() >= settings.PEKERJAAN_JALAN_SEORANG


def _berjalan(kini: datetime) -> Q:
    return Q(status=Pekerjaan.Status.BERJALAN, detak_pada__gte=kini - BASI)


def beri_giliran(pengguna_id: int) -> None:
    """A place is free: nudge the person's oldest waiting job. One that has failed before waits for the sweeper."""
    with penjaga.sistem():
        antre = Pekerjaan.objects.filter(pengguna_id=pengguna_id, status=Pekerjaan.Status.ANTRE, percobaan=0)
        berikut = antre.order_by("dibuat_pada").first()
    if berikut is not None:
        beri_isyarat(berikut)


def kerjakan(pekerjaan_id: UUID, isi: Isi) -> None:
    """Do a claimed job; its files and its "selesai" appear in one transaction."""
    pekerjaan = ambil(pekerjaan_id)
    if pekerjaan is None:
        return
    _jalankan(pekerjaan, isi)
    beri_giliran(pekerjaan.pengguna_id)


def _jalankan(pekerjaan: Pekerjaan, isi: Isi) -> None:
    try:
        berkas = isi(pekerjaan, lambda langkah, n, dari: _detak(pekerjaan, langkah, n, dari))
    except Dibatalkan:
        return
    except GalatPortal as galat:
        _akhiri(pekerjaan, Pekerjaan.Status.GAGAL, galat.pesan)
        return
    except Exception:
        log.exception("job %s failed", pekerjaan.pk)
        _kembalikan_ke_antrean(pekerjaan)
        return
    _serahkan(pekerjaan, berkas)


def _percobaan_ini(pekerjaan: Pekerjaan) -> QuerySet[Pekerjaan]:
    """The row as long as this attempt owns it; a slow worker whose job was taken over finds nothing."""
    return Pekerjaan.objects.filter(pk=pekerjaan.pk, status=Pekerjaan.Status.BERJALAN, percobaan=pekerjaan.percobaan)


def _detak(pekerjaan: Pekerjaan, langkah: str, n: int, dari: int) -> None:
    with penjaga.sistem():
        # A second attempt starts over; the count a person has seen never runs backwards.
        hidup = _percobaan_ini(pekerjaan).update(
            langkah=langkah[:160], selesai=Greatest(F("selesai"), n), total=dari, detak_pada=Now()
        )
    if not hidup:
        raise Dibatalkan


def _serahkan(pekerjaan: Pekerjaan, berkas: list[Berkas]) -> None:
    with penjaga.sistem():
        if not _akhiri(pekerjaan, Pekerjaan.Status.SELESAI, ""):
            return  # cancelled, or another worker finished it
        Pekerjaan.objects.filter(pk=pekerjaan.pk).update(selesai=F("total"), langkah="Selesai")
        for satu in berkas:
            BerkasHasil.objects.create(
                pekerjaan=pekerjaan,
                pengguna_id=pekerjaan.pengguna_id,
                nama=satu.nama,
                tipe=satu.tipe,
                isi=satu.isi,
                ukuran=len(satu.isi),
                sidik=hashlib.sha256(satu.isi).hexdigest(),
            )


def _akhiri(pekerjaan: Pekerjaan, status: str, galat: str) -> int:
    with penjaga.sistem():
        return _percobaan_ini(pekerjaan).update(status=status, galat=galat[:300], akhir_pada=Now(), detak_pada=Now())


def _kembalikan_ke_antrean(pekerjaan: Pekerjaan) -> None:
    """Let the sweeper try again; `ambil` stops after five attempts."""
    with penjaga.sistem():
        _percobaan_ini(pekerjaan).update(status=Pekerjaan.Status.ANTRE, langkah="Dicoba lagi", detak_pada=Now())


# Sweeping -----------------------------------------------------------------------------------------


def terbengkalai() -> list[Pekerjaan]:
    """Jobs whose hint was lost, or whose worker died; not those that wait for their owner's other jobs."""
    kini = sekarang()
    lama_antre = Q(status=Pekerjaan.Status.ANTRE, dibuat_pada__lt=kini - ISYARAT_HILANG)
    with penjaga.sistem():
        mati = Q(status=Pekerjaan.Status.BERJALAN, detak_pada__lt=kini - BASI)
        jalan = Pekerjaan.objects.filter(_berjalan(kini)).order_by().values("pengguna_id").annotate(n=Count("pk"))
        penuh = jalan.filter(n__gte=settings.PEKERJAAN_JALAN_SEORANG).values("pengguna_id")
        semua = Pekerjaan.objects.filter(lama_antre | mati).exclude(pengguna_id__in=penuh)
        return list(semua.order_by("dibuat_pada")[:20])


def hapus_kedaluwarsa() -> int:
    """Remove result files whose time is over; returns how many. The requests stay."""
    with penjaga.sistem():
        lama = BerkasHasil.objects.filter(pekerjaan__akhir_pada__lt=sekarang() - MASA_BERKAS)
        return lama.delete()[0]


def ambil_slot(nama: str, *, detik: int) -> bool:
    """True for exactly one caller per time slot of `detik` seconds, however many beats tick."""
    kini = sekarang().timestamp()
    slot = datetime.fromtimestamp(kini - kini % detik, tz=UTC)
    _, baru = SlotKerja.objects.get_or_create(nama=nama, slot=slot)
    if baru:
        SlotKerja.objects.filter(nama=nama, slot__lt=slot - timedelta(days=2)).delete()
    return baru
