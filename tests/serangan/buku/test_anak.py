"""Case 60: the child that reads is bounded, and the portal goes on without it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pelaporan.buku import arsip, baca, services
from pelaporan.models import Unggahan
from pemasyarakatan.inti.ruang_terbatas import GalatRuang, Ruang
from tests.dunia import Dunia
from tests.pelaporan import test_buku as bantu
from tests.serangan.buku.alat import cepat

# ---------------------------------------------------------------- the bounded child


def test_60_memori_anak_dibatasi() -> None:
    with pytest.raises(GalatRuang, match="memori"), Ruang("tests.serangan.buku.anak_rakus", detik=5) as ruang:
        ruang.kerjakan(b"memori")


def test_60_waktu_anak_dibatasi() -> None:
    mulai = time.monotonic()
    with pytest.raises(GalatRuang, match="detik"), Ruang("tests.serangan.buku.anak_rakus", detik=1) as ruang:
        ruang.kerjakan(b"putar")
    with pytest.raises(GalatRuang, match="detik"), Ruang("tests.serangan.buku.anak_rakus", detik=1, jam=1) as ruang:
        ruang.kerjakan(b"tidur")
    assert time.monotonic() - mulai < 12


def test_60_anak_tanpa_django_tanpa_rahasia_tanpa_menulis_berkas() -> None:
    with Ruang("tests.serangan.buku.anak_rakus") as ruang:
        assert ruang.kerjakan(b"lihat") == b"django=False rahasia=False tulis=False"
        assert ruang.kerjakan(b"lihat") == b"django=False rahasia=False tulis=False", "one child, many files"


def test_60_pembaca_tidak_memuat_django() -> None:
    kode = "import sys; import pelaporan.buku.baca; print('django' in sys.modules)"

    assert subprocess.check_output([sys.executable, "-c", kode], cwd=Path(__file__).parents[3]).strip() == b"False"


def test_60_berkas_yang_mematikan_anak_tercatat_gagal_dan_web_tetap_jalan(
    dunia: Dunia, klien: Client, unggah: Any, templat: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "PEMBACA", "tests.serangan.buku.anak_rakus")
    monkeypatch.setattr(services, "DETIK_WEB", 1)
    satu = bantu.unggahan(unggah(templat))
    assert satu.status == Unggahan.Status.GAGAL
    assert "terlalu" in satu.galat
    halaman = klien.get(reverse("pelaporan:unggahan", args=[satu.pk]))
    assert halaman.status_code == 200
    assert satu.galat in halaman.content.decode()
    assert klien.post(reverse("pelaporan:unggahan", args=[satu.pk]), {"aksi": "simpan"}).status_code == 409
    assert klien.get(bantu.alamat(dunia)).status_code == 200


def test_templat_portal_sendiri_lolos_dan_cepat(templat: bytes) -> None:
    cepat(lambda: arsip.periksa(templat))
    cepat(lambda: baca.baca(templat), 0.2)
