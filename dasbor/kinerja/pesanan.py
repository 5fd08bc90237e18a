"""What somebody asked for, as the job's parameter keeps it.

Light: the web process reads it without pandas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from dasbor.rekap import Dasar
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.inti.waktu import Bulan

JENIS = "laporan_kinerja"
_BAWAAN = Path(__file__).with_name("surat.yaml")


@dataclass(frozen=True)
class Surat:
    """The texts around the report that each office writes its own way."""

    kop: tuple[str, ...]
    alamat: str = ""
    nomor: str = ""
    tempat: str = ""
    jabatan: str = ""

    @classmethod
    def bawaan(cls) -> Surat:
        return cls.dari(yaml.safe_load(_BAWAAN.read_text(encoding="utf-8")))

    @classmethod
    def dari(cls, isi: Mapping[str, Any]) -> Surat:
        return cls(**{**isi, "kop": tuple(isi["kop"])})


@dataclass(frozen=True)
class Pesanan:
    bulan: Bulan
    dasar: Dasar
    surat: Surat

    @classmethod
    def dari(cls, isi: Mapping[str, Any]) -> Pesanan:
        """Read a job's parameter; raises TidakSah for one that this release cannot read."""
        try:
            dasar = isi["dasar"]
            if dasar not in ("masuk", "sah"):
                raise ValueError(dasar)
            return cls(Bulan.dari(isi["bulan"]), dasar, Surat.dari(isi["surat"]))
        except (KeyError, TypeError, ValueError) as galat:
            raise TidakSah("Pilihan permintaan ini tidak terbaca lagi. Buat permintaan baru.") from galat

    def ke_json(self) -> dict[str, Any]:
        surat = {**asdict(self.surat), "kop": list(self.surat.kop)}
        return {"bulan": self.bulan.kode, "dasar": self.dasar, "surat": surat}

    @property
    def judul(self) -> str:
        tambahan = " (hanya terverifikasi)" if self.dasar == "sah" else ""
        return f"Laporan kinerja {self.bulan.nama}{tambahan}"
