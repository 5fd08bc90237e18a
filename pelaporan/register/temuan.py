"""What a register's rules find in a row. Pure."""

from __future__ import annotations

from dataclasses import dataclass

GALAT, TANYA = "galat", "tanya"


@dataclass(frozen=True)
class Temuan:
    """`galat` refuses the row; `tanya` asks whether it is so, and is answered by its `kode`.

    `bidang` is the column meant, '' for the row as a whole; `pesan` says what is wrong and what to do.
    """

    kode: str
    tingkat: str
    bidang: str
    pesan: str


def galat(kode: str, bidang: str, pesan: str) -> Temuan:
    return Temuan(kode, GALAT, bidang, pesan)


def tanya(kode: str, bidang: str, pesan: str) -> Temuan:
    return Temuan(kode, TANYA, bidang, pesan)
