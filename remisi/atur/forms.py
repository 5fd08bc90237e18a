"""The form of a rule: made from the shape of its table (`remisi.ketentuan_bentuk`), so that a new field is a new field
here as well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from pemasyarakatan.inti.bidang import BidangAngka, BidangTeks, FormPortal, bidang_alasan, bidang_tanggal
from remisi.atur.kata import pilihan
from remisi.ketentuan_bentuk import KODE, Baris, Bidang, bidang

_AWALAN = "isi_"
_SETIDAKNYA_SATU = {"hari_besar": "agama", "rezim": "kelompok"}
"""Lists that must not be empty (`periksa` refuses it)."""
_MILIK_PORTAL = {"sakelar": ("uraian", "pilihan")}
"""Fields that say what the portal can do; only what it shall do is chosen."""
_TETAP = "Kode ini dibaca portal, jadi tidak dapat diganti."
_BANTUAN_DAFTAR = "Pisahkan dengan spasi."


class FormAlasan(FormPortal):
    alasan = bidang_alasan()


class FormAturan(FormPortal):
    """One rule of one table. `dasar` is the rule it starts from, `kode` the only codes it may have (none: any)."""

    kode = forms.RegexField(
        KODE,
        label="Kode",
        help_text="Huruf, angka, titik, garis bawah, tanda hubung. Kode yang sama menggantikan nilai sebelumnya.",
        error_messages={
            "required": "Isi kodenya.",
            "invalid": "Kode paling banyak 40 huruf, angka, titik, garis bawah, atau tanda hubung, tanpa spasi.",
        },
    )
    berlaku_dari = bidang_tanggal("Berlaku dari", "Contoh: 1 Januari 2027.", wajib=True)
    berlaku_sampai = bidang_tanggal("Berlaku sampai", "Hari terakhirnya. Kosong: sampai ada aturan berikutnya.")
    sumber = BidangTeks(
        maks=400,
        baris_banyak=True,
        baris=2,
        label="Sumber",
        help_text="Peraturan dan pasalnya, keputusan, atau surat; cukup rinci untuk dicari orang lain.",
        error_messages={"required": "Tulis sumbernya: peraturan, keputusan, atau surat yang menetapkan."},
    )
    terverifikasi = forms.BooleanField(
        label="Sumbernya sudah dibaca dan cocok",
        required=False,
        help_text="Tanpa centang ini aturan tampil dengan tanda “belum dikonfirmasi”.",
    )
    catatan = BidangTeks(maks=600, baris_banyak=True, baris=2, label="Catatan", required=False)

    def __init__(self, kiriman: QueryDict | None, *, tabel: str, dasar: Baris | None, kode: Sequence[str] = ()) -> None:
        super().__init__(kiriman, initial=_awal(dasar))
        self.tabel, self.dasar = tabel, dasar
        self.bidang = [b for b in bidang(tabel) if b.nama not in _MILIK_PORTAL.get(tabel, ())]
        self.fields |= {_AWALAN + b.nama: _kolom(b, dasar) for b in self.bidang}
        if (wajib := _SETIDAKNYA_SATU.get(tabel)) is not None:
            self.fields[_AWALAN + wajib].help_text = "Pilih paling sedikit satu."
        self.order_fields(["kode", *(_AWALAN + b.nama for b in self.bidang)])
        if kode:
            self.fields["kode"] = forms.ChoiceField(label="Kode", choices=[(k, k) for k in kode], help_text=_TETAP)

    def baris(self) -> Baris:
        """The rule as it was typed."""
        isi = self.cleaned_data
        return Baris(
            tabel=self.tabel,
            kode=isi["kode"],
            berlaku_dari=isi["berlaku_dari"],
            berlaku_sampai=isi["berlaku_sampai"],
            nilai=self._tetap() | {b.nama: _simpan(b, isi[_AWALAN + b.nama]) for b in self.bidang},
            sumber=" ".join(isi["sumber"].split()),
            terverifikasi=isi["terverifikasi"],
            catatan=isi["catatan"],
        )

    def _tetap(self) -> dict[str, Any]:
        """What of the rule is the portal's own and is taken over as it is."""
        milik = _MILIK_PORTAL.get(self.tabel, ())
        return {n: self.dasar.nilai[n] for n in milik} if self.dasar else {}


def _awal(dasar: Baris | None) -> dict[str, Any]:
    if dasar is None:
        return {}
    isi: dict[str, Any] = {_AWALAN + b.nama: _tampil(b, dasar.nilai.get(b.nama)) for b in bidang(dasar.tabel)}
    return isi | {
        "kode": dasar.kode,
        "berlaku_dari": dasar.berlaku_dari,
        "berlaku_sampai": dasar.berlaku_sampai,
        "sumber": dasar.sumber,
        "terverifikasi": dasar.terverifikasi,
        "catatan": dasar.catatan,
    }


def _tampil(b: Bidang, nilai: Any) -> Any:
    if b.jenis == "tanggal" and nilai:
        return date.fromisoformat(nilai)
    if b.jenis == "daftar" and not b.pilihan:
        return " ".join(nilai or ())
    return nilai


def _simpan(b: Bidang, nilai: Any) -> Any:
    """As the shipped files keep it (`ketentuan_bentuk.nilai_dari_teks`)."""
    if b.jenis == "tanggal":
        return nilai.isoformat() if nilai else None
    if b.jenis == "daftar":
        return list(nilai) if b.pilihan else nilai.split()
    return nilai


def _kolom(b: Bidang, dasar: Baris | None) -> forms.Field:
    if b.nama == "nilai" and dasar is not None and dasar.nilai.get("pilihan"):  # a switch: one of its own choices
        return _pilih(b, dasar.nilai["pilihan"])
    return _BUAT[b.jenis](b)


def _pilih(b: Bidang, kode: Sequence[str]) -> forms.Field:
    kosong = [] if b.wajib else [("", "Tidak ada")]
    return forms.ChoiceField(
        label=b.label,
        required=b.wajib,
        help_text=b.bantuan,
        choices=[*kosong, *((k, pilihan(k)) for k in kode)],
        error_messages={"required": "Pilih salah satu.", "invalid_choice": "Pilih dari daftar."},
    )


def _teks(b: Bidang) -> forms.Field:
    if b.pilihan:
        return _pilih(b, b.pilihan)
    return BidangTeks(maks=300, label=b.label, required=b.wajib, help_text=b.bantuan)


def _daftar(b: Bidang) -> forms.Field:
    if not b.pilihan:
        bantuan = f"{b.bantuan} {_BANTUAN_DAFTAR}".strip()
        return BidangTeks(maks=300, label=b.label, required=b.wajib, help_text=bantuan)
    return forms.MultipleChoiceField(
        label=b.label,
        required=b.wajib,
        help_text=b.bantuan or "Tanpa centang: untuk semua.",
        choices=[(k, pilihan(k)) for k in b.pilihan],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Pilih dari daftar."},
    )


def _bulat(b: Bidang) -> forms.Field:
    return BidangAngka(label=b.label, required=b.wajib, help_text=b.bantuan, maks=999_999_999, jenis=_jenis_angka(b))


def _jenis_angka(b: Bidang) -> Any:
    return "rupiah" if b.nama == "rupiah" else "bulat"


def _tanggal(b: Bidang) -> forms.Field:
    return bidang_tanggal(b.label, b.bantuan, wajib=b.wajib)


def _ya(b: Bidang) -> forms.Field:
    return forms.BooleanField(label=b.label, required=False, help_text=b.bantuan)


_BUAT = {"teks": _teks, "daftar": _daftar, "bulat": _bulat, "tanggal": _tanggal, "ya": _ya}
