"""F17 Pegawai dan pelatihan: staff in proportion to the unit, guards in four teams, trainings in some months."""

from __future__ import annotations

from datetime import timedelta

from dasbor.contoh.bentuk import Isi, Semua
from dasbor.contoh.f18 import apk, pk
from dasbor.contoh.profil import JENIS_HUNIAN, Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, pecahan, pilih
from pemasyarakatan.inti.waktu import Bulan

_JENIS = (("pengamanan", 40), ("kesamaptaan", 20), ("teknis", 20), ("integritas", 12), ("teknologi", 8))


def pegawai_dasar(p: Profil) -> int:
    """Staff without the comings and goings of single months."""
    if p.unit.jenis == "BAPAS":
        return pk(p) + apk(p) + 8 + int(antara(0, 8, p.unit.kode, "staf"))
    return 26 + p.isi_dasar // 9 + int(antara(0, 20, p.unit.kode, "staf"))


def pegawai(p: Profil, bulan: Bulan) -> int:
    return pegawai_dasar(p) + (1 if pecahan(p.unit.kode, bulan, "pindah") < 0.2 else 0)


def isi_f17(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    kode, kini, lalu = p.unit.kode, pegawai(p, bulan), pegawai(p, bulan - 1)
    isi = {**_jabatan(p, kini), **_regu(p)}
    cpns, pppk = kini // 12, kini // 20
    latihan = [_latihan(kode, bulan, kini)] if pecahan(kode, bulan, "latih") < 0.2 else []
    isi |= {
        "status_asn_pns_orang": kini - cpns - pppk,
        "status_asn_cpns_orang": cpns,
        "status_asn_pppk_orang": pppk,
        "kebutuhan": pegawai_dasar(p) * 13 // 10,
        "pegawai_masuk": max(kini - lalu, 0),
        "pegawai_keluar": max(lalu - kini, 0),
        "ada_pelatihan": bool(latihan),
    }
    return Isi(isi, {"latihan": latihan})


def _penjaga(p: Profil) -> int:
    return max(16, pegawai_dasar(p) * 55 // 100) if p.unit.jenis in JENIS_HUNIAN else 0


def _jabatan(p: Profil, semua: int) -> dict[str, Nilai]:
    """The parts add up to `semua`; whatever is left over works in the offices."""
    jaga, pembimbing = _penjaga(p), pk(p) + apk(p) if p.unit.jenis == "BAPAS" else 0
    medis = (semua - jaga - pembimbing - 6) // 2 if p.unit.jenis == "RS" else 2
    sisa = semua - jaga - pembimbing - medis - 6
    bagian = {"struktural": 6, "jaga": jaga, "pk": pembimbing, "medis": medis, "fungsional": sisa // 3}
    bagian["pelaksana"] = sisa - sisa // 3
    isi: dict[str, Nilai] = {}
    for jabatan, orang in bagian.items():
        perempuan = round(orang * antara(0.1, 0.35, p.unit.kode, jabatan))
        isi |= {f"jabatan_{jabatan}_l": orang - perempuan, f"jabatan_{jabatan}_p": perempuan}
    return isi


def _regu(p: Profil) -> dict[str, Nilai]:
    jaga = _penjaga(p)
    if not jaga:
        return {"ada_regu": False}
    anggota = jaga * 3 // 4
    return {
        "ada_regu": True,
        "regu": 4,
        "anggota_regu": anggota,
        "jaga_terkecil": anggota // 4,
        "p2u": min(8, jaga - anggota),
    }


def _latihan(kode: str, bulan: Bulan, semua: int) -> dict[str, Nilai]:
    peserta = 1 + int(antara(0, min(12, semua), kode, bulan, "peserta"))
    return {
        "nama_latihan": "Pelatihan peningkatan kemampuan petugas",
        "jenis_latihan": pilih(_JENIS, kode, bulan, "jenis latih"),
        "cara_latihan": pilih((("mooc", 55), ("tatap_muka", 30), ("daring", 15)), kode, bulan, "cara"),
        "penyelenggara": "Poltekimipas",
        "selesai_latihan": (bulan.awal + timedelta(days=int(antara(0, 28, kode, bulan, "selesai")))).isoformat(),
        "jam_latihan": 8 * (1 + int(antara(0, 4, kode, bulan, "jp"))),
        "peserta": peserta,
        "lulus": peserta,
    }
