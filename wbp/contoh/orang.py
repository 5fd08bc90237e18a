"""Invented persons: named as inventions, spread about as inmates are. The same seed gives the same persons. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pemasyarakatan.inti.angka import terbilang

_KELOMPOK = (("narkotika", 0.53), ("umum", 0.43), ("korupsi", 0.02), ("khusus_lain", 0.015), ("terorisme", 0.005))
_LAMA_BULAN = {
    "narkotika": (48, 66, 144), "umum": (6, 24, 96), "korupsi": (24, 48, 96), "khusus_lain": (24, 48, 120),
    "terorisme": (36, 60, 120),
}  # fmt: skip
"""Least, usual and most months of a sentence."""
_HARI_RAYA: dict[str, tuple[tuple[int, int, int], ...]] = {
    "ISLAM": ((2021, 5, 13), (2022, 5, 2), (2023, 4, 22), (2024, 4, 10), (2025, 3, 31), (2026, 3, 21)),
    "KRISTEN": tuple((tahun, 12, 25) for tahun in range(2018, 2026)),
    "KATOLIK": tuple((tahun, 12, 25) for tahun in range(2018, 2026)),
    "HINDU": ((2022, 3, 3), (2023, 3, 22), (2024, 3, 11), (2025, 3, 29), (2026, 3, 19)),
    "BUDDHA": ((2022, 5, 16), (2023, 6, 4), (2024, 5, 23), (2025, 5, 12), (2026, 5, 31)),
    "KONGHUCU": ((2022, 2, 1), (2023, 1, 22), (2024, 2, 10), (2025, 1, 29), (2026, 2, 17)),
}
_RU = ((1, 0), (3, 0), (4, 0), (5, 0), (5, 0), (6, 0))
_RK = ((0, 15), (1, 0), (1, 0), (1, 15), (1, 15), (2, 0))


@dataclass(frozen=True)
class Profil:
    """Who is in a unit: shares of women and detainees, of religions; whether it holds children."""

    perempuan: float = 0.05
    tahanan: float = 0.2
    agama: tuple[tuple[str, float], ...] = (("ISLAM", 0.87), ("KRISTEN", 0.08), ("KATOLIK", 0.03), ("BUDDHA", 0.02))
    anak: bool = False


TIMUR = (("ISLAM", 0.5), ("KRISTEN", 0.42), ("KATOLIK", 0.07), ("HINDU", 0.01))
MELAYU = (("ISLAM", 0.84), ("KRISTEN", 0.09), ("KATOLIK", 0.02), ("BUDDHA", 0.04), ("KONGHUCU", 0.01))


@dataclass(frozen=True)
class OrangContoh:
    """One invented person; `kolom` are columns of the register, `pemberian` = (kind, day, months, days)."""

    nama: str
    nomor: str
    kolom: dict[str, Any]
    pemberian: list[tuple[str, date, int, int]] = field(default_factory=list)
    sppn: list[tuple[date, str]] = field(default_factory=list)
    register_f: list[date] = field(default_factory=list)


def buat(banyak: int, *, benih: int, hari: date, profil: Profil | None = None, mulai: int = 1) -> Iterator[OrangContoh]:
    """So many persons as a register would have them on `hari`; `mulai` is the first one's running number."""
    acak = random.Random(benih)  # noqa: S311  repeatable, and no secret
    for n in range(mulai, mulai + banyak):
        yield _satu(n, acak, hari, profil or Profil())


def _satu(n: int, acak: random.Random, hari: date, p: Profil) -> OrangContoh:
    tahanan = acak.random() < p.tahanan
    umum: dict[str, Any] = {
        "jenis_kelamin": "P" if acak.random() < p.perempuan else "L",
        "agama": _pilih(acak, p.agama),
        "kelompok": _pilih(acak, _KELOMPOK) if not p.anak else acak.choice(("umum", "umum", "narkotika")),
    }
    orang = _tahanan(acak, hari, umum, p) if tahanan else _terpidana(acak, hari, umum, p)
    orang.kolom.update(_program(n, orang.kolom, hari))
    tahun = orang.kolom["tanggal_tahan"].year
    return OrangContoh(
        f"Warga Contoh {terbilang(n).title()}", f"CONTOH-{n:04}/{tahun}", _bolong(acak, orang.kolom), orang.pemberian,
        orang.sppn, orang.register_f,
    )  # fmt: skip


def _pilih(acak: random.Random, bobot: Sequence[tuple[str, float]]) -> str:
    return acak.choices([b[0] for b in bobot], [b[1] for b in bobot])[0]


def _lahir(acak: random.Random, tahan: date, p: Profil) -> int:
    return tahan.year - (acak.randint(14, 17) if p.anak else min(75, int(acak.triangular(19, 70, 32))))


def _tahanan(acak: random.Random, hari: date, umum: dict[str, Any], p: Profil) -> OrangContoh:
    tahan = hari - timedelta(days=acak.randint(3, 150))
    kolom = {
        **umum, "status": "ANAK" if p.anak else "TAHANAN", "golongan": acak.choice(("A.I", "A.II", "A.III")),
        "tanggal_tahan": tahan, "habis_tahan": hari + timedelta(days=acak.randint(1, 60)),
        "tahun_lahir": _lahir(acak, tahan, p), "sejak": tahan + timedelta(days=2),
    }  # fmt: skip
    return OrangContoh("", "", kolom)


def _terpidana(acak: random.Random, hari: date, umum: dict[str, Any], p: Profil) -> OrangContoh:
    kolom, dijalani = _pidana(acak, umum, p)
    tahan = hari - timedelta(days=dijalani)
    putusan = min(tahan + timedelta(days=acak.randint(60, 210)), hari - timedelta(days=1))
    kolom |= {
        "status": "ANAK_BINAAN" if p.anak else "NARAPIDANA", "tanggal_tahan": tahan, "tanggal_putusan": putusan,
        "tahun_lahir": _lahir(acak, tahan, p), "sejak": min(putusan + timedelta(days=acak.randint(0, 60)), hari),
        "salinan_putusan": True, "register_f_diperiksa": hari - timedelta(days=acak.randint(1, 20)),
        "risiko_turun": acak.random() < 0.9,
    }  # fmt: skip
    if kolom["kelompok"] == "terorisme":
        kolom |= {"deradikalisasi": acak.random() < 0.8, "ikrar": acak.random() < 0.8}
    disiplin = [hari - timedelta(days=acak.randint(1, min(400, dijalani)))] if acak.random() < 0.03 else []
    bulan_lalu = hari.replace(day=1) - timedelta(days=1)
    predikat = acak.choices(("SANGAT_BAIK", "BAIK", "CUKUP", "KURANG"), (0.15, 0.75, 0.08, 0.02))[0]
    sppn = [(bulan_lalu, predikat)] if bulan_lalu > tahan and acak.random() > 0.05 else []
    return OrangContoh("", "", kolom, _remisi(kolom, hari, p), sppn, disiplin)


def _program(n: int, kolom: dict[str, Any], hari: date) -> dict[str, date]:
    """Some were on leave with their family, or served asimilasi, before the register began."""
    if kolom["status"] != "NARAPIDANA" or (hari - kolom["tanggal_tahan"]).days < 400:
        return {}
    khusus = kolom["kelompok"] in ("narkotika", "korupsi")
    cmk = {"cmk_terakhir": hari - timedelta(days=20 + n % 150)} if n % 9 == 0 else {}
    return cmk | ({"asimilasi_sejak": hari - timedelta(days=30 + n % 60)} if khusus and n % 5 == 0 else {})


def _pidana(acak: random.Random, umum: dict[str, Any], p: Profil) -> tuple[dict[str, Any], int]:
    """The sentence with its fine, and how many days of it are served."""
    if not p.anak and acak.random() < 0.004:
        kolom = {**umum, "jenis_pidana": "SEUMUR_HIDUP", "golongan": "B.I"}
        return kolom, acak.randint(300, 3600)
    sedikit, lazim, banyak = (6, 14, 48) if p.anak else _LAMA_BULAN[umum["kelompok"]]
    bulan = int(acak.triangular(sedikit, banyak, lazim))
    kolom = {
        **umum, "pidana_tahun": bulan // 12, "pidana_bulan": bulan % 12, "pidana_hari": 0,
        "golongan": "B.I" if bulan > 12 else "B.IIa" if bulan > 3 else "B.IIb",
    }  # fmt: skip
    if umum["kelompok"] in ("narkotika", "korupsi") and not p.anak:
        kolom |= {"subsider_bulan": acak.choice((1, 2, 3, 6)), "denda_lunas": acak.random() < 0.3}
        if umum["kelompok"] == "korupsi":
            kolom["uang_pengganti_lunas"] = acak.random() < 0.4
    return kolom, int(bulan * 30 * acak.uniform(0.04, 0.72)) + 5


def _remisi(kolom: dict[str, Any], hari: date, p: Profil) -> list[tuple[str, date, int, int]]:
    """Grants of every year in which somebody had served half a year, while enough of the sentence is left."""
    if "pidana_tahun" not in kolom:
        return []
    tahan, sisa = kolom["tanggal_tahan"], (kolom["pidana_tahun"] * 12 + kolom["pidana_bulan"]) * 30
    habis = tahan + timedelta(days=sisa)
    merdeka = [date(tahun, 8, 17) for tahun in range(2018, hari.year + 1)]
    raya = [date(*isi) for isi in _HARI_RAYA.get(kolom["agama"], ())]
    hasil = []
    for jenis, semua, besar in (("PMPU" if p.anak else "RU", merdeka, _RU), ("PMPK" if p.anak else "RK", raya, _RK)):
        sah = [h for h in semua if tahan + timedelta(days=181) <= h < hari and h > kolom["tanggal_putusan"]]
        for ke, saat in enumerate(sah):
            bulan, sehari = besar[min(ke, 5)]
            if (habis - hari).days <= bulan * 30 + sehari + 30:
                break
            habis -= timedelta(days=bulan * 30 + sehari)
            hasil.append((jenis, saat, bulan, sehari))
    return sorted(hasil, key=lambda satu: satu[1])


def _bolong(acak: random.Random, kolom: dict[str, Any]) -> dict[str, Any]:
    """Some of what registers lack in practice, so that lists of work are not empty."""
    isi = dict(kolom)
    for nama, peluang in (("salinan_putusan", 0.06), ("register_f_diperiksa", 0.04), ("tahun_lahir", 0.01)):
        if nama in isi and acak.random() < peluang:
            isi[nama] = None
    for nama, peluang in (("tanggal_putusan", 0.012), ("denda_lunas", 0.1)):
        if isi.get(nama) is not None and acak.random() < peluang:
            isi[nama] = None
    for nama, peluang in (("agama", 0.004), ("kelompok", 0.01)):
        if acak.random() < peluang:
            isi[nama] = ""
    return isi
