"""The column that names an inmate: read as a register number, kept as the id of the person, shown as •••123."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from pelaporan.register.kolom import BidangRujukan, Kolom, Pilihan
from upt.models import UPT
from wbp.indeks import GalatNomor, indeks_nomor_semua
from wbp.models import WargaBinaan

BELUM_DIKENAL = (
    "Nomor register ini belum dikenal di unit ini. Catat dahulu orangnya pada halaman Orang di register ini, atau "
    "periksa nomornya."
)

MENDUA = "Angka ini nomor register satu orang dan tanda orang lain di daftar. Tulis nomornya lengkap dengan hurufnya."


def warga_unit(upt: UPT) -> list[Pilihan]:
    semua = WargaBinaan.objects.filter(upt=upt).order_by("ujung", "pk")
    return [Pilihan(w.pk, str(w)) for w in semua]


class BidangWarga(BidangRujukan):
    """A person of the unit by id (from the list) or by register number. No sentence of it repeats what was typed."""

    def __init__(self, *, upt: UPT, **lain: Any) -> None:
        super().__init__(tujuan=warga_unit(upt), **lain)
        self.upt = upt

    def clean(self, value: Any) -> int | None:
        teks = str(value if value is not None else "").strip()
        if not teks:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        dipilih = next((p.id for p in self.tujuan if teks == str(p.id)), None)
        if dipilih is None:
            return self._menurut_nomor(teks)
        with suppress(GalatNomor):  # a number of figures alone may read like the id of another person
            if self._cari(teks) not in (None, dipilih):
                raise forms.ValidationError(MENDUA, code="tanya")
        return dipilih

    def _menurut_nomor(self, teks: str) -> int:
        try:
            pk = self._cari(teks)
        except GalatNomor as galat:
            raise forms.ValidationError(galat.pesan, code="nomor") from None
        if pk is None:
            raise forms.ValidationError(BELUM_DIKENAL, code="rujukan")
        return pk

    def _cari(self, teks: str) -> int | None:
        """Raises GalatNomor."""
        dikenal = WargaBinaan.objects.filter(upt=self.upt, indeks__in=indeks_nomor_semua(teks, self.upt.pk))
        return dikenal.values_list("pk", flat=True).first()


class IsianRahasia(forms.TextInput):
    """A text that browsers neither keep, suggest nor spell-check, and that no page shows again. Not a password field:
    browsers offer to keep those for the next person at the same computer."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off", "spellcheck": "false"})

    def format_value(self, value: Any) -> None:
        return None


class IsianSaran(forms.TextInput):
    """A text with what is usually written there, offered by the browser itself."""

    def __init__(self, saran: Sequence[str]) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.saran = saran

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        daftar = f"{(attrs or {}).get('id') or name}_saran"
        isian = super().render(name, value, {**(attrs or {}), "list": daftar}, renderer)
        pilihan = format_html_join("", '<option value="{}"></option>', ((s,) for s in self.saran))
        return format_html('{}<datalist id="{}">{}</datalist>', isian, daftar, pilihan)


class BidangNomor(forms.CharField):
    """A register number, read once."""

    widget = IsianRahasia

    def __init__(self) -> None:
        super().__init__(
            label="Nomor register",
            max_length=60,
            help_text="Dibaca satu kali dan tidak disimpan; yang tampil hanya tiga huruf terakhir.",
            error_messages={"required": "Isi nomor registernya."},
        )


def _bidang(kolom: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    return BidangWarga(upt=upt, error_messages={"required": "Isi nomor registernya."}, **umum)


def kolom_warga() -> Kolom:
    return Kolom(
        "wbp_id", "Warga binaan", "rujukan", wajib=True, rujuk=warga_unit, khusus=_bidang,
        bantuan="Nomor register; yang disimpan hanya sandinya, yang tampil tiga huruf terakhir.",
    )  # fmt: skip
