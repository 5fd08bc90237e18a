"""Pages of the organisation: scope, empty and wrong states, and appointing without losing what was typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from tests.upt.test_penugasan import tunjuk
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT, Penugasan


def isi(jawaban: Any) -> str:
    return jawaban.content.decode()


def test_daftar_dalam_cakupan(dunia: Any, masuk: Any) -> None:
    halaman = isi(masuk(dunia.verifikator_maluku).get("/organisasi/"))
    assert dunia.ambon.nama in halaman
    assert dunia.masohi.nama in halaman
    assert dunia.pekanbaru.nama not in halaman
    assert "riau" not in halaman.lower(), "nor does a filter name another office"


def test_daftar_cari_dan_saring(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.pimpinan)
    assert "1 UPT sesuai saringan" in isi(klien.get("/organisasi/", {"cari": "masohi"}))
    assert "2 UPT sesuai saringan" in isi(klien.get("/organisasi/", {"kanwil": "riau"}))
    assert "2 UPT sesuai saringan" in isi(klien.get("/organisasi/", {"jenis": "RUTAN"}))
    assert "Tidak ada UPT yang cocok" in isi(klien.get("/organisasi/", {"cari": "tidak mungkin ada"}))
    salah = klien.get("/organisasi/", {"jenis": "RAHASIA"})
    assert salah.status_code == 400
    assert "Pilihan ini tidak ada" in isi(salah)


def test_daftar_tanpa_penugasan_menyebut_jalan(dunia: Any, masuk: Any) -> None:
    assert "Belum ada UPT dalam cakupan Anda" in isi(masuk(dunia.asing).get("/organisasi/"))


def test_daftar_kueri_terbatas(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.pimpinan)
    with CaptureQueriesContext(connection) as tangkap:
        klien.get("/organisasi/")
    assert len(tangkap) <= 14


def test_profil(dunia: Any, masuk: Any) -> None:
    halaman = isi(masuk(dunia.kepala_maluku).get(f"/organisasi/{dunia.ambon.kode}/"))
    for teks in (dunia.ambon.nama, "160 orang", dunia.kepala_ambon.nama, "Tunjuk Plt.", "Kanwil Maluku"):
        assert teks in halaman, teks
    assert "Tunjuk Plt." not in isi(masuk(dunia.operator_ambon).get(f"/organisasi/{dunia.ambon.kode}/"))


@pytest.mark.parametrize("nama", ["operator_masohi", "operator_pekanbaru", "verifikator_riau", "asing"])
def test_profil_asing_404(dunia: Any, masuk: Any, nama: str) -> None:
    klien = masuk(getattr(dunia, nama))
    for akhir in ("", "tunjuk/"):
        asing = klien.get(f"/organisasi/{dunia.ambon.kode}/{akhir}")
        kosong = klien.get(f"/organisasi/tidak-pernah-ada/{akhir}")
        assert asing.status_code == kosong.status_code == 404
        assert dunia.ambon.nama not in isi(asing)


def test_profil_unit_yang_sudah_tutup(dunia: Any, masuk: Any) -> None:
    with terpasang(SISTEM):
        UPT.objects.filter(pk=dunia.masohi.pk).update(berlaku_sampai=hari_ini() - timedelta(days=1))
    assert "sudah tidak berlaku" in isi(masuk(dunia.pimpinan).get(f"/organisasi/{dunia.masohi.kode}/"))


def test_teks_orang_tidak_menjadi_markah(dunia: Any, masuk: Any) -> None:
    with terpasang(SISTEM):
        UPT.objects.filter(pk=dunia.ambon.pk).update(nama="<script>alert(1)</script>", alamat='"><img src=x>')
    halaman = isi(masuk(dunia.operator_ambon).get(f"/organisasi/{dunia.ambon.kode}/"))
    assert "<script>alert" not in halaman
    assert "<img src=x>" not in halaman


def _tunjuk(dunia: Any, klien: Client, **ubah: Any) -> Any:
    form = {
        "pengguna": dunia.operator_masohi.pk,
        "sebagai": "PLH",
        "mulai": tulis_tanggal(hari_ini()),
        "sampai": tulis_tanggal(hari_ini() + timedelta(days=10)),
        **ubah,
    }
    return klien.post(f"/organisasi/{dunia.ambon.kode}/tunjuk/", form)


def test_tunjuk_dan_cabut_dari_halaman(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.kepala_maluku)
    assert klien.get(f"/organisasi/{dunia.ambon.kode}/tunjuk/").status_code == 200
    assert _tunjuk(dunia, klien).status_code == 302
    assert _tunjuk(dunia, klien).status_code == 302, "pressed twice"
    with terpasang(SISTEM):
        satu = Penugasan.objects.get(sebagai="PLH")
    halaman = isi(klien.get(f"/organisasi/{dunia.ambon.kode}/"))
    assert "Plh. Kepala UPT" in halaman
    for _ in range(2):
        assert klien.post(f"/organisasi/{dunia.ambon.kode}/penugasan/{satu.pk}/cabut/").status_code == 302
    assert "dicabut" in isi(klien.get(f"/organisasi/{dunia.ambon.kode}/"))


def test_yang_diketik_tetap_ada_ketika_salah(dunia: Any, masuk: Any) -> None:
    jawaban = _tunjuk(dunia, masuk(dunia.kepala_maluku), sampai="32 Februari 2030")
    assert jawaban.status_code == 400
    assert "32 Februari 2030" in isi(jawaban)
    kosong = _tunjuk(dunia, masuk(dunia.kepala_maluku), pengguna="", sebagai="")
    assert "Pilih petugasnya." in isi(kosong)
    asing = _tunjuk(dunia, masuk(dunia.kepala_maluku), pengguna=dunia.operator_pekanbaru.pk)
    assert asing.status_code == 400
    assert dunia.operator_pekanbaru.nama not in isi(asing)


def test_bentrok_disebut_di_halaman(dunia: Any, masuk: Any) -> None:
    tunjuk(dunia)
    jawaban = _tunjuk(dunia, masuk(dunia.kepala_maluku), pengguna=dunia.kepala_masohi.pk)
    assert jawaban.status_code == 400
    assert "sudah menjadi Plt. Kepala UPT" in isi(jawaban)


@pytest.mark.parametrize("nama", ["operator_ambon", "kepala_ambon", "verifikator_maluku", "pimpinan", "admin"])
def test_tanpa_hak_403(dunia: Any, masuk: Any, nama: str) -> None:
    klien = masuk(getattr(dunia, nama))
    assert klien.get(f"/organisasi/{dunia.ambon.kode}/tunjuk/").status_code == 403
    assert _tunjuk(dunia, klien).status_code == 403


def test_cabut_penugasan_unit_lain_404(dunia: Any, masuk: Any) -> None:
    with terpasang(SISTEM):
        asing = Penugasan.objects.get(pengguna=dunia.kepala_pekanbaru)
    klien = masuk(dunia.kepala_maluku)
    for kode in (dunia.ambon.kode, dunia.pekanbaru.kode):
        assert klien.post(f"/organisasi/{kode}/penugasan/{asing.pk}/cabut/").status_code == 404


def test_get_tidak_mencabut(dunia: Any, masuk: Any) -> None:
    satu = tunjuk(dunia)
    assert (
        masuk(dunia.kepala_maluku).get(f"/organisasi/{dunia.ambon.kode}/penugasan/{satu.pk}/cabut/").status_code == 405
    )
