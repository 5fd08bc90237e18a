"""What a unit's monthly reports say about food, as the register will have to say it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pangan.komoditas import kenali
from pangan.models import Klaster
from pemasyarakatan.inti.waktu import Bulan

KLASTER: tuple[str, ...] = tuple(Klaster.values)


@dataclass(frozen=True)
class Hasil:
    """A month's harvest of one commodity: `setengah` half kilograms of value `nilai`; `jumlah` in its own unit."""

    klaster: str
    komoditas: str
    satuan: str
    setengah: int
    jumlah: Decimal
    nilai: int


@dataclass(frozen=True)
class BulanPangan:
    """One month of one unit. Weights are in half kilograms, areas in m², money in rupiah."""

    bulan: Bulan
    lahan: Mapping[str, int]
    wbp: Mapping[str, int]
    hasil: tuple[Hasil, ...]
    angka: Mapping[str, int] = field(default_factory=dict)

    def sebagian(self, bulan: Bulan, pembilang: int, penyebut: int) -> BulanPangan:
        """Another month with a share of this one's flows and all of its positions."""

        def kecil(n: int) -> int:
            return n * pembilang // penyebut

        hasil = tuple(
            replace(h, setengah=s, jumlah=h.jumlah / h.setengah * s, nilai=kecil(h.nilai))
            for h in self.hasil
            if (s := kecil(h.setengah))
        )
        alir = ("jual_bama", "jual_lain", "pakai_sendiri", "penjualan", "pnbp", "premi")
        return BulanPangan(
            bulan, self.lahan, self.wbp, hasil, {**self.angka, **{k: kecil(self.angka[k]) for k in alir}, **_TANPA}
        )


_TANPA = {"bersertifikat": 0}
_BULAT = ("lahan_tidur", "lahan_pinjam", "wbp", "petugas", "bersertifikat", "mitra", "penjualan", "pnbp", "premi")
_SETENGAH = ("jual_bama", "jual_lain", "pakai_sendiri")


def dari_laporan(bulan: Bulan, nilai: Mapping[str, Any], hasil: Sequence[Mapping[str, Any]]) -> BulanPangan:
    """`nilai` by item of F06, `hasil` the rows of its list by commodity; a unit without activity has idle land only."""

    def bulat(kode: str) -> int:
        return int(nilai.get(kode) or 0)

    angka = {k: bulat(k) for k in _BULAT} | {k: _setengah(nilai.get(k)) for k in _SETENGAH}
    return BulanPangan(
        bulan,
        {k: bulat(f"klaster_{k}_lahan") for k in KLASTER},
        {k: bulat(f"klaster_{k}_wbp") for k in KLASTER},
        tuple(_hasil(b) for b in hasil),
        angka,
    )


def _hasil(baris: Mapping[str, Any]) -> Hasil:
    komoditas = kenali(baris["komoditas"])
    assert komoditas is not None, baris["komoditas"]
    return Hasil(
        baris["klaster_hasil"],
        komoditas.kode,
        baris["satuan_hasil"],
        _setengah(baris["berat_hasil"]),
        Decimal(str(baris["jumlah_hasil"])),
        int(baris["nilai_komoditas"]),
    )


def _setengah(kg: Any) -> int:
    return int(Decimal(str(kg or 0)) * 2)
