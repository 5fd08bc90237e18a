"""Forms of the pages about forms: a file or a text, a reason, a month."""

from __future__ import annotations

from typing import Any

from django import forms

from pelaporan.pembaca_yaml import UKURAN_MAKS, GalatSkema
from pelaporan.terbit.periksa import baca_berkas
from pelaporan.terbit.services import ALASAN_MAKS
from pemasyarakatan.inti.bidang import BidangTeks, FormPortal, bidang_alasan
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu

BULAN_PILIHAN = 12
_BESAR = f"Berkas lebih besar dari {UKURAN_MAKS // 1024} kB."


class TeksMentah(forms.Field):
    """A text exactly as it was typed; what it is worth, and where it is wrong, is judged line by line later."""

    widget = forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "autocomplete": "off", "class": "kode-teks"})

    def to_python(self, value: Any) -> str:
        return (value or "").replace("\r\n", "\n")


class FormUnggah(FormPortal):
    """A file, or the text itself; with both, the file counts."""

    berkas = forms.FileField(
        required=False,
        label="Berkas YAML",
        help_text="Paling besar 256 kB, teks UTF-8.",
        error_messages={"invalid": "Berkas tidak terkirim. Pilih lagi.", "empty": "Berkas ini kosong."},
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
    )
    teks = TeksMentah(required=False, label="Atau tempel isi YAML di sini")
    catatan = BidangTeks(
        required=False, maks=ALASAN_MAKS, label="Mengapa diubah", help_text="Untuk peninjau dan jejak perubahan."
    )

    def clean(self) -> dict[str, Any]:
        """`naskah`: the text to read. A file that is no text is refused here, with its line."""
        isi = super().clean() or {}
        berkas = isi.get("berkas")
        if berkas is not None and berkas.size > UKURAN_MAKS:
            self.add_error("berkas", _BESAR)
            return isi
        try:
            isi["naskah"] = baca_berkas(berkas.read()) if berkas is not None else isi.get("teks", "")
        except GalatSkema as galat:
            self.add_error("berkas", galat.galat)
        if not isi.get("naskah", "x").strip():
            self.add_error("teks", "Pilih berkas YAML, atau tempel isinya.")
        return isi


class FormAlasan(FormPortal):
    alasan = bidang_alasan(maks=ALASAN_MAKS, baris=3)


def pilihan_bulan() -> list[Bulan]:
    """Months a form may be published from, the running one first."""
    return [Bulan.kini() + n for n in range(BULAN_PILIHAN)]


def baca_bulan(kode: str) -> Bulan | None:
    try:
        return Bulan.dari(kode)
    except GalatWaktu:
        return None
