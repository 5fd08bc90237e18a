"""Keeping no longer than the rule says: years after leaving, name and number are destroyed with their key.

What remains is a tombstone that describes nobody in particular: totals made of it stay as they were. A hold (an
investigation, a lawsuit) keeps a person's data until it is lifted.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from pelaporan.register.services import BarisSalah
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok
from pemasyarakatan.inti.waktu import hari_ini, sekarang
from pemasyarakatan.jejak.services import catat_baris, tunda
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.ketentuan import Ketentuan, berlaku
from wbp.dasar import AWALAN_MUSNAH, MUSNAH, WARGA_LAMA, muat
from wbp.models import DataWarga, KunciWarga, RiwayatData, SerahTerima, WargaBinaan

KETENTUAN = "simpan_warga"
SEKALI = 500
ALASAN_MAKS = 200


def aturan(pada: date) -> Ketentuan:
    """How many years a person's data is kept after they left."""
    return berlaku(KETENTUAN, pada)


def batas(pada: date) -> date:
    """Who left on this day or before is erased on `pada`."""
    tahun = pada.year - aturan(pada).nilai
    return date(tahun, 2, 28) if (pada.month, pada.day) == (2, 29) else pada.replace(year=tahun)


def jatuh_tempo(pada: date) -> int:
    """How many persons would be erased on this day."""
    with terpasang(SISTEM):
        return _jatuh_tempo(pada).count()


def musnahkan(pada: date | None = None) -> int:
    """Erase everybody whose time has come, in batches; run again it finds nobody. Returns how many were erased."""
    hari, jumlah = pada or hari_ini(), 0
    while True:
        with terpasang(SISTEM), tunda():
            semua = list(
                _jatuh_tempo(hari).select_for_update(of=("self",)).select_related("warga").order_by("pk")[:SEKALI]
            )
            _hapus(semua)
        if not semua:
            return jumlah
        jumlah += len(semua)


def _jatuh_tempo(pada: date) -> QuerySet[DataWarga]:
    return DataWarga.objects.filter(keluar_pada__lte=batas(pada), tahan_hapus="", dimusnahkan_pada=None)


def _hapus(semua: list[DataWarga]) -> None:
    KunciWarga.objects.filter(data__in=semua).delete()
    SerahTerima.objects.filter(data__in=semua).update(inisial="", ujung="", alasan="")
    kini = sekarang()
    for data in semua:
        data.rahasia, data.inisial, data.indeks_nama, data.dimusnahkan_pada = b"", "", [], kini
        catat_baris(data, oleh=None, tindakan="warga_musnah", rincian={"aturan": KETENTUAN})
    DataWarga.objects.bulk_update(semua, ["rahasia", "inisial", "indeks_nama", "dimusnahkan_pada"])
    _lupakan([*(data.warga for data in semua), *_dahulu(semua)])


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
    """Keep a person's data whatever the rule says, for a reason; an empty reason lifts the hold.

    Raises TidakDitemukan, Ditolak, BarisSalah, Bentrok (erased already)."""
    teks = alasan.strip()
    if len(teks) > ALASAN_MAKS:
        raise BarisSalah({"alasan": f"Paling banyak {ALASAN_MAKS} huruf."})
    (baris,) = muat([data], Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    if baris.dimusnahkan_pada is not None:
        raise Bentrok(MUSNAH)
    if baris.tahan_hapus != teks:
        baris.tahan_hapus = teks
        baris.save(update_fields=["tahan_hapus"])
        catat_baris(baris, oleh=oleh, tindakan="warga_tahan" if teks else "warga_lepas_tahan")
    return baris
