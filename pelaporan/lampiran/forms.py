"""The upload form. What the file is worth is decided from its content, by `periksa`."""

from __future__ import annotations

from django import forms

from pelaporan.lampiran.batas import KALIMAT, TERIMA
from pemasyarakatan.inti.bidang import FormPortal


class FormLampiran(FormPortal):
    berkas = forms.FileField(
        label="Berkas",
        allow_empty_file=True,  # the service says what to do about it
        help_text=KALIMAT,
        widget=forms.FileInput(attrs={"accept": TERIMA}),
        error_messages={"required": "Pilih berkasnya dahulu."},
    )
    keterangan = forms.CharField(
        label="Keterangan",
        required=False,
        help_text="Apa yang dibuktikan. Jangan menulis nama atau nomor identitas warga binaan.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
