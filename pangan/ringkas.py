"""The monthly rollup of harvests and their use: always a recount of the rows, never an addition to what it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from pangan.komoditas import muat
from pangan.models import RingkasPangan
from pemasyarakatan.inti.janji import kalimat
from pemasyarakatan.inti.waktu import Bulan

_UKURAN = (
    "panen_kg", "panen_taksir_kg", "susut_kg", "jumlah", "nilai", "dapur_kg", "vendor_kg", "jual_kg", "bansos_kg",
    "lain_kg", "penjualan",
)  # fmt: skip
_KUNCI = ("upt_id", "kanwil_id", "bulan", "klaster", "komoditas")
_TABEL = RingkasPangan._meta.db_table

# Amounts are added in the commodity's own unit: laying hens give eggs, and sometimes themselves.
_HITUNG = """
SELECT b.upt_id, u.kanwil_id, b.bulan, b.klaster, b.komoditas, {jumlah}
FROM (
    SELECT p.upt_id, date_trunc('month', p.tanggal)::date AS bulan, p.klaster, p.komoditas,
           p.berat_kg AS panen_kg, CASE WHEN p.ditimbang THEN 0 ELSE p.berat_kg END AS panen_taksir_kg, p.susut_kg,
           CASE WHEN p.satuan = k.satuan THEN p.jumlah ELSE 0 END AS jumlah, p.nilai,
           0 AS dapur_kg, 0 AS vendor_kg, 0 AS jual_kg, 0 AS bansos_kg, 0 AS lain_kg, 0 AS penjualan
    FROM pangan_panen p
    LEFT JOIN unnest(%(kode)s::text[], %(satuan)s::text[]) AS k(kode, satuan) ON k.kode = p.komoditas
    WHERE p.dihapus_pada IS NULL {saring_p}
    UNION ALL
    SELECT p.upt_id, date_trunc('month', p.tanggal)::date, p.klaster, p.komoditas, 0, 0, 0, 0, 0,
           CASE p.tujuan WHEN 'dapur' THEN p.berat_kg ELSE 0 END,
           CASE p.tujuan WHEN 'vendor' THEN p.berat_kg ELSE 0 END,
           CASE p.tujuan WHEN 'jual' THEN p.berat_kg ELSE 0 END,
           CASE p.tujuan WHEN 'bansos' THEN p.berat_kg ELSE 0 END,
           CASE WHEN p.tujuan IN ('bibit', 'rusak') THEN p.berat_kg ELSE 0 END,
           CASE WHEN p.tujuan IN ('vendor', 'jual') THEN p.nilai ELSE 0 END
    FROM pangan_pemakaian p WHERE p.dihapus_pada IS NULL {saring_p}
) b JOIN {unit} ON u.id = b.upt_id
GROUP BY b.upt_id, u.kanwil_id, b.bulan, b.klaster, b.komoditas
""".replace("{jumlah}", ", ".join(f"sum(b.{k}) AS {k}" for k in _UKURAN))

_SEGARKAN = """
WITH hitung AS ({hitung}),
hapus AS (
    DELETE FROM {tabel} r WHERE TRUE {saring_r} AND NOT EXISTS (
        SELECT 1 FROM hitung h WHERE (h.upt_id, h.bulan, h.klaster, h.komoditas)
                                   = (r.upt_id, r.bulan, r.klaster, r.komoditas))
)
INSERT INTO {tabel} AS r ({kolom}) SELECT {kolom} FROM hitung
ON CONFLICT (upt_id, bulan, klaster, komoditas) DO UPDATE SET {tulis}
WHERE ({lama}) IS DISTINCT FROM ({baru})
"""


def _sql(unit: str, saring_p: str, saring_r: str) -> str:
    hitung = _HITUNG.replace("{unit}", unit).replace("{saring_p}", saring_p)
    ditulis = ("kanwil_id", *_UKURAN)
    return (
        _SEGARKAN.replace("{hitung}", hitung)
        .replace("{saring_r}", saring_r)
        .replace("{tabel}", _TABEL)
        .replace("{kolom}", ", ".join((*_KUNCI, *_UKURAN)))
        .replace("{tulis}", ", ".join(f"{k} = excluded.{k}" for k in ditulis))
        .replace("{lama}", ", ".join(f"r.{k}" for k in ditulis))
        .replace("{baru}", ", ".join(f"excluded.{k}" for k in ditulis))
    )


_SATU_UNIT = _sql(
    "(VALUES (%(upt)s::bigint, %(kanwil)s::bigint)) AS u(id, kanwil_id)",
    "AND p.upt_id = %(upt)s AND p.tanggal BETWEEN %(dari)s AND %(sampai)s"
    " AND date_trunc('month', p.tanggal)::date = ANY(%(bulan)s::date[])",
    "AND r.upt_id = %(upt)s AND r.bulan = ANY(%(bulan)s::date[])",
)
_SEMUA = _sql("upt_upt u", "", "")


def _acuan() -> dict[str, Any]:
    return {"kode": list(muat()), "satuan": [k.satuan for k in muat().values()]}


def segarkan(upt_id: int, kanwil_id: int, bulan: Iterable[Bulan]) -> None:
    """Recount these months of one unit. In the transaction of the write that made it necessary."""
    urut = sorted(bulan)
    if not urut:
        return
    masa: dict[str, Any] = {"dari": urut[0].awal, "sampai": urut[-1].akhir, "bulan": [b.awal for b in urut]}
    with connection.cursor() as kursor:
        kursor.execute(_SATU_UNIT, {**_acuan(), "upt": upt_id, "kanwil": kanwil_id, **masa})


@transaction.atomic
def hitung_ulang() -> int:
    """Recount everything within the scope in force; returns how many rows were wrong or missing."""
    with connection.cursor() as kursor:
        kursor.execute(_SEMUA, _acuan())
        return int(kursor.rowcount)


# Both ways: what is stored and not counted, and what is counted and not stored.
_BEDA = """
WITH hitung AS ({hitung}),
simpan AS (SELECT {kolom} FROM {tabel}),
beda AS (
    (SELECT {kolom} FROM hitung EXCEPT SELECT {kolom} FROM simpan)
    UNION ALL (SELECT {kolom} FROM simpan EXCEPT SELECT {kolom} FROM hitung)
)
SELECT DISTINCT format('rekap pangan %%s %%s %%s berbeda dari hitungan ulang', u.kode, to_char(b.bulan, 'YYYY-MM'),
                       b.komoditas)
FROM beda b JOIN upt_upt u ON u.id = b.upt_id WHERE %(awal)s::date IS NULL OR b.bulan = %(awal)s::date
"""


def beda(bulan: Bulan | None = None) -> list[str]:
    """A sentence for every key whose stored figures are not what its rows add up to."""
    sql = _BEDA.replace("{hitung}", _HITUNG.replace("{unit}", "upt_upt u").replace("{saring_p}", ""))
    sql = sql.replace("{kolom}", ", ".join((*_KUNCI, *_UKURAN))).replace("{tabel}", _TABEL)
    return kalimat(sql, **_acuan(), awal=bulan.awal if bulan else None)
