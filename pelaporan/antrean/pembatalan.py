"""Undoing a verification: who, until when, and which version counts afterwards. The term is policy, not code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from pelaporan.alur import Aksi, Status
from pelaporan.models import Kejadian, Laporan
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak
from pemasyarakatan.inti.waktu import sekarang, tulis_pukul
from upt.ketentuan import berlaku


def batas_batal(pada: datetime) -> datetime:
    """Until when a verification of that moment can be undone."""
    return pada + timedelta(minutes=berlaku("batal_verifikasi", pada.date()).nilai)


def dapat_dibatalkan(laporan: Laporan, orang: Pengguna) -> datetime | None:
    """Until when this person may undo the verification of this report; None when not (any more)."""
    akhir = _akhir(laporan) if laporan.status == Status.TERVERIFIKASI else None
    if akhir is None or akhir.aksi != Aksi.VERIFIKASI or akhir.oleh_id != orang.pk:
        return None
    batas = batas_batal(akhir.pada)
    return batas if sekarang() <= batas else None


def kolom_batal(laporan: Laporan, oleh: Pengguna) -> dict[str, Any]:
    """What undoing changes in the (locked) report. Raises Ditolak (somebody else's) and Bentrok (too late)."""
    akhir = _akhir(laporan)
    if akhir is None or akhir.aksi != Aksi.VERIFIKASI:
        raise Bentrok("Laporan ini bukan baru saja diverifikasi, jadi tidak ada verifikasi yang dibatalkan.")
    if akhir.oleh_id != oleh.pk:
        raise Ditolak("Verifikasi hanya dapat dibatalkan oleh orang yang memverifikasi.")
    batas = batas_batal(akhir.pada)
    if sekarang() > batas:
        raise Bentrok(
            f"Waktu membatalkan sudah lewat, pukul {tulis_pukul(batas, laporan.kanwil.zona)}. "
            "Bila keliru, minta Kepala Kanwil membuka kembali laporan ini."
        )
    dibuka = {} if laporan.dibuka_pada else {"dibuka_pada": akhir.pada, "dibuka_oleh": oleh}
    return {"versi_sah": sah_sebelum(laporan), **dibuka}


def sah_sebelum(laporan: Laporan) -> int | None:
    """The verified version before the latest verification, as the events tell it."""
    kejadian = laporan.kejadian.filter(aksi__in=[Aksi.VERIFIKASI, Aksi.BATAL]).order_by("urut")
    sah = lipat_sah(kejadian.values_list("aksi", "versi"))
    return sah[-2] if len(sah) > 1 else None


def lipat_sah(kejadian: Iterable[tuple[str, int | None]]) -> list[int]:
    """Verified versions in order, after what was undone was taken off."""
    sah: list[int] = []
    for aksi, versi in kejadian:
        if aksi == Aksi.VERIFIKASI:
            sah.append(versi or 0)
        elif sah:
            sah.pop()
    return sah


def _akhir(laporan: Laporan) -> Kejadian | None:
    return laporan.kejadian.order_by("-urut").first()
