"""A kind of row of the tests' own, over the table of deposits; its rules are plain, so that the engine is tested."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pangan.models import Setoran
from pelaporan.register import jenis as pendaftaran
from pelaporan.register.jenis import JenisBaris, Register
from pelaporan.register.kolom import Kolom
from pelaporan.register.temuan import Temuan, galat, tanya
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import Dunia

BATAS_TANYA = 10_000_000


def _periksa(baris: Setoran) -> Iterable[Temuan]:
    if baris.tanggal > date(2026, 12, 31):
        yield galat("kelak", "tanggal", "Tanggal ini belum tiba. Tulis tanggal setorannya.")
    if baris.nilai > BATAS_TANYA:
        yield tanya("besar", "nilai", "Nilainya jauh di atas biasanya.")
    if baris.jenis == "premi" and not baris.nomor:
        yield tanya("tanpa_nomor", "nomor", "Premi biasanya bernomor.")


def _periksa_hapus(baris: Setoran) -> Iterable[Temuan]:
    if baris.nomor == "TERPAKAI":
        yield galat("dipakai", "", "Setoran ini dipakai oleh dua laporan. Hapus dahulu laporannya.")


UJI = JenisBaris(
    "uji",
    "pangan",
    Setoran,
    "Setoran uji",
    "Setoran uji",
    (
        Kolom("tanggal", "Tanggal", "tanggal", wajib=True),
        Kolom("jenis", "Jenis", "pilihan", wajib=True, pilihan=dict(Setoran.Jenis.choices)),
        Kolom("nilai", "Nilai", "rupiah", wajib=True, min=1, dijumlahkan=True),
        Kolom("nomor", "Nomor bukti", "teks", maks=60),
        Kolom("catatan", "Catatan", "paragraf", maks=200),
    ),
    _periksa,
    kunci_alami=("nomor",),
    urut=("-tanggal",),
    periksa_hapus=_periksa_hapus,
    penjelasan="Uang yang disetor ke kas negara, dan premi.",
)


@pytest.fixture
def segar() -> list[tuple[int, int, set[Bulan]]]:
    """What the register was told to recompute."""
    return []


@pytest.fixture
def jenis_uji(monkeypatch: pytest.MonkeyPatch, segar: list[Any]) -> JenisBaris[Setoran]:
    monkeypatch.setitem(pendaftaran._jenis, ("pangan", "uji"), UJI)
    catat = Register("pangan", "Ketahanan pangan", lambda upt, kanwil, bulan: segar.append((upt, kanwil, bulan)))
    monkeypatch.setitem(pendaftaran._register, "pangan", catat)
    return UJI


class Meja:
    """One person at the pages of the test kind."""

    def __init__(self, dunia: Dunia, nama: str, kode: str = "") -> None:
        self.orang = getattr(dunia, nama)
        self.klien = Client()
        self.klien.force_login(self.orang)
        self.kode = kode or dunia.ambon.kode

    def url(self, nama: str, **lain: Any) -> str:
        return reverse(f"pangan:{nama}", kwargs={"kode": self.kode, "jenis": "uji", **lain})

    def buka(self, nama: str, ekor: str = "", **lain: Any) -> Any:
        return self.klien.get(self.url(nama, **lain) + ekor)

    def kirim(self, nama: str, isi: dict[str, Any], ekor: str = "", *, json: bool = False, **lain: Any) -> Any:
        kepala = {"Accept": "application/json"} if json else {}
        return self.klien.post(self.url(nama, **lain) + ekor, isi, headers=kepala)
