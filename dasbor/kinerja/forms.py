"""The form of the page "Laporan kinerja": month, basis, and the texts of letter head and signature block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from dasbor.kinerja.pesanan import Pesanan, Surat
from pemasyarakatan.inti.bidang import BidangTeks, FormPortal
from pemasyarakatan.inti.waktu import Bulan

DASAR = (
    ("masuk", "Semua laporan masuk"),
    ("sah", "Hanya terverifikasi"),
)
_PANJANG, _BARIS_KOP = 160, 6


class FormPilih(FormPortal):
    """What the figures are: GET, so that the choice is in the address."""

    bulan = forms.ChoiceField(label="Bulan")
    dasar = forms.ChoiceField(label="Dasar angka", choices=DASAR)

    def __init__(self, *args: Any, bulan: Iterable[Bulan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tawarkan("bulan", None, ((b.kode, b.nama) for b in bulan))


class FormKinerja(FormPilih):
    """The whole request; every text of the letter can be changed or left empty."""

    bulan = forms.ChoiceField(widget=forms.HiddenInput)
    dasar = forms.ChoiceField(choices=DASAR, widget=forms.HiddenInput)
    kunci = forms.UUIDField(widget=forms.HiddenInput)
    kop = BidangTeks(
        label="Kop surat",
        required=False,
        maks=_BARIS_KOP * _PANJANG,
        baris_banyak=True,
        help_text=(
            "Satu baris kop setiap baris, paling banyak enam. Lambang dibubuhkan oleh kantor yang menandatangani."
        ),
    )
    alamat = BidangTeks(label="Alamat pada kop", required=False, maks=_PANJANG)
    nomor = BidangTeks(
        label="Nomor naskah",
        required=False,
        maks=60,
        help_text="Kosongkan bila nomor diberikan kemudian.",
    )
    tempat = BidangTeks(label="Tempat", required=False, maks=60)
    jabatan = BidangTeks(
        label="Jabatan penanda tangan",
        required=False,
        maks=120,
        help_text="Nama dan NIP dibiarkan kosong; naskah ditandatangani di luar portal.",
    )

    def clean_kop(self) -> tuple[str, ...]:
        baris = [satu for satu in self.cleaned_data["kop"].splitlines() if satu.strip()]
        if len(baris) > _BARIS_KOP:
            raise forms.ValidationError(f"Kop paling banyak {_BARIS_KOP} baris; sekarang {len(baris)}.")
        return tuple(map(BidangTeks(maks=_PANJANG, required=False).clean, baris))

    @property
    def pesanan(self) -> Pesanan:
        """What was asked for; only after `is_valid()`."""
        isi = self.cleaned_data
        surat = Surat(isi["kop"], isi["alamat"], isi["nomor"], isi["tempat"], isi["jabatan"])
        return Pesanan(Bulan.dari(isi["bulan"]), isi["dasar"], surat)
