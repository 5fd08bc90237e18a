"""Forms of register rows: one field per column of the kind; what a row is worth is the services' business."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from pelaporan.register.jenis import JenisBaris
from pelaporan.register.kolom import BILANGAN, Kolom
from pelaporan.register.services import BarisSalah, Jawaban
from pemasyarakatan.inti.bidang import BidangBulan, BidangTeks, FormPortal, bidang_alasan
from pemasyarakatan.inti.waktu import Bulan
from upt.models import UPT

LEBAR = {**dict.fromkeys(BILANGAN, "pendek"), "tanggal": "sedang", "teks": "", "paragraf": ""}


def salah_dari(form: FormPortal) -> BarisSalah:
    """What is wrong in a form, as the services say it."""
    return BarisSalah({"" if n == "__all__" else str(n): " ".join(map(str, isi)) for n, isi in form.errors.items()})


class FormBaris(FormPortal):
    """The columns of one kind in one unit."""

    def __init__(self, *args: Any, jenis: JenisBaris[Any], upt: UPT, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jenis = jenis
        self.fields = {k.nama: self._bidang(k, upt) for k in jenis.kolom}

    def _bidang(self, kolom: Kolom, upt: UPT) -> forms.Field:
        """The column's field; one without a hint of its own says what may be left out, and how a day is written."""
        bidang = kolom.bidang(upt)
        if not bidang.help_text and kolom.ragam != "ya_tidak":
            boleh = "" if bidang.required else "Boleh kosong."
            contoh = f"Misalnya {kolom.contoh or '3/9/2026'}." if kolom.ragam == "tanggal" else ""
            bidang.help_text = f"{boleh} {contoh}".strip()
        return bidang

    def belum_ada(self) -> list[Kolom]:
        """References that must point at something, while the unit has nothing to point at."""
        wajib = (k for k in self.jenis.kolom if k.ragam == "rujukan" and k.wajib)
        return [k for k in wajib if not getattr(self.fields[k.nama], "tujuan", True)]

    def bidang(self) -> Iterable[tuple[forms.BoundField, str]]:
        """Each field with its width, without those behind the lid."""
        return [(self[k.nama], LEBAR.get(k.ragam, "")) for k in self.jenis.kolom if k.nama not in self.jenis.lanjutan]

    def tambahan(self) -> list[tuple[forms.BoundField, str]]:
        """Fields behind the lid."""
        return [(self[k.nama], LEBAR.get(k.ragam, "")) for k in self.jenis.kolom if k.nama in self.jenis.lanjutan]

    def tolak(self, bidang: Mapping[str, str]) -> None:
        """Put refusals of the services where they belong; what has no field of its own stands on top."""
        for nama, pesan in bidang.items():
            self.add_error(nama if nama in self.fields else None, pesan)

    def dengan_kini(self, kini: Mapping[str, Any]) -> QueryDict:
        """What was typed, with the values of others in the columns that this person left alone."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for nama, nilai in kini.items():
            tertulis = self.fields[nama].prepare_value(nilai)
            data.setlist(nama, [] if tertulis in (None, False) else ["on" if tertulis is True else tertulis])
        return data


class FormJawaban(FormPortal):
    """Answers to what the portal found unusual: each said to be so (`setuju`), and one reason for all."""

    alasan_tanya = bidang_alasan("Mengapa demikian?", "Satu kalimat, dibaca oleh peninjau.")

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        self.setuju = frozenset(data.getlist("setuju")) if data is not None else frozenset()

    def jawaban(self) -> Jawaban:
        """Without a reason nothing is agreed: the portal asks again."""
        return Jawaban(self.setuju, self.cleaned_data["alasan_tanya"]) if self.setuju and self.is_valid() else Jawaban()


class FormHapus(FormPortal):
    alasan = bidang_alasan("Alasan", "Tersimpan di riwayat. Misalnya: tercatat dua kali.")


class FormSaring(FormPortal):
    cari = BidangTeks(label="Cari", maks=100, required=False)
    bulan = BidangBulan(label="Bulan", required=False)

    def __init__(self, *args: Any, bulan: Iterable[Bulan], pribadi: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pilihan = [(b.kode, b.nama) for b in bulan]
        self.tawarkan("bulan", "Semua bulan", pilihan)
        if not pilihan:
            del self.fields["bulan"]
        if pribadi:  # nothing about persons goes into an address
            del self.fields["cari"]
