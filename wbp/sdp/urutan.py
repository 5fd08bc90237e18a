"""Columns of dates whose days and months may stand the other way round. Pure.

A program in English turns "03/02/2024" into the second of March and leaves "13/02/2024" a text, or writes every date
month first. One cell alone does not tell, its column does: what may be the wrong day is refused, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pelaporan.register.kolom import Kolom
from wbp.sdp.kolom import Baca, Nilai
from wbp.sdp.tafsir import GalatSel

_ANGKA = re.compile(r"\s*([0-9]{1,2})([/-])([0-9]{1,2})\2[0-9]{4}\b")
_PALING_SEDIKIT = 3
"""Fewer date cells than this may all lie in the first twelve days by chance."""
HANYA_TAHUN = frozenset(("tanggal_lahir",))
"""Of these only the year is kept, whichever figure is the month."""
BULAN_DAHULU = (
    "Kolom ini menulis bulan sebelum hari, jadi harinya tidak pasti. Ambil lagi datanya dengan urutan hari/bulan/tahun."
)
TERTUKAR = (
    "Kolom ini mencampur sel tanggal dengan teks, jadi hari dan bulannya mungkin ditukar Excel. Ambil lagi datanya "
    "dari SDP, atau buka CSV-nya dengan tanggal sebagai teks."
)


def jaga(
    baca: Mapping[str, Baca], kolom: Sequence[Kolom], baris: Iterable[tuple[int, Mapping[str, Any]]]
) -> dict[str, Baca]:
    """The readers, those of doubtful columns refusing the cells that can be read in two ways."""
    semua = list(baris)
    hasil = dict(baca)
    for satu in kolom:
        if satu.ragam == "tanggal" and satu.nama in baca and satu.nama not in HANYA_TAHUN:
            sel = [isi[satu.nama] for _, isi in semua if satu.nama in isi]
            hasil[satu.nama] = _pembaca(baca[satu.nama], *ragu(sel))
    return hasil


def ragu(sel: Sequence[Any]) -> tuple[bool, bool]:
    """Of the cells of one column: (are its texts doubtful, are its date cells)."""
    teks = [pasangan for isi in sel if (pasangan := _pasangan(isi)) is not None]
    hari = [date.fromisoformat(isi[1]).day for isi in sel if _sel_tanggal(isi)]
    hari_dahulu = sum(1 for a, b in teks if b <= 12 < a)
    bulan_dahulu = sum(1 for a, b in teks if a <= 12 < b)
    campur = bool(teks) and hari_dahulu == len(teks) and len(hari) >= _PALING_SEDIKIT and max(hari) <= 12
    return bulan_dahulu > hari_dahulu, campur


def _pembaca(baca: Baca, teks_ragu: bool, sel_ragu: bool) -> Baca:
    if not (teks_ragu or sel_ragu):
        return baca

    def hati_hati(sel: Any) -> Nilai:
        pasangan = _pasangan(sel)
        if teks_ragu and pasangan is not None and max(pasangan) <= 12 and pasangan[0] != pasangan[1]:
            raise GalatSel(BULAN_DAHULU)
        if sel_ragu and _sel_tanggal(sel) and _dua_arti(date.fromisoformat(sel[1])):
            raise GalatSel(TERTUKAR)
        return baca(sel)

    return hati_hati


def _dua_arti(hari: date) -> bool:
    return hari.day <= 12 and hari.day != hari.month


def _sel_tanggal(sel: Any) -> bool:
    return isinstance(sel, list) and sel[0] == "d"


def _pasangan(sel: Any) -> tuple[int, int] | None:
    """The two figures before the year of a text like "3/9/2025"."""
    cocok = _ANGKA.match(sel) if isinstance(sel, str) else None
    return (int(cocok[1]), int(cocok[3])) if cocok else None
