"""Jobs: asking for one, doing it once, telling how far it is."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Now

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.galat import GalatPortal
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.pekerjaan.models import BerkasHasil, Pekerjaan, Percobaan, SlotKerja

log = logging.getLogger(__name__)

MAKS_ANTRE = 5
"""Jobs that one person may have waiting or running at once."""

BASI = timedelta(minutes=3)
"""A running job whose heart has not beaten this long belongs to a dead worker and is taken over."""


class TerlaluBanyak(GalatPortal):
    status = 429


@dataclass(frozen=True)
class Berkas:
    nama: str
    tipe: str
    isi: bytes


class Dibatalkan(Exception):
    """The person who asked has cancelled; stop, keep nothing."""


Lapor = Callable[[str, int, int], None]
"""Tell progress: (step, done, of). Raises Dibatalkan."""


def minta(*, oleh: Pengguna, jenis: str, judul: str, parameter: dict[str, Any], total: int) -> Pekerjaan:
    """Queue a job inside the caller's transaction. The same request still waiting or running is returned as it is."""
    hidup = Pekerjaan.objects.filter(pengguna=oleh, status__in=[Pekerjaan.Status.ANTRE, Pekerjaan.Status.BERJALAN])
    sama = hidup.filter(jenis=jenis, parameter=parameter).first()
    if sama is not None:
        return sama
    if hidup.count() >= MAKS_ANTRE:
        raise TerlaluBanyak("Masih ada lima permintaan Anda yang belum selesai. Tunggu salah satunya, lalu coba lagi.")
    return Pekerjaan.objects.create(pengguna=oleh, jenis=jenis, judul=judul, parameter=parameter, total=total)


def ambil(pekerjaan_id: UUID) -> Pekerjaan | None:
    """Claim a job: waiting, or running under a dead worker. Counts the attempt before the work starts."""
    with penjaga.sistem():
        kini = sekarang()
        bisa = Q(status=Pekerjaan.Status.ANTRE) | Q(status=Pekerjaan.Status.BERJALAN, detak_pada__lt=kini - BASI)
        pekerjaan = Pekerjaan.objects.select_for_update(skip_locked=True).filter(bisa, pk=pekerjaan_id).first()
        if pekerjaan is None:
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


def kerjakan(pekerjaan_id: UUID, isi: Callable[[Pekerjaan, Lapor], list[Berkas]]) -> None:
    """Do a claimed job; its files and its "selesai" appear in one transaction."""
    pekerjaan = ambil(pekerjaan_id)
    if pekerjaan is None:
        return
    try:
        berkas = isi(pekerjaan, lambda langkah, n, dari: _detak(pekerjaan_id, langkah, n, dari))
    except Dibatalkan:
        return
    except GalatPortal as galat:
        _akhiri(pekerjaan_id, Pekerjaan.Status.GAGAL, galat.pesan)
        return
    except Exception:
        log.exception("job %s failed", pekerjaan_id)
        _kembalikan_ke_antrean(pekerjaan_id)
        return
    _serahkan(pekerjaan, berkas)


def _detak(pekerjaan_id: UUID, langkah: str, n: int, dari: int) -> None:
    with penjaga.sistem():
        berjalan = Pekerjaan.objects.filter(pk=pekerjaan_id, status=Pekerjaan.Status.BERJALAN)
        hidup = berjalan.update(langkah=langkah, selesai=n, total=dari, detak_pada=Now())
    if not hidup:
        raise Dibatalkan


def _serahkan(pekerjaan: Pekerjaan, berkas: list[Berkas]) -> None:
    with penjaga.sistem():
        if not _akhiri(pekerjaan.pk, Pekerjaan.Status.SELESAI, ""):
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


def _akhiri(pekerjaan_id: UUID, status: str, galat: str) -> int:
    with penjaga.sistem():
        berjalan = Pekerjaan.objects.filter(pk=pekerjaan_id, status=Pekerjaan.Status.BERJALAN)
        return berjalan.update(status=status, galat=galat[:300], akhir_pada=Now(), detak_pada=Now())


def _kembalikan_ke_antrean(pekerjaan_id: UUID) -> None:
    """Let the sweeper try again; `ambil` stops after five attempts."""
    with penjaga.sistem():
        Pekerjaan.objects.filter(pk=pekerjaan_id, status=Pekerjaan.Status.BERJALAN).update(
            status=Pekerjaan.Status.ANTRE, langkah="Dicoba lagi", detak_pada=Now()
        )


def batalkan(*, pekerjaan: Pekerjaan, oleh: Pengguna) -> bool:
    """Cancel one's own job; False when it has already ended."""
    hidup = Pekerjaan.objects.filter(
        pk=pekerjaan.pk, pengguna=oleh, status__in=[Pekerjaan.Status.ANTRE, Pekerjaan.Status.BERJALAN]
    )
    return bool(hidup.update(status=Pekerjaan.Status.DIBATALKAN, akhir_pada=Now()))


def terbengkalai() -> list[Pekerjaan]:
    """Jobs whose hint was lost, or whose worker died."""
    batas = sekarang() - BASI
    lama_antre = Q(status=Pekerjaan.Status.ANTRE, dibuat_pada__lt=sekarang() - timedelta(seconds=5))
    with penjaga.sistem():
        semua = Pekerjaan.objects.filter(lama_antre | Q(status=Pekerjaan.Status.BERJALAN, detak_pada__lt=batas))
        return list(semua.order_by("dibuat_pada")[:20])


def ambil_slot(nama: str, *, detik: int) -> bool:
    """True for exactly one caller per time slot of `detik` seconds, however many beats tick."""
    kini = sekarang().timestamp()
    slot = datetime.fromtimestamp(kini - kini % detik, tz=UTC)
    _, baru = SlotKerja.objects.get_or_create(nama=nama, slot=slot)
    if baru:
        SlotKerja.objects.filter(nama=nama, slot__lt=slot - timedelta(days=2)).delete()
    return baru
