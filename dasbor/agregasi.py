"""From facts to rollups. Recomputation is set-from-truth: it may run 0, 1 or n times, in any order, anywhere.

The rule that keeps it exact: a writer's version and its dirty row commit together; the worker first takes the
key's lock, then deletes the key's dirty rows, then reads the truth in a new statement. A dirty row that was
visible to the delete had visible facts; one that commits later stays for the next round; the lock keeps an
older computation from overwriting a newer one. The transaction must be READ COMMITTED.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DatabaseError, OperationalError, connection

from pemasyarakatan.pekerjaan.percobaan import berhasil, gagal, terparkir
from upt.cakupan import SISTEM, terpasang

log = logging.getLogger(__name__)
NAMA = "ringkasan"

_KEPALA = """
INSERT INTO dasbor_ringkasan (kanwil_id, bulan, formulir_id, isi, n_wajib, n_masuk, n_sah, n_tepat,
                              penghuni_wajib, penghuni_masuk, penghuni_sah, sidik_sumber, dihitung_pada)
"""
# One statement counts one Kanwil key or, without the filter, all of them. Each key sums its own versions in a
# LATERAL part: a hundred codes fit a small hash table, where one GROUP BY over everything would sort tens of
# millions of facts on disk. `masuk` and `sah` are usually the same version, so most reports are read once.
_VERSI_KUNCI = """
    FROM pelaporan_laporan l
    JOIN pelaporan_laporanversi v ON v.laporan_id = l.id AND v.versi IN (l.versi_masuk, l.versi_sah)
"""
_DI_KUNCI = """
    WHERE l.kanwil_id = k.kanwil_id AND l.bulan = k.bulan AND l.formulir_id = k.formulir_id
      AND l.dibebaskan = ''
"""
_HITUNG_KANWIL = """
WITH liputan AS (
    SELECT l.kanwil_id, l.bulan, l.formulir_id,
           count(*) AS n_wajib, count(l.versi_masuk) AS n_masuk, count(l.versi_sah) AS n_sah,
           count(*) FILTER (WHERE l.versi_masuk IS NOT NULL AND NOT l.terlambat) AS n_tepat,
           COALESCE(sum(l.penghuni_acuan), 0) AS penghuni_wajib,
           COALESCE(sum(l.penghuni_acuan) FILTER (WHERE l.versi_masuk IS NOT NULL), 0) AS penghuni_masuk,
           COALESCE(sum(l.penghuni_acuan) FILTER (WHERE l.versi_sah IS NOT NULL), 0) AS penghuni_sah
    FROM pelaporan_laporan l WHERE l.dibebaskan = '' {saring} GROUP BY 1, 2, 3
)
SELECT k.kanwil_id, k.bulan, k.formulir_id, COALESCE(angka.isi, '{{}}'::jsonb), k.n_wajib, k.n_masuk,
       k.n_sah, k.n_tepat, k.penghuni_wajib, k.penghuni_masuk, k.penghuni_sah, COALESCE(sumber.sidik, ''),
       clock_timestamp()
FROM liputan k
CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(kode, empat) AS isi FROM (
        SELECT e.key AS kode, jsonb_build_array(
            COALESCE(sum(e.value::numeric) FILTER (WHERE v.versi = l.versi_masuk), 0),
            COALESCE(sum(e.value::numeric) FILTER (WHERE v.versi = l.versi_sah), 0),
            count(*) FILTER (WHERE v.versi = l.versi_masuk),
            count(*) FILTER (WHERE v.versi = l.versi_sah)) AS empat
        {versi_kunci} CROSS JOIN LATERAL jsonb_each(v.isi -> 'angka') AS e {di_kunci} GROUP BY e.key
    ) AS butir
) AS angka
CROSS JOIN LATERAL (
    SELECT encode(sha256(convert_to(string_agg(
        v.upt_id || ':' || v.versi || ':' || (v.versi = l.versi_sah)::text || ':' || v.sidik, ' '
        ORDER BY v.upt_id, v.versi), 'UTF8')), 'hex') AS sidik
    {versi_kunci} {di_kunci}
) AS sumber
"""

_HITUNG_NASIONAL = """
WITH liputan AS (
    SELECT r.bulan, r.formulir_id, sum(r.n_wajib) AS n_wajib, sum(r.n_masuk) AS n_masuk,
           sum(r.n_sah) AS n_sah, sum(r.n_tepat) AS n_tepat, sum(r.penghuni_wajib) AS penghuni_wajib,
           sum(r.penghuni_masuk) AS penghuni_masuk, sum(r.penghuni_sah) AS penghuni_sah,
           encode(sha256(convert_to(string_agg(
               r.kanwil_id || ':' || r.sidik_sumber, ' ' ORDER BY r.kanwil_id), 'UTF8')), 'hex') AS sidik
    FROM dasbor_ringkasan r WHERE r.kanwil_id IS NOT NULL {saring} GROUP BY 1, 2
)
SELECT NULL::bigint, k.bulan, k.formulir_id, COALESCE(angka.isi, '{{}}'::jsonb), k.n_wajib, k.n_masuk,
       k.n_sah, k.n_tepat, k.penghuni_wajib, k.penghuni_masuk, k.penghuni_sah, k.sidik, clock_timestamp()
FROM liputan k
CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(kode, empat) AS isi FROM (
        SELECT e.key AS kode, jsonb_build_array(
            sum((e.value -> 0)::numeric), sum((e.value -> 1)::numeric),
            sum((e.value -> 2)::int), sum((e.value -> 3)::int)) AS empat
        FROM dasbor_ringkasan r CROSS JOIN LATERAL jsonb_each(r.isi) AS e
        WHERE r.bulan = k.bulan AND r.formulir_id = k.formulir_id AND r.kanwil_id IS NOT NULL GROUP BY e.key
    ) AS butir
) AS angka
"""

_SARING = "AND {t}.bulan = %(bulan)s AND {t}.formulir_id = %(formulir)s"
_KUNCI_KANWIL = {"versi_kunci": _VERSI_KUNCI, "di_kunci": _DI_KUNCI}
_SARING_KANWIL = _SARING.format(t="l") + " AND l.kanwil_id = %(kanwil)s"
HITUNG_KANWIL = _HITUNG_KANWIL.format(saring=_SARING_KANWIL, **_KUNCI_KANWIL)
HITUNG_NASIONAL = _HITUNG_NASIONAL.format(saring=_SARING.format(t="r"))
HITUNG_SEMUA_KANWIL = _HITUNG_KANWIL.format(saring="", **_KUNCI_KANWIL)
HITUNG_SEMUA_NASIONAL = _HITUNG_NASIONAL.format(saring="")
# A rebuild may follow a restore, before statistics exist: the plan that reads each key through its index is
# good at every size, so it is not left to guesses.
_SETELAN_BANGUN = (
    "statement_timeout = 0",
    "work_mem = '256MB'",
    "enable_memoize = off",
    "enable_hashjoin = off",
    "enable_mergejoin = off",
    "enable_seqscan = off",
)
_KUNCI_INI = "kanwil_id IS NOT DISTINCT FROM %(kanwil)s AND bulan = %(bulan)s AND formulir_id = %(formulir)s"


@dataclass(frozen=True, order=True)
class Kunci:
    """A rollup key. `kanwil` None is the nation."""

    bulan: date
    formulir: str
    kanwil: int | None = None

    def __str__(self) -> str:
        return f"{self.kanwil or 'nasional'}/{self.bulan:%Y-%m}/{self.formulir}"

    def parameter(self) -> dict[str, Any]:
        return {"kanwil": self.kanwil, "bulan": self.bulan, "formulir": self.formulir}


def hitung_ulang(kunci: Kunci) -> bool:
    """Recompute one key in one transaction. False when another worker holds it (that worker will do it)."""
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 7))", [str(kunci)])
        if not kursor.fetchone()[0]:
            return False
        # rollup before dirty rows, as `bangun_ulang` does it: two orders would be a deadlock
        kursor.execute(f"DELETE FROM dasbor_ringkasan WHERE {_KUNCI_INI}", kunci.parameter())  # noqa: S608
        kursor.execute(f"DELETE FROM pelaporan_kotor WHERE {_KUNCI_INI}", kunci.parameter())  # noqa: S608
        hitung = HITUNG_KANWIL if kunci.kanwil else HITUNG_NASIONAL
        kursor.execute(f"{_KEPALA} {hitung}", kunci.parameter())
        if kunci.kanwil:
            kursor.execute(
                "INSERT INTO pelaporan_kotor (kanwil_id, bulan, formulir_id, dibuat_pada) "
                "VALUES (NULL, %(bulan)s, %(formulir)s, clock_timestamp())",
                kunci.parameter(),
            )
    return True


def kunci_kotor() -> list[Kunci]:
    """Dirty keys, oldest first, Kanwil before nation, without the parked ones."""
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute(
            "SELECT bulan, formulir_id, kanwil_id FROM pelaporan_kotor GROUP BY 1, 2, 3 "
            "ORDER BY (kanwil_id IS NULL), min(id) LIMIT 500"
        )
        semua = [Kunci(*baris) for baris in kursor.fetchall()]
    parkir = terparkir(NAMA)
    return [kunci for kunci in semua if str(kunci) not in parkir]


def proses_kotor() -> int:
    """Drain the dirty log; returns the number of recomputations. A key that fails five times is parked."""
    jumlah = 0
    for _ in range(20):  # national keys appear while Kanwil keys are done; bounded, the sweeper comes again
        hasil = [_coba(kunci) for kunci in kunci_kotor()]
        jumlah += sum(hasil)
        if not any(hasil):
            break
    return jumlah


def _coba(kunci: Kunci) -> bool:
    try:
        selesai = hitung_ulang(kunci)
    except DatabaseError as galat:
        if _sesaat(galat):
            log.warning("rollup %s put off: %s", kunci, type(galat.__cause__).__name__)
            return False
        log.exception("rollup %s failed", kunci)
        gagal(NAMA, str(kunci), galat)
        return False
    if selesai:
        berhasil(NAMA, str(kunci))
    return selesai


def _sesaat(galat: DatabaseError) -> bool:
    """A lock, a deadlock or an outage says nothing about the key, so it never parks one; too long a count does."""
    return isinstance(galat, OperationalError) and getattr(galat.__cause__, "pgcode", None) != "57014"


def bangun_ulang() -> int:
    """Recount everything from the versions in two statements, after a restore say. Returns rows written."""
    with terpasang(SISTEM), connection.cursor() as kursor:
        for setelan in _SETELAN_BANGUN:
            kursor.execute(f"SET LOCAL {setelan}")
        kursor.execute("LOCK TABLE dasbor_ringkasan IN SHARE ROW EXCLUSIVE MODE")
        kursor.execute("DELETE FROM pelaporan_kotor")
        kursor.execute("DELETE FROM dasbor_ringkasan")
        kursor.execute(f"{_KEPALA} {HITUNG_SEMUA_KANWIL}")
        jumlah = kursor.rowcount
        kursor.execute(f"{_KEPALA} {HITUNG_SEMUA_NASIONAL}")
        return jumlah + kursor.rowcount
