"""F15 Barang milik negara dan pembangunan: land and equipment that stay; few units build or receive a grant."""

from __future__ import annotations

from dasbor.contoh.bentuk import BarisIsi, Isi, Semua
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, pecah, pecahan, pilih
from pemasyarakatan.inti.waktu import Bulan

_MULAI = Bulan(2026, 1)
_TANAH = ("sertifikat", "hibah", "pinjam", "sengketa", "lain")
_SARANA = (
    ("mobil", 5),
    ("angkut", 3),
    ("ambulans", 2),
    ("xray", 2),
    ("detektor", 4),
    ("cctv", 60),
    ("ht", 14),
    ("senjata", 10),
)
_KERJA = (("hunian", 35), ("upt", 20), ("dapur", 15), ("poliklinik", 10), ("pengamanan", 20))


def isi_f15(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    kode = p.unit.kode
    luas = round(antara(30, 400, kode, "tanah")) * 100
    bagian = pecah(luas, (80, 90 + int(antara(0, 8, kode, "hibah")), 100, 100, 100))
    isi: dict[str, Nilai] = {}
    for status, m2 in zip(_TANAH, bagian, strict=True):
        isi[f"tanah_{status}_luas"] = m2
        isi[f"tanah_{status}_bidang"] = 1 if m2 else 0
    hibah, gedung = _hibah(kode, bulan), _gedung(p, bulan)
    isi |= {"ada_hibah": bool(hibah), "ada_pekerjaan": bool(gedung)}
    for n, kondisi in enumerate(("baik", "rusak_ringan", "rusak_berat")):
        isi[f"bangunan_{kondisi}_unit"] = int(antara(0, 12 >> n, kode, kondisi))
    for nama, banyak in _SARANA:
        ada = int(antara(0, banyak, kode, nama))
        isi[f"sarana_{nama}_ada"] = ada
        isi[f"sarana_{nama}_siap"] = round(ada * antara(0.8, 1, kode, nama, "siap"))
    return Isi(isi, {"hibah": hibah, "gedung": gedung})


def _hibah(kode: str, bulan: Bulan) -> list[BarisIsi]:
    if pecahan(kode, "hibah ada") >= 0.05:
        return []
    maju = bulan - _MULAI
    return [
        {
            "pemberi": "Pemerintah kabupaten atau kota setempat",
            "objek_hibah": "tanah",
            "luas_hibah": round(antara(5, 60, kode, "luas")) * 500,
            "nphd": f"{100 + int(antara(0, 800, kode))}/NPHD/2026",
            "tanggal_nphd": "2026-07-15",
            "bast": maju > 7,
            "sertifikat_hibah": "proses",
        }
    ]


def _gedung(p: Profil, bulan: Bulan) -> list[BarisIsi]:
    kode = p.unit.kode
    if pecahan(kode, "bangun") >= 0.15:
        return []
    peruntukan = "bapas" if p.unit.jenis == "BAPAS" else pilih(_KERJA, kode, "peruntukan")
    fisik = min(100, max(0, int((bulan - _MULAI) * antara(7, 12, kode, "laju"))))
    return [
        {
            "nama_pekerjaan": "Pembangunan kantor Bapas" if peruntukan == "bapas" else "Rehabilitasi gedung",
            "peruntukan": peruntukan,
            "jenis_pekerjaan": "pembangunan" if peruntukan == "bapas" else "rehabilitasi",
            "nilai_kontrak": round(antara(300, 4000, kode, "nilai")) * 1_000_000,
            "fisik": fisik,
            "keuangan": fisik * 9 // 10,
            "target_selesai": "2026-12-20",
        }
    ]
