"""What people decided about a month, applied to its reports: moved deadlines and waivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pelaporan.models import Laporan, Pembebasan, PerubahanTenggat
from pemasyarakatan.inti.waktu import WIB, Bulan, Zona, akhir_hari


@dataclass(frozen=True)
class Keputusan:
    """All decisions that concern one month. `perubahan` is ordered newest first; the newest that names a date wins."""

    perubahan: tuple[PerubahanTenggat, ...] = ()
    bebas: Mapping[tuple[int, str], str] = field(default_factory=dict)

    @classmethod
    def untuk(cls, bulan: Bulan, *, tambahan: PerubahanTenggat | None = None) -> Keputusan:
        """As stored, with a decision that is only being considered on top."""
        tersimpan = tuple(PerubahanTenggat.objects.filter(bulan=bulan.awal).order_by("-id"))
        bebas = Pembebasan.objects.filter(dari__lte=bulan.awal, sampai__gte=bulan.awal, dicabut_pada=None)
        return cls(
            ((tambahan,) if tambahan else ()) + tersimpan,
            {(b.upt_id, b.formulir_id): b.alasan for b in bebas.order_by("id")},
        )

    def terapkan(self, laporan: Laporan, *, zona: Zona, zona_kanwil: Zona) -> Laporan:
        """Set the moved deadlines and, while nothing was sent, the waiver. Changes and returns the given row."""
        for kolom, tempat in (("tenggat_upt", zona), ("tenggat_kanwil", zona_kanwil), ("tenggat_pusat", WIB)):
            hari = self._hari(laporan, kolom)
            if hari is not None:
                setattr(laporan, "tenggat" if kolom == "tenggat_upt" else kolom, akhir_hari(hari, tempat))
        if laporan.versi_masuk is None:
            laporan.dibebaskan = self.bebas.get((laporan.upt_id, laporan.formulir_id), "")
        return laporan

    def _hari(self, laporan: Laporan, kolom: str) -> date | None:
        return next((getattr(p, kolom) for p in self.mengenai(laporan) if getattr(p, kolom)), None)

    def mengenai(self, laporan: Laporan) -> list[PerubahanTenggat]:
        """The moves that touch a report, newest first."""
        return [p for p in self.perubahan if mengenai(p, laporan)]


def mengenai(perubahan: PerubahanTenggat, laporan: Laporan) -> bool:
    return perubahan.formulir_id in (None, laporan.formulir_id) and perubahan.kanwil_id in (None, laporan.kanwil_id)


def pembebasan_berlaku(laporan: Laporan) -> str:
    """The reason of the waiver that covers a report's month; empty when there is none."""
    baris = Pembebasan.objects.filter(
        upt_id=laporan.upt_id,
        formulir_id=laporan.formulir_id,
        dari__lte=laporan.bulan,
        sampai__gte=laporan.bulan,
        dicabut_pada=None,
    )
    return baris.order_by("-id").values_list("alasan", flat=True).first() or ""
