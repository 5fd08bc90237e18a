"""Sums, quotients and estimates of the regional pages: plain numbers, no database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pangan.komoditas import muat
from pangan.wilayah import ramalan
from pangan.wilayah.angka import (
    BELUM,
    DIKETIK,
    TIDAK,
    F06Unit,
    Fakta,
    Unit,
    alasan_tanpa_lahan,
    bandingkan,
    jumlahkan,
    liputan_unit,
    persen,
    tanpa_lahan,
)
from pangan.wilayah.klaster import setahun
from pemasyarakatan.inti.waktu import Bulan

JANUARI = Bulan(2026, 1)


def unit(nomor: int, f06: F06Unit | None = None, **fakta: int) -> Unit:
    isi = Fakta()
    isi.tambah(fakta)
    return Unit(nomor, f"upt-{nomor}", f"UPT {nomor}", "LAPAS", "IIA", 1 + nomor % 2, isi, f06)


# ---------------------------------------------------------------- sums and coverage


def test_jumlah_dari_bagian() -> None:
    a, b = Fakta(), Fakta()
    a.tambah({"pakai": 100, "panen_pertanian": Decimal("1.25"), "nilai": None})
    b.tambah({"pakai": 40, "panen_perikanan": Decimal("2.50")})
    semua = jumlahkan([a, b])
    assert semua["pakai"] == 140
    assert semua.klaster("panen") == Decimal("3.75")
    assert semua.tanaman("panen") == Decimal("1.25")
    assert semua["belum_pernah_dicatat"] == 0
    assert "belum_pernah_dicatat" not in semua, "reading is not writing"


def test_liputan_menurut_unit_dan_penghuni() -> None:
    li = liputan_unit(
        [unit(1, F06Unit(300), petak=2), unit(2, F06Unit(100)), unit(3, petak=1)]
    )  # the third owes no F06, such as a Bapas
    assert (li.wajib, li.ada, li.lain) == (2, 1, 1)
    assert (li.persen, li.persen_penghuni) == (50, 75)


def test_liputan_tanpa_kewajiban_bukan_nol_persen() -> None:
    li = liputan_unit([])
    assert li.persen is None
    assert li.persen_penghuni is None


def test_persen_dari_tidak_ada() -> None:
    assert persen(5, 0) is None
    assert persen(1, 8) == Decimal("12.5")


@pytest.mark.parametrize(
    ("f06", "alasan"),
    [
        (None, BELUM),
        (F06Unit(1), BELUM),
        (F06Unit(1, versi=1), BELUM),
        (F06Unit(1, versi=1, ada=False), TIDAK),
        (F06Unit(1, versi=2, ada=True), DIKETIK),
    ],
)
def test_alasan_tanpa_lahan(f06: F06Unit | None, alasan: str) -> None:
    assert alasan_tanpa_lahan(f06) == alasan


def test_daftar_tanpa_lahan_yang_belum_berkata_di_atas() -> None:
    semua = [
        unit(1, F06Unit(1, 1, ada=False)),
        unit(2, F06Unit(1)),
        unit(3, F06Unit(1, 1, ada=True)),
        unit(4, F06Unit(1), petak=1),
        unit(5),
    ]
    assert [(u.id, a) for u, a in tanpa_lahan(semua)] == [(2, BELUM), (3, DIKETIK), (1, TIDAK)]


# ---------------------------------------------------------------- comparison


def _kebun(nomor: int, kg: int, luas: int = 10_000, penghuni: int = 200) -> Unit:
    return unit(nomor, F06Unit(penghuni), petak=1, lahan_pertanian=luas, setahun_pertanian=kg)


def test_banding_per_hektare_dan_per_seratus() -> None:
    [g] = bandingkan([_kebun(1, 500), _kebun(2, 900, luas=20_000), _kebun(3, 100)])
    assert [(b.unit.id, b.per_ha, b.per_100) for b in g.banding] == [(1, 500, 250), (2, 450, 450), (3, 100, 50)]
    assert (g.median_ha, g.median_100) == (450, 250)
    assert g.nama == "Lapas Kelas IIA"


def test_banding_hanya_di_atas_ukuran_minimum() -> None:
    [g] = bandingkan([_kebun(1, 500, luas=999), _kebun(2, 500, penghuni=49), _kebun(3, 300)])
    assert [b.per_ha for b in g.banding] == [None, 500, 300]
    assert [b.per_100 for b in g.banding] == [250, None, 150]
    assert g.median_ha is None, "two units make no median"


def test_banding_kolam_tidak_diukur_dengan_hektare_kebun() -> None:
    kolam = unit(1, F06Unit(100), petak=1, lahan_perikanan=5_000, setahun_perikanan=700)
    [g] = bandingkan([kolam])
    assert (g.banding[0].per_ha, g.banding[0].per_100) == (None, 700)
    [khusus] = bandingkan([kolam], "perikanan")
    assert khusus.banding[0].per_ha == 1_400


def test_banding_memisahkan_kelas() -> None:
    lain = Unit(9, "r", "Rutan", "RUTAN", "", 1, Fakta(petak=1), F06Unit(80))
    assert [g.nama for g in bandingkan([_kebun(1, 5), _kebun(2, 6), lain])] == ["Lapas Kelas IIA", "Rutan tanpa kelas"]


# ---------------------------------------------------------------- forecast


def _siklus(komoditas: str, **isi: object) -> ramalan.Siklus:
    bawaan: dict[str, object] = {"kg": None, "luas": None, "ekor": None, "perkiraan": date(2026, 2, 10)}
    return ramalan.Siklus(1, 1, "pertanian", komoditas, **{**bawaan, **isi})  # type: ignore[arg-type]


def test_taksiran_menurut_unit_dahulu() -> None:
    s = _siklus("padi", kg=Decimal(700), luas=5_000)
    assert ramalan.taksir(s, muat()["padi"]) == ramalan.Taksiran(Decimal(700), Decimal(700), unit=True)


def test_taksiran_dari_luas_dan_pita_komoditas() -> None:
    padi = muat()["padi"]
    hasil = ramalan.taksir(_siklus("padi", luas=5_000), padi)
    assert padi.hasil_min_kg_ha is not None
    assert padi.hasil_maks_kg_ha is not None
    assert hasil == ramalan.Taksiran(padi.hasil_min_kg_ha / 2, padi.hasil_maks_kg_ha / 2, unit=False)


def test_taksiran_hasil_setahun_dibagi_dua_belas() -> None:
    kelapa = muat()["kelapa"]
    assert (kelapa.hasil_per, kelapa.hasil_min_kg_ha, kelapa.hasil_maks_kg_ha) == ("tahun", 1200, 18000)
    assert ramalan.taksir(_siklus("kelapa", luas=10_000), kelapa) == ramalan.Taksiran(
        Decimal(100), Decimal(1500), False
    )


def test_tanpa_taksiran_bila_tidak_ada_yang_diketahui() -> None:
    assert ramalan.taksir(_siklus("padi"), muat()["padi"]) is None
    assert ramalan.taksir(_siklus("naga_laut", luas=100), None) is None


@pytest.mark.parametrize(
    ("hari", "bulan"),
    [(date(2026, 1, 31), ["2026-02", "2026-03", "2026-04"]), (date(2026, 11, 22), ["2026-11", "2026-12", "2027-01"])],
)
def test_bulan_ramalan(hari: date, bulan: list[str]) -> None:
    assert [b.kode for b in ramalan.bulan_ramalan(hari)] == bulan


def test_ramalan_tidak_mencampur_perkiraan_dan_taksiran() -> None:
    isi = [
        (_siklus("padi", kg=Decimal(10)), ramalan.Taksiran(Decimal(10), Decimal(10), unit=True)),
        (_siklus("padi"), ramalan.Taksiran(Decimal(4), Decimal(9), unit=False)),
        (_siklus("padi"), None),
    ]
    bulan, per_unit, kanwil = ramalan.kelompokkan(isi)
    for kelompok in (bulan[Bulan(2026, 2), "pertanian"], per_unit[1], kanwil[1]):
        assert kelompok == ramalan.Ramalan(3, Decimal(10), Decimal(4), Decimal(9), 1)


# ---------------------------------------------------------------- twelve months


def test_setahun_bulan_kosong_nol_hanya_sesudah_register_ada() -> None:
    deret = {
        (JANUARI, "pertanian"): (Decimal(50), Decimal(20)),
        (Bulan(2025, 1), "pertanian"): (Decimal(8), Decimal(0)),
    }
    semua = setahun(deret, {(JANUARI, "pertanian"): (1, 4)}, "pertanian", JANUARI, Bulan(2025, 11))
    assert [b.bulan.kode for b in semua] == [f"2025-{n:02d}" for n in range(2, 13)] + ["2026-01"]
    assert [b.kg for b in semua][:9] == [None] * 9
    assert [b.kg for b in semua][9:] == [0, 0, 50]
    assert [b.lalu for b in semua] == [None] * 11 + [8]
    assert semua[-1].kejadian == "1 dari 4 siklus yang berakhir gagal panen"


@pytest.mark.parametrize(("taksir", "tampak"), [(0, False), (4, False), (5, True), (50, True)])
def test_titik_titik_mulai_sepersepuluh(taksir: int, tampak: bool) -> None:
    deret = {(JANUARI, "pertanian"): (Decimal(50), Decimal(taksir))}
    assert setahun(deret, {}, "pertanian", JANUARI, None)[-1].ditaksir is tampak
