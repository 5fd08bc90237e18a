"""What is typed and chosen on the pages of integration. What it is worth is the services' business."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from pemasyarakatan.inti.bidang import BidangTeks, FormPortal, bidang_tanggal
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal
from remisi.calon.syarat import TIDAK
from remisi.integrasi.kalender import NAMA
from remisi.integrasi.selectors import BarisDokumen
from remisi.integrasi.syarat import Hasil

DEKAT, SUDAH, BERJALAN, KURANG = "dekat", "sudah", "berjalan", "kurang"
JUDUL = {
    SUDAH: "Sudah waktunya, belum diusulkan",
    BERJALAN: "Usulan yang berjalan",
    KURANG: "Tanggalnya belum dapat dihitung",
}


class FormLihat(FormPortal):
    lihat = forms.ChoiceField(label="Tampilkan", required=False)

    def __init__(self, *args: Any, bulan: Iterable[Bulan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pilihan = [*JUDUL.items(), *((b.kode, f"Jatuh pada {b.nama}") for b in bulan)]
        self.tawarkan("lihat", "90 hari ke depan", pilihan)

    @property
    def pilihan(self) -> tuple[str, Bulan | None]:
        """What to show, and the month when one was chosen; an unknown choice is the first one."""
        kode = self.cleaned_data.get("lihat", "") if self.is_valid() else ""
        if kode in JUDUL:
            return kode, None
        return (kode, Bulan.dari(kode)) if kode else (DEKAT, None)


class FormUsul(FormPortal):
    """Begin a case: for which programme, planned from which day."""

    jenis = forms.ChoiceField(label="Program", error_messages={"required": "Pilih programnya."})
    tanggal = bidang_tanggal("Rencana mulai")

    def __init__(self, *args: Any, program: Sequence[Hasil], **kwargs: Any) -> None:
        mungkin = [h for h in program if h.keadaan != TIDAK]
        if len(mungkin) == 1:
            kwargs.setdefault("initial", {"jenis": mungkin[0].jalan.rumpun, "tanggal": mungkin[0].hari})
        super().__init__(*args, **kwargs)
        isi = [(h.jalan.rumpun, f"{NAMA[h.jalan.rumpun]}, paling awal {tulis_tanggal(h.hari)}") for h in mungkin]
        self.tawarkan("jenis", "Pilih program" if len(isi) > 1 else None, isi)
        self.fields["tanggal"].help_text = "Kosong: hari paling awal programnya."
        self.awal = {h.jalan.rumpun: h.hari for h in mungkin}

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or self.cleaned_data
        if "tanggal" in isi and isi["tanggal"] is None and "jenis" in isi:
            isi["tanggal"] = self.awal[isi["jenis"]]
        return isi


class FormDokumen(FormPortal):
    """The checklist: a date for what is there. Hidden fields say what the page showed."""

    def __init__(self, *args: Any, dokumen: Sequence[BarisDokumen], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.baris = dokumen
        for d in dokumen:
            kode = d.dokumen.kode
            self.fields[f"ada_{kode}"] = bidang_tanggal(d.dokumen.nama)
            self.fields[f"ada_{kode}"].initial = d.ada
            self.fields[f"lama_{kode}"] = forms.DateField(
                required=False, input_formats=["%Y-%m-%d"], widget=forms.HiddenInput, initial=d.ada
            )

    def deret(self) -> list[tuple[BarisDokumen, BoundField, BoundField]]:
        return [(d, self[f"ada_{d.dokumen.kode}"], self[f"lama_{d.dokumen.kode}"]) for d in self.baris]

    def _isi(self, awalan: str) -> dict[str, date | None]:
        return {d.dokumen.kode: self.cleaned_data.get(f"{awalan}_{d.dokumen.kode}") for d in self.baris}

    @property
    def isi(self) -> dict[str, date | None]:
        return self._isi("ada")

    @property
    def lama(self) -> dict[str, date | None]:
        return self._isi("lama")


class FormMintaLitmas(FormPortal):
    bapas = forms.ChoiceField(label="Bapas", error_messages={"required": "Pilih Bapas-nya."})
    surat = BidangTeks(
        label="Nomor surat permintaan", maks=80, help_text="Bapas mencocokkan permintaan dengan nomor ini.",
        error_messages={"required": "Tulis nomor surat permintaannya."},
    )  # fmt: skip
    diminta = bidang_tanggal("Diminta pada", "Contoh: 3 Februari 2026.", wajib=True)

    def __init__(self, *args: Any, bapas: Sequence[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tawarkan("bapas", "Pilih Bapas", bapas)


class FormTerimaLitmas(FormPortal):
    diterima = bidang_tanggal("Diterima pada", "Contoh: 20 Februari 2026.", wajib=True)
    nomor = BidangTeks(label="Nomor Litmas", maks=80, error_messages={"required": "Tulis nomor Litmas-nya."})


class FormSaringLitmas(FormPortal):
    """Which requests a Bapas looks at: by state, of one asking unit or all."""

    keadaan = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    peminta = forms.ChoiceField(label="Unit peminta", required=False)

    def __init__(
        self, *args: Any, sudut: Mapping[str, tuple[str, Any]], peminta: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, auto_id="s-%s", **kwargs)
        self.tawarkan("keadaan", None, [(kode, label) for kode, (label, _) in sudut.items()])
        self.tawarkan("peminta", "Semua unit", list(peminta))

    @property
    def banyak(self) -> bool:
        """Whether there is anything to choose from."""
        return len(self.fields["peminta"].choices) > 2  # type: ignore[attr-defined]

    @property
    def pilihan(self) -> tuple[str, str]:
        """State and asking unit; what is unknown is no filter."""
        self.is_valid()
        return self.cleaned_data.get("keadaan", ""), self.cleaned_data.get("peminta", "")


class FormKirimLitmas(FormPortal):
    """A Litmas that the Bapas has sent; which one and what the page showed are hidden. `batal` takes the note back."""

    litmas = forms.IntegerField(widget=forms.HiddenInput)
    permintaan = forms.IntegerField(widget=forms.HiddenInput)
    revisi = forms.IntegerField(widget=forms.HiddenInput)
    dikirim = bidang_tanggal("Dikirim pada", "Contoh: 20 Februari 2026.")
    nomor = BidangTeks(label="Nomor Litmas", maks=80, required=False)

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or self.cleaned_data
        if "batal" in self.data:
            return {**isi, "dikirim": None, "nomor": ""}
        if "dikirim" in isi and isi["dikirim"] is None:
            self.add_error("dikirim", "Isi tanggal kirimnya.")
        if "nomor" in isi and not isi["nomor"]:
            self.add_error("nomor", "Tulis nomor Litmas-nya.")
        return isi


class FormPemberitahuan(FormPortal):
    """One notice that was sent; of whom, and for which end, is hidden."""

    orang = forms.IntegerField(widget=forms.HiddenInput)
    langkah = forms.TypedChoiceField(label="Pemberitahuan", coerce=int)
    habis = forms.DateField(input_formats=["%Y-%m-%d"], widget=forms.HiddenInput)
    dikirim = bidang_tanggal("Dikirim pada", wajib=True)
    nomor = BidangTeks(label="Nomor surat", maks=80, error_messages={"required": "Tulis nomor suratnya."})

    def __init__(self, *args: Any, langkah: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tawarkan("langkah", None, langkah)
