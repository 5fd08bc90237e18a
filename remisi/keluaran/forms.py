"""Asking for a list with names: which list, in which form, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from pemasyarakatan.inti.bidang import BidangTeks, FormPortal
from remisi.keluaran.selectors import Pilihan
from wbp.buka import KETERANGAN_MAKS
from wbp.models import AksesWarga

BENTUK = (("pdf", "PDF, siap cetak"), ("xlsx", "XLSX"))


def label_pilihan(p: Pilihan) -> str:
    nomor = f" {p.keputusan.nomor}" if p.keputusan else ""
    return f"{p.judul}{nomor} ({p.jumlah})"


class FormBernama(FormPortal):
    daftar = forms.ChoiceField(label="Daftar")
    bentuk = forms.ChoiceField(label="Bentuk", choices=BENTUK)
    alasan = forms.ChoiceField(label="Alasan membuka nama", choices=AksesWarga.Alasan.choices)
    keterangan = BidangTeks(
        label="Keterangan",
        maks=KETERANGAN_MAKS,
        required=False,
        help_text="Wajib bila alasannya lain. Jangan tulis nama orangnya.",
    )

    def __init__(self, *args: Any, semua: Sequence[Pilihan], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"alasan": AksesWarga.Alasan.KEPUTUSAN})
        super().__init__(*args, **kwargs)
        self.tawarkan("daftar", None, ((p.kode, label_pilihan(p)) for p in semua if p.jumlah))
