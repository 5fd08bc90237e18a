"""Repeatable chance: the same words always give the same number, on every machine and in every order."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate

_PENUH = float(1 << 64)


def pecahan(*kata: object) -> float:
    """A number in [0, 1) that depends on the words alone."""
    teks = "|".join(map(str, kata))
    return int.from_bytes(blake2b(teks.encode(), digest_size=8).digest(), "big") / _PENUH


def antara(rendah: float, tinggi: float, *kata: object) -> float:
    return rendah + (tinggi - rendah) * pecahan(*kata)


def kumulatif(bobot: Sequence[int]) -> tuple[int, ...]:
    """Running sums of non-negative weights, as `pecah` wants them."""
    return tuple(accumulate(bobot))


def pecah(total: int, kum: Sequence[int]) -> list[int]:
    """Split `total` into whole parts by running weights; the parts always add up to `total`.

    Rounding the running sum (not the parts) is what keeps the sum exact and every part non-negative.
    """
    semua = kum[-1] or 1
    hasil, sebelum = [], 0
    for batas in kum:
        kini = (2 * total * batas + semua) // (2 * semua) if batas < semua else total
        hasil.append(kini - sebelum)
        sebelum = kini
    return hasil


def potong(total: int, kum_sebelum: int, kum_sesudah: int, semua: int) -> int:
    """The part of `pecah` that lies between two running weights, without computing the others."""
    return _bulat(total, kum_sesudah, semua) - _bulat(total, kum_sebelum, semua)


def _bulat(total: int, kum: int, semua: int) -> int:
    return total if kum >= semua else (2 * total * kum + semua) // (2 * semua)


def pilih(bobot: Sequence[tuple[str, int]], *kata: object) -> str:
    """One of the weighted choices."""
    sisa = pecahan(*kata) * sum(b for _, b in bobot)
    for nama, b in bobot:
        sisa -= b
        if sisa < 0:
            return nama
    return bobot[-1][0]
