"""The register of small enterprises: ten years of sales of the whole nation, read from the rollup and the plain way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client

from bench.instansi import Ukuran
from bench.pencatat import Pencatat, berselang, sebagai
from bench.ukur import Baris, baris_rasio, persentil
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from umkm import nama, ringkas
from umkm.katalog import proyeksi as katalog
from umkm.katalog import selectors as baca_katalog
from umkm.katalog.selectors import Saringan
from umkm.models import Golongan, JenisProduk
from umkm.wilayah import selectors as baca
from umkm.wilayah.selectors import Lingkup
from upt.cakupan import SISTEM, terpasang

SASARAN_MS = 300
PRODUK_UNIT = 10
ULANG = 15
_BARANG = {
    Golongan.MAKANAN: "keripik kue roti abon rempeyek sambal dendeng bakpia rengginang stik",
    Golongan.MINUMAN: "kopi teh sirup jamu wedang",
    Golongan.KERAJINAN: "tas dompet vas lampu miniatur bingkai gantungan sapu anyaman asbak",
    Golongan.TEKSTIL: "batik tenun sarung taplak kemeja syal",
    Golongan.MEBEL: "kursi meja rak lemari",
    Golongan.SENI: "lukisan ukiran kaligrafi patung topeng",
}
_CORAK = [
    "pisang",
    "singkong",
    "bambu",
    "kayu",
    "kelapa",
    "jati",
    "rotan",
    "daun",
    "lurik",
    "pelangi",
    "melati",
    "garuda",
]
_JENIS = [(f"{barang} {corak}", gol) for gol, semua in _BARANG.items() for barang in semua.split() for corak in _CORAK]

_BARIS = "upt_id, kanwil_id, revisi, dibuat_oleh_id, dibuat_pada, diubah_oleh_id, diubah_pada, alasan_hapus"
_SIAPA = "u.id, u.kanwil_id, 1, %(oleh)s, now(), %(oleh)s, now(), ''"
_PRODUK = f"""
INSERT INTO umkm_produk ({_BARIS}, nama, jenis_id, golongan, ukuran, deskripsi, kapasitas, status, mulai, merek, tampil,
                         label_pada, kemasan_pada)
SELECT {_SIAPA}, initcap(j.nama), j.id, j.golongan, 'buah', 'Dibuat di bengkel kerja unit.', 100, 'tersedia',
       %(awal)s::date + ((u.id * 37 + n * 211) %% 1200)::int, '', true,
       CASE WHEN n %% 2 = 0 THEN %(kini)s::date - 500 END, CASE WHEN n %% 3 = 0 THEN %(kini)s::date - 400 END
FROM (SELECT *, row_number() OVER (ORDER BY id) AS ke FROM upt_upt WHERE jenis IN ('LAPAS', 'RUTAN', 'LPKA')) u
CROSS JOIN generate_series(0, {PRODUK_UNIT - 1}) n
JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS ke, count(*) OVER () AS banyak FROM umkm_jenisproduk) j
  ON j.ke = (u.ke * 7 + n * 41) %% j.banyak
ON CONFLICT DO NOTHING
"""
_HARGA = f"""
INSERT INTO umkm_harga ({_BARIS}, produk_id, dari, harga)
SELECT {_SIAPA}, p.id, p.mulai, 5000 + 1000 * (p.id %% 90) FROM umkm_produk p JOIN upt_upt u ON u.id = p.upt_id
ON CONFLICT DO NOTHING
"""
_LEGALITAS = f"""
INSERT INTO umkm_legalitas ({_BARIS}, produk_id, jenis, nomor, penerbit, terbit, berakhir)
SELECT {_SIAPA}, CASE WHEN s.jenis = 'nib' THEN NULL ELSE p.id END, s.jenis, s.jenis || '-' || p.id, 'Dinas',
       p.mulai, CASE WHEN s.jenis <> 'nib' THEN %(kini)s::date + (p.id * 17 %% 900)::int - 200 END
FROM umkm_produk p JOIN upt_upt u ON u.id = p.upt_id
JOIN (VALUES ('nib', 16), ('pirt', 3), ('halal', 5), ('merek', 11)) s (jenis, tiap) ON p.id %% s.tiap = 0
ON CONFLICT DO NOTHING
"""
_PENJUALAN = f"""
INSERT INTO umkm_penjualan ({_BARIS}, produk_id, golongan, tanggal, kanal, jumlah, nilai, catatan)
SELECT {_SIAPA}, p.id, p.golongan, (b + make_interval(days => (p.id %% 27)::int))::date,
       (ARRAY['galeri', 'marketplace', 'katalog', 'pesanan'])[1 + (p.id + k) %% 4], 1 + (p.id + k) %% 9,
       (1 + (p.id + k) %% 9) * (5000 + 1000 * (p.id %% 90)), ''
FROM umkm_produk p JOIN upt_upt u ON u.id = p.upt_id
CROSS JOIN generate_series(date_trunc('month', p.mulai) + interval '1 month', %(akhir)s::date, interval '1 month') b
CROSS JOIN generate_series(0, 1) k
ON CONFLICT DO NOTHING
"""
_BAGI = f"""
INSERT INTO umkm_bagihasil ({_BARIS}, bulan, biaya, premi, pnbp, operasional, nomor, catatan)
SELECT {_SIAPA}, r.bulan, sum(r.omzet) / 2, sum(r.omzet) / 6, sum(r.omzet) / 20, sum(r.omzet) / 5, '', ''
FROM umkm_ringkasumkm r JOIN upt_upt u ON u.id = r.upt_id WHERE r.kanal <> '' GROUP BY u.id, u.kanwil_id, r.bulan
ON CONFLICT DO NOTHING
"""


def isi(bulan: int) -> dict[str, int]:
    """Fill the empty register: the last `bulan` months, the running one too. As the owner; the rows there are."""
    kini = Bulan.kini()
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("SET LOCAL statement_timeout = 0")
        nilai: dict[str, Any] = {
            "oleh": Pengguna.objects.order_by("pk")[0].pk,
            "awal": (kini - (bulan - 1)).awal,
            "akhir": kini.awal,
            "kini": hari_ini(),
        }
        jenis = [JenisProduk(nama=n, kunci=nama.kunci(n), golongan=g) for n, g in _JENIS]
        JenisProduk.objects.bulk_create(jenis, ignore_conflicts=True)
        for sql in (_PRODUK, _HARGA, _LEGALITAS, _PENJUALAN):
            kursor.execute(sql, nilai)
        ringkas.hitung_ulang()
        kursor.execute(_BAGI, nilai)
        katalog.susun_ulang()
    with connection.cursor() as kursor:
        kursor.execute("VACUUM ANALYZE")
    return {t: _banyak(t) for t in ("produk", "penjualan", "ringkasumkm", "katalog")}


def _banyak(tabel: str) -> int:
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute(f"SELECT count(*) FROM umkm_{tabel}")
        return int(kursor.fetchone()[0])


# ---------------------------------------------------------------- measuring

_MENTAH = """
SELECT date_trunc('month', tanggal)::date, golongan, kanal, sum(nilai), sum(jumlah) FROM umkm_penjualan
WHERE dihapus_pada IS NULL AND tanggal BETWEEN %s AND %s GROUP BY 1, 2, 3
"""
"""The plain way: the sales themselves, grouped as the page shows them."""
_CARI = ("kripik pisang", "btik", "lukisn melati", "tas", "zzqqxx")


def ukur(ukuran: Ukuran) -> list[Baris]:
    """Fill, then measure as the web role: the figures, the search, and the whole page through the request path."""
    with sebagai("pemilik"):
        banyak = isi(ukuran.bulan)
    ket = f"{banyak['produk']} produk, {banyak['penjualan']} penjualan".replace(",", ".")
    with sebagai("web"):
        return ukur_terisi(ket)


def ukur_terisi(ket: str) -> list[Baris]:
    """Without helpers of the session: their processor time could not be seen."""
    with connection.cursor() as kursor:
        kursor.execute("SET max_parallel_workers_per_gather = 0")
    return [_rollup(ket), *_milidetik(ket), *_halaman(ket)]


def _rollup(ket: str) -> Baris:
    """24 months by group and channel: from the rollup, and from the sales; both must say the same."""
    lingkup, catat = Lingkup(SISTEM, Bulan.kini() - 1), Pencatat()
    mulai = lingkup.bulan - 23
    jumlah: list[set[int]] = [set(), set()]

    def mentah() -> None:
        with connection.cursor() as kursor:
            kursor.execute(_MENTAH, [mulai.awal, lingkup.bulan.akhir])
            jumlah[1].add(sum(int(baris[3]) for baris in kursor.fetchall()))

    with terpasang(SISTEM):
        hasil, dasar = berselang(
            ULANG,
            lambda: catat.ukur(lambda: jumlah[0].add(sum(j.omzet for j in baca.penjualan(lingkup)))),
            lambda: catat.ukur(mentah),
        )
    assert jumlah[0] == jumlah[1], "the rollup and the sales differ"
    return baris_rasio("Penjualan 24 bulan, rekap : penjualan mentah", hasil, dasar, None, ket)


def _milidetik(ket: str) -> list[Baris]:
    """The national figures and the search."""
    lingkup = Lingkup(SISTEM, Bulan.kini() - 1)
    kerja: dict[str, Callable[[], object]] = {
        "jenis, UPT, produk": partial(baca.hitungan, lingkup),
        "corong legalitas": partial(baca.corong, lingkup),
        "sertifikat habis": partial(baca.habis, lingkup),
        "penjualan 24 bulan": partial(baca.penjualan, lingkup),
        "bagi hasil 12 bulan": partial(baca.bagi, lingkup, 0),
        "menurut Kanwil": partial(baca.per_kanwil, lingkup),
        **{f"cari '{kata}'": partial(baca_katalog.cari, Saringan(cari=kata), hari_ini()) for kata in _CARI},
    }
    with terpasang(SISTEM):
        return [_baris(f"UMKM {apa}", satu, ket) for apa, satu in kerja.items()]


def _halaman(ket: str) -> list[Baris]:
    """Whole pages through the request path, for somebody who reads the nation."""
    with terpasang(SISTEM):
        pimpinan = Pengguna.objects.filter(penugasan__peran="pimpinan").order_by("pk")[0]
    klien = Client()
    klien.force_login(pimpinan)
    lalu = (Bulan.kini() - 1).kode
    halaman = {
        "nasional": f"/umkm/nasional/?bulan={lalu}",
        "jenis produk": f"/umkm/jenis/?bulan={lalu}",
        "katalog": "/umkm/katalog/",
        "katalog, dicari": "/umkm/katalog/?cari=kripik+pisang",
    }
    return [_baris(f"Halaman UMKM {n}", partial(klien.get, alamat), ket) for n, alamat in halaman.items()]


def _baris(apa: str, kerja: Callable[[], object], ket: str) -> Baris:
    """Median time of the processor (client and session together), which other programs hardly move; clock beside."""
    kerja()
    catat = Pencatat()
    waktu = [catat.ukur(kerja) for _ in range(ULANG)]
    jam = [1000 * w.jam for w in waktu]
    rinci = f"jam p50 {persentil(jam, 50):.0f}, p95 {persentil(jam, 95):.0f} ms; {ket}"
    return Baris(apa, 1000 * median(w.prosesor for w in waktu), "ms", SASARAN_MS, rinci)
