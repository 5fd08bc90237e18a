"""Forms of an import: the file, which of its columns is which, and what is said about rows that ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from pelaporan.register.impor import Izinkan
from pelaporan.register.impor_kolom import TabelBerkas
from pelaporan.register.jenis import JenisBaris
from pemasyarakatan.inti.bidang import FormPortal, bidang_alasan

AWALAN = "kolom-"
BARIS_MAKS = 2_100
"""Most ticks that a page may send."""


class FormBerkas(FormPortal):
    berkas = forms.FileField(
        label="Berkas daftar",
        help_text="Excel (.xlsx, .xls), LibreOffice (.ods), atau CSV; paling besar 5 MB dan 2.000 baris.",
        max_length=1000,
        error_messages={
            "required": "Pilih berkas yang akan dibaca.",
            "empty": "Berkas kosong (0 bita). Pilih berkas yang sudah disimpan.",
            "missing": "Berkas tidak sampai. Pilih lagi, lalu unggah.",
            "invalid": "Berkas tidak sampai. Pilih lagi, lalu unggah.",
            "max_length": "Nama berkas terlalu panjang. Ganti namanya, lalu unggah lagi.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


class FormKolom(FormPortal):
    """For every column of the register the column of the file that it is read from."""

    def __init__(self, data: QueryDict | None, *, jenis: JenisBaris[Any], tabel: TabelBerkas) -> None:
        super().__init__(data, prefix=None)
        judul = [(str(n), teks or f"Kolom ke-{n + 1}") for n, teks in enumerate(tabel.judul)]
        for kolom in jenis.kolom:
            nama = AWALAN + kolom.nama
            label = f"{kolom.label} (wajib)" if kolom.wajib else kolom.label
            self.fields[nama] = forms.ChoiceField(label=label, required=False, initial=tabel.kolom.get(kolom.nama, ""))
            self.tawarkan(nama, "Tidak ada di berkas", judul)

    def pilihan(self) -> Mapping[str, int | None]:
        return {
            n.removeprefix(AWALAN): int(isi) if isi else None
            for n, isi in self.cleaned_data.items()
            if n.startswith(AWALAN)
        }


class FormSimpan(FormPortal):
    """Rows that are as they should be although the portal asks (`betul`, or all: `semua`), and why."""

    semua = forms.BooleanField(label="Semua baris yang ditanyakan memang benar", required=False)
    alasan = bidang_alasan("Mengapa demikian?", "Satu kalimat untuk semua yang ditandai, dibaca peninjau.")

    def __init__(self, data: QueryDict | None = None, **lain: Any) -> None:
        super().__init__(data, **lain)
        self.fields["alasan"].required = False
        self.betul = frozenset(int(x) for x in data.getlist("betul")[:BARIS_MAKS] if _nomor(x)) if data else frozenset()

    def izinkan(self) -> Izinkan:
        isi = self.cleaned_data
        return Izinkan(self.betul, isi["semua"], isi["alasan"])


def _nomor(teks: str) -> bool:
    return teks.isascii() and teks.isdigit() and len(teks) <= 6
