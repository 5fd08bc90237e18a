"""Months, zones, deadlines, and dates read and written the Indonesian way."""

import pickle
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from pemasyarakatan.inti.waktu import (
    WIB,
    WIT,
    WITA,
    Bulan,
    GalatWaktu,
    KonverterBulan,
    akhir_hari,
    awal_hari,
    baca_jam,
    baca_tanggal,
    hari_ini,
    hari_kerja_ke,
    nama_bulan,
    sekarang,
    sisa_hari,
    tulis_pukul,
    tulis_tanggal,
    tulis_tanggal_hari,
    tulis_waktu,
    zona_dari,
)

BULAN = st.builds(Bulan, st.integers(1950, 2150), st.integers(1, 12))


# ---------------------------------------------------------------- month


def test_bulan_dari_kode():
    januari = Bulan.dari("2026-01")
    assert (januari.tahun, januari.bulan) == (2026, 1)
    assert (januari.kode, str(januari)) == ("2026-01", "2026-01")
    assert (januari.nama, januari.nama_pendek) == ("Januari 2026", "Jan 2026")
    assert (januari.awal, januari.akhir) == (date(2026, 1, 1), date(2026, 1, 31))
    assert Bulan(2024, 2).akhir == date(2024, 2, 29)


@pytest.mark.parametrize(
    "kode",
    ["", "2026", "2026-1", "2026-13", "2026-00", "26-01", "2026-01 ", "2026-01\n", "2026/01", "２０２６-01",
     "0000-01", "1899-12", "2200-01", "2026-01-01"],
)  # fmt: skip
def test_kode_bulan_ditolak(kode):
    with pytest.raises(GalatWaktu) as galat:
        Bulan.dari(kode)
    assert galat.value.pesan.endswith("2026-01.")


@given(BULAN, st.integers(-500, 500))
def test_hitungan_bulan(bulan, n):
    assert (bulan + n) - n == bulan
    assert (bulan + n) - bulan == n
    assert ((bulan + n) > bulan) == (n > 0)
    assert Bulan.dari(bulan.kode) == bulan
    assert (bulan + 1).awal - bulan.akhir == timedelta(days=1)


@given(BULAN, BULAN)
def test_urutan_sama_dengan_urutan_kode(a, b):
    assert (a < b) == (a.kode < b.kode)
    assert (hash(a) == hash(b)) or a != b


def test_rentang_bulan():
    november = Bulan(2025, 11)
    assert [b.kode for b in november.rentang(Bulan(2026, 2))] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert november.rentang(november) == [november]
    assert november.rentang(november - 1) == []


def test_bulan_tidak_berubah_dan_dapat_dikirim():
    bulan = Bulan(2026, 1)
    with pytest.raises(AttributeError):
        bulan.tahun = 2027
    assert pickle.loads(pickle.dumps(bulan)) == bulan
    with pytest.raises(GalatWaktu):
        Bulan(2199, 12) + 1


def test_bulan_menurut_zona():
    saat = datetime(2026, 1, 31, 15, 30, tzinfo=UTC)
    assert Bulan.pada(saat, "WIB") == Bulan(2026, 1)
    assert Bulan.pada(saat, "WIT") == Bulan(2026, 2)
    assert Bulan.pada(date(2026, 1, 31)) == Bulan(2026, 1)
    with time_machine.travel(saat, tick=False):
        assert (Bulan.kini(), Bulan.kini(WIT)) == (Bulan(2026, 1), Bulan(2026, 2))
    with pytest.raises(GalatWaktu):
        Bulan.pada(datetime(2026, 1, 31, 15, 30))


def test_konverter_bulan():
    konverter = KonverterBulan()
    assert konverter.to_python("2026-01") == Bulan(2026, 1)
    assert konverter.to_url(Bulan(2026, 1)) == konverter.to_url("2026-01") == "2026-01"
    with pytest.raises(ValueError, match="2026-13"):
        konverter.to_python("2026-13")


# ---------------------------------------------------------------- clock, zones, deadlines


def test_jam_server_sadar_zona():
    with time_machine.travel(datetime(2025, 9, 3, 5, 5, tzinfo=UTC), tick=False):
        assert sekarang() == datetime(2025, 9, 3, 5, 5, tzinfo=UTC)
        assert sekarang().utcoffset() == timedelta(0)


def test_tengah_malam_di_tiga_zona():
    with time_machine.travel(datetime(2025, 9, 3, 15, 30, tzinfo=UTC), tick=False):
        assert [hari_ini(zona).day for zona in ("WIB", "WITA", "WIT")] == [3, 3, 4]


@pytest.mark.parametrize(("zona", "jam_utc"), [("WIB", 16), (WITA, 15), ("WIT", 14)])
def test_tenggat_pukul_2359_setempat(zona, jam_utc):
    assert akhir_hari(date(2025, 10, 6), zona) == datetime(2025, 10, 6, jam_utc, 59, 59, tzinfo=UTC)
    assert awal_hari(date(2025, 10, 7), zona) - akhir_hari(date(2025, 10, 6), zona) == timedelta(seconds=1)


@pytest.mark.parametrize(
    ("kini", "sisa"),
    [
        (datetime(2025, 10, 6, 14, 59, 59, tzinfo=UTC), 0),
        (datetime(2025, 10, 6, 15, 0, tzinfo=UTC), -1),
        (datetime(2025, 10, 5, 15, 0, tzinfo=UTC), 0),
        (datetime(2025, 10, 5, 14, 59, tzinfo=UTC), 1),
        (datetime(2025, 10, 1, 0, 0, tzinfo=UTC), 5),
    ],
)
def test_sisa_hari_menurut_kalender_setempat(kini, sisa):
    tenggat = akhir_hari(date(2025, 10, 6), WIT)
    assert sisa_hari(tenggat, "WIT", kini) == sisa
    with time_machine.travel(kini, tick=False):
        assert sisa_hari(tenggat, "WIT") == sisa


@pytest.mark.parametrize("zona", ["", "wib", "Asia/Jakarta", "UTC"])
def test_zona_asing_ditolak(zona):
    with pytest.raises(GalatWaktu):
        zona_dari(zona)


def test_hari_kerja_melewati_akhir_pekan_dan_libur():
    agustus = Bulan(2025, 8)
    assert hari_kerja_ke(agustus, 1, []) == date(2025, 8, 1)
    assert hari_kerja_ke(agustus, 2, []) == date(2025, 8, 4)
    assert hari_kerja_ke(agustus, 2, {date(2025, 8, 1), date(2025, 8, 4)}) == date(2025, 8, 6)
    assert hari_kerja_ke(agustus, 21, []) == date(2025, 8, 29)


@pytest.mark.parametrize("n", [0, -1, 22])
def test_hari_kerja_di_luar_bulan(n):
    with pytest.raises(GalatWaktu) as galat:
        hari_kerja_ke(Bulan(2025, 8), n, [])
    assert "21" in galat.value.pesan


# ---------------------------------------------------------------- writing


def test_tulis():
    saat = datetime(2025, 9, 3, 5, 5, tzinfo=UTC)
    assert tulis_tanggal(date(2025, 9, 3)) == "3 September 2025"
    assert tulis_tanggal(date(2025, 8, 3), pendek=True) == "3 Agu 2025"
    assert tulis_tanggal_hari(date(2025, 10, 6)) == "Senin, 6 Oktober 2025"
    assert tulis_waktu(saat, "WIT") == "3 September 2025 pukul 14.05 WIT"
    assert tulis_waktu(saat, WIB) == "3 September 2025 pukul 12.05 WIB"
    assert tulis_pukul(saat, "WITA") == "pukul 13.05 WITA"
    assert tulis_tanggal(datetime(2025, 9, 3, 15, 30, tzinfo=UTC), "WIT") == "4 September 2025"
    assert tulis_tanggal_hari(datetime(2025, 9, 3, 15, 30, tzinfo=UTC), "WIT") == "Kamis, 4 September 2025"


def test_tulis_tanpa_nilai():
    assert {
        tulis_tanggal(None),
        tulis_tanggal_hari(None),
        tulis_waktu(None, "WIB"),
        tulis_pukul(None, WIB),
    } == {"–"}


def test_waktu_tanpa_zona_ditolak():
    with pytest.raises(GalatWaktu):
        tulis_waktu(datetime(2025, 9, 3, 5, 5), "WIB")


def test_nama_bulan_pendek():
    pendek = " ".join(nama_bulan(n, pendek=True) for n in range(1, 13))
    assert pendek == "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des"


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize(
    "teks",
    [
        "3/9/2025", "03/09/2025", "03-09-2025", "3-9-2025", "3 Sep 2025", "3 Sept 2025", "3 Sep. 2025",
        "3-Sep-2025", "3 September 2025", "3 SEPTEMBER 2025", " 3\u00a0september  2025 ", "2025-09-03",
        "2025-9-3", "Rabu, 3 September 2025", date(2025, 9, 3), datetime(2025, 9, 3, 23, 59),
    ],
)  # fmt: skip
def test_baca_tanggal(teks):
    terbaca = baca_tanggal(teks)
    assert terbaca == date(2025, 9, 3)
    assert type(terbaca) is date


@pytest.mark.parametrize(
    ("teks", "bulan"),
    [
        ("1 Pebruari 2025", 2),
        ("1 Mei 2025", 5),
        ("1 Agt 2025", 8),
        ("1 Nopember 2025", 11),
        ("1 Des 2025", 12),
    ],
)
def test_ejaan_bulan(teks, bulan):
    assert baca_tanggal(teks) == date(2025, bulan, 1)


def test_hari_lebih_dulu_dari_bulan():
    assert baca_tanggal("03/04/2026") == date(2026, 4, 3)


@pytest.mark.parametrize("teks", [None, "", "  ", "-", "–"])
def test_tanggal_dan_jam_kosong(teks):
    assert baca_tanggal(teks) is None
    assert baca_jam(teks) is None


@pytest.mark.parametrize(
    ("teks", "nasihat"),
    [
        ("31/2/2025", "Tanggal 31 Februari 2025 tidak ada; bulan itu sampai tanggal 28."),
        ("29/2/2025", "sampai tanggal 28"),
        ("0/9/2025", "tidak ada"),
        ("9/13/2025", "Bulan 13 tidak ada. Urutannya hari, bulan, tahun: 3/9/2025."),
        ("3/9/25", "Tulis tahun dengan empat angka, misalnya 2025."),
        ("3 Sep 25", "empat angka"),
        ("3/9/20255", "empat angka"),
        ("3/9/0025", "Tahun 25 di luar 1900 sampai 2199"),
        ("2025-02-30", "Tanggal 30 Februari 2025"),
        ("3 Oct 2025", "Nama bulan Oct tidak dikenal"),
        ("Senin, 3 September 2025", "jatuh pada hari Rabu, bukan Senin"),
        ("3 Apr", "Tanggal tidak terbaca"),
        ("3/9-2025", "Tanggal tidak terbaca"),
        ("45000", "Tanggal tidak terbaca"),
        ("٣/9/2025", "Tanggal tidak terbaca"),
        ("3/9/2025\x00", "Tanggal tidak terbaca"),
        ("2025-09-03T10:00", "Tanggal tidak terbaca"),
        ("3" * 61, "tidak terbaca"),
        (45000, "tidak terbaca"),
        (45000.0, "tidak terbaca"),
        (True, "tidak terbaca"),
        (date(1, 1, 1), "Tahun 1 di luar"),
    ],
)
def test_tanggal_ditolak(teks, nasihat):
    with pytest.raises(GalatWaktu) as galat:
        baca_tanggal(teks)
    assert nasihat in galat.value.pesan


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_tanggal_pulang_pergi(tanggal):
    for tertulis in (
        tulis_tanggal(tanggal),
        tulis_tanggal(tanggal, pendek=True),
        tulis_tanggal_hari(tanggal),
        tanggal.isoformat(),
        f"{tanggal.day}/{tanggal.month}/{tanggal.year}",
    ):
        assert baca_tanggal(tertulis) == tanggal


@given(st.one_of(st.text(), st.text(alphabet="0123456789-/:. SepOkt"), st.integers(), st.floats(), st.datetimes()))
def test_hanya_galat_waktu(isi):
    for baca in (baca_tanggal, baca_jam):
        try:
            baca(isi)
        except GalatWaktu as galat:
            galat.pesan.encode()


@pytest.mark.parametrize(
    ("teks", "jam"),
    [
        ("14:05", time(14, 5)),
        ("14.05", time(14, 5)),
        ("7.30", time(7, 30)),
        ("pukul 07.30", time(7, 30)),
        ("00.00", time(0, 0)),
        ("23.59", time(23, 59)),
        (time(8, 0), time(8, 0)),
    ],
)
def test_baca_jam(teks, jam):
    assert baca_jam(teks) == jam


@pytest.mark.parametrize("teks", ["24.00", "14.60", "14", "14.5", "2:05 PM", "1405", "١٤:٠٥", 14.05, 0.5, True])
def test_jam_ditolak(teks):
    with pytest.raises(GalatWaktu) as galat:
        baca_jam(teks)
    assert "14.05" in galat.value.pesan
