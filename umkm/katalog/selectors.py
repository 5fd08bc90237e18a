"""Reading the catalogue: the search that forgives typing errors, one product, and its picture.

Every member of staff reads it, so it comes from `Katalog` alone: no inmate, no cost, no stock, no money of sales.
Bytes of photos are fetched for the photo's own address only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import BooleanField, Case, CharField, F, Func, IntegerField, JSONField, Q, QuerySet, Value, When

from pemasyarakatan.inti.galat import TidakDitemukan
from umkm import nama
from umkm.models import Katalog, Produk
from upt.cakupan import Cakupan
from upt.models import UPT

MIRIP, MIRIP_LONGGAR = 0.5, 0.3
"""How much of a word must be there (share of its trigrams); the loose one when nothing else was found."""
KATA_MAKS, HURUF_MIRIP = 8, 3
_BESAR = ("foto", "mini", "deskripsi")
_URUT: dict[str, tuple[str, ...]] = {
    "terbaru": ("-sejak", "nama", "pk"),
    "terjual": ("-terjual", "nama", "pk"),
    "nama": ("nama", "pk"),
    "": ("-tepat", "-mirip", "nama", "pk"),
}


@dataclass(frozen=True)
class Saringan:
    """What was asked for; empty means any."""

    cari: str = ""
    kanwil: str = ""
    golongan: str = ""
    sertifikat: str = ""
    dari: int | None = None
    sampai: int | None = None
    status: str = ""
    urut: str = ""

    @property
    def kata(self) -> list[str]:
        """The words in the catalogue's own spelling, each once."""
        return list(dict.fromkeys(nama.ejaan(self.cari).split()))[:KATA_MAKS]


@dataclass(frozen=True)
class Hasil:
    """Ids of what was found, best first. The catalogue is judged once: `%>` reads every entry behind a policy."""

    pk: list[int]
    longgar: bool = False
    """Nothing has the words; these only resemble them."""


def cari(saringan: Saringan, hari: date) -> Hasil:
    """Entries that answer the filter, best first. Inside a transaction: how alike is alike is a setting of it."""
    semua, kata = _saring(Katalog.objects.all(), saringan, hari), saringan.kata
    if saringan.cari and not kata:
        return Hasil([])
    if not kata:
        return Hasil(_pk(semua, saringan.urut or "terbaru"))
    for longgar, gabung in ((False, and_), (True, and_), (True, or_)):
        _atur_kemiripan(MIRIP_LONGGAR if longgar else MIRIP)
        if kena := _pk(_nilai(semua.filter(reduce(gabung, map(_kena, kata))), kata), saringan.urut):
            return Hasil(kena, longgar)
    return Hasil([])


def baris(pk: Sequence[int]) -> list[Katalog]:
    """These entries in this order, without what a list does not show."""
    semua = Katalog.objects.defer(*_BESAR).in_bulk(list(pk))
    return [semua[satu] for satu in pk if satu in semua]


def _saring(semua: QuerySet[Katalog], s: Saringan, hari: date) -> QuerySet[Katalog]:
    for kolom, nilai in (("kanwil__slug", s.kanwil), ("golongan", s.golongan), ("status", s.status)):
        if nilai:
            semua = semua.filter(**{kolom: nilai})
    if s.dari is not None:
        semua = semua.filter(harga__gte=s.dari)
    if s.sampai is not None:
        semua = semua.filter(harga__lte=s.sampai)
    return semua.filter(_berlaku(s.sertifikat, hari)) if s.sertifikat else semua


class _AdaBerlaku(Func):
    """A certificate of the kind that is in force; one that lapsed is none. ISO days sort as text."""

    function = "jsonb_path_exists"
    arg_joiner = ", '$[*] ? (@.jenis == $jenis && (@.berakhir == null || @.berakhir >= $hari))', "
    output_field = BooleanField()


def _berlaku(jenis: str, hari: date) -> _AdaBerlaku:
    return _AdaBerlaku(F("legalitas"), Value({"jenis": jenis, "hari": hari.isoformat()}, output_field=JSONField()))


def _atur_kemiripan(batas: float) -> None:
    with connection.cursor() as kursor:
        kursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(batas)])


def _awal_kata(kata: str) -> Q:
    """A word of the entry begins like this (Django escapes what LIKE would take for a pattern)."""
    return Q(cari__startswith=kata) | Q(cari__contains=f" {kata}")


def _kena(kata: str) -> Q:
    """Begins like this or resembles it; one or two letters would resemble everything."""
    return _awal_kata(kata) if len(kata) < HURUF_MIRIP else _awal_kata(kata) | Q(cari__trigram_word_similar=kata)


def _nilai(semua: QuerySet[Katalog], kata: list[str]) -> QuerySet[Katalog]:
    """How well an entry answers: its name begins like that, then every word is there, then how much resembles."""
    frasa = " ".join(kata)
    tepat = Case(
        When(Q(cari__startswith=frasa), then=2),
        When(reduce(and_, map(_awal_kata, kata)), then=1),
        default=0,
        output_field=IntegerField(),
    )
    return semua.annotate(tepat=tepat, mirip=TrigramWordSimilarity(frasa, "cari"))


def _pk(semua: QuerySet[Katalog], urut: str) -> list[int]:
    return list(semua.order_by(*_URUT[urut]).values_list("pk", flat=True))


# ---------------------------------------------------------------- one product and its picture


def satu(produk_id: int) -> Katalog:
    entri = Katalog.objects.defer("foto", "mini").filter(pk=produk_id).first()
    if entri is None:
        raise TidakDitemukan("Produk ini tidak ada di katalog. Mungkin unitnya tidak lagi menampilkannya.")
    return entri


class _Sidik(Func):
    template = "left(encode(sha256(%(expressions)s), 'hex'), 16)"
    output_field = CharField()


def sidik_foto(produk_id: Iterable[int], kolom: str = "mini") -> dict[int, str]:
    """Marks of the pictures of these products; those without a picture are missing."""
    ada = Katalog.objects.filter(pk__in=list(produk_id)).exclude(**{kolom: None})
    return dict(ada.values_list("pk", _Sidik(F(kolom))))


def gambar(produk_id: int, kolom: str) -> tuple[bytes, str]:
    """The bytes of a photo or thumbnail and their mark. Raises TidakDitemukan."""
    isi = Katalog.objects.filter(pk=produk_id).values_list(kolom, flat=True).first()
    if isi is None:
        raise TidakDitemukan("Foto ini tidak ada.")
    data = bytes(isi)
    return data, hashlib.sha256(data).hexdigest()[:16]


def unit_produk(produk_id: int, cakupan: Cakupan) -> UPT | None:
    """The unit of a product, for those whose scope it lies in."""
    milik = Produk.objects.dalam(cakupan).hidup().filter(pk=produk_id).select_related("upt").first()
    return milik.upt if milik else None
