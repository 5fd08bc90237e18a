"""Writing through the API: the same number rules, versions, rights and one effect per key as the pages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pelaporan.models import Draf, Kejadian, RiwayatIsian
from pemasyarakatan.akun.models import Pengguna
from tests import dunia as pembuat
from upt.cakupan import SISTEM, terpasang


def _sel(laporan: Any) -> dict[str, Any]:
    with terpasang(SISTEM):
        draf = Draf.objects.filter(laporan=laporan).first()
        return draf.isi["sel"] if draf else {}


def _satu(klien: Any, laporan: Any, nilai: Any, versi: int = 0, kode: str = "lahan_tidur") -> Any:
    return klien.patch(f"laporan/{laporan.pk}/sel/", {"sel": [{"kode": kode, "nilai": nilai, "versi": versi}]})


@pytest.mark.parametrize(
    ("kode", "nilai", "simpanan"),
    [
        ("lahan_tidur", 1234, 1234),
        ("lahan_tidur", "1.234", 1234),
        ("lahan_tidur", "1.000", 1000),
        ("lahan_tidur", " 7 ", 7),
        ("lahan_tidur", "0", 0),
        ("lahan_tidur", 0, 0),
        ("klaster_pertanian_panen", "1.234,5", 1234.5),
        ("klaster_pertanian_panen", 1234.5, 1234.5),
    ],
)
def test_angka_json_dan_teks_indonesia(dunia: Any, api: Any, kode: str, nilai: Any, simpanan: float) -> None:
    laporan = dunia.laporan(dunia.ambon)
    jawaban = _satu(api(dunia.operator_ambon), laporan, nilai, kode=kode)
    assert jawaban.status_code == 200, jawaban.content
    assert jawaban.json()["tersimpan"][kode]["versi"] == 1
    assert float(_sel(laporan)[kode]["nilai"]) == simpanan


@pytest.mark.parametrize("nilai", ["1,000.5", "1e3", "1_000", "0x10", "-1", -1, True, "dua", 2**63, "９x"])
def test_bukan_angka_400_dan_tidak_disimpan(dunia: Any, api: Any, nilai: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    jawaban = _satu(api(dunia.operator_ambon), laporan, nilai)
    assert jawaban.status_code == 400, jawaban.content
    assert jawaban.json()["ditolak"]["lahan_tidur"]["pesan"]
    assert _sel(laporan) == {}


@pytest.mark.parametrize("nilai", [[], {}, [1]])
def test_bentuk_nilai_salah_400(dunia: Any, api: Any, nilai: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    assert _satu(api(dunia.operator_ambon), laporan, nilai).status_code == 400
    assert _sel(laporan) == {}


def test_angka_meragukan_ditanya_balik(dunia: Any, api: Any) -> None:
    """ "1,000" is either one or a thousand: nothing is saved, the likely reading is offered."""
    laporan = dunia.laporan(dunia.ambon)
    jawaban = _satu(api(dunia.operator_ambon), laporan, "1,000", kode="wbp")
    assert jawaban.status_code == 400
    assert jawaban.json()["ditolak"]["wbp"]["tanya"] == "1.000"
    assert _sel(laporan) == {}


def test_simpan_semua_atau_tidak_sama_sekali(dunia: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi = {"sel": [{"kode": "wbp", "nilai": 12}, {"kode": "lahan_tidur", "nilai": "dua"}]}
    jawaban = api(dunia.operator_ambon).patch(f"laporan/{laporan.pk}/sel/", isi)
    assert jawaban.status_code == 400
    assert set(jawaban.json()["ditolak"]) == {"lahan_tidur"}
    segar = dunia.laporan(dunia.ambon)
    assert (segar.status, segar.revisi, _sel(laporan)) == ("BELUM", 0, {})
    with terpasang(SISTEM):
        assert not RiwayatIsian.objects.exists()
        assert not Kejadian.objects.exists()


def test_versi_sel_usang_409_dengan_kedua_nilai(dunia: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    assert _satu(api(dunia.operator_ambon), laporan, 10).status_code == 200
    jawaban = _satu(api(dunia.kepala_ambon), laporan, 20)
    assert jawaban.status_code == 409
    bentrok = jawaban.json()["konflik"]["lahan_tidur"]
    assert (bentrok["nilai"], bentrok["versi"], bentrok["isian_anda"]) == ("10", 1, "20")
    assert _satu(api(dunia.kepala_ambon), laporan, 20, versi=1).status_code == 200
    dibaca = api(dunia.operator_ambon).get(f"laporan/{laporan.pk}/sel/").json()["sel"]["lahan_tidur"]
    assert (dibaca["nilai"], dibaca["versi"], dibaca["oleh"]) == (20, 2, dunia.kepala_ambon.nama)


@pytest.mark.parametrize(
    "isi",
    [
        {},
        {"sel": []},
        {"sel": [{"nilai": 1}]},
        {"sel": [{"kode": "wbp", "nilai": 1, "oleh": 5}]},
        {"sel": [{"kode": "wbp", "nilai": 1}], "status": "TERVERIFIKASI"},
        {"sel": [{"kode": "wbp", "nilai": 1}], "upt_id": 1},
        {"sel": [{"kode": "wbp", "nilai": 1, "versi": "0"}]},
        {"sel": [{"kode": "wbp", "nilai": 1, "versi": True}]},
        {"sel": [{"kode": "wbp", "nilai": 1, "versi": -1}]},
        {"sel": [{"kode": "wbp", "nilai": 1, "versi": 10**30}]},
        {"sel": [{"kode": "wbp", "nilai": 1, "keadaan": "rahasia"}]},
        {"sel": [{"kode": "wbp", "nilai": 1}, {"kode": "wbp", "nilai": 2}]},
        {"sel": {"kode": "wbp"}},
        {"sel": "wbp"},
        [],
        "x",
        5,
    ],
)
def test_isi_yang_tidak_diminta_400(dunia: Any, api: Any, isi: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    jawaban = api(dunia.operator_ambon).patch(f"laporan/{laporan.pk}/sel/", isi)
    assert jawaban.status_code == 400, jawaban.content
    assert jawaban.json()["pesan"]
    assert _sel(laporan) == {}


@pytest.mark.parametrize(
    "mentah",
    [
        b"",
        b"{",
        b'{"sel": [], "sel": []}',
        b'{"sel": NaN}',
        b'{"sel": [{"kode": "wbp", "nilai": Infinity}]}',
        b'{"sel": [{"kode": "wbp", "nilai": 1e400}]}',
        b'{"sel": [{"kode": "wbp", "nilai": "\\u0000"}]}',
        b'{"sel": [{"kode": "wbp", "nilai": "\\ud800"}]}',
        b'{"\\u0000": 1}',
        b"[" * 5000 + b"]" * 5000,
        b'\xef\xbb\xbf{"sel": []}',
        b'{"sel": [{"kode": "wbp", "nilai": "\xff"}]}',
        b'{"sel": [1,]}',
        b'{"x": ' + b"9" * 5000 + b"}",
        b'{"x": "' + b"a" * 1_100_000 + b'"}',
    ],
)
def test_json_rusak_400(dunia: Any, api: Any, mentah: bytes) -> None:
    laporan = dunia.laporan(dunia.ambon)
    jawaban = api(dunia.operator_ambon).kirim("PATCH", f"laporan/{laporan.pk}/sel/", mentah=mentah)
    assert jawaban.status_code == 400, jawaban.content
    assert _sel(laporan) == {}


def test_bukan_json_415(dunia: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    klien = api(dunia.operator_ambon)
    alamat = f"/api/v1/laporan/{laporan.pk}/sel/"
    assert klien.klien.post(alamat, {"sel": "x"}, **klien.kepala).status_code == 415


def test_html_diminta_dijawab_json(dunia: Any, api: Any) -> None:
    klien = api(dunia.operator_ambon)
    jawaban = klien.klien.get("/api/v1/upt/tidak-ada/", HTTP_ACCEPT="text/html", **klien.kepala)
    assert jawaban["Content-Type"] == "application/json"
    assert jawaban.json()["pesan"]


def test_hak_dan_cakupan_mengisi(dunia: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    assert _satu(api(dunia.operator_masohi), laporan, 5).status_code == 404
    assert _satu(api(dunia.operator_pekanbaru), laporan, 5).status_code == 404
    for orang in (dunia.verifikator_maluku, dunia.peninjau, dunia.auditor):
        assert _satu(api(orang), laporan, 5).status_code == 403
    assert _sel(laporan) == {}


def _kirim(klien: Any, laporan: Any, kunci: str, **isi: Any) -> Any:
    return klien.post(f"laporan/{laporan.pk}/aksi/kirim/", isi, kunci)


def test_kirim_sekali_walau_diulang(dunia: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    pembuat.isi_penuh(laporan, dunia.operator_ambon)
    klien = api(dunia.kepala_ambon)
    pertama = _kirim(klien, laporan, "kunci-0001", revisi=1, disahkan=True)
    ulang = _kirim(klien, laporan, "kunci-0001", revisi=1, disahkan=True)
    assert pertama.status_code == ulang.status_code == 200, pertama.content
    assert pertama.json()["nomor"] == ulang.json()["nomor"]
    assert ulang.json()["ulangan"] is True
    assert _kirim(klien, laporan, "kunci-0001", revisi=2, disahkan=True).status_code == 422
    assert _kirim(klien, laporan, "kunci-0002", revisi=1, disahkan=True).status_code == 409
    segar = dunia.laporan(dunia.ambon)
    assert (segar.status, segar.versi_masuk) == ("DIKIRIM", 1)


@pytest.mark.parametrize("kunci", ["", "pendek", "a" * 65, "kunci dengan spasi"])
def test_tanpa_kunci_yang_sah_400(dunia: Any, api: Any, kunci: str) -> None:
    laporan = dunia.laporan(dunia.ambon)
    jawaban = _kirim(api(dunia.kepala_ambon), laporan, kunci, revisi=0, disahkan=True)
    assert jawaban.status_code == 400
    assert "Idempotency-Key" in jawaban.json()["pesan"]


def test_kirim_yang_belum_lengkap_menyebut_temuan(dunia: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    klien = api(dunia.kepala_ambon)
    assert _satu(klien, laporan, 5).status_code == 200
    jawaban = _kirim(klien, laporan, "kunci-0003", revisi=1, disahkan=True)
    assert jawaban.status_code == 400
    assert jawaban.json()["temuan"]


@pytest.mark.parametrize(
    "isi",
    [
        {},
        {"revisi": "1"},
        {"revisi": 1, "status": "TERKUNCI"},
        {"revisi": 1, "disahkan": "ya"},
        {"revisi": 1, "teks": 5},
        {"revisi": 1, "sel": []},
    ],
)
def test_perintah_ketat(dunia: Any, api: Any, isi: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    assert api(dunia.kepala_ambon).post(f"laporan/{laporan.pk}/aksi/kirim/", isi, "kunci-0004").status_code == 400


def test_aksi_tak_dikenal_dan_asing_404(dunia: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    for aksi in ("isi", "hapus", "KIRIM"):
        jawaban = api(dunia.kepala_ambon).post(f"laporan/{laporan.pk}/aksi/{aksi}/", {"revisi": 0}, "kunci-0005")
        assert jawaban.status_code == 404, aksi
    assert _kirim(api(dunia.kepala_pekanbaru), laporan, "kunci-0006", revisi=0, disahkan=True).status_code == 404
    assert _kirim(api(dunia.operator_ambon), laporan, "kunci-0007", revisi=0, disahkan=True).status_code == 403


def test_verifikasi_lewat_api(dunia: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    pembuat.kirim(laporan, dunia.kepala_ambon)
    jawaban = api(dunia.verifikator_maluku).post(f"laporan/{laporan.pk}/aksi/verifikasi/", {"revisi": 2}, "kunci-0008")
    assert jawaban.json()["status"] == "TERVERIFIKASI"
    sah = api(dunia.kepala_ambon).get("fakta/", bulan="2026-01", kedudukan="sah").json()
    assert [f["sah"] for f in sah["hasil"]] == [True]


def _baris(klien: Any, laporan: Any, isi: Any, kunci: str, daftar: str) -> Any:
    return klien.post(f"laporan/{laporan.pk}/daftar/{daftar}/", {"isi": isi}, kunci)


def test_baris_daftar_sekali_dan_dapat_dihapus(dunia: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon, "F04")
    daftar, kolom = next((k, d.kolom[0].kode) for k, d in laporan.skema.daftar.items())
    klien = api(dunia.operator_ambon)
    pertama = _baris(klien, laporan, {}, "kunci-0009", daftar)
    assert pertama.status_code == 201, pertama.content
    assert _baris(klien, laporan, {}, "kunci-0009", daftar).json()["baris"] == pertama.json()["baris"]
    baca = klien.get(f"laporan/{laporan.pk}/sel/").json()["daftar"][daftar]
    assert [b["id"] for b in baca] == [pertama.json()["baris"]]
    assert _baris(klien, laporan, {"tidak_ada": 1}, "kunci-0010", daftar).status_code == 400
    assert _baris(klien, laporan, {kolom: []}, "kunci-0011", daftar).status_code == 400
    assert len(klien.get(f"laporan/{laporan.pk}/sel/").json()["daftar"][daftar]) == 1
    hapus = klien.kirim("DELETE", f"laporan/{laporan.pk}/daftar/{daftar}/{pertama.json()['baris']}/")
    assert hapus.status_code == 204
    assert klien.get(f"laporan/{laporan.pk}/sel/").json()["daftar"][daftar] == []


def test_temuan_dan_tanggapan(dunia: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    klien = api(dunia.operator_ambon)
    isi = [{"kode": k, "nilai": v} for k, v in pembuat.isian_wajar("F06").items()]
    assert klien.patch(f"laporan/{laporan.pk}/sel/", {"sel": isi}).status_code == 200
    temuan = klien.get(f"laporan/{laporan.pk}/temuan/").json()
    jawaban = {t["id"]: {"benar": True, "alasan": "Sudah diperiksa."} for t in temuan["temuan"] if not t["terjawab"]}
    if jawaban:
        temuan = klien.post(f"laporan/{laporan.pk}/temuan/", {"tanggapan": jawaban}).json()
    assert temuan["bersih"] is True
    salah = klien.post(f"laporan/{laporan.pk}/temuan/", {"tanggapan": {"x": {"benar": "ya"}}})
    assert salah.status_code == 400


def test_nip_dan_kode_tetap_teks(dunia: Any, api: Any) -> None:
    """Nothing in the API turns an identifier into a number."""
    isi = json.loads(api(dunia.pimpinan).get("kanwil/maluku/").content)
    assert isinstance(isi["kode"], str)
    assert Pengguna.objects.filter(nip__startswith="9999").exists()
