"""Pure parts: statistics, and the table of results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True)
class Waktu:
    """Seconds that one repetition took: by the clock, and of the processor (client and database session)."""

    jam: float
    prosesor: float


@dataclass(frozen=True)
class Baris:
    """One row of the table. `nilai` must not exceed `sasaran`; without a goal the row only informs."""

    nama: str
    nilai: float
    satuan: str
    sasaran: float | None
    keterangan: str = ""

    @property
    def lulus(self) -> bool:
        return self.sasaran is None or self.nilai <= self.sasaran


def persentil(nilai: Sequence[float], p: float) -> float:
    """The smallest measured value that at least `p` percent of the values do not exceed (nearest rank)."""
    if not nilai:
        raise ValueError("tidak ada hasil ukur")
    return sorted(nilai)[max(ceil(len(nilai) * p / 100), 1) - 1]


def rasio(pembilang: Sequence[Waktu], penyebut: Sequence[Waktu]) -> tuple[float, float]:
    """Median against median: (of the processor, by the clock)."""
    return (
        median(w.prosesor for w in pembilang) / median(w.prosesor for w in penyebut),
        median(w.jam for w in pembilang) / median(w.jam for w in penyebut),
    )


def baris_rasio(
    nama: str, hasil: Sequence[Waktu], dasar: Sequence[Waktu], sasaran: float | None, keterangan: str = ""
) -> Baris:
    """A ratio of processor time; the ratio by the clock and the medians stand beside it."""
    prosesor, jam = rasio(hasil, dasar)
    rinci = f"jam {jam:.2f}×; {_detik(hasil)} : {_detik(dasar)}"
    return Baris(nama, prosesor, "×", sasaran, f"{rinci}; {keterangan}" if keterangan else rinci)


def _detik(hasil: Sequence[Waktu]) -> str:
    nilai = median(w.jam for w in hasil)
    return f"{nilai:.1f} s" if nilai >= 1 else f"{1000 * nilai:.1f} ms"


def tabel(semua: Sequence[Baris]) -> str:
    """Markdown, so that a run can be pasted into docs/tolok-ukur.md."""
    isi = [("Ukuran", "Hasil", "Sasaran", "", "Keterangan")]
    for b in semua:
        sasaran = "–" if b.sasaran is None else f"≤ {_angka(b.sasaran)}{_satuan(b.satuan)}"
        putusan = "" if b.sasaran is None else "ok" if b.lulus else "LEWAT"
        isi.append((b.nama, f"{_angka(b.nilai)}{_satuan(b.satuan)}", sasaran, putusan, b.keterangan))
    lebar = [max(len(baris[i]) for baris in isi) for i in range(5)]
    garis = ["| " + " | ".join(f"{s:<{w}}" for s, w in zip(baris, lebar, strict=True)) + " |" for baris in isi]
    garis.insert(1, "|" + "|".join("-" * (w + 2) for w in lebar) + "|")
    return "\n".join(garis)


def _angka(nilai: float) -> str:
    return f"{nilai:.0f}" if nilai >= 100 or nilai == int(nilai) else f"{nilai:.2f}"


def _satuan(satuan: str) -> str:
    return satuan if satuan == "×" else f" {satuan}"
