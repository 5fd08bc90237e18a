"""Rows of one unit's register that give its months of F07 back to the last rupiah. Pure but for the row classes.

Months before the first report are the reported ones again, a little smaller and at the prices of their time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pemasyarakatan.inti.acak import kumulatif, pecah, pecahan
from pemasyarakatan.inti.waktu import Bulan
from umkm.models import Golongan, Kanal, Persediaan, Produk

Baris = dict[str, Any]
AWAL_JUAL = Bulan(2025, 1)
"""Sales are invented from here on, for products that were made then."""
GANTI_HARGA = Bulan(2026, 7)
JUNI_2025 = date(2025, 6, 30)
"""The day for which the number of units and kinds was published."""

_KANAL = (Kanal.GALERI, Kanal.PAMERAN, Kanal.MARKETPLACE, Kanal.KATALOG, Kanal.PESANAN)
_BOBOT = (45, 15, 15, 5, 20)
_HARI = {Kanal.GALERI: 18, Kanal.PAMERAN: 15, Kanal.MARKETPLACE: 21, Kanal.KATALOG: 23, Kanal.PESANAN: 25}
_MITRA = (("Koperasi Contoh Sejahtera", "kelompok"), ("Dinas Koperasi (contoh)", "dinas"))


@dataclass(frozen=True)
class BulanUmkm:
    """One month of F07: product rows by name, single items by code."""

    bulan: Bulan
    produk: Mapping[str, Mapping[str, Any]]
    legalitas: Sequence[Mapping[str, Any]]
    angka: Mapping[str, int]


@dataclass
class Register:
    """Rows by table; `produk` is referred to by its place in the list, exhibitions by their month."""

    produk: list[Baris] = field(default_factory=list)
    harga: list[Baris] = field(default_factory=list)
    legalitas: list[Baris] = field(default_factory=list)
    persediaan: list[Baris] = field(default_factory=list)
    penjualan: list[Baris] = field(default_factory=list)
    peserta: list[Baris] = field(default_factory=list)
    bagi_hasil: list[Baris] = field(default_factory=list)
    tenaga: list[Baris] = field(default_factory=list)
    mitra: list[Baris] = field(default_factory=list)


def susun(kode: str, bulan: Sequence[BulanUmkm], *, sejak_2025: bool, kini: Bulan) -> Register:
    """The register of a unit up to the last ended month. `sejak_2025`: it made all its products by June 2025."""
    r = Register()
    nama = sorted({n for b in bulan for n in b.produk})
    for n in nama:
        _produk(r, kode, n, bulan, sejak_2025)
    _legalitas(r, bulan[-1], nama)
    mulai = max(AWAL_JUAL, Bulan.pada(max(p["mulai"] for p in r.produk)) + 1)
    for satu in min(mulai, bulan[0].bulan).rentang(kini - 1):
        _bulan(r, _isi(bulan, satu), satu, kode)
    r.mitra += [
        {"nama": n, "jenis": jenis, "lingkup": "Pemasaran (contoh)", "dari": r.produk[0]["mulai"], "sampai": None}
        for n, jenis in _MITRA[: bulan[-1].angka["mitra"]]
    ]
    return r


def _isi(bulan: Sequence[BulanUmkm], satu: Bulan) -> BulanUmkm:
    """The month itself, or (not reported) one of the reported ones."""
    ada = {b.bulan: b for b in bulan}
    return ada.get(satu) or bulan[satu.bulan % len(bulan)]


def _harga(bulan: Sequence[BulanUmkm], nama: str) -> int:
    for b in bulan:
        baris = b.produk.get(nama)
        if baris and int(baris["terjual"]):
            return int(baris["hasil_jual"]) // int(baris["terjual"])
    return 10_000


def _produk(r: Register, kode: str, nama: str, bulan: Sequence[BulanUmkm], sejak_2025: bool) -> None:
    contoh = next(b.produk[nama] for b in bulan if nama in b.produk)
    acak, urut = pecahan(kode, nama, "mulai"), len(r.produk)
    mulai = date(2023 + int(acak * 2), 1 + int(acak * 97) % 12, 10) if sejak_2025 else date(2025, 7 + int(acak * 5), 15)
    maju = pecahan(kode, nama, "label")
    r.produk.append(
        {
            "nama": nama,
            "golongan": contoh["golongan"],
            "ukuran": contoh["ukuran"],
            "deskripsi": f"{nama} buatan warga binaan dalam pembinaan kemandirian (data contoh).",
            "kapasitas": max(int(b.produk[nama]["dibuat"]) for b in bulan if nama in b.produk),
            "status": Produk.Status.PESANAN if contoh["golongan"] == Golongan.MEBEL else Produk.Status.TERSEDIA,
            "mulai": mulai,
            "berhenti": None,
            "label_pada": date(2025, 5, 12) if maju < 0.6 and mulai < date(2025, 5, 12) else None,
            "kemasan_pada": date(2025, 9, 8) if maju < 0.4 and mulai < date(2025, 9, 8) else None,
            "merek_pada": None,
            "merek": "",
            "tampil": True,
        }
    )
    harga = _harga(bulan, nama)
    if mulai < GANTI_HARGA.awal:
        r.harga.append({"produk": urut, "dari": mulai, "harga": _dulu(harga)})
    r.harga.append({"produk": urut, "dari": max(mulai, GANTI_HARGA.awal), "harga": harga})


def _dulu(harga: int) -> int:
    return max(500, harga * 9 // 10 // 500 * 500)


def _legalitas(r: Register, b: BulanUmkm, nama: Sequence[str]) -> None:
    for n, satu in enumerate(b.legalitas):
        produk = nama.index(satu["produk_izin"])
        mulai = r.produk[produk]["mulai"]
        terbit = max(mulai, date(2025, 3, 4) if n % 2 else date(2026, 2, 3))
        berakhir = satu.get("berakhir")
        baris = {"produk": produk, "jenis": satu["izin"], "nomor": satu["nomor"], "penerbit": "", "terbit": terbit}
        r.legalitas.append({**baris, "berakhir": date.fromisoformat(str(berakhir)) if berakhir else None})
        if satu["izin"] == "merek":
            r.produk[produk] |= {"merek_pada": terbit, "merek": "Merek Contoh"}


def _bulan(r: Register, b: BulanUmkm, satu: Bulan, kode: str) -> None:
    """Makes, sales and shares of a month, and what changed in the number of people."""
    asli = b.bulan == satu
    pameran = bool(b.angka["pameran"]) if asli else pecahan(kode, satu, "pameran") < 0.15
    omzet = 0
    for n, produk in enumerate(r.produk):
        baris = b.produk.get(produk["nama"])
        if baris is not None:
            omzet += _satu_produk(r, n, baris, satu, asli=asli, pameran=pameran)
    if pameran:
        tampil = 12 + int(pecahan(kode, satu, "tampil") * 30)
        r.peserta.append({"pameran": satu, "ditampilkan": tampil, "tindak_lanjut": ""})
    r.bagi_hasil.append({"bulan": satu.awal, **(_bagi_asli(b) if asli else _bagi(omzet)), "nomor": "", "catatan": ""})
    orang = b.angka["wbp"]
    if not r.tenaga or r.tenaga[-1]["orang"] != orang:
        r.tenaga.append({"dari": satu.awal, "orang": orang})


def _satu_produk(r: Register, n: int, baris: Mapping[str, Any], satu: Bulan, *, asli: bool, pameran: bool) -> int:
    """One product's month; its turnover."""
    dibuat, terjual = int(baris["dibuat"]), int(baris["terjual"])
    harga = next(h["harga"] for h in reversed(r.harga) if h["produk"] == n and h["dari"] <= satu.akhir)
    if not asli:
        dibuat, terjual = dibuat * 9 // 10, terjual * 9 // 10
        terjual = min(terjual, dibuat)
    if dibuat and r.produk[n]["golongan"] != Golongan.JASA:
        tanggal = satu.awal.replace(day=5)
        r.persediaan.append({"produk": n, "jenis": Persediaan.Jenis.BUAT, "tanggal": tanggal, "jumlah": dibuat})
    bobot = [w if kanal != Kanal.PAMERAN or pameran else 0 for kanal, w in zip(_KANAL, _BOBOT, strict=True)]
    for kanal, buah in zip(_KANAL, pecah(terjual, kumulatif(bobot)), strict=True):
        if buah:
            r.penjualan.append(
                {
                    "produk": n,
                    "golongan": r.produk[n]["golongan"],
                    "tanggal": satu.awal.replace(day=_HARI[kanal]),
                    "kanal": kanal,
                    "jumlah": buah,
                    "nilai": buah * harga,
                    "pameran": satu if kanal == Kanal.PAMERAN else None,
                }
            )
    return terjual * harga


def _bagi_asli(b: BulanUmkm) -> dict[str, int]:
    bagian = {"biaya": "biaya", "premi": "premi", "pnbp": "pnbp", "operasional": "dana_usaha"}
    return {di: b.angka[dari] for di, dari in bagian.items()}


def _bagi(omzet: int) -> dict[str, int]:
    biaya = omzet * 6 // 10
    untung = omzet - biaya
    pnbp, premi = untung * 15 // 100, untung * 40 // 100
    return {"biaya": biaya, "premi": premi, "pnbp": pnbp, "operasional": untung - pnbp - premi}
