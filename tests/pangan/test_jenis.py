"""Kinds of rows: what they declare, and what follows from other rows without being asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pangan import jenis as j
from pangan.models import Panen
from pelaporan.register.jenis import semua_jenis
from pelaporan.register.services import baca_nilai
from tests.dunia import Dunia
from tests.pangan.bantu import Kebun, ditolak
from upt.cakupan import SISTEM, terpasang

pytestmark = pytest.mark.django_db


def test_every_kind_is_declared_with_columns_of_its_model() -> None:
    semua = semua_jenis("pangan")
    assert set(semua) == {
        "petak", "pemanfaatan", "siklus", "panen", "pemakaian", "mutasi", "tenaga", "penempatan", "setoran",
        "sertifikat", "mitra",
    }  # fmt: skip
    for jenis in semua.values():
        bidang = {b.attname for b in jenis.model._meta.concrete_fields}
        nama = [k.nama for k in jenis.kolom]
        assert set(nama) <= bidang, jenis.kode
        assert set(jenis.kunci_alami) <= set(nama), jenis.kode
        assert set(jenis.kolom_daftar) <= set(nama), jenis.kode
        assert jenis.penjelasan


def test_headings_of_files_name_one_column_each() -> None:
    for jenis in semua_jenis("pangan").values():
        judul = [t.casefold() for k in jenis.kolom for t in {k.label.casefold(), k.nama, *k.sinonim}]
        assert sorted(set(judul)) == sorted(judul), jenis.kode


def test_plot_codes_are_proposed_in_order(kebun: Kebun) -> None:
    assert [kebun.petak(100 + n).kode for n in range(3)] == ["P01", "P02", "P03"]
    assert kebun.petak(300, kode="K1").kode == "K1"
    assert "sudah dipakai" in ditolak(lambda: kebun.petak(301, kode="p01"))["kode"]


def test_commodities_are_read_by_their_other_names(dunia: Dunia) -> None:
    with terpasang(SISTEM):
        bidang = next(k for k in j.SIKLUS.kolom if k.nama == "komoditas").bidang(dunia.ambon)
    assert bidang.clean("Kubis") == "kol"
    assert bidang.clean("cabai_rawit") == bidang.clean("CABE RAWIT") == "cabai_rawit"
    with pytest.raises(Exception, match="Cabai rawit atau Cabai merah"):
        bidang.clean("lombok")
    with pytest.raises(Exception, match="tidak dikenal"):
        bidang.clean("besi tua")
    judul = [label for label, isi in bidang.choices[1:]]  # type: ignore[index]
    assert judul == ["Pertanian", "Hortikultura", "Perkebunan", "Perikanan", "Peternakan"]


def test_a_cycle_takes_its_cluster_from_the_plot_and_its_harvest_day_from_the_commodity(kebun: Kebun) -> None:
    petak = kebun.petak()
    assert "Catat dahulu pemanfaatannya" in ditolak(lambda: kebun.tanam(petak))["petak_id"]
    kebun.pakai(petak, "pertanian", sampai="30 November 2025")
    kebun.pakai(petak, "hortikultura", "1 Desember 2025")
    siklus = kebun.tanam(petak)
    assert (siklus.klaster, siklus.perkiraan_panen) == ("hortikultura", date(2025, 12, 26))
    # a moved planting day moves the reckoned day, but not one that somebody wrote
    assert kebun.ubah(j.SIKLUS, siklus, tanam="2 Desember 2025").perkiraan_panen == date(2025, 12, 27)
    kebun.ubah(j.SIKLUS, siklus, perkiraan_panen="5 Januari 2026")
    assert kebun.ubah(j.SIKLUS, siklus, tanam="3 Desember 2025").perkiraan_panen == date(2026, 1, 5)


def test_a_harvest_takes_the_rest_from_its_cycle_and_is_estimated_when_not_weighed(kebun: Kebun) -> None:
    petak = kebun.petak(50, wujud="kandang")
    kebun.pakai(petak, "peternakan")
    ayam = kebun.tanam(petak, "ayam_petelur", "1 Juni 2025", ekor="100")
    telur = kebun.panen(ayam, "1000")
    assert (telur.petak_id, telur.klaster, telur.komoditas, telur.satuan) == (
        petak.pk, "peternakan", "ayam_petelur", "butir",
    )  # fmt: skip
    assert not telur.ditimbang
    per_butir = telur.berat_kg / 1000
    assert Decimal("0.04") < per_butir < Decimal("0.08")
    # the estimate follows a corrected count; a weighed one does not
    assert kebun.ubah(j.PANEN, telur, jumlah="500").berat_kg == per_butir * 500
    ditimbang = kebun.ubah(j.PANEN, telur, berat_kg="31")
    assert (ditimbang.ditimbang, ditimbang.berat_kg) == (True, 31)
    tetap = kebun.ubah(j.PANEN, telur, jumlah="510")
    assert (tetap.ditimbang, tetap.berat_kg) == (True, 31)


def test_use_takes_unit_cluster_and_weight_from_the_harvests(kebun: Kebun) -> None:
    petak = kebun.petak(50, wujud="kandang")
    kebun.pakai(petak, "peternakan")
    ayam = kebun.tanam(petak, "ayam_petelur", "1 Juni 2025", ekor="100")
    kebun.panen(ayam, "1000", berat_kg="62")
    keluar = kebun.keluar("ayam_petelur", "100")
    assert (keluar.klaster, keluar.satuan, keluar.berat_kg) == ("peternakan", "butir", Decimal("6.2"))
    assert kebun.ubah(j.PEMAKAIAN, keluar, jumlah="200").berat_kg == Decimal("12.4")


def test_texts_of_a_phone_or_file_are_read_like_a_page(kebun: Kebun) -> None:
    siklus = kebun.kebun_kangkung()[1]
    with terpasang(SISTEM):
        isi = {"siklus_id": "P01 Kangkung", "tanggal": "10-1-2026", "jumlah": "12,5", "satuan": "KG"}
        nilai = baca_nilai(j.PANEN, isi, kebun.upt)
    assert nilai["siklus_id"] == siklus.pk
    assert (nilai["jumlah"], nilai["satuan"], nilai["tanggal"]) == (Decimal("12.5"), "kg", date(2026, 1, 10))
    assert Panen.objects.count() == 0
