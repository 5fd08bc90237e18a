"""The promises of the portal, proved from the data: `manage.py periksa_invarian`, run after a fault, after
a restore, every night. Each check returns sentences about what is broken; an empty list means that it holds.

Checks read with the scope of the system and are set-based: one statement each, except the hashes, which are
computed here because they are defined over canonical text and not over what PostgreSQL prints.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from dasbor import agregasi
from pelaporan.alur import TABEL, Aksi
from pelaporan.kanonik import sidik
from pemasyarakatan.inti import janji, penjaga
from pemasyarakatan.inti.json import DecoderAngka
from pemasyarakatan.inti.waktu import Bulan
from pemasyarakatan.jejak.selectors import periksa_rantai
from upt.cakupan import SISTEM, terpasang

MAKS_CONTOH = 20
"""Sentences kept per check; the number found is always told."""

BASI = "5 minutes"


@dataclass(frozen=True)
class Hasil:
    """Outcome of one check."""

    kode: str
    nama: str
    banyak: int
    contoh: tuple[str, ...]

    @property
    def baik(self) -> bool:
        return self.banyak == 0

    def ke_json(self) -> dict[str, Any]:
        return {
            "kode": self.kode,
            "nama": self.nama,
            "baik": self.baik,
            "banyak": self.banyak,
            "contoh": list(self.contoh),
        }


Periksa = Callable[[Bulan | None], list[str]]


def periksa_semua(bulan: Bulan | None = None) -> Iterator[Hasil]:
    """Run every check in turn; `bulan` restricts those about reports and rollups to one month."""
    for kode, (nama, periksa) in {**PEMERIKSAAN, **janji.semua()}.items():
        with terpasang(SISTEM):
            with connection.cursor() as kursor:
                kursor.execute("SET LOCAL statement_timeout = 0")
                kursor.execute("SET LOCAL work_mem = '128MB'")
            salah = periksa(bulan)
        yield Hasil(kode, nama, len(salah), tuple(salah[:MAKS_CONTOH]))


def _kalimat(sql: str, bulan: Bulan | None, **parameter: Any) -> list[str]:
    """Rows of a query, each one a sentence. `{saring}` becomes the month's filter on column `bulan`."""
    saring = "TRUE" if bulan is None else "bulan = %(bulan)s"
    with connection.cursor() as kursor:
        kursor.execute(sql.replace("{saring}", saring), {"bulan": bulan.awal if bulan else None, **parameter})
        return [str(baris[0]) for baris in kursor.fetchall()]


# I1, I3: versions ----------------------------------------

_VERSI = """
SELECT v.nomor, v.sidik, v.versi, v.formulir_id, to_char(v.bulan, 'YYYY-MM'), u.kode, v.isi::text
FROM pelaporan_laporanversi v JOIN upt_upt u ON u.id = v.upt_id WHERE {saring} ORDER BY v.id
"""


def sidik_versi(bulan: Bulan | None) -> list[str]:
    """Every version's hash, recomputed from its row."""
    salah = []
    # a cursor on the server: versions may be many gigabytes
    with connection.connection.cursor(name="sidik_versi") as kursor:
        kursor.itersize = 2000
        saring = "TRUE" if bulan is None else "v.bulan = %(bulan)s"
        kursor.execute(_VERSI.replace("{saring}", saring), {"bulan": bulan.awal if bulan else None})
        for nomor, tertulis, *inti in kursor:
            if not _sidik_cocok(tertulis, *inti):
                salah.append(f"{nomor}: isi tidak cocok dengan sidiknya")
    return salah


def _sidik_cocok(tertulis: str, versi: int, formulir: str, bulan: str, upt: str, isi: str) -> bool:
    """The C encoder gives the canonical text of nearly all content; the exact definition decides the rest."""
    semua = {"bulan": bulan, "formulir": formulir, "isi": json.loads(isi), "upt": upt, "versi": versi}
    teks = json.dumps(semua, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if hashlib.sha256(teks.encode()).hexdigest() == tertulis:
        return True
    return sidik({**semua, "isi": json.loads(isi, cls=DecoderAngka)}) == tertulis


_CELAH = """
SELECT format('laporan %%s: versi 1 sampai %%s berjumlah %%s', laporan_id, max(versi), count(*))
FROM pelaporan_laporanversi WHERE {saring}
GROUP BY laporan_id HAVING count(*) <> max(versi) OR min(versi) <> 1
"""

_SALAH_TEMPAT = """
SELECT format('%%s: unit, bulan, atau formulirnya lain dari laporannya', v.nomor)
FROM pelaporan_laporanversi v JOIN pelaporan_laporan l ON l.id = v.laporan_id
WHERE (v.upt_id, v.kanwil_id, v.bulan, v.formulir_id)
      IS DISTINCT FROM (l.upt_id, l.kanwil_id, l.bulan, l.formulir_id)
  AND (SELECT {saring} FROM (SELECT l.bulan) AS satu(bulan))
"""


def versi_utuh(bulan: Bulan | None) -> list[str]:
    return _kalimat(_CELAH, bulan) + _kalimat(_SALAH_TEMPAT, bulan)


# I4: events ----------------------------------------

_URUTAN = """
WITH urutan AS (
    SELECT k.laporan_id, k.urut, k.dari, k.ke, k.aksi, row_number() OVER w AS seharusnya,
           lag(k.ke, 1, 'BELUM') OVER w AS sebelum
    FROM pelaporan_kejadian k JOIN pelaporan_laporan l ON l.id = k.laporan_id
    WHERE {saring} WINDOW w AS (PARTITION BY k.laporan_id ORDER BY k.urut)
)
SELECT format('laporan %%s kejadian %%s: %%s %%s→%%s tidak menyambung dari %%s',
              laporan_id, urut, aksi, dari, ke, sebelum)
FROM urutan WHERE urut <> seharusnya OR dari <> sebelum
"""

_STATUS = """
SELECT format('laporan %%s: status %%s, menurut kejadian %%s', l.id, l.status, COALESCE(akhir.ke, 'BELUM'))
FROM pelaporan_laporan l LEFT JOIN (
    SELECT DISTINCT ON (laporan_id) laporan_id, ke FROM pelaporan_kejadian ORDER BY laporan_id, urut DESC
) akhir ON akhir.laporan_id = l.id
WHERE {saring} AND l.status <> COALESCE(akhir.ke, 'BELUM')
"""

_TIDAK_SAH = """
SELECT format('laporan %%s kejadian %%s: %%s dari %%s ke %%s tidak ada di tabel status',
              laporan_id, urut, aksi, dari, ke)
FROM pelaporan_kejadian k JOIN pelaporan_laporan l ON l.id = k.laporan_id
WHERE {saring} AND (k.dari || ' ' || k.aksi || ' ' || k.ke) <> ALL (%(tabel)s)
"""

# A version counts as sent unless it was withdrawn; as verified when it was verified once more than that was undone.
_VERSI_LAPORAN = """
WITH menurut AS (
    SELECT laporan_id,
           max(versi) FILTER (WHERE aksi = 'kirim' AND NOT ditarik) AS masuk,
           max(versi) FILTER (WHERE aksi = 'verifikasi' AND disahkan) AS sah,
           count(DISTINCT versi) FILTER (WHERE aksi = 'kirim') AS kirim
    FROM (
        SELECT laporan_id, aksi, versi,
               bool_or(aksi = 'tarik') OVER w AS ditarik,
               count(*) FILTER (WHERE aksi = 'verifikasi') OVER w
                   > count(*) FILTER (WHERE aksi = 'batal') OVER w AS disahkan
        FROM pelaporan_kejadian WINDOW w AS (PARTITION BY laporan_id, versi)
    ) k GROUP BY laporan_id
),
tersimpan AS (SELECT laporan_id, count(*) AS banyak FROM pelaporan_laporanversi GROUP BY laporan_id)
SELECT format('laporan %%s: masuk %%s sah %%s versi %%s, menurut kejadian masuk %%s sah %%s kiriman %%s',
              l.id, l.versi_masuk, l.versi_sah, COALESCE(t.banyak, 0), m.masuk, m.sah, COALESCE(m.kirim, 0))
FROM pelaporan_laporan l
LEFT JOIN menurut m ON m.laporan_id = l.id LEFT JOIN tersimpan t ON t.laporan_id = l.id
WHERE {saring} AND ((l.versi_masuk, l.versi_sah) IS DISTINCT FROM (m.masuk::int, m.sah::int)
                    OR COALESCE(t.banyak, 0) <> COALESCE(m.kirim, 0))
"""

# Events that services wrote have a link in the trail: one of their own, or for locks at the closing of a month one for
# all reports of the unit. Loaded events are covered by their unit's own link.
_TANPA_JEJAK = """
WITH muatan AS (
    SELECT upt_id, max(waktu) AS pada FROM jejak_jejak WHERE tindakan = 'muat_contoh' GROUP BY upt_id
),
kejadian AS (
    SELECT k.laporan_id, count(*) AS banyak FROM pelaporan_kejadian k
    JOIN pelaporan_laporan l ON l.id = k.laporan_id LEFT JOIN muatan m ON m.upt_id = k.upt_id
    WHERE {saring} AND (m.pada IS NULL OR k.pada > m.pada) GROUP BY k.laporan_id
),
mata AS (
    SELECT objek_id FROM jejak_jejak WHERE objek = 'laporan' AND tindakan = ANY (%(aksi)s)
    UNION ALL
    SELECT l.id::text FROM jejak_jejak j JOIN pelaporan_laporan l
    ON l.upt_id = j.upt_id AND to_char(l.bulan, 'YYYY-MM') = j.objek_id AND j.rincian -> 'formulir' ? l.formulir_id
    WHERE j.objek = 'periode' AND j.tindakan = 'kunci'
),
jejak AS (SELECT objek_id, count(*) AS banyak FROM mata GROUP BY objek_id)
SELECT format('laporan %%s: %%s kejadian, %%s mata rantai jejak',
              k.laporan_id, k.banyak, COALESCE(j.banyak, 0))
FROM kejadian k LEFT JOIN jejak j ON j.objek_id = k.laporan_id::text
WHERE COALESCE(j.banyak, 0) < k.banyak
"""


def status_kejadian(bulan: Bulan | None) -> list[str]:
    tabel = [f"{b.dari} {b.aksi} {b.ke}" for b in TABEL]
    return (
        _kalimat(_STATUS, bulan)
        + _kalimat(_URUTAN, bulan)
        + _kalimat(_TIDAK_SAH, bulan, tabel=tabel)
        + _kalimat(_TANPA_JEJAK, bulan, aksi=[a.value for a in Aksi])
    )


def versi_kejadian(bulan: Bulan | None) -> list[str]:
    return _kalimat(_VERSI_LAPORAN, bulan)


# I5, I6, I7: rollups ----------------------------------------

_KOLOM = (
    "kanwil_id, bulan, formulir_id, isi, n_wajib, n_masuk, n_sah, n_tepat, "
    "penghuni_wajib, penghuni_masuk, penghuni_sah, sidik_sumber"
)

# Both ways: what is stored and not counted, and what is counted and not stored. Dirty keys are not done yet.
_BEDA = """
WITH hitung({kolom}, pada) AS ({hitung}),
simpan AS (SELECT {kolom} FROM dasbor_ringkasan WHERE (kanwil_id IS NULL) = {nasional}),
beda AS (
    (SELECT {kolom} FROM hitung EXCEPT SELECT {kolom} FROM simpan)
    UNION ALL (SELECT {kolom} FROM simpan EXCEPT SELECT {kolom} FROM hitung)
)
SELECT DISTINCT format('rekap %%s %%s %%s berbeda dari hitungan ulang', COALESCE(kw.nama_pendek, 'nasional'),
                       to_char(b.bulan, 'YYYY-MM'), b.formulir_id)
FROM beda b LEFT JOIN upt_kanwil kw ON kw.id = b.kanwil_id
WHERE {saring} AND NOT EXISTS (
    SELECT 1 FROM pelaporan_kotor k WHERE k.bulan = b.bulan AND k.formulir_id = b.formulir_id
    AND (k.kanwil_id IS NOT DISTINCT FROM b.kanwil_id OR b.kanwil_id IS NULL)
)
"""


def _beda_rekap(hitung: str, nasional: bool, bulan: Bulan | None) -> list[str]:
    sql = _BEDA.replace("{hitung}", hitung).replace("{kolom}", _KOLOM).replace("{nasional}", str(nasional))
    return _kalimat(sql.replace("{saring}", "TRUE" if bulan is None else "b.bulan = %(bulan)s"), bulan)


def rekap_kanwil(bulan: Bulan | None) -> list[str]:
    return _beda_rekap(agregasi.HITUNG_SEMUA_KANWIL, False, bulan)


def rekap_nasional(bulan: Bulan | None) -> list[str]:
    return _beda_rekap(agregasi.HITUNG_SEMUA_NASIONAL, True, bulan)


# Straight from the units to the nation, by another road than the rollups take: counts, and a total per form.
_JUMLAH = """
WITH unit AS (
    SELECT l.bulan, l.formulir_id, count(*) AS wajib, count(l.versi_masuk) AS masuk, count(l.versi_sah) AS sah
    FROM pelaporan_laporan l WHERE {saring} AND l.dibebaskan = '' GROUP BY 1, 2
),
nilai AS (
    SELECT l.bulan, l.formulir_id, sum(e.value::numeric) AS total
    FROM pelaporan_laporan l JOIN pelaporan_laporanversi v ON v.laporan_id = l.id AND v.versi = l.versi_sah
    CROSS JOIN LATERAL jsonb_each_text(v.isi -> 'angka') AS e
    WHERE {saring} AND l.dibebaskan = '' GROUP BY 1, 2
),
rekap AS (
    SELECT r.bulan, r.formulir_id, r.n_wajib, r.n_masuk, r.n_sah,
           (SELECT sum((e.value ->> 1)::numeric) FROM jsonb_each(r.isi) AS e) AS total
    FROM dasbor_ringkasan r WHERE r.kanwil_id IS NULL
)
SELECT format('nasional %%s %%s: %%s/%%s/%%s unit dan jumlah %%s, menurut unit %%s/%%s/%%s dan %%s',
              to_char(u.bulan, 'YYYY-MM'), u.formulir_id, r.n_wajib, r.n_masuk, r.n_sah, COALESCE(r.total, 0),
              u.wajib, u.masuk, u.sah, COALESCE(n.total, 0))
FROM unit u LEFT JOIN nilai n USING (bulan, formulir_id) LEFT JOIN rekap r USING (bulan, formulir_id)
WHERE ((u.wajib, u.masuk, u.sah) IS DISTINCT FROM (r.n_wajib::bigint, r.n_masuk::bigint, r.n_sah::bigint)
       OR COALESCE(n.total, 0) <> COALESCE(r.total, 0))
  AND NOT EXISTS (SELECT 1 FROM pelaporan_kotor k WHERE k.bulan = u.bulan AND k.formulir_id = u.formulir_id)
"""


def bagian_dan_jumlah(bulan: Bulan | None) -> list[str]:
    return _kalimat(_JUMLAH.replace("{saring}", "TRUE" if bulan is None else "l.bulan = %(bulan)s"), bulan)


_DARI_DRAF = """
SELECT format('laporan %%s: versi %%s dihitung tetapi %%s', l.id, hitung.versi, CASE
    WHEN v.versi IS NULL THEN 'tidak ada' ELSE 'sudah ditarik' END)
FROM pelaporan_laporan l
CROSS JOIN LATERAL (VALUES (l.versi_masuk), (l.versi_sah)) AS hitung(versi)
LEFT JOIN pelaporan_laporanversi v ON v.laporan_id = l.id AND v.versi = hitung.versi
WHERE {saring} AND hitung.versi IS NOT NULL AND (v.versi IS NULL OR EXISTS (
    SELECT 1 FROM pelaporan_kejadian k
    WHERE k.laporan_id = l.id AND k.aksi = 'tarik' AND k.versi = hitung.versi))
"""


def tanpa_draf(bulan: Bulan | None) -> list[str]:
    """Figures count sent versions only: never a draft, never a withdrawn version."""
    return _kalimat(_DARI_DRAF.replace("{saring}", "TRUE" if bulan is None else "l.bulan = %(bulan)s"), bulan)


# I11: clocks ----------------------------------------

# Late or not is a matter of the first sending that was not withdrawn, against the deadline as it now is.
_TERLAMBAT = """
SELECT format('laporan %%s: terlambat %%s, kiriman pertama %%s, tenggat %%s', l.id, l.terlambat, v.pertama, l.tenggat)
FROM pelaporan_laporan l JOIN (
    SELECT laporan_id, min(dibuat_pada) AS pertama FROM pelaporan_laporanversi v WHERE NOT EXISTS (
        SELECT 1 FROM pelaporan_kejadian k
        WHERE k.laporan_id = v.laporan_id AND k.versi = v.versi AND k.aksi = 'tarik') GROUP BY laporan_id
) v ON v.laporan_id = l.id
WHERE {saring} AND l.versi_masuk IS NOT NULL AND l.terlambat <> (v.pertama > l.tenggat)
"""

_DIBUKA = """
SELECT format('laporan %%s: %%s dengan batas kirim ulang %%s', id, status, buka_sampai) FROM pelaporan_laporan
WHERE {saring} AND buka_sampai IS NOT NULL
  AND (status NOT IN ('DIKEMBALIKAN', 'DRAF', 'SIAP') OR versi_sah IS DISTINCT FROM versi_masuk)
"""

_TERKIRIM = """
SELECT format('laporan %%s: terkirim %%s, versi %%s dibuat %%s', l.id, l.dikirim_pada, l.versi_masuk, v.dibuat_pada)
FROM pelaporan_laporan l LEFT JOIN pelaporan_laporanversi v ON v.laporan_id = l.id AND v.versi = l.versi_masuk
WHERE {saring} AND l.dikirim_pada IS DISTINCT FROM v.dibuat_pada
"""


def waktu(bulan: Bulan | None) -> list[str]:
    saring = "TRUE" if bulan is None else "l.bulan = %(bulan)s"
    berlaku = (_TERLAMBAT, _TERKIRIM)
    return _kalimat(_DIBUKA, bulan) + [x for s in berlaku for x in _kalimat(s.replace("{saring}", saring), bulan)]


# I12: what belongs to a report ----------------------------------------

_BERWILAYAH = ("draf", "kejadian", "komentar", "lampiran", "permintaanbuka", "riwayatisian", "tinjauan", "utas")
_TEMPAT = """
SELECT format('{tabel} laporan %%s: unit atau Kanwilnya lain dari laporannya', x.laporan_id)
FROM pelaporan_{tabel} x JOIN pelaporan_laporan l ON l.id = x.laporan_id
WHERE (x.upt_id, x.kanwil_id) IS DISTINCT FROM (l.upt_id, l.kanwil_id)
"""
_LAMPIRAN_ASING = """
SELECT format('lampiran %%s: berkasnya milik unit lain', x.id)
FROM pelaporan_lampiran x JOIN pelaporan_berkas b ON b.id = x.berkas_id
WHERE (x.upt_id, x.kanwil_id) IS DISTINCT FROM (b.upt_id, b.kanwil_id)
"""
_UTAS_ASING = """
SELECT format('komentar %%s: utasnya milik laporan lain', k.id)
FROM pelaporan_komentar k JOIN pelaporan_utas u ON u.id = k.utas_id WHERE u.laporan_id <> k.laporan_id
"""


def tempat(bulan: Bulan | None) -> list[str]:
    """Everything that hangs on a report is in the report's own scope."""
    semua = [_TEMPAT.replace("{tabel}", t) for t in _BERWILAYAH]
    return [x for sql in (*semua, _LAMPIRAN_ASING, _UTAS_ASING) for x in _kalimat(sql, bulan)]


_BERKAS = """
SELECT format('berkas %%s: isi tidak cocok dengan sidiknya', id) FROM pelaporan_berkas
WHERE encode(sha256(isi), 'hex') <> sidik OR octet_length(isi) <> ukuran
"""


def berkas(bulan: Bulan | None) -> list[str]:
    return _kalimat(_BERKAS, bulan)


# I8: work that waits ----------------------------------------

_TERTUNDA = """
SELECT format('%%s %%s %%s menunggu dihitung sejak %%s', COALESCE(kw.nama_pendek, 'nasional'),
              to_char(k.bulan, 'YYYY-MM'), k.formulir_id, to_char(min(k.dibuat_pada), 'YYYY-MM-DD HH24:MI'))
FROM pelaporan_kotor k LEFT JOIN upt_kanwil kw ON kw.id = k.kanwil_id
GROUP BY kw.nama_pendek, k.bulan, k.formulir_id HAVING min(k.dibuat_pada) < now() - %(basi)s::interval
"""

_PARKIR = """
SELECT format('%%s %%s diparkir setelah %%s kali gagal: %%s', nama, kunci, jumlah, galat)
FROM pekerjaan_percobaan WHERE diparkir_pada IS NOT NULL
"""


def antrean(bulan: Bulan | None) -> list[str]:
    return _kalimat(_TERTUNDA, bulan, basi=BASI) + _kalimat(_PARKIR, bulan)


# I9, I10: trail and walls ----------------------------------------


def jejak(bulan: Bulan | None) -> list[str]:
    return [f"{k.rantai} mata {k.urut}: {k.sebab}" for k in periksa_rantai()]


_TEMBOK = """
SELECT format('tabel %%s: row-level security tidak dipaksakan', t.nama)
FROM unnest(%(tabel)s::text[]) AS t(nama)
LEFT JOIN pg_class c ON c.oid = to_regclass(quote_ident(t.nama))
WHERE c.oid IS NULL OR NOT c.relrowsecurity OR NOT c.relforcerowsecurity
UNION ALL
SELECT format('tabel %%s: tanpa kebijakan cakupan', t.nama) FROM unnest(%(berdinding)s::text[]) AS t(nama)
WHERE NOT EXISTS (SELECT 1 FROM pg_policies p WHERE p.tablename = t.nama AND p.policyname = 'cakupan'
                  AND p.schemaname = 'public' AND p.qual IS NOT NULL AND p.qual <> 'true')
UNION ALL
SELECT format('%%s %%s: milik akun aplikasi', CASE relkind WHEN 'r' THEN 'tabel' ELSE 'objek' END, relname)
FROM pg_class WHERE relowner = ANY (SELECT oid FROM pg_roles WHERE rolname = ANY (%(peran)s))
UNION ALL
SELECT format('akun %%s: dapat melewati row-level security', rolname) FROM pg_roles
WHERE rolname = ANY (%(peran)s) AND (rolsuper OR rolbypassrls)
UNION ALL
SELECT format('tabel %%s: akun aplikasi dapat mengubah yang tidak boleh diubah', t.nama)
FROM unnest(%(tetap)s::text[]) AS t(nama) CROSS JOIN unnest(%(peran)s::text[]) AS p(nama)
WHERE has_table_privilege(p.nama, quote_ident(t.nama), 'UPDATE')
   OR has_table_privilege(p.nama, quote_ident(t.nama), 'DELETE')
"""


def tembok(bulan: Bulan | None) -> list[str]:
    """Scoped tables are walled in PostgreSQL itself; the application's accounts cannot take the wall down."""
    semua = penjaga.semua()
    tetap = [k.tabel for k in semua if not {"UPDATE", "DELETE"} & set(k.boleh)]
    # a table that is declared open to every reader must at least say who may write
    berdinding = [k.tabel for k in semua if k.lihat != "true" or not (k.tulis or (k.tambah and k.ubah))]
    isi = {"tabel": [k.tabel for k in semua], "berdinding": berdinding, "tetap": tetap}
    return _kalimat(_TEMBOK, bulan, peran=list(penjaga.PERAN), **isi)


PEMERIKSAAN: dict[str, tuple[str, Periksa]] = {
    "sidik": ("Setiap versi cocok dengan sidiknya", sidik_versi),
    "versi": ("Versi berurutan tanpa celah", versi_utuh),
    "status": ("Status sama dengan rangkaian kejadiannya, setiap kejadian ada jejaknya", status_kejadian),
    "versi_masuk": ("Versi masuk dan sah menurut kejadian", versi_kejadian),
    "rekap_kanwil": ("Rekap Kanwil sama dengan hitungan ulang", rekap_kanwil),
    "rekap_nasional": ("Rekap nasional adalah jumlah 33 Kanwil", rekap_nasional),
    "jumlah": ("Angka nasional adalah jumlah unit", bagian_dan_jumlah),
    "draf": ("Tidak ada draf atau versi ditarik yang dihitung", tanpa_draf),
    "waktu": ("Terlambat, waktu kirim, dan batas kirim ulang menurut versi dan tenggatnya", waktu),
    "tempat": ("Semua milik laporan ada dalam cakupan laporannya", tempat),
    "berkas": ("Setiap berkas cocok dengan sidiknya", berkas),
    "antrean": ("Tidak ada hitungan tertunda atau pekerjaan terparkir", antrean),
    "jejak": ("Rantai jejak utuh", jejak),
    "tembok": ("Cakupan dipaksakan oleh basis data", tembok),
}
