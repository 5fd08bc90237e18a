"""Figures of the food register that add up from unit to Kanwil to nation, and what is divided of them. Reads nothing.

A quotient without a divisor is None ("tidak ada data"), never nought.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from pangan.models import Klaster

TANAMAN = (Klaster.PERTANIAN, Klaster.HORTIKULTURA, Klaster.PERKEBUNAN)
"""Clusters whose produce can be compared by area: ponds and pens are not judged by their square metres."""
LUAS_BANDING = 1_000
PENGHUNI_BANDING = 50
UNIT_BANDING = 3
"""Below this area (m²), these inmates and these units of one class nothing is compared."""
M2_PER_HA = 10_000
NAMA_JENIS = {"LAPAS": "Lapas", "RUTAN": "Rutan", "LPKA": "LPKA", "BAPAS": "Bapas", "RS": "RS Pengayoman"}


class Fakta(dict[str, Decimal | int]):
    """Named amounts; what nobody has recorded is nought."""

    def __missing__(self, nama: str) -> int:
        return 0

    def tambah(self, lain: Mapping[str, Decimal | int | None]) -> None:
        for nama, nilai in lain.items():
            if nilai:
                self[nama] = self[nama] + nilai

    def klaster(self, ukuran: str) -> Decimal | int:
        """The amount over all clusters."""
        return sum(self[f"{ukuran}_{k}"] for k in Klaster.values)

    def tanaman(self, ukuran: str) -> Decimal | int:
        return sum(self[f"{ukuran}_{k}"] for k in TANAMAN)


def jumlahkan(semua: Iterable[Fakta]) -> Fakta:
    hasil = Fakta()
    for satu in semua:
        hasil.tambah(satu)
    return hasil


@dataclass(frozen=True)
class F06Unit:
    """The obligation of a unit in the month, and what it answered. `ada` None: nothing was sent yet."""

    penghuni: int
    versi: int | None = None
    ada: bool | None = None
    lahan: Decimal | None = None
    alasan: str = ""


@dataclass(frozen=True)
class Unit:
    """One unit in the month of a page."""

    id: int
    kode: str
    nama: str
    jenis: str
    kelas: str
    kanwil_id: int
    fakta: Fakta = field(default_factory=Fakta)
    f06: F06Unit | None = None

    @property
    def register(self) -> bool:
        """Whether it keeps the register: it has at least one plot that month."""
        return bool(self.fakta["petak"])

    @property
    def golongan(self) -> str:
        return f"{self.jenis}-{self.kelas}" if self.kelas else self.jenis

    @property
    def nama_golongan(self) -> str:
        jenis = NAMA_JENIS.get(self.jenis, self.jenis)
        return f"{jenis} Kelas {self.kelas}" if self.kelas else f"{jenis} tanpa kelas"


# ---------------------------------------------------------------- coverage


@dataclass(frozen=True)
class Liputan:
    """How much of the country the register speaks for: units that owe F06, those of them that keep the register, the
    inmates of both. `lain`: units with plots that owe no F06.
    """

    wajib: int = 0
    ada: int = 0
    penghuni_wajib: int = 0
    penghuni_ada: int = 0
    lain: int = 0

    @property
    def persen(self) -> Decimal | None:
        return persen(self.ada, self.wajib)

    @property
    def persen_penghuni(self) -> Decimal | None:
        return persen(self.penghuni_ada, self.penghuni_wajib)


def liputan_unit(unit: Iterable[Unit]) -> Liputan:
    wajib = ada = p_wajib = p_ada = lain = 0
    for u in unit:
        if u.f06 is None:
            lain += u.register
            continue
        wajib, p_wajib = wajib + 1, p_wajib + u.f06.penghuni
        if u.register:
            ada, p_ada = ada + 1, p_ada + u.f06.penghuni
    return Liputan(wajib, ada, p_wajib, p_ada, lain)


def persen(bagian: Decimal | int, seluruh: Decimal | int) -> Decimal | None:
    return Decimal(bagian) * 100 / Decimal(seluruh) if seluruh else None


def menurut_kanwil(unit: Iterable[Unit]) -> dict[int, list[Unit]]:
    hasil: dict[int, list[Unit]] = defaultdict(list)
    for u in unit:
        hasil[u.kanwil_id].append(u)
    return hasil


# ---------------------------------------------------------------- units without land

TIDAK, DIKETIK, BELUM = "tidak", "diketik", "belum"
ALASAN = {
    TIDAK: "F06 menyatakan tidak ada kegiatan",
    DIKETIK: "F06 diketik, register belum diisi",
    BELUM: "belum ada keterangan",
}


def alasan_tanpa_lahan(f06: F06Unit | None) -> str:
    """Why a unit without plots has none, as far as its report of the month says."""
    if f06 is None or f06.ada is None:
        return BELUM
    return DIKETIK if f06.ada else TIDAK


def tanpa_lahan(unit: Iterable[Unit]) -> list[tuple[Unit, str]]:
    """Units that owe F06 and have no plot, each with its reason; those that say nothing first."""
    semua = [(u, alasan_tanpa_lahan(u.f06)) for u in unit if u.f06 is not None and not u.register]
    return sorted(semua, key=lambda p: (-list(ALASAN).index(p[1]), p[0].nama))


# ---------------------------------------------------------------- comparison within a class


@dataclass(frozen=True)
class Banding:
    """One unit against its class. Without enough area or inmates there is only the total."""

    unit: Unit
    per_ha: Decimal | None
    per_100: Decimal | None


@dataclass(frozen=True)
class Golongan:
    """Units of one kind and class with the medians of those that can be compared; None when they are too few."""

    kode: str
    nama: str
    banding: list[Banding]
    median_ha: Decimal | None
    median_100: Decimal | None

    @property
    def banyak_ha(self) -> int:
        return sum(b.per_ha is not None for b in self.banding)

    @property
    def banyak_100(self) -> int:
        return sum(b.per_100 is not None for b in self.banding)


def bandingkan(unit: Iterable[Unit], klaster: str = "") -> list[Golongan]:
    """Harvest of twelve months per hectare in use and per 100 inmates; of one cluster, or (`klaster` "") crops per
    hectare and everything per 100 inmates.
    """
    kelompok: dict[str, list[Banding]] = defaultdict(list)
    for u in unit:
        if u.register:
            kelompok[u.golongan].append(_banding(u, klaster))
    urut = sorted(kelompok.items(), key=lambda p: (-len(p[1]), p[0]))
    return [
        Golongan(
            kode,
            isi[0].unit.nama_golongan,
            sorted(isi, key=lambda b: b.unit.nama),
            _median(b.per_ha for b in isi),
            _median(b.per_100 for b in isi),
        )
        for kode, isi in urut
    ]


def _banding(u: Unit, klaster: str) -> Banding:
    luas = u.fakta[f"lahan_{klaster}"] if klaster else u.fakta.tanaman("lahan")
    kg_lahan = u.fakta[f"setahun_{klaster}"] if klaster else u.fakta.tanaman("setahun")
    kg = u.fakta[f"setahun_{klaster}"] if klaster else u.fakta.klaster("setahun")
    penghuni = u.f06.penghuni if u.f06 else 0
    return Banding(
        u,
        Decimal(kg_lahan) * M2_PER_HA / Decimal(luas) if luas >= LUAS_BANDING else None,
        Decimal(kg) * 100 / penghuni if penghuni >= PENGHUNI_BANDING else None,
    )


def _median(nilai: Iterable[Decimal | None]) -> Decimal | None:
    ada = [n for n in nilai if n is not None]
    return median(ada) if len(ada) >= UNIT_BANDING else None
