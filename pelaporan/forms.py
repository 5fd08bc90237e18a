"""Forms of the report pages: what is typed and chosen. What it is worth is the services' business."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from pelaporan.alur import ALASAN_KEMBALI
from pelaporan.models import Formulir
from pelaporan.selectors import SaringanAntrean
from pelaporan.services import TEKS_MAKS
from pemasyarakatan.inti.waktu import Bulan
from upt.models import UPT

BULAN_PILIHAN = 24
"""Months offered by the filters, the current one first."""


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
    """Returning a report: coded reason and text."""

    alasan = forms.ChoiceField(
        label="Alasan",
        choices=[("", "Pilih alasan"), *ALASAN_KEMBALI.items()],
        error_messages={
            "required": "Pilih alasan pengembalian.",
            "invalid_choice": "Pilih alasan dari daftar.",
        },
    )
    teks = _teks("Yang perlu diperbaiki", "Tulis apa yang perlu diperbaiki, supaya UPT tahu langkahnya.")


class FormMintaBuka(_Form):
    alasan = _teks("Mengapa perlu dibuka kembali", "Tulis apa yang salah dan apa yang akan diperbaiki.")


class FormPutusan(_Form):
    teks = _teks("Alasan keputusan", "Tulis alasan keputusan ini, supaya UPT tahu langkahnya.")


class FormAntrean(_Form):
    """Filters of the inbox, from the URL. Unknown values count as not given."""

    status = forms.ChoiceField(
        required=False,
        label="Keadaan",
        choices=[
            ("menunggu", "Menunggu verifikasi"),
            ("lewat", "Lewat tenggat verifikasi"),
            ("dikembalikan", "Dikembalikan, sedang diperbaiki"),
            ("permintaan", "Diminta dibuka kembali"),
            ("belum", "Belum dikirim, lewat tenggat"),
            ("terverifikasi", "Sudah diverifikasi"),
        ],
    )
    bulan = forms.ChoiceField(required=False, label="Bulan")
    formulir = forms.ChoiceField(required=False, label="Formulir")
    upt = forms.ChoiceField(required=False, label="UPT")
    urut = forms.ChoiceField(
        required=False,
        label="Urut menurut",
        choices=[
            ("tenggat", "Tenggat verifikasi"),
            ("dikirim", "Waktu kirim"),
            ("upt", "Nama UPT"),
            ("kembali", "Sering dikembalikan"),
        ],
    )

    def __init__(self, data: Any, *, formulir: Iterable[Formulir], upt: Iterable[UPT]) -> None:
        kini = Bulan.kini()
        pilihan = [(kini - n) for n in range(BULAN_PILIHAN)]
        super().__init__(self._yang_dikenal(data))
        self.fields["bulan"].choices = [("", "Semua bulan"), *((b.kode, b.nama) for b in pilihan)]  # type: ignore[attr-defined]
        self.fields["formulir"].choices = [("", "Semua formulir"), *((f.kode, str(f)) for f in formulir)]  # type: ignore[attr-defined]
        self.fields["upt"].choices = [("", "Semua UPT"), *((u.kode, u.nama) for u in upt)]  # type: ignore[attr-defined]

    @staticmethod
    def _yang_dikenal(data: Any) -> dict[str, str]:
        return {"status": data.get("status") or "menunggu", "urut": data.get("urut") or "tenggat"} | {
            nama: data.get(nama, "") for nama in ("bulan", "formulir", "upt")
        }

    def saringan(self) -> SaringanAntrean:
        """What was chosen; a value that is not offered falls back to its default."""
        self.is_valid()
        baik = self.cleaned_data
        bawaan = SaringanAntrean()
        return SaringanAntrean(
            status=baik.get("status") or bawaan.status,
            bulan=Bulan.dari(baik["bulan"]) if baik.get("bulan") else None,
            formulir=baik.get("formulir", ""),
            upt=baik.get("upt", ""),
            urut=baik.get("urut") or bawaan.urut,
        )
