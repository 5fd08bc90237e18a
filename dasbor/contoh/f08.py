"""F08 Pembinaan: training, schooling and activities within the number of inmates."""

from __future__ import annotations

from dasbor.contoh.bentuk import BarisIsi, Isi, Semua
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, kumulatif, pecah, pecahan
from pemasyarakatan.inti.waktu import Bulan

_KURSUS = (
    ("Las listrik dasar", "manufaktur", "blk"),
    ("Menjahit pakaian", "tekstil", "blk"),
    ("Pengolahan roti", "boga", "dinas"),
    ("Budi daya lele", "pangan", "dinas"),
    ("Servis sepeda motor", "jasa", "mitra"),
    ("Operator komputer", "digital", "lsp"),
)
_DIDIK = ("aksara", "paket_a", "paket_b", "paket_c", "formal", "tinggi")
_DIDIK_DEWASA = kumulatif((4, 24, 28, 42, 0, 2))
_DIDIK_ANAK = kumulatif((2, 8, 24, 26, 40, 0))
# Share of inmates who come.
_PRIBADI = (("keagamaan", 0.6), ("hukum", 0.12), ("jasmani", 0.4), ("seni", 0.08), ("pramuka", 0.08))


def isi_f08(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    """Typed items and courses."""
    kode, penghuni = p.unit.kode, sum(p.isi(bulan))
    kursus = _kursus(p, bulan, penghuni)
    pidana = sum(semua["F01"].dua(f"reg_narapidana_{k}") for k in ("bi", "biia", "biib", "biii"))
    dinilai = round((pidana + semua["F01"].dua("reg_anak_binaan")) * antara(0.3, 0.8, kode, bulan, "sppn"))
    isi: dict[str, Nilai] = {
        "ada_pelatihan": bool(kursus),
        "ada_pembinaan": True,
        "bekerja": min(penghuni, semua["F06"].angka("wbp") + round(penghuni * antara(0.05, 0.12, kode, "kerja"))),
        "sppn_dinilai": dinilai,
        "sppn_baik": round(dinilai * antara(0.8, 0.97, kode, bulan, "baik")),
    }
    isi |= _didik(p, bulan, penghuni)
    for jenis, bagian in _PRIBADI:
        isi[f"pribadi_{jenis}_orang"] = round(penghuni * bagian * antara(0.7, 1.3, kode, jenis))
    isi["pribadi_deradikalisasi_orang"] = semua["F01"].dua("perkara_terorisme")
    return Isi(isi, {"kursus": kursus} if kursus else {})


def ditanya_f08(p: Profil, bulan: Bulan, isi: Isi) -> bool:
    """Working inmates follow those in food security, which may jump."""
    return abs(p.wbp(bulan) - p.wbp(bulan - 1)) >= 10


def _kursus(p: Profil, bulan: Bulan, penghuni: int) -> list[BarisIsi]:
    kode = p.unit.kode
    if penghuni < 60 or pecahan(kode, bulan, "latih") > 0.3:
        return []
    nama, bidang, oleh = _KURSUS[int(pecahan(kode, bulan, "kursus") * len(_KURSUS))]
    ikut = 10 + 5 * int(pecahan(kode, bulan, "ikut") * 3)
    lulus = ikut - int(pecahan(kode, bulan, "lulus") * 3)
    baris: BarisIsi = {
        "nama": nama,
        "bidang": bidang,
        "penyelenggara": oleh,
        "mulai": f"{bulan.kode}-03",
        "selesai": f"{bulan.kode}-26",
        "ikut": ikut,
        "lulus": lulus,
        "sertifikat": lulus if oleh in ("blk", "lsp") else 0,
    }
    return [baris]


def _didik(p: Profil, bulan: Bulan, penghuni: int) -> dict[str, Nilai]:
    anak = p.unit.jenis == "LPKA"
    if penghuni < 25 or (not anak and pecahan(p.unit.kode, "pkbm") > 0.45):
        return {"ada_kesetaraan": False}
    banyak = round(penghuni * (0.75 if anak else antara(0.04, 0.12, p.unit.kode, bulan.tahun, "didik")))
    peserta = pecah(banyak, _DIDIK_ANAK if anak else _DIDIK_DEWASA)
    isi: dict[str, Nilai] = {"ada_kesetaraan": True, "lembaga": "PKBM Contoh", "npsn": "P9999001"}
    for jenjang, n in zip(_DIDIK, peserta, strict=True):
        isi |= {f"didik_{jenjang}_peserta": n, f"didik_{jenjang}_lulus": 0}
    return isi
