"""F14 Anggaran dan PNBP: a year's ceiling that stays, spending that grows month by month close to its plan."""

from __future__ import annotations

from dasbor.contoh.bentuk import Isi, Semua
from dasbor.contoh.f17 import pegawai_dasar
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, pecahan
from pemasyarakatan.inti.waktu import Bulan

_JUTA = 1_000_000
_PNBP_PER_M2 = 800
"""More per month than F06 can yield from a square metre, so that the year to date covers every month's food revenue."""


def isi_f14(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    kode = p.unit.kode
    tahunan = 100 + 3 * (bulan.tahun - 2026)  # another year, another ceiling: spending begins anew below it
    pagu = {
        "b51": pegawai_dasar(p) * 96 * _JUTA,
        "b52": (p.isi_dasar * 9 + 600) * _JUTA,
        "b53": round(antara(150, 2500, kode, "modal")) * _JUTA if pecahan(kode, "b53") < 0.5 else 0,
    }
    isi: dict[str, Nilai] = {}
    realisasi = 0
    for akun, setara in pagu.items():
        nilai = setara * tahunan // 100 // _JUTA * _JUTA
        isi[f"belanja_{akun}_pagu"] = nilai
        isi[f"belanja_{akun}_blokir"] = nilai // 20 if akun == "b52" else 0
        keluar = round(nilai / _JUTA * bulan.bulan / 12 * antara(0.88, 0.94, kode, akun)) * _JUTA
        isi[f"belanja_{akun}_realisasi"] = keluar
        realisasi += keluar
    isi["rpd"] = round(realisasi / _JUTA * antara(0.97, 1.04, kode, bulan, "rpd")) * _JUTA
    isi["ikpa"] = int(antara(84, 100, kode, bulan, "ikpa"))
    masuk = p.lahan(bulan) * _PNBP_PER_M2 * bulan.bulan
    isi |= {
        "ada_pnbp": True,
        "pnbp_kerja_target": p.lahan(Bulan(bulan.tahun, 1)) * _PNBP_PER_M2 * 14,
        "pnbp_kerja_masuk": masuk,
        "pnbp_sewa_target": 12 * _JUTA,
        "pnbp_sewa_masuk": bulan.bulan * 950_000,
        "pnbp_lain_target": 0,
        "pnbp_lain_masuk": 0,
    }
    utang: dict[str, Nilai] = {}
    for jenis in ("listrik", "air", "bama", "lain"):
        ada = pecahan(kode, bulan, "tunggak", jenis) < 0.04
        utang[f"tunggakan_{jenis}_nilai"] = round(antara(2, 40, kode, bulan, jenis)) * _JUTA if ada else 0
    isi["ada_tunggakan"] = any(utang.values())
    return Isi(isi | utang if isi["ada_tunggakan"] else isi)
