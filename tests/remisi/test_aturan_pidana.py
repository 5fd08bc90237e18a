"""Dates of a sentence: published cases, properties, and an independent slow oracle."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from remisi import aturan
from remisi.aturan import Lama, Potong
from remisi.hitung.masukan import jawab_pidana
from remisi.ketentuan import bawaan
from tests.remisi import orakel_hitung as orakel

TANGGAL = ("ekspirasi_awal", "ekspirasi_akhir", "sepertiga", "setengah", "dua_pertiga")


def hitung(**isi: Any) -> dict[str, Any]:
    return jawab_pidana(isi, bawaan()).sebagai_json()


def lama(tahun: int = 0, bulan: int = 0, hari: int = 0) -> dict[str, int]:
    return {"tahun": tahun, "bulan": bulan, "hari": hari}


def potong(bulan: int, hari: int = 0) -> dict[str, int]:
    return {"bulan": bulan, "hari": hari}


# Published ------------------------------------------------------------------------------------------
def test_dua_puluh_tahun_dengan_58_bulan_30_hari_remisi() -> None:
    """Officially announced: PB guidance of a 20-year sentence detained on 30 January 2016 ends on 27 March 2032."""
    hasil = hitung(tanggal_tahan="2016-01-30", pidana=lama(20), remisi=[potong(58, 30)], kategori="korupsi")
    assert hasil["ekspirasi_awal"] == "2036-01-30"
    assert hasil["ekspirasi_akhir"] == "2031-03-27"
    assert hasil["pb"] == {"layak": True, "mulai": "2024-07-25", "akhir_bimbingan": "2032-03-27"}
    assert any("58 bulan 30 hari" in x["uraian"] for x in hasil["langkah"]), "never carried into 59 months"


def test_cmb_yang_digeser_subsider_125_hari() -> None:
    """Officially announced: due 29 October 2021, last remission 3 months, 125 days unpaid: 3 March to 1 June 2022."""
    pokok = date(2021, 10, 29) + timedelta(days=90)
    sisa = (aturan.tambah(date(2014, 2, 1), 10) - pokok).days - 90
    hasil = hitung(
        tanggal_tahan="2014-02-01",
        pidana=lama(10),
        remisi=[potong(0, sisa), potong(3)],
        subsider={"bulan": 0, "hari": 125, "dibayar": False},
    )
    assert hasil["cmb"] == {
        "layak": True,
        "jatuh_tempo": "2021-10-29",
        "mulai": "2022-03-03",
        "akhir": "2022-06-01",
        "hari": 90,
    }
    assert hasil["ekspirasi_akhir"] == "2022-06-01"


def test_bagian_dalam_tahun_bulan_hari_bukan_hari_kalender() -> None:
    assert aturan.bagian((2, 8, 0), 2, 3) == (1, 9, 10)
    assert aturan.bagian((1, 0, 1), 1, 3) == (0, 4, 1), "the last day begun counts whole"
    assert aturan.bagian((0, 0, 89), 2, 3) == (0, 1, 30), "and is not carried into a month"


# Edges ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("pidana", "layak"), [(lama(1, 1, 15), True), (lama(1, 1, 14), False), (lama(0, 13, 15), True), (lama(1), False)]
)
def test_pb_sejak_dua_pertiga_sembilan_bulan(pidana: dict[str, int], layak: bool) -> None:
    hasil = hitung(tanggal_tahan="2024-01-01", pidana=pidana, remisi=[])
    assert hasil["pb"]["layak"] is layak
    assert (hasil["pb"]["mulai"] == hasil["dua_pertiga"]) is layak


@pytest.mark.parametrize(("pidana", "hari"), [(lama(1, 6), 180), (lama(0, 18), 174), (lama(1, 6, 1), None)])
def test_cb_sampai_satu_tahun_enam_bulan(pidana: dict[str, int], hari: int | None) -> None:
    """18 months are 540 days, of which 2/3 are a calendar year (366 days in 2024): what was pronounced counts."""
    cb = hitung(tanggal_tahan="2024-01-01", pidana=pidana, remisi=[])["cb"]
    assert (cb["layak"], cb["hari"]) == (hari is not None, hari)


def test_cb_yang_pendek_mulai_pada_dua_pertiga() -> None:
    hasil = hitung(tanggal_tahan="2024-01-01", pidana=lama(0, 9), remisi=[])
    assert hasil["cb"]["mulai"] == hasil["dua_pertiga"]
    assert hasil["cb"]["hari"] == 90


def test_cmb_paling_lama_enam_bulan_dan_perlu_remisi() -> None:
    panjang = hitung(tanggal_tahan="2018-01-01", pidana=lama(9), remisi=[potong(7, 5)])
    assert panjang["cmb"]["hari"] == 180
    for remisi in ([], [potong(1), potong(0)]):
        tanpa = hitung(tanggal_tahan="2018-01-01", pidana=lama(9), remisi=remisi)
        assert tanpa["cmb"] == {"layak": False, "jatuh_tempo": None, "mulai": None, "akhir": None, "hari": None}
        assert any("belum pernah menerima remisi" in x["uraian"] for x in tanpa["langkah"])


@pytest.mark.parametrize(("bulan", "layak"), [(9, False), (10, True)])
def test_cmb_setelah_270_hari_dijalani(bulan: int, layak: bool) -> None:
    """Ten months less a remission of 30 days are due at 270 days; nine months never."""
    hasil = hitung(tanggal_tahan="2024-01-01", pidana=lama(0, bulan, 30), remisi=[potong(0, 30)])
    assert hasil["cmb"]["layak"] is layak
    assert any("baru 240 hari dijalani" in x["uraian"] for x in hasil["langkah"]) is not layak


def test_cmb_sebelum_dua_pertiga_tidak_layak() -> None:
    hasil = hitung(tanggal_tahan="2024-01-01", pidana=lama(1, 3), remisi=[potong(6)])
    assert hasil["cmb"]["layak"] is False
    assert any("belum dijalani" in x["uraian"] for x in hasil["langkah"] if x["aturan"] == "CMB")


def test_anak_setengah_pidana_dan_bimbingan_sampai_ekspirasi() -> None:
    hasil = hitung(tanggal_tahan="2024-01-01", pidana=lama(0, 8), remisi=[potong(0, 15)], kategori="anak")
    assert hasil["pb"] == {"layak": True, "mulai": hasil["setengah"], "akhir_bimbingan": hasil["ekspirasi_akhir"]}
    assert hasil["cb"]["mulai"] == hasil["setengah"]
    pb = next(x for x in hasil["langkah"] if x["aturan"] == "PB_ANAK")
    assert pb["terverifikasi"] is False


@pytest.mark.parametrize(("bulan", "layak"), [(12, True), (13, False)])
def test_cb_anak_sampai_satu_tahun(bulan: int, layak: bool) -> None:
    cb = hitung(tanggal_tahan="2024-01-01", pidana=lama(0, bulan), remisi=[], kategori="anak")["cb"]
    assert cb["layak"] is layak


@pytest.mark.parametrize(("kategori", "kata"), [("korupsi", "denda"), ("terorisme", "deradikalisasi")])
def test_tindak_pidana_khusus_sama_tanggalnya_lain_syaratnya(kategori: str, kata: str) -> None:
    isi = {"tanggal_tahan": "2019-05-01", "pidana": lama(7, 3), "remisi": [potong(4, 15)]}
    umum, khusus = hitung(**isi), hitung(**isi, kategori=kategori, tanggal_putusan="2019-09-01")
    for nama in (*TANGGAL, "pb", "cb", "cmb"):
        assert umum[nama] == khusus[nama]
    baru = {x["uraian"] for x in khusus["langkah"]} - {x["uraian"] for x in umum["langkah"]}
    assert any(kata in x.lower() for x in baru)


def test_narkotika_khusus_sejak_lima_tahun() -> None:
    def kode(tahun: int, bulan: int) -> set[str]:
        isi = {"tanggal_tahan": "2020-01-01", "remisi": [], "kategori": "narkotika", "tanggal_putusan": "2020-06-01"}
        return {x["aturan"] for x in hitung(pidana=lama(tahun, bulan), **isi)["langkah"]}

    assert "PB_NARKOTIKA" in kode(5, 0)
    assert "PB" in kode(4, 11)


def test_kuhp_baru_untuk_putusan_sejak_2_januari_2026() -> None:
    def pb(putusan: str) -> str:
        isi = {"tanggal_tahan": "2025-11-01", "pidana": lama(3), "remisi": [], "tanggal_putusan": putusan}
        return next(x["aturan"] for x in hitung(**isi)["langkah"] if x["aturan"].startswith("PB"))

    assert (pb("2026-01-01"), pb("2026-01-02")) == ("PB", "PB_KUHP")


def test_seumur_hidup_tidak_punya_tanggal() -> None:
    hasil = hitung(tanggal_tahan="2020-01-01", remisi=[], seumur_hidup=True)
    assert [hasil[n] for n in TANGGAL] == [None] * 5
    assert [hasil[n]["layak"] for n in ("pb", "cb", "cmb")] == [False] * 3
    assert [x["aturan"] for x in hasil["langkah"]] == ["X5"]


def test_pidana_berturut_turut_dijumlahkan_per_bagian() -> None:
    isi = {"tanggal_tahan": "2020-03-01", "remisi": [potong(2)]}
    bersama = hitung(pidana=[lama(1, 8), lama(0, 11, 20)], **isi)
    satu = hitung(pidana=lama(1, 19, 20), **isi)
    assert [bersama[n] for n in TANGGAL] == [satu[n] for n in TANGGAL]
    assert any(x["aturan"] == "PIDANA_BERTURUT" for x in bersama["langkah"])


def test_penahanan_sebelumnya_memajukan_semua_tanggal() -> None:
    isi = {"tanggal_tahan": "2020-03-01", "pidana": lama(4), "remisi": [potong(2)]}
    tanpa = hitung(**isi)
    dengan = hitung(**isi, penahanan=[{"dari": "2019-06-01", "sampai": "2019-07-01"}])
    for nama in TANGGAL:
        assert date.fromisoformat(tanpa[nama]) - date.fromisoformat(dengan[nama]) == timedelta(days=30)


def test_subsider_yang_dibayar_tidak_ditambahkan() -> None:
    isi = {"tanggal_tahan": "2020-03-01", "pidana": lama(4), "remisi": [potong(2)]}
    assert (
        hitung(**isi)["ekspirasi_akhir"]
        == (hitung(**isi, subsider={"bulan": 6, "hari": 0, "dibayar": True})["ekspirasi_akhir"])
    )
    belum = hitung(**isi, subsider={"bulan": 6, "hari": 0})
    assert belum["ekspirasi_awal"] == "2024-03-01"
    assert belum["ekspirasi_akhir"] == "2024-06-29", "366 days of a leap year are two times 180 and a few"


@pytest.mark.parametrize(
    ("dibayar", "kata"), [({}, "tidak disebut"), ({"dibayar": False}, ""), ({"dibayar": None}, "?")]
)
def test_subsider_tanpa_keterangan_dibayar_dikatakan(dibayar: dict[str, Any], kata: str) -> None:
    """Counted as not paid (the later date), and said so where nobody says whether it was."""
    hasil = hitung(tanggal_tahan="2020-03-01", pidana=lama(4), remisi=[], subsider={"bulan": 2, "hari": 0, **dibayar})
    assert hasil["ekspirasi_akhir"] == "2024-04-30"
    sebut = [x for x in hasil["langkah"] if "tidak disebut; dianggap belum dibayar" in x["uraian"]]
    assert bool(sebut) is bool(kata)


@pytest.mark.parametrize("hilang", ["tanggal_tahan", "pidana", "remisi"])
def test_yang_kurang_disebut_dan_tidak_ditebak(hilang: str) -> None:
    isi: dict[str, Any] = {"tanggal_tahan": "2020-03-01", "pidana": lama(4), "remisi": [potong(2)]}
    del isi[hilang]
    hasil = hitung(**isi)
    assert hasil["kurang"] == [hilang]
    assert hasil["ekspirasi_akhir"] is None
    assert hasil["dua_pertiga"] is None
    assert [hasil[n]["layak"] for n in ("pb", "cb", "cmb")] == [None] * 3
    assert hasil["ekspirasi_awal"] == ("2024-03-01" if hilang == "remisi" else None)


# Properties -----------------------------------------------------------------------------------------
hari = st.dates(date(2018, 3, 1), date(2060, 12, 31)).map(date.isoformat)
pidana = st.builds(lama, st.integers(0, 20), st.integers(0, 23), st.integers(0, 40)).filter(lambda p: any(p.values()))
grant = st.builds(potong, st.integers(0, 6), st.integers(0, 29))
subsider = st.none() | st.fixed_dictionaries(
    {"bulan": st.integers(0, 12), "hari": st.integers(0, 29), "dibayar": st.booleans()}
)
kasus = st.fixed_dictionaries(
    {
        "tanggal_tahan": hari,
        "pidana": pidana,
        "remisi": st.lists(grant, max_size=12),
        "subsider": subsider,
        "kategori": st.sampled_from(["umum", "korupsi", "narkotika", "terorisme", "anak"]),
    }
)


def semua_tanggal(hasil: dict[str, Any]) -> dict[str, str | None]:
    program = {f"{n}.{k}": v for n in ("pb", "cb", "cmb") for k, v in hasil[n].items() if k not in ("layak", "hari")}
    return {**{n: hasil[n] for n in TANGGAL}, **program}


@settings(max_examples=150, deadline=None)
@given(kasus)
@example({"tanggal_tahan": "2020-02-29", "pidana": lama(2, 8), "remisi": [potong(1, 15)], "subsider": None})
@example({"tanggal_tahan": "2096-02-29", "pidana": lama(4), "remisi": [], "subsider": None})
def test_sama_dengan_orakel(isi: dict[str, Any]) -> None:
    hasil = hitung(**isi)
    assert {k: v for k, v in hasil.items() if k not in ("langkah", "kurang")} == orakel.hitung(isi)
    assert hasil["kurang"] == []


@settings(deadline=None)
@given(kasus, grant)
def test_remisi_bertambah_tidak_memundurkan_tanggal(isi: dict[str, Any], baru: dict[str, int]) -> None:
    """The new grant is put first, so that the last one, which gives CMB its length, stays the last."""
    sebelum = semua_tanggal(hitung(**isi))
    sesudah = semua_tanggal(hitung(**{**isi, "remisi": [baru, *isi["remisi"]]} if isi["remisi"] else isi))
    for nama, tanggal in sebelum.items():
        if tanggal and sesudah[nama]:
            assert sesudah[nama] <= tanggal, nama


@settings(deadline=None)
@given(kasus, st.data())
def test_memecah_remisi_tidak_mengubah_apa_pun(isi: dict[str, Any], data: st.DataObject) -> None:
    """Any grant but the last may be written as two; of the last only the leave before release depends."""
    if not isi["remisi"]:
        return
    n = data.draw(st.integers(0, len(isi["remisi"]) - 1))
    satu = isi["remisi"][n]
    kiri = {k: data.draw(st.integers(0, v)) for k, v in satu.items()}
    kanan = {k: v - kiri[k] for k, v in satu.items()}
    pecah = copy.deepcopy(isi)
    pecah["remisi"][n : n + 1] = [kiri, kanan]
    sebelum, sesudah = semua_tanggal(hitung(**isi)), semua_tanggal(hitung(**pecah))
    terakhir = n == len(isi["remisi"]) - 1
    assert {k: v for k, v in sebelum.items() if not (terakhir and k.startswith("cmb"))} == {
        k: v for k, v in sesudah.items() if not (terakhir and k.startswith("cmb"))
    }


@settings(deadline=None)
@given(kasus)
def test_semua_tanggal_berurutan(isi: dict[str, Any]) -> None:
    h = hitung(**isi)
    assert h["sepertiga"] <= h["setengah"] <= h["dua_pertiga"] <= h["ekspirasi_akhir"]
    if not isi["remisi"]:
        assert isi["tanggal_tahan"] < h["sepertiga"]
    if h["pb"]["layak"]:
        assert h["pb"]["mulai"] <= h["ekspirasi_akhir"] <= h["pb"]["akhir_bimbingan"]
    if h["cb"]["layak"]:
        assert h["setengah"] <= h["cb"]["mulai"] < h["cb"]["akhir"] == h["ekspirasi_akhir"]
        assert 0 < h["cb"]["hari"] <= 180
    if h["cmb"]["layak"]:
        cmb = h["cmb"]
        assert h["dua_pertiga"] <= cmb["jatuh_tempo"] <= cmb["mulai"] < cmb["akhir"] == h["ekspirasi_akhir"]
        selisih = date.fromisoformat(cmb["akhir"]) - date.fromisoformat(cmb["mulai"])
        assert selisih.days == cmb["hari"] <= 180


@settings(deadline=None)
@given(kasus, st.integers(1, 400))
def test_subsider_menggeser_ekspirasi_dan_cmb_saja(isi: dict[str, Any], n: int) -> None:
    tanpa, dengan = hitung(**{**isi, "subsider": None}), hitung(**{**isi, "subsider": potong(0, n)})
    for nama in ("ekspirasi_awal", "sepertiga", "setengah", "dua_pertiga"):
        assert tanpa[nama] == dengan[nama]
    geser = timedelta(days=n)
    assert date.fromisoformat(dengan["ekspirasi_akhir"]) - date.fromisoformat(tanpa["ekspirasi_akhir"]) == geser
    assert dengan["cmb"]["jatuh_tempo"] == tanpa["cmb"]["jatuh_tempo"]
    if tanpa["cmb"]["layak"]:
        assert date.fromisoformat(dengan["cmb"]["mulai"]) - date.fromisoformat(tanpa["cmb"]["mulai"]) == geser


@settings(deadline=None)
@given(kasus)
def test_setiap_langkah_menyebut_aturan_dan_sumber(isi: dict[str, Any]) -> None:
    kode = {b.kode: b for b in bawaan().baris}
    hasil = hitung(**isi)
    for langkah in hasil["langkah"]:
        assert langkah["uraian"].endswith(".")
        assert langkah["sumber"]
        assert langkah["aturan"] in kode
        assert isinstance(langkah["terverifikasi"], bool)
    for program in ("PB", "CB", "CMB"):
        assert any(x["aturan"].startswith(program) for x in hasil["langkah"]), "open or not, it says why"


@given(
    st.builds(Lama, st.integers(0, 30), st.integers(0, 40), st.integers(0, 60)),
    st.sampled_from([(1, 3), (1, 2), (2, 3)]),
)
def test_bagian_tepat_sampai_kurang_dari_satu_hari(asal: Lama, pq: tuple[int, int]) -> None:
    p, q = pq
    dapat, tepat = aturan.bagian(asal, p, q), asal.dalam_bulan * p / q
    assert tepat <= dapat.dalam_bulan < tepat + Fraction(1, aturan.BULAN)
    assert 0 <= dapat.bulan < 12
    assert 0 <= dapat.hari <= 30
    assert aturan.bagian(asal, 1, 1).dalam_bulan == asal.dalam_bulan


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 40), st.integers(0, 400))
def test_tambah_bolak_balik(mulai: date, tahun: int, n: int) -> None:
    """Days come off again to the day; years too, but for 29 February."""
    tambah = aturan.tambah(mulai, tahun, 0, n)
    kembali = aturan.tambah(tambah - timedelta(days=n), -tahun)
    assert kembali == mulai or (mulai.month, mulai.day, kembali.day) == (2, 29, 28)
    assert aturan.tambah(mulai, 0, 12) == mulai + timedelta(days=360)


@given(st.integers(1904, 2096).filter(orakel.kabisat), st.integers(1, 60))
def test_29_februari(tahun: int, n: int) -> None:
    hasil = aturan.tambah(date(tahun, 2, 29), n)
    assert hasil == date(tahun + n, 2, 29 if orakel.kabisat(tahun + n) else 28)


@given(st.lists(st.builds(Potong, st.integers(0, 6), st.integers(0, 29)), max_size=30))
def test_jumlah_remisi_tidak_disederhanakan(semua: list[Potong]) -> None:
    total = aturan.jumlah_potong(semua)
    assert total.total_hari == sum(p.total_hari for p in semua)
    assert total.hari == sum(p.hari for p in semua)
