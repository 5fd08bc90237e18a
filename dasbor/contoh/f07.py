"""F07 UMKM: half of the prisons make something; sales, costs and shares add up to the last rupiah."""

from __future__ import annotations

from dasbor.contoh.acak import antara, kumulatif, pecah, pecahan
from dasbor.contoh.bentuk import BarisIsi, Isi, Semua
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.waktu import Bulan

_PRODUK = (
    ("Keripik pisang", "makanan", "bungkus", 15_000),
    ("Kopi bubuk", "minuman", "bungkus", 32_000),
    ("Sambal botol", "makanan", "botol", 22_000),
    ("Roti tawar", "makanan", "bungkus", 14_000),
    ("Batik tulis", "tekstil", "lembar", 260_000),
    ("Meja lipat", "mebel", "buah", 325_000),
    ("Tas anyaman", "kerajinan", "buah", 85_000),
    ("Lukisan kanvas", "seni", "buah", 400_000),
    ("Cuci sepeda motor", "jasa", "unit", 18_000),
)
_PELUANG = {"LAPAS": 0.5, "RUTAN": 0.2, "LPKA": 0.25}
_KANAL = ("galeri", "pameran", "marketplace", "katalog", "pesanan")


def isi_f07(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    """A unit without products says so and has nothing else to fill in."""
    kode, penghuni = p.unit.kode, sum(p.isi(bulan))
    if penghuni < 30 or pecahan(kode, "umkm") >= _PELUANG.get(p.unit.jenis, 0):
        return Isi({"ada_produk": False})
    produk = [_produk(p, bulan, n) for n in range(1 + int(pecahan(kode, "ragam") * 2.8))]
    omzet = sum(int(str(b["hasil_jual"])) for b in produk)
    pameran = pecahan(kode, bulan, "pameran") < 0.2
    kanal = pecah(omzet, kumulatif((45, 15 if pameran else 0, 15, 5, 20)))
    biaya = round(omzet * antara(0.5, 0.7, kode, bulan, "biaya"))
    untung = omzet - biaya
    pnbp, premi = untung * 15 // 100, untung * 40 // 100
    nilai: dict[str, Nilai] = {
        "ada_produk": True,
        "wbp": min(penghuni, 4 + int(pecahan(kode, "pembuat") * 14)),
        "mitra": int(pecahan(kode, "mitra umkm") * 3),
        "pameran": int(pameran),
        **{f"kanal_{k}_jual": n for k, n in zip(_KANAL, kanal, strict=True)},
        "biaya": biaya,
        "pnbp": pnbp,
        "premi": premi,
        "dana_usaha": untung - pnbp - premi,
    }
    return Isi(nilai, {"produk": produk, "legalitas": [b for x in produk for b in _legalitas(kode, str(x["nama"]))]})


def _produk(p: Profil, bulan: Bulan, n: int) -> BarisIsi:
    mulai = int(pecahan(p.unit.kode, "produk") * len(_PRODUK))
    nama, golongan, ukuran, harga = _PRODUK[(mulai + 2 * n) % len(_PRODUK)]
    dibuat = 4 + int(2_400_000 / harga * antara(0.4, 1.6, p.unit.kode, bulan, n))
    terjual = int(dibuat * antara(0.5, 1, p.unit.kode, bulan, n, "jual"))
    return {
        "nama": nama,
        "golongan": golongan,
        "ukuran": ukuran,
        "dibuat": dibuat,
        "terjual": terjual,
        "hasil_jual": terjual * harga,
    }


def _legalitas(kode: str, produk: str) -> list[BarisIsi]:
    """Few products have all papers; numbers are plainly invented."""
    nomor = int(pecahan(kode, produk, "nomor") * 90_000) + 10_000
    ada: list[BarisIsi] = []
    if pecahan(kode, produk, "nib") < 0.5:
        ada.append({"produk_izin": produk, "izin": "nib", "nomor": f"CONTOH-NIB-{nomor}"})
    makanan = produk in ("Keripik pisang", "Kopi bubuk", "Sambal botol", "Roti tawar")
    if makanan and pecahan(kode, produk, "pirt") < 0.45:
        habis = f"{2027 + int(pecahan(kode, produk, 'habis') * 4)}-06-30"
        ada.append({"produk_izin": produk, "izin": "pirt", "nomor": f"CONTOH-PIRT-{nomor}", "berakhir": habis})
    if makanan and pecahan(kode, produk, "halal") < 0.3:
        ada.append({"produk_izin": produk, "izin": "halal", "nomor": f"CONTOH-HALAL-{nomor}"})
    return ada
