"""What each scope reads: rollups, units, months. As the web role, with row-level security on."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dasbor import agregasi, selectors
from dasbor.rekap import Liputan
from pelaporan.alur import Aksi
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import JANUARI, Dunia, kirim, lakukan
from upt.cakupan import SISTEM, Cakupan, terpasang

KODE = {"wbp", "lahan", "isi", "kapasitas"}


@pytest.fixture
def dengan_laporan(dunia: Dunia) -> Dunia:
    """Ambon sent and verified F06 (12 persons), Masohi sent it (30), Pekanbaru sent F06 (7)."""
    ambon = dunia.laporan(dunia.ambon)
    kirim(ambon, dunia.kepala_ambon)
    lakukan(ambon, Aksi.VERIFIKASI, dunia.verifikator_maluku)
    kirim(dunia.laporan(dunia.masohi), dunia.kepala_masohi, {"wbp": "30", "klaster_pertanian_wbp": "30"})
    kirim(dunia.laporan(dunia.pekanbaru), dunia.kepala_pekanbaru, {"wbp": "7", "klaster_pertanian_wbp": "7"})
    with terpasang(SISTEM):
        agregasi.proses_kotor()
    return dunia


def cakupan(pengguna: Any) -> Cakupan:
    with terpasang(Cakupan(pengguna_id=pengguna.pk)):
        return Cakupan.dari(type(pengguna).objects.get(pk=pengguna.pk))


def test_the_nation_sees_every_region_and_the_sum(dengan_laporan: Dunia) -> None:
    c = cakupan(dengan_laporan.peninjau)
    with terpasang(c):
        rekap = selectors.rekap_wilayah(c, JANUARI, KODE)
    maluku, riau = dengan_laporan.kanwil["maluku"].pk, dengan_laporan.kanwil["riau"].pk
    assert rekap[maluku].nilai("F06", "wbp", "masuk") == 42
    assert rekap[maluku].nilai("F06", "wbp", "sah") == 12
    assert rekap[None].nilai("F06", "wbp", "masuk") == 49
    assert rekap[riau].nilai("F06", "wbp", "sah") is None
    assert (rekap[None]["F06"].liputan.masuk, rekap[None]["F06"].liputan.sah) == (3, 1)


def test_a_region_reads_its_own_rows_only(dengan_laporan: Dunia) -> None:
    c = cakupan(dengan_laporan.verifikator_maluku)
    with terpasang(c):
        rekap = selectors.rekap_wilayah(c, JANUARI, KODE)
        asing = selectors.rekap_tren(c, dengan_laporan.kanwil["riau"].pk, JANUARI, KODE)
    assert set(rekap) == {dengan_laporan.kanwil["maluku"].pk}
    assert asing[JANUARI].liputan == Liputan()


def test_a_unit_reads_no_rollup_but_its_own_versions(dengan_laporan: Dunia) -> None:
    c = cakupan(dengan_laporan.operator_masohi)
    with terpasang(c):
        assert selectors.rekap_wilayah(c, JANUARI, KODE) == {}
        milik = selectors.unit_tren(c, dengan_laporan.masohi.pk, JANUARI, KODE)[JANUARI]
        asing = selectors.unit_tren(c, dengan_laporan.ambon.pk, JANUARI, KODE)[JANUARI]
    assert milik.rekap.nilai("F06", "wbp", "masuk") == 30
    assert milik.rekap.nilai("F06", "wbp", "sah") is None
    assert asing.laporan == {}


def test_units_of_a_region_make_its_figure(dengan_laporan: Dunia) -> None:
    c = cakupan(dengan_laporan.peninjau)
    with terpasang(c):
        unit = selectors.unit_kanwil(c, dengan_laporan.kanwil["maluku"].pk, JANUARI, KODE)
        rekap = selectors.rekap_wilayah(c, JANUARI, KODE)[dengan_laporan.kanwil["maluku"].pk]
    assert sum(u.rekap.nilai("F06", "wbp", "masuk") or 0 for u in unit) == rekap.nilai("F06", "wbp", "masuk")
    assert sum((u.rekap["F06"].liputan for u in unit), Liputan()) == rekap["F06"].liputan


def test_an_amendment_under_way_leaves_the_verified_figure(dengan_laporan: Dunia) -> None:
    """Reopened and sent again: masuk follows the new version, sah keeps the verified one."""
    ambon = dengan_laporan.laporan(dengan_laporan.ambon)
    lakukan(ambon, Aksi.BUKA, dengan_laporan.kepala_maluku, teks="Salah hitung.")
    kirim(ambon, dengan_laporan.kepala_ambon, {"wbp": "20", "klaster_pertanian_wbp": "20"})
    with terpasang(SISTEM):
        agregasi.proses_kotor()
        unit = selectors.unit_tren(SISTEM, dengan_laporan.ambon.pk, JANUARI, KODE)[JANUARI]
        rekap = selectors.rekap_wilayah(SISTEM, JANUARI, KODE)[dengan_laporan.kanwil["maluku"].pk]
    assert (unit.rekap.nilai("F06", "wbp", "masuk"), unit.rekap.nilai("F06", "wbp", "sah")) == (20, 12)
    assert (rekap.nilai("F06", "wbp", "masuk"), rekap.nilai("F06", "wbp", "sah")) == (50, 12)


def test_the_trend_has_every_month_and_asks_once(dengan_laporan: Dunia) -> None:
    with (
        terpasang(SISTEM),
        CaptureQueriesContext(
            connection,
        ) as kueri,
    ):
        tren = selectors.rekap_tren(SISTEM, None, JANUARI, KODE)
    assert list(tren) == Bulan(2024, 2).rentang(JANUARI)
    assert len([q for q in kueri.captured_queries if "dasbor_ringkasan" in q["sql"]]) == 1


def test_only_the_asked_items_leave_the_database(dengan_laporan: Dunia) -> None:
    with terpasang(SISTEM):
        rekap = selectors.rekap_wilayah(SISTEM, JANUARI, {"wbp"})[None]
    assert set(rekap["F06"].isi) == {"wbp"}


@pytest.mark.parametrize(
    ("siapa", "kode", "tingkat"),
    [
        ("peninjau", "nasional", "nasional"),
        ("peninjau", "riau", "kanwil"),
        ("peninjau", "rutan-kelas-iib-masohi", "upt"),
        ("verifikator_maluku", "maluku", "kanwil"),
        ("verifikator_maluku", "lapas-kelas-iia-ambon", "upt"),
        ("operator_ambon", "lapas-kelas-iia-ambon", "upt"),
    ],
)
def test_regions_in_scope(dunia: Dunia, siapa: str, kode: str, tingkat: str) -> None:
    c = cakupan(getattr(dunia, siapa))
    with terpasang(c):
        assert selectors.wilayah(c, kode).tingkat == tingkat


@pytest.mark.parametrize(
    ("siapa", "kode"),
    [
        ("verifikator_maluku", "nasional"),
        ("verifikator_maluku", "riau"),
        ("verifikator_maluku", "lapas-kelas-iia-pekanbaru"),
        ("operator_ambon", "maluku"),
        ("operator_ambon", "rutan-kelas-iib-masohi"),
        ("asing", "nasional"),
        ("peninjau", "tidak-ada"),
    ],
)
def test_foreign_and_missing_regions_look_the_same(dunia: Dunia, siapa: str, kode: str) -> None:
    c = cakupan(getattr(dunia, siapa))
    with terpasang(c), pytest.raises(TidakDitemukan):
        selectors.wilayah(c, kode)


def test_the_newest_month_with_reports_is_the_own_one(dengan_laporan: Dunia) -> None:
    for siapa, ada in (
        ("peninjau", True),
        ("verifikator_riau", True),
        ("operator_masohi", True),
        ("asing", False),
    ):
        c = cakupan(getattr(dengan_laporan, siapa))
        with terpasang(c):
            assert selectors.bulan_terisi(c) == (JANUARI if ada else None), siapa
