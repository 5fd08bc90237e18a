"""Reading candidates: counts, lists, work lists by what is missing, how fresh they are, one person's explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import hari_ini, sekarang
from remisi.calon.orang import baca_orang
from remisi.calon.susun import tanda_data
from remisi.calon.syarat import BUTIR, MENURUT_KODE, D, Hasil, T, semua
from remisi.models import Kandidat, Kesempatan, Perhitungan
from remisi.selectors_aturan import patokan_untuk
from upt.cakupan import Cakupan
from upt.models import UPT
from wbp.batas import TANPA_REMISI
from wbp.models import DataWarga, Pemberian

PER_HALAMAN = 50
BASI = timedelta(days=7)
"""A computation older than this looks at marks of conduct that have aged since."""
Keadaan = Kandidat.Keadaan
_URUT = {Keadaan.PERLU_DATA: 0, Keadaan.LAYAK: 1, Keadaan.TIDAK: 2}
_LABEL = dict(Keadaan.choices)
_TEMPAT = {b.kode: i for i, b in enumerate(BUTIR)}
ASING = "Orang ini tidak ada di register unit ini, atau bukan bagian dari tugas Anda."


@dataclass(frozen=True)
class Saring:
    """What a list is narrowed to; `alasan` is "CODE:D" or "CODE:T", `lalu` "belum"
    (`belum_tercatat`). Unknown values narrow to nothing special."""

    keadaan: str = ""
    alasan: str = ""
    jenis: str = ""
    hasil: str = ""
    lalu: str = ""

    @classmethod
    def dari(cls, kueri: Mapping[str, str]) -> Saring:
        """From the query of an address; what is not a choice is left out."""
        kode, _, keadaan = kueri.get("alasan", "").partition(":")
        return cls(
            keadaan=nilai if (nilai := kueri.get("keadaan", "")) in Keadaan.values else "",
            alasan=f"{kode}:{keadaan}" if kode in MENURUT_KODE and keadaan in (T, D) else "",
            jenis=nilai if (nilai := kueri.get("jenis", ""))[:12].replace("_", "").isalnum() else "",
            hasil=nilai if (nilai := kueri.get("hasil", "")) in ("I", "II") else "",
            lalu="belum" if kueri.get("lalu") == "belum" else "",
        )

    @property
    def kueri(self) -> dict[str, str]:
        """For a link: only what narrows."""
        return {k: v for k, v in vars(self).items() if v}

    def pakai(self, calon: QuerySet[Kandidat]) -> QuerySet[Kandidat]:
        tetap = {k: v for k, v in self.kueri.items() if k not in ("alasan", "lalu")}
        calon = calon.filter(**tetap)
        calon = calon.filter(belum_tercatat()) if self.lalu else calon
        return calon.filter(syarat__contains=[self.alasan]) if self.alasan else calon


def belum_tercatat() -> Q:
    """Whose candidates carry the note `syarat.BELUM_TERCATAT`: served long, and no grant in the register yet. Asked of
    the register as it is, so that who was mended is gone at once."""
    lalu = Pemberian.objects.filter(
        data=OuterRef("data"), dicabut_pada=None, tanggal__lt=OuterRef("kesempatan__tanggal")
    )
    return (Q(bulan__gt=0) | Q(hari__gt=0)) & Q(hari_jalani__gt=TANPA_REMISI) & Q(~Exists(lalu))


def calon(cakupan: Cakupan, kesempatan: Kesempatan, upt: UPT) -> QuerySet[Kandidat]:
    """Candidates of a unit: as computed last, without those who left or moved since."""
    semua_baris = Kandidat.objects.dalam(cakupan).filter(kesempatan=kesempatan, upt=upt)
    return semua_baris.filter(data__upt=F("upt"), data__keluar_pada=None, data__dimusnahkan_pada=None)


def daftar(cakupan: Cakupan, kesempatan: Kesempatan, upt: UPT, saring: Saring = Saring()) -> QuerySet[Kandidat]:
    """In the order of work: what lacks data first, then who is eligible, then who is not."""
    urut = Case(*(When(keadaan=k, then=Value(n)) for k, n in _URUT.items()), output_field=IntegerField())
    pilih = saring.pakai(calon(cakupan, kesempatan, upt)).select_related("data__warga")
    return pilih.order_by(urut, "data__inisial", "data_id", "jenis")


@dataclass(frozen=True)
class Jumlah:
    """How many grants are in each state, and persons behind them: one person may be a candidate of two kinds."""

    layak: int = 0
    perlu_data: int = 0
    tidak: int = 0
    orang: int = 0

    @property
    def semua(self) -> int:
        return self.layak + self.perlu_data + self.tidak


def jumlah(cakupan: Cakupan, kesempatan: Kesempatan, upt: UPT, saring: Saring = Saring()) -> Jumlah:
    dasar = saring.pakai(calon(cakupan, kesempatan, upt))
    banyak = dict(dasar.order_by().values_list("keadaan").annotate(n=Count("pk")))
    orang = dasar.order_by().aggregate(n=Count("data_id", distinct=True))["n"]
    return Jumlah(banyak.get(Keadaan.LAYAK, 0), banyak.get(Keadaan.PERLU_DATA, 0), banyak.get(Keadaan.TIDAK, 0), orang)


def pilihan(cakupan: Cakupan, kesempatan: Kesempatan, upt: UPT) -> dict[str, list[str]]:
    """What the filter offers: kinds and results that occur."""
    dasar = calon(cakupan, kesempatan, upt).order_by()
    jenis = sorted(dasar.values_list("jenis", flat=True).distinct())
    return {"jenis": jenis, "hasil": sorted(h for h in dasar.values_list("hasil", flat=True).distinct() if h)}


# Work lists ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kelompok:
    """Persons whom the same thing keeps back: "Kurang salinan putusan (12)". `saring` leads to exactly these."""

    alasan: str
    judul: str
    orang: int
    pembenah: str
    saring: Saring

    @property
    def perlu_data(self) -> bool:
        return self.alasan.endswith(D)

    @property
    def terbenahi(self) -> bool:
        """Whether somebody can do something about it; what is simply not met yet cannot be mended."""
        return self.perlu_data or bool(self.pembenah)


_KELOMPOK = (
    "SELECT s, count(DISTINCT data_id) FROM ({calon}) k, unnest(k.syarat) s "
    "WHERE s LIKE CASE keadaan WHEN 'PERLU_DATA' THEN '%%:D' ELSE '%%:T' END GROUP BY s"
)


def kelompok_kerja(cakupan: Cakupan, kesempatan: Kesempatan, upt: UPT) -> list[Kelompok]:
    """What to mend, most people first: missing data of those whom only data keeps back, then what is not met."""
    dasar = calon(cakupan, kesempatan, upt).exclude(keadaan=Keadaan.LAYAK).order_by()
    try:
        perintah, nilai = dasar.values("data_id", "keadaan", "syarat").query.sql_with_params()
    except EmptyResultSet:  # nobody within this scope
        return []
    with connection.cursor() as kursor:
        kursor.execute(_KELOMPOK.format(calon=perintah), nilai)
        banyak = dict(kursor.fetchall())
    semua_kelompok = [k for alasan, orang in banyak.items() if (k := kelompok_dari(alasan, orang))]
    return sorted(semua_kelompok, key=lambda k: (not k.perlu_data, -k.orang, _TEMPAT[k.alasan.partition(":")[0]]))


def kelompok_dari(alasan: str, orang: int) -> Kelompok | None:
    """The list of one reason; None for what another list names already."""
    kode, _, keadaan = alasan.partition(":")
    butir = MENURUT_KODE[kode]
    judul = butir.kurang if keadaan == D else butir.tidak
    if not judul:
        return None
    pembenah = butir.pembenah if keadaan == D or butir.terbenahi else ""
    saring = Saring(keadaan=Keadaan.PERLU_DATA if keadaan == D else Keadaan.TIDAK, alasan=alasan)
    return Kelompok(alasan, judul, orang, pembenah, saring)


def bernama(kode: str) -> bool:
    """Whether a condition has a list of its own; without one, another condition's list names the same people."""
    butir = MENURUT_KODE.get(kode.partition(":")[0])
    return butir is None or bool(butir.kurang if kode.endswith(D) else butir.tidak)


def nama_alasan(kode: str) -> str:
    """ "SALINAN:D" in words, for a chip or a row."""
    butir = MENURUT_KODE.get(kode.partition(":")[0])
    if butir is None:
        return kode
    return (butir.kurang if kode.endswith(D) else butir.tidak) or butir.label


# Freshness ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kesegaran:
    """The last computation of a unit, and why it should be repeated ("" nothing)."""

    perhitungan: Perhitungan | None
    sebab: tuple[str, ...] = ()

    @property
    def lama(self) -> bool:
        return bool(self.sebab)


def kesegaran(cakupan: Cakupan, kesempatan: Kesempatan, upt: UPT) -> Kesegaran:
    ada = Perhitungan.objects.dalam(cakupan).filter(kesempatan=kesempatan, upt=upt).select_related("oleh").first()
    if ada is None:
        return Kesegaran(None, ("Calon belum dihitung.",))
    return Kesegaran(ada, tuple(_sebab_lama(ada, kesempatan, upt)))


def _sebab_lama(ada: Perhitungan, kesempatan: Kesempatan, upt: UPT) -> list[str]:
    sebab = []
    if not patokan_untuk(kesempatan).sama(ada.sidik_aturan):
        sebab.append("Aturan berubah sesudah perhitungan.")
    if ada.jumlah.get("tanda") != tanda_data(upt.pk):
        sebab.append("Register berubah sesudah perhitungan.")
    if ada.jumlah.get("tanggal") != kesempatan.tanggal.isoformat():
        sebab.append("Tanggal kesempatan ini berubah sesudah perhitungan.")
    if sekarang() - ada.dihitung_pada > BASI and hari_ini() <= kesempatan.tanggal:
        sebab.append("Perhitungan sudah lebih dari tujuh hari; catatan SPPN dan Register F dapat sudah lewat masanya.")
    return sebab


# One person ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Penjelasan:
    """What the rules say of one person today, and in which kinds that differs from what was computed last."""

    data: DataWarga
    hasil: list[Hasil]
    beda: list[str] = field(default_factory=list)


def jelaskan(cakupan: Cakupan, kesempatan: Kesempatan, upt: UPT, data_id: int) -> Penjelasan:
    """Recomputed from today's register and rules. Raises TidakDitemukan."""
    dalam = DataWarga.objects.dalam(cakupan).ada().filter(upt=upt).select_related("warga", "upt")
    data = dalam.filter(pk=data_id).first() if 0 < data_id < 2**63 else None
    if data is None:
        raise TidakDitemukan(ASING)
    orang = baca_orang([data.pk], kesempatan.tanggal)[data.pk]
    hasil = semua(orang, patokan_untuk(kesempatan)) if data.status in ("NARAPIDANA", "ANAK_BINAAN") else []
    tersimpan = {k.jenis: k for k in calon(cakupan, kesempatan, upt).filter(data=data)}
    return Penjelasan(data, hasil, _beda(hasil, tersimpan))


def _beda(hasil: Sequence[Hasil], tersimpan: Mapping[str, Kandidat]) -> list[str]:
    kini = {h.jenis: h for h in hasil}
    kalimat = [_satu_beda(h, tersimpan.get(h.jenis)) for h in hasil]
    kalimat += [f"{jenis}: tidak berlaku lagi bagi orang ini." for jenis in tersimpan if jenis not in kini]
    return [k for k in kalimat if k]


def _satu_beda(kini: Hasil, dulu: Kandidat | None) -> str:
    if dulu is None:
        return f"{kini.jenis}: belum ada dalam perhitungan terakhir."
    if kini.keadaan != dulu.keadaan:
        return f"{kini.jenis}: dulu “{_LABEL[dulu.keadaan]}”, kini “{_LABEL[kini.keadaan]}”."
    lama, baru = (dulu.bulan, dulu.hari, dulu.hasil), (kini.bulan, kini.hari, kini.hasil)
    if lama != baru:
        return f"{kini.jenis}: dulu {tulis_besar(*lama)}, kini {tulis_besar(*baru)}."
    return f"{kini.jenis}: alasannya berubah." if set(kini.kode) != set(dulu.syarat) else ""


def tulis_besar(bulan: int, hari: int, hasil: str = "") -> str:
    """ "1 bulan 15 hari (II)"; – while there is none."""
    bagian = [f"{tulis_angka(n)} {satuan}" for n, satuan in ((bulan, "bulan"), (hari, "hari")) if n]
    return (" ".join(bagian) + (f" ({hasil})" if hasil else "")) if bagian else "–"
