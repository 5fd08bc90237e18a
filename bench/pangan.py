"""The food register of a whole country over ten years, and its pages against the plain query over the raw rows.

The rows are made by the server itself (`INSERT … SELECT generate_series`), the fastest way into a table. They are
invented and alike, but as many as 680 busy units would write: about 1.6 million harvests, 400,000 rollup rows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

from django.db import connection

from bench.instansi import Ukuran, bulan_terakhir
from bench.pencatat import Pencatat, berselang, sebagai
from bench.ukur import Baris, baris_rasio
from pangan import ringkas
from pangan.models import Klaster
from pangan.wilayah import halaman as halaman_wilayah
from pangan.wilayah import klaster as halaman_klaster
from pangan.wilayah import selectors as baca
from pangan.wilayah.angka import liputan_unit
from pangan.wilayah.halaman import Halaman
from pelaporan.turunan import _penyedia
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT

UNIT = "lapas-kelas-iia-pekanbaru"
BATAS_MS = 300.0
"""Server time within which the figures of a page are to be read: of the processor, client and database together."""

_JEJAK = "revisi, dibuat_oleh_id, dibuat_pada, diubah_oleh_id, diubah_pada, alasan_hapus, upt_id, kanwil_id"
_ISI_JEJAK = "1, %(orang)s, now(), %(orang)s, now(), '', u.id, u.kanwil_id"
_KLASTER = "(ARRAY['pertanian','hortikultura','perkebunan','perikanan','peternakan'])"
_KOMODITAS = "(ARRAY['padi','cabai_rawit','kelapa','lele','ayam_petelur'])"
_SATUAN = "(ARRAY['kg','kg','butir','kg','butir'])"
_ISI = (
    f"""INSERT INTO pangan_petak ({_JEJAK}, kode, nama, wujud, luas, milik, pemilik, mulai, rencana)
SELECT {_ISI_JEJAK}, 'P' || n, 'Petak ' || n, CASE WHEN n = 4 THEN 'kolam' WHEN n = 5 THEN 'kandang' ELSE 'lahan' END,
       500 + (u.id * 37 + n * 211) %% 4000, CASE WHEN n = 3 THEN 'pinjam' ELSE 'milik' END, '', %(awal)s,
       CASE WHEN u.id %% 3 = 0 THEN 'Kebun cabai' ELSE '' END
FROM unit_bench u, generate_series(1, 8) n""",
    f"""INSERT INTO pangan_pemanfaatan ({_JEJAK}, petak_id, klaster, luas, dari, sampai)
SELECT {_ISI_JEJAK}, p.id, {_KLASTER}[p.n], p.luas, (%(awal)s::date + make_interval(months => 12 * t))::date,
       CASE WHEN t < %(tahun)s - 1
            THEN (%(awal)s::date + make_interval(months => 12 * (t + 1)))::date - 1 END
FROM (SELECT *, substr(kode, 2)::int AS n FROM pangan_petak) p JOIN unit_bench u ON u.id = p.upt_id,
     generate_series(0, %(tahun)s - 1) t WHERE p.n <= 5""",
    f"""INSERT INTO pangan_siklus ({_JEJAK}, petak_id, klaster, komoditas, varietas, tanam, luas, bibit, ekor,
    perkiraan_panen, perkiraan_kg, akhir, selesai, alasan_gagal, catatan)
SELECT {_ISI_JEJAK}, p.id, {_KLASTER}[p.n], {_KOMODITAS}[p.n], '', h.tanam, p.luas, '',
       CASE WHEN p.n > 3 THEN 300 END, h.tanam + 115, CASE WHEN u.id %% 2 = 0 THEN 400 END,
       CASE WHEN h.tanam + 120 > %(kini)s THEN '' WHEN (s + u.id) %% 29 = 0 THEN 'gagal' ELSE 'panen' END,
       CASE WHEN h.tanam + 120 <= %(kini)s THEN h.tanam + 120 END,
       CASE WHEN h.tanam + 120 <= %(kini)s AND (s + u.id) %% 29 = 0 THEN 'Banjir' ELSE '' END, ''
FROM (SELECT *, substr(kode, 2)::int AS n FROM pangan_petak) p JOIN unit_bench u ON u.id = p.upt_id,
     generate_series(0, %(bulan)s / 4) s,
     LATERAL (SELECT (%(awal)s::date + make_interval(months => 4 * s, days => (p.n * 5 + u.id %% 20)::int))::date
              AS tanam) h
WHERE p.n <= 5 AND h.tanam <= %(kini)s""",
    f"""INSERT INTO pangan_panen ({_JEJAK}, siklus_id, petak_id, klaster, komoditas, tanggal, jumlah, satuan, berat_kg,
    ditimbang, susut_kg, alasan_susut, nilai, catatan)
SELECT {_ISI_JEJAK}, s.id, s.petak_id, s.klaster, s.komoditas, s.tanam + 7 * m, 60 + (s.id + m * 13) %% 90,
       {_SATUAN}[array_position({_KLASTER}, s.klaster::text)], 40 + (s.id + m * 7) %% 60, (s.id + m) %% 23 <> 0, 0, '',
       (40 + (s.id + m * 7) %% 60) * 9000, ''
FROM pangan_siklus s JOIN unit_bench u ON u.id = s.upt_id, generate_series(1, 16) m
WHERE s.tanam + 7 * m <= %(kini)s AND s.akhir <> 'gagal'""",
    f"""INSERT INTO pangan_pemakaian ({_JEJAK}, klaster, komoditas, tanggal, tujuan, jumlah, satuan, berat_kg, nilai,
    pihak, catatan)
SELECT {_ISI_JEJAK}, p.klaster, p.komoditas, p.tanggal,
       (ARRAY['dapur','vendor','jual','dapur'])[1 + p.id %% 4], p.berat_kg * 0.9, 'kg', p.berat_kg * 0.9,
       CASE WHEN p.id %% 4 IN (1, 2) THEN p.nilai ELSE 0 END, '', ''
FROM pangan_panen p JOIN unit_bench u ON u.id = p.upt_id WHERE p.id %% 2 = 0""",
    f"""INSERT INTO pangan_setoran ({_JEJAK}, jenis, tanggal, nilai, nomor, catatan)
SELECT {_ISI_JEJAK}, j, (%(awal)s::date + make_interval(months => b, days => 20))::date, 100000 + (u.id * b) %% 900000,
       '', ''
FROM unit_bench u, generate_series(0, %(bulan)s - 1) b, unnest(ARRAY['pnbp', 'premi']) j""",
    f"""INSERT INTO pangan_tenaga ({_JEJAK}, jenis, klaster, dari, orang)
SELECT {_ISI_JEJAK}, j, '', (%(awal)s::date + make_interval(months => 3 * b))::date, 5 + (u.id + b) %% 30
FROM unit_bench u, generate_series(0, %(bulan)s / 3 - 1) b, unnest(ARRAY['wbp', 'petugas']) j""",
    """INSERT INTO wbp_wargabinaan (indeks, ujung, dibuat_oleh_id, dibuat_pada, upt_id, kanwil_id)
SELECT md5(u.id || '/' || n), lpad((n %% 1000)::text, 3, '0'), %(orang)s, now(), u.id, u.kanwil_id
FROM unit_bench u, generate_series(1, %(bulan)s * 3) n WHERE u.id %% 2 = 0""",
    f"""INSERT INTO pangan_penempatan ({_JEJAK}, wbp_id, klaster, dari, sampai)
SELECT {_ISI_JEJAK}, w.id, {_KLASTER}[1 + w.id %% 5], h.dari, CASE WHEN h.dari + 200 < %(kini)s THEN h.dari + 200 END
FROM (SELECT *, row_number() OVER (PARTITION BY upt_id ORDER BY id) AS n FROM wbp_wargabinaan) w
JOIN unit_bench u ON u.id = w.upt_id,
LATERAL (SELECT (%(awal)s::date + make_interval(days => (10 * w.n)::int))::date AS dari) h""",
)  # fmt: skip

# The plain query: the same figures of a month, straight from the rows that people wrote.
_DASAR = """
SELECT p.kanwil_id, p.klaster, p.komoditas, date_trunc('month', p.tanggal), sum(p.berat_kg), sum(p.nilai),
       sum(p.berat_kg) FILTER (WHERE NOT p.ditimbang), count(DISTINCT p.upt_id)
FROM pangan_panen p WHERE p.dihapus_pada IS NULL AND p.tanggal BETWEEN %(dari)s AND %(sampai)s {saring}
GROUP BY 1, 2, 3, 4
"""
_DASAR_UNIT = """
SELECT p.upt_id, p.klaster, sum(p.berat_kg) FROM pangan_panen p
WHERE p.dihapus_pada IS NULL AND p.tanggal BETWEEN %(tahun)s AND %(sampai)s {saring} GROUP BY 1, 2
"""
_DASAR_PAKAI = """
SELECT p.upt_id, p.klaster, p.tujuan, sum(p.berat_kg), sum(p.nilai) FROM pangan_pemakaian p
WHERE p.dihapus_pada IS NULL AND p.tanggal BETWEEN %(awal)s AND %(sampai)s {saring} GROUP BY 1, 2, 3
"""


def isi(bulan_isi: int) -> None:
    """Fill the register of every unit that reports food, over the months up to the last ended one."""
    kini = bulan_terakhir()
    nilai: dict[str, Any] = {"awal": (kini - (bulan_isi - 1)).awal, "kini": kini.akhir, "bulan": bulan_isi}
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("SET LOCAL statement_timeout = 0")
        kursor.execute("SELECT min(id) FROM akun_pengguna")
        nilai |= {"orang": kursor.fetchone()[0], "tahun": -(-bulan_isi // 12)}
        kursor.execute(
            "CREATE TEMP TABLE unit_bench ON COMMIT DROP AS SELECT id, kanwil_id FROM upt_upt u WHERE EXISTS "
            "(SELECT 1 FROM pelaporan_laporan l WHERE l.upt_id = u.id AND l.formulir_id = 'F06')"
        )
        for perintah in _ISI:
            kursor.execute(perintah, nilai)
        ringkas.hitung_ulang()
    with connection.cursor() as kursor:
        kursor.execute("VACUUM ANALYZE")


def banyak() -> tuple[int, int, int]:
    """(harvests, rollup rows, units)."""
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute(
            "SELECT (SELECT count(*) FROM pangan_panen), (SELECT count(*) FROM pangan_ringkaspangan), "
            "(SELECT count(DISTINCT upt_id) FROM pangan_petak)"
        )
        panen, baris, unit = kursor.fetchone()
    return int(panen), int(baris), int(unit)


def ukur(ukuran: Ukuran) -> list[Baris]:
    """National page, the largest Kanwil's page, and F06 of one unit; as the web role, with row-level security."""
    if not banyak()[0]:
        isi(ukuran.bulan)
    bulan = bulan_terakhir()
    with terpasang(SISTEM):
        unit = UPT.objects.select_related("kanwil").get(kode=UNIT)
    with sebagai("web"):
        return [
            *_halaman("Pangan nasional", None, bulan, ukuran),
            *_halaman("Pangan Kanwil", unit.kanwil_id, bulan, ukuran),
            *_f06(unit, bulan, ukuran),
        ]


def baca_halaman(kanwil_id: int | None, bulan: Bulan, hari: date) -> None:
    """Everything that the page reads and works out, without its template."""
    wilayah = baca.wilayah(SISTEM, "") if kanwil_id is None else _kanwil(kanwil_id)
    h = Halaman(wilayah, bulan, hari, baca.unit_bulan(SISTEM, kanwil_id, bulan, hari), baca.semua_kanwil(SISTEM))
    deret, gagal = baca.deret(SISTEM, kanwil_id, bulan), baca.gagal(SISTEM, kanwil_id, bulan)
    pertama = baca.bulan_pertama(SISTEM, kanwil_id)
    for k in Klaster.values:
        halaman_klaster.gambar_klaster(h, k, halaman_klaster.setahun(deret, gagal, k, bulan, pertama))
    baris = halaman_wilayah.baris_wilayah(h)
    halaman_wilayah.angka_utama(h, liputan_unit(h.unit), baca.serapan_minimum(bulan))
    halaman_wilayah.tabel_wilayah(h, baris)
    halaman_wilayah.lahan(h, baris)
    halaman_klaster.ramalan(h, baca.akan_panen(SISTEM, kanwil_id, hari))
    halaman_klaster.lewat(h, *baca.lewat_panen(SISTEM, kanwil_id, hari, banyak=15))
    halaman_wilayah.belum(h)
    halaman_wilayah.tanpa_rencana(h, 15)
    halaman_wilayah.banding(h, "")
    halaman_wilayah.komoditas(baca.komoditas_bulan(SISTEM, kanwil_id, bulan, hari))


def _kanwil(kanwil_id: int) -> baca.Wilayah:
    kanwil = next(k for k in baca.semua_kanwil(SISTEM) if k.pk == kanwil_id)
    return baca.wilayah(SISTEM, kanwil.slug)


def _halaman(nama: str, kanwil_id: int | None, bulan: Bulan, ukuran: Ukuran) -> list[Baris]:
    catat = Pencatat()
    masa = {"dari": (bulan - 23).awal, "tahun": (bulan - 11).awal, "awal": bulan.awal, "sampai": bulan.akhir}
    saring = f"AND p.kanwil_id = {kanwil_id}" if kanwil_id else ""

    def dasar() -> None:
        with terpasang(SISTEM), connection.cursor() as kursor:
            for perintah in (_DASAR, _DASAR_UNIT, _DASAR_PAKAI):
                kursor.execute(perintah.format(saring=saring), masa)
                kursor.fetchall()

    def halaman() -> None:
        with terpasang(SISTEM):
            baca_halaman(kanwil_id, bulan, bulan.akhir)

    return _banding(nama, catat, ukuran, halaman, dasar, "semua bacaan : hanya panen dan pemakaian dari baris asal")


def _f06(unit: UPT, bulan: Bulan, ukuran: Ukuran) -> list[Baris]:
    catat = Pencatat()

    def penyedia() -> None:
        with terpasang(SISTEM):
            assert _penyedia["pangan"](unit, bulan)

    def dasar() -> None:
        saring = f"AND p.upt_id = {unit.pk}"
        masa = {"dari": bulan.awal, "tahun": bulan.awal, "awal": bulan.awal, "sampai": bulan.akhir}
        with terpasang(SISTEM), connection.cursor() as kursor:
            for perintah in (_DASAR, _DASAR_PAKAI):
                kursor.execute(perintah.format(saring=saring), masa)
                kursor.fetchall()

    return _banding("F06 satu UPT dari register", catat, ukuran, penyedia, dasar, "kedua baris asal unit itu, sebulan")


def _banding(
    nama: str, catat: Pencatat, ukuran: Ukuran, kerja: Callable[[], Any], dasar: Callable[[], Any], ket: str
) -> list[Baris]:
    """The ratio, which informs (the plain query reads less), and the milliseconds, which have the goal."""
    kerja()
    hasil, biasa = berselang(2 * ukuran.ulang + 3, lambda: catat.ukur(kerja), lambda: catat.ukur(dasar))
    jam, prosesor = (median(1000 * getattr(w, sifat) for w in hasil) for sifat in ("jam", "prosesor"))
    return [
        Baris(nama, prosesor, "ms", BATAS_MS, f"waktu prosesor, tengah dari {len(hasil)}; jam {jam:.0f} ms"),
        baris_rasio(f"{nama} : kueri polos", hasil, biasa, None, ket),
    ]
