"""Forms of the account pages. No `required` attribute: the server says what is missing, in its own words."""

from __future__ import annotations

from django import forms

from pemasyarakatan.akun.sandi import PANJANG_MAKS
from pemasyarakatan.inti.bidang import FormPortal


def _sandi(label: str, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=PANJANG_MAKS,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": f"Isi {label.lower()}.", "max_length": "Kata sandi terlalu panjang."},
    )


class FormMasuk(FormPortal):
    """Name and password; what they are worth is the view's business."""

    nama = forms.CharField(
        label="Nama pengguna atau NIP",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Isi nama pengguna atau NIP."},
    )
    sandi = _sandi("Kata sandi", "current-password")


class FormSandi(FormPortal):
    """Changing one's own password."""

    lama = _sandi("Kata sandi sekarang", "current-password")
    baru = _sandi("Kata sandi baru", "new-password")
    ulang = _sandi("Ulangi kata sandi baru", "new-password")


class FormToken(FormPortal):
    """A name by which the owner recognises a token."""

    nama = forms.CharField(
        label="Nama token",
        max_length=60,
        help_text="Misalnya nama program yang memakainya.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Beri nama token ini."},
    )


class FormSandiBaru(FormPortal):
    """Choosing a password from a one-time link."""

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
