"""F07 UMKM: a third of the prisons make something; sales, costs and shares add up to the last rupiah."""

from __future__ import annotations

from dasbor.contoh.bentuk import BarisIsi, Isi, Semua
from dasbor.contoh.produk import Produk, milik_unit
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, kumulatif, pecah, pecahan
from pemasyarakatan.inti.waktu import Bulan

_KANAL = ("galeri", "pameran", "marketplace", "katalog", "pesanan")


def isi_f07(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    """A unit without products says so and has nothing else to fill in."""
    kode, penghuni = p.unit.kode, sum(p.isi(bulan))
    produk = milik_unit().get(kode, ())
    if not produk:
        return Isi({"ada_produk": False})
    baris = [_produk(kode, bulan, satu) for satu in produk]
    pameran = pecahan(kode, bulan, "pameran") < 0.2
    kanal = [sum(x) for x in zip(*(_per_kanal(b, s, pameran) for b, s in zip(baris, produk, strict=True)), strict=True)]
    omzet = sum(kanal)
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
    return Isi(nilai, {"produk": baris, "legalitas": [b for satu in produk for b in _legalitas(kode, satu)]})


def _produk(kode: str, bulan: Bulan, satu: Produk) -> BarisIsi:
    dibuat = 4 + int(2_400_000 / satu.harga * antara(0.4, 1.6, kode, bulan, satu.nama))
    terjual = dibuat if satu.golongan == "jasa" else int(dibuat * antara(0.5, 1, kode, bulan, satu.nama, "jual"))
    return {
        "nama": satu.nama,
        "golongan": satu.golongan,
        "ukuran": satu.ukuran,
        "dibuat": dibuat,
        "terjual": terjual,
        "hasil_jual": terjual * satu.harga,
    }


def _per_kanal(baris: BarisIsi, satu: Produk, pameran: bool) -> list[int]:
    """Rupiah by channel: whole pieces go through each."""
    buah = pecah(int(str(baris["terjual"])), kumulatif((45, 15 if pameran else 0, 15, 5, 20)))
    return [n * satu.harga for n in buah]


def _legalitas(kode: str, satu: Produk) -> list[BarisIsi]:
    """Few products have all papers; numbers are plainly invented."""
    nomor = int(pecahan(kode, satu.nama, "nomor") * 90_000) + 10_000
    pangan = satu.golongan in ("makanan", "minuman")

    def izin(jenis: str, peluang: float, sampai: str | None = None) -> list[BarisIsi]:
        if pecahan(kode, satu.nama, jenis) >= peluang:
            return []
        tertulis = {"produk_izin": satu.nama, "izin": jenis, "nomor": f"CONTOH-{jenis.upper()}-{nomor}"}
        return [{**tertulis, "berakhir": sampai} if sampai else {**tertulis}]

    habis = f"{2027 + int(pecahan(kode, satu.nama, 'habis') * 4)}-06-30"
    segera = "2026-12-10" if pecahan(kode, "segera") < 0.1 else habis
    semua = izin("nib", 0.5)
    if semua and pangan:
        semua += izin("pirt", 0.6, segera)
        semua += izin("halal", 0.5) if len(semua) > 1 else []
    return semua + (izin("merek", 0.25, "2034-03-31") if len(semua) > 1 else [])
