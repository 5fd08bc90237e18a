"""Reading the register of inmates: masked, scope first. Names and numbers come from `wbp.buka` alone."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan, zona_dari
from upt.cakupan import Cakupan
from upt.models import UPT
from upt.selectors import satu_upt
from wbp.dasar import ASING
from wbp.indeks import GalatNomor, indeks_cari, indeks_nomor_semua
from wbp.models import AksesWarga, CatatanPerilaku, DataWarga, KueriData, Pemberian, RiwayatData, SerahTerima

TANPA_HAK = "Register warga binaan dibaca petugas UPT-nya dan auditor. Usulannya ada di menu Remisi."
TANPA_NAMA = "Peran Anda tidak membuka nama warga binaan."


@dataclass(frozen=True)
class Saringan:
    """What a list is narrowed to; empty means all. `keadaan`: "ada", "keluar" or "semua"."""

    keadaan: str = "ada"
    status: str = ""
    kelompok: str = ""
    agama: str = ""
    kurang: str = ""


def unit_warga(cakupan: Cakupan, oleh: Pengguna, kode: str, izin: Izin = Izin.LIHAT_WARGA) -> UPT:
    """A unit in whose register of inmates this person may do that. Raises TidakDitemukan, Ditolak."""
    upt = satu_upt(cakupan, kode)
    if not boleh(oleh, izin, upt):
        raise Ditolak(TANPA_NAMA if izin == Izin.BUKA_NAMA else TANPA_HAK)
    return upt


def satu_data(cakupan: Cakupan, upt: UPT, pk: int) -> DataWarga:
    """One person of the unit, also one who left or was erased. Raises TidakDitemukan."""
    semua = DataWarga.objects.dalam(cakupan).select_related("warga", "upt", "diubah_oleh").filter(upt=upt, pk=pk)
    satu = dengan_kurang(semua).first() if pk < 2**63 else None
    if satu is None:
        raise TidakDitemukan(ASING)
    return satu


def daftar_warga(cakupan: Cakupan, upt: UPT, saringan: Saringan | None = None) -> KueriData:
    """Persons of the unit in a stable order that tells nothing."""
    s = saringan or Saringan()
    semua: Any = DataWarga.objects.dalam(cakupan).filter(upt=upt).select_related("warga")
    if s.keadaan == "ada":
        semua = semua.ada()
    elif s.keadaan == "keluar":
        semua = semua.exclude(keluar_pada=None)
    for nama in ("status", "kelompok", "agama"):
        if isi := getattr(s, nama):
            semua = semua.filter(**{nama: isi})
    if s.kurang in KURANG:
        semua = semua.filter(KURANG[s.kurang][1])
    terurut: KueriData = semua.order_by("inisial", "warga__ujung", "pk")
    return terurut


def unit_berisi(cakupan: Cakupan) -> QuerySet[UPT]:
    """Units in the scope that have anybody in their register."""
    ada = DataWarga.objects.dalam(cakupan).order_by().values("upt").distinct()
    return UPT.objects.dalam(cakupan).filter(pk__in=ada).order_by("nama")


def register_berisi(cakupan: Cakupan, upt: UPT) -> bool:
    """Whether anybody was ever noted in this unit's register."""
    return DataWarga.objects.dalam(cakupan).filter(upt=upt).exists()


_BERPIDANA = Q(status__in=("NARAPIDANA", "ANAK_BINAAN"))
KURANG: dict[str, tuple[str, Q]] = {
    "tanggal_tahan": ("Tanggal ditahan", Q(tanggal_tahan=None)),
    "tahun_lahir": ("Tahun lahir", Q(tahun_lahir=None)),
    "jenis_kelamin": ("Jenis kelamin", Q(jenis_kelamin="")),
    "agama": ("Agama", Q(agama="")),
    "kelompok": ("Tindak pidana", Q(kelompok="")),
    "tanggal_putusan": ("Tanggal putusan", _BERPIDANA & Q(tanggal_putusan=None)),
    "pidana": (
        "Lama pidana",
        _BERPIDANA & Q(jenis_pidana="SEMENTARA", pidana_tahun=None, pidana_bulan=None, pidana_hari=None),
    ),
    "salinan_putusan": ("Salinan putusan", _BERPIDANA & ~Q(salinan_putusan=True)),
    "sppn": ("Hasil SPPN", _BERPIDANA & Q(sppn_tanggal=None)),
    "register_f": ("Register F diperiksa", _BERPIDANA & Q(register_f_diperiksa=None)),
}
"""What rights are computed from and often misses: code → label, who lacks it."""


def kekurangan(cakupan: Cakupan, upt: UPT) -> list[tuple[str, str, int]]:
    """(code, label, persons) of what is missing in the unit, most first; nothing that is complete."""
    hitung = {kode: Count("pk", filter=q) for kode, (_, q) in KURANG.items()}
    jumlah = DataWarga.objects.dalam(cakupan).filter(upt=upt).ada().aggregate(**hitung)
    semua = [(kode, label, jumlah[kode]) for kode, (label, _) in KURANG.items() if jumlah[kode]]
    return sorted(semua, key=lambda satu: -satu[2])


def dengan_kurang(semua: KueriData) -> KueriData:
    """The same persons, each knowing what is missing (`kurang_dari`)."""
    return semua.annotate(**{f"kurang_{k}": Case(When(q, then=True), default=False) for k, (_, q) in KURANG.items()})


def kurang_dari(data: DataWarga) -> list[str]:
    """Labels of what is missing of one person of `dengan_kurang`."""
    return [label for kode, (label, _) in KURANG.items() if getattr(data, f"kurang_{kode}")]


def untuk_sppn(cakupan: Cakupan, upt: UPT, bulan: Bulan) -> KueriData:
    """Sentenced persons of the unit with their result of a month (`hasil_bulan`), those without one first."""
    hasil = CatatanPerilaku.objects.filter(
        data=OuterRef("pk"), jenis=CatatanPerilaku.Jenis.SPPN, ditarik_pada=None,
        tanggal__gte=bulan.awal, tanggal__lte=bulan.akhir,
    ).order_by("-tanggal")  # fmt: skip
    semua = daftar_warga(cakupan, upt).filter(_BERPIDANA)
    semua = semua.annotate(hasil_bulan=Coalesce(Subquery(hasil.values("predikat")[:1]), Value("")))
    return semua.order_by(Case(When(hasil_bulan="", then=0), default=1), "inisial", "warga__ujung", "pk")


# ---------------------------------------------------------------- searching


def cari(cakupan: Cakupan, upt: UPT, teks: str) -> KueriData:
    """Persons of the unit by full register number or by words of the name, also those who left. People search by
    `wbp.pencarian`, which writes down what the answer tells. Raises TidakSah when there is nothing to search for."""
    semua: Any = DataWarga.objects.dalam(cakupan).filter(upt=upt, dimusnahkan_pada=None).select_related("warga")
    menurut_nama = indeks_cari(teks, upt.pk)
    if not menurut_nama:
        raise TidakSah("Tulis nomor register lengkap, atau satu kata atau lebih dari namanya.")
    q = Q()
    for kata in menurut_nama:
        q &= Q(indeks_nama__overlap=kata)
    with suppress(GalatNomor):
        q |= Q(warga__indeks__in=indeks_nomor_semua(teks, upt.pk))
    ketemu: KueriData = semua.filter(q).order_by("inisial", "warga__ujung", "pk")
    return ketemu


# ---------------------------------------------------------------- what hangs on a person


def pemberian_warga(data: DataWarga) -> QuerySet[Pemberian]:
    return Pemberian.objects.filter(data=data).select_related("dibuat_oleh").order_by("-tanggal", "-pk")


def perilaku_warga(data: DataWarga) -> QuerySet[CatatanPerilaku]:
    return CatatanPerilaku.objects.filter(data=data).select_related("dibuat_oleh").order_by("-tanggal", "-pk")


def riwayat_warga(data: DataWarga) -> QuerySet[RiwayatData]:
    return RiwayatData.objects.filter(data=data).select_related("oleh").order_by("-revisi")


def akses_warga(data: DataWarga, oleh: Pengguna) -> QuerySet[AksesWarga]:
    """Who read this person's name or number. Raises Ditolak."""
    if not boleh(oleh, Izin.LIHAT_AKSES, data):
        raise Ditolak("Catatan akses dibaca kepala UPT dan auditor.")
    return AksesWarga.objects.filter(data=data).select_related("oleh").order_by("-pada", "-pk")


def menunggu_diterima(cakupan: Cakupan, upt: UPT) -> int:
    """Persons on their way to this unit who were not received yet."""
    return SerahTerima.objects.dalam(cakupan).filter(ke_upt=upt, status=SerahTerima.Status.MENUNGGU).count()


def asal_pindah(data: DataWarga) -> list[str]:
    """Names of the units that handed this person over, the last one first: the history went along."""
    pindah = RiwayatData.objects.filter(data=data, ubahan__has_any_keys=["unit", "gabung"]).order_by("-revisi")
    asal = [isi["unit"][0] if "unit" in isi else isi["gabung"][1] for isi in pindah.values_list("ubahan", flat=True)]
    return [nama for nama in dict.fromkeys(asal) if nama != data.upt.nama]


def mulai_register(upt: UPT) -> date | None:
    """The first day from which this unit's register speaks: nobody was in it before. None when it is empty.

    Who moved on took their history along; that they were handed over tells of the day on which it was announced."""
    serah = SerahTerima.objects.filter(status=SerahTerima.Status.DITERIMA)
    pindahan = serah.filter(ke_upt=upt).values("data")
    pertama = RiwayatData.objects.filter(data=OuterRef("pk"), revisi=1).values("pada")[:1]
    sendiri = DataWarga.objects.filter(upt=upt).exclude(pk__in=pindahan).annotate(pada=Subquery(pertama))
    pergi = serah.filter(upt=upt).exclude(data__in=pindahan)
    awal = [sendiri.aggregate(awal=Min("pada"))["awal"], pergi.aggregate(awal=Min("dibuat_pada"))["awal"]]
    ada = [saat for saat in awal if saat is not None]
    return min(ada).astimezone(zona_dari(upt.zona)).date() if ada else None
