"""The upload form."""

from __future__ import annotations

from django import forms


class FormUnggah(forms.Form):
    use_required_attribute = False
    berkas = forms.FileField(
        label="Buku kerja yang sudah diisi",
        help_text="Templat .xlsx dari halaman ini, paling besar 25 MB.",
        max_length=1000,
        error_messages={
            "required": "Pilih berkas Excel yang sudah diisi.",
            "empty": "Berkas kosong (0 bita). Pilih berkas yang sudah disimpan.",
            "missing": "Berkas tidak sampai. Pilih lagi, lalu unggah.",
            "invalid": "Berkas tidak sampai. Pilih lagi, lalu unggah.",
            "max_length": "Nama berkas terlalu panjang. Ganti namanya, lalu unggah lagi.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
