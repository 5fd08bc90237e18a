"""The filter of the dashboards: everything that the pages can be asked for stands in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from dasbor import indikator
from pemasyarakatan.inti.waktu import Bulan

PILIHAN_DASAR = (
    ("masuk", "Semua yang masuk"),
    ("sah", "Yang terverifikasi saja"),
)


class SaringanDasbor(forms.Form):
    """Month, indicator, and whether received or only verified reports count."""

    use_required_attribute = False
    bulan = forms.ChoiceField(label="Bulan")
    indikator = forms.ChoiceField(label="Indikator", required=False)
    dasar = forms.ChoiceField(label="Angka dari laporan", choices=PILIHAN_DASAR, required=False)

    def __init__(self, bulan: Sequence[Bulan], initial: dict[str, Any]) -> None:
        super().__init__(initial=initial, auto_id="s-%s")
        self.fields["bulan"].choices = [(b.kode, b.nama) for b in bulan]  # type: ignore[attr-defined]
        self.fields["indikator"].choices = [(i.kode, i.nama) for i in indikator.semua().values()]  # type: ignore[attr-defined]
