"""What is typed about a place of a report. What it is worth is the services' business."""

from __future__ import annotations

from django import forms


class FormCatatan(forms.Form):
    use_required_attribute = False

    teks = forms.CharField(
        label="Tulis catatan", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 2, "maxlength": False})
    )
    usulan = forms.CharField(
        label="Usulkan nilai",
        required=False,
        help_text="Boleh kosong. UPT menerapkannya dengan satu klik, atau menolaknya dengan alasan.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, berusul: bool = False, **kwargs: object) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not berusul:
            del self.fields["usulan"]
