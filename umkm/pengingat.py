"""Reminders of licences that lapse: 90, 30 and 7 days ahead and on the day after, once each, until they are renewed.

`langkah` is pure. A licence is renewed by a newer one of the same kind for the same product (or for the whole unit,
when it was the unit's) that runs longer.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import DatabaseError
from django.db.models import Q
from django.urls import reverse

from pelaporan.models import Pemberitahuan
from pemasyarakatan.inti.waktu import sekarang, tulis_tanggal, zona_dari
from umkm.models import Legalitas
from upt.cakupan import SISTEM, terpasang

log = logging.getLogger(__name__)

AMBANG = (90, 30, 7, -1)
"""Days that are left when a reminder is due; -1 is the day after the last one."""
KANWIL = frozenset({30, 7})
"""Steps of which the unit's Kanwil is told too."""
PUKUL = 8
SEMINGGU = 7
"""A reminder that was missed (the portal was down) is still given this many days later, unless the next is due."""


def langkah(berakhir: date, hari: date) -> int | None:
    """The step that is due on a day; None when none is. What was missed is caught up within a week."""
    sisa = (berakhir - hari).days
    lewat = [n for n in AMBANG if sisa <= n]
    if not lewat or lewat[-1] - sisa >= SEMINGGU:
        return None
    return lewat[-1]


@dataclass(frozen=True)
class Surat:
    """A licence, as far as renewal goes."""

    pk: int
    upt_id: int
    jenis: str
    produk_id: int | None
    berakhir: date | None

    def menggantikan(self, lama: Surat) -> bool:
        """A licence of the whole unit also renews one of a product."""
        cocok = self.upt_id == lama.upt_id and self.jenis == lama.jenis and self.produk_id in (None, lama.produk_id)
        lebih = self.berakhir is None or (lama.berakhir is not None and self.berakhir > lama.berakhir)
        return cocok and self.pk != lama.pk and lebih


def diganti(lama: Surat, semua: Iterable[Surat]) -> bool:
    return any(satu.menggantikan(lama) for satu in semua)


# ---------------------------------------------------------------- telling them


def kirim(*, pada: datetime | None = None) -> int:
    """Tell every unit what is due this morning of its own; the number of notices written by this call."""
    kini = pada or sekarang()
    with terpasang(SISTEM):
        unit = sorted({s.upt_id for s, _ in jatuh_tempo(kini)})
    return sum(_coba(upt_id, kini) for upt_id in unit)


def _coba(upt_id: int, kini: datetime) -> int:
    """One unit in a transaction of its own; what fails costs only this unit its turn until the next hour."""
    try:
        with terpasang(SISTEM):
            notis = [kabar for satu, n in jatuh_tempo(kini, upt_id) for kabar in _notis(satu, n)]
            sudah = Pemberitahuan.objects.filter(dedup__in=[kabar.dedup for kabar in notis]).values_list(
                "dedup", flat=True
            )
            baru = [kabar for kabar in notis if kabar.dedup not in set(sudah)]
            return len(Pemberitahuan.objects.bulk_create(baru, ignore_conflicts=True))
    except DatabaseError:
        log.exception("pengingat legalitas unit %s", upt_id)
        return 0


def jatuh_tempo(kini: datetime, upt_id: int | None = None) -> list[tuple[Legalitas, int]]:
    """Licences of which something is due now, with the step; those that were renewed are left out."""
    dekat = (kini.date() - timedelta(days=SEMINGGU + 2), kini.date() + timedelta(days=max(AMBANG) + 2))
    saring = {} if upt_id is None else {"upt_id": upt_id}
    ada = Q(upt__berlaku_sampai=None) | Q(upt__berlaku_sampai__gte=kini.date())
    semua = Legalitas.objects.filter(ada, berakhir__range=dekat, **saring).hidup().select_related("upt", "produk")
    tempo = [(satu, n) for satu in semua.order_by("upt_id", "pk") if (n := _langkah(satu, kini)) is not None]
    surat = _surat({satu.upt_id for satu, _ in tempo})
    return [(satu, n) for satu, n in tempo if not diganti(_ringkas(satu), surat[satu.upt_id])]


def _langkah(satu: Legalitas, kini: datetime) -> int | None:
    setempat = kini.astimezone(zona_dari(satu.upt.zona))
    if satu.berakhir is None or setempat.hour < PUKUL or (satu.produk is not None and satu.produk.berhenti is not None):
        return None
    return langkah(satu.berakhir, setempat.date())


def _surat(upt: set[int]) -> dict[int, list[Surat]]:
    hasil: dict[int, list[Surat]] = defaultdict(list)
    for satu in Legalitas.objects.filter(upt_id__in=upt).hidup():
        hasil[satu.upt_id].append(_ringkas(satu))
    return hasil


def _ringkas(satu: Legalitas) -> Surat:
    return Surat(satu.pk, satu.upt_id, satu.jenis, satu.produk_id, satu.berakhir)


def _notis(satu: Legalitas, n: int) -> Iterator[Pemberitahuan]:
    """To the unit, and at some steps to its Kanwil. A corrected date makes a new reminder."""
    assert satu.berakhir is not None
    dedup = f"legalitas:{satu.pk}:{satu.berakhir:%Y%m%d}:{n}"
    teks, url = _teks(satu, habis=n < 0), _url(satu)
    umum = {"upt": satu.upt, "kanwil_id": satu.kanwil_id, "jenis": "pengingat", "url": url}
    yield Pemberitahuan(untuk=Pemberitahuan.Untuk.UPT, dedup=dedup, teks=teks, **umum)
    if n in KANWIL:
        teks = f"{satu.upt.nama}: {teks}"[:400]
        yield Pemberitahuan(untuk=Pemberitahuan.Untuk.KANWIL, dedup=f"{dedup}:kanwil", teks=teks, **umum)


def _teks(satu: Legalitas, *, habis: bool) -> str:
    """The day itself, not the days left: a notice is read later than it is written."""
    untuk = f" untuk {satu.produk.nama}" if satu.produk is not None else ""
    keadaan = "habis masa berlakunya" if habis else "berlaku sampai"
    apa = f"{satu.get_jenis_display()}{untuk} ({satu.nomor}) {keadaan} {tulis_tanggal(satu.berakhir)}"
    return f"{apa}. Perpanjang, lalu catat yang baru."[:400]


def _url(satu: Legalitas) -> str:
    """The product's page; of a licence of the whole unit its own."""
    if satu.produk_id is None:
        return reverse("umkm:baris", kwargs={"kode": satu.upt.kode, "jenis": "legalitas", "pk": satu.pk})
    return reverse("umkm:produk", kwargs={"kode": satu.upt.kode, "pk": satu.produk_id})
