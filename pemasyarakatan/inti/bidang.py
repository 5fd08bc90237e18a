"""Forms and form fields of the portal: what people type is read by its readers and shown again as they write it.

An unchanged form saves unchanged: every field writes a stored value so that it reads the same value back.
Nothing typed is cut short by the browser: limits are said by the server, with what was typed still there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from pemasyarakatan.inti.angka import GalatAngka, Jenis, baca_angka, tulis_angka, tulis_isian
from pemasyarakatan.inti.teks import GalatTeks, bersihkan_teks
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu, baca_tanggal, tulis_tanggal

SALAH_PILIH = "Pilih dari daftar."
ALASAN_MAKS = 300


class FormPortal(forms.Form):
    """Base of the forms of pages: the server says what is missing, in its own words."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def tawarkan(
        self, nama: str, kosong: str | None, pilihan: Iterable[tuple[Any, Any]], salah: str = SALAH_PILIH
    ) -> None:
        """Fill the choices of a field; `kosong` is the text of the empty choice (None: there is none)."""
        bidang = self.fields[nama]
        assert isinstance(bidang, forms.ChoiceField)
        bidang.choices = [*([] if kosong is None else [("", kosong)]), *pilihan]
        bidang.error_messages["invalid_choice"] = salah


class BidangTanggal(forms.Field):
    """A date as people write it ("3 Februari 2026", "3-2-2026"); empty gives None."""

    default_error_messages = {"required": "Isi tanggalnya."}
    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off"}

    def to_python(self, value: Any) -> date | None:
        try:
            return baca_tanggal(value)
        except GalatWaktu as galat:
            raise forms.ValidationError(galat.pesan) from galat

    def prepare_value(self, value: Any) -> Any:
        return tulis_tanggal(value) if isinstance(value, date) else value


class BidangBulan(forms.ChoiceField):
    """A month chosen from a list of codes; the value is a Bulan, or None for the empty choice."""

    def clean(self, value: Any) -> Any:
        kode = super().clean(value)
        return Bulan.dari(kode) if kode else None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Bulan):
            return value.kode
        return Bulan.pada(value).kode if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class BidangAngka(forms.CharField):
    """A figure in Indonesian notation: int for bulat and rupiah, Decimal otherwise, None when empty.

    What is ambiguous is asked back with the text that says it for certain, never guessed; what has more decimals
    than `desimal` is refused, never rounded. `min` is 0 unless told (None: any). With `satuan` only that unit may
    follow the figure; the label has to name it.
    """

    default_error_messages = {"required": "Isi angkanya."}

    def __init__(
        self,
        *,
        jenis: Jenis = "bulat",
        min: int | Decimal | None = 0,
        maks: int | Decimal | None = None,
        satuan: str = "",
        desimal: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.jenis, self.min, self.maks, self.satuan, self.desimal = jenis, min, maks, satuan, desimal
        super().__init__(strip=False, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A keypad of figures on phones, unless a minus may be needed, which it has not."""
        tanpa_minus = self.min is not None and self.min >= 0
        mode = "text" if not tanpa_minus else "decimal" if self.jenis in ("desimal", "persen") else "numeric"
        return {"inputmode": mode, "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        try:
            nilai = baca_angka(value, self.jenis, min=self.min, satuan=self.satuan)
        except GalatAngka as galat:
            raise forms.ValidationError(galat.pesan, code="tanya" if galat.tanya is not None else "angka") from galat
        if nilai is not None:
            self._periksa(nilai)
        return nilai

    def _periksa(self, nilai: int | Decimal) -> None:
        if self.maks is not None and nilai > self.maks:
            paling = self._tulis(self.maks)
            raise forms.ValidationError(f"Angka paling besar {paling}; tertulis {self._tulis(nilai)}.", code="maks")
        if self.desimal is not None and -int(Decimal(nilai).as_tuple().exponent) > self.desimal:
            raise forms.ValidationError(f"Paling banyak {self.desimal} angka di belakang koma.", code="desimal")

    def _tulis(self, nilai: int | Decimal) -> str:
        tepat = "desimal" if self.jenis == "persen" else self.jenis  # a percentage would be rounded
        return tulis_angka(nilai, tepat, self.satuan)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else tulis_isian(value, self.jenis)


class BidangTeks(forms.CharField):
    """A text in one normal form, "" when it shows nothing; with `baris_banyak` it may have several lines."""

    default_error_messages = {"required": "Isi bagian ini."}

    def __init__(self, *, maks: int, baris_banyak: bool = False, baris: int = 3, **kwargs: Any) -> None:
        self.maks, self.baris_banyak = maks, baris_banyak
        if baris_banyak:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": baris}))
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        try:
            return bersihkan_teks(value, self.maks, baris_banyak=self.baris_banyak)
        except GalatTeks as galat:
            raise forms.ValidationError(galat.pesan) from galat


def bidang_alasan(
    label: str = "Alasan", bantuan: str = "", kosong: str = "Tulis alasannya.", maks: int = ALASAN_MAKS, baris: int = 2
) -> BidangTeks:
    """A reason in a few lines; `kosong` is the sentence shown when it is missing."""
    return BidangTeks(
        maks=maks,
        baris_banyak=True,
        baris=baris,
        label=label,
        help_text=bantuan,
        error_messages={"required": kosong},
    )


def bidang_tanggal(
    label: str, bantuan: str = "", wajib: bool = False, kosong: str = "Isi tanggalnya."
) -> BidangTanggal:
    """A day; optional unless `wajib`, `kosong` is the sentence shown when it is missing then."""
    return BidangTanggal(label=label, required=wajib, help_text=bantuan, error_messages={"required": kosong})
