"""A person who is handed over takes undecided cases along; what was decided stays."""

from __future__ import annotations

import pytest

from pemasyarakatan.inti.waktu import hari_ini
from remisi.models import RingkasRemisi, Usulan
from remisi.usulan.alur import Status
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import Meja, kesempatan, layak
from tests.umkm.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang
from wbp.serah import serahkan, terima


@pytest.fixture
def meja(dunia: Dunia) -> Meja:
    return Meja(dunia)


def _pindahkan(meja: Meja, data: int) -> None:
    d = meja.dunia
    with sebagai_orang(d.operator_ambon) as (oleh, cakupan):
        satu = serahkan(data=data, ke=d.pekanbaru.kode, tanggal=hari_ini(), oleh=oleh, cakupan=cakupan)
    with sebagai_orang(d.operator_pekanbaru) as (oleh, cakupan):
        terima(serah_id=satu.pk, oleh=oleh, cakupan=cakupan)


def test_usulan_yang_belum_diputus_ikut_pindah(meja: Meja) -> None:
    d = meja.dunia
    (data,) = layak(meja.upt, d.operator_ambon)
    kasus = meja.sampai(Status.DIAJUKAN, [data], kesempatan())
    _pindahkan(meja, data)
    (u,) = meja.baca(kasus)
    assert (u.upt_id, u.kanwil_id, u.status) == (d.pekanbaru.pk, d.pekanbaru.kanwil_id, "DIAJUKAN")
    akhir = meja.langkah(kasus[0])[-1]
    assert (akhir.dari, akhir.ke, akhir.upt_id, akhir.oleh_id) == (
        "DIAJUKAN", "DIAJUKAN", d.pekanbaru.pk, d.operator_pekanbaru.pk,
    )  # fmt: skip
    assert d.ambon.nama in akhir.alasan
    with sebagai_orang(d.verifikator_maluku):
        assert not Usulan.objects.exists()
    meja.verifikasi(kasus, d.verifikator_riau)
    assert meja.status(kasus) == ["VERIF_KANWIL"]


def test_yang_sudah_diputus_tetap_di_unit_lama(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    (data,) = layak(meja.upt, d.operator_ambon)
    kasus = meja.sampai(Status.SK_TERBIT, [data], k)
    _pindahkan(meja, data)
    assert [u.upt_id for u in meja.baca(kasus)] == [d.ambon.pk]
    with terpasang(SISTEM):
        assert [r.upt_id for r in RingkasRemisi.objects.filter(kesempatan=k)] == [d.ambon.pk]


def test_halaman_usulan_tetap_terbuka_tanpa_orangnya(meja: Meja, masuk: object) -> None:
    """The old unit reads its decided case without the person, who is another unit's now."""
    from django.test import Client
    from django.urls import reverse

    d = meja.dunia
    (data,) = layak(meja.upt, d.operator_ambon)
    kasus = meja.sampai(Status.SK_TERBIT, [data], kesempatan())
    _pindahkan(meja, data)
    klien = Client()
    klien.force_login(d.operator_ambon)
    isi = klien.get(reverse("remisi:usulan", kwargs={"uuid": kasus[0]}))
    assert isi.status_code == 200
    assert "sudah pindah unit" in isi.content.decode()
    assert "C.L." not in isi.content.decode()
