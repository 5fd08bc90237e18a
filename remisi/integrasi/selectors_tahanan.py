"""Detentions that end soon, in one unit: which notices are due, late or sent, and who is held beyond the end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from remisi.integrasi import tahanan
from remisi.integrasi.baca import tahanan_unit
from remisi.integrasi.tahanan import SEJAUH, Tahanan
from remisi.models import PemberitahuanTahanan
from remisi.selectors_aturan import himpunan
from upt.models import UPT
from wbp.models import DataWarga


@dataclass(frozen=True)
class DaftarTahanan:
    """`orang` with an end within the days shown, or past it; `tanpa_tanggal` of whom the end is not noted."""

    orang: list[Tahanan]
    langkah: tuple[int, ...]
    tanpa_tanggal: int

    @property
    def lewat(self) -> int:
        """Held beyond the end of their detention."""
        return sum(o.lewat for o in self.orang)

    @property
    def perlu(self) -> int:
        """Notices to send now."""
        return sum(o.perlu is not None for o in self.orang)


def daftar_tahanan(upt: UPT, hari: date) -> DaftarTahanan:
    langkah = tahanan.langkah(himpunan(), hari)
    semua = list(tahanan_unit(upt).filter(habis_tahan__lte=hari + timedelta(days=SEJAUH)))
    terkirim: dict[tuple[int, date], list[tuple[int, date, str]]] = defaultdict(list)
    for p in PemberitahuanTahanan.objects.filter(data__in=semua):
        terkirim[p.data_id, p.habis_tahan].append((p.hari, p.dikirim_pada, p.nomor))
    orang = [
        Tahanan(
            d.pk, str(d), d.golongan, d.habis_tahan, (d.habis_tahan - hari).days,
            tahanan.surat(d.habis_tahan, hari, langkah, terkirim[d.pk, d.habis_tahan]),
        )
        for d in semua
    ]  # fmt: skip
    kosong = DataWarga.objects.ada().filter(upt=upt, status__in=tahanan.STATUS, habis_tahan=None)
    return DaftarTahanan(orang, langkah, kosong.count())
