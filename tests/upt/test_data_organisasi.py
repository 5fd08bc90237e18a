"""The shipped list of offices is complete, consistent and free of what nobody confirmed."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.utils.text import slugify

from pemasyarakatan.inti.waktu import ZONA
from upt.impor_nama import KELAS_MENURUT_JENIS, tulis_nama, urai_nama

DATA = Path(__file__).resolve().parents[2] / "upt" / "data"
MALUKU = """Bapas Kelas II Ambon|Bapas Kelas II Saumlaki|Lapas Kelas IIA Ambon
Lapas Kelas IIB Piru|Lapas Kelas IIB Tual|Lapas Kelas III Bandanaira
Lapas Kelas III Dobo|Lapas Kelas III Geser|Lapas Kelas III Namlea
Lapas Kelas III Saparua|Lapas Kelas III Saumlaki|Lapas Kelas III Wahai
Lapas Kelas III Wonreli|Lapas Perempuan Kelas III Ambon|LPKA Kelas II Ambon
Rutan Kelas IIA Ambon|Rutan Kelas IIB Masohi"""
RIAU = """Bapas Kelas I Pekanbaru|Bapas Kelas II Dumai|Lapas Kelas IIA Bagansiapiapi
Lapas Kelas IIA Bangkinang|Lapas Kelas IIA Bengkalis|Lapas Kelas IIA Pekanbaru
Lapas Kelas IIA Tembilahan|Lapas Kelas IIB Pasir Pangaraian|Lapas Kelas IIB Selatpanjang
Lapas Kelas IIB Teluk Kuantan|Lapas Terbuka Kelas III Rumbai|Lapas Narkotika Kelas IIB Rumbai
Lapas Perempuan Kelas IIA Pekanbaru|LPKA Kelas II Pekanbaru|Rutan Kelas I Pekanbaru
Rutan Kelas IIB Dumai|Rutan Kelas IIB Rengat|Rutan Kelas IIB Siak"""


def baca(nama: str) -> list[dict[str, str]]:
    with (DATA / nama).open(encoding="utf-8", newline="") as berkas:
        return list(csv.DictReader(berkas))


def pecah(teks: str) -> set[str]:
    return set(teks.replace("\n", "|").split("|"))


def test_33_kanwil_mencakup_38_provinsi_sekali() -> None:
    kanwil = baca("kanwil.csv")
    provinsi = [satu.split(" ", 1) for baris in kanwil for satu in baris["provinsi"].split(";")]
    assert len(kanwil) == 33
    assert len({kode for kode, _ in provinsi}) == len(provinsi) == 38
    assert all(nama for _, nama in provinsi)
    gabungan = {b["kode"]: b["terkonfirmasi"] for b in kanwil if ";" in b["provinsi"]}
    assert gabungan == {"64": "tidak", "91": "tidak", "92": "tidak"}


def test_setiap_kanwil_punya_petak_sendiri_di_peta() -> None:
    letak = {b["kode"]: (int(b["petak_baris"]), int(b["petak_kolom"])) for b in baca("kanwil.csv")}
    assert len(set(letak.values())) == 33
    assert all(1 <= baris <= 7 and 1 <= kolom <= 13 for baris, kolom in letak.values())
    barat_ke_timur = [letak[kode][1] for kode in ("11", "14", "36", "33", "35", "51", "53", "81", "91")]
    assert barat_ke_timur == sorted(barat_ke_timur)
    utara_ke_selatan = [letak[kode][0] for kode in ("11", "12", "13", "17", "18", "36")]
    assert utara_ke_selatan == sorted(utara_ke_selatan)


@pytest.mark.parametrize("kolom", ["kode", "slug", "nama", "nama_pendek", "singkatan"])
def test_penanda_kanwil_unik_dan_terisi(kolom: str) -> None:
    isi = [b[kolom] for b in baca("kanwil.csv")]
    assert all(isi)
    assert len(set(isi)) == 33


def test_singkatan_muat_di_petak() -> None:
    assert all(3 <= len(b["singkatan"]) <= 4 for b in baca("kanwil.csv"))


@pytest.mark.parametrize(("kanwil", "nama"), [("81", MALUKU), ("14", RIAU)])
def test_maluku_dan_riau_lengkap_dan_pasti(kanwil: str, nama: str) -> None:
    baris = [b for b in baca("upt.csv") if b["kanwil"] == kanwil]
    assert {b["nama"] for b in baris} == pecah(nama)
    assert {b["terkonfirmasi"] for b in baris} == {"ya"}
    assert all(b["kabkota"] for b in baris)


def test_setiap_upt_sesuai_namanya() -> None:
    for b in baca("upt.csv"):
        identitas = urai_nama(b["nama"])
        assert b["kode"] == slugify(b["nama"])
        assert tulis_nama(identitas) == b["nama"]
        assert (identitas.jenis, identitas.subjenis or "UMUM", identitas.kelas) == (
            b["jenis"],
            b["subjenis"],
            b["kelas"],
        )
        assert b["kelas"] in KELAS_MENURUT_JENIS[b["jenis"]]


def test_tidak_ada_dua_upt_dengan_satu_identitas() -> None:
    hitung = Counter(urai_nama(b["nama"]).kunci for b in baca("upt.csv"))
    assert hitung.most_common(1)[0][1] == 1


def test_zona_upt_mengikuti_kanwilnya() -> None:
    zona = {b["kode"]: b["zona"] for b in baca("kanwil.csv")}
    upt = baca("upt.csv")
    assert set(zona.values()) == set(ZONA)
    assert all(b["zona"] == zona[b["kanwil"]] for b in upt)
    assert {b["kanwil"] for b in upt} == set(zona)
    assert (zona["61"], zona["62"], zona["63"], zona["64"]) == ("WIB", "WIB", "WITA", "WITA")


def test_kolom_hanya_fakta_tanpa_kontak_dan_titik_peta() -> None:
    assert set(baca("upt.csv")[0]) == {
        *("kode", "nama", "jenis", "subjenis", "kelas", "kanwil", "kabkota", "zona", "terkonfirmasi")
    }
    assert all(b["kabkota"].split(" ")[0] in ("", "Kota", "Kabupaten") for b in baca("upt.csv"))


def test_nama_lain_menunjuk_upt_yang_ada_dan_bukan_nama_upt_lain() -> None:
    upt = {b["kode"]: urai_nama(b["nama"]).kunci for b in baca("upt.csv")}
    lain = baca("nama_lain.csv")
    assert {b["kode"] for b in lain} <= set(upt)
    assert not {urai_nama(b["nama_lain"]).kunci for b in lain} & set(upt.values())


def test_libur_2024_sampai_2027() -> None:
    libur = baca("libur.csv")
    assert [b["tanggal"] for b in libur] == sorted(b["tanggal"] for b in libur)
    assert {b["jenis"] for b in libur} == {"NASIONAL", "CUTI_BERSAMA"}
    assert {b["perkiraan"] for b in libur} == {"ya", "tidak"}
    assert all(b["perkiraan"] == "tidak" for b in libur if b["tanggal"] < "2027")
    assert len({(b["tanggal"], b["nama"]) for b in libur}) == len(libur)
    for tahun in range(2024, 2028):
        hari = {date.fromisoformat(b["tanggal"]) for b in libur if b["tanggal"].startswith(str(tahun))}
        assert {date(tahun, 1, 1), date(tahun, 5, 1), date(tahun, 6, 1), date(tahun, 8, 17)} <= hari
        assert date(tahun, 12, 25) in hari
