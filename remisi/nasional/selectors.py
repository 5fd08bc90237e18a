"""Grants of an occasion over the nation or a region: from the rollup, scope first; the cases behind from themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import hari_ini
from remisi.models import Kesempatan, RingkasRemisi, Usulan
from remisi.usulan.alur import DIBERIKAN
from remisi.usulan.selectors import Samar, samaran
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil
from wbp.models import DataWarga

DAPAT = ("LAPAS", "RUTAN", "LPKA")
"""Kinds of units that keep a register of inmates."""
PITA = (15, 30, 45, 60, 90, 120, 150, 180)
"""Days of a grant that releases print; what is granted to the day (RD, RT) is a band of its own."""
LAIN = "lain"
MATRA = ("jenis", "hasil", "pita", "jenis_kelamin", "status_orang", "kelompok")


@dataclass(frozen=True)
class Baris:
    """Grants that are alike in everything that is counted."""

    jenis: str
    hasil: str
    pita: int
    jenis_kelamin: str
    status_orang: str
    kelompok: str
    orang: int
    hari: int

    @property
    def pita_tampak(self) -> str:
        return str(self.pita) if self.pita in PITA else LAIN


@dataclass(frozen=True)
class Saring:
    """Which grants: empty means all. `pita` is days, or `lain`."""

    jenis: str = ""
    hasil: str = ""
    pita: str = ""
    jenis_kelamin: str = ""
    status_orang: str = ""
    kelompok: str = ""

    @property
    def isi(self) -> dict[str, str]:
        return {m: getattr(self, m) for m in MATRA if getattr(self, m)}

    def q(self) -> Q:
        """On the rollup, and on cases annotated with their band."""
        lain = {m: n for m, n in self.isi.items() if m != "pita"}
        if self.pita == LAIN:
            return Q(**lain) & ~Q(pita__in=PITA)
        return Q(**lain) & (Q(pita=int(self.pita)) if self.pita else Q())


@dataclass(frozen=True)
class Lingkup:
    """An occasion within somebody's scope, or within one region or unit of it."""

    cakupan: Cakupan
    kesempatan: Kesempatan
    kanwil: Kanwil | None = None
    upt: UPT | None = None
    saring: Saring = Saring()

    @property
    def nama(self) -> str:
        return self.upt.nama if self.upt else str(self.kanwil) if self.kanwil else "Nasional"

    def di(self, kueri: Any) -> Any:
        """Rows of the scope, region and unit; the door first."""
        kueri = kueri.dalam(self.cakupan)
        if self.upt is not None:
            return kueri.filter(upt=self.upt)
        return kueri.filter(kanwil=self.kanwil) if self.kanwil is not None else kueri

    def dengan(self, **ubah: str) -> Lingkup:
        return replace(self, saring=replace(self.saring, **ubah))


# ---------------------------------------------------------------- whose


def cakupan_usulan(oleh: Pengguna) -> Cakupan:
    """Where somebody may read totals. Raises Ditolak."""
    if not boleh(oleh, Izin.LIHAT_TOTAL):
        raise Ditolak("Peran Anda tidak membaca jumlah remisi.")
    return Cakupan.dari(oleh, Izin.LIHAT_TOTAL)


def dalam_rantai(oleh: Pengguna, cakupan: Cakupan) -> bool:
    """Whether small figures are theirs to read: of units and Kanwil of their own, and of the nation for those who read
    its cases; not for a leader who also serves in a unit."""
    return not cakupan.nasional or Cakupan.dari(oleh, Izin.LIHAT_USULAN).nasional


def upt_sendiri(cakupan: Cakupan) -> UPT:
    satu = UPT.objects.dalam(cakupan).select_related("kanwil").order_by("nama").first()
    if satu is None:
        raise TidakDitemukan("Anda belum bertugas di unit mana pun.")
    return satu


# ---------------------------------------------------------------- occasions


def daftar_kesempatan() -> list[Kesempatan]:
    return list(Kesempatan.objects.order_by("-tanggal", "slug"))


def kesempatan_dari(semua: Sequence[Kesempatan], slug: str) -> Kesempatan | None:
    """The one asked for; else the latest that has come, else the next one."""
    if slug:
        satu = next((k for k in semua if k.slug == slug), None)
        if satu is None:
            raise TidakDitemukan("Kesempatan ini tidak ada. Pilih dari daftar.")
        return satu
    lewat = [k for k in semua if k.tanggal <= hari_ini()]
    return lewat[0] if lewat else semua[-1] if semua else None


# ---------------------------------------------------------------- figures


def _ringkas(lingkup: Lingkup) -> Any:
    semua = lingkup.di(RingkasRemisi.objects.filter(kesempatan=lingkup.kesempatan))
    return semua.filter(lingkup.saring.q()).order_by()


def ringkas(lingkup: Lingkup) -> list[Baris]:
    """The grants of the scope, added up over its units."""
    semua = _ringkas(lingkup).values_list(*MATRA).annotate(o=Sum("orang"), h=Sum("hari"))
    return [Baris(*satu) for satu in semua]


@dataclass(frozen=True)
class Tempat:
    """Grants of one Kanwil or unit."""

    tempat: Any
    unit: int
    i: int
    ii: int
    hari: int

    @property
    def orang(self) -> int:
        return self.i + self.ii


_JUMLAH = {
    "i": Sum("orang", filter=~Q(hasil="II"), default=0),
    "ii": Sum("orang", filter=Q(hasil="II"), default=0),
    "h": Sum("hari"),
    "u": Count("upt_id", distinct=True),
}


def per_kanwil(lingkup: Lingkup) -> list[Tempat]:
    ada = {b["kanwil_id"]: b for b in _ringkas(lingkup).values("kanwil_id").annotate(**_JUMLAH)}
    semua = Kanwil.objects.filter(pk__in=ada).order_by("nama_pendek")
    return [_tempat(k, ada[k.pk]) for k in semua]


def per_upt(lingkup: Lingkup) -> list[Tempat]:
    ada = {b["upt_id"]: b for b in _ringkas(lingkup).values("upt_id").annotate(**_JUMLAH)}
    semua = UPT.objects.filter(pk__in=ada).select_related("kanwil").order_by("nama")
    return [_tempat(u, ada[u.pk]) for u in semua]


def _tempat(tempat: Any, b: dict[str, Any]) -> Tempat:
    return Tempat(tempat, b["u"], b["i"], b["ii"], b["h"])


def orang_sekali(lingkup: Lingkup, baris: Iterable[Baris]) -> int:
    """Persons behind the grants: whoever received two kinds on the day counts once."""
    baris = list(baris)
    if len({b.jenis for b in baris}) < 2:
        return sum(b.orang for b in baris)
    semua = lingkup.di(Usulan.objects.filter(kesempatan=lingkup.kesempatan, status__in=DIBERIKAN))
    return int(semua.aggregate(n=Count("data_id", distinct=True))["n"])


@dataclass(frozen=True)
class Liputan:
    """Who keeps a register: units, and Kanwil with such a unit."""

    unit: int
    dari: int
    kanwil: int
    dari_kanwil: int


def liputan(lingkup: Lingkup) -> Liputan:
    """Units in force on the day of the occasion, and those of them with an inmate in their register."""
    semua = UPT.objects.dalam(lingkup.cakupan).berlaku_pada(min(lingkup.kesempatan.tanggal, hari_ini()))
    semua = semua.filter(jenis__in=DAPAT)
    if lingkup.kanwil is not None:
        semua = semua.filter(kanwil=lingkup.kanwil)
    pakai = Exists(DataWarga.objects.filter(upt=OuterRef("pk")))
    baris = list(semua.order_by().values_list("kanwil_id").annotate(ada=pakai))
    ada = [k for k, punya in baris if punya]
    return Liputan(len(ada), len(baris), len(set(ada)), len({k for k, _ in baris}))


def proses(lingkup: Lingkup) -> dict[str, int]:
    """Cases of the occasion by status."""
    semua = lingkup.di(Usulan.objects.filter(kesempatan=lingkup.kesempatan)).order_by()
    return dict(semua.values_list("status").annotate(n=Count("pk")))


def kasus(lingkup: Lingkup) -> QuerySet[Usulan]:
    """The cases behind a figure, of one unit; masked."""
    semua = lingkup.di(Usulan.objects.filter(kesempatan=lingkup.kesempatan, status__in=DIBERIKAN))
    hasil: QuerySet[Usulan] = semua.annotate(pita=30 * F("bulan") + F("hari")).filter(lingkup.saring.q())
    return hasil.select_related("keputusan").defer("dasar").order_by("jenis", "hasil", "pk")


def dengan_orang(lingkup: Lingkup, semua: Iterable[Usulan]) -> list[tuple[Usulan, Samar]]:
    """Each with its person, masked; who moved to another unit since is counted here and not seen."""
    daftar = list(semua)
    orang = samaran(lingkup.cakupan, (u.data_id for u in daftar))
    return [(u, orang.get(u.data_id, Samar())) for u in daftar]
