"""Forms of an SDP import: the file, which of its columns is which, and who left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.http import QueryDict

from pemasyarakatan.inti.bidang import BidangTanggal, FormPortal
from wbp.sdp.berkas import Tabel
from wbp.sdp.kolom import KOLOM
from wbp.sdp.rencana import Rencana, sebut
from wbp.sdp.tulis import ALASAN_KELUAR, Keluar

AWALAN = "kolom-"
TANPA_NOMOR = (
    "Nomor register di baris {} tidak terbaca, jadi orangnya mungkin salah satu dari mereka. Betulkan dahulu, atau "
    "tandai satu per satu."
)


class FormBerkas(FormPortal):
    berkas = forms.FileField(
        label="Berkas ekspor SDP",
        help_text="Excel (.xlsx, .xls), LibreOffice (.ods), atau CSV; paling besar 10 MB dan 10.000 orang.",
        max_length=1000,
        error_messages={
            "required": "Pilih berkas yang diambil dari SDP.",
            "empty": "Berkas kosong (0 bita). Pilih berkas yang sudah disimpan.",
            "missing": "Berkas tidak sampai. Pilih lagi, lalu unggah.",
            "invalid": "Berkas tidak sampai. Pilih lagi, lalu unggah.",
            "max_length": "Nama berkas terlalu panjang. Ganti namanya, lalu unggah lagi.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )
    tanggal_data = BidangTanggal(
        label="Data per tanggal",
        help_text="Hari ketika data diambil dari SDP.",
        error_messages={"required": "Isi hari ketika data diambil dari SDP."},
    )


class FormKolom(FormPortal):
    """For every column of the register the column of the file that it is read from."""

    def __init__(self, data: QueryDict | None, *, tabel: Tabel) -> None:
        super().__init__(data)
        judul = [(str(n), teks) for n, teks in enumerate(tabel.sebutan)]
        terpakai = tabel.kolom
        for kolom in KOLOM:
            label = f"{kolom.label} (wajib)" if kolom.wajib else kolom.label
            nama = AWALAN + kolom.nama
            self.fields[nama] = forms.ChoiceField(
                label=label,
                required=False,
                initial=str(terpakai.get(kolom.nama, "")),
            )
            self.tawarkan(nama, "Tidak ada di berkas", judul)

    def pilihan(self) -> Mapping[str, int | None]:
        return {n.removeprefix(AWALAN): int(isi) if isi else None for n, isi in self.cleaned_data.items()}


class FormKeluar(FormPortal):
    """Of the persons whom the file does not name: who left, since when, why."""

    semua = forms.BooleanField(label="Semua yang tidak ada di berkas memang sudah keluar", required=False)
    alasan = forms.ChoiceField(label="Mengapa mereka keluar", required=False)
    tanggal = BidangTanggal(label="Sejak tanggal", required=False)
    yakin = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None, *, rencana: Rencana, tanggal: date, unit: str) -> None:
        super().__init__(data, initial={"tanggal": tanggal})
        self.rencana, self.bawaan = rencana, tanggal
        self.ada: list[int] = [o["id"] for o in rencana.keluar]
        self.fields["yakin"].label = (
            f"Ya, ini daftar warga binaan {unit}" if rencana.asing else "Ya, semua yang saya tandai memang sudah keluar"
        )
        self.tawarkan("alasan", "Pilih alasan", [(a, a) for a in ALASAN_KELUAR])
        dikirim = data.getlist("keluar")[: len(self.ada)] if data else []
        self.dipilih = {int(x) for x in dikirim if x.isascii() and x.isdigit() and len(x) < 16}

    def clean(self) -> None:
        if self._id() and not self.cleaned_data.get("alasan") and "alasan" not in self.errors:
            self.add_error("alasan", "Pilih mengapa mereka keluar.")
        if self.cleaned_data.get("semua") and self.rencana.tanpa_nomor:
            self.add_error("semua", TANPA_NOMOR.format(sebut(self.rencana.tanpa_nomor)))

    def _id(self) -> tuple[int, ...]:
        return tuple(self.ada) if self.cleaned_data.get("semua") else tuple(sorted(self.dipilih))

    def keluar(self) -> Keluar | None:
        isi = self.cleaned_data
        return Keluar(self._id(), isi["tanggal"] or self.bawaan, isi["alasan"]) if self._id() else None
