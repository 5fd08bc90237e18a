"""Merges of kinds beside each other and beside units that are writing: no chain, no deadlock, a true catalogue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from pemasyarakatan.inti.galat import Bentrok
from tests.dunia import Dunia
from tests.konkurensi.alat import serentak
from tests.umkm.bantu import Unit, sebagai_orang
from umkm.katalog import proyeksi
from umkm.models import Harga, JenisProduk, Produk
from umkm.wilayah import gabung
from upt.cakupan import SISTEM, terpasang

ULANG = 5


def _gabung(dunia: Dunia, asal: int, ke: int) -> Callable[[], Any]:
    def kerja() -> Any:
        with sebagai_orang(dunia.peninjau) as (oleh, cakupan):
            return gabung.gabungkan(asal_id=asal, ke=ke, oleh=oleh, cakupan=cakupan)

    return kerja


def _pastikan_utuh() -> None:
    with terpasang(SISTEM):
        assert not JenisProduk.objects.exclude(induk__induk=None).exists(), "a merged kind points at a merged one"
        assert proyeksi.beda() == []


def test_merges_in_a_ring_leave_no_chain(dunia_nyata: Dunia) -> None:
    unit = Unit(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    for n in range(ULANG):
        jenis = [unit.produk(f"{kata} ke{n}").jenis_id for kata in ("Kopi", "Tikar", "Vas")]
        hasil = serentak([_gabung(dunia_nyata, a, b) for a, b in zip(jenis, jenis[1:] + jenis[:1], strict=True)])
        assert all(isinstance(h, JenisProduk | Bentrok) for h in hasil), hasil
        with terpasang(SISTEM):
            assert JenisProduk.objects.filter(pk__in=jenis, induk=None).count() >= 1
        _pastikan_utuh()


def test_a_merge_beside_units_that_add_and_change(dunia_nyata: Dunia) -> None:
    a = Unit(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    b = Unit(dunia_nyata.pekanbaru, dunia_nyata.operator_pekanbaru)
    c = Unit(dunia_nyata.masohi, dunia_nyata.operator_masohi)
    for n in range(ULANG):
        kopi, teh = a.produk(f"Kopi ke{n}"), a.produk(f"Teh ke{n}")
        hasil = serentak(
            [
                _gabung(dunia_nyata, kopi.jenis_id, teh.jenis_id),
                partial(b.produk, f"Kopi ke{n}"),
                partial(a.harga, kopi, 10_000 + n),
                partial(c.produk, f"Teh ke{n}"),
            ]
        )
        assert all(isinstance(h, JenisProduk | Bentrok | Produk | Harga) for h in hasil), hasil
        _pastikan_utuh()
