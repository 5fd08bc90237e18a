"""Proposed values and remarks at once: one value is applied, one thread is open, nothing is lost."""

from __future__ import annotations

from typing import Any

from pelaporan.catatan.services import terapkan_usulan, tolak_usulan, tulis_komentar
from pelaporan.models import Komentar, RiwayatIsian, Utas
from pemasyarakatan.inti.galat import Bentrok
from tests.dunia import Dunia, kirim, lakukan
from tests.konkurensi.alat import serentak
from tests.pelaporan.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang

SEL = "lahan_tidur"


def _usulan(d: Dunia) -> Komentar:
    laporan = d.laporan(d.ambon)
    kirim(laporan, d.kepala_ambon)
    with sebagai_orang(d.verifikator_maluku) as umum:
        komentar = tulis_komentar(laporan_id=laporan.pk, kode=SEL, teks="Cek.", usulan="750", **umum)
    lakukan(laporan, "kembalikan", d.verifikator_maluku, alasan="lainnya")
    return komentar


def test_dua_orang_menerapkan_satu_yang_menang(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    komentar = _usulan(d)

    def terapkan(orang: Any) -> Any:
        with sebagai_orang(orang) as umum:
            return terapkan_usulan(komentar_id=komentar.pk, **umum)

    def tolak(orang: Any) -> Any:
        with sebagai_orang(orang) as umum:
            return tolak_usulan(komentar_id=komentar.pk, alasan="Sudah benar.", **umum)

    hasil = serentak([lambda: terapkan(d.operator_ambon), lambda: tolak(d.kepala_ambon)])
    assert sum(isinstance(h, Bentrok) for h in hasil) == 1, hasil
    with terpasang(SISTEM):
        segar = Komentar.objects.get(pk=komentar.pk)
        diterapkan = RiwayatIsian.objects.filter(asal="usulan").count()
        assert diterapkan == (segar.nasib == "diterapkan")


def test_tekan_berkali_kali_bersamaan_satu_simpanan(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    komentar = _usulan(d)

    def terapkan() -> Any:
        with sebagai_orang(d.operator_ambon) as umum:
            return terapkan_usulan(komentar_id=komentar.pk, **umum).nasib

    assert serentak([terapkan] * 5) == ["diterapkan"] * 5
    with terpasang(SISTEM):
        assert RiwayatIsian.objects.filter(asal="usulan").count() == 1


def test_banyak_catatan_bersamaan_satu_utas(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    laporan = d.laporan(d.ambon)

    def tulis(n: int) -> Any:
        with sebagai_orang(d.operator_ambon if n % 2 else d.kepala_ambon) as umum:
            return tulis_komentar(laporan_id=laporan.pk, kode=SEL, teks=f"Catatan {n}.", **umum)

    hasil = serentak([lambda n=n: tulis(n) for n in range(6)])
    assert all(isinstance(h, Komentar) for h in hasil), hasil
    with terpasang(SISTEM):
        assert Utas.objects.filter(laporan=laporan).count() == 1
        assert Komentar.objects.filter(laporan=laporan).count() == 6
