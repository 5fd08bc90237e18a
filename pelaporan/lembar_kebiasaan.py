"""What stands beside a cell from the unit's own past: the usual range, a sparkline, and whether it lies outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.safestring import SafeString

from pelaporan.butir import Butir
from pelaporan.isian import tulis_nilai
from pelaporan.kebiasaan import Pita, di_luar, pita
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.bagan import garis_kecil


@dataclass(frozen=True)
class Kebiasaan:
    """`teks` is "900–1.150" (empty when too few months are known), `batas` the same for a script: "900 1150"."""

    butir: Butir
    deret: Sequence[Decimal | int | None]
    teks: str = ""
    batas: str = ""
    luar: bool = False

    @property
    def garis(self) -> SafeString:
        """The past months as a sparkline; made only where it is shown, and not of so few that it says nothing."""
        if not self.batas:
            return SafeString("")
        return garis_kecil(self.deret, self.butir.label, self.butir.jenis_angka)


def kebiasaan(butir: Butir, deret: Sequence[Decimal | int | None], kini: Nilai) -> Kebiasaan | None:
    """None for what is no number or was never reported before."""
    if not butir.angka or all(n is None for n in deret):
        return None
    biasa = pita(deret)
    if biasa is None:
        return Kebiasaan(butir, deret)
    bawah, atas = _batas(butir, biasa)
    teks = tulis_nilai(butir, bawah) if bawah == atas else f"{tulis_nilai(butir, bawah)}–{tulis_nilai(butir, atas)}"
    angka = kini if isinstance(kini, int | Decimal) else None
    return Kebiasaan(butir, deret, teks, f"{bawah:f} {atas:f}", di_luar(Pita(bawah, biasa.tengah, atas), angka))


def _batas(butir: Butir, biasa: Pita) -> tuple[Decimal, Decimal]:
    """The bounds in the steps the item is written in, inside the band, so that page and rule agree."""
    langkah = Decimal(1).scaleb(-butir.desimal) if butir.jenis == "desimal" else Decimal(1)
    return (
        biasa.bawah.quantize(langkah, rounding=ROUND_CEILING),
        biasa.atas.quantize(langkah, rounding=ROUND_FLOOR),
    )
