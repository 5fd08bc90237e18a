"""The filter of the dashboards: everything that the pages can be asked for stands in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dasbor import indikator
from pemasyarakatan.inti.bidang import FormPortal
from pemasyarakatan.inti.waktu import Bulan

PILIHAN_DASAR = (
    ("masuk", "Semua yang masuk"),
    ("sah", "Yang terverifikasi saja"),
)


class PilihanRingan(forms.Select):
    """A plain list of options: Django renders a template for each, which ten years of months make slow."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        terpilih = str(value or "")
        opsi = ((kode, " selected" if str(kode) == terpilih else "", kata) for kode, kata in self.choices)
        isi = format_html_join("", '<option value="{}"{}>{}</option>', opsi)
        return format_html("<select{}>{}</select>", flatatt(self.build_attrs(attrs or {}, {"name": name})), isi)


class SaringanDasbor(FormPortal):
    """Month, indicator, and whether received or only verified reports count."""

    bulan = forms.ChoiceField(label="Bulan", widget=PilihanRingan)
    indikator = forms.ChoiceField(label="Indikator", required=False)
    dasar = forms.ChoiceField(label="Angka dari laporan", choices=PILIHAN_DASAR, required=False)

    def __init__(self, bulan: Sequence[Bulan], initial: dict[str, Any]) -> None:
        super().__init__(initial=initial, auto_id="s-%s")
        self.tawarkan("bulan", None, ((b.kode, b.nama) for b in bulan))
        self.tawarkan("indikator", None, ((i.kode, i.nama) for i in indikator.semua().values()))
