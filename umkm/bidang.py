"""Fields that the common ones do not read: a month, and a choice that is yes unless somebody says no."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from pelaporan.register.kolom import BidangPilih, Kolom
from pemasyarakatan.inti.bidang import BidangTanggal
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu, baca_tanggal
from umkm.models import Persediaan
from upt.models import UPT

_YA = ("on", "ya", "y", "true", "1", "tampil")
_TIDAK = ("tidak", "t", "false", "0", "-")


class BidangAwalBulan(BidangTanggal):
    """A month as people write it ("Maret 2026", "2026-03", any day of it): its first day."""

    def to_python(self, value: Any) -> date | None:
        bulan = _bulan(value)
        hari = bulan.awal if bulan is not None else super().to_python(value)
        return None if hari is None else hari.replace(day=1)

    def prepare_value(self, value: Any) -> Any:
        return Bulan.pada(value).nama if isinstance(value, date) else value


def _bulan(nilai: Any) -> Bulan | None:
    """A month that is written as such; None for whatever else."""
    if not isinstance(nilai, str):
        return None
    try:
        return Bulan.dari(nilai.strip())
    except GalatWaktu:
        pass
    try:
        hari = baca_tanggal(f"1 {' '.join(nilai.split())}")
    except GalatWaktu:
        return None
    return None if hari is None or not nilai.strip()[:1].isalpha() else Bulan.pada(hari)


class BidangYaKecuali(forms.ChoiceField):
    """Yes unless told otherwise: a column that a file does not have hides nothing."""

    def to_python(self, value: Any) -> Any:
        cari = str("" if value is None else value).strip().casefold()
        if not cari or cari in _YA:
            return True
        return False if cari in _TIDAK else str(value)

    def validate(self, value: Any) -> None:
        if not isinstance(value, bool):
            raise forms.ValidationError("Pilih Ya atau Tidak.", code="invalid_choice")

    def prepare_value(self, value: Any) -> Any:
        return {True: "ya", False: "tidak"}.get(value, value) if isinstance(value, bool) else value


class BidangHariAtauBulan(BidangTanggal):
    """A day; a month alone ("Januari 2024") is its first day, as the column's help says."""

    def to_python(self, value: Any) -> date | None:
        bulan = _bulan(value)
        return bulan.awal if bulan is not None else super().to_python(value)


def hari_atau_bulan(kolom: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    return BidangHariAtauBulan(**umum)


def awal_bulan(kolom: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    return BidangAwalBulan(**umum)


class BidangDibuat(BidangPilih):
    """What came into the stock was made, unless somebody says otherwise: a list of production has no such column."""

    def clean(self, value: Any) -> Any:
        return super().clean(value) or Persediaan.Jenis.BUAT


def dibuat_kecuali(kolom: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    galat = {"invalid_choice": f"Pilih: {', '.join(kolom.pilihan.values())}."}
    pilihan = [("", "Pilih"), *kolom.pilihan.items()]
    return BidangDibuat(tafsir=kolom.tafsir, choices=pilihan, error_messages=galat, **umum)


def ya_kecuali(kolom: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    return BidangYaKecuali(choices=[("ya", "Ya"), ("tidak", "Tidak")], **{**umum, "required": False})
