"""The register of enterprises at once: the last piece is sold once, and a new kind of product is one kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pelaporan.register.services import BarisSalah
from tests.dunia import Dunia
from tests.konkurensi.alat import serentak
from tests.umkm.bantu import Unit
from umkm import katalog, ringkas, stok
from umkm.models import JenisProduk, Produk
from upt.cakupan import SISTEM, terpasang


def _unit(d: Dunia) -> list[Unit]:
    return [
        Unit(d.ambon, d.operator_ambon), Unit(d.masohi, d.operator_masohi), Unit(d.pekanbaru, d.operator_pekanbaru),
    ]  # fmt: skip


def test_jenis_baru_dari_tiga_unit_satu_jenis(dunia_nyata: Dunia) -> None:
    def catat(unit: Unit, nama: str) -> Callable[[], Any]:
        return lambda: unit.produk(nama)

    ejaan = ("Keripik tempe", "KRIPIK TEMPE 250 gr", "tempe keripik")
    hasil = serentak([catat(u, n) for u, n in zip(_unit(dunia_nyata), ejaan, strict=True)])
    assert len({p.jenis_id for p in hasil}) == 1, hasil
    assert JenisProduk.objects.count() == 1
    with terpasang(SISTEM):
        assert Produk.objects.count() == 3
        assert katalog.beda() == []


def test_persediaan_terakhir_terjual_sekali(dunia_nyata: Dunia) -> None:
    ambon = _unit(dunia_nyata)[0]
    satu = ambon.produk()
    ambon.harga(satu)
    ambon.buat(satu, 10)
    hasil = serentak([lambda: ambon.jual(satu, 4)] * 5)
    assert sum(not isinstance(h, Exception) for h in hasil) == 2, hasil
    assert all(isinstance(h, BarisSalah) for h in hasil if isinstance(h, Exception)), hasil
    with terpasang(SISTEM):
        assert stok.saldo(satu.pk, date(2026, 1, 31)) == 2
        assert ringkas.beda() == []
        assert katalog.beda() == []
