"""An independent, slow way to the same dates: a calendar counted day by day, parts by whole-number division.

Written from the description of the algorithm alone; it shares nothing with `remisi` but the shape of the answer.
"""

from __future__ import annotations

from datetime import date
from typing import Any

PANJANG = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def kabisat(tahun: int) -> bool:
    return tahun % 400 == 0 or (tahun % 4 == 0 and tahun % 100 != 0)


def _panjang(tahun: int, bulan: int) -> int:
    return 29 if bulan == 2 and kabisat(tahun) else PANJANG[bulan - 1]


def maju(hari: tuple[int, int, int], n: int) -> tuple[int, int, int]:
    """n days later (earlier when negative), one day at a time."""
    y, m, d = hari
    for _ in range(n):
        d += 1
        if d > _panjang(y, m):
            d, m = 1, m + 1
            if m > 12:
                m, y = 1, y + 1
    for _ in range(-n):
        d -= 1
        if d < 1:
            m -= 1
            if m < 1:
                m, y = 12, y - 1
            d = _panjang(y, m)
    return y, m, d


def maju_tahun(hari: tuple[int, int, int], n: int) -> tuple[int, int, int]:
    y, m, d = hari
    return y + n, m, min(d, _panjang(y + n, m))


def beda(awal: tuple[int, int, int], akhir: tuple[int, int, int]) -> int:
    if awal > akhir:
        return -beda(akhir, awal)
    n = 0
    while awal != akhir:
        awal = maju(awal, 1)
        n += 1
    return n


def potongan(y: int, m: int, d: int, p: int, q: int) -> tuple[int, int, int]:
    """p/q of a sentence, in q-ths of a 30-day day, so that nothing is ever a fraction."""
    sisa = (360 * y + 30 * m + d) * p
    tahun = bulan = hari = 0
    while sisa >= 360 * q:
        sisa, tahun = sisa - 360 * q, tahun + 1
    while sisa >= 30 * q:
        sisa, bulan = sisa - 30 * q, bulan + 1
    while sisa > 0:
        sisa, hari = sisa - q, hari + 1
    return tahun, bulan, hari


def _teks(hari: tuple[int, int, int] | None) -> str | None:
    return None if hari is None else f"{hari[0]:04d}-{hari[1]:02d}-{hari[2]:02d}"


def hitung(isi: dict[str, Any]) -> dict[str, Any]:
    """Answer of `hitung_pidana` for adults and children, without steps; rules of the years since 2018."""
    t = date.fromisoformat(isi["tanggal_tahan"])
    mulai = (t.year, t.month, t.day)
    y, m, d = (isi["pidana"][n] for n in ("tahun", "bulan", "hari"))
    hari_pidana = 360 * y + 30 * m + d
    remisi = sum(30 * r["bulan"] + r["hari"] for r in isi["remisi"])
    s = isi.get("subsider") or {"bulan": 0, "hari": 0, "dibayar": True}
    tambahan = 0 if s.get("dibayar") else 30 * s["bulan"] + s["hari"]

    def tanggal(y: int, m: int, d: int, kurangi: int) -> tuple[int, int, int]:
        return maju(maju(maju_tahun(mulai, y), 30 * m + d), -kurangi)

    tiga, dua, dua_tiga = (tanggal(*potongan(y, m, d, p, q), remisi) for p, q in ((1, 3), (1, 2), (2, 3)))
    awal, pokok = tanggal(y, m, d, 0), tanggal(y, m, d, remisi)
    akhir = maju(pokok, tambahan)
    anak = isi.get("kategori") == "anak"
    return {
        "ekspirasi_awal": _teks(awal),
        "ekspirasi_akhir": _teks(akhir),
        "sepertiga": _teks(tiga),
        "setengah": _teks(dua),
        "dua_pertiga": _teks(dua_tiga),
        "pb": _pb(anak, hari_pidana, dua if anak else dua_tiga, akhir),
        "cb": _cb(anak, hari_pidana, dua if anak else dua_tiga, akhir),
        "cmb": _cmb(mulai, isi["remisi"], dua_tiga, pokok, tambahan),
    }


def _pb(anak: bool, hari_pidana: int, bagian: tuple[int, int, int], akhir: tuple[int, int, int]) -> dict[str, Any]:
    if not anak and hari_pidana * 2 < 270 * 3:
        return {"layak": False, "mulai": None, "akhir_bimbingan": None}
    return {"layak": True, "mulai": _teks(bagian), "akhir_bimbingan": _teks(akhir if anak else maju_tahun(akhir, 1))}


def _cb(anak: bool, hari_pidana: int, bagian: tuple[int, int, int], akhir: tuple[int, int, int]) -> dict[str, Any]:
    mulai = max(bagian, maju(akhir, -180))
    if hari_pidana > (360 if anak else 540) or mulai >= akhir:
        return {"layak": False, "mulai": None, "akhir": None, "hari": None}
    return {"layak": True, "mulai": _teks(mulai), "akhir": _teks(akhir), "hari": beda(mulai, akhir)}


def _cmb(
    mulai: tuple[int, int, int],
    remisi: list[dict[str, int]],
    bagian: tuple[int, int, int],
    pokok: tuple[int, int, int],
    tambahan: int,
) -> dict[str, Any]:
    hari = min(180, 30 * remisi[-1]["bulan"] + remisi[-1]["hari"]) if remisi else 0
    tempo = maju(pokok, -hari)
    if not hari or tempo < bagian or tempo < maju(mulai, 270):
        return {"layak": False, "jatuh_tempo": None, "mulai": None, "akhir": None, "hari": None}
    awal = maju(tempo, tambahan)
    return {
        "layak": True,
        "jatuh_tempo": _teks(tempo),
        "mulai": _teks(awal),
        "akhir": _teks(maju(awal, hari)),
        "hari": hari,
    }
