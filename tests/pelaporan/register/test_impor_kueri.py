"""A long list costs a few queries a row, whatever its kind; and remembering within it weakens no rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pangan import jenis as pangan
from pelaporan.models import RiwayatBaris
from pelaporan.register import borongan, impor, services
from pelaporan.register.impor import BarisRencana, Izinkan, Penulis
from pelaporan.register.impor_kolom import TabelBerkas
from pelaporan.register.jenis import JenisBaris
from pelaporan.register.services import BarisSalah
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.pangan.bantu import Kebun
from tests.umkm.bantu import Unit, sebagai_orang
from umkm import jenis as umkm
from umkm.models import Harga, Katalog, Penjualan, Produk, RingkasUmkm

AWAL = date(2025, 3, 1)
JUAL = ("produk_id", "tanggal", "jumlah", "kanal", "nilai")
SETIAP_BARIS = {"produk": 7}
"""Most queries of a row, else 6: its savepoint and release, what it is judged by, and itself; a product's kind too."""


@pytest.fixture
def unit(dunia: Dunia) -> Unit:
    """A unit with three products in stock, and a garden with a year of kangkung."""
    unit = Unit(dunia.ambon, dunia.operator_ambon)
    for nama in ("Keripik pisang", "Tempe", "Batik"):
        produk = unit.produk(nama)
        unit.harga(produk)
        unit.buat(produk, 100_000, date(2025, 1, 5))
    kebun = Kebun(dunia.ambon, dunia.operator_ambon)
    petak = kebun.petak(100, kode="A1", mulai="1 Januari 2025")
    kebun.pakai(petak)
    kebun.tanam(petak, tanam="1 Januari 2025", perkiraan_panen="1 Februari 2025")
    return unit


def _hari(n: int) -> list[str]:
    return ["d", (AWAL + timedelta(days=n)).isoformat()]


def _jual(n: int, jumlah: int = 2) -> list[Any]:
    return [("Keripik pisang", "Tempe", "Batik")[n % 3], _hari(n), jumlah, "Galeri atau koperasi", jumlah * 15_000]


def tabel(kolom: Sequence[str], baris: Sequence[Sequence[Any]]) -> TabelBerkas:
    return TabelBerkas(
        lembar="Daftar", csv="", judul=list(kolom), kolom={k: n for n, k in enumerate(kolom)},
        baris=[(n, list(isi)) for n, isi in enumerate(baris, 2)], baku=False,
    )  # fmt: skip


def coba(unit: Unit, jenis: JenisBaris[Any], kolom: Sequence[str], baris: Sequence[Sequence[Any]]) -> tuple[int, Any]:
    """Queries of a preview, and what became of the rows."""
    hasil: list[BarisRencana] = []
    with sebagai_orang(unit.operator) as (oleh, cakupan), CaptureQueriesContext(connection) as kueri:
        penulis = Penulis(jenis, unit.upt, oleh, cakupan)
        impor.coba(lambda: hasil.extend(impor.susun(penulis, tabel(kolom, baris), Izinkan())))
    return len(kueri), hasil


def simpan(unit: Unit, jenis: JenisBaris[Any], kolom: Sequence[str], baris: Sequence[Sequence[Any]]) -> Any:
    hasil: list[BarisRencana] = []
    with sebagai_orang(unit.operator) as (oleh, cakupan):
        penulis = Penulis(jenis, unit.upt, oleh, cakupan)
        impor.bersama(lambda: hasil.extend(impor.susun(penulis, tabel(kolom, baris), Izinkan())))
    return hasil


DAFTAR: dict[str, tuple[JenisBaris[Any], tuple[str, ...], Any]] = {
    "penjualan": (umkm.PENJUALAN, JUAL, _jual),
    "persediaan": (
        umkm.PERSEDIAAN, ("produk_id", "tanggal", "jenis", "jumlah"),
        lambda n: ["Tempe", _hari(n), "Dibuat", 5],
    ),
    "harga": (umkm.HARGA, ("produk_id", "dari", "harga"), lambda n: ["Tempe", _hari(n), 15_000 + n]),
    "produk": (
        umkm.PRODUK, ("nama", "golongan", "ukuran", "mulai"),
        lambda n: [f"Kue {'abcdefghijklmnopqrstuvwxyz'[n % 26] * (1 + n // 26)}", "Makanan", "buah", _hari(0)],
    ),
    "petak": (
        pangan.PETAK, ("kode", "nama", "wujud", "luas", "milik", "mulai"),
        lambda n: [f"B{n}", f"Kebun {n}", "Lahan", 100, "Milik UPT", _hari(n)],
    ),
    "panen": (pangan.PANEN, ("siklus_id", "tanggal", "jumlah"), None),
    "setoran": (pangan.SETORAN, ("jenis", "tanggal", "nilai", "nomor"), lambda n: ["PNBP", _hari(n), 1000, f"N{n}"]),
}  # fmt: skip


@pytest.mark.parametrize("kode", DAFTAR)
def test_banyak_kueri_per_baris(unit: Unit, kode: str) -> None:
    jenis, kolom, baris = DAFTAR[kode]
    if kode == "panen":
        with sebagai_orang(unit.operator):
            label = jenis.kolom[0].rujuk(unit.upt)[0].label
        baris = lambda n: [label, _hari(n), 1]  # noqa: E731
    coba(unit, jenis, kolom, [baris(n) for n in range(3)])
    sedikit, _ = coba(unit, jenis, kolom, [baris(n) for n in range(10)])
    banyak, hasil = coba(unit, jenis, kolom, [baris(n) for n in range(40)])
    assert {b.keadaan for b in hasil} == {"baru"}, [b for b in hasil if b.keadaan != "baru"][:2]
    assert (banyak - sedikit) / 30 <= SETIAP_BARIS.get(kode, 6)


def test_stok_yang_habis_di_tengah_daftar_ditolak_di_barisnya(unit: Unit) -> None:
    """Each row is judged against what the rows above it left, as if it were written alone."""
    isi = [_jual(n * 3, 40_000) for n in range(4)]  # 100.000 of the first product are there
    _, hasil = coba(unit, umkm.PENJUALAN, JUAL, isi)
    assert [b.keadaan for b in hasil] == ["baru", "baru", "ditolak", "ditolak"]


def test_tersimpan_sama_seperti_satu_per_satu(unit: Unit) -> None:
    """History, trail, rollup and catalogue of many rows are those of as many single ones."""
    hasil = simpan(unit, umkm.PENJUALAN, JUAL, [_jual(n) for n in range(9)])
    assert {b.keadaan for b in hasil} == {"baru"}
    with sebagai_orang(unit.operator):
        semua = list(Penjualan.objects.filter(upt=unit.upt))
        assert len(semua) == 9
        riwayat = RiwayatBaris.objects.filter(objek="penjualan", tindakan="impor")
        assert {(r.objek_id, r.revisi, r.isi["nilai"]) for r in riwayat} == {(p.pk, 1, p.nilai) for p in semua}
        jejak = Jejak.objects.filter(objek="penjualan", tindakan="register_impor")
        assert {j.objek_id for j in jejak} == {str(p.pk) for p in semua}
        assert sum(r.terjual for r in RingkasUmkm.objects.filter(upt=unit.upt)) == 18
        terjual = set(Katalog.objects.filter(upt=unit.upt).values_list("terjual", flat=True))
        tampil = Produk.objects.filter(upt=unit.upt, tampil=True).exists()
        assert terjual == ({6} if tampil else set())


def test_yang_diambil_kembali_tidak_meninggalkan_riwayat(unit: Unit) -> None:
    """A row refused in the middle, and a preview, leave neither history nor trail."""
    with sebagai_orang(unit.operator):
        awal = (RiwayatBaris.objects.count(), Jejak.objects.count())
    coba(unit, umkm.PENJUALAN, JUAL, [_jual(n) for n in range(5)])
    with sebagai_orang(unit.operator):
        assert (RiwayatBaris.objects.count(), Jejak.objects.count()) == awal
    hasil = simpan(unit, umkm.PENJUALAN, JUAL, [_jual(0), _jual(3, 900_000), _jual(6)])
    assert [b.keadaan for b in hasil] == ["baru", "ditolak", "baru"]
    with sebagai_orang(unit.operator):
        assert RiwayatBaris.objects.count() == awal[0] + 2


def test_tabel_yang_ditulis_tidak_diingat(unit: Unit) -> None:
    """What a block writes to is read again each time, also after a row was taken back."""
    with sebagai_orang(unit.operator) as (oleh, cakupan):
        tempe = Produk.objects.get(nama="Tempe")
        isi = {"produk_id": tempe.pk, "harga": 20_000}
        umum = {"upt": unit.upt, "oleh": oleh, "cakupan": cakupan}

        def banyak() -> int:
            return borongan.ingat(Harga, "uji", Harga.objects.filter(produk=tempe).count)

        def kerja() -> None:
            services.kunci_borongan("umkm", unit.upt.pk)
            assert banyak() == 1
            services.buat(umkm.HARGA, {**isi, "dari": AWAL}, **umum)
            assert banyak() == 2
            impor.coba(lambda: services.buat(umkm.HARGA, {**isi, "dari": AWAL + timedelta(days=9)}, **umum))
            assert banyak() == 2
            with pytest.raises(BarisSalah):
                services.buat(umkm.HARGA, {**isi, "dari": AWAL}, **umum)
            assert banyak() == 2

        impor.bersama(kerja)
    assert borongan.kini() is None
