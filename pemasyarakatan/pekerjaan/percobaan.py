"""Counting attempts in the database: a message that always fails is parked instead of looping for ever."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

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


def mulai(nama: str, kunci: str) -> bool:
    """Count an attempt *before* it starts, so that a killed process counts too. False: parked, leave it alone."""
    with transaction.atomic():
        baris, _ = Percobaan.objects.select_for_update().get_or_create(nama=nama, kunci=kunci)
        if baris.diparkir_pada is not None:
            return False
        if baris.jumlah >= Percobaan.BATAS:
            Percobaan.objects.filter(pk=baris.pk).update(diparkir_pada=Now())
            return False
        Percobaan.objects.filter(pk=baris.pk).update(jumlah=F("jumlah") + 1, terakhir=Now())
        return True


def berhasil(nama: str, kunci: str) -> None:
    Percobaan.objects.filter(nama=nama, kunci=kunci).delete()


def terparkir(nama: str) -> set[str]:
    return set(Percobaan.objects.filter(nama=nama, diparkir_pada__isnull=False).values_list("kunci", flat=True))
