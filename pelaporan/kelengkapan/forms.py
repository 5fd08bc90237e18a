"""Filters of the completeness pages; they live in the URL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from pelaporan.models import Formulir
from pemasyarakatan.inti.bidang import FormPortal

URUT = (("terburuk", "Terburuk dahulu"), ("nama", "Nama"))
TAMPIL = (("semua", "Semua UPT"), ("belum", "Hanya yang belum lengkap"))


class FormKelengkapan(FormPortal):
    """An unknown value counts as not given."""

    tahun = forms.ChoiceField(required=False, label="Tahun")
    formulir = forms.ChoiceField(required=False, label="Formulir")
    urut = forms.ChoiceField(required=False, label="Urut menurut", choices=URUT)
    tampil = forms.ChoiceField(required=False, label="Tampilkan", choices=TAMPIL)

    def __init__(self, data: Any, *, tahun: list[int], formulir: Iterable[Formulir]) -> None:
        bawaan = {"tahun": str(tahun[0]) if tahun else "", "urut": "terburuk", "tampil": "semua", "formulir": ""}
        super().__init__({nama: data.get(nama) or isi for nama, isi in bawaan.items()})
        self.bawaan = bawaan
        self.tawarkan("tahun", None, ((str(t), str(t)) for t in tahun))
        self.tawarkan("formulir", "Semua formulir", ((f.kode, str(f)) for f in formulir))

    def pilihan(self) -> dict[str, str]:
        """The choice; what is not offered falls back to its default, also in the form as shown."""
        self.is_valid()
        hasil = {nama: str(self.cleaned_data.get(nama) or isi) for nama, isi in self.bawaan.items()}
        self.data = hasil
        return hasil
