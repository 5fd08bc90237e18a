"""Reading cases: the queue of Kanwil and Ditjenpas, a unit's work, one case with all its steps. Scope first.

Persons come as initials and the last letters of their number, and from a query of their own: a decided case stays with
its unit when the person moves on, and is then shown without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, When

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from remisi.calon.selectors import Saring, belum_tercatat, calon, tulis_besar
from remisi.calon.susun import tanda_data
from remisi.models import DokumenUsulan, Kandidat, Keputusan, Kesempatan, LangkahUsulan, Perhitungan, Usulan
from remisi.selectors_aturan import himpunan, patokan_untuk
from remisi.usulan import alur
from remisi.usulan.batas import hari_pemegang
from upt.cakupan import Cakupan
from upt.models import UPT
from wbp.models import DataWarga, ImporSDP

LAMA_LALU = timedelta(days=45)
"""How long an occasion stays on the unit's page after its day."""
LABEL = dict(Usulan.Status.choices)
LANGKAH: dict[str, str] = {
    alur.Status.DRAF: "Disusun",
    alur.Status.SIDANG: "Disidangkan",
    alur.Status.DIAJUKAN: "Diajukan ke Kanwil",
    alur.Status.VERIF_KANWIL: "Diverifikasi Kanwil",
    alur.Status.VERIF_PUSAT: "Diverifikasi Ditjenpas",
    alur.Status.DIKEMBALIKAN: "Dikembalikan",
    alur.Status.SK_TERBIT: "Keputusan terbit",
    alur.Status.DILAKSANAKAN: "Dilaksanakan",
    alur.Status.DITOLAK: "Ditolak",
    alur.Status.DICABUT: "Dicabut",
    alur.Status.BATAL: "Ditarik",
}
"""What the step into a state is called."""
BENTUK: dict[str, str] = {
    alur.Status.DRAF: "draf",
    alur.Status.SIDANG: "siap",
    alur.Status.DIAJUKAN: "dikirim",
    alur.Status.VERIF_KANWIL: "dikirim",
    alur.Status.VERIF_PUSAT: "dikirim",
    alur.Status.DIKEMBALIKAN: "dikembalikan",
    alur.Status.SK_TERBIT: "terverifikasi",
    alur.Status.DILAKSANAKAN: "terkunci",
    alur.Status.DITOLAK: "belum",
    alur.Status.DICABUT: "belum",
    alur.Status.BATAL: "belum",
}
"""The shape of a state's tag; its word stands beside it."""
BELUM_DIAJUKAN = (alur.Status.DRAF, alur.Status.SIDANG)
"""The limit of these is the occasion's own."""
RINCI = ("upt", "kanwil", "kesempatan")


def cakupan_kasus(oleh: Pengguna) -> Cakupan:
    """Where somebody reads cases: another assignment of theirs may reach further. Raises Ditolak."""
    if not boleh(oleh, Izin.LIHAT_USULAN):
        raise Ditolak("Peran Anda membaca jumlah remisi dan integrasi, bukan usulannya satu per satu.")
    return Cakupan.dari(oleh, Izin.LIHAT_USULAN)


def unit_usulan(cakupan: Cakupan, oleh: Pengguna, kode: str) -> UPT:
    """The unit, for somebody who reads its cases. Raises TidakDitemukan, Ditolak."""
    upt = UPT.objects.dalam(cakupan).select_related("kanwil").filter(kode=kode).first()
    if upt is None:
        raise TidakDitemukan("UPT ini tidak ada, atau bukan dalam cakupan Anda.")
    if not boleh(oleh, Izin.LIHAT_USULAN, upt):
        raise Ditolak("Peran Anda tidak membaca usulan remisi dan integrasi.")
    return upt


# Persons, masked --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Samar:
    """All that is shown of a person here; `ada` is False when the person is no longer in sight of the reader."""

    inisial: str = ""
    ujung: str = ""
    ada: bool = False

    def __str__(self) -> str:
        return f"{self.inisial or '–'} •••{self.ujung}" if self.ada else "sudah pindah unit"


def samaran(cakupan: Cakupan, data: Iterable[int]) -> dict[int, Samar]:
    """Initials and last letters by id; who is out of scope is not in it."""
    semua = DataWarga.objects.dalam(cakupan).filter(pk__in=set(data))
    return {pk: Samar(i, u, True) for pk, i, u in semua.values_list("pk", "inisial", "warga__ujung")}


@dataclass(frozen=True)
class Baris:
    """A case in a list."""

    usulan: Usulan
    orang: Samar
    lewat: int

    @property
    def pilihan(self) -> str:
        return f"{self.usulan.pk}:{self.usulan.revisi}"

    @property
    def giliran(self) -> str:
        return giliran(self.usulan)

    @property
    def mulai(self) -> date | None:
        return hari_laksana(self.usulan)

    @property
    def batas_usul(self) -> date | None:
        """Until when the unit still proposes, of a case that it has not sent."""
        k = self.usulan.kesempatan
        return k.batas_usul if k is not None and self.usulan.status in BELUM_DIAJUKAN else None

    @property
    def bentuk(self) -> str:
        return BENTUK[self.usulan.status]

    @property
    def besaran(self) -> str:
        return tulis_besar(self.usulan.bulan, self.usulan.hari)


def hari_laksana(u: Usulan) -> date | None:
    """The day from which a decree may be carried out, while that day is ahead; of a remission the day of the grant."""
    menunggu = u.status == alur.Status.SK_TERBIT and u.rumpun == Usulan.Rumpun.REMISI
    return u.tanggal if menunggu and u.tanggal > hari_ini(u.upt.zona) else None


def giliran(u: Usulan) -> str:
    """Whose turn it is, in words; of a decree whose day is ahead, when it will be."""
    mulai = hari_laksana(u)
    return f"dilaksanakan UPT mulai {tulis_tanggal(mulai)}" if mulai else alur.GILIRAN[alur.Status(u.status)]


def baris(cakupan: Cakupan, kasus: Sequence[Usulan]) -> list[Baris]:
    orang = samaran(cakupan, (u.data_id for u in kasus))
    return [Baris(u, orang.get(u.data_id, Samar()), lewat_hari(u)) for u in kasus]


def lewat_hari(u: Usulan) -> int:
    """Days past the limit that runs, on the calendar of whoever holds the case."""
    pemegang = alur.PEMEGANG.get(alur.Status(u.status))
    return alur.lewat(u.tenggat, hari_pemegang(pemegang, u)) if pemegang and u.tenggat else 0


# Lists ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Saringan:
    """What a list is narrowed to; empty means everything."""

    status: tuple[str, ...] = ()
    kesempatan: str = ""
    upt: str = ""
    kanwil: str = ""
    rumpun: str = ""
    hasil: str = ""
    lewat: bool = False
    tiba: bool = False
    """Without decrees whose day is still ahead: nobody can do anything about them yet."""


def usulan(cakupan: Cakupan, saring: Saringan) -> QuerySet[Usulan]:
    """Cases of the scope, those with the nearest limit first."""
    semua = Usulan.objects.dalam(cakupan)
    cocok = {
        "status__in": saring.status,
        "kesempatan__slug": saring.kesempatan,
        "upt__kode": saring.upt,
        "kanwil__slug": saring.kanwil,
        "rumpun": saring.rumpun,
        "hasil": saring.hasil,
    }
    semua = semua.filter(**{k: n for k, n in cocok.items() if n})
    if saring.lewat:
        semua = semua.filter(tenggat__lt=hari_ini(), status__in=alur.PEMEGANG)
    if saring.tiba:
        semua = semua.exclude(belum_tiba())
    return semua.order_by(F("tenggat").asc(nulls_last=True), "upt__nama", "pk")


def belum_tiba() -> Q:
    """Decrees over remission whose day is ahead, in every zone."""
    belum = Q(status=alur.Status.SK_TERBIT, rumpun=Usulan.Rumpun.REMISI)
    return belum & Q(tanggal__gt=hari_ini("WIT"))


def berurut(semua: QuerySet[Usulan]) -> QuerySet[Usulan]:
    """Cases of a list: the nearest limit first, then families and kinds together, persons as they are shown. A person
    out of scope keeps the case in the list."""
    orang = DataWarga.objects.filter(pk=OuterRef("data_id"))
    batas = Case(When(status__in=BELUM_DIAJUKAN, then=F("kesempatan__batas_usul")), default=F("tenggat"))
    return semua.order_by(
        batas.asc(nulls_last=True),
        "-rumpun",
        F("kesempatan__tanggal").asc(nulls_last=True),
        "jenis",
        Subquery(orang.values("inisial")[:1]).asc(nulls_last=True),
        Subquery(orang.values("warga__ujung")[:1]).asc(nulls_last=True),
        "pk",
    )


def hitung_rumpun(semua: QuerySet[Usulan]) -> dict[str, int]:
    return dict(semua.order_by().values_list("rumpun").annotate(Count("pk")))


def rinci(semua: QuerySet[Usulan]) -> QuerySet[Usulan]:
    """With what a row of a list shows, without what it froze."""
    return semua.select_related(*RINCI).defer("dasar")


@dataclass(frozen=True)
class Kelompok:
    """Cases of one unit, one occasion (or integration) and one state: a row of the queue."""

    upt_kode: str
    upt_nama: str
    kanwil_slug: str
    kanwil_nama: str
    slug: str
    nama: str
    status: str
    jumlah: int
    dua: int
    susulan: int
    tenggat: date | None
    lewat: int
    batas: date | None = None
    tanggal: date | None = None
    saring: Saringan = Saringan()

    @property
    def batas_usul(self) -> date | None:
        """Until when the unit still proposes, of cases that it has not sent."""
        return self.batas if self.status in BELUM_DIAJUKAN else None

    @property
    def hari_laksana(self) -> date | None:
        """The day of the grant while it is ahead of a decree."""
        nanti = self.status == alur.Status.SK_TERBIT and self.tanggal is not None and self.tanggal > hari_ini("WIT")
        return self.tanggal if nanti else None

    @property
    def kunci(self) -> str:
        """What `menurut_kelompok` reads: exactly the cases that the row counts."""
        return kunci_kelompok(self.status, self.slug, self.upt_kode, self.saring)

    @property
    def label(self) -> str:
        return LABEL[self.status]


_KELOMPOK = (
    "upt__kode", "upt__nama", "kanwil__slug", "kanwil__nama_pendek", "kesempatan__slug", "kesempatan__nama", "status",
    "kesempatan__batas_usul", "kesempatan__tanggal",
)  # fmt: skip


def kunci_kelompok(status: str, slug: str, upt: str, saring: Saringan) -> str:
    return "|".join((status, slug, upt, saring.hasil, "lewat" if saring.lewat else "")).rstrip("|")


def kelompok(cakupan: Cakupan, saring: Saringan) -> list[Kelompok]:
    """The queue by unit, occasion and state: the nearest limit first."""
    kini, semua = hari_ini(), usulan(cakupan, saring)
    hitung: Any = semua.order_by().values_list(*_KELOMPOK)
    hitung = hitung.annotate(
        n=Count("pk"),
        n_dua=Count("pk", filter=Q(hasil="II")),
        n_susulan=Count("pk", filter=Q(susulan=True)),
        dekat=Min("tenggat"),
        n_lewat=Count("pk", filter=Q(tenggat__lt=kini)),
    )
    hasil = []
    for upt_kode, upt_nama, kanwil_slug, kanwil_nama, slug, nama, status, batas, tanggal, *isi in hitung:
        pangkal = (upt_kode, upt_nama, kanwil_slug, kanwil_nama, slug or "integrasi", nama or "Integrasi", status)
        hasil.append(replace(Kelompok(*pangkal, *isi), batas=batas, tanggal=tanggal, saring=saring))
    return sorted(hasil, key=lambda g: (g.tenggat or g.batas_usul or date.max, g.nama, g.upt_nama, g.status))


def hitung_status(semua: QuerySet[Usulan]) -> dict[str, int]:
    return dict(semua.order_by().values_list("status").annotate(Count("pk")))


def menurut_kelompok(cakupan: Cakupan, kunci: Sequence[str]) -> list[tuple[UUID, int]]:
    """(id, revision) of all cases behind rows of the queue (`kunci_kelompok`), as they are now."""
    cocok = Q(pk__in=[])
    for satu in kunci:
        status, slug, kode, hasil, lewat = (*satu.split("|"), "", "", "", "")[:5]
        mana = Q(kesempatan=None) if slug == "integrasi" else Q(kesempatan__slug=slug)
        mana &= Q(hasil=hasil) if hasil else Q()
        mana &= Q(tenggat__lt=hari_ini()) if lewat else Q()
        cocok |= mana & Q(status=status, upt__kode=kode)
    return list(Usulan.objects.dalam(cakupan).filter(cocok).values_list("pk", "revisi"))


def terpilih(cakupan: Cakupan, kunci: Iterable[UUID]) -> QuerySet[Usulan]:
    return rinci(Usulan.objects.dalam(cakupan).filter(pk__in=set(kunci))).order_by("upt__nama", "pk")


# The unit's page --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class KesempatanUnit:
    """An occasion on the unit's page: what was computed, and where its cases are."""

    kesempatan: Kesempatan
    perhitungan: Perhitungan | None
    status: Mapping[str, int]
    hari: int
    lama: bool

    @property
    def jumlah(self) -> Mapping[str, Any]:
        return self.perhitungan.jumlah if self.perhitungan else {}

    @property
    def proses(self) -> int:
        return sum(n for k, n in self.status.items() if k in alur.TERBUKA)

    @property
    def diberikan(self) -> int:
        return sum(n for k, n in self.status.items() if k in alur.DIBERIKAN)

    @property
    def sisa_usul(self) -> int:
        """Days until the last day of proposing; negative when it has passed."""
        return self.hari - (self.kesempatan.tanggal - self.kesempatan.batas_usul).days


def kesempatan_unit(cakupan: Cakupan, upt: UPT) -> list[KesempatanUnit]:
    """Occasions ahead (the next first), and past ones that still have work or are recent."""
    kini = hari_ini(upt.zona)
    status: dict[int, dict[str, int]] = {}
    milik = Usulan.objects.dalam(cakupan).filter(upt=upt).exclude(kesempatan=None).order_by()
    for kid, kode, n in milik.values_list("kesempatan_id", "status").annotate(Count("pk")):
        status.setdefault(kid, {})[kode] = n
    kerja = [kid for kid, s in status.items() if s.keys() & (alur.PEMEGANG.keys())]
    semua = Kesempatan.objects.filter(Q(tanggal__gte=kini - LAMA_LALU) | Q(pk__in=kerja)).order_by("tanggal", "slug")
    hitungan = {p.kesempatan_id: p for p in Perhitungan.objects.dalam(cakupan).filter(upt=upt, kesempatan__in=semua)}
    tanda, aturan = tanda_data(upt.pk), himpunan()
    hasil = []
    for k in semua:
        p = hitungan.get(k.pk)
        segar = p is None or (p.jumlah.get("tanda") == tanda and patokan_untuk(k, aturan).sama(p.sidik_aturan))
        hasil.append(KesempatanUnit(k, p, status.get(k.pk, {}), (k.tanggal - kini).days, not segar))
    return sorted(hasil, key=lambda k: (k.hari < 0, abs(k.hari)))


@dataclass(frozen=True)
class KesempatanWilayah:
    """An occasion as Kanwil and Ditjenpas see it: its cases by state, units that computed."""

    kesempatan: Kesempatan
    status: Mapping[str, int]
    unit_menghitung: int
    hari: int

    def banyak(self, status: Iterable[str]) -> int:
        return sum(self.status.get(s, 0) for s in status)

    @property
    def di_unit(self) -> int:
        return self.banyak((alur.Status.DRAF, alur.Status.SIDANG, alur.Status.DIKEMBALIKAN))

    @property
    def di_kanwil(self) -> int:
        return self.banyak((alur.Status.DIAJUKAN,))

    @property
    def di_pusat(self) -> int:
        return self.banyak((alur.Status.VERIF_KANWIL, alur.Status.VERIF_PUSAT))

    @property
    def diberikan(self) -> int:
        return self.banyak(alur.DIBERIKAN)


def kesempatan_wilayah(cakupan: Cakupan) -> list[KesempatanWilayah]:
    """Occasions ahead and those of this year with cases, the next first."""
    kini = hari_ini()
    status: dict[int, dict[str, int]] = {}
    milik = Usulan.objects.dalam(cakupan).exclude(kesempatan=None).order_by()
    for kid, kode, n in milik.values_list("kesempatan_id", "status").annotate(Count("pk")):
        status.setdefault(kid, {})[kode] = n
    hitungan = dict(
        Perhitungan.objects.dalam(cakupan).order_by().values_list("kesempatan_id").annotate(Count("upt", distinct=True))
    )
    dekat = Q(tanggal__gte=kini - LAMA_LALU) | Q(pk__in=status, tanggal__gte=kini - timedelta(days=400))
    semua = Kesempatan.objects.filter(dekat).order_by("tanggal", "slug")
    hasil = [KesempatanWilayah(k, status.get(k.pk, {}), hitungan.get(k.pk, 0), (k.tanggal - kini).days) for k in semua]
    return sorted(hasil, key=lambda k: (k.hari < 0, abs(k.hari)))


def mulai_dilaksanakan(cakupan: Cakupan, upt: UPT) -> dict[date, int]:
    """Decrees of a unit whose day is ahead, counted by that day."""
    milik = Usulan.objects.dalam(cakupan).filter(upt=upt, status=alur.Status.SK_TERBIT, rumpun=Usulan.Rumpun.REMISI)
    nanti = milik.filter(tanggal__gt=hari_ini(upt.zona)).order_by("tanggal")
    return dict(nanti.values_list("tanggal").annotate(Count("pk")))


def perhitungan(cakupan: Cakupan, upt: UPT, kesempatan: Kesempatan) -> Perhitungan | None:
    return Perhitungan.objects.dalam(cakupan).filter(upt=upt, kesempatan=kesempatan).select_related("oleh").first()


def usulan_kesempatan(cakupan: Cakupan, upt: UPT, kesempatan: Kesempatan) -> dict[tuple[int, str], Usulan]:
    """Living cases of a unit on an occasion, by person and kind."""
    semua = Usulan.objects.dalam(cakupan).filter(upt=upt, kesempatan=kesempatan).exclude(status__in=alur.GUGUR)
    return {(u.data_id, u.jenis): u for u in semua.defer("dasar")}


def layak_belum(cakupan: Cakupan, upt: UPT, kesempatan: Kesempatan, saring: Saring) -> list[tuple[int, str]]:
    """(person, kind) of eligible candidates within a filter who are not proposed yet."""
    layak = saring.pakai(calon(cakupan, kesempatan, upt)).filter(keadaan=Kandidat.Keadaan.LAYAK).order_by()
    hidup = Usulan.objects.filter(kesempatan=kesempatan, data=OuterRef("data"), jenis=OuterRef("jenis"))
    belum = layak.exclude(Exists(hidup.exclude(status__in=alur.GUGUR)))
    return list(belum.values_list("data_id", "jenis"))


def tanpa_remisi(cakupan: Cakupan, upt: UPT, kesempatan: Kesempatan, siap: Sequence[tuple[int, str]]) -> list[int]:
    """Of eligible people those who served long and have no remission in the register: their ordinal may be wrong."""
    semua = calon(cakupan, kesempatan, upt).filter(belum_tercatat(), data__in={data for data, _ in siap})
    semua = semua.order_by("data__inisial", "data__warga__ujung", "data")
    return list(dict.fromkeys(semua.values_list("data_id", flat=True)))


# One case ---------------------------------------------------------------------------------------------------


def satu_usulan(cakupan: Cakupan, kunci: UUID) -> Usulan:
    """A case with everything that its page shows. Raises TidakDitemukan."""
    semua = Usulan.objects.dalam(cakupan).select_related(*RINCI, "sidang", "keputusan", "dibuat_oleh")
    satu = semua.filter(pk=kunci).first()
    if satu is None:
        raise TidakDitemukan("Usulan ini tidak ada, atau bukan dalam cakupan Anda.")
    return satu


def langkah(cakupan: Cakupan, kasus: Usulan) -> list[LangkahUsulan]:
    """Steps that the reader may see, the newest first; those of another unit stay there. A move is one step, although
    both units keep it."""
    semua = LangkahUsulan.objects.dalam(cakupan).filter(usulan=kasus).select_related("oleh", "upt")
    per_revisi: dict[int, LangkahUsulan] = {}
    for satu in semua.order_by("-revisi", "pk"):
        per_revisi[satu.revisi] = satu  # of the two rows of a move the receiving unit's, written last
    return list(per_revisi.values())


def usulan_orang(cakupan: Cakupan, data_id: int, kesempatan: Kesempatan) -> QuerySet[Usulan]:
    """Cases of one person on one occasion, also those that came to nothing, the newest first."""
    semua = Usulan.objects.dalam(cakupan).filter(data=data_id, kesempatan=kesempatan)
    return rinci(semua).order_by("-dibuat_pada")


def kesempatan_berusulan(cakupan: Cakupan) -> list[Kesempatan]:
    """Occasions with cases in the scope, the newest first."""
    ada = Usulan.objects.dalam(cakupan).exclude(kesempatan=None).order_by().values("kesempatan_id").distinct()
    return list(Kesempatan.objects.filter(pk__in=ada))


def keputusan_kesempatan(cakupan: Cakupan, upt: UPT, kesempatan: Kesempatan) -> list[tuple[Keputusan, int]]:
    """Decrees over cases of a unit on an occasion, with how many."""
    milik = Usulan.objects.dalam(cakupan).filter(upt=upt, kesempatan=kesempatan, status__in=alur.DIBERIKAN)
    jumlah = dict(milik.order_by().values_list("keputusan").annotate(Count("pk")))
    return [(k, jumlah[k.pk]) for k in Keputusan.objects.filter(pk__in=jumlah)]


def impor_terakhir(cakupan: Cakupan, upt: UPT) -> ImporSDP | None:
    """The last export that entered the register of a unit."""
    semua = ImporSDP.objects.dalam(cakupan).filter(upt=upt, status=ImporSDP.Status.DISIMPAN)
    return semua.defer("rencana", "bungkus").order_by("-disimpan_pada").first()


def dokumen(cakupan: Cakupan, kasus: Usulan) -> list[tuple[Any, DokumenUsulan | None]]:
    """The checklist of a case by the rules of its day, and what of it is noted as there."""
    program = "REMISI" if kasus.rumpun == Usulan.Rumpun.REMISI else kasus.jenis
    ada = {d.kode: d for d in DokumenUsulan.objects.dalam(cakupan).filter(usulan=kasus)}
    return [(d, ada.get(d.kode)) for d in himpunan().dokumen(program, kasus.tanggal)]


def register_berisi(cakupan: Cakupan, upt: UPT) -> bool:
    return DataWarga.objects.dalam(cakupan).ada().filter(upt=upt).exists()
