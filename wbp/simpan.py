"""Keeping no longer than the rule says: years after leaving, name and number are destroyed with their key.

What remains is a tombstone that describes nobody in particular: totals made of it stay as they were. A hold (an
investigation, a lawsuit) keeps a person's data until it is lifted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import DateField, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from pelaporan.models import Pemberitahuan
from pelaporan.register.services import BarisSalah
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import Bentrok
from pemasyarakatan.inti.waktu import hari_ini, sekarang, tulis_tanggal
from pemasyarakatan.jejak.services import catat_baris, tunda
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.ketentuan import Ketentuan, berlaku
from upt.models import UPT
from wbp.dasar import AWALAN_MUSNAH, LANJUT, MUSNAH, WARGA_LAMA, muat
from wbp.models import AksesWarga, DataWarga, KunciWarga, RiwayatData, SerahTerima, WargaBinaan
from wbp.services_data import tandai

KETENTUAN, TUNDA = "simpan_warga", "masa_tunda_musnah"
SEKALI = 500
ALASAN_MAKS = 200
_JADI_TAHUN = ("tanggal_putusan", "tanggal_tahan", "sejak", "keluar_pada")
"""Of these the year stays."""
_JADI_KOSONG = (
    "habis_tahan", "asimilasi_sejak", "cmk_terakhir", "sppn_tanggal", "register_f_diperiksa", "register_f_terakhir",
)  # fmt: skip
_TETAP_DI_RIWAYAT = (WARGA_LAMA, LANJUT)
"""Ids of rows; everything else in the history of somebody erased was values and what people typed."""

saat_musnah: list[Callable[[Sequence[int]], None]] = []
"""Called inside the erasure, under system scope, with ids of `DataWarga`: who keeps typed texts about them blanks
them."""


def aturan(pada: date) -> Ketentuan:
    """How many years a person's data is kept after they left."""
    return berlaku(KETENTUAN, pada)


def tunda_musnah(pada: date) -> timedelta:
    """How long the unit knows of an erasure before it happens."""
    return timedelta(days=berlaku(TUNDA, pada).nilai)


def batas(pada: date) -> date:
    """Who left, and was noted to have left, on this day or before is erased on `pada`."""
    tahun = pada.year - aturan(pada).nilai
    return date(tahun, 2, 28) if (pada.month, pada.day) == (2, 29) else pada.replace(year=tahun)


def jatuh_tempo(pada: date) -> int:
    """How many persons would be erased on this day."""
    with terpasang(SISTEM):
        return _jatuh_tempo(pada).count()


def musnahkan(pada: date | None = None) -> int:
    """Tell units of what is to come, then erase everybody whose time has come and whose unit was told long enough ago,
    in batches; run again it finds nobody. Returns how many were erased."""
    hari, jumlah = pada or hari_ini(), 0
    umumkan(hari)
    while True:
        with terpasang(SISTEM), tunda():
            semua = list(
                _jatuh_tempo(hari).select_for_update(of=("self",)).select_related("warga").order_by("pk")[:SEKALI]
            )
            _hapus(semua)
        if not semua:
            return jumlah
        jumlah += len(semua)


def umumkan(pada: date) -> int:
    """One notice a unit, in counts, for whoever is to be erased soon and was not announced yet; returns how many."""
    mulai = pada + tunda_musnah(pada)
    with terpasang(SISTEM):
        belum = _lewat(batas(mulai)).filter(musnah_diumumkan=None).select_for_update(of=("self",)).order_by("pk")
        semua = list(belum.values_list("pk", "upt_id"))
        DataWarga.objects.filter(pk__in=[pk for pk, _ in semua]).update(musnah_diumumkan=pada)
        banyak = Counter(upt_id for _, upt_id in semua)
        kabar = [_kabar(upt, banyak[upt.pk], mulai) for upt in UPT.objects.filter(pk__in=banyak).order_by("pk")]
        Pemberitahuan.objects.bulk_create(kabar, ignore_conflicts=True)
    return len(semua)


def _kabar(upt: UPT, banyak: int, mulai: date) -> Pemberitahuan:
    return Pemberitahuan(
        untuk=Pemberitahuan.Untuk.UPT, upt=upt, kanwil_id=upt.kanwil_id, jenis="warga",
        dedup=f"warga:musnah:{upt.pk}:{mulai}", url=reverse("wbp:unit", kwargs={"kode": upt.kode}),
        teks=f"Mulai {tulis_tanggal(mulai)}, nama dan nomor {tulis_angka(banyak)} orang yang sudah lama keluar "
        "dimusnahkan. Kepala unit: periksa yang tercatat keluar, dan tahan data yang masih diperlukan.",
    )  # fmt: skip


def _lewat(sampai: date) -> QuerySet[DataWarga]:
    """Who left until a day and was noted so until then: a leaving typed today begins its time of keeping today,
    whatever day was typed. Rows from before the day of noting was kept count from their last change."""
    dicatat = Coalesce("keluar_dicatat", TruncDate("diubah_pada"), output_field=DateField())
    lama = DataWarga.objects.filter(keluar_pada__lte=sampai, tahan_hapus="", dimusnahkan_pada=None)
    return lama.alias(dicatat=dicatat).filter(dicatat__lte=sampai)


def _jatuh_tempo(pada: date) -> QuerySet[DataWarga]:
    return _lewat(batas(pada)).filter(musnah_diumumkan__lte=pada - tunda_musnah(pada))


def _hapus(semua: list[DataWarga]) -> None:
    KunciWarga.objects.filter(data__in=semua).delete()
    kini = sekarang()
    for data in semua:
        data.rahasia, data.inisial, data.indeks_nama, data.dimusnahkan_pada = b"", "", [], kini
        for nama in _JADI_TAHUN:
            setattr(data, nama, _awal_tahun(getattr(data, nama)))
        for nama in _JADI_KOSONG:
            setattr(data, nama, None)
        catat_baris(data, oleh=None, tindakan="warga_musnah", rincian={"aturan": KETENTUAN})
    kolom = ["rahasia", "inisial", "indeks_nama", "dimusnahkan_pada", *_JADI_TAHUN, *_JADI_KOSONG]
    DataWarga.objects.bulk_update(semua, kolom)
    _lupakan([*(data.warga for data in semua), *_dahulu(semua)])
    _kosongkan_teks([data.pk for data in semua])


def _awal_tahun(hari: date | None) -> date | None:
    return hari and date(hari.year, 1, 1)


def _kosongkan_teks(ids: Sequence[int]) -> None:
    """What people typed about them, wherever it was kept: names slip into reasons."""
    if not ids:
        return
    SerahTerima.objects.filter(data__in=ids).update(inisial="", ujung="", alasan="")
    AksesWarga.objects.filter(data__in=ids).exclude(keterangan="").update(keterangan="")
    riwayat = RiwayatData.objects.filter(data__in=ids)
    berantai = list(riwayat.filter(ubahan__has_any_keys=_TETAP_DI_RIWAYAT))
    riwayat.exclude(pk__in=[r.pk for r in berantai]).update(ubahan={})
    for satu in berantai:
        satu.ubahan = {n: satu.ubahan[n] for n in _TETAP_DI_RIWAYAT if n in satu.ubahan}
    RiwayatData.objects.bulk_update(berantai, ["ubahan"])
    for kosongkan in saat_musnah:
        kosongkan(ids)


def _dahulu(semua: list[DataWarga]) -> list[WargaBinaan]:
    """What they were in units that handed them over, or under a wrong number; not what somebody in a register is
    today (they came back, or the number was given again)."""
    pindah = RiwayatData.objects.filter(data__in=semua, ubahan__has_key=WARGA_LAMA).values_list("ubahan", flat=True)
    lama = WargaBinaan.objects.filter(pk__in={ubahan[WARGA_LAMA] for ubahan in pindah})
    return list(lama.exclude(data__dimusnahkan_pada=None, data__isnull=False).select_for_update(of=("self",)))


def _lupakan(semua: list[WargaBinaan]) -> None:
    for warga in semua:
        warga.indeks, warga.kunci_indeks, warga.ujung = f"{AWALAN_MUSNAH}{warga.pk}", "", ""
    WargaBinaan.objects.bulk_update(semua, ["indeks", "kunci_indeks", "ujung"])


@transaction.atomic
def tahan(*, data: int, alasan: str, oleh: Pengguna, cakupan: Cakupan) -> DataWarga:
    """Keep a person's data whatever the rule says, for a reason.

    Raises TidakDitemukan, Ditolak, BarisSalah, Bentrok (erased already)."""
    teks = _alasan(alasan)
    (baris,) = muat([data], Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    if baris.dimusnahkan_pada is not None:
        raise Bentrok(MUSNAH)
    if baris.tahan_hapus != teks:
        ubahan = {"tahan_hapus": [baris.tahan_hapus, teks]}
        _tandai_tahan(baris, teks, ubahan, oleh, "tahan")
    return baris


@transaction.atomic
def lepas(*, data: int, alasan: str, oleh: Pengguna, cakupan: Cakupan) -> DataWarga:
    """Lift a hold; the unit is told again before the rule erases. For the head of the unit and auditors.

    Raises TidakDitemukan, Ditolak, BarisSalah, Bentrok (erased already)."""
    teks = _alasan(alasan)
    (baris,) = muat([data], Izin.LIHAT_AKSES, oleh=oleh, cakupan=cakupan)
    if baris.dimusnahkan_pada is not None:
        raise Bentrok(MUSNAH)
    if baris.tahan_hapus:
        ubahan = {"tahan_hapus": [baris.tahan_hapus, ""], "alasan_lepas": ["", teks]}
        _tandai_tahan(baris, "", ubahan, oleh, "lepas_tahan")
    return baris


def _alasan(teks: str) -> str:
    bersih = teks.strip()
    if not bersih:
        raise BarisSalah({"alasan": "Tulis alasannya."})
    if len(bersih) > ALASAN_MAKS:
        raise BarisSalah({"alasan": f"Paling banyak {ALASAN_MAKS} huruf."})
    return bersih


def _tandai_tahan(baris: DataWarga, teks: str, ubahan: Mapping[str, Sequence[str]], oleh: Pengguna, sebab: str) -> None:
    """The reasons go to the history, which erasure blanks; the trail, which lasts, says only that it was done."""
    baris.tahan_hapus, baris.musnah_diumumkan = teks, None
    tandai(baris, oleh, sekarang())
    baris.save(update_fields=["tahan_hapus", "musnah_diumumkan", "revisi", "diubah_oleh", "diubah_pada"])
    RiwayatData.objects.create(
        data=baris, upt_id=baris.upt_id, kanwil_id=baris.kanwil_id, revisi=baris.revisi, ubahan=ubahan, sebab=sebab,
        oleh=oleh, pada=baris.diubah_pada,
    )  # fmt: skip
    catat_baris(baris, oleh=oleh, tindakan=f"warga_{sebab}")
