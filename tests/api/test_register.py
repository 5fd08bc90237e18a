"""Rows of the registers through the API: the columns, questions, revisions and scope of the pages."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pelaporan.models import RiwayatBaris
from tests.umkm.bantu import Unit
from umkm.models import Produk
from upt.cakupan import SISTEM, terpasang

PRODUK = {"nama": "Keripik", "golongan": "makanan", "ukuran": "bungkus", "mulai": "2025-01-01"}


def _catat(klien: Any, upt: Any, isi: dict[str, Any], jenis: str = "umkm/produk/", kunci: str = "", **lain: Any) -> Any:
    return klien.post(jenis, {"upt": upt.kode, "isi": isi, **lain}, kunci or str(uuid.uuid4()))


def test_catat_baca_ubah_hapus_pulihkan(dunia: Any, api: Any) -> None:
    klien = api(dunia.operator_ambon)
    baru = _catat(klien, dunia.ambon, {**PRODUK, "kapasitas": "1.000"})
    assert baru.status_code == 201, baru.content
    satu = baru.json()
    assert (satu["revisi"], satu["upt"], satu["isi"]["kapasitas"], satu["isi"]["mulai"]) == (
        1, dunia.ambon.kode, 1000, "2025-01-01",
    )  # fmt: skip
    alamat = f"umkm/produk/{satu['id']}/"

    ubah = klien.patch(alamat, {"revisi": 1, "isi": {"kapasitas": 1500}})
    assert (ubah.status_code, ubah.json()["revisi"], ubah.json()["isi"]["kapasitas"]) == (200, 2, 1500)
    rinci = klien.get(alamat).json()
    assert [(r["revisi"], r["tindakan"], r["oleh"]) for r in rinci["riwayat"]] == [
        (2, "ubah", dunia.operator_ambon.nama), (1, "buat", dunia.operator_ambon.nama),
    ]  # fmt: skip
    assert rinci["riwayat"][0]["perubahan"] == [
        {"kolom": "Kemampuan produksi sebulan", "lama": "1.000", "baru": "1.500"}
    ]

    hapus = klien.kirim("DELETE", alamat, {"revisi": 2, "alasan": "Salah catat."})
    assert hapus.json()["dihapus_pada"], hapus.content
    assert klien.get("umkm/produk/").json()["jumlah"] == 0
    assert [b["id"] for b in klien.get("umkm/produk/", dihapus="ya").json()["hasil"]] == [satu["id"]]
    pulih = klien.post(f"{alamat}pulihkan/")
    assert (pulih.status_code, pulih.json()["dihapus_pada"], pulih.json()["revisi"]) == (200, None, 4)


def test_kunci_sama_satu_baris_isi_lain_409_tanpa_kunci_400(dunia: Any, api: Any) -> None:
    klien, kunci = api(dunia.operator_ambon), str(uuid.uuid4())
    pertama = _catat(klien, dunia.ambon, PRODUK, kunci=kunci)
    kedua = _catat(klien, dunia.ambon, PRODUK, kunci=kunci)
    assert (pertama.status_code, kedua.status_code) == (201, 200)
    assert pertama.json()["id"] == kedua.json()["id"]
    assert _catat(klien, dunia.ambon, {**PRODUK, "nama": "Lain"}, kunci=kunci).status_code == 409
    for kunci in ("x", "12345678", "g" * 36):
        assert _catat(klien, dunia.ambon, PRODUK, kunci=kunci).status_code == 400
    with terpasang(SISTEM):
        assert Produk.objects.count() == 1


@pytest.mark.parametrize(
    ("isi", "bidang"),
    [
        ({**PRODUK, "kapasitas": "1,5"}, "kapasitas"),
        ({**PRODUK, "kapasitas": "1,000"}, "kapasitas"),
        ({**PRODUK, "kapasitas": -1}, "kapasitas"),
        ({**PRODUK, "kapasitas": True}, "kapasitas"),
        ({**PRODUK, "mulai": "31/2/2025"}, "mulai"),
        ({**PRODUK, "golongan": "batu"}, "golongan"),
        ({**PRODUK, "nama": ""}, "nama"),
        ({**PRODUK, "nama": 7}, "nama"),
        ({k: v for k, v in PRODUK.items() if k != "ukuran"}, "ukuran"),
    ],
)
def test_isi_salah_menyebut_kolomnya(dunia: Any, api: Any, isi: dict[str, Any], bidang: str) -> None:
    jawaban = _catat(api(dunia.operator_ambon), dunia.ambon, isi)
    assert jawaban.status_code == 400
    assert list(jawaban.json()["bidang"]) == [bidang]
    with terpasang(SISTEM):
        assert not Produk.objects.exists()


@pytest.mark.parametrize(
    "badan",
    [
        {},
        {"isi": PRODUK},
        {"isi": {**PRODUK, "upt_id": 1}},
        {"isi": {**PRODUK, "dibuat_oleh_id": 1}},
        {"isi": {**PRODUK, "revisi": 9}},
        {"isi": [], "upt": "x"},
        {"isi": PRODUK, "kanwil": "riau"},
        {"isi": PRODUK, "setuju": ["x"]},
        {"isi": {**PRODUK, "nama": ["x"]}},
    ],
)
def test_badan_asing_400(dunia: Any, api: Any, badan: dict[str, Any]) -> None:
    badan = badan if "upt" in badan or badan == {"isi": PRODUK} else {"upt": dunia.ambon.kode, **badan}
    jawaban = api(dunia.operator_ambon).post("umkm/produk/", badan, str(uuid.uuid4()))
    assert jawaban.status_code == 400, jawaban.content
    assert jawaban.json()["pesan"].endswith(".")


def test_pertanyaan_422_lalu_dijawab_dengan_alasan(dunia: Any, api: Any) -> None:
    klien = api(dunia.operator_ambon)
    isi = {"nama": "Kebun", "wujud": "lahan", "luas": 100, "milik": "pinjam", "mulai": "2025-01-01"}
    tanya = _catat(klien, dunia.ambon, isi, "pangan/petak/")
    assert tanya.status_code == 422
    kode = [t["kode"] for t in tanya.json()["temuan"]]
    assert kode
    tanpa = _catat(klien, dunia.ambon, isi, "pangan/petak/", setuju=kode)
    assert tanpa.status_code == 400
    jadi = _catat(klien, dunia.ambon, isi, "pangan/petak/", setuju=kode, alasan="Masih diurus.")
    assert jadi.status_code == 201, jadi.content
    with terpasang(SISTEM):
        assert RiwayatBaris.objects.get(objek="petak").alasan == "Masih diurus."


def test_revisi_usang_409(dunia: Any, api: Any) -> None:
    klien = api(dunia.operator_ambon)
    pk = _catat(klien, dunia.ambon, PRODUK).json()["id"]
    assert klien.patch(f"umkm/produk/{pk}/", {"revisi": 1, "isi": {"kapasitas": 5}}).status_code == 200
    usang = klien.patch(f"umkm/produk/{pk}/", {"revisi": 1, "isi": {"kapasitas": 6}})
    assert (usang.status_code, usang.json()["revisi"]) == (409, 2)
    assert klien.kirim("DELETE", f"umkm/produk/{pk}/", {"revisi": 1, "alasan": "x"}).status_code == 409
    assert klien.kirim("DELETE", f"umkm/produk/{pk}/", {"revisi": 2, "alasan": " "}).status_code == 400


def test_saringan_dan_cakupan(dunia: Any, api: Any) -> None:
    ambon, riau = Unit(dunia.ambon, dunia.operator_ambon), Unit(dunia.pekanbaru, dunia.operator_pekanbaru)
    for unit in (ambon, riau):
        produk = unit.produk("Keripik")
        unit.harga(produk)
        unit.buat(produk, 50)
        for hari in (10, 20):
            unit.jual(produk, 2, date(2026, 1, hari))
    semua = api(dunia.peninjau).get("umkm/penjualan/").json()
    assert semua["jumlah"] == 4
    assert {b["upt"] for b in semua["hasil"]} == {dunia.ambon.kode, dunia.pekanbaru.kode}
    klien = api(dunia.operator_ambon)
    assert {b["upt"] for b in klien.get("umkm/penjualan/").json()["hasil"]} == {dunia.ambon.kode}
    assert klien.get("umkm/penjualan/", upt=dunia.pekanbaru.kode).json()["jumlah"] == 0
    tersaring = klien.get("umkm/penjualan/", dari="2026-01-15", sampai="2026-01-31").json()["hasil"]
    assert [b["isi"]["tanggal"] for b in tersaring] == ["2026-01-20"]
    assert klien.get("umkm/penjualan/", sejak="2999-01-01T00:00:00Z").json()["jumlah"] == 0
    assert klien.get("umkm/penjualan/", sejak="2020-01-01T00:00:00Z").json()["jumlah"] == 2
    assert klien.get("umkm/penjualan/", ukuran=1).json()["berikut"]
    for salah in ({"sejak": "kemarin"}, {"dari": "x"}, {"dihapus": "1"}, {"cari": "x"}, {"upt": ["a", "b"]}):
        assert klien.get("umkm/penjualan/", **salah).status_code == 400, salah
    assert klien.get("umkm/produk/", dari="2026-01-01").status_code == 400


def test_unit_asing_404_hanya_membaca_403(dunia: Any, api: Any) -> None:
    pk = Unit(dunia.ambon, dunia.operator_ambon).produk("Keripik").pk
    ubah = {"revisi": 1, "isi": {"kapasitas": 5}}
    for siapa, kode in (("operator_pekanbaru", 404), ("operator_masohi", 404), ("verifikator_maluku", 403)):
        klien = api(getattr(dunia, siapa))
        assert klien.get(f"umkm/produk/{pk}/").status_code == (200 if kode == 403 else 404)
        assert klien.patch(f"umkm/produk/{pk}/", ubah).status_code == kode
        assert klien.kirim("DELETE", f"umkm/produk/{pk}/", {"revisi": 1, "alasan": "x"}).status_code == kode
        assert klien.post(f"umkm/produk/{pk}/pulihkan/").status_code == kode
        assert _catat(klien, dunia.ambon, PRODUK).status_code == kode
    assert api(dunia.operator_ambon).get("umkm/emas/").status_code == 404
    assert api(dunia.operator_ambon).get(f"umkm/produk/{10**30}/").status_code == 404


def test_rujukan_unit_lain_ditolak(dunia: Any, api: Any) -> None:
    asing = Unit(dunia.pekanbaru, dunia.operator_pekanbaru).produk("Rendang")
    isi = {"produk_id": asing.pk, "harga": 15_000, "dari": "2026-01-01"}
    jawaban = _catat(api(dunia.operator_ambon), dunia.ambon, isi, "umkm/harga/")
    assert (jawaban.status_code, list(jawaban.json()["bidang"])) == (400, ["produk_id"])


def test_jenis_dan_kolomnya(dunia: Any, api: Any) -> None:
    semua = {j["kode"]: j for j in api(dunia.operator_ambon).get("pangan/").json()}
    assert {"petak", "panen", "siklus"} <= set(semua)
    luas = next(k for k in semua["petak"]["kolom"] if k["nama"] == "luas")
    assert (luas["ragam"], luas["wajib"], luas["satuan"], luas["min"]) == ("bulat", True, "m²", 1)


def test_data_orang_tidak_keluar(dunia: Any, api: Any) -> None:
    for alamat in ("pangan/penempatan/", "umkm/pekerja/"):
        jawaban = api(dunia.operator_ambon).get(alamat)
        assert (jawaban.status_code, "data orang" in jawaban.json()["pesan"]) == (403, True)


def test_pecahan_keluar_sebagai_bilangan(dunia: Any, api: Any) -> None:
    klien = api(dunia.operator_ambon)
    isi = {
        "nama": "Kebun", "wujud": "lahan", "luas": 100, "milik": "milik", "mulai": "2025-01-01",
        "lintang": "-3,695432", "bujur": 128.181234,
    }  # fmt: skip
    jawaban = _catat(klien, dunia.ambon, isi, "pangan/petak/")
    assert jawaban.status_code == 201, jawaban.content
    keluar = jawaban.json()["isi"]
    assert (Decimal(str(keluar["lintang"])), keluar["bujur"]) == (Decimal("-3.695432"), 128.181234)
