"""What is typed about a place of a report. What it is worth is the services' business."""

from __future__ import annotations

from typing import Any

from django import forms

from pemasyarakatan.inti.bidang import FormPortal


class FormCatatan(FormPortal):
    teks = forms.CharField(
        label="Tulis catatan", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 2, "maxlength": False})
    )
    usulan = forms.CharField(
        label="Usulkan nilai",
        required=False,
        help_text="Boleh kosong. UPT menerapkannya dengan satu klik, atau menolaknya dengan alasan.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, berusul: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not berusul:
            del self.fields["usulan"]
