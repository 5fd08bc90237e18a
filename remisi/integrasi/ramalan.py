"""Who leaves when, by dates alone: 24 months of counts for a unit, kept for sums over Kanwil and nation.

A forecast says what the dates allow, not what will be granted: nobody's conditions are judged in it, and nobody who may
still come in is counted. In each scenario everybody leaves once.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import DatabaseError

from pelaporan.selectors import isi_terakhir
from pemasyarakatan.inti.waktu import Bulan, hari_ini, sekarang
from remisi.integrasi.kalender import SKENARIO, keluar
from remisi.integrasi.selectors import SEDANG, Titian, titian_unit
from remisi.models import RamalanUnit
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT, Kanwil
from upt.selectors import kapasitas_pada
from wbp.models import DataWarga

log = logging.getLogger(__name__)
BULAN_RAMALAN = 24
PENUH = "CMB"
"""The scenario in which every programme is granted as soon as the dates allow."""
Isi = dict[str, dict[str, dict[str, int]]]
"""{scenario: {"2027-01": {way: persons}}}"""


@dataclass(frozen=True)
class Ramalan:
    """Counts of one unit, or of many together. `orang`: those of whom the dates are known."""

    isi: Isi
    orang: int
    tanpa_tanggal: int
    pada: datetime

    def keluar(self, skenario: str, bulan: Bulan, cara: str = "") -> int:
        ada = self.isi.get(skenario, {}).get(bulan.kode, {})
        return ada.get(cara, 0) if cara else sum(ada.values())


def hitung(semua: Sequence[Titian], kini: date, pada: datetime) -> Ramalan:
    """The forecast of one unit; who is out on a programme already is not there to leave."""
    akhir = (Bulan.pada(kini) + (BULAN_RAMALAN - 1)).akhir
    jumlah: dict[str, dict[str, Counter[str]]] = {s: defaultdict(Counter) for s in SKENARIO}
    di_dalam = [t for t in semua if t.satu.orang.menjalani not in SEDANG]
    for t in di_dalam:
        for skenario, (_, boleh) in SKENARIO.items():
            hasil = keluar(t.satu.masa, t.jalan, boleh, kini)
            if hasil is not None and hasil[1] <= akhir:
                jumlah[skenario][Bulan.pada(hasil[1]).kode][hasil[0]] += 1
    isi = {s: {b: dict(c) for b, c in sorted(per.items())} for s, per in jumlah.items()}
    tahu = sum(t.satu.masa.ekspirasi is not None for t in di_dalam)
    return Ramalan(isi, tahu, len(di_dalam) - tahu, pada)


def ramalan_unit(upt: UPT) -> Ramalan:
    return hitung(titian_unit(upt, hari_ini(upt.zona)), hari_ini(upt.zona), sekarang())


def gabung(semua: Iterable[Ramalan]) -> Ramalan | None:
    """Sums over units; None of none. As old as the oldest of them."""
    bagian = list(semua)
    if not bagian:
        return None
    jumlah: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for r in bagian:
        for skenario, per in r.isi.items():
            for bulan, cara in per.items():
                jumlah[skenario][bulan].update(cara)
    isi = {s: {b: dict(c) for b, c in per.items()} for s, per in jumlah.items()}
    return Ramalan(isi, sum(r.orang for r in bagian), sum(r.tanpa_tanggal for r in bagian), min(r.pada for r in bagian))


# ---------------------------------------------------------------- occupancy


@dataclass(frozen=True)
class Hunian:
    """Inmates as last reported in F01, and the capacity; None where nothing is known."""

    isi: int | None
    bulan: Bulan | None
    kapasitas: int | None


def hunian_unit(upt: UPT, kini: date) -> Hunian:
    """Raises nothing: a unit that never sent F01 has no `isi`."""
    kapasitas = kapasitas_pada(upt, kini)
    bulan, isi = isi_terakhir(upt) or (None, None)
    return Hunian(isi, bulan, kapasitas.total if kapasitas else None)


# ---------------------------------------------------------------- kept for sums


def simpan_semua() -> int:
    """Nightly: the forecast of every unit that keeps the register; the number of units."""
    with terpasang(SISTEM):
        unit = list(DataWarga.objects.order_by().values_list("upt_id", flat=True).distinct())
    return sum(_coba(upt_id) for upt_id in sorted(unit))


def _coba(upt_id: int) -> bool:
    """One unit in a transaction of its own; what fails keeps its forecast of yesterday."""
    try:
        with terpasang(SISTEM):
            upt = UPT.objects.select_related("kanwil").get(pk=upt_id)
            simpan(upt, ramalan_unit(upt))
    except DatabaseError:
        log.exception("ramalan unit %s", upt_id)
        return False
    return True


def simpan(upt: UPT, r: Ramalan) -> None:
    isi = {
        "kanwil_id": upt.kanwil_id,
        "isi": r.isi,
        "orang": r.orang,
        "tanpa_tanggal": r.tanpa_tanggal,
        "dihitung_pada": r.pada,
    }
    RamalanUnit.objects.update_or_create(upt=upt, defaults=isi)


@dataclass(frozen=True)
class BarisWilayah:
    """One Kanwil, or one unit, of a sum."""

    nama: str
    kode: str
    unit: int
    dari: int
    ramalan: Ramalan | None


@dataclass(frozen=True)
class Wilayah:
    """Sums of a scope: `unit` of `dari` units that have a forecast."""

    ramalan: Ramalan | None
    unit: int
    dari: int
    baris: list[BarisWilayah] = field(default_factory=list)


WAJIB = (UPT.Jenis.LAPAS, UPT.Jenis.RUTAN, UPT.Jenis.LPKA)
"""Units that hold sentenced persons."""


def wilayah(cakupan: Cakupan, kini: date) -> Wilayah:
    """Sums of everything this person may see: by Kanwil for the nation, else by unit."""
    unit = list(
        UPT.objects.dalam(cakupan).berlaku_pada(kini).filter(jenis__in=WAJIB).select_related("kanwil").order_by("nama")
    )
    ada = {r.upt_id: _dari(r) for r in RamalanUnit.objects.dalam(cakupan)}
    ada = {u.pk: ada[u.pk] for u in unit if u.pk in ada}
    baris = _per_kanwil(unit, ada) if cakupan.nasional else _per_unit(unit, ada)
    return Wilayah(gabung(ada.values()), len(ada), len(unit), baris)


def _dari(r: RamalanUnit) -> Ramalan:
    return Ramalan(r.isi, r.orang, r.tanpa_tanggal, r.dihitung_pada)


def _per_unit(unit: Sequence[UPT], ada: Mapping[int, Ramalan]) -> list[BarisWilayah]:
    return [BarisWilayah(u.nama, u.kode, int(u.pk in ada), 1, ada.get(u.pk)) for u in unit]


def _per_kanwil(unit: Sequence[UPT], ada: Mapping[int, Ramalan]) -> list[BarisWilayah]:
    menurut: dict[Kanwil, list[UPT]] = defaultdict(list)
    for u in unit:
        menurut[u.kanwil].append(u)
    hasil = []
    for kanwil, isi in sorted(menurut.items(), key=lambda x: x[0].kode):
        punya = [ada[u.pk] for u in isi if u.pk in ada]
        hasil.append(BarisWilayah(str(kanwil), kanwil.slug, len(punya), len(isi), gabung(punya)))
    return hasil
