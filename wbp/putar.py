"""Turning keys: data keys are wrapped by the newest key, indexes made with the newest key; in batches.

What is left to do is in the rows themselves: stopped anywhere and run again, it goes on from there. Meanwhile
everything reads and is found, because every configured key is tried. Nobody sees a name: it passes through memory to
its index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db.models import Count, Q

from pemasyarakatan.jejak.services import catat
from upt.cakupan import SISTEM, terpasang
from wbp import indeks, rahasia, sandi
from wbp.dasar import AWALAN_MUSNAH, WARGA_LAMA
from wbp.models import DataWarga, ImporSDP, KunciWarga, RiwayatData, WargaBinaan

SEKALI = 500


@dataclass
class Sisa:
    """What still hangs on old keys: wrapped keys and imports by key, persons by whether their number can be read."""

    kunci: dict[str, int] = field(default_factory=dict)
    impor: int = 0
    indeks: int = 0
    tanpa_nomor: int = 0

    @property
    def habis(self) -> bool:
        return not (self.kunci or self.impor or self.indeks)


def sisa() -> Sisa:
    kini = sandi.kunci_kini()
    with terpasang(SISTEM):
        kunci = KunciWarga.objects.exclude(kunci=kini).values_list("kunci").annotate(n=Count("pk"))
        lama = WargaBinaan.objects.exclude(kunci_indeks=indeks.kunci_kini()).exclude(indeks__startswith=AWALAN_MUSNAH)
        hidup = Q(data__isnull=False)
        return Sisa(
            kunci=dict(kunci),
            impor=_impor_lama().count(),
            indeks=lama.filter(hidup).count(),
            tanpa_nomor=lama.exclude(hidup).count(),
        )


def putar(lapor: Callable[[str, int], None] = lambda apa, banyak: None, sekali: int = SEKALI) -> Sisa:
    """Turn everything that can be turned; `lapor` hears after every batch. Returns what is left."""
    semua = {"kunci": (_kunci(sekali),), "impor": (_impor(),), "indeks": (_indeks(sekali), _indeks_lama(sekali))}
    for nama, langkah in semua.items():
        for banyak in chain(*langkah):
            lapor(nama, banyak)
    hasil = sisa()
    with terpasang(SISTEM):
        rincian: dict[str, Any] = {"kunci": sandi.kunci_kini(), "indeks": indeks.kunci_kini()}
        catat(oleh=None, tindakan="kunci_wbp_putar", objek="kunci", objek_id=rincian["kunci"], rincian=rincian)
    return hasil


# ---------------------------------------------------------------- wrapped keys


def _kunci(sekali: int) -> Iterator[int]:
    """In the order of ids: one that cannot be turned (its key is gone, it was altered) is passed by."""
    terakhir = 0
    while True:
        with terpasang(SISTEM):
            semua = list(
                KunciWarga.objects.exclude(kunci=sandi.kunci_kini())
                .filter(pk__gt=terakhir)
                .select_for_update(skip_locked=True)
                .order_by("pk")[:sekali]
            )
            if not semua:
                return
            berhasil = [satu for satu in semua if _bungkus_ulang(satu, sandi.WARGA, satu.data_id)]
            KunciWarga.objects.bulk_update(berhasil, ["bungkus", "kunci"], batch_size=sekali)
        terakhir = semua[-1].pk
        yield len(berhasil)


def _bungkus_ulang(satu: Any, guna: str, id: object) -> bool:
    try:
        satu.bungkus, satu.kunci = sandi.putar(bytes(satu.bungkus), satu.kunci, guna=guna, id=id)
    except sandi.GalatSandi as galat:
        rahasia.log.error("%s", galat)
        return False
    return True


def _impor_lama() -> Any:
    return ImporSDP.objects.exclude(bungkus=None).exclude(kunci=sandi.kunci_kini())


def _impor() -> Iterator[int]:
    """Open imports are few, their rows long: only the keys are read. One that is being saved now is passed by."""
    with terpasang(SISTEM):
        semua = list(_impor_lama().defer("rencana", "ringkas").select_for_update(skip_locked=True))
        berhasil = [satu for satu in semua if _bungkus_ulang(satu, sandi.IMPOR, satu.pk)]
        for satu in berhasil:
            satu.save(update_fields=["bungkus", "kunci"])
    if berhasil:
        yield len(berhasil)


# ---------------------------------------------------------------- indexes


def _indeks(sekali: int) -> Iterator[int]:
    """Persons whose number can be read, in the order of ids: one that cannot be turned is passed by."""
    terakhir = 0
    while True:
        with terpasang(SISTEM):
            semua = list(
                DataWarga.objects.filter(pk__gt=terakhir, dimusnahkan_pada=None)
                .exclude(warga__kunci_indeks=indeks.kunci_kini())
                .select_for_update(of=("self",))
                .select_related("warga", "kunci")
                .order_by("pk")[:sekali]
            )
            if not semua:
                return
            berhasil = _indeks_ulang(semua)
        terakhir = semua[-1].pk
        yield berhasil


def _indeks_ulang(semua: Sequence[DataWarga]) -> int:
    terbaca = {d.pk: isi for d in semua if (isi := _baca(d)) is not None}
    baru = {d.pk: indeks.indeks_nomor(terbaca[d.pk].nomor, d.upt_id) for d in semua if d.pk in terbaca}
    terpakai = set(
        WargaBinaan.objects.filter(indeks__in=baru.values())
        .exclude(pk__in=[d.warga_id for d in semua])
        .values_list("upt_id", "indeks")
    )
    dapat = [d for d in semua if d.pk in baru and (d.upt_id, baru[d.pk]) not in terpakai]
    for data in dapat:
        data.indeks_nama = indeks.indeks_nama(terbaca[data.pk].nama, data.upt_id)
        data.warga.indeks, data.warga.kunci_indeks = baru[data.pk], indeks.kunci_kini()
    WargaBinaan.objects.bulk_update([d.warga for d in dapat], ["indeks", "kunci_indeks"])
    DataWarga.objects.bulk_update(dapat, ["indeks_nama"])
    return len(dapat)


def _indeks_lama(sekali: int) -> Iterator[int]:
    """What persons were before (`WARGA_LAMA`), where it is still the number they have: other registers know it."""
    terakhir = 0
    while True:
        with terpasang(SISTEM):
            pindah = list(
                RiwayatData.objects.filter(pk__gt=terakhir, ubahan__has_key=WARGA_LAMA, data__dimusnahkan_pada=None)
                .select_related("data__kunci")
                .order_by("pk")[:sekali]
            )
            if not pindah:
                return
            berhasil = _indeks_lama_ulang({satu.ubahan[WARGA_LAMA]: satu.data for satu in pindah})
        terakhir = pindah[-1].pk
        yield berhasil


def _indeks_lama_ulang(milik: Mapping[int, DataWarga]) -> int:
    kini, dapat = indeks.kunci_kini(), []
    semua = WargaBinaan.objects.filter(pk__in=milik, data__isnull=True).exclude(kunci_indeks=kini)
    for warga in semua.exclude(indeks__startswith=AWALAN_MUSNAH).select_for_update(of=("self",)):
        isi = _baca(milik[warga.pk])
        punya = indeks.indeks_nomor_semua(isi.nomor, warga.upt_id) if isi else []
        if warga.indeks in punya and not WargaBinaan.objects.filter(upt=warga.upt_id, indeks=punya[0]).exists():
            warga.indeks, warga.kunci_indeks = punya[0], kini
            dapat.append(warga)
    WargaBinaan.objects.bulk_update(dapat, ["indeks", "kunci_indeks"])
    return len(dapat)


def _baca(data: DataWarga) -> sandi.Rahasia | None:
    """None when it cannot be read."""
    try:
        return rahasia.baca(data)
    except sandi.GalatSandi:
        return None
