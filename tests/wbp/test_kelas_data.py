"""Every column of the register says how it is protected, and what is read with psql keeps to it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from pemasyarakatan.inti import penjaga
from tests.dunia import Dunia
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NAPI, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from wbp.models import INTERNAL, PRIBADI, SPESIFIK, AksesWarga
from wbp.services_catatan import Beri, Perilaku

KENARI = ("Kenarimurai", "Burungjingga", "B.I 77342/2025", "77342/2025", "BI77342", "kenarimurai", "burungjingga")
MODEL = list(apps.get_app_config("wbp").get_models())
# Which row it is, and whose: the same in every table of the portal.
TANPA_KELAS = {"id", "upt_id", "kanwil_id"}


def _komentar(tabel: str) -> dict[str, str | None]:
    with connection.cursor() as kursor:
        kursor.execute(
            "SELECT a.attname, d.description FROM pg_attribute a LEFT JOIN pg_description d ON d.objoid = a.attrelid "
            "AND d.objsubid = a.attnum WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped",
            [tabel],
        )
        return dict(kursor.fetchall())


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODEL, ids=lambda m: m.__name__)
def test_setiap_kolom_punya_kelas(model: Any) -> None:
    tanpa = {k for k, isi in _komentar(model._meta.db_table).items() if isi not in (INTERNAL, PRIBADI, SPESIFIK)}
    assert tanpa <= TANPA_KELAS


@pytest.mark.django_db
def test_setiap_tabel_terlindungi_per_unit() -> None:
    lindung = {k.tabel for k in penjaga.semua()}
    assert {m._meta.db_table for m in MODEL} <= lindung


def _tabel() -> list[str]:
    return [m._meta.db_table for m in apps.get_models() if m._meta.managed]


def _muat_semua() -> str:
    """Every row of every table, as the database writes it out; bytes also as they are."""
    semua = []
    with terpasang(SISTEM), connection.cursor() as kursor:
        for tabel in _tabel():
            kursor.execute(f'SELECT t.*::text FROM "{tabel}" t')
            semua += [str(baris) for baris in kursor.fetchall()]
        kursor.execute("SELECT encode(rahasia, 'escape'), encode(bungkus, 'escape') FROM wbp_datawarga d "
                       "JOIN wbp_kunciwarga k ON k.data_id = d.id")  # fmt: skip
        semua += [str(baris) for baris in kursor.fetchall()]
    return "\n".join(semua)


def test_basis_data_tidak_memuat_nama_dan_nomor(ambon: Register, dunia: Dunia, masuk: Any, caplog: Any) -> None:
    """A journey through all acts leaves nothing to be found in any table, nor in the logs."""
    nama, nomor = f"{KENARI[0]} {KENARI[1]}", KENARI[2]
    pk = ambon.catat(nama=nama, nomor=nomor).pk
    ambon.banyak([{**NAPI, "nama": f"{KENARI[0]} Dua", "nomor": nomor_ke(3)}])
    ambon.perilaku(Perilaku(pk, "SPPN", NAPI["sejak"], "BAIK"))
    ambon.beri(Beri(pk, "RU", NAPI["sejak"], bulan=1))
    ambon.ubah(pk, nama=f"{nama} Bin Tiga", pidana_tahun=6)
    klien, url = masuk(dunia.operator_ambon), f"/warga/{dunia.ambon.kode}/"
    klien.post(f"{url}cari/", {"teks": KENARI[0]})
    klien.post(f"{url}buka/", {"orang": pk, "alasan": "USULAN"})
    klien.post(f"{url}baru/", {"nama": nama, "nomor": KENARI[2], "tahun_lahir": "x"})
    klien.post(f"{url}baru/", {"nama": f"{KENARI[0]}\u202e", "nomor": f"{KENARI[2]} ??"})
    call_command("putar_kunci_wbp", stdout=io.StringIO())
    isi = _muat_semua()
    assert "K.B." in isi, "the dump holds what may be held"
    assert not [k for k in KENARI if k in isi]
    assert not [k for k in KENARI if k in caplog.text]


def test_kolom_spesifik_adalah_sandi(ambon: Register) -> None:
    pk = ambon.catat(nama=KENARI[0]).pk
    with sebagai_orang(ambon.orang):
        data = ambon.baca(pk)
        bungkus = bytes(data.kunci.bungkus)
    assert len(bungkus) == 12 + 32 + 16
    assert len(bytes(data.rahasia)) % 64 == 12 + 16
    assert all(len(kata) == 24 and int(kata, 16) >= 0 for kata in data.indeks_nama)
    assert len(data.warga.indeks) == 64


def test_catatan_akses_tidak_dapat_diubah(ambon: Register) -> None:
    pk = ambon.catat().pk
    ambon.buka(pk)
    with sebagai_orang(ambon.orang):
        with pytest.raises(DatabaseError), transaction.atomic():
            AksesWarga.objects.filter(data=pk).update(alasan="LAIN")
        assert AksesWarga.objects.filter(data=pk).update(keterangan="lupa") == 0, "erasure alone blanks it"
        with pytest.raises(DatabaseError), transaction.atomic():
            AksesWarga.objects.filter(data=pk).delete()
