"""The register of one unit as the rules of integration ask for it: a few queries, no name, no number.

Callers were let into the unit; PostgreSQL's own scope applies besides. Everything here is as of today.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, Sum, Value, When

from remisi.calon.syarat import Orang
from remisi.integrasi.kalender import Masa, masa
from remisi.integrasi.syarat import Riwayat
from remisi.integrasi.tahanan import STATUS as STATUS_TAHANAN
from upt.models import UPT
from wbp.models import DataWarga, Pemberian

_HITUNGAN = frozenset({"remisi_hari", "lalu"})
KOLOM = tuple(f.name for f in fields(Orang) if f.name not in _HITUNGAN)
BERPIDANA = (DataWarga.Status.NARAPIDANA, DataWarga.Status.ANAK_BINAAN)
POKOK = ("RU", "RK", "PMPU", "PMPK", "PMP_HAN")


@dataclass(frozen=True, slots=True)
class Satu:
    """One sentenced person, by the register's row."""

    data: int
    orang: Orang
    riwayat: Riwayat
    masa: Masa
    sejak: date


def baca_unit(upt: UPT, *, data: Collection[int] | None = None, pada: date | None = None) -> list[Satu]:
    """Who serves a sentence in the unit: today, or (`pada`) was there on a day; all, or those rows only.

    Of a past day only what is dated can be told: grants, conduct, presence; all else is as the register has it now.
    """
    semua = DataWarga.objects.filter(upt=upt, status__in=BERPIDANA, dimusnahkan_pada=None)
    if pada is None:
        semua = semua.filter(keluar_pada=None)
    else:
        semua = semua.filter(Q(keluar_pada=None) | Q(keluar_pada__gt=pada), sejak__lte=pada)
    if data is not None:
        semua = semua.filter(pk__in=data)
    return _susun(semua, pada)


def baca_data(data: Collection[int]) -> dict[int, Satu]:
    """The same by the register's rows, of those who are in a unit."""
    semua = DataWarga.objects.filter(pk__in=data, status__in=BERPIDANA, dimusnahkan_pada=None, keluar_pada=None)
    return {s.data: s for s in _susun(semua, None)}


def baca_kasus(data: Collection[int]) -> dict[int, Satu]:
    """The same of those whom lists of cases name, also of those who have left since."""
    semua = DataWarga.objects.filter(pk__in=data, status__in=BERPIDANA, dimusnahkan_pada=None)
    return {s.data: s for s in _susun(semua, None)}


def _susun(semua: Any, pada: date | None) -> list[Satu]:
    baris = list(semua.order_by("pk").values_list("pk", "sejak", "asimilasi_sejak", "cmk_terakhir", *KOLOM))
    kunci = semua.order_by().values("pk")
    hari, terakhir = _remisi(kunci, pada)
    hasil = []
    for pk, sejak, asimilasi, cmk, *isi in baris:
        orang = Orang(**dict(zip(KOLOM, isi, strict=True)), remisi_hari=hari.get(pk, 0))
        hasil.append(Satu(pk, orang, Riwayat(terakhir.get(pk, 0), asimilasi, cmk), masa(orang), sejak))
    return hasil


def _remisi(kunci: Any, pada: date | None) -> tuple[dict[int, int], dict[int, int]]:
    """By person: days of remission so far, and days of the last one (of a day with several, the leading kind)."""
    berlaku = Pemberian.objects.filter(data__in=kunci, dicabut_pada=None).annotate(
        lama=30 * F("bulan") + F("hari"),
        pokok=Case(When(jenis__in=POKOK, then=Value(1)), default=Value(0), output_field=IntegerField()),
    )
    if pada is not None:
        berlaku = berlaku.filter(tanggal__lte=pada)
    jumlah = berlaku.order_by().values("data_id").annotate(jumlah=Sum("lama")).values_list("data_id", "jumlah")
    akhir = berlaku.order_by("data_id", "-tanggal", "-pokok", "-pk").distinct("data_id").values_list("data_id", "lama")
    return dict(jumlah), dict(akhir)


def tahanan_unit(upt: UPT) -> Any:
    """Persons held before a judgment whose detention has an end."""
    return (
        DataWarga.objects.ada()
        .filter(upt=upt, status__in=STATUS_TAHANAN)
        .exclude(habis_tahan=None)
        .select_related("warga")
        .order_by("habis_tahan", "pk")
    )
