"""The register of enterprises at once: the last piece is sold once, a new kind of product is one kind, a new event one
event, and no event is renamed below somebody who is just joining it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from pelaporan.register.services import BarisSalah
from pemasyarakatan.inti.galat import Ditolak
from tests.dunia import Dunia
from tests.konkurensi.alat import serentak
from tests.umkm.bantu import Unit, sebagai_orang
from umkm import jenis, ringkas, services, stok
from umkm.katalog import proyeksi
from umkm.models import JenisProduk, Pameran, PesertaPameran, Produk
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
        assert proyeksi.beda() == []


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
        assert proyeksi.beda() == []


def test_enam_belas_utas_berebut_barang_terakhir(dunia_nyata: Dunia) -> None:
    """Sales, gifts and the taking out of what was made, at once: never below nothing, every refusal in words."""
    ambon = _unit(dunia_nyata)[0]
    satu = ambon.produk()
    ambon.harga(satu)
    pertama, kedua = ambon.buat(satu, 3), ambon.buat(satu, 2)
    tugas: list[Callable[[], Any]] = [lambda: ambon.jual(satu, 1)] * 10
    tugas += [lambda: ambon.buat(satu, 1, jenis="contoh", tanggal=date(2026, 1, 10))] * 4
    tugas += [lambda b=b: ambon.hapus(jenis.PERSEDIAAN, b) for b in (pertama, kedua)]  # type: ignore[misc]
    hasil = serentak(tugas)
    assert all(isinstance(h, BarisSalah) for h in hasil if isinstance(h, Exception)), hasil
    with terpasang(SISTEM):
        assert stok.saldo(satu.pk, date(2026, 1, 31)) >= 0
        assert stok.saldo(satu.pk, date(2026, 1, 31)) == 5 - sum(
            {0: 3, 1: 2}[n - 14] if n >= 14 else 1 for n, h in enumerate(hasil) if not isinstance(h, Exception)
        )
        assert ringkas.beda() == []
        assert proyeksi.beda() == []


ACARA = services.IsiPameran("IPPAFest 2026", "Lapangan Banteng", date(2026, 1, 7), date(2026, 1, 12))


def test_pameran_yang_sama_dari_tiga_unit_sekaligus_satu(dunia_nyata: Dunia) -> None:
    def daftar(unit: Unit) -> Callable[[], Any]:
        def kerja() -> Any:
            with sebagai_orang(unit.operator) as (oleh, _):
                return services.buat_pameran(ACARA, oleh=oleh)

        return kerja

    hasil = serentak([daftar(u) for u in _unit(dunia_nyata)] * 2)
    assert len({p.pk for p in hasil}) == 1, hasil
    assert Pameran.objects.count() == 1


def test_pameran_diubah_ketika_unit_lain_sedang_ikut(dunia_nyata: Dunia) -> None:
    """Either the change is first and the other unit joins what it sees then, or it joins and the change is refused."""
    ambon, masohi, _ = _unit(dunia_nyata)
    for n in range(4):
        isi = replace(ACARA, nama=f"Fest {n}", mulai=date(2026, n + 1, 1), selesai=date(2026, n + 1, 2))
        with sebagai_orang(ambon.operator) as (oleh, _):
            acara = services.buat_pameran(isi, oleh=oleh, bukan_mirip=True)

        def ubah(pk: int = acara.pk, isi: services.IsiPameran = isi) -> Any:
            with sebagai_orang(ambon.operator) as (oleh, _):
                return services.ubah_pameran(pk, replace(isi, nama="Lain"), revisi=1, oleh=oleh)

        hasil = serentak([ubah, lambda pk=acara.pk: masohi.catat(jenis.PESERTA, pameran_id=pk, ditampilkan=1)])
        assert isinstance(hasil[0], Pameran | Ditolak), hasil
        assert isinstance(hasil[1], PesertaPameran), hasil
