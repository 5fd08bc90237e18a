"""Dates of integration: equal to the calculator's whatever the sentence, and each programme by the rule it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remisi import aturan
from remisi.aturan import Lama, Perkara, Potong, Subsider, hitung_pidana
from remisi.calon.syarat import Orang
from remisi.integrasi.kalender import EKSPIRASI, SKENARIO, Pemilih, keluar, masa, semua_jalan
from remisi.ketentuan import bawaan

KINI = date(2026, 11, 22)
DASAR = Orang(status="NARAPIDANA", kelompok="umum", tanggal_tahan=date(2025, 1, 10), pidana_tahun=2, pidana_bulan=6,
              tanggal_putusan=date(2025, 5, 1), remisi_hari=30)  # fmt: skip


def jalan(
    orang: Orang, terakhir: int = 0, kini: date = date(2018, 2, 15)
) -> dict[str, tuple[date | None, date | None]]:
    semua = semua_jalan(orang, masa(orang), terakhir, Pemilih(bawaan(), kini))
    return {k: (j.mulai, j.sampai) for k, j in semua.items()}


potong = st.builds(Potong, st.integers(0, 3), st.sampled_from([0, 0, 15]))


@settings(max_examples=400, deadline=None)
@given(
    tahan=st.dates(date(2018, 3, 1), date(2027, 12, 31)),
    pidana=st.tuples(st.integers(0, 15), st.integers(0, 11), st.integers(0, 29)).filter(any),
    remisi=st.lists(potong, max_size=5),
    subsider=st.tuples(st.integers(0, 6), st.integers(0, 29), st.booleans()),
    kredit=st.integers(0, 90),
    kelompok=st.sampled_from(["umum", "narkotika", "korupsi", "terorisme", "anak"]),
    tunda=st.integers(0, 400),
)
def test_dates_are_those_of_the_calculator(
    tahan: date, pidana: tuple[int, int, int], remisi: list[Potong], subsider: tuple[int, int, bool], kredit: int,
    kelompok: str, tunda: int,
) -> None:  # fmt: skip
    putusan = tahan + timedelta(days=tunda)
    dihitung = hitung_pidana(
        Perkara(
            tanggal_tahan=tahan, pidana=(Lama(*pidana),), remisi=tuple(remisi), subsider=Subsider(*subsider),
            kategori=kelompok, tanggal_putusan=putusan, hari_tahan_sebelumnya=kredit,
        ),
        bawaan(),
    )  # fmt: skip
    orang = Orang(
        status="ANAK_BINAAN" if kelompok == "anak" else "NARAPIDANA",
        kelompok="umum" if kelompok == "anak" else kelompok,
        tanggal_tahan=tahan, tanggal_putusan=putusan, hari_tahan_sebelumnya=kredit,
        pidana_tahun=pidana[0], pidana_bulan=pidana[1], pidana_hari=pidana[2],
        subsider_bulan=subsider[0], subsider_hari=subsider[1], denda_lunas=subsider[2],
        remisi_hari=sum(r.total_hari for r in remisi),
    )  # fmt: skip
    m = masa(orang)
    assert (m.sepertiga, m.setengah, m.dua_pertiga) == (dihitung.sepertiga, dihitung.setengah, dihitung.dua_pertiga)
    assert (m.ekspirasi_awal, m.ekspirasi) == (dihitung.ekspirasi_awal, dihitung.ekspirasi_akhir)
    ada = jalan(orang, remisi[-1].total_hari if remisi else 0, kini=putusan)
    assert ada["PB"] == (dihitung.pb.mulai, dihitung.pb.akhir_bimbingan)
    assert ada["CB"] == (dihitung.cb.mulai, dihitung.cb.akhir)
    assert ada["CMB"] == (dihitung.cmb.mulai, dihitung.cmb.akhir)


def test_parts_are_of_the_sentence_imposed_and_then_moved_by_remission() -> None:
    """Trap 2: 2/3 of 30 months is 20 months; 30 days of remission move it forward."""
    m = masa(DASAR)
    assert m.dua_pertiga == date(2026, 1, 10) + timedelta(days=8 * 30 - 30)
    assert m.setengah == date(2026, 1, 10) + timedelta(days=3 * 30 - 30)
    assert m.ekspirasi == date(2027, 1, 10) + timedelta(days=6 * 30 - 30)


@pytest.mark.parametrize(
    ("ubah", "kurang"),
    [
        ({"tanggal_tahan": None}, ("tanggal mulai ditahan",)),
        ({"pidana_tahun": None, "pidana_bulan": None}, ("lama pidana",)),
        ({"jenis_pidana": "SEUMUR_HIDUP"}, ("pidana yang berjangka",)),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_guessed(ubah: dict[str, object], kurang: tuple[str, ...]) -> None:
    orang = replace(DASAR, **ubah)
    assert masa(orang).kurang == kurang
    assert set(jalan(orang).values()) == {(None, None)}


def test_cb_is_for_sentences_up_to_eighteen_months() -> None:
    """Permenkumham 3/2018 Pasal 114; the bound itself is within."""
    pas = replace(DASAR, pidana_tahun=1, pidana_bulan=6)
    assert jalan(pas)["CB"][0] is not None
    assert jalan(replace(pas, pidana_hari=1))["CB"] == (None, None)


def test_pb_needs_two_thirds_of_nine_months() -> None:
    """Permenkumham 3/2018 Pasal 82: 2/3 of 13 months and 15 days are exactly nine months."""
    pas = replace(
        DASAR, pidana_tahun=1, pidana_bulan=1, pidana_hari=15, remisi_hari=0, tanggal_putusan=date(2024, 1, 1)
    )
    assert jalan(pas)["PB"][0] is not None
    assert jalan(replace(pas, pidana_hari=14))["PB"] == (None, None)


def test_asimilasi_at_half_or_for_special_crimes_at_two_thirds() -> None:
    """Permenkumham 3/2018 Pasal 44; for special crimes Permenkumham 7/2022 Pasal 44 and 45."""
    m = masa(DASAR)
    assert jalan(DASAR)["ASIMILASI"] == (m.setengah, m.dua_pertiga)
    assert jalan(replace(DASAR, kelompok="korupsi"))["ASIMILASI"] == (m.dua_pertiga, m.ekspirasi)


def test_narcotics_are_special_from_five_years_on_only() -> None:
    """PP 28/2006 Pasal 34; PP 99/2012 Pasal 34A."""
    lima = replace(DASAR, kelompok="narkotika", pidana_tahun=5, pidana_bulan=None)
    pilih = Pemilih(bawaan(), KINI)
    assert pilih(lima, "PB").kode == "PB_NARKOTIKA"  # type: ignore[union-attr]
    assert pilih(replace(lima, pidana_tahun=4, pidana_bulan=11), "PB").kode == "PB"  # type: ignore[union-attr]


def test_cmk_is_for_ordinary_crimes_of_twelve_months_and_more() -> None:
    mulai, sampai = jalan(DASAR)["CMK"]
    assert mulai == masa(DASAR).setengah
    assert sampai == mulai + timedelta(days=2)
    assert "CMK" not in jalan(replace(DASAR, kelompok="terorisme"))
    assert jalan(replace(DASAR, pidana_tahun=0, pidana_bulan=11))["CMK"] == (None, None)


def test_cmb_is_as_long_as_the_last_remission_and_subsider_moves_it() -> None:
    """Permenkumham 3/2018 Pasal 102 and 103."""
    mulai, sampai = jalan(DASAR, 60)["CMB"]
    assert (sampai, mulai) == (masa(DASAR).ekspirasi, masa(DASAR).ekspirasi - timedelta(days=60))
    denda = replace(DASAR, subsider_bulan=2)
    geser = jalan(denda, 60)["CMB"]
    assert geser == (mulai + timedelta(days=60), sampai + timedelta(days=60))
    assert jalan(DASAR, 0)["CMB"] == (None, None)


def test_rules_of_the_day_count_and_days_between_two_changes_are_alike() -> None:
    pilih = Pemilih(bawaan(), date(2020, 6, 1))
    rumah = pilih(DASAR, "ASIMILASI")
    assert rumah is not None
    assert rumah.kode == "ASIMILASI_RUMAH"
    assert Pemilih(bawaan(), KINI)(DASAR, "ASIMILASI").kode == "ASIMILASI"  # type: ignore[union-attr]


def test_everybody_leaves_once_in_each_scenario() -> None:
    pendek = replace(DASAR, pidana_tahun=1, pidana_bulan=6, remisi_hari=0)
    m, pilih = masa(pendek), Pemilih(bawaan(), date(2025, 6, 1))
    semua = semua_jalan(pendek, m, 60, pilih)
    cara = {k: keluar(m, semua, boleh, date(2025, 6, 1)) for k, (_, boleh) in SKENARIO.items()}
    assert cara[EKSPIRASI] == (EKSPIRASI, m.ekspirasi)
    assert cara["PB"] == ("PB", semua["PB"].mulai)
    assert cara["CMB"] == cara["PB"], "PB is earlier than CMB, so CMB is not counted besides"


def test_what_should_be_past_leaves_now() -> None:
    lama = replace(DASAR, tanggal_tahan=date(2015, 1, 1))
    m, pilih = masa(lama), Pemilih(bawaan(), KINI)
    assert keluar(m, semua_jalan(lama, m, 0, pilih), ("PB", "CB"), KINI) == (EKSPIRASI, KINI)


def test_children_have_pb_at_half() -> None:
    """UU 11/2012 Pasal 81 (4)."""
    anak = replace(DASAR, status="ANAK_BINAAN")
    assert jalan(anak)["PB"] == (masa(anak).setengah, masa(anak).ekspirasi)


def test_a_day_of_leap_year_moves_no_part() -> None:
    kabisat = replace(DASAR, tanggal_tahan=date(2024, 2, 29), pidana_tahun=1, pidana_bulan=0, remisi_hari=0)
    assert masa(kabisat).ekspirasi == aturan.tambah(date(2024, 2, 29), 1, 0, 0) == date(2025, 2, 28)
