"""Forms of the report pages: what is typed and chosen. What it is worth is the services' business."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from pelaporan.alur import ALASAN_KEMBALI
from pelaporan.services import TEKS_MAKS
from pemasyarakatan.inti.waktu import GalatWaktu, baca_tanggal


class _Form(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


def _teks(label: str, wajib: str, bantuan: str = "", baris: int = 3) -> forms.CharField:
    """A text of several lines; `wajib` is the sentence shown when it is empty ("" makes it optional)."""
    return forms.CharField(
        label=label,
        required=bool(wajib),
        max_length=TEKS_MAKS,
        help_text=bantuan,
        widget=forms.Textarea(attrs={"rows": baris, "maxlength": False}),
        error_messages={
            "required": wajib,
            "max_length": f"Paling banyak {TEKS_MAKS} karakter. Ringkas isinya.",
        },
    )


class FormKirim(_Form):
    """The head's certification. Whether it is ticked is judged by the service."""

    disahkan = forms.BooleanField(required=False, label="Saya mengesahkan laporan ini")
    penjelasan = _teks("Penjelasan", "", "Wajib bila isinya sama dengan versi yang sudah dikirim.")


class FormKembali(_Form):
    """Returning a report: coded reason, and a text where no note on a cell says it (the service judges that)."""

    alasan = forms.ChoiceField(
        label="Alasan",
        choices=[("", "Pilih alasan"), *ALASAN_KEMBALI.items()],
        error_messages={
            "required": "Pilih alasan pengembalian.",
            "invalid_choice": "Pilih alasan dari daftar.",
        },
    )
    teks = _teks("Yang perlu diperbaiki", "", "Boleh kosong bila sudah ada catatan pada butir.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # stands at the end of the page, sent by the form at its head
            field.widget.attrs["form"] = "putusan"


class FormMintaBuka(_Form):
    alasan = _teks("Mengapa perlu dibuka kembali", "Tulis apa yang salah dan apa yang akan diperbaiki.")


class FormPutusan(_Form):
    """A decision about reopening. `sampai` is the last day to send again; empty means the usual term."""

    sampai = forms.CharField(
        required=False,
        label="Dapat dikirim lagi sampai",
        max_length=40,
        help_text="Misalnya 3 Desember 2026. Kosong berarti tiga hari kerja. Sesudah itu laporan terkunci sendiri.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    teks = _teks("Alasan keputusan", "Tulis alasan keputusan ini, supaya UPT tahu langkahnya.")

    def clean_sampai(self) -> date | None:
        try:
            return baca_tanggal(self.cleaned_data["sampai"])
        except GalatWaktu as galat:
            raise forms.ValidationError(str(galat)) from galat
