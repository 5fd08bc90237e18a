"""Template filters for figures and times. Every page writes them through `inti.angka` and `inti.waktu`.

`None` and a missing variable show as "–". Text is shown as it stands: filters never read numbers from text.
"""

from datetime import date, datetime
from decimal import Decimal

from django import template

from pemasyarakatan.inti import angka as _angka
from pemasyarakatan.inti import waktu as _waktu

register = template.Library()
Nilai = int | float | Decimal | str | None


@register.filter
def angka(nilai: Nilai, desimal: int | None = None) -> str:
    """`{{ 1234.5|angka }}` → 1.234,5; `{{ 12|angka:1 }}` → 12,0."""
    if isinstance(nilai, str):
        return nilai or _angka.KOSONG
    return _angka.tulis_angka(nilai, "bulat" if isinstance(nilai, int) else "desimal", desimal=desimal)


@register.filter
def rupiah(nilai: Nilai, desimal: int | None = None) -> str:
    """`{{ 1234567|rupiah }}` → Rp1.234.567."""
    if isinstance(nilai, str):
        return nilai or _angka.KOSONG
    return _angka.tulis_angka(nilai, "rupiah", desimal=desimal)


@register.filter
def persen(nilai: Nilai, desimal: int | None = None) -> str:
    """`{{ 12.34|persen }}` → 12,3%. The value is in hundredths already."""
    if isinstance(nilai, str):
        return nilai or _angka.KOSONG
    return _angka.tulis_angka(nilai, "persen", desimal=desimal)


@register.filter
def ringkas(nilai: Nilai, satuan: str = "") -> str:
    """`{{ 1234567|ringkas:"orang" }}` → 1,2 juta orang."""
    if isinstance(nilai, str):
        return nilai or _angka.KOSONG
    return _angka.tulis_ringkas(nilai, satuan=satuan)


@register.filter
def tanggal(nilai: date | str | None, zona: _waktu.Zona = _waktu.WIB) -> str:
    """`{{ tenggat|tanggal:upt.zona }}` → 3 September 2025; a moment is written as its day in the zone."""
    return (nilai or _waktu.KOSONG) if isinstance(nilai, str) else _waktu.tulis_tanggal(nilai, zona or _waktu.WIB)


@register.filter
def waktu(nilai: datetime | str | None, zona: _waktu.Zona = _waktu.WIB) -> str:
    """`{{ saat|waktu:upt.zona }}` → 3 September 2025 pukul 14.05 WIT."""
    return (nilai or _waktu.KOSONG) if isinstance(nilai, str) else _waktu.tulis_waktu(nilai, zona or _waktu.WIB)


@register.filter
def bulan(nilai: _waktu.Bulan | str | date | None) -> str:
    """`{{ periode|bulan }}` → Januari 2026, from a Bulan, its code or its first day."""
    if isinstance(nilai, _waktu.Bulan):
        return nilai.nama
    if isinstance(nilai, date):
        return _waktu.Bulan.pada(nilai).nama
    return _waktu.Bulan.dari(nilai).nama if nilai else _waktu.KOSONG
