"""The rules in the database as one immutable set, kept by the process until a rule changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import DatabaseError, connection

from pemasyarakatan.inti.waktu import hari_ini
from remisi.calon.patokan import Patokan
from remisi.ketentuan import Baris, GalatAturan, Himpunan, bawaan
from remisi.models import Aturan, Kesempatan

# Any write to a row in force moves it (ctid) and stamps it (xmin): one small query says whether what is kept holds.
_VERSI = """
    SELECT count(*), coalesce(sum(hashtext(id::text || ':' || xmin::text || ':' || ctid::text)::bigint), 0)
    FROM remisi_aturan WHERE status = 'BERLAKU'
"""
_ingat: dict[tuple[int, int], Himpunan] = {}


def himpunan(*, dengan_rancangan: bool | Iterable[int] = False) -> Himpunan:
    """The rules in force; of an installation that has none yet, the shipped ones.

    `dengan_rancangan`: True for all drafts, or the ids of some, are added as if they were in force (rehearsals).
    """
    versi = _versi()
    ada = _ingat.get(versi)
    if ada is None:
        ada = _baca() if versi[0] else bawaan()
        _ingat.clear()
        _ingat[versi] = ada
    return ada.dengan(*_rancangan(dengan_rancangan)) if dengan_rancangan is not False else ada


def patokan_untuk(kesempatan: Kesempatan, aturan: Himpunan | None = None, pada: date | None = None) -> Patokan:
    """The rules of an occasion's day, as seen today."""
    agama = frozenset(kesempatan.agama)
    return Patokan(aturan or himpunan(), kesempatan.jenis, kesempatan.tanggal, agama, pada or hari_ini())


def himpunan_perintah() -> tuple[Himpunan, str]:
    """For commands that also run where no database is: the rules, and why they are the shipped ones ("" if not)."""
    try:
        ada = himpunan() if _versi()[0] else None
    except DatabaseError:
        return bawaan(), "basis data tidak dapat dihubungi"
    except GalatAturan as galat:
        return bawaan(), f"aturan di basis data tidak terbaca: {galat}"
    return (ada, "") if ada else (bawaan(), "belum ada aturan di basis data")


def _versi() -> tuple[int, int]:
    with connection.cursor() as kursor:
        kursor.execute(_VERSI)
        jumlah, sidik = kursor.fetchone()
    return int(jumlah), int(sidik)


def _baca() -> Himpunan:
    return Himpunan(baris_dari(a) for a in Aturan.objects.filter(status=Aturan.Status.BERLAKU))


def _rancangan(pilih: bool | Iterable[int]) -> list[Baris]:
    semua = Aturan.objects.filter(status=Aturan.Status.RANCANGAN)
    return [baris_dari(a) for a in (semua if pilih is True else semua.filter(pk__in=pilih or ()))]


def baris_dari(aturan: Aturan) -> Baris:
    """A rule of the database as the row the pure set is made of."""
    return Baris(
        tabel=aturan.tabel,
        kode=aturan.kode,
        berlaku_dari=aturan.berlaku_dari,
        berlaku_sampai=aturan.berlaku_sampai,
        nilai=aturan.nilai,
        sumber=aturan.sumber,
        terverifikasi=aturan.terverifikasi,
        catatan=aturan.catatan,
    )
