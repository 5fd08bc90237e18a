"""How complete a sent report is: by cells that say something, not by the button that sent it. Pure.

Asked are the typed mandatory cells. A value, a stated nil and "tidak berlaku" answer them; "tidak tersedia" does not.
Cells of a section that an answer closed count as answered. A report that was not sent answers nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pelaporan.isian import Keadaan
from pelaporan.skema import Skema


def sel_diminta(skema: Skema) -> int:
    return sum(b.diketik and b.wajib for b in skema.butir.values())


def sel_kosong(skema: Skema, isi: Mapping[str, Any]) -> int:
    """Asked cells of a frozen content that give no answer."""
    return sum(
        b.diketik and b.wajib and isi["keadaan"].get(kode) == Keadaan.TAK_TERSEDIA.value
        for kode, b in skema.butir.items()
    )
