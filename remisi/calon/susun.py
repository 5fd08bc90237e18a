"""Computing the candidates of a unit for one occasion: read the register once, compute it as columns, replace the rows.

The register leaves PostgreSQL as fixed-width binary (COPY TO, which row-level security filters) and is not parsed; the
result goes by COPY into a temporary table and from there by INSERT … SELECT, for row-level security refuses COPY into
the table itself. Cases that rest on earlier candidates stay as they are.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection, transaction

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.services import catat_baris
from remisi.calon import massal
from remisi.calon.massal import Hasil, Kolom
from remisi.ketentuan import Himpunan
from remisi.models import Kesempatan, Perhitungan
from remisi.selectors_aturan import himpunan, patokan_untuk
from upt.cakupan import Cakupan
from upt.models import UPT

_PK = "pk"
_KEPALA = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
"""What a binary COPY begins with; its end is two bytes that say "no more rows"."""


@transaction.atomic
def hitung_unit(
    *, kesempatan: Kesempatan, upt: UPT, oleh: Pengguna | None, cakupan: Cakupan, aturan: Himpunan | None = None
) -> Perhitungan:
    """Compute and keep the candidates of one unit. Two at once: the second waits, then computes on what is there then.

    `oleh` None is the system itself, within its own scope. Raises TidakDitemukan, Ditolak.
    """
    _pastikan(upt, oleh, cakupan)
    _kunci(kesempatan.pk, upt.pk)
    aturan = aturan or himpunan()
    tanda = tanda_data(upt.pk)  # before the data: a change in between makes the computation look old, never fresh
    pk, kolom = baca_kolom(upt.pk, kesempatan.tanggal)
    patokan = patokan_untuk(kesempatan, aturan)
    semua = massal.hitung(kolom, patokan)
    _ganti(kesempatan.pk, upt, pk, semua)
    perhitungan, _ = Perhitungan.objects.update_or_create(
        kesempatan=kesempatan,
        upt=upt,
        defaults={
            "kanwil_id": upt.kanwil_id,
            "sidik_aturan": patokan.sidik,
            "jumlah": ringkas(semua) | {"tanda": tanda, "orang": len(pk), "tanggal": kesempatan.tanggal.isoformat()},
            "dihitung_pada": sekarang(),
            "oleh": oleh,
        },
    )
    if oleh is not None:
        rincian = {"kesempatan": kesempatan.slug, "sidik_aturan": patokan.sidik[:16]}
        catat_baris(perhitungan, oleh=oleh, tindakan="hitung_calon", rincian=rincian)
    return perhitungan


def _pastikan(upt: UPT, oleh: Pengguna | None, cakupan: Cakupan) -> None:
    if not UPT.objects.dalam(cakupan).filter(pk=upt.pk).exists():
        raise TidakDitemukan("Unit ini tidak ada, atau bukan bagian dari tugas Anda.")
    if oleh is None and cakupan.lingkup == "sistem":
        return
    if not (boleh(oleh, Izin.SUSUN_USULAN, upt) or boleh(oleh, Izin.PUTUS_USULAN, upt)):
        raise Ditolak("Calon penerima dihitung oleh petugas UPT-nya, atau oleh Ditjenpas untuk semua UPT.")


def _kunci(kesempatan_id: int, upt_id: int) -> None:
    with connection.cursor() as kursor:
        kursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 22))", [f"calon:{kesempatan_id}:{upt_id}"])


def ringkas(semua: list[Hasil]) -> dict[str, Any]:
    """Grants by state, and of each kind by state: {"LAYAK": 3, …, "jenis": {"RU": {"LAYAK": 3, …}}}."""
    jenis = {h.jenis: _per_keadaan(h) for h in semua}
    return {k: sum(j[k] for j in jenis.values()) for k in massal.KEADAAN[1:]} | {"jenis": jenis}


def _per_keadaan(hasil: Hasil) -> dict[str, int]:
    banyak = np.bincount(hasil.keadaan, minlength=len(massal.KEADAAN))
    return {nama: int(n) for nama, n in zip(massal.KEADAAN[1:], banyak[1:], strict=True)}


# Reading the register ------------------------------------------------------------------------------

_SUMBER_LALU = {f"lalu_{j}": f"count(*) FILTER (WHERE jenis = '{j}')" for j in massal.JENIS}


def _ungkapan(kolom: str) -> str:
    """SQL of one column as a small whole number, never NULL."""
    if kolom in massal.PILIHAN:
        pilihan = ", ".join(f"'{p}'" for p in massal.PILIHAN[kolom])
        return f"COALESCE(array_position(ARRAY[{pilihan}]::text[], d.{kolom}::text) - 1, 0)"
    if kolom in massal.TAHU:
        return f"CASE d.{kolom} WHEN true THEN 1 WHEN false THEN 0 ELSE -1 END"
    if kolom in massal.TANGGAL:
        return f"COALESCE(d.{kolom} - DATE '1970-01-01', {massal.NIHIL})"
    asal = "b" if kolom == "remisi_hari" or kolom in massal.LALU else "d"
    return f"COALESCE({asal}.{kolom}, 0)"


_PILIH = ", ".join(f"({_ungkapan(k)})::int4" for k in massal.KOLOM)
_BACA = f"""
SELECT d.id::int8, {_PILIH} FROM wbp_datawarga d LEFT JOIN (
    SELECT data_id, sum(30 * bulan + hari) AS remisi_hari, {", ".join(f"{s} AS {k}" for k, s in _SUMBER_LALU.items())}
    FROM wbp_pemberian WHERE upt_id = %(upt)s AND dicabut_pada IS NULL AND tanggal < %(hari)s GROUP BY data_id
) b ON b.data_id = d.id
WHERE d.upt_id = %(upt)s AND d.keluar_pada IS NULL AND d.dimusnahkan_pada IS NULL
  AND d.status IN ('NARAPIDANA', 'ANAK_BINAAN')
ORDER BY d.status, d.id
"""  # noqa: S608  names of columns
_BARIS = np.dtype(
    [("_n", ">i2"), ("_pk", ">i4"), (_PK, ">i8")]
    + [bagian for k in massal.KOLOM for bagian in ((f"_{k}", ">i4"), (k, ">i4"))]
)  # each value is preceded by its length


def baca_kolom(upt_id: int, sebelum: date) -> tuple[massal.Larik, Kolom]:
    """Ids and columns of the unit's narapidana and anak binaan, with their grants before a day."""
    penampung = io.BytesIO()
    with connection.cursor() as kursor:
        perintah = kursor.mogrify(_BACA, {"upt": upt_id, "hari": sebelum}).decode()
        kursor.copy_expert(f"COPY ({perintah}) TO STDOUT (FORMAT binary)", penampung)
    isi = penampung.getbuffer()
    if bytes(isi[: len(_KEPALA)]) != _KEPALA or (len(isi) - len(_KEPALA) - 2) % _BARIS.itemsize:
        raise RuntimeError("the server's binary COPY does not have the expected shape")
    baris = np.frombuffer(isi, _BARIS, (len(isi) - len(_KEPALA) - 2) // _BARIS.itemsize, len(_KEPALA))
    return baris[_PK].astype(np.int64), {k: baris[k].astype(massal.tipe(k)) for k in massal.KOLOM}


_TANDA = """
SELECT concat_ws(':', count(*), COALESCE(sum(d.revisi), 0), max(d.id), extract(epoch FROM max(d.diubah_pada)), (
    SELECT concat_ws(':', count(*), max(p.id)) FROM wbp_pemberian p
    WHERE p.upt_id = %(upt)s AND p.dicabut_pada IS NULL))
FROM wbp_datawarga d WHERE d.upt_id = %(upt)s AND d.keluar_pada IS NULL AND d.dimusnahkan_pada IS NULL
"""


def tanda_data(upt_id: int) -> str:
    """A mark that changes with every change of what candidates of the unit are computed from."""
    with connection.cursor() as kursor:
        kursor.execute(_TANDA, {"upt": upt_id})
        return str(kursor.fetchone()[0])


# Writing the candidates ----------------------------------------------------------------------------

_ISI = ("data_id", "jenis", "keadaan", "urutan", "hari_jalani", "bulan", "hari", "hasil", "syarat")
_SIAPKAN = f"""
CREATE TEMP TABLE IF NOT EXISTS kandidat_baru ON COMMIT DELETE ROWS AS
SELECT {", ".join(_ISI)} FROM remisi_kandidat WITH NO DATA
"""  # noqa: S608  names of columns
_UBAH = ", ".join(f"{k} = EXCLUDED.{k}" for k in _ISI[2:])
_BUANG = """
DELETE FROM remisi_kandidat k WHERE k.kesempatan_id = %(kesempatan)s AND k.upt_id = %(upt)s
  AND (k.data_id, k.jenis) NOT IN (SELECT data_id, jenis FROM kandidat_baru)
"""
_SIMPAN = f"""
INSERT INTO remisi_kandidat AS k (kesempatan_id, upt_id, kanwil_id, {", ".join(_ISI)})
SELECT %(kesempatan)s, %(upt)s, %(kanwil)s, {", ".join(_ISI)} FROM kandidat_baru
ON CONFLICT (kesempatan_id, upt_id, data_id, jenis) DO UPDATE SET kanwil_id = EXCLUDED.kanwil_id, {_UBAH}
WHERE (k.kanwil_id, {", ".join(f"k.{k}" for k in _ISI[2:])})
   IS DISTINCT FROM (EXCLUDED.kanwil_id, {", ".join(f"EXCLUDED.{k}" for k in _ISI[2:])})
"""  # noqa: S608  names of columns


@dataclass(frozen=True)
class _Pola:
    """Condition lists as PostgreSQL writes an array; few different ones cover all persons."""

    teks: dict[int, str]

    def __getitem__(self, pola: int) -> str:
        if pola not in self.teks:
            self.teks[pola] = "{" + ",".join(massal.baca_pola(pola)) + "}"
        return self.teks[pola]


def baris_copy(pk: massal.Larik, hasil: Hasil) -> Iterator[str]:
    """The rows of one kind in COPY's text format. Nothing in them needs escaping: numbers and codes of ours."""
    pola, nihil = _Pola({}), "\\N"
    kolom = (hasil.keadaan, hasil.urutan, hasil.hari_jalani, hasil.bulan, hasil.hari, hasil.bagian, hasil.pola)
    baris = zip(pk[hasil.baris].tolist(), *(k.tolist() for k in kolom), strict=True)
    for data, keadaan, urutan, jalani, bulan, lama, bagian, kata in baris:
        jalani = nihil if jalani > -massal.NIHIL // 2 else jalani
        urutan = urutan or nihil
        yield (
            f"{data}\t{hasil.jenis}\t{massal.KEADAAN[keadaan]}\t{urutan}\t{jalani}\t{bulan}\t{lama}\t"
            f"{massal.BAGIAN[bagian]}\t{pola[kata]}\n"
        )


def _ganti(kesempatan_id: int, upt: UPT, pk: massal.Larik, semua: list[Hasil]) -> None:
    """Bring the unit's rows to what was computed; rows that stay equal are not written again."""
    nilai = {"kesempatan": kesempatan_id, "upt": upt.pk, "kanwil": upt.kanwil_id}
    with connection.cursor() as kursor:
        kursor.execute("SET LOCAL client_min_messages = warning")
        kursor.execute(_SIAPKAN)
        kursor.execute("DELETE FROM kandidat_baru")
        salin = f"COPY kandidat_baru ({', '.join(_ISI)}) FROM STDIN"
        kursor.copy_expert(salin, io.StringIO("".join(b for h in semua for b in baris_copy(pk, h))))
        kursor.execute(_BUANG, nilai)
        kursor.execute(_SIMPAN, nilai)
