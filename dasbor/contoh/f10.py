"""F10 Bahan makanan dan dapur: days of feeding follow the inmates, spending follows the region's index."""

from __future__ import annotations

from dasbor.contoh.bentuk import BarisIsi, Isi, Semua
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, pecahan
from pemasyarakatan.inti.waktu import Bulan

_INDEKS = {
    "18": 17_000,
    "31": 18_000,
    "32": 19_000,
    "33": 19_000,
    "14": 21_000,
    "72": 30_000,
    "91": 37_000,
    "92": 34_000,
}
_INDEKS_LAIN = 19_500


def isi_f10(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    """Typed items and the year's contract."""
    kode, penghuni, lalu = p.unit.kode, sum(p.isi(bulan)), sum(p.isi(bulan - 1))
    indeks = _INDEKS.get(p.unit.kanwil, _INDEKS_LAIN)
    hari = bulan.akhir.day * (penghuni + lalu) // 2
    belanja = round(hari * indeks * antara(0.955, 1, kode, bulan, "belanja"))
    penjamah = min(penghuni, 4 + penghuni // 60)
    isi: dict[str, Nilai] = {
        "hari_makan": hari,
        "belanja": belanja,
        "indeks": indeks,
        "kalori": 2_150 + 10 * int(pecahan(kode, "kalori") * 30),
        "menu_siklus": 10,
        "organoleptik": bulan.akhir.day * 3,
        "terlambat": int(pecahan(kode, bulan, "telat kirim") * 1.15),
        "ditolak": int(pecahan(kode, bulan, "tolak") * 1.3),
        "keluhan": int(pecahan(kode, bulan, "keluhan") * 3),
        "keracunan": 0,
        "dapur_sehat": "berjalan"
        if pecahan(kode, "dapur") < 0.4
        else "bangun"
        if pecahan(kode, "dapur") < 0.6
        else "belum",
        "penjamah": penjamah,
        "penjamah_bersertifikat": round(penjamah * antara(0.3, 0.9, kode, "penjamah")),
    }
    return Isi(isi | _slhs(kode), {"vendor": [_vendor(p, bulan, indeks)]} if penghuni else {})


def ditanya_f10(p: Profil, bulan: Bulan, isi: Isi) -> bool:
    """A kitchen without certificate, or with one that has run out."""
    return not isi.nilai["ada_slhs"] or str(isi.nilai["slhs_berakhir"]) < f"{bulan.kode}-31"


def _slhs(kode: str) -> dict[str, Nilai]:
    """Nearly every kitchen is certified; a certificate lasts three years."""
    if pecahan(kode, "slhs") > 0.985:
        return {"ada_slhs": False}
    tahun = 2024 + int(pecahan(kode, "slhs terbit") * 2)
    return {
        "ada_slhs": True,
        "slhs_nomor": "CONTOH/440/SLHS",
        "slhs_terbit": f"{tahun}-03-12",
        "slhs_berakhir": f"{tahun + 3}-03-11",
    }


def _vendor(p: Profil, bulan: Bulan, indeks: int) -> BarisIsi:
    return {
        "nama": f"CV Contoh Pangan {1 + int(pecahan(p.unit.kode, 'vendor') * 40)}",
        "kontrak": f"CONTOH/BAMA/{bulan.tahun}",
        "mulai": f"{bulan.tahun}-01-02",
        "berakhir": f"{bulan.tahun}-12-31",
        "nilai_kontrak": p.isi_dasar * 400 * indeks + 50_000_000,
        "katalog": pecahan(p.unit.kode, "katalog") < 0.6,
    }
