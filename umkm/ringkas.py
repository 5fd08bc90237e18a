"""The month's rollup of what was made and sold, by product and channel: recomputed from the rows as they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection, transaction

from pemasyarakatan.inti.waktu import Bulan

_ISI = """
SELECT x.upt_id, u.kanwil_id, x.bulan, x.produk_id, p.golongan, x.kanal, sum(x.dibuat), sum(x.terjual), sum(x.omzet)
FROM (
    SELECT upt_id, date_trunc('month', tanggal)::date AS bulan, produk_id, '' AS kanal,
           jumlah::bigint AS dibuat, 0::bigint AS terjual, 0::bigint AS omzet
    FROM umkm_persediaan WHERE dihapus_pada IS NULL AND jenis = 'buat' {di_persediaan}
    UNION ALL
    SELECT upt_id, date_trunc('month', tanggal)::date, produk_id, kanal, 0, jumlah::bigint, nilai
    FROM umkm_penjualan WHERE dihapus_pada IS NULL {di_penjualan}
) x
JOIN umkm_produk p ON p.id = x.produk_id
JOIN upt_upt u ON u.id = x.upt_id
GROUP BY x.upt_id, u.kanwil_id, x.bulan, x.produk_id, p.golongan, x.kanal
"""
_KOLOM = "upt_id, kanwil_id, bulan, produk_id, golongan, kanal, dibuat, terjual, omzet"
_SISIP = f"INSERT INTO umkm_ringkasumkm ({_KOLOM})"

_SAMA = """
ON CONFLICT (upt_id, bulan, produk_id, kanal) DO UPDATE
SET kanwil_id = excluded.kanwil_id, golongan = excluded.golongan,
    dibuat = excluded.dibuat, terjual = excluded.terjual, omzet = excluded.omzet
"""


def segarkan(upt_id: int, kanwil_id: int, bulan: Collection[Bulan]) -> None:
    """Recompute these months of a unit. The caller holds the unit's register (`kunci_register`)."""
    for satu in sorted(bulan):
        _segarkan_bulan(upt_id, satu)


def _segarkan_bulan(upt_id: int, bulan: Bulan) -> None:
    nilai: dict[str, Any] = {"upt": upt_id, "bulan": bulan.awal, "dari": bulan.awal, "sampai": bulan.akhir}
    di = "AND upt_id = %(upt)s AND tanggal BETWEEN %(dari)s AND %(sampai)s"
    with connection.cursor() as kursor:
        kursor.execute("DELETE FROM umkm_ringkasumkm WHERE upt_id = %(upt)s AND bulan = %(bulan)s", nilai)
        kursor.execute(_SISIP + _ISI.format(di_persediaan=di, di_penjualan=di) + _SAMA, nilai)


@transaction.atomic
def hitung_ulang() -> int:
    """Recompute everything; the number of rows. For operators, with the scope of the system."""
    with connection.cursor() as kursor:
        kursor.execute("LOCK TABLE umkm_persediaan, umkm_penjualan IN SHARE MODE")
        kursor.execute("DELETE FROM umkm_ringkasumkm")
        kursor.execute(_SISIP + _ISI.format(di_persediaan="", di_penjualan="") + _SAMA)
        return int(kursor.rowcount)


def beda(bulan: Bulan | None = None) -> list[str]:
    """Rollup rows that do not say what the rows say, as sentences; none when all is well."""
    di = "AND date_trunc('month', tanggal)::date = %(bulan)s" if bulan else ""
    benar = _ISI.format(di_persediaan=di, di_penjualan=di)
    tertulis = f"SELECT {_KOLOM} FROM umkm_ringkasumkm" + (" WHERE bulan = %(bulan)s" if bulan else "")  # noqa: S608
    sql = f"""
        SELECT DISTINCT upt_id, bulan FROM (
            (({benar}) EXCEPT ({tertulis})) UNION ALL (({tertulis}) EXCEPT ({benar}))
        ) AS beda ({_KOLOM}) ORDER BY 1, 2
    """  # noqa: S608
    with connection.cursor() as kursor:
        kursor.execute(sql, {"bulan": bulan.awal if bulan else None})
        return [f"unit {upt}, {Bulan.pada(b).nama}: ringkasan UMKM bukan jumlah catatannya" for upt, b in kursor]
