"""Forms of the report pages: what is typed and chosen. What it is worth is the services' business."""

from __future__ import annotations

from typing import Any

from django import forms

from pelaporan.alur import ALASAN_KEMBALI
from pelaporan.services import TEKS_MAKS
from pemasyarakatan.inti.bidang import BidangTeks, FormPortal, bidang_tanggal


def _teks(label: str, wajib: str, bantuan: str = "") -> BidangTeks:
    """A text of several lines; `wajib` is the sentence shown when it is empty ("" makes it optional)."""
    return BidangTeks(
        maks=TEKS_MAKS,
        baris_banyak=True,
        label=label,
        required=bool(wajib),
        help_text=bantuan,
        error_messages={"required": wajib},
    )


class FormKirim(FormPortal):
    """The head's certification. Whether it is ticked is judged by the service."""

    disahkan = forms.BooleanField(required=False, label="Saya mengesahkan laporan ini")
    penjelasan = _teks("Penjelasan", "", "Wajib bila isinya sama dengan versi yang sudah dikirim.")


class FormKembali(FormPortal):
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


class FormMintaBuka(FormPortal):
    alasan = _teks("Mengapa perlu dibuka kembali", "Tulis apa yang salah dan apa yang akan diperbaiki.")


class FormPutusan(FormPortal):
    """A decision about reopening. `sampai` is the last day to send again; empty means the usual term."""

    sampai = bidang_tanggal(
        "Dapat dikirim lagi sampai",
        "Misalnya 3 Desember 2026. Kosong berarti tiga hari kerja. Sesudah itu laporan terkunci sendiri.",
    )
    teks = _teks("Alasan keputusan", "Tulis alasan keputusan ini, supaya UPT tahu langkahnya.")
