"""The burden of a month, read from the typing history of the unit's own reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelaporan.beban import Beban, hitung_menit, hitung_sel
from pelaporan.models import Laporan, RiwayatIsian
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan
from upt.models import UPT


def beban_bulan(cakupan: Cakupan, upt: UPT, bulan: Bulan) -> Beban | None:
    """Minutes and cells spent on a unit's reports of a month; None while nothing was filled in. Two queries."""
    riwayat = list(
        RiwayatIsian.objects.dalam(cakupan)
        .filter(upt=upt, laporan__bulan=bulan.awal)
        .order_by("id")
        .values_list("laporan_id", "oleh_id", "pada", "asal", "perubahan")
    )
    if not riwayat:
        return None
    akhir: dict[tuple[Any, str], str] = {}
    for laporan, _, _, asal, perubahan in riwayat:
        for alamat, (_, kini) in perubahan.items():
            _terapkan(akhir, (laporan, alamat), asal, kini)
    dikerjakan = {baris[0] for baris in riwayat}
    otomatis = _otomatis(Laporan.objects.dalam(cakupan).filter(pk__in=dikerjakan).select_related("formulir_versi"))
    return Beban(menit=hitung_menit((b[1], b[2]) for b in riwayat), **hitung_sel(akhir.values(), otomatis))


def _terapkan(akhir: dict[tuple[Any, str], str], kunci: tuple[Any, str], asal: str, kini: Any) -> None:
    """An emptied cell, a removed row and an answer to a finding are no cells; confirming a copy leaves its origin."""
    if kini is None:
        akhir.pop(kunci, None)
    elif isinstance(kini, list) and asal != "periksa":
        akhir[kunci] = asal


def _otomatis(laporan: Iterable[Laporan]) -> int:
    """Cells of these reports that are computed or come from a register."""
    return sum(not b.diketik for satu in laporan for b in satu.skema.butir.values())
