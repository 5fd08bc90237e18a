"""A register of the tests' own and a form that it feeds: each test says what the register knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pelaporan.models import Laporan
from pelaporan.services_periode import buka_periode, simpan_formulir
from pelaporan.skema import baca_skema
from pelaporan.turunan import AngkaTurunan, BarisTurunan, DaftarTurunan, Rincian, lepaskan, sediakan
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import JANUARI, Dunia
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT

NAMA = "kebunuji"
FORMULIR = (Path(__file__).parent / "contoh/F98.yaml").read_text(encoding="utf-8")
KETIK = {
    "kegiatan": "ya", "luas": "700", "panen": "10,5", "hasil": "5000", "orang": "4", "petak_a_m": "1", "petak_b_m": "2",
}  # fmt: skip
"""What a person types when the register is silent."""


class Kebun:
    """What the register knows, by unit; `panggilan` counts how often it was asked."""

    def __init__(self) -> None:
        self.isi: dict[str, dict[str, Any]] = {}
        self.panggilan = 0

    def __call__(self, upt: UPT, bulan: Bulan) -> Mapping[str, Any]:
        self.panggilan += 1
        return self.isi.get(upt.kode, {})

    def tahu(self, upt: UPT, **angka: Any) -> None:
        """From now on the register knows these figures (and lists) of the unit."""
        self.isi[upt.kode] = {k: x if isinstance(x, DaftarTurunan) else satu(x) for k, x in angka.items()}

    def diam(self, upt: UPT) -> None:
        self.isi.pop(upt.kode, None)


def satu(nilai: Any) -> AngkaTurunan:
    """A figure made of two records."""
    if isinstance(nilai, AngkaTurunan):
        return nilai
    if isinstance(nilai, bool):
        return AngkaTurunan(nilai, "Register kebun: 2 petak", "/kebun/")
    separuh = nilai // 2
    rincian = (Rincian("petak", 1, "Petak A", separuh), Rincian("petak", 2, "Petak B", nilai - separuh))
    return AngkaTurunan(nilai, "Register kebun: 2 petak", "/kebun/", rincian)


def produk(*nama: str) -> DaftarTurunan:
    semua = enumerate(nama, 1)
    baris = [BarisTurunan(n, {"nama": x, "harga": 1000 * n}, f"/kebun/produk/{n}/", "produk") for n, x in semua]
    return DaftarTurunan(baris, "Register kebun: produk yang dijual", "/kebun/produk/")


PENUH: dict[str, Any] = {
    "kegiatan": True, "luas": 1200, "panen": Decimal("30.5"), "hasil": 0, "petak_a_m": 500, "petak_b_m": 700,
}  # fmt: skip


@pytest.fixture
def kebun() -> Iterator[Kebun]:
    """The register, offered while the test runs."""
    tahu = Kebun()
    sediakan(NAMA, alamat=lambda objek, id_objek: f"/kebun/{objek}/{id_objek}/")(tahu)
    yield tahu
    lepaskan(NAMA)


@pytest.fixture
def laporan(dunia: Dunia, kebun: Kebun) -> Laporan:
    """Ambon's report of the form, still to be filled in."""
    with terpasang(SISTEM):
        skema = baca_skema(FORMULIR)
        simpan_formulir(skema_json=skema.ke_json(), yaml=FORMULIR, sidik=skema.sidik)
        buka_periode(bulan=JANUARI)
    return dunia.laporan(dunia.ambon, "F98")
