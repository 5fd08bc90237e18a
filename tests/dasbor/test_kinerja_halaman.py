"""The page "Laporan kinerja" and its job, from the request to both files."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from dasbor.tasks import sapu, susun_laporan_kinerja
from pelaporan.models import Periode
from pemasyarakatan.inti import penjaga
from pemasyarakatan.pekerjaan.models import BerkasHasil, Pekerjaan
from pemasyarakatan.pekerjaan.services import jalankan_pekerjaan
from tests.dasbor.isi_kinerja import isi_januari
from upt.cakupan import SISTEM, terpasang

AKAR = Path(__file__).resolve().parents[2]


def _isian(**ubah: str) -> dict[str, str]:
    return {
        "bulan": "2026-01",
        "dasar": "masuk",
        "kunci": uuid4().hex,
        "kop": "KEMENTERIAN\nDITJEN",
        "tempat": "Jakarta",
    } | ubah


def _satu_satunya() -> Pekerjaan:
    with penjaga.sistem():
        return Pekerjaan.objects.get()


def _berkas(pekerjaan: Pekerjaan) -> dict[str, BerkasHasil]:
    with penjaga.sistem():
        return {b.nama: b for b in BerkasHasil.objects.filter(pekerjaan=pekerjaan)}


def test_hanya_yang_berhak(dunia: Any, masuk: Any, client: Any) -> None:
    alamat = reverse("dasbor:kinerja")
    for orang in (dunia.kepala_maluku, dunia.operator_ambon, dunia.auditor, dunia.asing):
        assert masuk(orang).get(alamat).status_code == 403
        assert masuk(orang).post(alamat, _isian()).status_code == 403
    for orang in (dunia.peninjau, dunia.pimpinan):
        assert masuk(orang).get(alamat).status_code == 200
    assert client.get(alamat).status_code == 302
    with penjaga.sistem():
        assert not Pekerjaan.objects.exists()


def test_cakupan_bulan_terpilih(dunia: Any, masuk: Any) -> None:
    isi_januari(dunia)
    isi = masuk(dunia.peninjau).get(reverse("dasbor:kinerja"), {"bulan": "2026-01", "dasar": "sah"}).content.decode()
    assert "Laporan akan ditandai SEMENTARA" in isi
    assert "15 dari 16 laporan belum terverifikasi" in isi
    assert "F06 Ketahanan pangan" in isi
    assert 'name="dasar" value="sah"' in isi


def test_tanpa_bulan_dan_bulan_tak_dikenal(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    jawab = klien.get(reverse("dasbor:kinerja"), {"bulan": "2031-01"})
    assert jawab.status_code == 400
    assert "Ada yang perlu diperbaiki" in jawab.content.decode()
    assert klien.post(reverse("dasbor:kinerja"), _isian(bulan="2031-01")).status_code == 400
    with terpasang(SISTEM):
        Periode.objects.all().delete()
    for jawab in (klien.get(reverse("dasbor:kinerja")), klien.post(reverse("dasbor:kinerja"), _isian())):
        assert "Belum ada bulan pelaporan" in jawab.content.decode()


def test_permintaan_sampai_kedua_berkas(dunia: Any, masuk: Any) -> None:
    isi_januari(dunia)
    klien = masuk(dunia.pimpinan)
    isian = _isian(nomor="W.1/2026", jabatan="=cmd()")
    jawab = klien.post(reverse("dasbor:kinerja"), isian)
    pekerjaan = _satu_satunya()
    assert jawab["Location"] == reverse("pekerjaan:satu", args=[pekerjaan.pk])
    assert pekerjaan.pk == UUID(isian["kunci"])
    assert pekerjaan.parameter["surat"]["kop"] == ["KEMENTERIAN", "DITJEN"]
    assert klien.post(reverse("dasbor:kinerja"), isian)["Location"] == jawab["Location"]  # a double click
    susun_laporan_kinerja(str(pekerjaan.pk))
    semua = _berkas(pekerjaan)
    assert set(semua) == {"laporan-kinerja-2026-01-sementara.pdf", "laporan-kinerja-2026-01-sementara.xlsx"}
    halaman = klien.get(jawab["Location"]).content.decode()
    assert "Selesai" in halaman
    for nama, berkas in semua.items():
        assert nama in halaman
        unduh = klien.get(reverse("pekerjaan:berkas", args=[pekerjaan.pk, berkas.pk]))
        assert unduh.content[:4] in (b"%PDF", b"PK\x03\x04")
        assert f'filename="{nama}"' in unduh["Content-Disposition"]
    assert "PDF (" in klien.get(reverse("dasbor:kinerja")).content.decode()


def test_kemajuan_menghitung_yang_nyata_dan_hanya_maju(dunia: Any, masuk: Any) -> None:
    isi_januari(dunia)
    masuk(dunia.peninjau).post(reverse("dasbor:kinerja"), _isian())
    pekerjaan, catatan = _satu_satunya(), []
    from pemasyarakatan.pekerjaan import services

    asli = services._detak

    def sadap(milik: Pekerjaan, langkah: str, n: int, dari: int) -> None:
        asli(milik, langkah, n, dari)
        catatan.append((_satu_satunya().selesai, dari, langkah))

    with patch.object(services, "_detak", sadap):
        jalankan_pekerjaan(pekerjaan.pk)
    hitungan = [n for n, _, _ in catatan]
    assert hitungan == sorted(hitungan)
    assert hitungan[1] == 8  # two Kanwil x four forms have been read
    assert catatan[-1][:2] == (24, 25)
    assert [langkah[:9] for _, _, langkah in catatan] == sorted(langkah[:9] for _, _, langkah in catatan)
    assert (_satu_satunya().selesai, _satu_satunya().total) == (25, 25)


def test_isian_salah_tetap_di_halaman(dunia: Any, masuk: Any) -> None:
    isi_januari(dunia)
    jawab = masuk(dunia.peninjau).post(
        reverse("dasbor:kinerja"), _isian(kop="\n".join("abcdefg"), nomor="A\u202eB", jabatan="Tetap ada")
    )
    isi = jawab.content.decode()
    assert jawab.status_code == 400
    assert "Kop paling banyak 6 baris; sekarang 7." in isi
    assert "karakter yang tidak terlihat" in isi
    assert "Tetap ada" in isi


def test_lima_permintaan_hidup_ditolak_dengan_429(dunia: Any, masuk: Any) -> None:
    isi_januari(dunia)
    klien = masuk(dunia.peninjau)
    for n in range(5):
        assert klien.post(reverse("dasbor:kinerja"), _isian(nomor=str(n))).status_code == 302
    jawab = klien.post(reverse("dasbor:kinerja"), _isian(nomor="enam"))
    assert jawab.status_code == 429
    assert "Masih ada lima permintaan" in jawab.content.decode()
    assert 'value="enam"' in jawab.content.decode()


def test_bulan_yang_tidak_punya_kewajiban_gagal_dengan_kalimat(dunia: Any, masuk: Any) -> None:
    isi_januari(dunia)
    masuk(dunia.peninjau).post(reverse("dasbor:kinerja"), _isian())
    with penjaga.sistem():
        Pekerjaan.objects.update(parameter={**_satu_satunya().parameter, "bulan": "2027-05"})
    jalankan_pekerjaan(_satu_satunya().pk)
    assert _satu_satunya().galat.startswith("Belum ada laporan yang wajib untuk Mei 2027.")


def test_sapu_memberi_isyarat_ulang(dunia: Any, masuk: Any) -> None:
    masuk(dunia.peninjau).post(reverse("dasbor:kinerja"), _isian())
    with penjaga.sistem():
        Pekerjaan.objects.update(dibuat_pada="2026-01-01T00:00:00Z")
    with (
        patch("pemasyarakatan.pekerjaan.services.isyaratkan") as kirim,
        patch("pemasyarakatan.pekerjaan.services.ambil_slot", return_value=True),
    ):
        sapu()
    kirim.assert_called_once_with("dasbor.susun_laporan_kinerja", str(_satu_satunya().pk))


# A real worker ------------------------------------------------------------------------------------


@pytest.fixture
def pekerja(dunia_nyata: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker in its own process, as its own database role, on the test database."""
    isi = settings.DATABASES["default"]
    lingkungan = os.environ | {"PERAN_DB": "kerja", "DATABASE_URL": _alamat_uji(isi)}
    perintah = [sys.executable, "-m", "celery", "-A", "pemasyarakatan.celery", "worker", "--pool", "solo"]
    perintah += ["--queues", "berat", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
    proses = subprocess.Popen(perintah, cwd=AKAR, env=lingkungan)
    try:
        yield proses
    finally:
        proses.terminate()
        proses.wait(20)


def _alamat_uji(isi: dict[str, Any]) -> str:
    pangkal = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    return f"{pangkal}/{connection.settings_dict['NAME']}"


def test_pekerja_nyata_menyusun_laporan(dunia_nyata: Any, masuk: Any, pekerja: Any) -> None:
    isi_januari(dunia_nyata)
    klien = masuk(dunia_nyata.peninjau)
    jawab = klien.post(reverse("dasbor:kinerja"), _isian())
    status = reverse("pekerjaan:status", args=[_satu_satunya().pk])
    terlihat, batas = [], time.monotonic() + 60
    while time.monotonic() < batas:
        assert pekerja.poll() is None, "the worker has died"
        keadaan = klien.get(status).json()
        terlihat.append(keadaan["selesai"])
        if keadaan["akhir"]:
            break
        time.sleep(0.1)
    assert _satu_satunya().status == "SELESAI", _satu_satunya().galat
    assert terlihat == sorted(terlihat)
    assert len(_berkas(_satu_satunya())) == 2
    assert klien.get(jawab["Location"]).status_code == 200
