"""One inmate, or a few, read from the register as the conditions ask for them (`susun` reads whole units)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from remisi.calon.syarat import Orang
from wbp.models import DataWarga, Pemberian

_HITUNGAN = frozenset({"remisi_hari", "lalu"})
_KOLOM = tuple(f.name for f in fields(Orang) if f.name not in _HITUNGAN)


def baca_orang(data: Iterable[int], pada: date) -> dict[int, Orang]:
    """Inmates who are in the unit, as the rules ask for them, with their grants before a day."""
    baris = DataWarga.objects.ada().filter(pk__in=set(data)).values_list("pk", *_KOLOM)
    orang = {b[0]: dict(zip(_KOLOM, b[1:], strict=True)) for b in baris}
    lalu: dict[int, dict[str, int]] = {}
    hari: dict[int, int] = {}
    berlaku = Pemberian.objects.filter(data__in=orang, dicabut_pada=None, tanggal__lt=pada)
    for data_id, jenis, bulan, sisa in berlaku.values_list("data_id", "jenis", "bulan", "hari"):
        hitung = lalu.setdefault(data_id, {})
        hitung[jenis] = hitung.get(jenis, 0) + 1
        hari[data_id] = hari.get(data_id, 0) + 30 * bulan + sisa
    return {k: Orang(**isi, lalu=lalu.get(k, {}), remisi_hari=hari.get(k, 0)) for k, isi in orang.items()}
