"""F12 Publikasi: a few news items for some units, one about an incident where F04 has one, and own posts."""

from __future__ import annotations

from datetime import timedelta

from dasbor.contoh.bentuk import BarisIsi, Isi, Semua
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, pecahan, pilih
from pemasyarakatan.inti.waktu import Bulan

_ISU = (("8.1", 8), ("8.2", 34), ("8.3", 16), ("8.4", 12), ("8.5", 10), ("8.6", 14), ("8.7", 6))
_JUDUL = {
    "8.1": "Remisi diserahkan",
    "8.2": "Pelatihan kerja warga binaan dimulai",
    "8.3": "Bakti sosial bersama masyarakat sekitar",
    "8.4": "Upacara dan apel bersama",
    "8.5": "Pengamanan gabungan dan tes urine",
    "8.6": "Panen hasil ketahanan pangan",
    "8.7": "Pemeriksaan kesehatan gratis",
}
_KONTEN = ("instagram", "facebook", "x", "tiktok", "youtube", "laman")


def isi_f12(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    """Typed items and rows; two of three units have no news in a month."""
    kode = p.unit.kode
    baris = _berita(p, bulan, semua)
    isi: dict[str, Nilai] = {"ada_berita": bool(baris), "ada_konten": True}
    isi["siaran_pers"] = 1 + int(antara(0, 3, kode, bulan, "siaran"))
    for i, tempat in enumerate(_KONTEN):
        isi[f"konten_{tempat}_unggahan"] = int(antara(0, 24 - 4 * i, kode, bulan, tempat))
    return Isi(isi, {"berita": baris})


def _berita(p: Profil, bulan: Bulan, semua: Semua) -> list[BarisIsi]:
    kode = p.unit.kode
    banyak = int(antara(1, 5, kode, bulan, "banyak")) if pecahan(kode, bulan, "berita") < 0.3 else 0
    baris = [_satu(kode, bulan, n) for n in range(banyak)]
    liput = "F04" in semua and pecahan(kode, bulan, "liput") < 0.3
    peristiwa = semua["F04"].baris.get("kejadian", []) if liput else []
    return baris + [_gangguan(bulan, str(k["kategori"])) for k in peristiwa[:1]]


def _satu(kode: str, bulan: Bulan, n: int) -> dict[str, Nilai]:
    isu = pilih(_ISU, kode, bulan, "isu", n)
    return {
        "tanggal_tayang": (bulan.awal + timedelta(days=int(antara(0, 28, kode, bulan, "hari", n)))).isoformat(),
        "judul_berita": _JUDUL[isu],
        "media": pilih((("lokal", 60), ("internal", 30), ("nasional", 10)), kode, bulan, "media", n),
        "sentimen": pilih((("positif", 80), ("netral", 20)), kode, bulan, "sentimen", n),
        "isu": isu,
        "jumlah_tayang": 1 + int(antara(0, 4, kode, bulan, "tayang", n)),
    }


def _gangguan(bulan: Bulan, kategori: str) -> dict[str, Nilai]:
    return {
        "tanggal_tayang": (bulan.awal + timedelta(days=27)).isoformat(),
        "judul_berita": "Pemberitaan gangguan keamanan",
        "media": "lokal",
        "sentimen": "negatif",
        "isu": kategori,
        "jumlah_tayang": 2,
        "ditanggapi": True,
    }
