"""The filter of the regional pages: a month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from pemasyarakatan.inti.bidang import FormPortal
from pemasyarakatan.inti.waktu import Bulan


class SaringanBulan(FormPortal):
    bulan = forms.ChoiceField(label="Bulan")

    def __init__(self, bulan: Sequence[Bulan], initial: dict[str, Any]) -> None:
        super().__init__(initial=initial, auto_id="s-%s")
        self.tawarkan("bulan", None, ((b.kode, b.nama) for b in bulan))
