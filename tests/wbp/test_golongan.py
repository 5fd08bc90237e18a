"""The letter of the register: offered, written in one spelling, and asked about when nobody knows it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.dunia import Dunia
from tests.remisi.test_litmas_bapas import bapas_baru
from tests.wbp.bantu import Register
from tests.wbp.test_halaman import ISI
from tests.wbp.test_sdp import Unit, csv
from upt.cakupan import SISTEM, terpasang
from upt.tampilan import tampilan
from wbp import golongan
from wbp.kolom import KOLOM
from wbp.models import DataWarga


@pytest.mark.parametrize(
    ("tertulis", "jadi"),
    [("b iia", "B.IIa"), ("BI", "B.I"), ("a.iii.", "A.III"), ("B.III", "B.III"), ("", ""), ("ngawur", "ngawur"),
     ("B.IV", "B.IV")],
)  # fmt: skip
def test_one_spelling(tertulis: str, jadi: str) -> None:
    assert golongan.baku(tertulis) == jadi
    assert golongan.dikenal(tertulis) == (jadi in golongan.GOLONGAN)


def test_the_form_offers_them_and_asks_about_others(masuk: Any, dunia: Dunia) -> None:
    klien: Client = masuk(dunia.operator_ambon)
    alamat = reverse("wbp:baru", args=[dunia.ambon.kode])
    isi = klien.get(alamat).content.decode()
    daftar = re.search(r'list="([^"]+)"', isi)
    assert daftar
    assert f'<datalist id="{daftar[1]}">' in isi
    assert re.findall(r'<option value="([^"]+)"></option>', isi) == list(golongan.GOLONGAN)
    ditanya = klien.post(alamat, {**ISI, "golongan": "ngawur"})
    assert "Golongan registrasi ini tidak dikenal" in ditanya.content.decode()
    with terpasang(SISTEM):
        assert not DataWarga.objects.exists()
    assert klien.post(alamat, {**ISI, "golongan": "ngawur", "setuju": "golongan_asing"}).status_code == 302
    assert klien.post(alamat, {**ISI, "nomor": "B.I 9/2025", "golongan": "b i"}).status_code == 302
    with terpasang(SISTEM):
        assert set(DataWarga.objects.values_list("golongan", flat=True)) == {"ngawur", "B.I"}


def test_the_import_reads_and_asks_alike(dunia: Dunia) -> None:
    unit = Unit(dunia, dunia.operator_ambon)
    kepala = ("no_reg", "nama", "gol_reg", "lama_pidana")
    with terpasang(unit.cakupan):
        rencana = unit.rencana(csv(("B.I 1/2026", "Warga", "b.i", "3 Tahun"), ("B.I 2/2026", "Warga", "BX", "3 Tahun"),
                                   kepala=kepala))  # fmt: skip
    satu, dua = rencana.baris
    assert ["Golongan registrasi", "", "B.I"] in satu.beda
    assert golongan.TANYA not in satu.catatan
    assert golongan.TANYA in dua.catatan
    assert "BX" not in golongan.TANYA


def test_an_old_letter_does_not_stop_other_mending(dunia: Dunia) -> None:
    """Kept before anybody asked; noted once more only when the row itself is changed."""
    register = Register(dunia.ambon, dunia.operator_ambon)
    data = register.catat(golongan="LAMA", setuju=["golongan_asing"])
    assert register.ubah(data, agama="HINDU", setuju=["golongan_asing"]).agama == "HINDU"


def test_every_day_has_an_example() -> None:
    """Nobody has to guess how a day is typed."""
    tanpa = [k.nama for k in KOLOM if k.ragam == "tanggal" and not re.search(r"\d", k.bantuan)]
    assert not tanpa


def test_reports_of_access_say_it_in_words(masuk: Any, dunia: Dunia) -> None:
    data = Register(dunia.ambon, dunia.operator_ambon).catat()
    masuk(dunia.operator_ambon).post(reverse("wbp:cari", args=[dunia.ambon.kode]), {"teks": "Kenari"})
    Register(dunia.ambon, dunia.operator_ambon).buka(data.pk, alasan="LAIN", keterangan="Diminta jaksa")
    Register(dunia.ambon, dunia.operator_ambon).buka(data.pk, alasan="SIDANG", keterangan="TPP Maret")
    isi = masuk(dunia.kepala_ambon).get(reverse("wbp:akses", args=[dunia.ambon.kode, data.pk])).content.decode()
    for kata in ("Ditemukan dengan kata namanya", "kata dari namanya (dicari)", ">Diminta jaksa<",
                 "Sidang TPP: TPP Maret", "nama dan nomor register"):  # fmt: skip
        assert kata in isi
    assert "kata-nama" not in isi
    assert "Alasan lain" not in isi


def test_a_bapas_is_not_offered_a_register_of_inmates(dunia: Dunia, rf: Any) -> None:
    bapas_baru(dunia, "bapas-ambon", "asing")
    bapas_baru(dunia, "bapas-lain", "operator_ambon")

    def menu(orang: Any) -> list[str]:
        with terpasang(SISTEM):
            permintaan = rf.get("/")
            permintaan.user = type(orang).objects.get(pk=orang.pk)
            permintaan.cakupan = SISTEM
            return [b.label for b in tampilan(permintaan)["tampilan"]["navigasi"]]

    assert "Warga binaan" not in menu(dunia.asing)
    assert "Remisi" in menu(dunia.asing)
    for orang in (dunia.operator_ambon, dunia.auditor):
        assert "Warga binaan" in menu(orang)
    assert "Warga binaan" not in menu(dunia.verifikator_maluku)
