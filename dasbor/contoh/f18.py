"""F18 Pembimbingan kemasyarakatan: clients, reports to courts and boards, and the sanctions of the new code.

Sized by what probation offices published: some 1.500 clients with 45 staff, nine in ten on parole.
"""

from __future__ import annotations

from math import sin

from dasbor.contoh.bentuk import Isi, Semua
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, kumulatif, pecah, pecahan
from pemasyarakatan.inti.waktu import Bulan

_PROGRAM = (  # cell, weight
    ("pb_dewasa", 864), ("cb_dewasa", 62), ("cmb_dewasa", 8), ("asimilasi_dewasa", 14), ("pengawasan_dewasa", 9),
    ("kerja_sosial_dewasa", 7), ("lain_dewasa", 12), ("diversi_anak", 10), ("tindakan_anak", 8), ("pb_anak", 6),
)  # fmt: skip
_BARIS = ("pb", "cb", "cmb", "asimilasi", "pengawasan", "kerja_sosial", "diversi", "tindakan", "lain")
_KOLOM = ("dewasa", "anak")
_PERKARA = (
    ("narkotika", 55), ("pencurian", 16), ("perlindungan_anak", 10), ("penipuan", 6), ("korupsi", 4), ("terorisme", 1),
    ("lain", 8),
)  # fmt: skip
_LITMAS = (
    ("diversi", 4), ("sidang_anak", 6), ("pb", 46), ("cb", 14), ("cmb", 3), ("asimilasi", 8), ("perawatan", 12),
    ("pindah", 2), ("pra_putusan", 4), ("lain", 1),
)  # fmt: skip
_JENIS_KERJA = (("bersih", 45), ("ibadah", 25), ("panti", 12), ("sehat", 8), ("didik", 6), ("lain", 4))


def klien(p: Profil, bulan: Bulan) -> int:
    dasar = antara(700, 2100, p.unit.kode, "klien") if p.unit.kelas == "I" else antara(180, 900, p.unit.kode, "klien")
    return round(dasar * (1 + 0.02 * sin(p.fase + (bulan.tahun * 12 + bulan.bulan) / 2.6)))


def pk(p: Profil) -> int:
    return max(4, round(klien(p, Bulan(2026, 1)) / antara(42, 60, p.unit.kode, "pk")))


def apk(p: Profil) -> int:
    return 1 + pk(p) // 12


def isi_f18(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    orang = klien(p, bulan)
    cabut = 1 if pecahan(p.unit.kode, bulan, "cabut") < 0.3 else 0
    isi = _klien(orang)
    isi |= _mutasi(p, bulan, cabut) | _litmas(p, bulan) | _bimbingan(p, bulan, orang)
    isi["ada_pencabutan"] = bool(cabut)
    if cabut:
        sel = {
            f"cabut_{b}_{k}": 0
            for b in ("pb", "cb", "cmb", "asimilasi")
            for k in ("pidana", "resah", "mangkir", "lain")
        }
        isi |= sel | {"cabut_pb_mangkir": 1}
    isi |= _kerja_sosial(p, bulan, isi) | _pengawasan(p, bulan, isi) | _sumber_daya(p)
    return Isi(isi)


def _klien(semua: int) -> dict[str, Nilai]:
    program = pecah(semua, kumulatif([b for _, b in _PROGRAM]))
    sel = {f"{b}_{k}": 0 for b in _BARIS for k in _KOLOM if f"{b}_{k}" not in ("diversi_dewasa", "tindakan_dewasa")}
    sel |= {kode: n for (kode, _), n in zip(_PROGRAM, program, strict=True)}
    perkara = pecah(semua, kumulatif([b for _, b in _PERKARA]))
    dewasa = sum(n for kode, n in sel.items() if kode.endswith("_dewasa"))
    isi: dict[str, Nilai] = {
        "klien_dewasa_p": dewasa * 5 // 100,
        "klien_anak_p": (semua - dewasa) * 6 // 100,
        "bekerja": dewasa * 73 // 100,
    }
    isi |= {f"program_{kode}": n for kode, n in sel.items()}
    return isi | {f"perkara_{kode}_orang": n for (kode, _), n in zip(_PERKARA, perkara, strict=True)}


def _mutasi(p: Profil, bulan: Bulan, cabut: int) -> dict[str, Nilai]:
    tambah = klien(p, bulan) - klien(p, bulan - 1)
    selesai = max(0, -tambah) + int(antara(4, 30, p.unit.kode, bulan, "selesai klien"))
    return {
        "klien_baru": tambah + selesai + cabut,
        "klien_pindah_masuk": 0,
        "klien_selesai": selesai,
        "klien_pindah_keluar": 0,
        "klien_meninggal": 0,
        "klien_ulang": 1 if pecahan(p.unit.kode, bulan, "ulang") < 0.2 else 0,
    }


def _sisa(p: Profil, bulan: Bulan) -> int:
    return int(antara(2, 22, p.unit.kode, bulan, "sisa litmas"))


def _litmas(p: Profil, bulan: Bulan) -> dict[str, Nilai]:
    masuk = 24 + int(klien(p, bulan) / 14 * antara(0.8, 1.2, p.unit.kode, bulan, "litmas"))
    selesai = _sisa(p, bulan - 1) + masuk - _sisa(p, bulan)
    bobot = kumulatif([b for _, b in _LITMAS])
    isi: dict[str, Nilai] = {"litmas_awal": _sisa(p, bulan - 1), "litmas_sdp": selesai, "litmas_ai": selesai // 10}
    for (kode, _), minta, usai in zip(_LITMAS, pecah(masuk, bobot), pecah(selesai, bobot), strict=True):
        isi[f"litmas_{kode}_masuk"] = minta
        isi[f"litmas_{kode}_selesai"] = usai
    return isi | {"litmas_tepat": selesai - selesai // 15}


def _bimbingan(p: Profil, bulan: Bulan, semua: int) -> dict[str, Nilai]:
    wajib = semua * 45 // 100
    mangkir = round(wajib * antara(0.01, 0.06, p.unit.kode, bulan, "mangkir"))
    return {
        "wajib_lapor": wajib,
        "hadir": wajib - mangkir,
        "mangkir_tiga": mangkir // 6,
        "tahap_awal_orang": semua // 4,
        "tahap_lanjutan_orang": semua // 3,
        "tahap_akhir_orang": semua // 3,
        "kunjungan_rumah": pk(p) * 2,
        "bimbingan_kepribadian": semua // 7,
        "bimbingan_kemandirian": semua // 40,
    }


def _kerja_sosial(p: Profil, bulan: Bulan, isi: dict[str, Nilai]) -> dict[str, Nilai]:
    orang = int(str(isi["program_kerja_sosial_dewasa"]))
    if not orang:
        return {"ada_kerja_sosial": False}
    perintah = int(antara(0, 3, p.unit.kode, bulan, "perintah"))
    jenis = pecah(orang, kumulatif([b for _, b in _JENIS_KERJA]))
    return {
        "ada_kerja_sosial": True,
        "ks_perintah": perintah,
        "ks_jam_putus": perintah * 8 * (2 + int(antara(0, 20, p.unit.kode, bulan, "jam"))),
        "ks_jam_jalan": orang * 16,
        "ks_tidak_hadir": orang // 4,
        "ks_selesai": orang // 5,
        "ks_gagal": 0,
        **{f"ks_jenis_{kode}_orang": n for (kode, _), n in zip(_JENIS_KERJA, jenis, strict=True)},
    }


def _pengawasan(p: Profil, bulan: Bulan, isi: dict[str, Nilai]) -> dict[str, Nilai]:
    orang = int(str(isi["program_pengawasan_dewasa"]))
    if not orang:
        return {"ada_pengawasan": False}
    return {
        "ada_pengawasan": True,
        "pw_perintah": int(antara(0, 3, p.unit.kode, bulan, "pengawasan")),
        "pw_selesai": orang // 8,
        "pw_langgar": 0,
        "pw_perpanjang": 0,
        "pw_perpendek": orang // 10,
    }


def _sumber_daya(p: Profil) -> dict[str, Nilai]:
    kode = p.unit.kode
    return {
        "pk": pk(p),
        "apk": apk(p),
        "pos_bapas": int(antara(0, 4, kode, "pos")),
        "griya": int(antara(0, 2.5, kode, "griya")),
        "ks_lokasi": 4 + int(antara(0, 14, kode, "lokasi")),
        "ks_mitra": 8 + int(antara(0, 26, kode, "mitra ks")),
    }
