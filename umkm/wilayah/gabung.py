"""Merging kinds of products whose names mean the same, with what it changes shown first, and the way back.

A merge moves no product: the kind points at the one that stays (`induk`), counts look through it. The catalogue finds
products by both names, so the entries of the products concerned are written anew in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Count, Q
from psycopg2.errorcodes import LOCK_NOT_AVAILABLE

from pelaporan.register.services import kunci_register
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.jejak.models import Jejak
from pemasyarakatan.jejak.services import catat
from umkm import nama
from umkm.jenis import KODE
from umkm.katalog import proyeksi
from umkm.models import JenisProduk, Produk
from upt.cakupan import Cakupan

MIRIP = 0.4
"""Share of trigrams that two keys have in common from which they are proposed."""
USULAN_MAKS = 100
_PERIKSA_MAKS = 5_000
"""Pairs that are looked at; what the letters have in common says less than which words differ."""
_OBJEK = "jenisproduk"
_SIBUK = "Sebuah unit sedang mencatat produk jenis ini. Ulangi sebentar lagi."
_ADA = """EXISTS (
    SELECT 1 FROM umkm_produk p JOIN umkm_jenisproduk j ON j.id = p.jenis_id
    WHERE p.dihapus_pada IS NULL AND COALESCE(j.induk_id, j.id) = {kind}
)"""
_USULAN = """
SELECT a.id, b.id, similarity(a.kunci, b.kunci), a.kunci, b.kunci
FROM umkm_jenisproduk a JOIN umkm_jenisproduk b ON b.kunci %% a.kunci AND a.id < b.id
WHERE a.induk_id IS NULL AND b.induk_id IS NULL AND {ada_a} AND {ada_b}
ORDER BY 3 DESC, 1, 2 LIMIT %s
""".format(ada_a=_ADA.format(kind="a.id"), ada_b=_ADA.format(kind="b.id"))
"""Only kinds that count: a name that was corrected or taken out leaves its kind behind, and nobody need merge it."""


@dataclass(frozen=True)
class Isi:
    """A kind with what stands behind it: products and units that count, in the whole nation."""

    jenis: JenisProduk
    produk: int
    unit: int


@dataclass(frozen=True)
class Usulan:
    """Two kinds that may be one; `tetap` is the one with more products."""

    tetap: Isi
    asal: Isi
    mirip: float


@dataclass(frozen=True)
class Dampak:
    """What a merge would change: `bersama` is the kind afterwards."""

    asal: Isi
    tetap: Isi
    bersama: Isi
    ikut: list[JenisProduk]
    """Kinds that were merged into `asal` earlier and go along."""


def _pastikan_boleh(oleh: Pengguna) -> None:
    if not boleh(oleh, Izin.GABUNG_JENIS):
        raise Ditolak("Jenis produk digabungkan oleh peninjau pusat.")


# ---------------------------------------------------------------- reading


def usulan(cakupan: Cakupan) -> list[Usulan]:
    """Probable duplicates, most alike first. Inside a transaction: how alike is alike is a setting of it."""
    with connection.cursor() as kursor:
        kursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(MIRIP)])
        kursor.execute(_USULAN, [_PERIKSA_MAKS])
        semua = kursor.fetchall()
    pasangan = [(a, b, mirip) for a, b, mirip, *kunci in semua if nama.mungkin_sama(*kunci)][:USULAN_MAKS]
    isi = _isi(cakupan, {pk for a, b, _ in pasangan for pk in (a, b)})
    hasil = []
    for a, b, mirip in pasangan:
        tetap, asal = sorted((isi[a], isi[b]), key=lambda x: (-x.produk, -x.unit, x.jenis.pk))
        hasil.append(Usulan(tetap, asal, float(mirip)))
    return hasil


def _isi(cakupan: Cakupan, pk: Iterable[int]) -> dict[int, Isi]:
    """Root kinds with their products, those of merged kinds included."""
    ada = set(pk)
    semua = _produk(cakupan).filter(Q(jenis__in=ada) | Q(jenis__induk__in=ada)).order_by()
    milik: dict[int, list[tuple[int, int]]] = {n: [] for n in ada}
    for jenis_id, induk_id, produk_id, upt_id in semua.values_list("jenis_id", "jenis__induk_id", "pk", "upt_id"):
        milik[induk_id or jenis_id].append((produk_id, upt_id))
    return {
        j.pk: Isi(j, len(milik[j.pk]), len({u for _, u in milik[j.pk]})) for j in JenisProduk.objects.filter(pk__in=ada)
    }


def dampak(asal_id: int, ke: int, *, cakupan: Cakupan) -> Dampak:
    """What merging `asal` into `ke` would do. Raises TidakDitemukan, TidakSah, Bentrok."""
    semua = JenisProduk.objects.in_bulk([asal_id, ke])
    asal, tetap = _periksa(semua, asal_id, ke)
    isi = _isi(cakupan, [asal.pk, tetap.pk])
    unit = _produk(cakupan).filter(_milik([asal.pk, tetap.pk]))
    banyak = unit.aggregate(p=Count("pk"), u=Count("upt_id", distinct=True))
    bersama = Isi(tetap, banyak["p"], banyak["u"])
    return Dampak(isi[asal.pk], isi[tetap.pk], bersama, list(JenisProduk.objects.filter(induk=asal)))


def tergabung() -> Any:
    """Kinds that point at another one, by the one that stays."""
    semua = JenisProduk.objects.exclude(induk=None).select_related("induk")
    return semua.order_by("induk__nama", "nama")


def _produk(cakupan: Cakupan, *, semua: bool = False) -> Any:
    """Products that count; `semua`: those that were taken out too, whose register is held as well."""
    ada: Any = Produk.objects.dalam(cakupan)
    return ada if semua else ada.hidup()


def _milik(jenis: Iterable[int]) -> Q:
    semua = list(jenis)
    return Q(jenis__in=semua) | Q(jenis__induk__in=semua)


def _periksa(semua: dict[int, JenisProduk], asal_id: int, ke: int) -> tuple[JenisProduk, JenisProduk]:
    if asal_id not in semua or ke not in semua:
        raise TidakDitemukan("Jenis produk ini tidak ada.")
    asal, tetap = semua[asal_id], semua[ke]
    if asal.pk == tetap.pk:
        raise TidakSah("Pilih dua jenis yang berbeda.")
    for satu in (asal, tetap):
        if satu.induk_id is not None:
            raise Bentrok(f"{satu.nama} sudah digabung ke jenis lain. Muat ulang daftar, lalu pilih lagi.")
    return asal, tetap


# ---------------------------------------------------------------- services


@transaction.atomic
def gabungkan(*, asal_id: int, ke: int, oleh: Pengguna, cakupan: Cakupan) -> JenisProduk:
    """`asal` counts as `ke` from now on, and so do the kinds that were merged into it.

    Raises Ditolak, TidakDitemukan, TidakSah (into itself), Bentrok (one of them was merged meanwhile, or a unit that
    had none of these products is just adding one).
    """
    _pastikan_boleh(oleh)
    semua = _kunci([asal_id, ke], cakupan)
    asal, tetap = _periksa(semua, asal_id, ke)
    ikut = list(JenisProduk.objects.filter(induk=asal).order_by("pk").values_list("pk", flat=True))
    JenisProduk.objects.filter(Q(pk=asal.pk) | Q(induk=asal)).update(induk=tetap)
    _catat(asal, oleh, "jenis_digabung", {"ke": tetap.pk, "ikut": ikut})
    _tulis_katalog([asal.pk, *ikut], cakupan)
    return tetap


@transaction.atomic
def pisahkan(*, jenis_id: int, oleh: Pengguna, cakupan: Cakupan) -> JenisProduk:
    """Take a merge back: the kind stands for itself again, with the kinds that the merge had taken along.

    Raises Ditolak, TidakDitemukan, Bentrok. A kind that stands already is left as it is.
    """
    _pastikan_boleh(oleh)
    satu = _kunci([jenis_id], cakupan).get(jenis_id)
    if satu is None:
        raise TidakDitemukan("Jenis produk ini tidak ada.")
    induk = satu.induk_id
    if induk is None:
        return satu
    ikut = _ikut(satu, induk)
    JenisProduk.objects.filter(pk=satu.pk).update(induk=None)
    JenisProduk.objects.filter(pk__in=ikut, induk_id=induk).update(induk=satu)
    _catat(satu, oleh, "jenis_dipisah", {"dari": induk, "ikut": ikut})
    _tulis_katalog([satu.pk, *ikut], cakupan)
    return satu


def _ikut(satu: JenisProduk, induk: int) -> list[int]:
    """Kinds that the last merge of this one took along, as the trail tells, and that are still where it left them."""
    jejak = Jejak.objects.filter(objek=_OBJEK, objek_id=str(satu.pk), tindakan="jenis_digabung").order_by("-id")
    terakhir = jejak.values_list("rincian", flat=True).first() or {}
    tetap = JenisProduk.objects.filter(pk__in=terakhir.get("ikut", []), induk_id=induk)
    return list(tetap.order_by("pk").values_list("pk", flat=True))


def _kunci(pk: Iterable[int], cakupan: Cakupan) -> dict[int, JenisProduk]:
    """The kinds, held; before them the registers of their units, in the order in which a unit's own writes take both.

    A unit that has none of these products yet holds the kind while it adds one (`proyeksi.segarkan`): it is not waited
    for, since it may wait for us. Raises Bentrok then, and when it has just added it.
    """
    diminta = sorted(set(pk))
    unit = _unit(diminta, cakupan)
    for satu in unit:
        kunci_register(KODE, satu)
    jenis = JenisProduk.objects.select_for_update(nowait=True).filter(pk__in=diminta).order_by("pk")
    try:
        semua = {j.pk: j for j in jenis}
    except OperationalError as galat:
        if getattr(galat.__cause__, "pgcode", "") != LOCK_NOT_AVAILABLE:
            raise
        raise Bentrok(_SIBUK) from galat
    if set(_unit(diminta, cakupan)) - set(unit):
        raise Bentrok(_SIBUK)
    return semua


def _unit(jenis: list[int], cakupan: Cakupan) -> list[int]:
    semua = _produk(cakupan, semua=True).filter(_milik(jenis)).order_by("upt_id")
    return list(semua.values_list("upt_id", flat=True).distinct())


def _tulis_katalog(jenis: Iterable[int], cakupan: Cakupan) -> None:
    proyeksi.segarkan(_produk(cakupan).filter(jenis__in=jenis).values_list("pk", flat=True))


def _catat(satu: JenisProduk, oleh: Pengguna, tindakan: str, rincian: dict[str, Any]) -> None:
    """Nobody's row: it goes into the nation's chain."""
    catat(oleh=oleh, tindakan=tindakan, objek=_OBJEK, objek_id=satu.pk, rincian=rincian)
