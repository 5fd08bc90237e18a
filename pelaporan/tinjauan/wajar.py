"""Flags that a reviewer called fine, and what they teach.

Whoever reviews may mark a flag "wajar" with a reason (`Tinjauan.wajar`). In the months after, the reason is shown
beside the same flag of the same unit, and the flag weighs less in the order of the inbox: each explanation of the last
`wajar_lama` months that reaches this far multiplies its size by `wajar_bobot` percent (both in `ketentuan.csv`).
"Reaches this far" means: a figure on the same side of the unit's median, and no further from it than an explained one
(five percent more is the same). So a harvest explained at 1.240 lowers the next 1.240, never a 2.500. A flag is never
hidden and never removed by this: it only stands lower.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pelaporan.models import Laporan, Tinjauan
from pemasyarakatan.inti.waktu import Bulan
from upt.ketentuan import berlaku

TOLERANSI = Decimal("1.05")


@dataclass(frozen=True)
class Wajar:
    """One flag called fine: in which month, why, by whom, at which figure (None: the flag has none)."""

    kunci: str
    bulan: Bulan
    alasan: str
    nama: str
    pada: datetime
    nilai: Decimal | None
    teks: str


def kunci_bendera(bendera: Mapping[str, Any]) -> str:
    """What makes two flags of different months the same: kind, item, and the rule where one asked."""
    return f"{bendera['kode']}|{bendera['butir']}|{bendera.get('aturan', '')}"


def baca_wajar(isi: Mapping[str, Any], bulan: date) -> list[Wajar]:
    """The stored explanations of one review."""
    return [
        Wajar(
            kunci,
            Bulan.pada(bulan),
            str(satu["alasan"]),
            str(satu["nama"]),
            datetime.fromisoformat(satu["pada"]),
            _angka(satu.get("nilai")),
            str(satu["teks"]),
        )
        for kunci, satu in isi.items()
    ]


def _angka(teks: Any) -> Decimal | None:
    try:
        return None if teks is None else Decimal(str(teks))
    except InvalidOperation:
        return None


def bobot(nilai: Decimal | int | None, tengah: Decimal | None, pernah: Iterable[Wajar], persen: int) -> float:
    """The share of its size that a flag keeps. Pure."""
    kali = sum(_sejauh(nilai, tengah, w.nilai) for w in pernah)
    return float((Decimal(persen) / 100) ** kali)


def _sejauh(nilai: Decimal | int | None, tengah: Decimal | None, dulu: Decimal | None) -> bool:
    if nilai is None or tengah is None:
        return nilai is None and dulu is None
    if dulu is None:
        return False
    kini, lalu = Decimal(nilai) - tengah, dulu - tengah
    return kini * lalu > 0 and abs(kini) <= abs(lalu) * TOLERANSI


def pernah_wajar(laporan: Laporan) -> dict[str, list[Wajar]]:
    """Explanations of the same unit and form in the months before, by flag; one query. The report's own scope has
    let the caller in.
    """
    return pernah_wajar_banyak([laporan]).get(laporan.upt_id, {})


def pernah_wajar_banyak(laporan: Sequence[Laporan]) -> dict[int, dict[str, list[Wajar]]]:
    """The same for many units' reports of one form and month, by unit; units without explanations are left out."""
    satu = laporan[0]
    lama = berlaku("wajar_lama", satu.bulan).nilai
    baris = Tinjauan.objects.filter(
        laporan__upt_id__in=[x.upt_id for x in laporan],
        laporan__formulir_id=satu.formulir_id,
        laporan__bulan__lt=satu.bulan,
        laporan__bulan__gte=(satu.periode - lama).awal,
    ).exclude(wajar={})
    per_upt: dict[int, list[tuple[Mapping[str, Any], date]]] = {}
    for upt, isi, bulan in baris.order_by("laporan__bulan").values_list("laporan__upt_id", "wajar", "laporan__bulan"):
        per_upt.setdefault(upt, []).append((isi, bulan))
    return {upt: kelompokkan(semua) for upt, semua in per_upt.items()}


def kelompokkan(baris: Iterable[tuple[Mapping[str, Any], date]]) -> dict[str, list[Wajar]]:
    hasil: dict[str, list[Wajar]] = {}
    for isi, bulan in baris:
        for satu in baca_wajar(isi, bulan):
            hasil.setdefault(satu.kunci, []).append(satu)
    return hasil


def persen_wajar(bulan: date) -> int:
    return berlaku("wajar_bobot", bulan).nilai
