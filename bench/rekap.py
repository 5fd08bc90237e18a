"""Rollups: one dirty key, and a rebuild of everything."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
from django.db import connection

from bench.instansi import Ukuran, bulan_terakhir
from bench.pencatat import Pencatat, berselang, sebagai
from bench.ukur import Baris, Waktu, baris_rasio
from dasbor import agregasi
from dasbor.agregasi import Kunci
from upt.cakupan import SISTEM, terpasang

_GABUNG = """
    FROM pelaporan_laporan l
    JOIN pelaporan_laporanversi v ON v.laporan_id = l.id AND v.versi IN (l.versi_masuk, l.versi_sah)
"""
DASAR = f"""
INSERT INTO bench_dasar
SELECT l.kanwil_id, l.bulan, l.formulir_id, e.key,
       COALESCE(sum(e.value::numeric) FILTER (WHERE v.versi = l.versi_masuk), 0),
       COALESCE(sum(e.value::numeric) FILTER (WHERE v.versi = l.versi_sah), 0),
       count(*) FILTER (WHERE v.versi = l.versi_masuk), count(*) FILTER (WHERE v.versi = l.versi_sah)
{_GABUNG} CROSS JOIN LATERAL jsonb_each_text(v.isi -> 'angka') AS e
WHERE l.dibebaskan = '' {{saring}} GROUP BY 1, 2, 3, 4
"""
"""The plain way: one statement over the same facts, the same four figures per Kanwil, month, form, code."""

_FAKTA = f"""
SELECT l.kanwil_id, l.bulan, l.formulir_id, e.key AS kode, e.value::float8 AS nilai,
       (v.versi = l.versi_masuk)::int AS masuk, (v.versi = l.versi_sah)::int AS sah
{_GABUNG} CROSS JOIN LATERAL jsonb_each(v.isi -> 'angka') AS e WHERE l.dibebaskan = ''
"""
_KUNCI = ["kanwil_id", "bulan", "formulir_id", "kode"]
_BAGIAN_PANDAS = 16
"""pandas reads the facts in this many parts, so that the comparison fits into little memory."""


def ukur(ukuran: Ukuran) -> list[Baris]:
    with sebagai("kerja"):
        return [*_satu_kunci(ukuran), *_bangun_ulang(ukuran)]


def _satu_kunci(ukuran: Ukuran) -> list[Baris]:
    """A Kanwil key and the national key behind it, against that form's month in one statement."""
    bulan, formulir = bulan_terakhir().awal, "F01"
    kanwil = _kanwil_terbesar(bulan, formulir)
    catat = Pencatat()
    _siapkan_dasar()
    saring = f"AND l.bulan = '{bulan}' AND l.formulir_id = '{formulir}'"

    def kunci() -> None:
        for satu in (Kunci(bulan, formulir, kanwil), Kunci(bulan, formulir)):
            assert agregasi.hitung_ulang(satu)

    def berulang(kerja: Callable[[], Any]) -> Callable[[], Waktu]:
        return lambda: catat.ukur(lambda: [kerja() for _ in range(10)])

    hasil, dasar = berselang(2 * ukuran.ulang - 1, berulang(kunci), berulang(lambda: _dasar(saring)))
    return [baris_rasio("Satu kunci kotor : hitung ulang bulannya", hasil, dasar, 0.5, "per 10 kali")]


def _bangun_ulang(ukuran: Ukuran) -> list[Baris]:
    catat = Pencatat()
    _siapkan_dasar()
    bingkai: list[pd.DataFrame] = []
    hasil, dasar, biasa, copy = berselang(
        ukuran.ulang,
        lambda: catat.ukur(agregasi.bangun_ulang),
        lambda: catat.ukur(lambda: _dasar("")),
        lambda: catat.ukur(lambda: bingkai.append(_pandas(_baca))),
        lambda: catat.ukur(lambda: bingkai.append(_pandas(_baca_copy))),
    )
    for satu in bingkai[-2:]:
        _pastikan_sama(satu)
    return [
        baris_rasio("Bangun ulang : INSERT … SELECT … GROUP BY", hasil, dasar, 1.2),
        baris_rasio("Bangun ulang : pandas, dibaca lewat kueri", hasil, biasa, 1 / 3, "sasaran 3× lebih cepat"),
        baris_rasio("Bangun ulang : pandas, dibaca lewat COPY", hasil, copy, None, "cara tercepat pandas"),
    ]


def _siapkan_dasar() -> None:
    with connection.cursor() as kursor:
        kursor.execute("DROP TABLE IF EXISTS bench_dasar")
        kursor.execute(
            "CREATE TEMP TABLE bench_dasar (kanwil_id bigint, bulan date, formulir_id varchar(8), kode text, "
            "masuk numeric, sah numeric, n_masuk bigint, n_sah bigint)"
        )


def _dasar(saring: str) -> None:
    """The statement with the rebuild's memory, and without a cache that suits only repetitive test data."""
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("SET LOCAL statement_timeout = 0")
        kursor.execute("SET LOCAL work_mem = '256MB'")
        kursor.execute("SET LOCAL enable_memoize = off")
        kursor.execute("TRUNCATE bench_dasar")
        kursor.execute(DASAR.format(saring=saring))


def _pandas(baca: Callable[[str], pd.DataFrame]) -> pd.DataFrame:
    """Read every fact and group; the same four figures by the same keys."""
    saring = [f"AND l.kanwil_id % {_BAGIAN_PANDAS} = {n}" for n in range(_BAGIAN_PANDAS)]
    return pd.concat([_kelompok(baca(satu)) for satu in saring]).groupby(level=_KUNCI, observed=True).sum()


def _baca(saring: str) -> pd.DataFrame:
    """A query and its rows, which is what `read_sql` does."""
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("SET LOCAL statement_timeout = 0")
        kursor.execute(f"{_FAKTA} {saring}".replace("%", "%%"), [])
        return pd.DataFrame(kursor.fetchall(), columns=[k.name for k in kursor.description])


def _baca_copy(saring: str) -> pd.DataFrame:
    wadah = io.BytesIO()
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("SET LOCAL statement_timeout = 0")
        kursor.cursor.copy_expert(f"COPY ({_FAKTA} {saring}) TO STDOUT (FORMAT csv, HEADER)", wadah)
    wadah.seek(0)
    jenis = {"bulan": "category", "formulir_id": "category", "kode": "category", "nilai": "float64"}
    return pd.read_csv(wadah, dtype={**jenis, "kanwil_id": "int32", "masuk": "int8", "sah": "int8"})


def _kelompok(fakta: pd.DataFrame) -> pd.DataFrame:
    masuk, sah = fakta["masuk"] == 1, fakta["sah"] == 1
    siap = fakta[_KUNCI].assign(
        masuk=fakta["nilai"].where(masuk, 0), sah=fakta["nilai"].where(sah, 0), n_masuk=masuk, n_sah=sah
    )
    return siap.groupby(_KUNCI, observed=True).sum()


def _pastikan_sama(bingkai: pd.DataFrame) -> None:
    """All three ways must have counted the same, else the comparison is worth nothing."""
    angka = "count(*), sum(masuk), sum(sah), sum(n_masuk), sum(n_sah)"
    empat = "(e.value ->> 0)::numeric AS masuk, (e.value ->> 1)::numeric AS sah, "
    empat += "(e.value ->> 2)::bigint AS n_masuk, (e.value ->> 3)::bigint AS n_sah"
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("SET LOCAL statement_timeout = 0")
        kursor.execute(f"SELECT {angka} FROM bench_dasar")
        dasar = kursor.fetchone()
        kursor.execute(
            f"SELECT {angka} FROM (SELECT {empat} FROM dasbor_ringkasan r, jsonb_each(r.isi) AS e "
            "WHERE r.kanwil_id IS NOT NULL) AS s"
        )
        assert kursor.fetchone() == dasar
    dari_pandas = [len(bingkai), *bingkai[["masuk", "sah", "n_masuk", "n_sah"]].sum()]
    assert all(abs(Decimal(float(a)) - b) <= abs(b) / 10**9 for a, b in zip(dari_pandas, dasar, strict=True))


def _kanwil_terbesar(bulan: Any, formulir: str) -> int:
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute(
            "SELECT kanwil_id FROM pelaporan_laporan WHERE bulan = %s AND formulir_id = %s GROUP BY 1 "
            "ORDER BY count(*) DESC, 1 LIMIT 1",
            [bulan, formulir],
        )
        return int(kursor.fetchone()[0])
