from __future__ import annotations

from django import forms

from pemasyarakatan.akun.sandi import PANJANG_MAKS


class FormMasuk(forms.Form):
    """Name and password; what they are worth is the view's business."""

    nama = forms.CharField(label="Nama pengguna atau NIP", max_length=60, error_messages={"required": "Isi nama pengguna atau NIP."})
    sandi = forms.CharField(
        label="Kata sandi",
        max_length=PANJANG_MAKS,
        strip=False,
        error_messages={"required": "Isi kata sandi.", "max_length": "Kata sandi terlalu panjang."},
    )


class FormSandi(forms.Form):
    """Changing one's own password."""

    lama = forms.CharField(label="Kata sandi sekarang", max_length=PANJANG_MAKS, strip=False)
    baru = forms.CharField(label="Kata sandi baru", max_length=PANJANG_MAKS, strip=False)
    ulang = forms.CharField(label="Ulangi kata sandi baru", max_length=PANJANG_MAKS, strip=False)


class FormToken(forms.Form):
    nama = forms.CharField(label="Nama token", max_length=60)


class FormSandiBaru(forms.Form):
    """Choosing a password from a one-time link."""

    use_required_attribute = False

    baru = forms.CharField(
        label="Kata sandi baru",
        help_text="Paling sedikit 12 karakter. Kalimat pendek mudah diingat dan sulit ditebak.",
        max_length=PANJANG_MAKS,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Isi kata sandi baru.", "max_length": "Kata sandi terlalu panjang."},
    )
    ulang = forms.CharField(
        label="Ulangi kata sandi baru",
        max_length=PANJANG_MAKS,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Ulangi kata sandi baru."},
    )

    def clean_ulang(self) -> str:
        ulang: str = self.cleaned_data["ulang"]
        if "baru" in self.cleaned_data and ulang != self.cleaned_data["baru"]:
            raise forms.ValidationError("Ulangan tidak sama dengan kata sandi baru.")
        return ulang
