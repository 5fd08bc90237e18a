"""Rotation: data under three keys reads all the time, look-ups find across keys, and it says what is left."""

from __future__ import annotations

import io
import os
from typing import Any

import pytest
from django.core.management import call_command

from pelaporan.register.services import BarisSalah
from pemasyarakatan.inti.waktu import hari_ini
from tests.dunia import Dunia
from tests.konkurensi.alat import serentak
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NOMOR, Register, nomor_ke
from tests.wbp.test_sdp import csv
from upt.cakupan import SISTEM, terpasang
from wbp import indeks, putar, sandi
from wbp.bidang import BidangWarga
from wbp.models import ImporSDP, KunciWarga, WargaBinaan
from wbp.sdp import services as sdp
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


def test_unit_yang_dulu_ikut_diputar(ambon: Register, masohi: Register, settings: Any) -> None:
    """Registers of the unit that handed a person over still find them; the old key can go. Run twice, nothing more."""
    _pasang(settings, data="1", nomor="1")
    data = ambon.catat()
    ambon.pindah(data.pk, masohi)
    _pasang(settings, data="21", nomor="21")
    langkah = putar._indeks_lama(1)
    assert next(langkah) == 1, "stopped in the middle"
    langkah.close()
    hasil = putar.putar()
    assert (hasil.habis, hasil.tanpa_nomor) == (True, 0)
    dipanggil: list[int] = []
    putar.putar(lambda _, banyak: dipanggil.append(banyak))
    assert sum(dipanggil) == 0
    _pasang(settings, data="2", nomor="2")
    with sebagai_orang(ambon.orang) as (oleh, cakupan):
        assert kenali(nomor=NOMOR, upt=ambon.upt, oleh=oleh, cakupan=cakupan).pk == data.warga_id
    assert masohi.buka(data.pk)[data.pk].nomor == NOMOR


def test_nomor_yang_berganti_di_unit_baru_tidak_dipalsukan(ambon: Register, masohi: Register, settings: Any) -> None:
    """The old unit's number is known to nobody any more: its index stays, and the command says so."""
    _pasang(settings, data="1", nomor="1")
    data = ambon.catat()
    ambon.pindah(data.pk, masohi)
    masohi.ubah(data.pk, revisi=2, nomor="B.II 9/2026")
    _pasang(settings, data="21", nomor="21")
    assert putar.putar().tanpa_nomor == 1
    with sebagai_orang(ambon.orang) as (oleh, cakupan):
        assert kenali(nomor=NOMOR, upt=ambon.upt, oleh=oleh, cakupan=cakupan).pk == data.warga_id


def test_putar_melewati_impor_yang_sedang_disimpan(dunia_nyata: Dunia, settings: Any) -> None:
    """It does not wait for who saves one; the next run takes it."""
    _pasang(settings, data="1", nomor="1")
    with sebagai_orang(dunia_nyata.operator_ambon) as (oleh, cakupan):
        satu = sdp.terima(
            upt=dunia_nyata.ambon, isi=csv(("B.I 1/2024", "Warga Lain", "narapidana", "3 Tahun", "", "")),
            tanggal_data=hari_ini(), oleh=oleh, cakupan=cakupan,
        )  # fmt: skip
    _pasang(settings, data="21", nomor="1")
    with terpasang(SISTEM):
        ImporSDP.objects.select_for_update().get(pk=satu.pk)
        (sibuk,) = serentak([putar.putar])
    assert sibuk.impor == 1
    assert putar.putar().impor == 0
    with sebagai_orang(dunia_nyata.operator_ambon):
        assert sdp.buka_isi(ImporSDP.objects.get(pk=satu.pk)).tabel.banyak == 1
