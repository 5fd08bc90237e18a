"""What kind of place a unit is: its size, who lives there, how it farms. Invented, fixed by its code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sin

from dasbor.contoh import kalibrasi
from pemasyarakatan.inti.acak import antara, kumulatif, pecah, pecahan, potong
from pemasyarakatan.inti.waktu import Bulan

JENIS_HUNIAN = ("LAPAS", "RUTAN", "LPKA")
"""Kinds of unit with inmates: they owe the basic forms, and only they share a region's inmates and land."""

JENIS_WAJIB = (*JENIS_HUNIAN, "BAPAS", "RS")
"""Kinds of unit that owe any shipped form. A Bapas has clients instead of inmates and no weight in coverage."""

_BESAR = {
    ("LAPAS", "I"): 1000,
    ("LAPAS", "IIA"): 520,
    ("LAPAS", "IIB"): 290,
    ("LAPAS", "III"): 160,
    ("RUTAN", "I"): 800,
    ("RUTAN", "IIA"): 420,
    ("RUTAN", "IIB"): 170,
    ("LPKA", "I"): 110,
    ("LPKA", "II"): 70,
}
# How full compared with the neighbours, and detainees per thousand inmates.
_PENUH = {"TERBUKA": 0.35, "PEREMPUAN": 0.75, "PEMUDA": 0.9, "KHUSUS": 0.6}
_TAHANAN = {"RUTAN": 430, "LAPAS": 84}


@dataclass(frozen=True)
class Unit:
    """What the generator needs to know about a unit; `kanwil` is the office's two-digit code."""

    kode: str
    nama: str
    jenis: str
    subjenis: str
    kelas: str
    kanwil: str
    zona: str
    pk: int = 0
    kanwil_pk: int = 0


@dataclass(frozen=True)
class Profil:
    """A unit with its calibrated figures.

    `isi_dasar`: inmates in kalibrasi.ACUAN. `pangan`: the unit's stretch (from, to, of) of the region's
    running weights, None without a food programme; `lahan_wilayah`, `wbp_wilayah`: what the region has.
    """

    unit: Unit
    kapasitas: tuple[int, int, int]
    isi_dasar: int
    perempuan: float
    tahanan: float
    fase: float
    pangan: tuple[int, int, int] | None
    lahan_wilayah: int
    wbp_wilayah: int

    def isi(self, bulan: Bulan) -> tuple[int, int]:
        """Male and female inmates at the end of a month."""
        ombak = 1 + 0.012 * sin(self.fase + (bulan.tahun * 12 + bulan.bulan) / 2.6)
        isi = round(self.isi_dasar * kalibrasi.faktor_penghuni(bulan) * ombak)
        perempuan = round(isi * self.perempuan)
        return isi - perempuan, perempuan

    @property
    def kapasitas_total(self) -> int:
        return sum(self.kapasitas)

    def lahan(self, bulan: Bulan) -> int:
        return self._bagian(self.lahan_wilayah, bulan)

    def wbp(self, bulan: Bulan) -> int:
        return self._bagian(self.wbp_wilayah, bulan)

    def _bagian(self, wilayah: int, bulan: Bulan) -> int:
        if self.pangan is None:
            return 0
        return potong(round(wilayah * kalibrasi.faktor_pangan(bulan)), *self.pangan)


def susun_profil(
    semua: Iterable[Unit], kapasitas: Mapping[str, tuple[int, int, int]] | None = None
) -> dict[str, Profil]:
    """Profiles by unit code. `kapasitas`: known places (men, women, children); the rest is invented."""
    per_kanwil: dict[str, list[Unit]] = defaultdict(list)
    lain: dict[str, Profil] = {}
    for unit in semua:
        if unit.jenis in JENIS_HUNIAN:
            per_kanwil[unit.kanwil].append(unit)
        elif unit.jenis in JENIS_WAJIB:
            lain[unit.kode] = _tanpa_penghuni(unit)
    hasil: dict[str, Profil] = {}
    for kanwil, unit_kanwil in per_kanwil.items():
        hasil |= _wilayah(kanwil, sorted(unit_kanwil, key=lambda u: u.kode), kapasitas or {})
    return hasil | lain


def _wilayah(kanwil: str, unit: Sequence[Unit], diketahui: Mapping[str, tuple[int, int, int]]) -> dict[str, Profil]:
    tampung, penghuni = kalibrasi.WILAYAH.get(kanwil, (280 * len(unit), 520 * len(unit)))
    tempat = pecah(tampung, kumulatif([_bobot(u) for u in unit]))
    isi = _isi_wilayah(unit, tempat, penghuni)
    pangan = _pangan_wilayah(unit)
    lahan, wbp = kalibrasi.PANGAN.get(
        kanwil, (kalibrasi.LAHAN_PER_UNIT * len(unit), kalibrasi.WBP_PER_UNIT * len(unit))
    )
    return {
        u.kode: Profil(
            unit=u,
            kapasitas=diketahui.get(u.kode) or _kapasitas(u, tempat[i]),
            isi_dasar=isi[i],
            perempuan=_perempuan(u),
            tahanan=_TAHANAN.get(u.jenis, 260) / 1000 * antara(0.8, 1.2, u.kode, "tahanan"),
            fase=antara(0, 6.3, u.kode, "fase"),
            pangan=pangan[i],
            lahan_wilayah=lahan,
            wbp_wilayah=wbp,
        )
        for i, u in enumerate(unit)
    }


def _tanpa_penghuni(unit: Unit) -> Profil:
    return Profil(unit, (0, 0, 0), 0, 0.0, 0.0, antara(0, 6.3, unit.kode, "fase"), None, 0, 0)


def _bobot(unit: Unit) -> int:
    dasar = _BESAR.get((unit.jenis, unit.kelas), 200) * (0.55 if unit.subjenis == "PEREMPUAN" else 1.0)
    return max(1, round(dasar * antara(0.75, 1.3, unit.kode, "besar")))


def _isi_wilayah(unit: Sequence[Unit], tempat: Sequence[int], penghuni: int) -> list[int]:
    """Children first (they do not depend on the region's crowding), the rest by places and crowding."""
    anak = [round(67 * antara(0.5, 1.6, u.kode, "anak")) if u.jenis == "LPKA" else 0 for u in unit]
    bobot = [0 if u.jenis == "LPKA" else round(1000 * tempat[i] * _penuh(u)) for i, u in enumerate(unit)]
    if not any(bobot):
        return anak
    dewasa = pecah(max(penghuni - sum(anak), 0), kumulatif(bobot))
    return [a + d for a, d in zip(anak, dewasa, strict=True)]


def _penuh(unit: Unit) -> float:
    return _PENUH.get(unit.subjenis, 1.15 if unit.jenis == "RUTAN" else 1.0) * antara(0.8, 1.2, unit.kode, "penuh")


def _perempuan(unit: Unit) -> float:
    if unit.subjenis == "PEREMPUAN":
        return 1.0
    campur = unit.subjenis == "UMUM" and unit.jenis != "LPKA" and unit.kelas in ("IIB", "III", "IIA")
    return antara(0.01, 0.04, unit.kode, "perempuan") if campur else 0.0


def _kapasitas(unit: Unit, tempat: int) -> tuple[int, int, int]:
    if unit.jenis == "LPKA":
        return 0, 0, tempat
    perempuan = round(tempat * (1.0 if _perempuan(unit) == 1 else 1.4 * _perempuan(unit)))
    return tempat - perempuan, perempuan, 0


def _pangan_wilayah(unit: Sequence[Unit]) -> list[tuple[int, int, int] | None]:
    bobot = [0 if pecahan(u.kode, "pangan") < 0.12 else round(antara(300, 1700, u.kode, "lahan")) for u in unit]
    if not any(bobot):
        bobot[0] = 1
    kum = (0, *kumulatif(bobot))
    return [(kum[i], kum[i + 1], kum[-1]) if b else None for i, b in enumerate(bobot)]
