"""Filters of the inbox, from the URL. Unknown values count as not given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from pelaporan.antrean.selectors import BERBENDERA, BERSIH, Saringan
from pelaporan.bendera import LABEL
from pelaporan.models import Formulir
from pemasyarakatan.inti.bidang import FormPortal
from pemasyarakatan.inti.waktu import Bulan
from upt.models import UPT

BULAN_PILIHAN = 24
"""Months offered, the current one first."""


class FormAntrean(FormPortal):
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
    bendera = forms.ChoiceField(
        required=False,
        label="Bendera",
        choices=[
            ("", "Semua"),
            (BERSIH, "Bersih"),
            (BERBENDERA, "Berbendera"),
            *((kode, label.capitalize().replace("upt", "UPT")) for kode, label in LABEL.items()),
        ],
    )
    urut = forms.ChoiceField(
        required=False,
        label="Urut menurut",
        choices=[
            ("tenggat", "Tenggat, lalu risiko"),
            ("risiko", "Risiko"),
            ("perubahan", "Besar perubahan"),
            ("upt", "Nama UPT"),
            ("riwayat", "Riwayat UPT"),
            ("dikirim", "Waktu kirim"),
        ],
    )

    def __init__(self, data: Any, *, formulir: Iterable[Formulir], upt: Iterable[UPT], **lain: Any) -> None:
        kini = Bulan.kini()
        pilihan = [kini - n for n in range(BULAN_PILIHAN)]
        super().__init__(self._yang_dikenal(data), **lain)
        self.tawarkan("bulan", "Semua bulan", ((b.kode, b.nama) for b in pilihan))
        self.tawarkan("formulir", "Semua formulir", ((f.kode, str(f)) for f in formulir))
        self.tawarkan("upt", "Semua UPT", ((u.kode, u.nama) for u in upt))

    @staticmethod
    def _yang_dikenal(data: Any) -> dict[str, str]:
        return {"status": data.get("status") or "menunggu", "urut": data.get("urut") or "tenggat"} | {
            nama: data.get(nama, "") for nama in ("bulan", "formulir", "upt", "bendera")
        }

    def saringan(self) -> Saringan:
        """What was chosen; a value that is not offered falls back to its default."""
        self.is_valid()
        baik, bawaan = self.cleaned_data, Saringan()
        return Saringan(
            status=baik.get("status") or bawaan.status,
            bulan=Bulan.dari(baik["bulan"]) if baik.get("bulan") else None,
            formulir=baik.get("formulir", ""),
            upt=baik.get("upt", ""),
            bendera=baik.get("bendera", ""),
            urut=baik.get("urut") or bawaan.urut,
        )

    def teks_pilihan(self, nama: str) -> str:
        """The chosen value of a filter as people read it; empty when none was chosen."""
        nilai = self.cleaned_data.get(nama)
        return dict(self.fields[nama].choices)[nilai] if nilai else ""  # type: ignore[attr-defined]
