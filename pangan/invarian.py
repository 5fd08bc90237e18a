"""Promises of the food register, proved from its rows (see `pemasyarakatan.inti.janji`)."""

from __future__ import annotations

from pangan import ringkas
from pemasyarakatan.inti.janji import daftarkan, kalimat
from pemasyarakatan.inti.waktu import Bulan

_LUAS = """
SELECT format('pemanfaatan %%s: dipakai %%s m² dari %%s m²', m.id, m.luas, p.luas)
FROM pangan_pemanfaatan m JOIN pangan_petak p ON p.id = m.petak_id
WHERE m.dihapus_pada IS NULL AND (m.luas > p.luas OR p.dihapus_pada IS NOT NULL OR m.dari < p.mulai)
"""

# The running balance of every store and every cycle, at the end of each of its days.
_SALDO = """
WITH gerak AS (
    SELECT upt_id, komoditas, satuan, tanggal, jumlah FROM pangan_panen WHERE dihapus_pada IS NULL
    UNION ALL
    SELECT upt_id, komoditas, satuan, tanggal, -jumlah FROM pangan_pemakaian WHERE dihapus_pada IS NULL
),
hari AS (SELECT upt_id, komoditas, satuan, tanggal, sum(jumlah) AS jumlah FROM gerak GROUP BY 1, 2, 3, 4),
saldo AS (
    SELECT upt_id, komoditas, satuan, tanggal,
           sum(jumlah) OVER (PARTITION BY upt_id, komoditas, satuan ORDER BY tanggal) AS saldo
    FROM hari
)
SELECT format('%%s: persediaan %%s %%s %%s pada %%s', u.kode, s.komoditas, s.saldo, s.satuan, s.tanggal)
FROM saldo s JOIN upt_upt u ON u.id = s.upt_id WHERE s.saldo < 0
"""
_EKOR = """
WITH gerak AS (
    SELECT id AS siklus_id, tanam AS tanggal, coalesce(ekor, 0)::numeric AS ekor
    FROM pangan_siklus WHERE dihapus_pada IS NULL
    UNION ALL
    SELECT siklus_id, tanggal, CASE WHEN jenis IN ('lahir', 'masuk') THEN ekor ELSE -ekor END
    FROM pangan_mutasihewan WHERE dihapus_pada IS NULL
    UNION ALL
    SELECT siklus_id, tanggal, -CASE WHEN satuan = 'ekor' THEN jumlah ELSE coalesce(ekor, 0) END
    FROM pangan_panen WHERE dihapus_pada IS NULL
),
hari AS (SELECT siklus_id, tanggal, sum(ekor) AS ekor FROM gerak GROUP BY 1, 2),
saldo AS (SELECT siklus_id, tanggal, sum(ekor) OVER (PARTITION BY siklus_id ORDER BY tanggal) AS saldo FROM hari)
SELECT format('siklus %%s: %%s ekor pada %%s', siklus_id, saldo, tanggal) FROM saldo WHERE saldo < 0
"""


def luas_pemanfaatan(bulan: Bulan | None) -> list[str]:
    return kalimat(_LUAS)


def saldo_tak_minus(bulan: Bulan | None) -> list[str]:
    return kalimat(_SALDO) + kalimat(_EKOR)


def rekap_cocok(bulan: Bulan | None) -> list[str]:
    return ringkas.beda(bulan)


def daftarkan_janji() -> None:
    daftarkan("pangan_rekap", "Rekap pangan sama dengan hitungan ulang", rekap_cocok)
    daftarkan("pangan_luas", "Luas dimanfaatkan tidak melebihi petaknya", luas_pemanfaatan)
    daftarkan("pangan_saldo", "Persediaan hasil dan ekor hewan tidak pernah kurang dari nol", saldo_tak_minus)
