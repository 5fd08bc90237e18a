"""Turning keys: data keys are wrapped by the newest key, indexes made with the newest key; in batches.

What is left to do is in the rows themselves: stopped anywhere and run again, it goes on from there. Meanwhile
everything reads and is found, because every configured key is tried. Nobody sees a name: it passes through memory to
its index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from pemasyarakatan.jejak.services import catat
from upt.cakupan import SISTEM, terpasang
from wbp import indeks, sandi
from wbp.models import DataWarga, ImporSDP, KunciWarga, WargaBinaan

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
        lama = WargaBinaan.objects.exclude(kunci_indeks=indeks.kunci_kini()).exclude(_MUSNAH)
        hidup = Q(data__isnull=False)
        return Sisa(
            kunci=dict(kunci),
            impor=_impor_lama().count(),
            indeks=lama.filter(hidup).count(),
            tanpa_nomor=lama.exclude(hidup).count(),
        )


_MUSNAH = Q(data__dimusnahkan_pada__isnull=False)


def putar(lapor: Callable[[str, int], None] = lambda apa, banyak: None, sekali: int = SEKALI) -> Sisa:
    """Turn everything that can be turned; `lapor` hears after every batch. Returns what is left."""
    for nama, langkah in (("kunci", _kunci), ("impor", _impor), ("indeks", _indeks)):
        for banyak in langkah(sekali):
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
    except sandi.GalatSandi:
        return False
    return True


def _impor_lama() -> Any:
    return ImporSDP.objects.exclude(bungkus=None).exclude(kunci=sandi.kunci_kini())


def _impor(sekali: int) -> Iterator[int]:
    with terpasang(SISTEM):
        semua = list(_impor_lama().select_for_update())
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
    rahasia = {d.pk: isi for d in semua if (isi := _baca(d)) is not None}
    baru = {d.pk: indeks.indeks_nomor(rahasia[d.pk].nomor, d.upt_id) for d in semua if d.pk in rahasia}
    terpakai = set(
        WargaBinaan.objects.filter(indeks__in=baru.values())
        .exclude(pk__in=[d.warga_id for d in semua])
        .values_list("upt_id", "indeks")
    )
    dapat = [d for d in semua if d.pk in baru and (d.upt_id, baru[d.pk]) not in terpakai]
    for data in dapat:
        data.indeks_nama = indeks.indeks_nama(rahasia[data.pk].nama, data.upt_id)
        data.warga.indeks, data.warga.kunci_indeks = baru[data.pk], indeks.kunci_kini()
    WargaBinaan.objects.bulk_update([d.warga for d in dapat], ["indeks", "kunci_indeks"])
    DataWarga.objects.bulk_update(dapat, ["indeks_nama"])
    return len(dapat)


def _baca(data: DataWarga) -> sandi.Rahasia | None:
    """None when it cannot be read."""
    try:
        return sandi.buka_warga(sandi.Amplop(bytes(data.rahasia), bytes(data.kunci.bungkus), data.kunci.kunci), data.pk)
    except (sandi.GalatSandi, KunciWarga.DoesNotExist):
        return None
