"""The burden of a month, read from the typing history of the unit's own reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pelaporan.beban import Beban, hitung_menit, hitung_sel
from pelaporan.models import Laporan, RiwayatIsian
from pelaporan.turunan import Ingatan, muat
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan
from upt.models import UPT


def beban_bulan(cakupan: Cakupan, upt: UPT, bulan: Bulan, ingatan: Ingatan | None = None) -> Beban | None:
    """Minutes and cells spent on a unit's reports of a month; None while nothing was filled in. Two queries, and what
    registers ask for (`ingatan`: what they answered already).

    What a register fills in by now was in the end typed by nobody, whatever had been typed there before.
    """
    riwayat = list(
        RiwayatIsian.objects.dalam(cakupan)
        .filter(upt=upt, laporan__bulan=bulan.awal)
        .order_by("id")
        .values_list("laporan_id", "oleh_id", "pada", "asal", "perubahan")
    )
    if not riwayat:
        return None
    akhir: dict[tuple[Any, str], str] = {}
    for pk, _, _, lewat, perubahan in riwayat:
        for alamat, (_, kini) in perubahan.items():
            _terapkan(akhir, (pk, alamat), lewat, kini)
    dikerjakan = {baris[0] for baris in riwayat}
    laporan = list(Laporan.objects.dalam(cakupan).filter(pk__in=dikerjakan).select_related("formulir_versi"))
    ingatan = {} if ingatan is None else ingatan
    terisi = {satu.pk: muat(satu.skema, upt, bulan, atau_ketik=True, ingatan=ingatan).kode for satu in laporan}
    asal = [a for (milik, alamat), a in akhir.items() if alamat.partition("/")[0] not in terisi.get(milik, ())]
    return Beban(menit=hitung_menit((b[1], b[2]) for b in riwayat), **hitung_sel(asal, _otomatis(laporan, terisi)))


def _terapkan(akhir: dict[tuple[Any, str], str], kunci: tuple[Any, str], asal: str, kini: Any) -> None:
    """An emptied cell, a removed row and an answer to a finding are no cells; confirming a copy leaves its origin."""
    if kini is None:
        akhir.pop(kunci, None)
    elif isinstance(kini, list) and asal != "periksa":
        akhir[kunci] = asal


def _otomatis(laporan: Iterable[Laporan], terisi: Mapping[Any, Collection[str]]) -> int:
    """Cells of these reports that are computed or come from a register (`terisi`: by report, where it speaks)."""
    return sum(not b.diketik or k in terisi[satu.pk] for satu in laporan for k, b in satu.skema.butir.items())
