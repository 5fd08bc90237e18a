"""Invented product kinds of the training instance, and which unit makes which.

National, as published for June 2025: 170 Lapas with 320 kinds of products. Those 170, the first in the order of
`pecahan(code, "hasil karya")`, share out all 320 kinds among them;
other units began later (`umkm.contoh` dates them so).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

from pemasyarakatan.inti.acak import pecahan
from upt.services_organisasi import baca_data

LAPAS_AWAL, JENIS_AWAL = 170, 320


@dataclass(frozen=True)
class Produk:
    """A kind as a unit makes it; `harga` for one `ukuran`."""

    nama: str
    golongan: str
    ukuran: str
    harga: int


@cache
def semua_jenis() -> tuple[Produk, ...]:
    """One of each group after the other, so that neighbours differ."""
    with (Path(__file__).parent / "produk.csv").open(encoding="utf-8", newline="") as berkas:
        daftar = [
            [Produk(f"{b['awal']} {v}", b["golongan"], b["ukuran"], int(b["harga"])) for v in b["ragam"].split(";")]
            for b in csv.DictReader(berkas)
        ]
    return tuple(p for lapis in zip_longest(*daftar) for p in lapis if p is not None)


@cache
def milik_unit() -> dict[str, tuple[Produk, ...]]:
    """Products by unit code: the Lapas of the published count first, then those that began later."""
    baris = sorted(baca_data("upt.csv"), key=lambda b: pecahan(b["kode"], "hasil karya"))
    lapas = [b["kode"] for b in baris if b["jenis"] == "LAPAS"]
    jenis = semua_jenis()
    hasil: dict[str, tuple[Produk, ...]] = {}
    urut = 0
    for n, kode in enumerate(lapas[:LAPAS_AWAL]):
        sisa = LAPAS_AWAL - n
        banyak = max(1 + int(pecahan(kode, "ragam") * 3), -(-(JENIS_AWAL - urut) // sisa))
        hasil[kode] = tuple(jenis[(urut + i) % JENIS_AWAL] for i in range(banyak))
        urut += banyak
    nanti = [b["kode"] for b in baris if b["jenis"] in ("RUTAN", "LPKA") and pecahan(b["kode"], "hasil karya") < 0.2]
    for kode in (*lapas[LAPAS_AWAL : LAPAS_AWAL + 12], *nanti):
        mulai = int(pecahan(kode, "produk") * len(jenis))
        hasil[kode] = tuple(jenis[(mulai + 7 * i) % len(jenis)] for i in range(1 + int(pecahan(kode, "ragam") * 2.5)))
    return hasil
