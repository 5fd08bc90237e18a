"""Promises of the register of inmates and of its cases, proved from their rows (see `pemasyarakatan.inti.janji`)."""

from __future__ import annotations

from django.apps import apps

from pemasyarakatan.inti.janji import daftarkan, kalimat
from pemasyarakatan.inti.waktu import Bulan
from remisi.usulan import alur
from remisi.usulan.ringkas import HITUNG
from upt.models import IkutKanwil

_BERIKAN = tuple(str(s) for s in alur.DIBERIKAN)
_TERBUKA = tuple(str(s) for s in alur.TERBUKA)

_KUNCI = "kesempatan_id, upt_id, kanwil_id, jenis, hasil, pita, jenis_kelamin, status_orang, kelompok, orang, hari"
_RINGKAS = f"""
WITH hitung AS ({HITUNG.replace("{saring}", "")}),
catat AS (SELECT {_KUNCI} FROM remisi_ringkasremisi)
SELECT DISTINCT format('unit %%s, kesempatan %%s: %%s %%s tercatat beda dengan hitungan ulang',
                       upt_id, kesempatan_id, jenis, hasil)
FROM (
    (SELECT {_KUNCI} FROM hitung EXCEPT SELECT {_KUNCI} FROM catat)
    UNION (SELECT {_KUNCI} FROM catat EXCEPT SELECT {_KUNCI} FROM hitung)
) beda
"""  # noqa: S608  names of columns
_TANPA_PEMBERIAN = """
SELECT format('usulan %%s: diputus, tetapi pemberiannya di register %%s', u.id,
              CASE WHEN p.id IS NULL THEN 'tidak ada' ELSE 'berbeda' END)
FROM remisi_usulan u LEFT JOIN wbp_pemberian p ON p.usulan = u.id AND p.dicabut_pada IS NULL
WHERE u.rumpun = 'REMISI' AND u.status = ANY(%(berikan)s) AND (
    p.id IS NULL OR (p.data_id, p.jenis, p.tanggal, p.bulan, p.hari) <> (u.data_id, u.jenis, u.tanggal, u.bulan, u.hari)
)
"""
_TANPA_KASUS = """
SELECT format('pemberian %%s: dari portal, tetapi tidak ada keputusannya', p.id)
FROM wbp_pemberian p LEFT JOIN remisi_usulan u ON u.id = p.usulan AND u.status = ANY(%(berikan)s)
WHERE p.dicabut_pada IS NULL AND (p.asal = 'PORTAL' OR p.usulan IS NOT NULL) AND u.id IS NULL
"""
_TANPA_SK = """
SELECT format('usulan %%s: %%s tanpa keputusan', id, status) FROM remisi_usulan
WHERE status = ANY(%(berikan)s) AND keputusan_id IS NULL
"""
_LANGKAH = """
SELECT format('usulan %%s: %%s revisi %%s, langkah terakhirnya %%s revisi %%s',
              u.id, u.status, u.revisi, l.ke, l.revisi)
FROM remisi_usulan u LEFT JOIN LATERAL (
    SELECT ke, revisi FROM remisi_langkahusulan WHERE usulan_id = u.id ORDER BY revisi DESC LIMIT 1
) l ON true
WHERE (l.ke, l.revisi) IS DISTINCT FROM (u.status, u.revisi)
"""
_IKUT_ORANG = """
SELECT format('usulan %%s: masih terbuka di unit %%s, orangnya di unit %%s', u.id, u.upt_id, d.upt_id)
FROM remisi_usulan u JOIN wbp_datawarga d ON d.id = u.data_id
WHERE u.status = ANY(%(terbuka)s) AND u.upt_id <> d.upt_id
"""
_KANWIL = """
SELECT format('{tabel}: %%s baris unit %%s mencatat Kanwil lain', count(*), x.upt_id)
FROM {tabel} x JOIN upt_upt u ON u.id = x.upt_id WHERE x.kanwil_id <> u.kanwil_id GROUP BY x.upt_id
"""
_KUNCI_WARGA = """
SELECT format('warga %%s: %%s', d.id, CASE WHEN k.id IS NULL THEN 'kuncinya hilang, belum dimusnahkan'
              ELSE 'sudah dimusnahkan, kuncinya masih ada' END)
FROM wbp_datawarga d LEFT JOIN wbp_kunciwarga k ON k.data_id = d.id
WHERE (d.dimusnahkan_pada IS NULL) = (k.id IS NULL)
"""


def ringkas_cocok(bulan: Bulan | None) -> list[str]:
    return kalimat(_RINGKAS)


def keputusan_masuk_register(bulan: Bulan | None) -> list[str]:
    semua = (_TANPA_PEMBERIAN, _TANPA_KASUS, _TANPA_SK)
    return [satu for sql in semua for satu in kalimat(sql, berikan=list(_BERIKAN))]


def langkah_terakhir(bulan: Bulan | None) -> list[str]:
    return kalimat(_LANGKAH)


def kasus_ikut_orang(bulan: Bulan | None) -> list[str]:
    return kalimat(_IKUT_ORANG, terbuka=list(_TERBUKA))


def kanwil_benar(bulan: Bulan | None) -> list[str]:
    return [satu for tabel in _tabel() for satu in kalimat(_KANWIL.replace("{tabel}", tabel))]


def _tabel() -> list[str]:
    model = [m for app in ("wbp", "remisi") for m in apps.get_app_config(app).get_models()]
    return sorted(m._meta.db_table for m in model if issubclass(m, IkutKanwil))


def kunci_lengkap(bulan: Bulan | None) -> list[str]:
    return kalimat(_KUNCI_WARGA)


def daftarkan_janji() -> None:
    daftarkan("remisi_ringkas", "Ringkasan remisi sama dengan hitungan ulang usulannya", ringkas_cocok)
    daftarkan("remisi_pemberian", "Setiap keputusan remisi punya satu pemberian di register", keputusan_masuk_register)
    daftarkan("remisi_langkah", "Langkah terakhir usulan sama dengan keadaannya", langkah_terakhir)
    daftarkan("remisi_orang", "Usulan yang masih terbuka ada di unit orangnya", kasus_ikut_orang)
    daftarkan("wbp_kanwil", "Kanwil pada data warga binaan dan usulan adalah Kanwil unitnya", kanwil_benar)
    daftarkan("wbp_kunci", "Data warga binaan punya kunci sampai dimusnahkan", kunci_lengkap)
