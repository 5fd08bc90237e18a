"""Amounts of remission: the grids, fractions, conditions that decide, and what is missing."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remisi.aturan import BULAN, MasukanSalah
from remisi.hitung.masukan import jawab_remisi
from remisi.ketentuan import Baris, Himpunan, bawaan

RU_2025 = date(2025, 8, 17)


def hitung(_aturan: Himpunan | None = None, **isi: Any) -> dict[str, Any]:
    return jawab_remisi(isi, _aturan or bawaan()).sebagai_json()


def ru(jalani: int, urutan: int | None = 1, **lain: Any) -> dict[str, Any]:
    tahan = (RU_2025 - timedelta(days=jalani)).isoformat()
    return hitung(**{"jenis": "RU", "tanggal": "2025-08-17", "tanggal_tahan": tahan, "urutan": urutan, **lain})


def dengan_sakelar(kode: str, nilai: str) -> Himpunan:
    asal = next(b for b in bawaan().baris if (b.tabel, b.kode) == ("sakelar", kode))
    assert nilai in asal.nilai["pilihan"]
    return bawaan().dengan(
        Baris(
            tabel="sakelar",
            kode=kode,
            berlaku_dari=asal.berlaku_dari,
            nilai={**asal.nilai, "nilai": nilai},
            sumber=asal.sumber,
            terverifikasi=False,
        )
    )


def hasil(jawaban: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(jawaban[n] for n in ("layak", "bulan", "hari", "total_hari"))


# Grid and bounds ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("jalani", "urutan", "bulan"),
    [
        *((180, 1, 1), (359, 1, 1), (360, 1, 2), (3000, 1, 2), (400, 2, 3)),
        *((400, 3, 4), (400, 4, 5), (400, 5, 5), (400, 6, 6), (400, 14, 6)),
    ],
)
def test_kisi_ru(jalani: int, urutan: int, bulan: int) -> None:
    assert hasil(ru(jalani, urutan)) == (True, bulan, 0, 30 * bulan)


@pytest.mark.parametrize(
    ("jalani", "urutan", "besaran"),
    [
        *((180, 1, (0, 15)), (359, 1, (0, 15)), (360, 1, (1, 0)), (700, 2, (1, 0)), (700, 3, (1, 0))),
        *((700, 4, (1, 15)), (700, 5, (1, 15)), (700, 6, (2, 0)), (700, 20, (2, 0))),
    ],
)
def test_kisi_rk(jalani: int, urutan: int, besaran: tuple[int, int]) -> None:
    natal = date(2025, 12, 25)
    isi = {"tanggal_tahan": (natal - timedelta(days=jalani)).isoformat(), "urutan": urutan}
    jawaban = hitung(jenis="RK", tanggal=natal.isoformat(), **isi)
    assert hasil(jawaban) == (True, *besaran, 30 * besaran[0] + besaran[1])
    assert any("Natal 2025" in a for a in jawaban["alasan"])


def test_belum_ditahan_pada_hari_itu() -> None:
    jawaban = ru(-10)
    assert jawaban["layak"] is False
    assert any("Belum ditahan pada 17 Agustus 2025" in a for a in jawaban["alasan"])


def test_179_hari_belum_180_hari_sudah_dan_sakelarnya() -> None:
    assert hasil(ru(179)) == (False, 0, 0, 0)
    assert ru(180)["layak"] is True
    ketat = dengan_sakelar("BATAS_ENAM_BULAN", "181")
    assert ru(180, _aturan=ketat)["layak"] is False
    assert ru(181, _aturan=ketat)["layak"] is True
    assert any("BATAS_ENAM_BULAN" in a and "belum dikonfirmasi" in a for a in ru(180)["alasan"])


@pytest.mark.parametrize(
    ("jenis", "tanggal"), [("PMPU", "2025-08-17"), ("PMPK", "2025-12-25"), ("PMP_HAN", "2025-07-23")]
)
def test_anak_sejak_90_hari(jenis: str, tanggal: str) -> None:
    def pada(jalani: int, **lain: Any) -> dict[str, Any]:
        tahan = date.fromisoformat(tanggal) - timedelta(days=jalani)
        isi = {"jenis": jenis, "tanggal": tanggal, "tanggal_tahan": tahan.isoformat(), "urutan": 1, "status": "anak"}
        return hitung(**{**isi, **lain})

    pertama = (0, 15) if jenis == "PMPK" else (1, 0)
    assert hasil(pada(89)) == (False, 0, 0, 0)
    assert hasil(pada(90))[:3] == (True, *pertama)
    assert hasil(pada(359))[:3] == (True, *pertama)
    assert hasil(pada(360))[:3] == (True, 1 if jenis == "PMPK" else 2, 0)
    assert all("belum dikonfirmasi" in a for a in pada(90)["alasan"] if f"[{jenis}-" in a)
    ketat = dengan_sakelar("BATAS_TIGA_BULAN", "91")
    assert pada(90, _aturan=ketat)["layak"] is False


def test_tahun_ke_n_menurut_sakelar() -> None:
    """Third grant after two years and a month: 4 months by grants, 3 by years behind bars."""
    assert ru(750, 3)["bulan"] == 4
    assert ru(750, 3, _aturan=dengan_sakelar("URUTAN", "TAHUN_JALANI"))["bulan"] == 3
    assert ru(750, None, _aturan=dengan_sakelar("URUTAN", "TAHUN_JALANI"))["bulan"] == 3
    assert ru(200, None, _aturan=dengan_sakelar("URUTAN", "TAHUN_JALANI"))["bulan"] == 1


# Fractions ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("jenis", "dari", "besaran"),
    [
        ("RT_JASA", (5, 0), (2, 15)),
        ("RT_PEMUKA", (5, 0), (1, 20)),
        ("RT_JASA", (6, 0), (3, 0)),
        ("RT_PEMUKA", (6, 0), (2, 0)),
        ("RT_PEMUKA", (1, 0), (0, 10)),
        ("RT_JASA", (1, 15), (0, 23)),
        ("RT_JC", (4, 0), (2, 0)),
    ],
)
def test_tambahan_sebagian_dari_ru(jenis: str, dari: tuple[int, int], besaran: tuple[int, int]) -> None:
    isi = {"jenis": jenis, "tanggal": "2025-08-17", "besaran_ru": {"bulan": dari[0], "hari": dari[1]}}
    assert hasil(hitung(**isi))[:3] == (True, *besaran)


def test_pembulatan_hari_menurut_sakelar() -> None:
    isi = {"jenis": "RT_JASA", "tanggal": "2025-08-17", "besaran_ru": {"bulan": 1, "hari": 15}}
    assert hitung(**isi)["hari"] == 23
    assert hitung(_aturan=dengan_sakelar("PEMBULATAN_HARI", "BAWAH"), **isi)["hari"] == 22
    assert any("PEMBULATAN_HARI" in a for a in hitung(**isi)["alasan"])


@pytest.mark.parametrize(
    ("pidana", "besaran"),
    [
        ({"bulan": 10}, (0, 25)),
        ({"tahun": 1}, (1, 0)),
        ({"tahun": 3}, (3, 0)),
        ({"tahun": 2, "bulan": 11, "hari": 29}, (2, 30)),
        ({"tahun": 20}, (3, 0)),
        ({"tahun": 1, "bulan": 1}, (1, 3)),
    ],
)
def test_dasawarsa_seperdua_belas_paling_banyak_tiga_bulan(pidana: dict[str, int], besaran: tuple[int, int]) -> None:
    assert hasil(hitung(jenis="RD", tanggal="2025-08-17", pidana=pidana))[:3] == (True, *besaran)


@pytest.mark.parametrize("tanggal", ["2024-08-17", "2025-08-16", "2030-08-17"])
def test_dasawarsa_hanya_17_agustus_tahun_berakhiran_5(tanggal: str) -> None:
    jawaban = hitung(jenis="RD", tanggal=tanggal, pidana={"tahun": 5})
    assert hasil(jawaban) == (False, 0, 0, 0)
    assert any("RD: Keppres 120/1955" in a for a in jawaban["alasan"])
    assert hitung(jenis="RD", tanggal="2035-08-17", pidana={"tahun": 5})["layak"] is True


@given(st.integers(0, 12), st.integers(0, 29), st.sampled_from(["RT_JASA", "RT_PEMUKA"]))
def test_pecahan_tidak_kurang_dari_tepat_dan_kurang_dari_sehari_lebih(bulan: int, hari: int, jenis: str) -> None:
    if not (bulan or hari):
        return
    dapat = hitung(jenis=jenis, tanggal="2025-08-17", besaran_ru={"bulan": bulan, "hari": hari})["total_hari"]
    tepat = Fraction(BULAN * bulan + hari, 2 if jenis == "RT_JASA" else 3)
    assert tepat <= dapat < tepat + 1


@given(st.integers(180, 9000), st.integers(180, 9000), st.integers(1, 20), st.integers(1, 20))
def test_lebih_lama_dan_lebih_sering_tidak_pernah_kurang(a: int, b: int, m: int, n: int) -> None:
    assert ru(min(a, b), min(m, n))["total_hari"] <= ru(max(a, b), max(m, n))["total_hari"]


# What decides ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("isi", "kode"),
    [
        ({"pidana": {"bulan": 5, "hari": 29}}, "X1"),
        ({"register_f": True}, "X2"),
        ({"sedang_cmb": True}, "X3"),
        ({"seumur_hidup": True}, "X5"),
        ({"status": "anak"}, "RU"),
    ],
)
def test_yang_menggugurkan(isi: dict[str, Any], kode: str) -> None:
    jawaban = ru(400, 2, **isi)
    assert hasil(jawaban) == (False, 0, 0, 0)
    assert any(f"[{kode}: " in a for a in jawaban["alasan"])


def test_pidana_tepat_enam_bulan_tidak_gugur() -> None:
    assert ru(400, 2, pidana={"bulan": 6}, register_f=False, sedang_cmb=False)["layak"] is True


def test_semua_sebab_disebut_dan_yang_kurang_tidak_penting_lagi() -> None:
    jawaban = ru(100, None, register_f=True, sedang_cmb=True, pidana={"bulan": 3})
    assert jawaban["layak"] is False
    assert jawaban["kurang"] == []
    for kode in ("X1", "X2", "X3", "E1"):
        assert any(f"[{kode}: " in a for a in jawaban["alasan"])


def test_yang_tidak_disebut_dikatakan_tidak_diperiksa() -> None:
    jawaban = ru(400, 2)
    assert sum(a.startswith("Tidak disebut, jadi tidak diperiksa") for a in jawaban["alasan"]) == 3


@pytest.mark.parametrize(
    ("isi", "kurang"),
    [
        ({"jenis": "RU", "tanggal": "2025-08-17", "tanggal_tahan": "2020-01-01"}, ["urutan"]),
        ({"jenis": "RU", "tanggal": "2025-08-17", "urutan": 1}, ["tanggal_tahan"]),
        ({"jenis": "RU", "tanggal": "2025-08-17"}, ["tanggal_tahan", "urutan"]),
        ({"jenis": "RU", "urutan": 1, "tanggal_tahan": "2020-01-01"}, ["tanggal"]),
        ({"jenis": "RT_JASA", "tanggal": "2025-08-17"}, ["besaran_ru"]),
        ({"jenis": "RD", "tanggal": "2025-08-17"}, ["pidana"]),
        ({"jenis": "RKM", "tanggal": "2025-05-29"}, ["besaran RKM"]),
        ({"jenis": "RU", "tanggal": "1998-08-17"}, ["aturan RU pada 17 Agustus 1998"]),
    ],
)
def test_yang_kurang_disebut(isi: dict[str, Any], kurang: list[str]) -> None:
    jawaban = hitung(**isi)
    assert hasil(jawaban) == (None, None, None, None)
    assert jawaban["kurang"] == kurang


def test_tanggal_lain_hanya_diperingatkan() -> None:
    jawaban = ru(400, 2, tanggal="2025-08-18")
    assert jawaban["bulan"] == 3
    assert any("bukan 17 Agustus 2025" in a for a in jawaban["alasan"])


def test_ru_nol_tidak_ada_tambahannya() -> None:
    jawaban = hitung(jenis="RT_JASA", tanggal="2025-08-17", besaran_ru={"bulan": 0, "hari": 0})
    assert hasil(jawaban) == (False, 0, 0, 0)


def test_jenis_yang_tidak_ada_ditolak() -> None:
    with pytest.raises(MasukanSalah, match="jenis"):
        hitung(jenis="RX", tanggal="2025-08-17")


def test_yang_menggugurkan_berdiri_paling_depan() -> None:
    """Keppres 174/1999 Pasal 12: who reads the first line knows why, whatever else is said below it."""
    hasil = ru(100, sedang_cmb=True, pidana={"bulan": 5})["alasan"]
    assert [a.split("[")[1].split(":")[0] for a in hasil[:3]] == ["X1", "X3", "E1"]
    assert "Tidak disebut" in hasil[3]


def test_yang_kurang_juga_berdiri_di_alasan() -> None:
    """RT is a part of the RU of that year (Keppres 174/1999 Pasal 6): without it, the reason names it."""
    hasil = hitung(jenis="RT_JASA", tanggal="2025-08-17")
    assert (hasil["layak"], hasil["total_hari"]) == (None, None)
    assert "Belum dapat dihitung tanpa besaran_ru." in hasil["alasan"]
    assert not any("Belum dapat" in a for a in ru(400)["alasan"])


@pytest.mark.parametrize(("jalani", "tepi"), [(359, False), (360, True), (361, False)])
def test_tepat_dua_belas_bulan_ditandai_belum_dikonfirmasi(jalani: int, tepi: bool) -> None:
    """Keppres 174/1999 Pasal 4 says "6 sampai 12 bulan" and "12 bulan atau lebih": day 360 is in both texts."""
    hasil = ru(jalani)
    assert hasil["bulan"] == (1 if jalani < 360 else 2)
    tanda = [a for a in hasil["alasan"] if "Tepat 360 hari" in a]
    assert [a.endswith("belum dikonfirmasi]") for a in tanda] == ([True] if tepi else [])
    assert not any("Tepat" in a for a in ru(360, urutan=2)["alasan"])


def test_tahun_tanpa_hari_raya_tercatat_dikatakan() -> None:
    """Holy days are known from 2024 on (table hari_besar); an earlier one is computed, its day unchecked."""
    hasil = hitung(jenis="RK", tanggal="2022-05-02", tanggal_tahan="2020-01-01", urutan=2)
    assert hasil["bulan"] == 1
    assert any("Hari raya tahun 2022 belum tercatat" in a for a in hasil["alasan"])


def test_syarat_yang_tidak_ditanya_disebut_bila_layak() -> None:
    """Keppres 174/1999 Pasal 12 huruf d, Permenkumham 3/2018 Pasal 5, UU 22/2022 Pasal 10: open, and said so."""
    kode = {a.split("[")[1].split(":")[0] for a in ru(400)["alasan"] if a.startswith("Tidak diperiksa di sini")}
    assert kode == {"E2", "E3", "E4", "X4"}
    dasawarsa = hitung(jenis="RD", tanggal="2025-08-17", pidana={"tahun": 2})["alasan"]
    assert {a.split("[")[1].split(":")[0] for a in dasawarsa if a.startswith("Tidak diperiksa di sini")} == {
        *("E2", "E3", "E4", "D1"),
    }, "RD was also given to those serving for a fine: X4 is not asked"
    assert not any(a.startswith("Tidak diperiksa") for a in ru(100)["alasan"]), "refused anyway"
