"""When the limit of a step ends: how long it is comes from the rules, working days from the national calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from pelaporan.models import Libur
from pelaporan.services_periode import kelompokkan_libur
from pemasyarakatan.inti.waktu import WIB, Zona, hari_ini
from remisi.models import Usulan
from remisi.selectors_aturan import himpunan
from remisi.usulan import alur

_KE_DEPAN = 120
"""Days ahead in which holidays are looked up; limits are days, at most some weeks."""


def hari_pemegang(tingkat: alur.Tingkat, kasus: Usulan) -> date:
    """The day it is now for whoever holds the case."""
    zona: dict[alur.Tingkat, Zona] = {
        alur.Tingkat.UNIT: kasus.upt.zona,
        alur.Tingkat.KANWIL: kasus.kanwil.zona,
        alur.Tingkat.PUSAT: WIB,
    }
    return hari_ini(zona[tingkat])


def lama_batas(batas: alur.Batas, rumpun: str) -> alur.Lama | None:
    """How long a limit is today; None when the rules have none of this code."""
    aturan, kini = himpunan(), hari_ini()
    satu = aturan.tenggat(f"{batas}_{rumpun}", kini) or aturan.tenggat(batas, kini)
    return alur.Lama(satu.jumlah, satu.satuan == "hari kerja") if satu else None


@dataclass
class Penghitung:
    """Limits of one act over many cases: rules and holidays are read once."""

    _libur: dict[int | None, frozenset[date]] | None = field(default=None)
    _lama: dict[tuple[alur.Batas, str], alur.Lama | None] = field(default_factory=dict)

    def jatuh(self, batas: alur.Batas | None, ke: alur.Status, kasus: Usulan) -> date | None:
        """The last day of the limit that starts now, None when there is none."""
        lama = self._baca(batas, kasus.rumpun) if batas else None
        if lama is None:
            return None
        mulai = hari_pemegang(alur.PEMEGANG[ke], kasus)
        return lama.jatuh(mulai, self._hari_libur(kasus.kanwil_id) if lama.kerja else ())

    def _baca(self, batas: alur.Batas, rumpun: str) -> alur.Lama | None:
        if (batas, rumpun) not in self._lama:
            self._lama[batas, rumpun] = lama_batas(batas, rumpun)
        return self._lama[batas, rumpun]

    def _hari_libur(self, kanwil_id: int) -> frozenset[date]:
        if self._libur is None:
            kini = hari_ini()
            semua = Libur.objects.filter(tanggal__range=(kini, kini + timedelta(days=_KE_DEPAN)))
            self._libur = kelompokkan_libur(semua.values_list("tanggal", "kanwil"))
        return self._libur.get(kanwil_id, self._libur[None])


def tepat(kasus: Usulan) -> bool | None:
    """Whether the limit that runs has been kept until now; None when none runs."""
    if kasus.tenggat is None:
        return None
    return hari_pemegang(alur.PEMEGANG[alur.Status(kasus.status)], kasus) <= kasus.tenggat
