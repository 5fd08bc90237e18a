"""Envelope encryption: what was moved, cut, altered or made with another key is refused, never read."""

from __future__ import annotations

import base64
import os
from typing import Any

import pytest

from wbp import sandi
from wbp.sandi import Amplop, GalatSandi, Rahasia

ORANG = Rahasia("Sitorus, S.H.", "B.I 123/2025")


@pytest.fixture
def kunci(settings: Any) -> dict[str, bytes]:
    settings.KUNCI_DATA_WBP = {nama: os.urandom(32) for nama in ("3", "2", "1")}
    return dict(settings.KUNCI_DATA_WBP)


def test_bolak_balik_dengan_kunci_terbaru(kunci: dict[str, bytes]) -> None:
    amplop = sandi.sandikan_warga(ORANG, 7)
    assert amplop.kunci == "3"
    assert sandi.buka_warga(amplop, 7) == ORANG
    assert sandi.sandikan_warga(ORANG, 7).isi != amplop.isi


def test_panjang_nama_tidak_terbaca_dari_sandinya(kunci: dict[str, bytes]) -> None:
    panjang = {len(sandi.sandikan_warga(Rahasia("x" * n, "B.I 1/2025"), 1).isi) for n in range(1, 20)}
    assert len(panjang) == 1


@pytest.mark.parametrize("rusak", ["orang", "guna", "isi", "bungkus", "potong", "kosong", "kunci", "tukar"])
def test_yang_tidak_semestinya_ditolak(kunci: dict[str, bytes], rusak: str) -> None:
    a, lain = sandi.sandikan_warga(ORANG, 7), sandi.sandikan_warga(Rahasia("Lain", "B.I 9/2025"), 8)
    balik = lambda isi: isi[:-1] + bytes([isi[-1] ^ 1])  # noqa: E731
    salah: Any = {
        "orang": (a, 8, "warga"),
        "guna": (a, 7, "impor"),
        "isi": (Amplop(balik(a.isi), a.bungkus, a.kunci), 7, "warga"),
        "bungkus": (Amplop(a.isi, balik(a.bungkus), a.kunci), 7, "warga"),
        "potong": (Amplop(a.isi[:20], a.bungkus, a.kunci), 7, "warga"),
        "kosong": (Amplop(b"", a.bungkus, a.kunci), 7, "warga"),
        "kunci": (Amplop(a.isi, a.bungkus, "2"), 7, "warga"),
        "tukar": (Amplop(lain.isi, lain.bungkus, lain.kunci), 7, "warga"),
    }
    amplop, pk, guna = salah[rusak]
    with pytest.raises(GalatSandi) as galat:
        sandi.buka(amplop, guna=guna, id=pk)
    assert "Sitorus" not in str(galat.value)


def test_kunci_yang_tidak_terpasang_disebut(kunci: dict[str, bytes], settings: Any) -> None:
    amplop = sandi.sandikan_warga(ORANG, 7)
    settings.KUNCI_DATA_WBP = {"9": os.urandom(32)}
    with pytest.raises(GalatSandi, match=r"'3'.*KUNCI_DATA_WBP"):
        sandi.buka_warga(amplop, 7)


def test_putar_membungkus_ulang_tanpa_menyentuh_isi(kunci: dict[str, bytes], settings: Any) -> None:
    settings.KUNCI_DATA_WBP = {"1": kunci["1"]}
    lama = sandi.sandikan_warga(ORANG, 7)
    settings.KUNCI_DATA_WBP = kunci
    bungkus, nama = sandi.putar(lama.bungkus, lama.kunci, guna=sandi.WARGA, id=7)
    settings.KUNCI_DATA_WBP = {"3": kunci["3"]}
    assert (nama, sandi.buka_warga(Amplop(lama.isi, bungkus, nama), 7)) == ("3", ORANG)


def test_ganti_isi_memakai_kunci_orangnya(kunci: dict[str, bytes]) -> None:
    lama = sandi.sandikan_warga(ORANG, 7)
    baru = sandi.ganti_warga(Rahasia("Baru", "B.I 1/2026"), lama, 7)
    assert baru.bungkus == lama.bungkus
    assert sandi.buka_warga(baru, 7).nama == "Baru"


def test_rahasia_tidak_ikut_ke_catatan() -> None:
    assert "Sitorus" not in repr(ORANG)
    assert base64.b64encode(ORANG.nama.encode()).decode() not in repr(sandi.sandikan_warga(ORANG, 7))
