"""Acting heads: appointed for a time, within the region, with a trail; and no right outlives its dates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.jejak.models import Jejak
from tests.upt.test_cakupan import cakupan_untuk
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.ketentuan import berlaku
from upt.models import Penugasan
from upt.services import cabut_penugasan, tunjuk_pelaksana

HARI_MAKS = berlaku("masa_pelaksana", hari_ini()).nilai


def tunjuk(dunia: Any, oleh: Any = None, **ubah: Any) -> Penugasan:
    oleh = Pengguna.objects.get(pk=(oleh or dunia.kepala_maluku).pk)
    cakupan = cakupan_untuk(oleh)
    isi = {
        "upt": dunia.ambon,
        "pengguna_id": dunia.operator_masohi.pk,
        "sebagai": "PLT",
        "mulai": hari_ini(),
        "sampai": hari_ini() + timedelta(days=30),
        **ubah,
    }
    with terpasang(cakupan):
        return tunjuk_pelaksana(oleh=oleh, cakupan=cakupan, **isi)


def _segar(orang: Any, hari: int = 0, waktu: Any = None) -> Pengguna:
    """The person as a new request finds it, `hari` days from now."""
    if waktu is not None:
        waktu.move_to(hari_ini() + timedelta(days=hari))
    segar = Pengguna.objects.get(pk=orang.pk)
    with terpasang(Cakupan(pengguna_id=segar.pk)):
        segar.tugas_aktif()
    return segar


def test_plt_mendapat_hak_dan_jejak(dunia: Any) -> None:
    penugasan = tunjuk(dunia)
    assert penugasan.gelar == "Plt. Kepala UPT"
    assert boleh(_segar(dunia.operator_masohi), Izin.KIRIM_LAPORAN, dunia.ambon)
    assert not boleh(_segar(dunia.operator_masohi), Izin.KIRIM_LAPORAN, dunia.masohi)
    with terpasang(SISTEM):
        jejak = Jejak.objects.get(tindakan="tunjuk_pelaksana")
    assert (jejak.upt_id, jejak.rincian["pengguna"]) == (dunia.ambon.pk, dunia.operator_masohi.pk)


@pytest.mark.parametrize(("hari", "berhak"), [(0, True), (30, True), (31, False), (400, False)])
def test_hak_berakhir_bersama_tanggalnya(dunia: Any, time_machine: Any, hari: int, berhak: bool) -> None:
    tunjuk(dunia)
    orang = _segar(dunia.operator_masohi, hari, time_machine)
    assert boleh(orang, Izin.KIRIM_LAPORAN, dunia.ambon) is berhak
    with terpasang(Cakupan(pengguna_id=orang.pk)):
        assert (dunia.ambon.pk in Cakupan.dari(orang).upt) is berhak


def test_belum_mulai_belum_berhak(dunia: Any) -> None:
    tunjuk(dunia, mulai=hari_ini() + timedelta(days=3))
    assert not boleh(_segar(dunia.operator_masohi), Izin.KIRIM_LAPORAN, dunia.ambon)


def test_dicabut_langsung_tidak_berhak(dunia: Any) -> None:
    penugasan = tunjuk(dunia)
    kepala = Pengguna.objects.get(pk=dunia.kepala_maluku.pk)
    cakupan = cakupan_untuk(kepala)
    with terpasang(cakupan):
        cabut_penugasan(penugasan=penugasan, oleh=kepala, cakupan=cakupan)
        with pytest.raises(Bentrok):
            cabut_penugasan(penugasan=penugasan, oleh=kepala, cakupan=cakupan)
    assert not boleh(_segar(dunia.operator_masohi), Izin.KIRIM_LAPORAN, dunia.ambon)
    with terpasang(SISTEM):
        assert Jejak.objects.filter(tindakan="cabut_penugasan").count() == 1


def test_di_luar_wilayah_tidak_ada(dunia: Any) -> None:
    with pytest.raises(TidakDitemukan):
        tunjuk(dunia, upt=dunia.pekanbaru)


@pytest.mark.parametrize("nama", ["operator_pekanbaru", "pimpinan", "asing", "admin"])
def test_hanya_petugas_wilayah_ini(dunia: Any, nama: str) -> None:
    with pytest.raises(TidakSah, match="wilayah"):
        tunjuk(dunia, pengguna_id=getattr(dunia, nama).pk)


@pytest.mark.parametrize("nama", ["verifikator_maluku", "kepala_ambon", "operator_ambon", "pimpinan", "admin"])
def test_peran_lain_tidak_menunjuk(dunia: Any, nama: str) -> None:
    with pytest.raises(Ditolak):
        tunjuk(dunia, oleh=getattr(dunia, nama))


def test_tidak_menunjuk_diri_sendiri(dunia: Any) -> None:
    with pytest.raises(Ditolak, match="diri sendiri"):
        tunjuk(dunia, pengguna_id=dunia.kepala_maluku.pk)


@pytest.mark.parametrize(("mulai", "sampai", "bidang"), [(-1, 5, "mulai"), (5, 4, "sampai"), (0, HARI_MAKS, "sampai")])
def test_masa_yang_salah(dunia: Any, mulai: int, sampai: int, bidang: str) -> None:
    with pytest.raises(TidakSah) as galat:
        tunjuk(dunia, mulai=hari_ini() + timedelta(days=mulai), sampai=hari_ini() + timedelta(days=sampai))
    assert bidang in galat.value.rincian


def test_tepat_tiga_bulan_boleh(dunia: Any) -> None:
    assert tunjuk(dunia, sampai=hari_ini() + timedelta(days=HARI_MAKS - 1)).pk


def test_definitif_tidak_lewat_sini(dunia: Any) -> None:
    with pytest.raises(TidakSah):
        tunjuk(dunia, sebagai="DEFINITIF")


def test_satu_pelaksana_pada_satu_masa(dunia: Any) -> None:
    pertama = tunjuk(dunia)
    assert tunjuk(dunia).pk == pertama.pk, "the same request twice is one appointment"
    with pytest.raises(Bentrok, match="sudah menjadi"):
        tunjuk(dunia, pengguna_id=dunia.kepala_masohi.pk)
    lusa = hari_ini() + timedelta(days=31)
    assert tunjuk(dunia, pengguna_id=dunia.kepala_masohi.pk, mulai=lusa, sampai=lusa).pk != pertama.pk


def test_kepala_kanwil_tidak_mencabut_definitif(dunia: Any) -> None:
    kepala = Pengguna.objects.get(pk=dunia.kepala_maluku.pk)
    cakupan = cakupan_untuk(kepala)
    with terpasang(cakupan):
        definitif = Penugasan.objects.get(pengguna=dunia.kepala_ambon)
        with pytest.raises(Ditolak):
            cabut_penugasan(penugasan=definitif, oleh=kepala, cakupan=cakupan)
    with terpasang(SISTEM):
        asing = Penugasan.objects.get(pengguna=dunia.kepala_pekanbaru)
    with terpasang(cakupan), pytest.raises(TidakDitemukan):
        cabut_penugasan(penugasan=asing, oleh=kepala, cakupan=cakupan)
