"""What the pages of nation and Kanwil show: figures with their sentences, pictures with their tables. Reads nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from pemasyarakatan.inti import bagan
from pemasyarakatan.inti.angka import tulis_angka, tulis_ringkas
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal
from umkm.legalitas import Tahap
from umkm.models import Golongan, Kanal
from umkm.wilayah.selectors import Bagi, Hitungan, Jual, Lingkup, jumlah
from upt.models import Kanwil

REGISTER = "Angka register; F07 adalah angka resmi."
LABEL_UPT = {"LAPAS": "Lapas", "RUTAN": "Rutan", "LPKA": "LPKA", "BAPAS": "Bapas", "RS": "Rumah sakit"}
LABEL_LANGKAH = {"label": "Berlabel", "kemasan": "Kemasan layak", "merek": "Bermerek"}
LABEL_HABIS = {
    "habis": "Sudah habis",
    "7": "Habis dalam 7 hari",
    "30": "Habis dalam 8 sampai 30 hari",
    "90": "Habis dalam 31 sampai 90 hari",
}


def parameter(lingkup: Lingkup, **lain: str) -> str:
    """The query string that keeps month, region and kind of unit."""
    isi = {
        "bulan": lingkup.bulan.kode,
        "kanwil": lingkup.kanwil.slug if lingkup.kanwil else "",
        "upt": lingkup.jenis_upt,
        **lain,
    }
    return urlencode({k: v for k, v in isi.items() if v})


def alamat(nama: str, lingkup: Lingkup, **lain: str) -> str:
    return f"{reverse(f'umkm:{nama}')}?{parameter(lingkup, **lain)}"


def url_wilayah(lingkup: Lingkup, kanwil: Kanwil | None) -> str:
    """The page of a region with the same month and kind of unit."""
    isi = urlencode({k: v for k, v in (("bulan", lingkup.bulan.kode), ("upt", lingkup.jenis_upt)) if v})
    nama = reverse("umkm:kanwil", kwargs={"slug": kanwil.slug}) if kanwil else reverse("umkm:nasional")
    return f"{nama}?{isi}"


def kalimat_cakupan(h: Hitungan) -> str:
    persen = f" ({tulis_angka(h.persen, 'persen')})" if h.persen is not None else ""
    return f"{tulis_angka(h.unit)} dari {tulis_angka(h.dapat)} UPT mencatat produk{persen}. {REGISTER}"


def angka_utama(lingkup: Lingkup, h: Hitungan, omzet: int, menjual: int) -> list[dict[str, Any]]:
    """Contexts of _komponen/angka_utama.html; each opens what it is made of."""
    cakupan = kalimat_cakupan(h)
    jual = f"Dari catatan penjualan {tulis_angka(menjual)} dari {tulis_angka(h.unit)} UPT berproduk. {REGISTER}"
    return [
        _angka("UPT berproduk", tulis_angka(h.unit), "UPT", alamat("unit_wilayah", lingkup, tampil="ada"), cakupan),
        _angka("Jenis produk berbeda", tulis_angka(h.jenis), "jenis", alamat("jenis", lingkup), cakupan),
        _angka("Produk", tulis_angka(h.produk), "produk", alamat("produk_wilayah", lingkup), cakupan),
        _angka(f"Penjualan {lingkup.bulan.nama}", tulis_ringkas(omzet, "rupiah"), "", "#penjualan", jual),
    ]  # fmt: skip


def _angka(label: str, nilai: str, satuan: str, url: str, keterangan: str) -> dict[str, Any]:
    return {"label": label, "nilai": nilai, "satuan": satuan, "url": url, "total": None, "keterangan": keterangan}


def baris_upt(lingkup: Lingkup, semua: Mapping[str, Hitungan]) -> list[dict[str, Any]]:
    """Counts by kind of unit, each figure with its list."""
    hasil = []
    for kode, h in semua.items():
        per = Lingkup(lingkup.cakupan, lingkup.bulan, lingkup.kanwil, kode)
        hasil.append(
            {
                "label": LABEL_UPT.get(kode, kode),
                "h": h,
                "url_unit": alamat("unit_wilayah", per, tampil="ada"),
                "url_jenis": alamat("jenis", per),
                "url_produk": alamat("produk_wilayah", per),
            }
        )
    return hasil


# ---------------------------------------------------------------- where


def di_mana(lingkup: Lingkup, semua: Mapping[int, Hitungan], kanwil: Sequence[Kanwil]) -> dict[str, Any]:
    """Tile map of the share of units with a product, and its table."""
    kosong = Hitungan()
    persen = [semua.get(k.pk, kosong).persen for k in kanwil]
    batas, kelas = bagan.bagi_kelas(persen)
    petak = [
        bagan.Petak(
            k.slug, k.singkatan, k.petak_baris, k.petak_kolom, nilai,
            tulis_angka(round(nilai), "persen") if nilai is not None else "–", url_wilayah(lingkup, k), kls,
            k.nama_pendek,
        )
        for k, nilai, kls in zip(kanwil, persen, kelas, strict=True)
    ]  # fmt: skip
    return {
        "peta": bagan.peta_petak(petak, f"UPT yang punya produk menurut Kanwil, {lingkup.bulan.nama}"),
        "legenda": bagan.legenda_kelas(batas, "persen"),
        "baris": [(k, url_wilayah(lingkup, k), semua.get(k.pk, kosong)) for k in kanwil],
    }


# ---------------------------------------------------------------- papers and branding


def corong(lingkup: Lingkup, semua: Mapping[Tahap, int], produk: int) -> dict[str, Any]:
    """The legality funnel: at none, then those that reached each stage or a later one."""
    baris = [
        (
            t.label if t is Tahap.BELUM else f"{t.label} atau lebih jauh",
            n,
            100 * n / produk if produk else None,
            alamat("produk_wilayah", lingkup, tahap=str(t.value)),
        )
        for t, n in semua.items()
    ]
    gambar = bagan.batang([bagan.Batang(label, n, url) for label, n, _, url in baris], judul="Tahap legalitas produk")
    return {"baris": baris, "gambar": gambar, "produk": produk}


def langkah(lingkup: Lingkup, semua: Mapping[str, int], produk: int) -> list[tuple[str, int, float | None, str]]:
    return [
        (LABEL_LANGKAH[k], n, 100 * n / produk if produk else None, alamat("produk_wilayah", lingkup, langkah=k))
        for k, n in semua.items()
    ]


def habis(lingkup: Lingkup, semua: Mapping[str, int]) -> list[tuple[str, int, str]]:
    return [(LABEL_HABIS[k], n, alamat("sertifikat", lingkup, masa=k)) for k, n in semua.items()]


# ---------------------------------------------------------------- money


def penjualan(lingkup: Lingkup, semua: Sequence[Jual], premi: Mapping[Bulan, int]) -> dict[str, Any]:
    """24 months as a line; 12 months beside the same months a year before; this year's mix."""
    bulan = (lingkup.bulan - 23).rentang(lingkup.bulan)
    per_bulan = jumlah(semua, "bulan")
    titik = [bagan.Titik(b.nama_pendek, per_bulan.get(b)) for b in bulan]
    setahun = [j for j in semua if j.bulan > lingkup.bulan - 12]
    baris = [
        (b, per_bulan.get(b), per_bulan.get(b - 12), premi.get(b), premi.get(b - 12)) for b in reversed(bulan[12:])
    ]
    return {
        "gambar": bagan.tren(titik, judul=f"Penjualan per bulan, {lingkup.nama}", jenis="rupiah") if per_bulan else "",
        "baris": baris,
        "kini": sum(j.omzet for j in setahun),
        "lalu": sum(j.omzet for j in semua) - sum(j.omzet for j in setahun),
        "premi_kini": sum(premi.get(b, 0) for b in bulan[12:]),
        "premi_lalu": sum(premi.get(b, 0) for b in bulan[:12]),
        "golongan": _bagian(setahun, "golongan", dict(Golongan.choices)),
        "kanal": _bagian(setahun, "kanal", dict(Kanal.choices)),
        "rentang": f"{bulan[12].nama} sampai {bulan[-1].nama}",
    }


def _bagian(semua: Sequence[Jual], kunci: str, label: Mapping[str, str]) -> dict[str, Any]:
    """Turnover by group or channel, largest first, with its bars."""
    per = sorted(jumlah(semua, kunci).items(), key=lambda x: (-x[1], x[0]))
    total = sum(n for _, n in per)
    baris = [(label.get(k, k), n, 100 * n / total if total else None) for k, n in per]
    batang = [bagan.Batang(nama, n) for nama, n, _ in baris]
    return {"baris": baris, "gambar": bagan.batang(batang, judul=f"Penjualan menurut {kunci}", jenis="rupiah")}


def bagi(b: Bagi) -> list[tuple[str, int, bool]]:
    """The split as lines that add up: (label, rupiah, is it a sum)."""
    return [
        ("Penjualan yang sudah dihitung bagi hasilnya", b.omzet, False),
        ("Biaya", -b.biaya, False),
        ("Keuntungan", b.untung, True),
        ("Premi warga binaan", b.premi, False),
        ("PNBP", b.pnbp, False),
        ("Dana usaha", b.operasional, False),
        ("Belum dibagi", b.belum, False),
        ("Jumlah bagian", b.premi + b.pnbp + b.operasional + b.belum, True),
    ]


def kalimat_hari(lingkup: Lingkup) -> str:
    return f"Keadaan pada {tulis_tanggal(lingkup.hari)}"
