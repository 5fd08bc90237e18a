"""Promises of every register, proved from its rows (see `pemasyarakatan.inti.janji`)."""

from __future__ import annotations

from django.apps import apps

from pelaporan.models import RiwayatBaris
from pelaporan.register.jenis import semua_jenis, semua_register
from pemasyarakatan.inti.janji import daftarkan, kalimat
from pemasyarakatan.inti.waktu import Bulan
from upt.models import IkutKanwil

# History keeps the row's own columns by their names, so that the row as a whole contains its latest state.
_RIWAYAT = """
SELECT format('{register} {jenis} %%s revisi %%s: riwayat terakhir revisi %%s dari %%s catatan', t.id, t.revisi,
              akhir.revisi, akhir.banyak)
FROM {tabel} t LEFT JOIN LATERAL (
    SELECT r.revisi, r.isi, count(*) OVER () AS banyak FROM {riwayat} r
    WHERE (r.register, r.objek, r.objek_id, r.upt_id) = ('{register}', '{jenis}', t.id, t.upt_id)
    ORDER BY r.revisi DESC LIMIT 1
) akhir ON true
WHERE (akhir.revisi, akhir.banyak) IS DISTINCT FROM (t.revisi, t.revisi::bigint) OR NOT to_jsonb(t) @> akhir.isi
"""
_KANWIL = """
SELECT format('{tabel} %%s: Kanwilnya lain dari unitnya', t.{pk})
FROM {tabel} t JOIN upt_upt u ON u.id = t.upt_id WHERE t.kanwil_id <> u.kanwil_id
"""


def riwayat_cocok(bulan: Bulan | None) -> list[str]:
    """Every row is what its history says it was last, and no state of it is missing."""
    pasangan = [(kode, j) for kode in semua_register() for j in semua_jenis(kode).values()]
    return [
        satu
        for kode, jenis in pasangan
        for satu in kalimat(
            _RIWAYAT.replace("{register}", kode)
            .replace("{jenis}", jenis.kode)
            .replace("{tabel}", jenis.model._meta.db_table)
            .replace("{riwayat}", RiwayatBaris._meta.db_table)
        )
    ]


def kanwil_cocok(bulan: Bulan | None) -> list[str]:
    """What is a unit's own is where the unit is."""
    tabel = [m._meta for m in apps.get_models() if issubclass(m, IkutKanwil)]
    semua = [_KANWIL.replace("{tabel}", t.db_table).replace("{pk}", str(t.pk.column)) for t in tabel]
    return [satu for sql in semua for satu in kalimat(sql)]


def daftarkan_janji() -> None:
    daftarkan("register_riwayat", "Setiap catatan register sama dengan riwayat terakhirnya", riwayat_cocok)
    daftarkan("register_kanwil", "Milik unit berada di Kanwil unitnya", kanwil_cocok)
