"""Reading jobs.

The scope of a job is the person who asked: the first argument, and the row-level policy behind it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import WIB, sekarang, tulis_pukul
from pemasyarakatan.pekerjaan.models import BerkasHasil, Pekerjaan

RENTANG_DAFTAR = timedelta(days=30)
_Status = Pekerjaan.Status


@dataclass(frozen=True)
class Keadaan:
    """How a job stands.

    `kode`: antre, berjalan, selesai, kedaluwarsa, gagal or dibatalkan; `total` None: unknown.
    """

    kode: str
    teks: str
    selesai: int
    total: int | None
    akhir: bool


def semua(pengguna: Pengguna) -> QuerySet[Pekerjaan]:
    """A person's jobs, newest first, with their files but without the files' bytes."""
    return _dengan_berkas(Pekerjaan.objects.filter(pengguna=pengguna))


def daftar(pengguna: Pengguna, *, jenis: str = "") -> QuerySet[Pekerjaan]:
    """A person's own requests of the last 30 days, newest first."""
    milik = Pekerjaan.objects.filter(pengguna=pengguna, dibuat_pada__gte=sekarang() - RENTANG_DAFTAR)
    return _dengan_berkas(milik.filter(jenis=jenis) if jenis else milik)


def satu(pengguna: Pengguna, pekerjaan_id: UUID) -> Pekerjaan:
    """One's own request; somebody else's is as if it did not exist."""
    pekerjaan = _dengan_berkas(Pekerjaan.objects.filter(pengguna=pengguna, pk=pekerjaan_id)).first()
    if pekerjaan is None:
        raise TidakDitemukan("Permintaan ini tidak ada, atau bukan milik Anda.")
    return pekerjaan


def _dengan_berkas(kueri: QuerySet[Pekerjaan]) -> QuerySet[Pekerjaan]:
    """With the names of the files, never their bytes."""
    return kueri.prefetch_related(Prefetch("berkas", BerkasHasil.objects.defer("isi").order_by("pk")))


def nomor_antrean(pekerjaan: Pekerjaan) -> int:
    """Place among everybody's waiting jobs, from 1. Only a count leaves the system's scope."""
    with penjaga.sistem():
        antre = Pekerjaan.objects.filter(status=_Status.ANTRE, dibuat_pada__lt=pekerjaan.dibuat_pada)
        return antre.count() + 1


def keadaan(pekerjaan: Pekerjaan) -> Keadaan:
    """What a person is told about a job, in one place for pages and JSON."""
    if pekerjaan.status == _Status.ANTRE:
        return Keadaan("antre", _teks_antre(pekerjaan), pekerjaan.selesai, None, akhir=False)
    if pekerjaan.status == _Status.BERJALAN:
        total = pekerjaan.total or None
        return Keadaan("berjalan", teks_kemajuan(pekerjaan, sekarang()), pekerjaan.selesai, total, akhir=False)
    kode, teks = _akhir(pekerjaan)
    return Keadaan(kode, teks, pekerjaan.selesai, pekerjaan.total, akhir=True)


def kemajuan_halaman(pekerjaan: Pekerjaan | None) -> dict[str, Any] | None:
    """What a page shows while a worker is at it, and asks again; None when nobody is (any more)."""
    kini = keadaan(pekerjaan) if pekerjaan else None
    if pekerjaan is None or kini is None or kini.akhir:
        return None
    return {**asdict(kini), "judul": pekerjaan.judul, "url_json": reverse("pekerjaan:status", args=[pekerjaan.pk])}


def _teks_antre(pekerjaan: Pekerjaan) -> str:
    ulang = f" Percobaan ke-{pekerjaan.percobaan + 1}." if pekerjaan.percobaan else ""
    return f"Menunggu giliran, nomor {nomor_antrean(pekerjaan)} dalam antrean.{ulang}"


def _akhir(pekerjaan: Pekerjaan) -> tuple[str, str]:
    if pekerjaan.status == _Status.GAGAL:
        return "gagal", pekerjaan.galat or "Pekerjaan ini tidak dapat diselesaikan."
    if pekerjaan.status == _Status.DIBATALKAN:
        return "dibatalkan", "Anda membatalkan permintaan ini. Tidak ada berkas yang dibuat."
    if pekerjaan.kedaluwarsa:
        return "kedaluwarsa", "Berkasnya sudah dihapus. Buat ulang dengan pilihan yang sama."
    return "selesai", "Berkas siap diunduh."


def teks_kemajuan(pekerjaan: Pekerjaan, kini: datetime) -> str:
    """The step, the true count, and from a tenth on a range of the time it will take."""
    langkah = pekerjaan.langkah or "Memulai"
    if not pekerjaan.total:
        return f"{langkah}."
    hitungan = f"{tulis_angka(pekerjaan.selesai)} dari {tulis_angka(pekerjaan.total)} bagian"
    rentang = perkiraan(pekerjaan.mulai_pada, kini, pekerjaan.selesai, pekerjaan.total)
    tambahan = f", perkiraan selesai {_teks_rentang(*rentang)}" if rentang else ""
    return f"{langkah}: {hitungan}{tambahan}."


def perkiraan(mulai: datetime | None, kini: datetime, selesai: int, total: int) -> tuple[datetime, datetime] | None:
    """When it will be done, as a range of a quarter to both sides; None before a tenth and in the first 5
    seconds.
    """
    if mulai is None or selesai * 10 < total or (kini - mulai) < timedelta(seconds=5):
        return None
    sisa = (kini - mulai) * ((total - selesai) / selesai)
    return kini + sisa * 0.75, kini + sisa * 1.25


def _teks_rentang(awal: datetime, akhir: datetime) -> str:
    pertama, kedua = tulis_pukul(awal, WIB), tulis_pukul(akhir, WIB)
    return pertama if pertama == kedua else f"antara {pertama} dan {kedua}"
