"""Exhibitions: registered once, corrected by who may, merged and parted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pelaporan.register.services import BarisSalah
from pemasyarakatan.inti.galat import Bentrok, Ditolak
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.umkm.bantu import sebagai_orang
from umkm.models import Pameran
from umkm.services import IsiPameran, MiripAda, buat_pameran, gabung_pameran, pisah_pameran, ubah_pameran
from upt.cakupan import SISTEM, terpasang

ISI = IsiPameran("IPPAFest 2026", "Lapangan Banteng, Jakarta", date(2026, 8, 7), date(2026, 8, 9), "Ditjenpas")


def buat(dunia: Dunia, isi: IsiPameran = ISI, orang: str = "operator_ambon", *, bukan_mirip: bool = False) -> Pameran:
    with sebagai_orang(getattr(dunia, orang)) as (oleh, _):
        return buat_pameran(isi, oleh=oleh, bukan_mirip=bukan_mirip)


def test_dua_kali_sama_satu_pameran(dunia: Dunia) -> None:
    satu = buat(dunia)
    assert buat(dunia, replace(ISI, nama=" ippafest  2026 "), "operator_pekanbaru").pk == satu.pk
    with terpasang(SISTEM):
        assert Jejak.objects.filter(tindakan="pameran_dibuat").count() == 1


def test_yang_mirip_ditawarkan_dahulu(dunia: Dunia) -> None:
    satu = buat(dunia)
    mirip = replace(ISI, nama="Pameran IPPAFest", tempat="Jakarta", mulai=date(2026, 8, 8))
    with pytest.raises(MiripAda) as galat:
        buat(dunia, mirip)
    assert [p.pk for p in galat.value.mirip] == [satu.pk]
    assert buat(dunia, mirip, bukan_mirip=True).pk != satu.pk


@pytest.mark.parametrize(
    "lain",
    [
        replace(ISI, mulai=date(2026, 11, 1), selesai=date(2026, 11, 3)),
        replace(ISI, nama="Bazar UMKM 2026", tempat="Ambon"),
    ],
)
def test_lain_waktu_atau_hanya_kata_umum_tidak_mirip(dunia: Dunia, lain: IsiPameran) -> None:
    buat(dunia)
    assert buat(dunia, lain).pk


@pytest.mark.parametrize(
    ("isi", "bidang"),
    [
        (replace(ISI, nama="  "), "nama"),
        (replace(ISI, tempat="x" * 101), "tempat"),
        (replace(ISI, selesai=date(2026, 8, 1)), "selesai"),
        (replace(ISI, selesai=date(2026, 12, 31)), "selesai"),
        (replace(ISI, mulai=date(2098, 8, 7), selesai=date(2098, 8, 9)), "mulai"),
    ],
)
def test_isian_yang_salah(dunia: Dunia, isi: IsiPameran, bidang: str) -> None:
    with pytest.raises(BarisSalah) as galat:
        buat(dunia, isi)
    assert set(galat.value.bidang) == {bidang}


def test_hak_dan_revisi(dunia: Dunia) -> None:
    for orang in ("pimpinan", "auditor", "admin", "asing"):
        with pytest.raises(Ditolak):
            buat(dunia, orang=orang)
    satu = buat(dunia)
    benar = replace(ISI, tempat="Lapangan Banteng, Jakarta Pusat")
    with sebagai_orang(dunia.operator_pekanbaru) as (oleh, _), pytest.raises(Ditolak):
        ubah_pameran(satu.pk, benar, revisi=1, oleh=oleh)
    for orang, revisi in (("operator_ambon", 1), ("verifikator_riau", 2)):
        with sebagai_orang(getattr(dunia, orang)) as (oleh, _):
            benar = replace(benar, penyelenggara=orang)
            assert ubah_pameran(satu.pk, benar, revisi=revisi, oleh=oleh).revisi == revisi + 1
    with sebagai_orang(dunia.peninjau) as (oleh, _), pytest.raises(Bentrok):
        ubah_pameran(satu.pk, ISI, revisi=1, oleh=oleh)


def test_gabung_selalu_setingkat_dan_dapat_dikembalikan(dunia: Dunia) -> None:
    a = buat(dunia)
    b, c = (buat(dunia, replace(ISI, nama=f"IPPAFest {n}"), bukan_mirip=True) for n in ("B", "C"))
    with sebagai_orang(dunia.operator_ambon) as (oleh, _), pytest.raises(Ditolak):
        gabung_pameran(b.pk, ke=a.pk, oleh=oleh)
    with sebagai_orang(dunia.peninjau) as (oleh, _):
        gabung_pameran(c.pk, ke=b.pk, oleh=oleh)
        gabung_pameran(b.pk, ke=a.pk, oleh=oleh)
        assert set(Pameran.objects.filter(induk=a).values_list("pk", flat=True)) == {b.pk, c.pk}
        for asal, ke in ((a.pk, a.pk), (a.pk, b.pk)):
            with pytest.raises(BarisSalah):
                gabung_pameran(asal, ke=ke, oleh=oleh)
        assert pisah_pameran(c.pk, oleh=oleh).induk_id is None
