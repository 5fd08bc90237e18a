"""Invented persons of every kind, for tests that compare: no name, no number, only what the rules ask."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta

import numpy as np

from remisi.calon.massal import (
    AGAMA,
    BILANGAN,
    JENIS,
    KELOMPOK,
    KOLOM,
    MENJALANI,
    PILIHAN,
    TAHU,
    TANGGAL,
    Kolom,
    hari,
    tipe,
)
from remisi.calon.syarat import Orang

KINI = date(2026, 11, 22)
KOLOM_DATA = tuple(f.name for f in fields(Orang) if f.name not in ("lalu", "remisi_hari"))


def acak(r: random.Random) -> Orang:
    """Anybody: mostly in order, so that the later conditions decide too, with every gap and every oddity."""
    khusus = r.random() < 0.3
    return Orang(
        status=r.choice(["NARAPIDANA"] * 4 + ["ANAK_BINAAN", "TAHANAN", "ANAK"]),
        jenis_pidana=r.choice(["SEMENTARA"] * 14 + ["MATI", "SEUMUR_HIDUP"]),
        menjalani=r.choice(["PIDANA"] * 12 + list(MENJALANI)),
        kelompok=r.choice(KELOMPOK) if khusus else "umum",
        jenis_kelamin=r.choice(["L", "L", "P", "L", "P", ""]),
        agama=r.choice(["ISLAM", "ISLAM", *AGAMA]),
        tahun_lahir=r.choice([None, 1953, 1954, 1955, 1956, 1957, 1958, 1990, 2008]),
        tanggal_putusan=_tanggal(r, 0.9, date(2003, 1, 1), 8900),
        tanggal_tahan=_tanggal(r, 0.95, date(2012, 1, 1), 5600) if r.random() < 0.8 else date(2024, 2, 29),
        hari_tahan_sebelumnya=r.choice([0, 0, 0, 17, 400]),
        pidana_tahun=r.choice([None, 0, 1, 1, 2, 3, 5, 10, 20]),
        pidana_bulan=r.choice([None, 0, 3, 5, 6, 11]),
        pidana_hari=r.choice([None, 0, 0, 15, 29]),
        subsider_bulan=r.choice([0, 0, 3]),
        subsider_hari=r.choice([0, 15]),
        denda_lunas=_tahu(r),
        uang_pengganti_lunas=_tahu(r),
        deradikalisasi=_tahu(r),
        ikrar=_tahu(r),
        salinan_putusan=_tahu(r),
        sppn_predikat=r.choice(["SANGAT_BAIK", *["BAIK"] * 6, "CUKUP", "KURANG", ""]),
        sppn_tanggal=_tanggal(r, 0.95, KINI - timedelta(100), 99),
        risiko_turun=_tahu(r),
        register_f_diperiksa=_tanggal(r, 0.95, KINI - timedelta(100), 99),
        register_f_terakhir=_tanggal(r, 0.2, date(2014, 1, 1), 5000),
        remisi_hari=r.choice([0, 0, 15, 300, 900]),
        lalu={j: r.randrange(9) for j in JENIS if r.random() < 0.4},
    )


def _tanggal(r: random.Random, ada: float, sejak: date, lama: int) -> date | None:
    return sejak + timedelta(days=r.randrange(lama)) if r.random() < ada else None


def _tahu(r: random.Random) -> bool | None:
    return r.choice([True] * 8 + [False, None])


def sebagai_kolom(semua: Sequence[Orang]) -> Kolom:
    """The same persons as columns, as `remisi.calon.susun` reads them from the register."""
    return {nama: np.array([_nilai(nama, o) for o in semua], tipe(nama)) for nama in KOLOM}


def _nilai(nama: str, o: Orang) -> int:
    if nama in PILIHAN:
        return PILIHAN[nama].index(getattr(o, nama))
    if nama in TAHU:
        nilai = getattr(o, nama)
        return -1 if nilai is None else int(nilai)
    if nama in TANGGAL:
        return hari(getattr(o, nama))
    return getattr(o, nama) or 0 if nama in BILANGAN else o.lalu.get(nama.removeprefix("lalu_"), 0)
