"""Rotation: data under three keys reads all the time, look-ups find across keys, and it says what is left."""

from __future__ import annotations

import io
import os
from typing import Any

import pytest
from django.core.management import call_command

from pelaporan.register.services import BarisSalah
from tests.dunia import Dunia
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NOMOR, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from wbp import indeks, putar, sandi
from wbp.bidang import BidangWarga
from wbp.models import KunciWarga, WargaBinaan
from wbp.sdp.services import GUNA
from wbp.selectors_data import cari
from wbp.services import kenali

KUNCI = {str(n): os.urandom(32) for n in (1, 2, 3)}
INDEKS = tuple(f"kunci-indeks-{n}-" + "x" * 32 for n in (1, 2, 3))


def _pasang(settings: Any, *, data: str, nomor: str) -> None:
    """Keys by their digits, the newest first."""
    settings.KUNCI_DATA_WBP = {n: KUNCI[n] for n in data}
    settings.KUNCI_INDEKS_WBP = tuple(INDEKS[int(n) - 1] for n in nomor)


@pytest.fixture
def tiga(ambon: Register, settings: Any) -> list[int]:
    """Three persons, each written under another pair of keys."""
    ids = []
    for n, kunci in enumerate(("1", "21", "321")):
        _pasang(settings, data=kunci, nomor=kunci)
        ids.append(ambon.catat(nomor=nomor_ke(n), nama=f"Burung Ke{n}").pk)
    return ids


def _sisa_kunci() -> set[str]:
    with terpasang(SISTEM):
        return set(KunciWarga.objects.values_list("kunci", flat=True))


def test_terbaca_dan_ditemukan_di_bawah_tiga_kunci(ambon: Register, tiga: list[int]) -> None:
    assert _sisa_kunci() == {"1", "2", "3"}
    assert [t.nama for t in ambon.buka(*tiga).values()] == ["Burung Ke0", "Burung Ke1", "Burung Ke2"]
    with sebagai_orang(ambon.orang) as (_, cakupan):
        for n, pk in enumerate(tiga):
            assert [d.pk for d in cari(cakupan, ambon.upt, nomor_ke(n))] == [pk]
            assert [d.pk for d in cari(cakupan, ambon.upt, f"ke{n} burung")] == [pk]


def test_putar_dapat_dihentikan_dan_dilanjutkan(ambon: Register, tiga: list[int], settings: Any) -> None:
    langkah = putar._kunci(1)
    assert next(langkah) == 1
    langkah.close()
    assert len(putar.sisa().kunci) == 1
    assert next(putar._indeks(1)) == 1
    assert [t.nama for t in ambon.buka(*tiga).values()] == ["Burung Ke0", "Burung Ke1", "Burung Ke2"]
    hasil = putar.putar(sekali=1)
    assert hasil.habis
    assert not hasil.tanpa_nomor
    assert _sisa_kunci() == {"3"}
    _pasang(settings, data="3", nomor="3")
    assert [t.nama for t in ambon.buka(*tiga).values()] == ["Burung Ke0", "Burung Ke1", "Burung Ke2"]
    with sebagai_orang(ambon.orang) as (_, cakupan):
        assert [d.pk for d in cari(cakupan, ambon.upt, nomor_ke(0))] == [tiga[0]]
        assert [d.pk for d in cari(cakupan, ambon.upt, "burung ke1")] == [tiga[1]]


def test_orang_yang_hanya_dikenal_tetap_di_kunci_lama(ambon: Register, dunia: Dunia, settings: Any) -> None:
    _pasang(settings, data="1", nomor="1")
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan):
        lama = kenali(nomor=NOMOR, upt=dunia.ambon, oleh=oleh, cakupan=cakupan)
    _pasang(settings, data="21", nomor="21")
    keluar = io.StringIO()
    call_command("putar_kunci_wbp", stdout=keluar)
    assert "1 orang hanya dikenal dari indeks lama" in keluar.getvalue()
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan):
        assert kenali(nomor=NOMOR, upt=dunia.ambon, oleh=oleh, cakupan=cakupan) == lama
        assert BidangWarga(upt=dunia.ambon).clean(NOMOR) == lama.pk
    assert ambon.catat().warga_id == lama.pk
    putar.putar()
    with terpasang(SISTEM):
        assert WargaBinaan.objects.get(pk=lama.pk).kunci_indeks == indeks.kunci_kini()
    keluar = io.StringIO()
    call_command("putar_kunci_wbp", "--periksa", stdout=keluar)
    assert "kunci lama boleh dihapus" in keluar.getvalue()


def test_nomor_ganda_di_bawah_dua_kunci_disebut(ambon: Register, settings: Any) -> None:
    _pasang(settings, data="1", nomor="1")
    satu = ambon.catat()
    _pasang(settings, data="1", nomor="2")  # the old key was dropped too early: the same person again
    ambon.catat()
    _pasang(settings, data="1", nomor="21")
    hasil = putar.putar()
    assert (hasil.indeks, hasil.habis) == (1, False)
    assert ambon.buka(satu.pk)[satu.pk].nomor == NOMOR
    with pytest.raises(BarisSalah):
        ambon.catat()


def test_impor_dan_putar_menyebut_guna_yang_sama() -> None:
    assert GUNA == sandi.IMPOR
