"""The form of the page "Laporan kinerja": month, basis, and the texts of letter head and signature block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from dasbor.kinerja.pesanan import Pesanan, Surat
from pemasyarakatan.inti.teks import GalatTeks, bersihkan_teks
from pemasyarakatan.inti.waktu import Bulan

DASAR = (
    ("masuk", "Semua laporan masuk"),
    ("sah", "Hanya terverifikasi"),
)
_PANJANG, _BARIS_KOP = 160, 6


class FormPilih(forms.Form):
    """What the figures are: GET, so that the choice is in the address."""

    use_required_attribute = False
    bulan = forms.ChoiceField(label="Bulan")
    dasar = forms.ChoiceField(label="Dasar angka", choices=DASAR)

    def __init__(self, *args: Any, bulan: Iterable[Bulan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bulan"].choices = [(b.kode, b.nama) for b in bulan]  # type: ignore[attr-defined]


class FormKinerja(FormPilih):
    """The whole request; every text of the letter can be changed or left empty."""

    bulan = forms.ChoiceField(widget=forms.HiddenInput)
    dasar = forms.ChoiceField(choices=DASAR, widget=forms.HiddenInput)
    kunci = forms.UUIDField(widget=forms.HiddenInput)
    kop = forms.CharField(
        label="Kop surat",
        required=False,
        max_length=_BARIS_KOP * _PANJANG,
        help_text=(
            "Satu baris kop setiap baris, paling banyak enam. Lambang dibubuhkan oleh kantor yang menandatangani."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    alamat = forms.CharField(label="Alamat pada kop", required=False, max_length=_PANJANG)
    nomor = forms.CharField(
        label="Nomor naskah",
        required=False,
        max_length=60,
        help_text="Kosongkan bila nomor diberikan kemudian.",
    )
    tempat = forms.CharField(label="Tempat", required=False, max_length=60)
    jabatan = forms.CharField(
        label="Jabatan penanda tangan",
        required=False,
        max_length=120,
        help_text="Nama dan NIP dibiarkan kosong; naskah ditandatangani di luar portal.",
    )

    def clean_kop(self) -> tuple[str, ...]:
        baris = [satu for satu in self.cleaned_data["kop"].splitlines() if satu.strip()]
        if len(baris) > _BARIS_KOP:
            raise forms.ValidationError(f"Kop paling banyak {_BARIS_KOP} baris; sekarang {len(baris)}.")
        return tuple(_bersih(satu, _PANJANG) for satu in baris)

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        for nama in ("alamat", "nomor", "tempat", "jabatan"):
            if nama in isi:
                try:
                    isi[nama] = _bersih(isi[nama], _PANJANG)
                except forms.ValidationError as galat:
                    self.add_error(nama, galat)
        return isi

    @property
    def pesanan(self) -> Pesanan:
        """What was asked for; only after `is_valid()`."""
        isi = self.cleaned_data
        surat = Surat(isi["kop"], isi["alamat"], isi["nomor"], isi["tempat"], isi["jabatan"])
        return Pesanan(Bulan.dari(isi["bulan"]), isi["dasar"], surat)


def _bersih(teks: str, maks: int) -> str:
    try:
        return bersihkan_teks(teks, maks)
    except GalatTeks as galat:
        raise forms.ValidationError(galat.pesan) from galat
