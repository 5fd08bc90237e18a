"""An exhibition as offices write it: what is asked about one, the answer to similar ones, the revision seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from pemasyarakatan.inti.bidang import BidangTeks, FormPortal, bidang_tanggal
from umkm.models import Pameran
from umkm.services import IsiPameran

ISIAN = ("nama", "tempat", "penyelenggara", "mulai", "selesai")


def bidang_pameran() -> dict[str, forms.Field]:
    """What is asked about an event, of units and offices alike."""
    return {
        "nama": BidangTeks(label="Nama pameran", maks=100, help_text="Seperti pada undangannya."),
        "tempat": BidangTeks(label="Tempat", maks=100, help_text="Gedung dan kotanya."),
        "penyelenggara": BidangTeks(label="Penyelenggara", maks=100, required=False, help_text="Boleh kosong."),
        "mulai": bidang_tanggal("Hari pertama", "Misalnya 3/9/2026.", wajib=True),
        "selesai": bidang_tanggal("Hari terakhir", "Kosongkan bila hanya satu hari."),
    }


def bidang_lain() -> forms.BooleanField:
    """Asked only when similar events are registered."""
    return forms.BooleanField(label="Ini pameran lain, bukan salah satunya", required=False)


def lengkapi_hari(isi: dict[str, Any]) -> dict[str, Any]:
    """An event of one day ends on that day."""
    return {**isi, "selesai": isi.get("selesai") or isi.get("mulai")}


class FormAcara(FormPortal):
    """An event that is registered or corrected; with `lama` it starts from what stands."""

    def __init__(self, data: QueryDict | None = None, lama: Pameran | None = None) -> None:
        super().__init__(data, initial={n: getattr(lama, n) for n in (*ISIAN, "revisi")} if lama else None)
        self.fields = bidang_pameran()
        if lama is not None:
            self.fields["revisi"] = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
        elif data is not None and "lain_pameran" in data:
            self.tanya_lain()

    def tanya_lain(self) -> None:
        self.fields["lain_pameran"] = bidang_lain()

    def clean(self) -> dict[str, Any]:
        return lengkapi_hari(super().clean() or self.cleaned_data)

    @property
    def acara(self) -> IsiPameran:
        return IsiPameran(**{n: self.cleaned_data[n] for n in ISIAN})

    def tolak(self, bidang: Mapping[str, str]) -> None:
        for nama, pesan in bidang.items():
            self.add_error(nama if nama in self.fields else None, pesan)
