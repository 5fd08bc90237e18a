"""Offices register exhibitions on a page: similar ones first, corrected by who may, followed and merged."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.dunia import Dunia
from umkm.models import Pameran
from upt.cakupan import SISTEM, terpasang

BARU = "/umkm/pameran/baru/"
ISI = {
    "nama": "IPPAFest 2026",
    "tempat": "Lapangan Banteng, Jakarta",
    "penyelenggara": "Ditjenpas",
    "mulai": "7 Agustus 2026",
    "selesai": "9/8/2026",
}


def semua() -> list[Pameran]:
    with terpasang(SISTEM):
        return list(Pameran.objects.order_by("pk"))


@pytest.fixture
def kanwil(dunia: Dunia, masuk: Any) -> Client:
    satu: Client = masuk(dunia.verifikator_maluku)
    return satu


def test_didaftarkan_lalu_dibuka(kanwil: Client) -> None:
    assert reverse("umkm:pameran_baru") in kanwil.get("/umkm/pameran/").content.decode()
    jawaban = kanwil.post(BARU, ISI)
    (satu,) = semua()
    assert jawaban.headers["Location"] == f"/umkm/pameran/{satu.pk}/"
    assert (str(satu.mulai), str(satu.selesai)) == ("2026-08-07", "2026-08-09")
    assert kanwil.post(BARU, ISI).status_code == 302  # sent twice it is one
    assert len(semua()) == 1
    assert "terdaftar" in kanwil.get(jawaban.headers["Location"]).content.decode()


def test_sehari_tanpa_hari_terakhir(kanwil: Client) -> None:
    assert kanwil.post(BARU, {**ISI, "selesai": ""}).status_code == 302
    assert semua()[0].selesai == semua()[0].mulai


def test_yang_mirip_ditawarkan_dahulu(kanwil: Client, dunia: Dunia, masuk: Any) -> None:
    kanwil.post(BARU, ISI)
    lain = {**ISI, "nama": "Pameran IPPAFest", "mulai": "8/8/2026"}
    pusat = masuk(dunia.peninjau)
    mirip = pusat.post(BARU, lain)
    assert mirip.status_code == 409
    isi = mirip.content.decode()
    assert f'href="/umkm/pameran/{semua()[0].pk}/"' in isi
    assert 'name="lain_pameran"' in isi
    assert 'value="Pameran IPPAFest"' in isi  # what was typed stays
    assert pusat.post(BARU, {**lain, "lain_pameran": "on"}).status_code == 302
    asal, tetap = semua()[1], semua()[0]
    rinci = pusat.get(f"/umkm/pameran/{asal.pk}/").content.decode()
    assert reverse("umkm:pameran_gabung", args=[asal.pk]) in rinci
    assert pusat.post(reverse("umkm:pameran_gabung", args=[asal.pk]), {"ke": tetap.pk}).status_code == 302
    assert semua()[1].induk_id == tetap.pk


def test_yang_berjauhan_dicari_untuk_digabung(kanwil: Client) -> None:
    kanwil.post(BARU, ISI)
    kanwil.post(BARU, {**ISI, "nama": "Festival Pemasyarakatan", "mulai": "1/2/2026", "selesai": ""})
    asal, tetap = semua()
    rinci = f"/umkm/pameran/{asal.pk}/"
    assert 'name="ke"' not in kanwil.get(rinci).content.decode()
    assert f'name="ke" value="{tetap.pk}"' in kanwil.get(rinci, {"cari": "festival"}).content.decode()
    assert "Tidak ada pameran lain" in kanwil.get(rinci, {"cari": "ippafest"}).content.decode()


def test_yang_salah_dikembalikan_dengan_isiannya(kanwil: Client) -> None:
    jawaban = kanwil.post(BARU, {**ISI, "tempat": "", "selesai": "1/8/2026"})
    assert jawaban.status_code == 400
    assert 'value="IPPAFest 2026"' in jawaban.content.decode()
    assert semua() == []
    assert kanwil.post(BARU, {**ISI, "selesai": "1/8/2026"}).status_code == 400


def test_diperbaiki_oleh_yang_berhak_dengan_revisinya(kanwil: Client, dunia: Dunia, masuk: Any) -> None:
    masuk(dunia.operator_ambon).post(BARU, ISI)
    (satu,) = semua()
    ubah = reverse("umkm:pameran_ubah", args=[satu.pk])
    assert 'value="7 Agustus 2026"' in kanwil.get(ubah).content.decode()
    benar = {**ISI, "tempat": "Jakarta", "revisi": "1"}
    assert masuk(dunia.operator_pekanbaru).post(ubah, benar).status_code == 403
    assert ubah not in masuk(dunia.operator_pekanbaru).get(f"/umkm/pameran/{satu.pk}/").content.decode()
    assert ubah in masuk(dunia.operator_ambon).get(f"/umkm/pameran/{satu.pk}/").content.decode()
    assert kanwil.post(ubah, benar).status_code == 302
    assert semua()[0].tempat == "Jakarta"
    basi = kanwil.post(ubah, {**benar, "tempat": "Depok"})
    assert basi.status_code == 409
    assert semua()[0].tempat == "Jakarta"


def test_pembaca_saja_tidak_mendaftarkan(dunia: Dunia, masuk: Any) -> None:
    pimpinan = masuk(dunia.pimpinan)
    assert pimpinan.post(BARU, ISI).status_code == 403
    assert BARU not in pimpinan.get("/umkm/pameran/").content.decode()
