"""Counting attempts in the database: a message that always fails is parked instead of looping for ever."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.pekerjaan.models import Percobaan


def gagal(nama: str, kunci: str, galat: BaseException) -> int:
    """Count a failed attempt; the fifth parks the work. Returns the number of attempts."""
    with transaction.atomic():
        baris, _ = Percobaan.objects.select_for_update().get_or_create(nama=nama, kunci=kunci)
        baris.jumlah += 1
        baris.galat = f"{type(galat).__name__}: {galat}".splitlines()[0][:300]
        baris.diparkir_pada = Now() if baris.jumlah >= Percobaan.BATAS else None
        baris.save(update_fields=["jumlah", "galat", "diparkir_pada", "terakhir"])
        return baris.jumlah


def berhasil(nama: str, kunci: str) -> None:
    Percobaan.objects.filter(nama=nama, kunci=kunci).delete()


def terparkir(nama: str, *, selama: timedelta = timedelta(hours=1)) -> set[str]:
    """Keys that rest: parked less than `selama` ago. After that they get one more try, and park again when it fails."""
    batas = sekarang() - selama
    return set(Percobaan.objects.filter(nama=nama, diparkir_pada__gt=batas).values_list("kunci", flat=True))
