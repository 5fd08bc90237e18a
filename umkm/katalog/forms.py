"""The catalogue's filter: everything a reader can ask for stands in the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from pemasyarakatan.inti.bidang import BidangAngka, BidangTeks, FormPortal
from umkm.models import Golongan, Legalitas, Produk
from upt.models import Kanwil

CARI_MAKS = 100
HARGA_MAKS = 1_000_000_000_000
URUT = {"": "Cocok, lalu terbaru", "terbaru": "Terbaru", "terjual": "Paling laku", "nama": "Nama produk"}


class FormKatalog(FormPortal):
    cari = BidangTeks(
        label="Cari produk, merek, atau unit",
        maks=CARI_MAKS,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kanwil = forms.ChoiceField(label="Kanwil", required=False)
    golongan = forms.ChoiceField(label="Golongan", required=False)
    sertifikat = forms.ChoiceField(label="Sertifikat yang berlaku", required=False)
    dari = BidangAngka(label="Harga dari (Rp)", jenis="rupiah", maks=HARGA_MAKS, required=False)
    sampai = BidangAngka(label="Harga sampai (Rp)", jenis="rupiah", maks=HARGA_MAKS, required=False)
    status = forms.ChoiceField(label="Ketersediaan", required=False)
    urut = forms.ChoiceField(label="Urutkan", required=False)

    def __init__(self, *args: Any, kanwil: Iterable[Kanwil], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="s-%s", **kwargs)
        self.tawarkan("kanwil", "Semua", ((k.slug, k.nama_pendek) for k in kanwil))
        self.tawarkan("golongan", "Semua", Golongan.choices)
        self.tawarkan("sertifikat", "Semua", Legalitas.Jenis.choices)
        self.tawarkan("status", "Semua", Produk.Status.choices)
        self.tawarkan("urut", None, URUT.items())

    def clean(self) -> dict[str, Any]:
        isi: dict[str, Any] = super().clean() or {}
        dari, sampai = isi.get("dari"), isi.get("sampai")
        if dari is not None and sampai is not None and dari > sampai:
            self.add_error("sampai", "Harga sampai lebih kecil daripada harga dari. Tukar keduanya.")
        return isi
