"""Freezing a draft: check everything again on the server, then make the content that will never change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pelaporan.aturan import GALAT, Temuan, belum_terjawab, periksa
from pelaporan.isian import Isian, KonteksPeta, bekukan
from pelaporan.konteks import isian_laporan, muat_konteks
from pelaporan.models import Draf, Laporan
from pelaporan.skema import Skema
from pelaporan.turunan import Ingatan, Terisi, muat_laporan
from pemasyarakatan.inti.galat import TidakSah


@dataclass(frozen=True)
class Pemeriksaan:
    """A draft with everything that was found in it."""

    isian: Isian
    konteks: KonteksPeta
    temuan: list[Temuan]
    belum: list[Temuan]
    tanggapan: dict[str, dict[str, Any]]
    skema: Skema
    terisi: Terisi

    @property
    def galat(self) -> list[Temuan]:
        return [t for t in self.temuan if t.tingkat == GALAT]

    @property
    def bersih(self) -> bool:
        return not self.galat and not self.belum

    def beku(self, tanggapan: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Any]:
        """The content as it would be frozen now."""
        return bekukan(self.skema, self.isian, self.konteks, tanggapan or {}, self.terisi.beku(self.skema))


def periksa_draf(laporan: Laporan, isi: dict[str, Any] | None = None, ingatan: Ingatan | None = None) -> Pemeriksaan:
    """Findings of a report's draft as it stands (`isi`: an already read draft; `ingatan`: what registers said)."""
    if isi is None:
        draf = Draf.objects.filter(laporan=laporan).first()
        isi = draf.isi if draf else {}
    skema, terisi = laporan.skema, muat_laporan(laporan, ingatan=ingatan)
    isian, konteks = isian_laporan(laporan, isi, terisi), muat_konteks(laporan)
    temuan = periksa(skema, isian, konteks)
    tanggapan = isi.get("tanggapan", {})
    return Pemeriksaan(isian, konteks, temuan, belum_terjawab(temuan, tanggapan), tanggapan, skema, terisi)


def bekukan_laporan(laporan: Laporan) -> dict[str, Any]:
    """The frozen content; raises TidakSah with every place that still blocks."""
    hasil = periksa_draf(laporan)
    if not hasil.bersih:
        halangan = hasil.galat + hasil.belum
        raise TidakSah(
            f"Masih ada {len(halangan)} hal yang perlu diselesaikan sebelum laporan dapat dikirim.",
            temuan=[t.ke_json() for t in halangan],
        )
    dipakai = {t.id for t in hasil.temuan}
    tanggapan = {kunci: nilai for kunci, nilai in hasil.tanggapan.items() if kunci in dipakai}
    return hasil.beku(tanggapan)
