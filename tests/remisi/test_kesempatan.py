"""Occasions come from the rules, once, and follow them until something was decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from pemasyarakatan.inti.galat import Bentrok
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.models import Jejak
from remisi import kesempatan
from remisi.ketentuan import Himpunan, bawaan
from remisi.models import Kesempatan, Usulan
from remisi.tasks import buka_kesempatan
from tests.remisi.bantu_kasus import layak
from upt.cakupan import SISTEM, terpasang

TAHUN_2027 = (date(2027, 1, 1), date(2027, 12, 31))


def _pindah(slug_kode: str, ke: date, aturan: Himpunan | None = None) -> Himpunan:
    """The shipped rules with a holy day on another date, as an administrator would write it."""
    semua = aturan or bawaan()
    lama = next(b for b in semua.baris if b.kode == slug_kode)
    baru = replace(
        lama,
        nilai={**lama.nilai, "tanggal": ke.isoformat()},
        berlaku_dari=lama.berlaku_dari + timedelta(days=1),
        terverifikasi=True,
    )
    return semua.dengan(baru)


def test_setahun_dari_aturan() -> None:
    semua = {r.slug: r for r in kesempatan.rencana(bawaan(), *TAHUN_2027)}
    assert sorted(semua) == [
        *("han-2027", "rk-idul-fitri-2027", "rk-imlek-2027", "rk-natal-2027", "rk-nyepi-2027", "rk-waisak-2027"),
        *("rkm-lansia-2027", "rkm-sakit-2027", "ru-2027"),
    ]
    assert semua["ru-2027"].tanggal == date(2027, 8, 17)
    assert semua["ru-2027"].jenis == "RU"
    assert semua["rk-natal-2027"].agama == ("KRISTEN", "KATOLIK")
    assert semua["han-2027"].tanggal == date(2027, 7, 23)
    assert semua["rkm-lansia-2027"].tanggal == date(2027, 5, 29)
    assert semua["rkm-sakit-2027"].tanggal == date(2027, 4, 7)
    assert not semua["rk-idul-fitri-2027"].terverifikasi
    assert semua["rk-natal-2027"].terverifikasi


def test_batas_usul_dari_aturan() -> None:
    ru = next(r for r in kesempatan.rencana(bawaan(), *TAHUN_2027) if r.slug == "ru-2027")
    assert ru.batas_usul == date(2027, 8, 3)
    tanpa = Himpunan(b for b in bawaan().baris if b.kode != kesempatan.TENGGAT_USUL)
    assert kesempatan.rencana(tanpa, *TAHUN_2027)[-1].batas_usul == date(2027, 12, 25)


def test_dasawarsa_ikut_ru_tidak_sendiri() -> None:
    semua = kesempatan.rencana(bawaan(), date(2035, 1, 1), date(2035, 12, 31))
    assert [r.slug for r in semua if r.tanggal == date(2035, 8, 17)] == ["ru-2035"]


def test_boleh_diulang(dunia: Any, capsys: pytest.CaptureFixture[str]) -> None:
    pertama = kesempatan.segarkan(dari=TAHUN_2027[0], sampai=TAHUN_2027[1])
    assert (pertama.baru, pertama.sama) == (9, 0)
    kedua = kesempatan.segarkan(dari=TAHUN_2027[0], sampai=TAHUN_2027[1])
    assert (kedua.baru, kedua.berubah, kedua.sama) == (0, 0, 9)
    call_command("buka_kesempatan", dari="2027-01-01", sampai="2027-12-31")
    assert "0 baru, 0 berubah, 9 sama" in capsys.readouterr().out
    assert Kesempatan.objects.filter(slug__endswith="2027").count() == 9


def test_tugas_malam_sekali(dunia: Any) -> None:
    buka_kesempatan()
    ada = Kesempatan.objects.count()
    assert ada >= 9
    Kesempatan.objects.filter(slug__startswith="ru-").update(nama="lain")
    buka_kesempatan()  # the slot of this day is taken
    assert Kesempatan.objects.filter(nama="lain").exists()


def test_ikut_tanggal_baru_sebelum_diputus(dunia: Any) -> None:
    kesempatan.segarkan(dari=TAHUN_2027[0], sampai=TAHUN_2027[1])
    pindah: list[tuple[str, date]] = []

    def catat(satu: Kesempatan, lama: date) -> None:
        pindah.append((satu.slug, lama))

    kesempatan.saat_pindah.append(catat)
    try:
        hasil = kesempatan.ikuti(_pindah("IDUL_FITRI-2027", date(2027, 3, 11)), oleh=dunia.admin)
    finally:
        kesempatan.saat_pindah.remove(catat)
    assert hasil.berubah == 1
    satu = Kesempatan.objects.get(slug="rk-idul-fitri-2027")
    assert (satu.tanggal, satu.batas_usul, satu.terverifikasi) == (date(2027, 3, 11), date(2027, 2, 25), True)
    assert pindah == [("rk-idul-fitri-2027", date(2027, 3, 10))]
    with terpasang(SISTEM):
        jejak = Jejak.objects.get(tindakan="ubah_kesempatan")
    assert jejak.rincian["tanggal_lama"] == "2027-03-10"


def kasus(dunia: Any, satu: Kesempatan, status: str) -> Usulan:
    """A case of Lapas Ambon in a state, without its way there."""
    data = layak(dunia.ambon, dunia.operator_ambon)[0]
    kini = sekarang()
    with terpasang(SISTEM):
        return Usulan.objects.create(
            upt=dunia.ambon,
            kanwil=dunia.ambon.kanwil,
            rumpun=Usulan.Rumpun.REMISI,
            kesempatan=satu,
            jenis="RK",
            data_id=data,
            status=status,
            tanggal=satu.tanggal,
            jenis_kelamin="L",
            status_orang="NARAPIDANA",
            kelompok="umum",
            dibuat_oleh=dunia.operator_ambon,
            dibuat_pada=kini,
            diubah_pada=kini,
        )


def test_tetap_sesudah_diputus(dunia: Any) -> None:
    kesempatan.segarkan(dari=TAHUN_2027[0], sampai=TAHUN_2027[1])
    satu = Kesempatan.objects.get(slug="rk-idul-fitri-2027")
    kasus(dunia, satu, "SK_TERBIT")
    with pytest.raises(Bentrok, match="1 keputusan sudah terbit"):
        kesempatan.ikuti(_pindah("IDUL_FITRI-2027", date(2027, 3, 11)), oleh=dunia.admin)
    satu.refresh_from_db()
    assert satu.tanggal == date(2027, 3, 10)


def test_malam_hari_tidak_memindah_yang_diputus(dunia: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kesempatan.segarkan(dari=TAHUN_2027[0], sampai=TAHUN_2027[1])
    kasus(dunia, Kesempatan.objects.get(slug="rk-nyepi-2027"), "DILAKSANAKAN")
    monkeypatch.setattr(kesempatan, "himpunan", lambda: _pindah("NYEPI-2027", date(2027, 3, 9)))
    hasil = kesempatan.segarkan(dari=TAHUN_2027[0], sampai=TAHUN_2027[1])
    assert (hasil.tertahan, hasil.berubah) == (1, 0)
    assert Kesempatan.objects.get(slug="rk-nyepi-2027").tanggal == date(2027, 3, 8)


def test_kasus_yang_menunggu_ikut_pindah(dunia: Any) -> None:
    """The cases that wait follow their occasion (`remisi.usulan.pindah`), in the same transaction."""
    kesempatan.segarkan(dari=TAHUN_2027[0], sampai=TAHUN_2027[1])
    usulan = kasus(dunia, Kesempatan.objects.get(slug="rk-idul-fitri-2027"), "DIAJUKAN")
    kesempatan.ikuti(_pindah("IDUL_FITRI-2027", date(2027, 3, 11)), oleh=dunia.admin)
    with terpasang(SISTEM):
        usulan.refresh_from_db()
    assert usulan.tanggal == date(2027, 3, 11)
