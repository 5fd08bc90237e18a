"""The deadline night: uploads yield to saving, and what found no free reader is read by a worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from pelaporan.buku import giliran, services
from pelaporan.models import Unggahan
from pelaporan.services_isian import Perubahan
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.inti.ruang_terbatas import Ruang
from pemasyarakatan.pekerjaan import registri
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import jalankan_pekerjaan
from tests.dunia import Dunia
from tests.pelaporan import test_buku as bantu
from upt.cakupan import SISTEM, terpasang


@pytest.fixture
def penuh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every reader is busy."""
    monkeypatch.setattr(giliran, "_tempat", threading.BoundedSemaphore(1))
    monkeypatch.setattr(giliran, "TUNGGU_DETIK", 0.05)
    with ExitStack() as tumpukan:
        assert tumpukan.enter_context(giliran.giliran())
        yield


@pytest.fixture
def klien(dunia: Dunia, masuk: Any) -> Client:
    return masuk(dunia.operator_ambon)


def titip(dunia: Dunia, klien: Client, nilai: Any = 21) -> Unggahan:
    buku = bantu.ambil(klien, bantu.alamat(dunia, "buku_templat"))
    bantu.isi(buku, "F06.wbp", nilai)
    return bantu.unggahan(bantu.unggah(klien, bantu.alamat(dunia), bantu.tulis(buku)))


def pekerjaan(satu: Unggahan) -> Pekerjaan:
    with terpasang(SISTEM):
        return Pekerjaan.objects.get(parameter={"unggahan": str(satu.pk)})


def muat(satu: Unggahan) -> Unggahan:
    with terpasang(SISTEM):
        return Unggahan.objects.get(pk=satu.pk)


def test_penuh_dititip_lalu_dibaca_pekerja(dunia: Dunia, klien: Client, penuh: None) -> None:
    satu = titip(dunia, klien)
    url = reverse("pelaporan:unggahan", args=[satu.pk])
    assert satu.status == Unggahan.Status.ANTRE
    halaman = klien.get(url).content.decode()
    assert "Berkas menunggu dibaca" in halaman
    assert reverse("pekerjaan:status", args=[pekerjaan(satu).pk]) in halaman
    assert klien.post(url, {"aksi": "simpan"}).status_code == 409, "there is nothing to decide yet"
    jalankan_pekerjaan(pekerjaan(satu).pk)
    assert bantu.rencana(muat(satu))["wbp"]["baru"] == "21"
    assert "Simpan 1 sel yang benar" in klien.get(url).content.decode()
    bantu.putuskan(klien, satu)
    assert bantu.sel(dunia, "wbp")["nilai"] == 21
    jalankan_pekerjaan(pekerjaan(satu).pk)
    assert muat(satu).status == Unggahan.Status.DISIMPAN


def test_yang_dititip_dapat_dibatalkan_dan_tidak_dibaca_lagi(dunia: Dunia, klien: Client, penuh: None) -> None:
    satu = titip(dunia, klien)
    assert klien.post(reverse("pelaporan:unggahan", args=[satu.pk]), {"aksi": "batal"}).status_code == 302
    jalankan_pekerjaan(pekerjaan(satu).pk)
    assert muat(satu).status == Unggahan.Status.DIBATALKAN


def test_berkas_yang_sama_tidak_dititip_dua_kali(dunia: Dunia, klien: Client, penuh: None) -> None:
    data = klien.get(bantu.alamat(dunia, "buku_templat")).content
    dua = [bantu.unggahan(bantu.unggah(klien, bantu.alamat(dunia), data)).pk for _ in range(2)]
    assert dua[0] == dua[1]


def test_yang_dititip_dan_salah_gagal_dengan_alasan(
    dunia: Dunia, klien: Client, masuk: Any, penuh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = masuk(dunia.operator_masohi).get(bantu.alamat(dunia, "buku_templat", dunia.masohi)).content
    satu = bantu.unggahan(bantu.unggah(klien, bantu.alamat(dunia), data))
    jalankan_pekerjaan(pekerjaan(satu).pk)
    assert muat(satu).status == Unggahan.Status.GAGAL
    assert "milik Rutan Kelas IIB Masohi" in klien.get(reverse("pelaporan:unggahan", args=[satu.pk])).content.decode()


def test_anak_yang_mati_di_pekerja_gagal_dengan_alasan(
    dunia: Dunia, klien: Client, penuh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    satu = titip(dunia, klien)
    monkeypatch.setattr(services, "PEMBACA", "tests.serangan.buku.anak_rakus")
    monkeypatch.setattr(services, "DETIK_PEKERJA", 1)
    jalankan_pekerjaan(pekerjaan(satu).pk)
    akhir = muat(satu)
    assert akhir.status == Unggahan.Status.GAGAL
    assert "terlalu berat" in akhir.galat


def test_hak_pekerjaan_sama_dengan_hak_mengunggah() -> None:
    assert registri.cari("baca_buku").izin == Izin.ISI_LAPORAN
    assert registri.cari("baca_buku_kanwil").izin == Izin.ISI_ATAS_NAMA


class _Penghitung(Ruang):
    kunci, hidup, puncak = threading.Lock(), 0, 0

    def __enter__(self) -> Any:
        with self.kunci:
            _Penghitung.hidup += 1
            _Penghitung.puncak = max(self.puncak, self.hidup)
        return super().__enter__()

    def __exit__(self, *a: Any) -> None:
        super().__exit__(*a)
        with self.kunci:
            _Penghitung.hidup -= 1

    def kerjakan(self, isi: bytes) -> bytes:
        time.sleep(1.5)  # a file that takes its time
        return super().kerjakan(isi)


def test_malam_tenggat_anak_dibatasi_dan_sel_tetap_tersimpan(
    dunia_nyata: Dunia, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six uploads at once, two readers: never three children, four are parked at once, and a cell saves meanwhile."""
    monkeypatch.setattr(services, "Ruang", _Penghitung)
    monkeypatch.setattr(giliran, "_tempat", threading.BoundedSemaphore(2))
    monkeypatch.setattr(giliran, "TUNGGU_DETIK", 0.2)
    _Penghitung.puncak = 0
    klien = Client()
    klien.force_login(dunia_nyata.operator_ambon)
    buku = bantu.ambil(klien, bantu.alamat(dunia_nyata, "buku_templat"))
    berkas = []
    for n in range(6):
        bantu.isi(buku, "F06.wbp", n + 1)
        berkas.append(bantu.tulis(buku))
    hasil: list[Unggahan] = []

    def unggah(isi: bytes) -> None:
        orang = Client()
        orang.cookies = klien.cookies
        hasil.append(bantu.unggahan(bantu.unggah(orang, bantu.alamat(dunia_nyata), isi)))
        connections.close_all()

    benang = [threading.Thread(target=unggah, args=(b,)) for b in berkas]
    [b.start() for b in benang]
    time.sleep(0.7)
    mulai = time.monotonic()
    bantu.simpan_sebagai(dunia_nyata, dunia_nyata.operator_ambon, Perubahan("mitra", "3"))
    lama = time.monotonic() - mulai
    masih = sum(b.is_alive() for b in benang)
    [b.join() for b in benang]
    assert masih >= 1, "the readers were still at it"
    assert lama < 1.0, "no upload holds what saving needs"
    assert 1 <= _Penghitung.puncak <= 2
    status = sorted(u.status for u in hasil)
    assert status.count(Unggahan.Status.ANTRE) >= 2
    assert status.count(Unggahan.Status.DIPERIKSA) >= 2
    assert len(status) == 6
