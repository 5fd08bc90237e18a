"""Until when a reopened report may be sent again."""

from __future__ import annotations

from datetime import date, datetime

from pelaporan.models import Laporan, Libur
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.inti.waktu import akhir_hari, hari_ini, hari_kerja_sesudah, tulis_tanggal
from upt.ketentuan import berlaku


def batas_buka(laporan: Laporan, sampai: date | None) -> datetime:
    """The end of the chosen day in the unit's zone; without a choice, of the usual number of working days.

    Raises TidakSah for a day that has passed or lies beyond the longest term.
    """
    kini = hari_ini(laporan.upt.zona)
    libur = frozenset(_libur(laporan, kini))
    if sampai is None:
        return akhir_hari(hari_kerja_sesudah(kini, berlaku("masa_buka", kini).nilai, libur), laporan.upt.zona)
    terjauh = hari_kerja_sesudah(kini, berlaku("masa_buka_maks", kini).nilai, libur)
    if not kini <= sampai <= terjauh:
        raise TidakSah(
            f"Pilih hari antara {tulis_tanggal(kini)} dan {tulis_tanggal(terjauh)} sebagai batas kirim ulang.",
            sasaran="buka-sampai",
        )
    return akhir_hari(sampai, laporan.upt.zona)


def _libur(laporan: Laporan, dari: date) -> list[date]:
    """National days and those of the unit's Kanwil, from today on."""
    hari = Libur.objects.filter(tanggal__gte=dari)
    milik = hari.filter(kanwil=None) | hari.filter(kanwil_id=laporan.kanwil_id)
    return list(milik.values_list("tanggal", flat=True))
