"""What the performance report contains: which items of which forms, in which order. Plain data."""

from __future__ import annotations

HUNIAN = ("isi", "kapasitas", "tahanan", "narapidana", "anak_semua")
MUTASI = (
    "masuk", "keluar", "bebas_murni", "bebas_remisi", "bebas_pb", "bebas_cb", "bebas_cmb", "bebas_demi_hukum",
    "pindah_keluar", "meninggal", "lari", "overstaying",
)  # fmt: skip
KAMTIB = (
    "total_kejadian", "pelarian", "kerusuhan", "kekerasan", "narkoba", "hp_ilegal", "integritas",
    "kematian_tidak_wajar", "bencana", "radikalisme", "ancaman_luar", "kejadian_lain", "urgensi_tinggi",
    "luka", "tewas",
)  # fmt: skip
KELOMPOK_KAMTIB = KAMTIB[1:12]
"""The groups that partition the incidents; the rest are counts over the same incidents."""

PANGAN = ("lahan", "lahan_tidur", "wbp", "panen", "nilai_hasil", "penjualan", "jual_bama")
KLASTER = ("pertanian", "hortikultura", "perkebunan", "perikanan", "peternakan")
UKURAN_KLASTER = ("lahan", "wbp", "panen", "nilai")


def kode_klaster(klaster: str, ukuran: str) -> str:
    return f"klaster_{klaster}_{ukuran}"


PANGAN_KLASTER = tuple(kode_klaster(k, u) for k in KLASTER for u in UKURAN_KLASTER)

BUTIR: dict[str, tuple[str, ...]] = {
    "F01": HUNIAN,
    "F02": MUTASI,
    "F04": KAMTIB,
    "F06": PANGAN + PANGAN_KLASTER,
}
"""Items by form; every one is a sum over units."""

TREN: dict[str, tuple[str, ...]] = {
    "F01": ("isi", "kapasitas"),
    "F02": ("masuk", "keluar"),
    "F04": ("total_kejadian",),
    "F06": ("lahan", "wbp", "panen"),
}
BANYAK_TREN = 12
