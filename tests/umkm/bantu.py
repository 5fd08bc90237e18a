"""Writing rows of the register as a person of a unit does, in that person's own scope."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from pelaporan.register import services
from pelaporan.register.jenis import JenisBaris
from pelaporan.register.services import Jawaban
from pemasyarakatan.akun.models import Pengguna
from umkm import jenis
from upt.cakupan import Cakupan, terpasang
from upt.models import UPT


@contextmanager
def sebagai_orang(orang: Pengguna) -> Iterator[tuple[Pengguna, Cakupan]]:
    segar = Pengguna.objects.get(pk=orang.pk)
    with terpasang(Cakupan(pengguna_id=segar.pk)):
        cakupan = Cakupan.dari(segar)
    with terpasang(cakupan):
        yield segar, cakupan


class Unit:
    """One unit and its operator: `unit.catat(PENJUALAN, jumlah=3, ...)` writes what was typed."""

    def __init__(self, upt: UPT, operator: Pengguna) -> None:
        self.upt, self.operator = upt, operator

    def catat(self, kode: JenisBaris[Any], setuju: str = "", alasan: str = "", **tertulis: Any) -> Any:
        with sebagai_orang(self.operator) as (oleh, cakupan):
            nilai = services.baca_nilai(kode, {k: _teks(v) for k, v in tertulis.items()}, self.upt)
            return services.buat(
                kode, nilai, upt=self.upt, oleh=oleh, cakupan=cakupan, jawaban=_jawaban(setuju, alasan)
            )

    def mentah(self, kode: JenisBaris[Any], **nilai: Any) -> Any:
        """Values that never went through a column: what a program could try."""
        with sebagai_orang(self.operator) as (oleh, cakupan):
            return services.buat(kode, nilai, upt=self.upt, oleh=oleh, cakupan=cakupan)

    def ubah(self, kode: JenisBaris[Any], baris: Any, setuju: str = "", **tertulis: Any) -> Any:
        with sebagai_orang(self.operator) as (oleh, cakupan):
            nilai = services.baca_nilai(kode, {k: _teks(v) for k, v in tertulis.items()}, self.upt, sebagian=True)
            kini = kode.model._default_manager.get(pk=baris.pk)
            return services.ubah(
                kode, baris.pk, nilai, revisi=kini.revisi, oleh=oleh, cakupan=cakupan, jawaban=_jawaban(setuju, "")
            )

    def hapus(self, kode: JenisBaris[Any], baris: Any) -> Any:
        with sebagai_orang(self.operator) as (oleh, cakupan):
            kini = kode.model._default_manager.get(pk=baris.pk)
            return services.hapus(kode, baris.pk, revisi=kini.revisi, alasan="Salah catat.", oleh=oleh, cakupan=cakupan)

    def pulihkan(self, kode: JenisBaris[Any], baris: Any) -> Any:
        with sebagai_orang(self.operator) as (oleh, cakupan):
            return services.pulihkan(kode, baris.pk, oleh=oleh, cakupan=cakupan)

    # what most tests start from

    def produk(self, nama: str = "Keripik pisang", **lain: Any) -> Any:
        isi = {"golongan": "makanan", "ukuran": "bungkus", "mulai": date(2025, 1, 1), **lain}
        return self.catat(jenis.PRODUK, nama=nama, **isi)

    def harga(self, produk: Any, harga: int = 15_000, dari: date = date(2025, 1, 1), **lain: Any) -> Any:
        return self.catat(jenis.HARGA, produk_id=produk.pk, harga=harga, dari=dari, **lain)

    def buat(self, produk: Any, jumlah: int = 100, tanggal: date = date(2026, 1, 5), **lain: Any) -> Any:
        isi = {"jenis": "buat", **lain}
        return self.catat(jenis.PERSEDIAAN, produk_id=produk.pk, jumlah=jumlah, tanggal=tanggal, **isi)

    def jual(self, produk: Any, jumlah: int = 10, tanggal: date = date(2026, 1, 10), **lain: Any) -> Any:
        isi = {"kanal": "galeri", **lain}
        return self.catat(jenis.PENJUALAN, produk_id=produk.pk, jumlah=jumlah, tanggal=tanggal, **isi)


def _teks(nilai: Any) -> Any:
    return str(nilai) if isinstance(nilai, int) and not isinstance(nilai, bool) else nilai


def _jawaban(setuju: str, alasan: str) -> Jawaban:
    return Jawaban(frozenset(setuju.split()), alasan or "Sudah diperiksa.")
