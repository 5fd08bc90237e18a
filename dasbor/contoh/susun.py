"""All forms of a unit and month together, and the questions that the portal would ask about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dasbor.contoh.bentuk import Isi, Semua, id_baris, sel_dari
from dasbor.contoh.f01 import isi_f01
from dasbor.contoh.f02 import isi_f02
from dasbor.contoh.f03 import isi_f03
from dasbor.contoh.f04 import kejadian, pelaku_lari, tewas
from dasbor.contoh.f05 import ditanya_f05, isi_f05
from dasbor.contoh.f06 import hasil_f06, isi_f06
from dasbor.contoh.f07 import isi_f07
from dasbor.contoh.f08 import ditanya_f08, isi_f08
from dasbor.contoh.f09 import ditanya_f09, isi_f09
from dasbor.contoh.f10 import ditanya_f10, isi_f10
from dasbor.contoh.f11 import ditanya_f11, isi_f11
from dasbor.contoh.f12 import isi_f12
from dasbor.contoh.f13 import isi_f13
from dasbor.contoh.f14 import isi_f14
from dasbor.contoh.f15 import isi_f15
from dasbor.contoh.f16 import isi_f16
from dasbor.contoh.f17 import isi_f17
from dasbor.contoh.f18 import isi_f18
from dasbor.contoh.k01 import AKHIR_KELAPA, UNIT_KELAPA, isi_k01
from dasbor.contoh.profil import JENIS_HUNIAN, JENIS_WAJIB, Profil
from dasbor.contoh.rs import isi_f09_rs
from pelaporan.aturan import TANYA, periksa
from pelaporan.isian import KonteksPeta, hitung
from pelaporan.rumus import Nilai
from pelaporan.skema import Skema
from pemasyarakatan.inti.waktu import Bulan

__all__ = ["DASAR", "FORMULIR", "PROGRAM", "SEJAK", "Isi", "Program", "id_baris", "sel_dari", "susun"]


Ditanya = Callable[[Profil, Bulan, Isi], bool]


def _selalu(p: Profil, bulan: Bulan, isi: Isi) -> bool:
    return True


@dataclass(frozen=True)
class Program:
    """Content of a programme form and the kinds of unit that owe it.

    `ditanya`: may a rule of level `tanya` fire? Generous; a test holds it against the engine, which is asked
    only then and is what takes time.
    """

    isi: Callable[[Profil, Bulan, Semua], Isi]
    jenis: tuple[str, ...] = JENIS_HUNIAN
    ditanya: Ditanya = _selalu
    upt: frozenset[str] | None = None
    sampai: Bulan | None = None

    def wajib(self, p: Profil, bulan: Bulan) -> bool:
        """Does the unit owe it? `upt` and `sampai` narrow a campaign to few units and months."""
        terpilih = p.unit.jenis in self.jenis if self.upt is None else p.unit.kode in self.upt
        return terpilih and (self.sampai is None or bulan <= self.sampai)


def _kesehatan(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    return isi_f09_rs(p, bulan) if p.unit.jenis == "RS" else isi_f09(p, bulan, semua)


DASAR = ("F01", "F02", "F04", "F06")
"""The forms of every month; units that owe them have inmates."""

SEJAK = Bulan(2026, 8)
"""The first month of the programme forms."""

PROGRAM: dict[str, Program] = {
    "F03": Program(isi_f03, ditanya=lambda p, bulan, isi: False),
    "F05": Program(isi_f05, ditanya=ditanya_f05),
    "F07": Program(isi_f07, ditanya=lambda p, bulan, isi: False),
    "F08": Program(isi_f08, ditanya=ditanya_f08),
    "F09": Program(_kesehatan, (*JENIS_HUNIAN, "RS"), ditanya=ditanya_f09),
    "F10": Program(isi_f10, ditanya=ditanya_f10),
    "F11": Program(isi_f11, ditanya=ditanya_f11),
    "F12": Program(isi_f12, JENIS_WAJIB, ditanya=lambda p, bulan, isi: False),
    "F13": Program(isi_f13, JENIS_WAJIB, ditanya=lambda p, bulan, isi: False),
    "F14": Program(isi_f14, JENIS_WAJIB, ditanya=lambda p, bulan, isi: False),
    "F15": Program(isi_f15, JENIS_WAJIB, ditanya=lambda p, bulan, isi: False),
    "F16": Program(isi_f16, JENIS_WAJIB, ditanya=lambda p, bulan, isi: False),
    "F17": Program(isi_f17, JENIS_WAJIB, ditanya=lambda p, bulan, isi: False),
    "F18": Program(isi_f18, ("BAPAS",), ditanya=lambda p, bulan, isi: False),
    "K01": Program(isi_k01, upt=UNIT_KELAPA, sampai=AKHIR_KELAPA),
}
FORMULIR = (*DASAR, *PROGRAM)

_ALASAN = {
    "hunian_ekstrem": "Sesuai penghitungan penghuni akhir bulan; pemindahan sudah diusulkan.",
    "serapan_kurang": "Kontrak vendor bahan makanan baru berjalan bulan depan.",
    "overstaying_ada": "Perpanjangan penahanan sudah diminta kepada instansi penahan.",
    "terlambat_dilaporkan": "Jaringan terputus; laporan atensi dikirim pada hari berikutnya.",
    "razia_kurang": "Petugas dialihkan untuk pengamanan pemindahan; razia dijadwalkan ulang.",
    "tb_belum_diobati": "Obat sudah dipesan dan pengobatan mulai pekan depan.",
    "tanpa_slhs": "Berkas sertifikat sudah diajukan kepada dinas kesehatan.",
    "aduan_terlambat": "Menunggu jawaban dari instansi lain.",
    "meninggal_tidak_wajar_ada": "Sudah dilaporkan kepada kepolisian dan Kantor Wilayah.",
}


def susun(p: Profil, bulan: Bulan) -> dict[str, Isi]:
    """The forms that the unit owes in the month; consistent with each other and with the month before."""
    semua = _dasar(p, bulan) if p.unit.jenis in JENIS_HUNIAN else {}
    if bulan >= SEJAK:
        for kode, program in PROGRAM.items():
            if program.wajib(p, bulan):
                semua[kode] = program.isi(p, bulan, semua)
    return semua


def _dasar(p: Profil, bulan: Bulan) -> dict[str, Isi]:
    baris = kejadian(p, bulan)
    return {
        "F01": Isi(dict(isi_f01(p, bulan))),
        "F02": Isi(dict(isi_f02(p, bulan, pelaku_lari(baris), tewas(baris)))),
        "F04": Isi({"nihil_kejadian": not baris}, {"kejadian": baris} if baris else {}),
        "F06": _pangan(p, bulan),
    }


def _pangan(p: Profil, bulan: Bulan) -> Isi:
    isi = isi_f06(p, bulan)
    hasil = hasil_f06(p, isi)
    return Isi(isi, {"hasil": hasil} if hasil else {})


@dataclass
class Sekitar:
    """What one unit reported around a month, computed once while its forms are made one after another."""

    p: Profil
    _semua: dict[Bulan, dict[str, Isi]] = field(default_factory=dict)
    _nilai: dict[tuple[str, Bulan], dict[str, Nilai]] = field(default_factory=dict)

    def semua(self, bulan: Bulan) -> dict[str, Isi]:
        if bulan not in self._semua:
            self._semua[bulan] = susun(self.p, bulan)
        return self._semua[bulan]

    def nilai(self, skema: Mapping[str, Skema], formulir: str, bulan: Bulan) -> dict[str, Nilai]:
        """All values of a form, formulas included; empty when the unit does not owe it then."""
        kunci = (formulir, bulan)
        if kunci not in self._nilai:
            isi = self.semua(bulan).get(formulir)
            ada = isi is not None and formulir in skema
            self._nilai[kunci] = nilai_lengkap(skema[formulir], isi, bulan) if ada and isi else {}
        return self._nilai[kunci]


def mungkin_ditanya(p: Profil, bulan: Bulan, formulir: str, isi: Isi, awal: bool) -> bool:
    """May a rule of level `tanya` fire? A quick and generous test; the form engine then says which.

    `awal`: the first month of the series, with nothing before it.
    """
    if formulir in PROGRAM:
        return PROGRAM[formulir].ditanya(p, bulan, isi)
    if formulir == "F01":
        kini, lalu, tempat = sum(p.isi(bulan)), sum(p.isi(bulan - 1)), p.kapasitas_total
        return kini * 100 > 300 * tempat or (kini > tempat and (awal or lalu <= tempat)) or _loncat(kini, lalu)
    if formulir == "F02":
        meninggal = sum(
            int(str(isi.nilai[f"mutasi_keluar_meninggal_{s}_{k}"])) for s in ("sakit", "lain") for k in "lp"
        )
        lain = ("overstaying", "mutasi_keluar_lari_l", "mutasi_keluar_lari_p")
        return meninggal > 3 or any(isi.nilai[k] for k in (*lain, *_TEWAS))
    if formulir == "F04":
        return isi.berbaris
    return bool(isi.nilai["ada_kegiatan"]) and _pangan_ditanya(p, bulan, isi)


_TEWAS = ("mutasi_keluar_meninggal_lain_l", "mutasi_keluar_meninggal_lain_p")


def _loncat(kini: int, lalu: int) -> bool:
    return abs(kini - lalu) >= 20 and abs(kini - lalu) * 100 > 15 * lalu


def _pangan_ditanya(p: Profil, bulan: Bulan, isi: Isi) -> bool:
    panen = sum(v for k, v in isi.nilai.items() if k.endswith("_panen"))  # type: ignore[misc]
    bama: Any = isi.nilai["jual_bama"]
    kini, lalu = p.wbp(bulan), p.wbp(bulan - 1)
    return bool(bama * 100 < 5 * panen) or abs(kini - lalu) >= 10 or kini > sum(p.isi(bulan))


def jawaban(
    skema: Mapping[str, Skema], sekitar: Sekitar, bulan: Bulan, formulir: str, awal: bool
) -> dict[str, dict[str, Any]]:
    """Answers to all that the portal asks about one report, by finding id. Raises ValueError on a `galat`."""
    isi = sekitar.semua(bulan)[formulir].isian(skema[formulir])
    temuan = periksa(skema[formulir], isi, konteks_contoh(skema, sekitar, bulan, formulir, awal))
    galat = [t.pesan for t in temuan if t.tingkat != TANYA]
    if galat:
        raise ValueError(f"{formulir} {sekitar.p.unit.kode} {bulan}: {galat[0]}")
    return {t.id: {"benar": True, "alasan": _ALASAN.get(t.kode, "Sudah dicocokkan dengan register.")} for t in temuan}


def konteks_contoh(
    skema: Mapping[str, Skema], sekitar: Sekitar, bulan: Bulan, formulir: str, awal: bool
) -> KonteksPeta:
    """What surrounds the report once all forms are in, with the months before unless `awal`."""
    acuan = skema[formulir].acuan
    perlu: set[tuple[str | None, str, int]] = {(lain, k, 0) for lain, k in acuan.luar}
    if not awal:
        perlu |= {(lain, k, n) for lain, k, n in acuan.lalu}
        perlu |= {(None, b.kode, 1) for b in skema[formulir].butir.values() if b.ambang_beda is not None}
    peta: dict[tuple[str | None, str, int], Nilai] = {}
    for lain, kode, n in perlu:
        peta[lain, kode, n] = sekitar.nilai(skema, lain or formulir, bulan - n).get(kode)
    return KonteksPeta(bulan, peta)


def nilai_lengkap(skema: Skema, isi: Isi, bulan: Bulan) -> dict[str, Nilai]:
    return {**isi.nilai, **hitung(skema, isi.isian(skema), KonteksPeta(bulan))}
