"""F04 Gangguan kamtib: few incidents, complete as the rules want them, without any person in them."""

from __future__ import annotations

from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import pecahan, pilih
from pemasyarakatan.inti.waktu import Bulan

_KATEGORI = (
    ("2.2", 34),
    ("2.1", 20),
    ("1.3", 18),
    ("6.1", 14),
    ("3.6", 3),
    ("4.3", 4),
    ("1.1", 3),
    ("4.1", 2),
    ("0", 4),
)
_URAIAN = {
    "2.2": ("wbp", "sedang", "Telepon genggam disita dan dimusnahkan, kamar digeledah ulang."),
    "2.1": ("wbp", "tinggi", "Barang bukti diserahkan kepada kepolisian, blok digeledah menyeluruh."),
    "1.3": ("wbp", "sedang", "Pihak yang terlibat dipisahkan dan diperiksa, korban dirawat di klinik."),
    "6.1": ("eksternal", "sedang", "Barang kiriman ditahan di pintu utama dan dilaporkan kepada kepolisian."),
    "3.6": ("petugas", "sedang", "Petugas diperiksa oleh tim kepatuhan internal."),
    "4.3": ("sistem", "sedang", "Penghuni dipindahkan sementara ke aula, bangunan diperiksa."),
    "1.1": ("wbp", "tinggi", "Pencarian bersama kepolisian, penjagaan ditambah."),
    "4.1": ("wbp", "tinggi", "Dilaporkan kepada kepolisian dan keluarga, penyebab diperiksa."),
    "0": ("sistem", "rendah", "Dicatat dan dipantau."),
}
_BLOK = ("Blok A", "Blok B", "Blok C", "Blok D", "Dapur", "Pintu utama", "Ruang kunjungan")


def kejadian(p: Profil, bulan: Bulan) -> list[dict[str, Nilai]]:
    """Rows of the incident list; nearly always none. Bigger units have more."""
    peluang = min(0.02 + p.isi_dasar / 30_000, 0.12)
    acak = pecahan(p.unit.kode, bulan, "kamtib")
    banyak = 0 if acak >= peluang else 2 if acak < peluang / 9 else 1
    return sorted((_baris(p, bulan, n) for n in range(banyak)), key=lambda b: str(b["tanggal"]))


def _baris(p: Profil, bulan: Bulan, n: int) -> dict[str, Nilai]:
    kunci = (p.unit.kode, bulan, n)
    kategori = pilih(_KATEGORI, *kunci, "kategori")
    aktor, urgensi, lanjut = _URAIAN[kategori]
    hari = 1 + int(pecahan(*kunci, "hari") * bulan.akhir.day)
    menit = int(pecahan(*kunci, "jam") * 1440)
    baris: dict[str, Nilai] = {
        "tanggal": f"{bulan.kode}-{hari:02}",
        "jam": f"{menit // 60:02}:{menit % 60:02}",
        "kategori": kategori,
        "lokasi": _BLOK[int(pecahan(*kunci, "blok") * len(_BLOK))],
        "aktor": aktor,
        "urgensi": urgensi,
        "jumlah_pelaku": 0 if aktor == "sistem" else 1 + int(pecahan(*kunci, "pelaku") * 2),
        "korban_luka": 1 if kategori == "1.3" else 0,
        "korban_meninggal": 1 if kategori == "4.1" else 0,
        "hukuman_disiplin": 1 if aktor == "wbp" and kategori in ("2.2", "2.1", "1.3") else 0,
        "dilaporkan_24jam": pecahan(*kunci, "lapor") < 0.94,
        "tindak_lanjut": lanjut,
    }
    if kategori == "1.1":
        baris["tertangkap_kembali"] = pecahan(*kunci, "tangkap") < 0.6
    return baris


def pelaku_lari(baris: list[dict[str, Nilai]]) -> int:
    return sum(int(str(b["jumlah_pelaku"])) for b in baris if b["kategori"] == "1.1")


def tewas(baris: list[dict[str, Nilai]]) -> int:
    return sum(int(str(b["korban_meninggal"])) for b in baris)
