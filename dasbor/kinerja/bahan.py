"""Reading what a performance report is made of: the rollups of a month and of the year before it, as pandas
frames.

Everything is read in one snapshot, so that no transition in between can make two tables disagree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from django.db import connection

from dasbor.kinerja.susunan import BANYAK_TREN, BUTIR, TREN
from dasbor.rekap import Dasar
from dasbor.selectors import skema_bulan
from pelaporan.skema import Skema
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.waktu import Bulan, sekarang
from upt.cakupan import SISTEM, Cakupan, terpasang

LIPUTAN = ("wajib", "masuk", "sah", "tepat", "penghuni_wajib", "penghuni_masuk", "penghuni_sah")
_TEMPAT = {"masuk": (0, 2), "sah": (1, 3)}

_ANGKA = """
SELECT r.bulan, r.kanwil_id, r.formulir_id, k.kode,
       CASE WHEN (r.isi -> k.kode ->> %(banyak)s)::int > 0 THEN (r.isi -> k.kode ->> %(nilai)s)::float8 END,
       COALESCE((r.isi -> k.kode ->> %(banyak)s)::int, 0)
FROM dasbor_ringkasan r
JOIN unnest(%(formulir)s::text[], %(kode)s::text[]) AS k(formulir, kode) ON k.formulir = r.formulir_id
WHERE r.kanwil_id IS NOT NULL AND r.bulan BETWEEN %(dari)s AND %(sampai)s
"""
_LIPUTAN = """
SELECT r.bulan, r.kanwil_id, r.formulir_id, r.n_wajib, r.n_masuk, r.n_sah, r.n_tepat,
       r.penghuni_wajib, r.penghuni_masuk, r.penghuni_sah, r.sidik_sumber, r.dihitung_pada
FROM dasbor_ringkasan r WHERE r.kanwil_id IS NOT NULL AND r.bulan BETWEEN %(dari)s AND %(sampai)s
"""


@dataclass(frozen=True)
class Bahan:
    """Frames of one report.

    `angka`, `angka_tren`: bulan, kanwil_id, formulir, kode, nilai (float; NaN: no unit gave it), n (units).
    `liputan`: bulan, kanwil_id, formulir and the counts of LIPUTAN, over the twelve months. `kanwil`: id →
    name, in the order of the official codes. `sidik` is the hash over the versions that the month's rollups
    were made of.
    """

    bulan: Bulan
    dasar: Dasar
    angka: pd.DataFrame
    angka_tren: pd.DataFrame
    liputan: pd.DataFrame
    kanwil: pd.Series[Any]
    skema: Mapping[str, Skema]
    sidik: str
    data_per: datetime | None
    dibaca_pada: datetime

    @property
    def banyak_rekap(self) -> int:
        """Rollups (Kanwil × form) of the month itself."""
        return int((self.liputan["bulan"] == self.bulan.awal).sum())


@contextmanager
def potret(cakupan: Cakupan) -> Iterator[None]:
    """One snapshot for several reads.

    Inside another transaction, which has begun already, it is that one's view.
    """
    with penjaga.potret(baca_saja=True), terpasang(cakupan):
        yield


def baca(bulan: Bulan, dasar: Dasar, cakupan: Cakupan = SISTEM) -> Bahan:
    """Read all frames of a month's report in one snapshot."""
    awal = bulan - (BANYAK_TREN - 1)
    with potret(cakupan):
        dibaca_pada = sekarang()
        angka = _angka(BUTIR, dasar, bulan.awal, bulan.awal)
        tren = _angka(TREN, dasar, awal.awal, bulan.awal)
        liputan = _frame(
            _LIPUTAN, {"dari": awal.awal, "sampai": bulan.awal},
            ["bulan", "kanwil_id", "formulir", *LIPUTAN, "sidik", "dihitung_pada"],
        )  # fmt: skip
        kanwil = _kanwil()
        skema = skema_bulan(bulan)
    bulan_ini = liputan[liputan["bulan"] == bulan.awal]
    per = bulan_ini["dihitung_pada"].max() if len(bulan_ini) else None
    return Bahan(bulan, dasar, angka, tren, liputan, kanwil, skema, _sidik(bulan_ini), per, dibaca_pada)


def _angka(butir: Mapping[str, tuple[str, ...]], dasar: Dasar, dari: date, sampai: date) -> pd.DataFrame:
    pasangan = [(formulir, kode) for formulir, semua in butir.items() for kode in semua]
    nilai, banyak = _TEMPAT[dasar]
    parameter = {
        "formulir": [p[0] for p in pasangan],
        "kode": [p[1] for p in pasangan],
        "nilai": nilai,
        "banyak": banyak,
        "dari": dari,
        "sampai": sampai,
    }
    frame = _frame(_ANGKA, parameter, ["bulan", "kanwil_id", "formulir", "kode", "nilai", "n"])
    return frame.astype({"nilai": "float64", "n": "int64"})


def _kanwil() -> pd.Series[Any]:
    frame = _frame("SELECT id, nama_pendek FROM upt_kanwil ORDER BY kode", {}, ["id", "nama"])
    return frame.set_index("id")["nama"]


def _frame(sql: str, parameter: Mapping[str, Any], kolom: list[str]) -> pd.DataFrame:
    with connection.cursor() as kursor:
        kursor.execute(sql, parameter)
        return pd.DataFrame.from_records(kursor.fetchall(), columns=kolom)


def _sidik(liputan: pd.DataFrame) -> str:
    """SHA-256 over (form, Kanwil, hash of the versions read), in a fixed order."""
    urut = liputan.sort_values(["formulir", "kanwil_id"])
    baris = urut["formulir"] + ":" + urut["kanwil_id"].astype(str) + ":" + urut["sidik"]
    return hashlib.sha256(" ".join(baris).encode()).hexdigest()
