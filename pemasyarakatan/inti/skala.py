"""Scales of charts: classes of a map, values of an axis, limits of a control chart. Plain numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pemasyarakatan.inti.angka import Bilangan


class Kendali(NamedTuple):
    """Natural limits of a control chart."""

    bawah: float
    tengah: float
    atas: float


def bagi_kelas(nilai: Sequence[Bilangan | None], banyak: int = 5) -> tuple[list[tuple[float, float]], list[int | None]]:
    """Quantile classes of a map: (least and greatest value) of each class, and each value's class or None.

    Equal values share a class; few distinct values make fewer classes, numbered without gaps.
    """
    ada = sorted(float(n) for n in nilai if n is not None)
    peringkat: dict[float, int] = {}
    for i, n in enumerate(ada):
        peringkat.setdefault(n, min(banyak, len(ada)) * i // len(ada))
    padat = {lama: baru for baru, lama in enumerate(sorted(set(peringkat.values())))}
    anggota: list[list[float]] = [[] for _ in padat]
    for n in ada:
        anggota[padat[peringkat[n]]].append(n)
    kelas = [None if n is None else padat[peringkat[float(n)]] for n in nilai]
    return [(isi[0], isi[-1]) for isi in anggota], kelas


def tingkat_sumbu(bawah: float, atas: float, *, bulat: bool = False) -> list[float]:
    """Three to six round axis values that enclose [bawah, atas]; whole numbers only when `bulat`."""
    if atas - bawah < 1e-9:
        geser = max(abs(atas) * 0.1, 1.0)
        bawah, atas = bawah - (geser if bawah else 0.0), atas + geser
    pangkat = 10.0 ** math.floor(math.log10((atas - bawah) / 4))
    langkah_mungkin = [k * pangkat * p for p in (1, 10) for k in (1, 2, 2.5, 5)]
    for langkah in langkah_mungkin:
        if bulat and (langkah < 1 or not float(langkah).is_integer()):
            continue
        n0, n1 = math.floor(bawah / langkah + 1e-9), math.ceil(atas / langkah - 1e-9)
        if n1 - n0 <= 5:
            n1 = max(n1, n0 + 2)
            return [round(n * langkah, 9) for n in range(n0, n1 + 1)]
    return [math.floor(bawah), math.floor(bawah) + 1.0, math.floor(bawah) + 2.0]


def batas_xmr(nilai: Sequence[Bilangan | None]) -> Kendali | None:
    """Natural limits (mean ± 2.66 × mean moving range) of an XmR chart; None below eight values."""
    ada = [float(n) for n in nilai if n is not None]
    if len(ada) < 8:
        return None
    tengah = sum(ada) / len(ada)
    lebar = 2.66 * sum(abs(b - a) for a, b in pairwise(ada)) / (len(ada) - 1)
    return Kendali(tengah - lebar, tengah, tengah + lebar)


def alas(angka: Sequence[float]) -> float:
    """Zero when the line would still use half of the height, else the least value (a line needs no zero)."""
    terkecil, terbesar = min(angka), max(angka)
    return min(terkecil, 0.0) if terkecil <= terbesar / 2 else terkecil
