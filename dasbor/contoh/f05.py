"""F05 Razia, tes urine, pemindahan: finds follow F04, transfers follow F02; a few units search too seldom."""

from __future__ import annotations

from dasbor.contoh.bentuk import Isi, Semua
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, kumulatif, pecah, pecahan
from pemasyarakatan.inti.waktu import Bulan

# Seized per month in a unit of average size; the year's national figures divided.
_TEMUAN = (("hp", 1.7), ("elektronik", 3.5), ("sajam", 3.9), ("miras", 0.1), ("lain", 2.6))
_ALASAN = ("risiko_tinggi", "kepadatan", "pembinaan", "lain")
_ALASAN_KUM = kumulatif((6, 58, 28, 8))


def isi_f05(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    """Typed items of the month."""
    kode, penghuni = p.unit.kode, sum(p.isi(bulan))
    rutin = 5 if pecahan(kode, bulan, "jarang") < 0.012 else 8 + int(pecahan(kode, bulan, "rutin") * 5)
    insidentil, gabungan = int(pecahan(kode, bulan, "insidentil") * 3), int(pecahan(kode, bulan, "gabungan") * 1.6)
    isi: dict[str, Nilai] = {
        "geledah_rutin_kali": rutin,
        "geledah_insidentil_kali": insidentil,
        "geledah_gabungan_kali": gabungan,
        "kamar": (rutin + insidentil + gabungan) * (3 + int(pecahan(kode, bulan, "kamar") * 5)),
    }
    pindah = semua["F02"].dua("mutasi_keluar_pindah")
    alasan = zip(_ALASAN, pecah(pindah, _ALASAN_KUM), strict=True)
    orang: dict[str, Nilai] = {f"pindah_{k}_orang": n for k, n in alasan}
    temuan = _temuan(p, bulan) | _temuan_lain(p, bulan, semua["F04"])
    for tanya, sel in (("temuan", temuan), ("tes_urine", _urine(p, bulan, penghuni)), ("pemindahan", orang)):
        isi[f"ada_{tanya}"] = any(sel.values())
        isi |= sel if isi[f"ada_{tanya}"] else {}
    return Isi(isi)


def _temuan(p: Profil, bulan: Bulan) -> dict[str, Nilai]:
    """What is seized is destroyed a month later."""
    isi: dict[str, Nilai] = {}
    for jenis, banyak in _TEMUAN:
        isi[f"temuan_{jenis}_disita"] = _disita(p, bulan, jenis, banyak)
        isi[f"temuan_{jenis}_musnah"] = _disita(p, bulan - 1, jenis, banyak)
    return isi


def ditanya_f05(p: Profil, bulan: Bulan, isi: Isi) -> bool:
    """Too few searches; or so many finds that they may be far above the usual."""
    return sum(isi.angka(f"geledah_{k}_kali") for k in ("rutin", "insidentil", "gabungan")) < 8 or (
        bool(isi.nilai["ada_temuan"]) and sum(isi.angka(f"temuan_{k}_disita") for k, _ in _TEMUAN) > 20
    )


def _disita(p: Profil, bulan: Bulan, jenis: str, banyak: float) -> int:
    besar = min(max(p.isi_dasar / 520, 0.1), 2)
    return int(banyak * besar * antara(0.2, 1.8, p.unit.kode, bulan, jenis, "sita") + 0.4)


def _temuan_lain(p: Profil, bulan: Bulan, f04: Isi) -> dict[str, Nilai]:
    kejadian = f04.baris.get("kejadian", [])
    narkoba = sum(b["kategori"] == "2.1" for b in kejadian)
    siber = sum(b["kategori"] == "2.2" for b in kejadian)
    return {
        "narkoba_kasus": narkoba,
        "narkoba_berat": narkoba * (1 + int(pecahan(p.unit.kode, bulan, "gram") * 9)),
        "uang_disita": int(pecahan(p.unit.kode, bulan, "uang") * 12) * 50_000 if p.isi_dasar > 300 else 0,
        "penipuan": 1 if siber and pecahan(p.unit.kode, bulan, "tipu") < 0.3 else 0,
        "hukuman_disiplin": narkoba + siber,
    }


def _urine(p: Profil, bulan: Bulan, penghuni: int) -> dict[str, Nilai]:
    diuji = min(penghuni, 10 + int(pecahan(p.unit.kode, bulan, "urine") * 20))
    return {
        "urine_wbp_diuji": diuji,
        "urine_wbp_positif": 1 if diuji > 8 and pecahan(p.unit.kode, bulan, "positif") < 0.03 else 0,
        "urine_petugas_diuji": 4 + int(pecahan(p.unit.kode, bulan, "petugas") * 8),
        "urine_petugas_positif": 0,
    }
