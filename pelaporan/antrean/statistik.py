"""How fast and how often: from the events themselves, by Kanwil and by item, for the reports of the last months.

A *send* is a sent version that was not withdrawn. Its *decision* is the first verification or return after it that
was not undone. Hours run from the send to the decision. The share within the deadline is of decided sends, and the
deadline is the Kanwil's own; first-pass acceptance is of reports with a decision: the first decision verified.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from pelaporan.alur import Aksi
from pelaporan.models import FormulirVersi, Kejadian
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan

BANYAK_BULAN = 6
BATAS_PERSEN = 10
"""From this return rate on an item is shown to those who own the form."""
PALING_SEDIKIT = 5
"""Fewer decided reports than this say nothing about a rate."""

_PUTUSAN = """
WITH alur AS (
    SELECT k.laporan_id, k.urut, k.aksi, k.versi, k.pada,
           lead(k.aksi) OVER w AS sesudah
    FROM pelaporan_kejadian k JOIN pelaporan_laporan l ON l.id = k.laporan_id
    WHERE l.bulan BETWEEN %(dari)s AND %(sampai)s AND (%(nasional)s OR l.kanwil_id = ANY (%(kanwil)s))
      AND k.aksi = ANY (%(aksi)s)
    WINDOW w AS (PARTITION BY k.laporan_id ORDER BY k.urut)
),
nyata AS (
    SELECT laporan_id, urut, aksi, versi, pada,
           lead(aksi) OVER w AS putusan, lead(pada) OVER w AS diputus_pada
    FROM alur WHERE aksi <> 'batal' AND NOT (aksi = 'verifikasi' AND sesudah IS NOT DISTINCT FROM 'batal')
    WINDOW w AS (PARTITION BY laporan_id ORDER BY urut)
),
kiriman AS (
    SELECT n.laporan_id, n.versi, n.pada AS dikirim, n.diputus_pada,
           CASE WHEN n.putusan IN ('verifikasi', 'kembalikan') THEN n.putusan END AS putusan,
           row_number() OVER (PARTITION BY n.laporan_id ORDER BY n.urut) AS ke,
           l.kanwil_id, l.upt_id, l.bulan, l.formulir_id, l.tenggat_kanwil, l.status
    FROM nyata n JOIN pelaporan_laporan l ON l.id = n.laporan_id
    WHERE n.aksi = 'kirim' AND n.putusan IS DISTINCT FROM 'tarik'
)
"""
_AKSI = [Aksi.KIRIM, Aksi.TARIK, Aksi.KEMBALIKAN, Aksi.VERIFIKASI, Aksi.BATAL]

_PER_KANWIL = (
    _PUTUSAN
    + """
SELECT kw.slug, kw.nama_pendek, count(*) AS kiriman, count(putusan) AS putus,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM diputus_pada - dikirim) / 3600)
           FILTER (WHERE putusan IS NOT NULL) AS median,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM diputus_pada - dikirim) / 3600)
           FILTER (WHERE putusan IS NOT NULL) AS p90,
       count(*) FILTER (WHERE putusan IS NULL AND k.status = 'DIKIRIM') AS menunggu,
       count(*) FILTER (WHERE putusan IS NOT NULL AND diputus_pada <= tenggat_kanwil) AS tepat,
       count(*) FILTER (WHERE putusan = 'kembalikan') AS kembali,
       count(*) FILTER (WHERE putusan IS NOT NULL AND ke = 1) AS pertama,
       count(*) FILTER (WHERE putusan = 'verifikasi' AND ke = 1) AS sekali
FROM kiriman k JOIN upt_kanwil kw ON kw.id = k.kanwil_id
GROUP BY GROUPING SETS ((kw.slug, kw.nama_pendek, kw.kode), ()) ORDER BY kw.kode NULLS LAST
"""
)

UKURAN: dict[str, tuple[str, str]] = {
    "kiriman": ("Laporan yang dikirim", "TRUE"),
    "putus": ("Kiriman yang sudah diputuskan", "putusan IS NOT NULL"),
    "menunggu": ("Menunggu keputusan", "putusan IS NULL AND k.status = 'DIKIRIM'"),
    "tepat": ("Diputuskan dalam tenggat", "putusan IS NOT NULL AND diputus_pada <= tenggat_kanwil"),
    "kembali": ("Dikembalikan", "putusan = 'kembalikan'"),
    "sekali": ("Diterima pada kiriman pertama", "putusan = 'verifikasi' AND ke = 1"),
}
"""Figures that open: title, and the rows they count."""

_RINCI = (
    _PUTUSAN
    + """
SELECT u.nama, u.kode, u.zona, k.bulan, k.formulir_id, f.nama, k.versi, k.dikirim, k.diputus_pada, k.putusan,
       extract(epoch FROM k.diputus_pada - k.dikirim) / 3600, count(*) OVER ()
FROM kiriman k JOIN upt_upt u ON u.id = k.upt_id JOIN pelaporan_formulir f ON f.kode = k.formulir_id
JOIN upt_kanwil kw ON kw.id = k.kanwil_id
WHERE (%(slug)s = '' OR kw.slug = %(slug)s) AND ({saring})
ORDER BY k.diputus_pada - k.dikirim DESC NULLS FIRST, k.dikirim, k.laporan_id, k.versi
LIMIT %(banyak)s OFFSET %(mulai)s
"""
)


@dataclass(frozen=True)
class Kecepatan:
    """One row: counts and rates of a Kanwil, or of all together."""

    slug: str
    nama: str
    kiriman: int
    putus: int
    median: Decimal | None
    p90: Decimal | None
    menunggu: int
    tepat: int
    kembali: int
    pertama: int
    sekali: int

    @property
    def persen_tepat(self) -> Decimal | None:
        return _persen(self.tepat, self.putus)

    @property
    def persen_kembali(self) -> Decimal | None:
        return _persen(self.kembali, self.putus)

    @property
    def persen_sekali(self) -> Decimal | None:
        return _persen(self.sekali, self.pertama)


@dataclass(frozen=True)
class Kiriman:
    """One send behind a figure."""

    upt: str
    kode: str
    zona: str
    bulan: Bulan
    formulir: str
    nama: str
    versi: int
    dikirim: datetime
    diputus: datetime | None
    putusan: str
    jam: Decimal | None


def rentang(kini: Bulan) -> tuple[Bulan, Bulan]:
    """The months that are looked at: the last ones that have ended."""
    return kini - BANYAK_BULAN, kini - 1


def _persen(bagian: int, semua: int) -> Decimal | None:
    return Decimal(bagian * 100) / semua if semua else None


def _jam(nilai: Any) -> Decimal | None:
    return None if nilai is None else Decimal(str(round(float(nilai), 1)))


def _parameter(cakupan: Cakupan, dari: Bulan, sampai: Bulan) -> dict[str, Any]:
    return {
        "dari": dari.awal,
        "sampai": sampai.awal,
        "nasional": cakupan.nasional,
        "kanwil": list(cakupan.kanwil),
        "aksi": [a.value for a in _AKSI],
    }


def kecepatan(cakupan: Cakupan, dari: Bulan, sampai: Bulan) -> list[Kecepatan]:
    """One row for every Kanwil of the scope that received something; several are followed by all together (slug "")."""
    with connection.cursor() as kursor:
        kursor.execute(_PER_KANWIL, _parameter(cakupan, dari, sampai))
        baris = kursor.fetchall()
    tampil = baris if len(baris) > 2 else baris[:-1]  # the last row is the sum
    return [_baris_kecepatan(b) for b in tampil]


def _baris_kecepatan(b: tuple[Any, ...]) -> Kecepatan:
    slug, nama, kiriman, putus, median, p90, *hitungan = b
    menunggu, tepat, kembali, pertama, sekali = hitungan
    return Kecepatan(
        slug or "", nama or "Semua Kanwil", kiriman, putus, _jam(median), _jam(p90), menunggu, tepat, kembali,
        pertama, sekali,
    )  # fmt: skip


def kiriman(
    cakupan: Cakupan, dari: Bulan, sampai: Bulan, *, ukuran: str, slug: str, mulai: int, banyak: int
) -> tuple[list[Kiriman], int]:
    """The sends behind a figure, the slowest first, and how many there are in all."""
    isi = {**_parameter(cakupan, dari, sampai), "slug": slug, "mulai": mulai, "banyak": banyak}
    with connection.cursor() as kursor:
        kursor.execute(_RINCI.replace("{saring}", UKURAN[ukuran][1]), isi)
        baris = kursor.fetchall()
    semua = [Kiriman(*[*b[:3], Bulan.pada(b[3]), *b[4:9], b[9] or "", _jam(b[10])]) for b in baris]
    return semua, baris[0][11] if baris else 0


# Items that come back ---------------------------------------------------------------------------------------

# Notes of a return name items, lists, or cells of a list (`<daftar>/<baris>/<kolom>`): the part before the slash.
_BUTIR = """
WITH putus AS (
    SELECT k.laporan_id, l.formulir_id, k.sel, k.aksi
    FROM pelaporan_kejadian k JOIN pelaporan_laporan l ON l.id = k.laporan_id
    WHERE l.bulan BETWEEN %(dari)s AND %(sampai)s AND (%(nasional)s OR l.kanwil_id = ANY (%(kanwil)s))
      AND k.aksi IN ('verifikasi', 'kembalikan')
),
n AS (SELECT formulir_id, count(DISTINCT laporan_id) AS n FROM putus GROUP BY 1),
catatan AS (
    SELECT p.formulir_id, p.laporan_id, split_part(s.kode, '/', 1) AS kode
    FROM putus p CROSS JOIN LATERAL jsonb_object_keys(p.sel) AS s(kode) WHERE p.aksi = 'kembalikan'
    UNION
    SELECT l.formulir_id, l.id, split_part(u.kode, '/', 1)
    FROM pelaporan_utas u JOIN pelaporan_laporan l ON l.id = u.laporan_id
    WHERE l.bulan BETWEEN %(dari)s AND %(sampai)s AND (%(nasional)s OR l.kanwil_id = ANY (%(kanwil)s))
      AND u.kode <> '' AND EXISTS (
          SELECT 1 FROM pelaporan_komentar c JOIN pelaporan_kejadian k
          ON k.laporan_id = c.laporan_id AND k.aksi = 'kembalikan' AND k.pada >= c.terkirim_pada
          WHERE c.utas_id = u.id)
)
SELECT c.formulir_id, c.kode, count(DISTINCT c.laporan_id) AS kembali, n.n
FROM catatan c JOIN n USING (formulir_id) GROUP BY c.formulir_id, c.kode, n.n
ORDER BY count(DISTINCT c.laporan_id)::numeric / n.n DESC, 1, 2
"""


@dataclass(frozen=True)
class ButirKembali:
    """An item that reviewers sent back: how often, out of how many decided reports."""

    formulir: str
    kode: str
    label: str
    kembali: int
    n: int

    @property
    def persen(self) -> Decimal:
        return Decimal(self.kembali * 100) / self.n

    @property
    def perlu_dilihat(self) -> bool:
        return self.n >= PALING_SEDIKIT and self.persen > BATAS_PERSEN


def butir_kembali(cakupan: Cakupan, dari: Bulan, sampai: Bulan) -> list[ButirKembali]:
    """Items by their return rate, the highest first."""
    with connection.cursor() as kursor:
        kursor.execute(_BUTIR, _parameter(cakupan, dari, sampai))
        baris = kursor.fetchall()
    label = _label_butir({b[0] for b in baris})
    return [ButirKembali(f, kode, label.get((f, kode), kode), kembali, n) for f, kode, kembali, n in baris]


def _label_butir(formulir: set[str]) -> dict[tuple[str, str], str]:
    """Names of items and lists, from the newest version of each form that knows them."""
    hasil: dict[tuple[str, str], str] = {}
    for versi in FormulirVersi.objects.filter(formulir_id__in=formulir).order_by("berlaku_dari"):
        skema = versi.skema
        hasil |= {(versi.formulir_id, k): b.label for k, b in skema.butir.items()}
        hasil |= {(versi.formulir_id, k): d.judul for k, d in skema.daftar.items()}
    return hasil


def pengembalian_butir(cakupan: Cakupan, dari: Bulan, sampai: Bulan, formulir: str, kode: str) -> Sequence[Kejadian]:
    """The returns that named an item, newest first, with the reviewer's words."""
    kejadian = Kejadian.objects.dalam(cakupan).filter(
        aksi=Aksi.KEMBALIKAN, laporan__formulir_id=formulir, laporan__bulan__range=(dari.awal, sampai.awal)
    )
    lengkap = kejadian.select_related("laporan__upt", "laporan__formulir", "oleh").order_by("-pada")
    return [k for k in lengkap if any(sel.split("/")[0] == kode for sel in k.sel)]
