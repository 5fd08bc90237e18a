"""Filters of the pages above the units, and the choices of a merge."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from pemasyarakatan.inti.bidang import BidangBulan, BidangTeks, FormPortal
from pemasyarakatan.inti.waktu import Bulan
from umkm.legalitas import Tahap
from umkm.models import Golongan
from umkm.wilayah.halaman import LABEL_HABIS
from umkm.wilayah.selectors import DAPAT, LANGKAH
from upt.models import UPT, Kanwil

BULAN_AWAL = Bulan(2015, 1)
JENIS_UPT = [(j.value, j.name.title() if j.value != "LPKA" else "LPKA") for j in UPT.Jenis if j.value in DAPAT]


class FormWilayah(FormPortal):
    """Month, region, kind of unit. A page offers what it can use."""

    bulan = BidangBulan(label="Keadaan pada akhir bulan", required=False)
    kanwil = forms.ChoiceField(label="Kanwil", required=False)
    upt = forms.ChoiceField(label="Jenis UPT", required=False)

    def __init__(self, *args: Any, kanwil: Iterable[Kanwil], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="s-%s", **kwargs)
        self.tawarkan("bulan", None, ((b.kode, b.nama) for b in reversed(BULAN_AWAL.rentang(Bulan.kini()))))
        daftar = [(k.slug, k.nama_pendek) for k in kanwil]
        self.tawarkan("kanwil", "Semua", daftar)
        if not daftar:
            del self.fields["kanwil"]
        self.tawarkan("upt", "Lapas, Rutan, dan LPKA", JENIS_UPT)


class FormJenis(FormWilayah):
    cari = BidangTeks(label="Nama jenis", maks=80, required=False)
    golongan = forms.ChoiceField(label="Golongan", required=False, choices=[("", "Semua"), *Golongan.choices])


class FormUnit(FormWilayah):
    tampil = forms.ChoiceField(
        label="Tampilkan",
        required=False,
        choices=[("", "Semua unit"), ("ada", "Yang punya produk"), ("belum", "Yang belum punya produk")],
    )


class FormProduk(FormWilayah):
    tahap = forms.ChoiceField(
        label="Legalitas",
        required=False,
        choices=[
            ("", "Semua"),
            ("0", "Belum ada"),
            *((str(t.value), f"{t.label} atau lebih") for t in Tahap if t is not Tahap.BELUM),
        ],
    )
    langkah = forms.ChoiceField(
        label="Kemasan dan merek",
        required=False,
        choices=[("", "Semua"), *((k, f"Sudah {'berlabel' if k == 'label' else 'ber' + k}") for k in LANGKAH)],
    )
    unit = forms.SlugField(label="Unit", required=False, max_length=80, widget=forms.HiddenInput)


class FormSertifikat(FormWilayah):
    masa = forms.ChoiceField(label="Masa berlaku", required=False, choices=[("", "Semua"), *LABEL_HABIS.items()])


class FormGabung(FormPortal):
    """Two kinds by their ids: which one goes, which one stays."""

    asal = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
    ke = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)


class FormCariJenis(FormPortal):
    cari = BidangTeks(label="Cari dua jenis untuk digabung", maks=80, required=False)


class FormGabungPameran(FormPortal):
    """The entry that stays."""

    ke = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
