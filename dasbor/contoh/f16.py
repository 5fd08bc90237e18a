"""F16 Kerja sama: agreements that add up from month to month, and what was done with them."""

from __future__ import annotations

from datetime import timedelta

from dasbor.contoh.bentuk import Isi, Semua
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, pecahan, pilih
from pemasyarakatan.inti.waktu import Bulan

_MULAI = Bulan(2026, 8)
_MITRA = (("pemda", 45), ("pusat", 15), ("pendidikan", 20), ("usaha", 12), ("masyarakat", 8))
_NAMA = {
    "pemda": "Pemerintah daerah setempat",
    "pusat": "Instansi vertikal setempat",
    "pendidikan": "Perguruan tinggi setempat",
    "usaha": "Perusahaan mitra",
    "masyarakat": "Lembaga masyarakat",
}
_BIDANG = ("pendidikan", "kerja", "kesehatan", "usaha", "pertanian", "keagamaan", "hukum", "reintegrasi", "lain")


def isi_f16(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    kode = p.unit.kode
    baru = [_naskah(kode, bulan)] if _ada_baru(kode, bulan) else []
    dasar = 1 + int(antara(0, 8, kode, "ks"))
    isi: dict[str, Nilai] = {
        "ks_aktif": dasar + sum(_ada_baru(kode, b) for b in _MULAI.rentang(bulan)),
        "ks_pemda": dasar // 2,
        "ks_berakhir": 0,
        "ada_ks_baru": bool(baru),
    }
    bidang = [b for b in _BIDANG if b != "pertanian" and pecahan(kode, bulan, "giat", b) < 0.12]
    isi["ada_kegiatan_ks"] = bool(bidang)
    for b in _BIDANG if bidang else ():
        kali = 1 + int(antara(0, 3, kode, bulan, b)) if b in bidang else 0
        isi[f"kegiatan_{b}_kali"] = kali
        isi[f"kegiatan_{b}_orang"] = kali * int(antara(8, 30, kode, bulan, b, "orang"))
    return Isi(isi, {"kerja_sama": baru})


def _ada_baru(kode: str, bulan: Bulan) -> bool:
    return pecahan(kode, bulan, "naskah") < 0.06


def _naskah(kode: str, bulan: Bulan) -> dict[str, Nilai]:
    mitra = pilih(_MITRA, kode, bulan, "mitra")
    tanggal = bulan.awal + timedelta(days=int(antara(0, 28, kode, bulan, "tanda tangan")))
    return {
        "mitra": _NAMA[mitra],
        "jenis_mitra": mitra,
        "jenis_naskah": pilih((("pks", 70), ("kesepakatan", 30)), kode, bulan, "jenis"),
        "nomor_naskah": f"PAS-{100 + int(antara(0, 900, kode, bulan))}.HH.05.05",
        "tanggal_naskah": tanggal.isoformat(),
        "berlaku_sampai": tanggal.replace(year=tanggal.year + 3).isoformat()
        if tanggal.day < 29
        else f"{bulan.tahun + 3}-12-31",
        "bidang": pilih(
            (("reintegrasi", 30), ("pendidikan", 25), ("kesehatan", 25), ("kerja", 20)), kode, bulan, "bid"
        ),
        "dukungan": 0,
    }
