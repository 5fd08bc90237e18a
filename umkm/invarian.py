"""Promises of the register of enterprises, proved from its rows (see `pemasyarakatan.inti.janji`)."""

from __future__ import annotations

from pemasyarakatan.inti.janji import daftarkan, kalimat
from pemasyarakatan.inti.waktu import Bulan
from umkm import ringkas
from umkm.katalog import proyeksi

# The running balance of every product, at the end of each of its days.
_STOK = """
WITH gerak AS (
    SELECT produk_id, tanggal, CASE WHEN jenis IN ('awal', 'buat') THEN jumlah ELSE -jumlah END AS jumlah
    FROM umkm_persediaan WHERE dihapus_pada IS NULL
    UNION ALL
    SELECT produk_id, tanggal, -jumlah FROM umkm_penjualan WHERE dihapus_pada IS NULL
),
hari AS (SELECT produk_id, tanggal, sum(jumlah) AS jumlah FROM gerak GROUP BY 1, 2),
saldo AS (
    SELECT produk_id, tanggal, sum(jumlah) OVER (PARTITION BY produk_id ORDER BY tanggal) AS saldo FROM hari
)
SELECT format('produk %%s: persediaan %%s pada %%s', s.produk_id, s.saldo, s.tanggal)
FROM saldo s JOIN umkm_produk p ON p.id = s.produk_id WHERE s.saldo < 0 AND p.golongan <> 'jasa'
"""
_ASING = """
SELECT format('{tabel} %%s: produknya milik unit lain atau sudah dihapus', x.id)
FROM {tabel} x JOIN umkm_produk p ON p.id = x.produk_id
WHERE x.dihapus_pada IS NULL AND (p.upt_id <> x.upt_id OR p.dihapus_pada IS NOT NULL)
"""
_BERPRODUK = ("umkm_penjualan", "umkm_persediaan", "umkm_pesanan", "umkm_legalitas", "umkm_pekerja")
_GABUNG = """
SELECT format('{tabel} %%s: digabung ke yang sudah digabung', x.id)
FROM {tabel} x JOIN {tabel} i ON i.id = x.induk_id WHERE i.induk_id IS NOT NULL
"""


def rekap_cocok(bulan: Bulan | None) -> list[str]:
    return ringkas.beda(bulan)


def stok_tak_minus(bulan: Bulan | None) -> list[str]:
    return kalimat(_STOK)


def produk_sendiri(bulan: Bulan | None) -> list[str]:
    return [satu for tabel in _BERPRODUK for satu in kalimat(_ASING.replace("{tabel}", tabel))]


def katalog_cocok(bulan: Bulan | None) -> list[str]:
    return proyeksi.beda()


def gabungan_setingkat(bulan: Bulan | None) -> list[str]:
    return [s for t in ("umkm_jenisproduk", "umkm_pameran") for s in kalimat(_GABUNG.replace("{tabel}", t))]


def daftarkan_janji() -> None:
    daftarkan("umkm_rekap", "Rekap UMKM sama dengan hitungan ulang", rekap_cocok)
    daftarkan("umkm_stok", "Persediaan produk tidak pernah kurang dari nol", stok_tak_minus)
    daftarkan("umkm_produk", "Catatan UMKM menunjuk produk unitnya sendiri", produk_sendiri)
    daftarkan("umkm_katalog", "Katalog sama dengan produk, harga, legalitas, dan fotonya", katalog_cocok)
    daftarkan("umkm_gabung", "Gabungan jenis produk dan pameran hanya setingkat", gabungan_setingkat)
