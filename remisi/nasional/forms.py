"""Filters of the national pages, and the form of a published total."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from pemasyarakatan.inti.bidang import BidangAngka, BidangTeks, FormPortal, bidang_tanggal
from remisi.models import Kesempatan, Rilis
from remisi.nasional.cetak import BAGIAN, besar
from remisi.nasional.selectors import LAIN, PITA, Saring
from remisi.nasional.services_rilis import KOLOM_BAGIAN
from remisi.nasional.tabel import KELAMIN, KELOMPOK, STATUS, nama_pita
from upt.models import Kanwil

ORANG_MAKS = 10_000_000
RUPIAH_MAKS = 10**15 - 1


class FormNasional(FormPortal):
    """Which occasion, and (for the chain) which grants of it."""

    kesempatan = forms.ChoiceField(label="Kesempatan", required=False)
    jenis_kelamin = forms.ChoiceField(label="Jenis kelamin", required=False)
    kelompok = forms.ChoiceField(label="Tindak pidana", required=False)
    status_orang = forms.ChoiceField(label="Status", required=False)

    def __init__(self, *args: Any, semua: Sequence[Kesempatan], utuh: bool, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="s-%s", **kwargs)
        self.tawarkan("kesempatan", None, [("", "Terbaru"), *((k.slug, _nama(k)) for k in semua)])
        for nama, pilihan in (("jenis_kelamin", KELAMIN), ("kelompok", KELOMPOK), ("status_orang", STATUS)):
            self.tawarkan(nama, "Semua", [(k, v.capitalize()) for k, v in pilihan.items() if k])
            if not utuh:
                del self.fields[nama]

    @property
    def saring(self) -> Saring:
        isi = self.cleaned_data
        return Saring(**{k: isi.get(k, "") for k in ("jenis_kelamin", "kelompok", "status_orang")})


def _nama(k: Kesempatan) -> str:
    return k.nama if str(k.tanggal.year) in k.nama else f"{k.nama} {k.tanggal.year}"


class FormRinci(FormPortal):
    """The address of one figure."""

    jenis = forms.SlugField(required=False, max_length=12)
    hasil = forms.ChoiceField(required=False, choices=[("", ""), ("I", "I"), ("II", "II")])
    pita = forms.ChoiceField(
        required=False, choices=[("", ""), *((str(p), nama_pita(str(p))) for p in PITA), (LAIN, "")]
    )
    jenis_kelamin = forms.ChoiceField(required=False, choices=[("", ""), *((k, v) for k, v in KELAMIN.items() if k)])
    status_orang = forms.ChoiceField(required=False, choices=[("", ""), *STATUS.items()])
    kelompok = forms.ChoiceField(required=False, choices=[("", ""), *((k, v) for k, v in KELOMPOK.items() if k)])

    @property
    def saring(self) -> Saring:
        return Saring(**self.cleaned_data)


class FormRilis(FormPortal):
    """A published total as printed: empty is what was not printed."""

    jenis = forms.ChoiceField(label="Jenis", error_messages={"required": "Pilih jenisnya."})
    tanggal = bidang_tanggal("Tanggal pemberian", wajib=True)
    kanwil = forms.ChoiceField(label="Wilayah", required=False)
    nama = BidangTeks(
        label="Nama rilis", maks=100, help_text="Misalnya: Remisi Umum 2026.",
        error_messages={"required": "Tulis nama rilisnya."},
    )  # fmt: skip
    total = BidangAngka(label="Total tercetak", required=False, maks=ORANG_MAKS)
    rupiah = BidangAngka(label="Penghematan tercetak (Rp)", jenis="rupiah", required=False, maks=RUPIAH_MAKS)
    sumber = BidangTeks(
        label="Sumber", maks=400, help_text="Nama siaran pers atau media, dan tanggalnya.",
        error_messages={"required": "Tulis sumbernya."},
    )  # fmt: skip
    catatan = BidangTeks(label="Catatan", maks=400, required=False, help_text="Yang tercetak di luar jumlah, misalnya.")
    revisi = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, jenis: Iterable[tuple[str, str]], kanwil: Iterable[Kanwil], lama: Rilis | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        awal = _awal(lama) if lama else None
        super().__init__(*args, initial=awal, **kwargs)
        self.wilayah = {str(k.pk): k for k in kanwil}
        self.tawarkan("jenis", "Pilih jenis", jenis)
        self.tawarkan("kanwil", "Nasional", ((k, str(v)) for k, v in self.wilayah.items()))
        self.pita = sorted({*PITA, *(p["hari"] for p in (lama.pita if lama else []))})
        for kode, kolom in KOLOM_BAGIAN.items():
            self.fields[kolom] = BidangAngka(label=besar(BAGIAN[kode]), required=False, maks=ORANG_MAKS)
        for hari in self.pita:
            for kode in BAGIAN:
                self.fields[f"pita_{kode}_{hari}"] = _sel_pita(kode, hari)
        if lama is not None:
            for tetap in ("jenis", "tanggal", "kanwil"):
                del self.fields[tetap]

    @property
    def bagian(self) -> list[Any]:
        return [self[kolom] for kolom in KOLOM_BAGIAN.values()]

    @property
    def baris_pita(self) -> list[tuple[str, list[Any]]]:
        return [(nama_pita(str(h)), [self[f"pita_{k}_{h}"] for k in BAGIAN]) for h in self.pita]

    @property
    def pita_terisi(self) -> bool:
        return any(f.value() not in (None, "") for _, baris in self.baris_pita for f in baris)

    @property
    def isi(self) -> dict[str, Any]:
        """Columns of the row."""
        isi = {
            k: v for k, v in self.cleaned_data.items() if not k.startswith("pita_") and k not in ("revisi", "kanwil")
        }
        pita = [
            {"hasil": kode, "hari": hari, "orang": n}
            for kode in BAGIAN
            for hari in self.pita
            if (n := self.cleaned_data[f"pita_{kode}_{hari}"]) is not None
        ]
        return {**isi, "kanwil": self.wilayah.get(self.cleaned_data.get("kanwil", "")), "pita": pita}

    def clean_tanggal(self) -> date:
        tanggal: date = self.cleaned_data["tanggal"]
        if tanggal.year < 1950:
            raise forms.ValidationError("Tanggal ini terlalu lama. Periksa tahunnya.")
        return tanggal


def _sel_pita(kode: str, hari: int) -> BidangAngka:
    nama = f"{besar(BAGIAN[kode])}, {nama_pita(str(hari))}"
    bidang = BidangAngka(label=nama, required=False, maks=ORANG_MAKS)
    bidang.widget.attrs["aria-label"] = nama
    bidang.widget.attrs["class"] = "angka"
    return bidang


def _awal(lama: Rilis) -> dict[str, Any]:
    isi = {
        k: getattr(lama, k) for k in ("nama", "total", "rupiah", "sumber", "catatan", "revisi", *KOLOM_BAGIAN.values())
    }
    return {**isi, **{f"pita_{p['hasil']}_{p['hari']}": p["orang"] for p in lama.pita}}
