"""Reading rules for their pages: what is in force, what comes, what was, and the drafts. They belong to no unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.galat import TidakDitemukan
from remisi.atur.kata import kalimat_baris
from remisi.ketentuan_bentuk import JUDUL, TABEL
from remisi.models import Aturan, Kandidat
from remisi.selectors_aturan import baris_dari

_Status = Aturan.Status


def pastikan_tabel(tabel: str) -> str:
    if tabel not in TABEL:
        raise TidakDitemukan("Tabel aturan ini tidak ada.")
    return tabel


@dataclass(frozen=True)
class Ringkas:
    """One table in the list of tables."""

    tabel: str
    judul: str
    berlaku: int
    belum: int
    rancangan: int


def semua_tabel() -> list[Ringkas]:
    """Every table with how many codes it rules, how many rules nobody confirmed yet, and its drafts."""
    kode: dict[str, set[str]] = defaultdict(set)
    belum: dict[str, int] = defaultdict(int)
    rancangan: dict[str, int] = defaultdict(int)
    for a in Aturan.objects.exclude(status=_Status.DICABUT).only("tabel", "kode", "status", "terverifikasi"):
        if a.status == _Status.RANCANGAN:
            rancangan[a.tabel] += 1
        else:
            kode[a.tabel].add(a.kode)
            belum[a.tabel] += not a.terverifikasi
    return [Ringkas(t, JUDUL[t], len(kode[t]), belum[t], rancangan[t]) for t in TABEL]


@dataclass(frozen=True)
class Butir:
    """One row of a table as it is shown: `keadaan` is berlaku, mendatang, berakhir or dicabut."""

    aturan: Aturan
    kalimat: str
    keadaan: str


@dataclass
class Kelompok:
    """One code: the rule in force (or the next one, or the last one), and everything else there is of it."""

    kode: str
    utama: Butir
    lain: list[Butir] = field(default_factory=list)
    berikut: bool = False
    """A holy day whose next year nobody has written down yet."""


def isi_tabel(tabel: str, pada: date) -> list[Kelompok]:
    """The rules of a table by code; a code whose rules were all withdrawn comes last."""
    semua: dict[str, list[Aturan]] = defaultdict(list)
    baris = Aturan.objects.filter(tabel=tabel).exclude(status=_Status.RANCANGAN).exclude(ditetapkan_pada=None)
    for a in baris.select_related("dibuat_oleh", "ditetapkan_oleh").order_by("-berlaku_dari", "-pk"):
        semua[a.kode].append(a)
    hasil = [_kelompok(kode, isi, pada) for kode, isi in semua.items()]
    if tabel == "hari_besar":
        for k in hasil:
            k.berikut = _tahun_depan(k) not in semua
        hasil.sort(key=lambda k: str(k.utama.aturan.nilai.get("tanggal", "")), reverse=True)
        return hasil
    urut = {kode: min(a.pk for a in isi) for kode, isi in semua.items()}  # as the law lists them
    return sorted(hasil, key=lambda k: (_URUT[k.utama.keadaan], urut[k.kode]))


def _tahun_depan(k: Kelompok) -> str:
    """The code that the same day has in the next year; its own when that names no year."""
    tahun = str(k.utama.aturan.nilai.get("tanggal", ""))[:4]
    return k.kode.replace(tahun, str(int(tahun) + 1)) if tahun.isdigit() and tahun in k.kode else k.kode


_URUT = {"berlaku": 0, "mendatang": 0, "berakhir": 1, "dicabut": 2}


def _kelompok(kode: str, isi: list[Aturan], pada: date) -> Kelompok:
    berlaku = _berlaku(isi, pada)
    butir = [Butir(a, kalimat_baris(baris_dari(a)), _keadaan(a, berlaku, pada)) for a in isi]
    utama = min(butir, key=lambda b: ("berlaku", "mendatang", "berakhir", "dicabut").index(b.keadaan))
    return Kelompok(kode, utama, [b for b in butir if b is not utama])


def _berlaku(isi: Iterable[Aturan], pada: date) -> Aturan | None:
    """The newest that has begun and not ended; of a holy day the newest of all counts, whenever it began."""
    hidup = [a for a in isi if a.status == _Status.BERLAKU]
    mulai = [a for a in hidup if a.tabel == "hari_besar" or a.berlaku_dari <= pada]
    ada = max(mulai, key=lambda a: a.berlaku_dari, default=None)
    habis = ada is not None and ada.tabel != "hari_besar" and ada.berlaku_sampai and ada.berlaku_sampai < pada
    return None if habis else ada


def _keadaan(a: Aturan, berlaku: Aturan | None, pada: date) -> str:
    if a.status == _Status.DICABUT:
        return "dicabut"
    if a is berlaku:
        return "berlaku"
    return "mendatang" if a.berlaku_dari > pada else "berakhir"


def rancangan(tabel: str = "") -> QuerySet[Aturan]:
    """Open drafts, the newest first."""
    semua = Aturan.objects.filter(status=_Status.RANCANGAN).select_related("dibuat_oleh").order_by("-pk")
    return semua.filter(tabel=tabel) if tabel else semua


def satu(aturan_id: int) -> Aturan:
    aturan = Aturan.objects.select_related("dibuat_oleh", "ditetapkan_oleh").filter(pk=aturan_id).first()
    if aturan is None:
        raise TidakDitemukan("Aturan ini tidak ada.")
    return aturan


def terakhir(tabel: str, kode: str) -> Aturan | None:
    """The newest rule of a code that is in force or will be: what next year's starts from."""
    semua = Aturan.objects.filter(tabel=tabel, kode=kode, status=_Status.BERLAKU)
    return semua.order_by("-berlaku_dari", "-pk").first()


def kandidat_sejak(hari: date) -> tuple[int, int]:
    """(candidates, units) computed for occasions on or after a day. Only counts leave the system's scope."""
    with penjaga.sistem():
        semua = Kandidat.objects.filter(kesempatan__tanggal__gte=hari)
        return semua.count(), semua.order_by().values("upt_id").distinct().count()
