"""All four forms of a unit and month together, and the questions that the portal would ask about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dasbor.contoh.f01 import isi_f01
from dasbor.contoh.f02 import isi_f02
from dasbor.contoh.f04 import kejadian, pelaku_lari, tewas
from dasbor.contoh.f06 import isi_f06
from dasbor.contoh.profil import Profil
from pelaporan.aturan import TANYA, periksa
from pelaporan.isian import Baris, Isian, Keadaan, KonteksPeta, Sel, hitung
from pelaporan.rumus import Nilai
from pelaporan.skema import Skema
from pemasyarakatan.inti.waktu import Bulan

FORMULIR = ("F01", "F02", "F04", "F06")
_ALASAN = {
    "hunian_ekstrem": "Sesuai penghitungan penghuni akhir bulan; pemindahan sudah diusulkan.",
    "serapan_kurang": "Kontrak vendor bahan makanan baru berjalan bulan depan.",
    "overstaying_ada": "Perpanjangan penahanan sudah diminta kepada instansi penahan.",
    "terlambat_dilaporkan": "Jaringan terputus; laporan atensi dikirim pada hari berikutnya.",
    "meninggal_tidak_wajar_ada": "Sudah dilaporkan kepada kepolisian dan Kantor Wilayah.",
}


@dataclass
class Isi:
    """Content of one report: typed values by code (and what registers fill in), rows of its line list."""

    nilai: dict[str, Nilai]
    baris: list[dict[str, Nilai]] = field(default_factory=list)

    def isian(self, skema: Skema) -> Isian:
        """The same as the form engine reads it: a number 0 is nihil."""
        sel = {k: sel_dari(v) for k, v in self.nilai.items()}
        baris = [Baris(id_baris(n), {k: sel_dari(v) for k, v in b.items()}) for n, b in enumerate(self.baris, 1)]
        return Isian(sel, dict.fromkeys(skema.daftar, baris))


def id_baris(n: int) -> str:
    return f"contoh{n:06}"


def sel_dari(nilai: Nilai) -> Sel:
    nihil = nilai == 0 and not isinstance(nilai, bool)
    return Sel(0, Keadaan.NIHIL) if nihil else Sel(nilai)


def susun(p: Profil, bulan: Bulan) -> dict[str, Isi]:
    """The four forms; consistent with each other and with the month before."""
    baris = kejadian(p, bulan)
    return {
        "F01": Isi(dict(isi_f01(p, bulan))),
        "F02": Isi(dict(isi_f02(p, bulan, pelaku_lari(baris), tewas(baris)))),
        "F04": Isi({"nihil_kejadian": not baris}, baris),
        "F06": Isi(isi_f06(p, bulan)),
    }


def mungkin_ditanya(p: Profil, bulan: Bulan, formulir: str, isi: Isi, awal: bool) -> bool:
    """May a rule of level `tanya` fire? A quick and generous test; the form engine then says which.

    `awal`: the first month of the series, with nothing before it.
    """
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
        return bool(isi.baris)
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
    skema: Mapping[str, Skema], p: Profil, bulan: Bulan, formulir: str, semua: Mapping[str, Isi], awal: bool
) -> dict[str, dict[str, Any]]:
    """Answers to all that the portal asks about one report, by finding id. Raises ValueError on a `galat`."""
    konteks = konteks_contoh(skema, p, bulan, formulir, semua, awal)
    temuan = periksa(skema[formulir], semua[formulir].isian(skema[formulir]), konteks)
    galat = [t.pesan for t in temuan if t.tingkat != TANYA]
    if galat:
        raise ValueError(f"{formulir} {p.unit.kode} {bulan}: {galat[0]}")
    return {t.id: {"benar": True, "alasan": _ALASAN.get(t.kode, "Sudah dicocokkan dengan register.")} for t in temuan}


def konteks_contoh(
    skema: Mapping[str, Skema], p: Profil, bulan: Bulan, formulir: str, semua: Mapping[str, Isi], awal: bool
) -> KonteksPeta:
    """What surrounds the report once all four forms are in, with last month unless `awal`."""
    acuan = skema[formulir].acuan
    perlu = {(lain, 0) for lain, _ in acuan.luar}
    if not awal:
        perlu |= {(formulir, 1), *((lain or formulir, n) for lain, _, n in acuan.lalu if n == 1)}
    lalu = {} if awal else susun(p, bulan - 1)
    peta: dict[tuple[str | None, str, int], Nilai] = {}
    for lain, n in perlu:
        kunci = None if lain == formulir else lain
        isi = nilai_lengkap(skema[lain], (lalu if n else semua)[lain], bulan - n)
        peta |= {(kunci, k, n): v for k, v in isi.items()}
    return KonteksPeta(bulan, peta)


def nilai_lengkap(skema: Skema, isi: Isi, bulan: Bulan) -> dict[str, Nilai]:
    return {**isi.nilai, **hitung(skema, isi.isian(skema), KonteksPeta(bulan))}
