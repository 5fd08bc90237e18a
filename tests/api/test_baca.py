"""Reading through the API: scope, rights, strict parameters, bounded pages and queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dasbor import agregasi
from pemasyarakatan.akun.models import TokenAPI
from pemasyarakatan.inti.waktu import sekarang
from tests import dunia as pembuat


def test_tanpa_token_401(dunia: Any) -> None:
    jawaban = Client().get("/api/v1/laporan/")
    assert jawaban.status_code == 401
    assert "token" in jawaban.json()["pesan"].lower()
    assert jawaban["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize("kepala", ["Token salah", "Bearer x", "Token", "Token " + "a" * 200])
def test_token_salah_401(dunia: Any, kepala: str) -> None:
    assert Client().get("/api/v1/upt/", HTTP_AUTHORIZATION=kepala).status_code == 401


def test_sesi_peramban_tidak_membuka_data(dunia: Any, masuk: Any) -> None:
    assert masuk(dunia.operator_ambon).get("/api/v1/laporan/").status_code == 401


def test_token_dicabut_dan_akun_mati(dunia: Any, api: Any) -> None:
    klien = api(dunia.operator_ambon)
    assert klien.get("upt/").status_code == 200
    dunia.operator_ambon.is_active = False
    dunia.operator_ambon.save()
    assert klien.get("upt/").status_code == 401
    dunia.operator_ambon.is_active = True
    dunia.operator_ambon.save()
    TokenAPI.objects.update(dicabut_pada=sekarang())
    assert klien.get("upt/").status_code == 401


def test_admin_dan_orang_tanpa_tugas_403(dunia: Any, api: Any) -> None:
    for orang in (dunia.admin, dunia.asing):
        assert api(orang).get("upt/").status_code == 403


def test_upt_hanya_yang_dalam_cakupan(dunia: Any, api: Any) -> None:
    def kode(orang: Any) -> set[str]:
        return {u["kode"] for u in api(orang).get("upt/").json()["hasil"]}

    assert kode(dunia.operator_ambon) == {dunia.ambon.kode}
    assert kode(dunia.verifikator_maluku) == {dunia.ambon.kode, dunia.masohi.kode}
    assert len(kode(dunia.pimpinan)) == 4


def test_satu_upt_asing_sama_dengan_tidak_ada(dunia: Any, api: Any) -> None:
    klien = api(dunia.operator_ambon)
    asing, kosong = klien.get(f"upt/{dunia.pekanbaru.kode}/"), klien.get("upt/tidak-pernah-ada/")
    assert asing.status_code == kosong.status_code == 404
    assert asing.content == kosong.content
    sendiri = klien.get(f"upt/{dunia.ambon.kode}/").json()
    assert sendiri["kapasitas"][0]["total"] == 160
    assert sendiri["kanwil"] == "maluku"


def test_kanwil(dunia: Any, api: Any) -> None:
    assert [k["slug"] for k in api(dunia.operator_ambon).get("kanwil/").json()["hasil"]] == ["maluku"]
    assert api(dunia.operator_ambon).get("kanwil/riau/").status_code == 404
    assert api(dunia.pimpinan).get("kanwil/riau/").json()["nama_pendek"] == "Riau"


def test_laporan_daftar_dan_rinci(dunia: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    pembuat.kirim(laporan, dunia.kepala_ambon)
    klien = api(dunia.operator_ambon)
    daftar = klien.get("laporan/", bulan="2026-01", formulir="F06").json()
    assert [satu["id"] for satu in daftar["hasil"]] == [str(laporan.pk)]
    rinci = klien.get(f"laporan/{laporan.pk}/").json()
    assert rinci["status"] == "DIKIRIM"
    assert [v["versi"] for v in rinci["versi"]] == [1]
    assert [k["aksi"] for k in rinci["kejadian"]] == ["isi", "kirim"]
    assert api(dunia.operator_masohi).get(f"laporan/{laporan.pk}/").status_code == 404


def test_get_tidak_mengubah_apa_pun(dunia: Any, api: Any) -> None:
    """A reviewer who reads through the API has not "opened" the report."""
    laporan = dunia.laporan(dunia.ambon)
    pembuat.kirim(laporan, dunia.kepala_ambon)
    klien = api(dunia.verifikator_maluku)
    for alamat in ("", "sel/", "temuan/"):
        assert klien.get(f"laporan/{laporan.pk}/{alamat}").status_code == 200
    segar = dunia.laporan(dunia.ambon)
    assert (segar.dibuka_pada, segar.revisi) == (None, 2)


def test_fakta_memuat_isi_dan_sidik(dunia: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    pembuat.kirim(laporan, dunia.kepala_ambon)
    satu = api(dunia.operator_ambon).get("fakta/", bulan="2026-01").json()["hasil"][0]
    assert satu["isi"]["angka"]["klaster_pertanian_panen"] == 310.5  # a JSON number, not a text
    assert (satu["masuk"], satu["sah"], satu["upt"]) == (True, False, dunia.ambon.kode)
    assert len(satu["sidik"]) == 64
    assert api(dunia.operator_ambon).get("fakta/", bulan="2026-01", kedudukan="sah").json()["jumlah"] == 0
    assert api(dunia.operator_pekanbaru).get("fakta/", bulan="2026-01").json()["jumlah"] == 0
    assert api(dunia.operator_pekanbaru).get("fakta/", laporan=str(laporan.pk)).json()["jumlah"] == 0


def test_fakta_minta_pembatas(dunia: Any, api: Any) -> None:
    assert api(dunia.pimpinan).get("fakta/").status_code == 400


def test_ringkasan_dengan_cakupan(dunia: Any, api: Any) -> None:
    pembuat.kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    agregasi.proses_kotor()
    nasional = api(dunia.pimpinan).get("ringkasan/", bulan="2026-01", formulir="F06", wilayah="nasional").json()
    satu = nasional["hasil"][0]
    assert satu["angka"]["klaster_pertanian_lahan"] == {"masuk": 2400, "sah": 0, "n_masuk": 1, "n_sah": 0}
    assert satu["liputan"]["n_wajib"] == 4
    maluku = api(dunia.kepala_maluku).get("ringkasan/", bulan="2026-01").json()["hasil"]
    assert {r["wilayah"] for r in maluku} == {"maluku"}
    assert api(dunia.operator_ambon).get("ringkasan/").json()["jumlah"] == 0


def test_formulir(dunia: Any, api: Any) -> None:
    klien = api(dunia.operator_ambon)
    assert {"F01", "F02", "F04", "F06"} <= {f["kode"] for f in klien.get("formulir/").json()["hasil"]}
    assert klien.get("formulir/F06/", bulan="2026-01").json()["isi"]["kode"] == "F06"
    assert klien.get("formulir/F06/", bulan="1999-01").status_code == 404
    assert klien.get("formulir/F99/").status_code == 404


@pytest.mark.parametrize(
    ("alamat", "saringan"),
    [
        ("laporan/", {"ordering": "upt__narapidana"}),
        ("laporan/", {"upt__in": "1"}),
        ("laporan/", {"password__startswith": "a"}),
        ("laporan/", {"_connector": "OR"}),
        ("laporan/", {"format": "xml"}),
        ("laporan/", {"bulan": "2026-13"}),
        ("laporan/", {"bulan": "januari"}),
        ("laporan/", {"bulan": ["2026-01", "2026-02"]}),
        ("laporan/", {"status": "RAHASIA"}),
        ("laporan/", {"halaman": "-1"}),
        ("laporan/", {"halaman": "0"}),
        ("laporan/", {"halaman": "٣"}),
        ("laporan/", {"ukuran": "201"}),
        ("laporan/", {"ukuran": "1.000"}),
        ("laporan/", {"ukuran": "9" * 40}),
        ("upt/", {"jenis": "' OR 1=1--"}),
        ("fakta/", {"laporan": "bukan-uuid"}),
        ("fakta/", {"bulan": "2026-01", "kedudukan": "rahasia"}),
        ("ringkasan/", {"upt": "x"}),
        ("pekerjaan/", {"pengguna": "1"}),
        ("kanwil/maluku/", {"x": "1"}),
        ("formulir/F06/", {"halaman": "1"}),
    ],
)
def test_parameter_asing_atau_salah_400(dunia: Any, api: Any, alamat: str, saringan: dict[str, Any]) -> None:
    jawaban = api(dunia.pimpinan).get(alamat, **saringan)
    assert jawaban.status_code == 400, jawaban.content
    assert jawaban.json()["pesan"].endswith(".")


def test_halaman_di_luar_akhir_404(dunia: Any, api: Any) -> None:
    assert api(dunia.pimpinan).get("laporan/", halaman="999").status_code == 404


def test_saringan_dengan_kode_orang_lain_kosong(dunia: Any, api: Any) -> None:
    klien = api(dunia.operator_ambon)
    for saringan in ({"upt": dunia.pekanbaru.kode}, {"kanwil": "riau"}, {"upt": "tidak-ada"}):
        assert klien.get("laporan/", **saringan).json()["jumlah"] == 0


def test_cari_harfiah(dunia: Any, api: Any) -> None:
    klien = api(dunia.pimpinan)
    assert klien.get("upt/", cari="ambon").json()["jumlah"] == 1
    for teks in ("%", "_", "' OR 1=1--", "\\", '"; select pg_sleep(5)'):
        assert klien.get("upt/", cari=teks).json()["jumlah"] == 0, teks


def test_tidak_disimpan_perantara(dunia: Any, api: Any) -> None:
    assert api(dunia.pimpinan).get("upt/")["Cache-Control"] == "no-store"


def test_cara_lain_ditolak(dunia: Any, api: Any) -> None:
    klien = api(dunia.pimpinan)
    for cara in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
        assert klien.kirim(cara, "upt/", mentah=b"{}").status_code == 405, cara
    mundur = klien.klien.post("/api/v1/upt/", HTTP_X_HTTP_METHOD_OVERRIDE="GET", **klien.kepala)
    assert mundur.status_code == 405


def test_kueri_terbatas_berapa_pun_barisnya(dunia: Any, api: Any) -> None:
    """One page costs the same number of queries, and few, whatever it holds."""

    def hitung(alamat: str, **saringan: Any) -> int:
        with CaptureQueriesContext(
            connection,
        ) as tangkap:
            assert klien.get(alamat, **saringan).status_code == 200
        return len(tangkap)

    klien = api(dunia.pimpinan)
    pembuat.kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    pembuat.kirim(dunia.laporan(dunia.masohi), dunia.kepala_masohi)
    klien.get("upt/")  # the first call stamps the token
    for alamat, saringan in (
        ("upt/", {}),
        ("kanwil/", {}),
        ("laporan/", {"bulan": "2026-01"}),
        ("fakta/", {"bulan": "2026-01"}),
        ("ringkasan/", {"bulan": "2026-01"}),
        ("formulir/", {}),
    ):
        semua = hitung(alamat, **saringan)
        assert semua <= 14, (alamat, semua)
        assert semua - hitung(alamat, ukuran=1, **saringan) <= 0, alamat


def test_pekerjaan_sendiri_dari_minta_sampai_batal(dunia: Any, api: Any) -> None:
    klien = api(dunia.pimpinan)
    baru = klien.post("laporan-kinerja/", {"bulan": "2026-01"})
    assert baru.status_code == 202, baru.content
    nomor = baru.json()["id"]
    assert klien.post("laporan-kinerja/", {"bulan": "2026-01"}).json()["id"] == nomor, "asked twice, made once"
    assert klien.get("pekerjaan/").json()["hasil"][0]["id"] == nomor
    for orang in (dunia.peninjau, dunia.auditor):
        lain = api(orang)
        assert lain.get(f"pekerjaan/{nomor}/").status_code == 404
        assert lain.post(f"pekerjaan/{nomor}/batal/").status_code == 404
    assert klien.post(f"pekerjaan/{nomor}/batal/").json()["status"] == "DIBATALKAN"
    assert klien.post(f"pekerjaan/{nomor}/batal/").status_code == 409
    assert klien.get(f"pekerjaan/{nomor}/berkas/1/").status_code == 404


@pytest.mark.parametrize(
    "isi",
    [
        {},
        {"bulan": "2031-01"},
        {"bulan": "x"},
        {"bulan": "2026-01", "dasar": "x"},
        {"bulan": "2026-01", "pengguna": 1},
    ],
)
def test_permintaan_kinerja_ketat(dunia: Any, api: Any, isi: dict[str, Any]) -> None:
    assert api(dunia.pimpinan).post("laporan-kinerja/", isi).status_code == 400
    assert api(dunia.pimpinan).get("pekerjaan/").json()["jumlah"] == 0
