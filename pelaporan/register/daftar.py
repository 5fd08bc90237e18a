"""Lists of a kind of row as a page shows them: searched, of one month, as text in columns, with sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.db.models import Q, QuerySet, Sum

from pelaporan.models import BarisRegister
from pelaporan.register.jenis import JenisBaris
from pelaporan.register.kolom import BILANGAN, Kolom
from pelaporan.register.selectors import Rujukan, rujukan_unit, tulis_kolom
from pemasyarakatan.inti.waktu import Bulan
from upt.models import UPT

B = TypeVar("B", bound=BarisRegister)
KATA_MAKS, CARI_MAKS = 8, 100


class Saringan(Protocol):
    """What a list is narrowed to."""

    cari: str
    bulan: Bulan | None


def kolom_bulan(jenis: JenisBaris[Any]) -> Kolom | None:
    """The date that puts a row into a month: the one by which the kind is ordered; None for kinds ordered otherwise."""
    nama = jenis.urut[0].lstrip("-") if jenis.urut else ""
    return next((k for k in _tersimpan(jenis) if k.nama == nama and k.ragam == "tanggal"), None)


def bulan_terisi(jenis: JenisBaris[B], baris: QuerySet[B]) -> list[Bulan]:
    """Months that have rows, newest first."""
    kolom = kolom_bulan(jenis)
    if kolom is None:
        return []
    return [Bulan.pada(awal) for awal in baris.order_by().dates(kolom.nama, "month", order="DESC")]


def saring(jenis: JenisBaris[B], upt: UPT, baris: QuerySet[B], cari: str, bulan: Bulan | None) -> QuerySet[B]:
    """Rows of a month in which every word of `cari` is found."""
    kolom = kolom_bulan(jenis)
    if bulan is not None and kolom is not None:
        baris = baris.filter(**{f"{kolom.nama}__range": (bulan.awal, bulan.akhir)})
    kata = cari[:CARI_MAKS].split()[:KATA_MAKS]
    rujukan = rujukan_unit(jenis, upt) if kata else {}
    for satu in kata:
        baris = baris.filter(_memuat(jenis, rujukan, satu))
    return baris


def _memuat(jenis: JenisBaris[Any], rujukan: Rujukan, kata: str) -> Q:
    """A word in a text, in the name of a choice, or in the name of what a reference points at."""
    syarat = Q(pk__in=[])
    for kolom in _tersimpan(jenis):
        if kolom.ragam in ("teks", "paragraf"):
            syarat |= Q(**{f"{kolom.nama}__icontains": kata})
        elif kolom.ragam in ("pilihan", "rujukan"):
            label: Mapping[Any, str] = kolom.pilihan if kolom.ragam == "pilihan" else rujukan[kolom.nama]
            cocok = [kode for kode, teks in label.items() if kata.casefold() in teks.casefold()]
            syarat |= Q(**{f"{kolom.nama}__in": cocok})
    return syarat


def _tersimpan(jenis: JenisBaris[Any]) -> list[Kolom]:
    """Columns that the table itself holds."""
    nama = {b.attname for b in jenis.model._meta.concrete_fields}
    return [k for k in jenis.kolom if k.nama in nama]


@dataclass(frozen=True)
class SelTampil:
    kolom: Kolom
    isi: str

    @property
    def angka(self) -> bool:
        return self.kolom.ragam in BILANGAN


@dataclass(frozen=True)
class BarisTampil:
    """A row of the table; its first column leads to the row's page."""

    baris: BarisRegister
    judul: str
    sel: list[SelTampil]


def tampilkan(jenis: JenisBaris[B], upt: UPT, baris: Iterable[B]) -> list[BarisTampil]:
    rujukan = rujukan_unit(jenis, upt)
    hasil = []
    for satu in baris:
        isi = [SelTampil(k, tulis_kolom(k, getattr(satu, k.nama), rujukan)) for k in jenis.ringkas]
        hasil.append(BarisTampil(satu, isi[0].isi or jenis.label, isi[1:]))
    return hasil


def sebutan(jenis: JenisBaris[B], baris: B) -> str:
    """How people call one row: the first things that its list shows."""
    rujukan = rujukan_unit(jenis, baris.upt)
    isi = (tulis_kolom(k, getattr(baris, k.nama), rujukan) for k in jenis.ringkas)
    return ", ".join([teks for teks in isi if teks][:3]) or jenis.label


def jumlahkan(jenis: JenisBaris[B], baris: QuerySet[B]) -> list[SelTampil]:
    """Sums below the columns after the first; empty where a sum says nothing, no list when it does so nowhere."""
    kolom = [k for k in jenis.ringkas[1:] if k.dijumlahkan]
    if not kolom:
        return []
    total = baris.order_by().aggregate(**{k.nama: Sum(k.nama) for k in kolom})
    return [SelTampil(k, k.tulis(total.get(k.nama)) if k in kolom else "") for k in jenis.ringkas[1:]]
