"""Quick entry at a plot: a few fields each, the rest is what is usual. Columns are read as everywhere in the register.

A form knows the act it is (`aksi`), and which of its fields stand behind "Isian lain" (`lain`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from pangan.keadaan import KeadaanPetak, SiklusKini
from pangan.komoditas import Komoditas, muat
from pangan.models import Klaster, Siklus
from pangan.selectors_orang import Orang
from pelaporan.register import aksi
from pelaporan.register.jenis import jenis_baris
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.bidang import FormPortal
from pemasyarakatan.inti.waktu import tulis_tanggal
from upt.models import UPT
from wbp.bidang import BidangNomor

Grup = list[tuple[str, Any]]
BERHEWAN = (Klaster.PERIKANAN, Klaster.PETERNAKAN)
"""Clusters in which heads are counted, not areas."""


class FormAksi(aksi.FormAksi):
    register = "pangan"


# ---------------------------------------------------------------- what grows


class FormTanam(FormAksi):
    """Planting or stocking. Where something grows only its cluster is offered; an empty plot may serve another one."""

    aksi, jenis, judul = "tanam", "siklus", "Tanam atau tebar"
    lain: tuple[str, ...] = ("varietas", "bibit", "perkiraan_panen", "perkiraan_kg", "catatan")

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, keadaan: KeadaanPetak) -> None:
        super().__init__(data, upt, hari)
        self.kolom("komoditas")
        self.tawari("komoditas", pilihan_komoditas(keadaan))
        klaster, tetap = keadaan.pakai.klaster if keadaan.pakai else "", bool(keadaan.siklus)
        if not (tetap and klaster in BERHEWAN):
            self.kolom("luas", help_text=f"Petak ini {tulis_angka(keadaan.petak.luas)} m². Kosongkan bila semua.")
        if not (tetap and klaster not in BERHEWAN):
            self.kolom("ekor", help_text="Untuk ikan dan ternak.")
        if klaster:  # what the plot's own cluster does not count stands aside
            self.lain = ("luas" if klaster in BERHEWAN else "ekor", *self.lain)
        self.kolom("tanam", label="Tanggal")
        self.kolom(*self.lain)
        self.initial["tanam"] = hari


def pilihan_komoditas(keadaan: KeadaanPetak) -> Grup:
    """Below cluster headings; the plot's own cluster stands first and, while anything grows there, alone."""
    pakai = keadaan.pakai.klaster if keadaan.pakai else ""
    semua = list(muat().values())
    urut = sorted(Klaster, key=lambda k: k.value != pakai)
    dipakai = [k for k in urut if k.value == pakai or not (pakai and keadaan.siklus)]

    def judul(k: Klaster) -> str:
        return f"{k.label} (petak ini berganti klaster)" if pakai and k.value != pakai else k.label

    return [("", "Pilih"), *((judul(k), [(x.kode, x.nama) for x in semua if x.klaster == k.value]) for k in dipakai)]


class _FormSiklus(FormAksi):
    """An act at one of the running cycles of a plot; with only one of them nothing is asked."""

    bukan_isi: ClassVar[tuple[str, ...]] = ("siklus_id",)

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, siklus: list[SiklusKini]) -> None:
        super().__init__(data, upt, hari)
        self.siklus_petak = {s.siklus.pk: s for s in siklus}
        self.satu = siklus[0] if len(siklus) == 1 else None
        widget = forms.HiddenInput if self.satu else forms.Select
        self.fields["siklus_id"] = forms.TypedChoiceField(
            label="Yang mana", coerce=int, widget=widget,
            choices=[*([] if self.satu else [("", "Pilih")]), *((s.siklus.pk, _sebut(s)) for s in siklus)],
            error_messages={"required": "Pilih salah satu.", "invalid_choice": "Muat ulang halaman ini."},
        )  # fmt: skip
        if self.satu:
            self.initial.update(siklus_id=self.satu.siklus.pk)

    @property
    def siklus(self) -> Siklus:
        return self.siklus_petak[self.cleaned_data["siklus_id"]].siklus

    @property
    def acuan(self) -> Komoditas | None:
        """The commodity of all of them; None when they are of several kinds."""
        semua = {s.siklus.komoditas for s in self.siklus_petak.values()}
        return muat().get(semua.pop()) if len(semua) == 1 else None


def _sebut(s: SiklusKini) -> str:
    ekor = f", {tulis_angka(s.hewan.akhir)} ekor" if s.hewan else ""
    return f"{s.nama}, {tulis_tanggal(s.siklus.tanam, pendek=True)}{ekor}"


class FormPanen(_FormSiklus):
    aksi, jenis, judul = "panen", "panen", "Panen"
    lain: tuple[str, ...] = ("berat_kg", "satuan", "susut_kg", "alasan_susut", "catatan")
    bukan_isi = ("siklus_id", "terakhir")

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, siklus: list[SiklusKini]) -> None:
        super().__init__(data, upt, hari, siklus)
        satuan = self.acuan.satuan if self.acuan else ""
        self.kolom("jumlah", label=f"Hasil ({satuan})" if satuan else "Hasil", help_text="0 bila tidak ada hasil.")
        if any(s.hewan for s in siklus) and satuan != "ekor":
            self.kolom("ekor", label="Ekor yang diambil", help_text="Bila hasilnya tidak ditulis dalam ekor.")
            if satuan not in ("", "kg"):  # eggs and milk take no animal away
                self.lain = ("ekor", *self.lain)
        self.kolom("nilai", label="Nilai (Rp)")
        self.kolom("tanggal", label="Tanggal")
        self.fields["terakhir"] = forms.BooleanField(label="Ini panen terakhir; siklusnya selesai", required=False)
        if satuan != "kg":
            self.kolom("berat_kg")
        self.kolom("satuan", label="Satuan lain", help_text=f"Bila bukan {satuan or 'satuan lazim komoditasnya'}.")
        self.kolom("susut_kg", "alasan_susut", "catatan")
        self.initial.update(tanggal=hari)


class FormMati(_FormSiklus):
    aksi, jenis, judul = "mati", "mutasi", "Mati, hilang, atau masuk"

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, siklus: list[SiklusKini]) -> None:
        super().__init__(data, upt, hari, siklus)
        self.kolom("jenis", "ekor", "alasan")
        self.kolom("tanggal", label="Tanggal")
        self.initial.update(tanggal=hari, jenis="mati")


class FormSelesai(_FormSiklus):
    aksi, jenis, judul = "selesai", "siklus", "Selesai atau gagal"

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, siklus: list[SiklusKini]) -> None:
        super().__init__(data, upt, hari, siklus)
        self.kolom("akhir", label="Bagaimana berakhir", required=True, help_text="")
        self.kolom("selesai", label="Tanggal", required=True)
        self.kolom("alasan_gagal", help_text="Wajib bila gagal.")
        self.initial.update(selesai=hari)


class FormPakai(FormAksi):
    """Use or sale of what is in stock; produce has no plot any more, so any commodity in stock may be chosen."""

    aksi, jenis, judul = "pakai", "pemakaian", "Pakai atau jual"
    lain = ("satuan", "berat_kg", "catatan")

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, stok: Grup, di_sini: str = "") -> None:
        """`di_sini`: what this plot gives, while it is in stock; it is taken to be meant."""
        super().__init__(data, upt, hari)
        self.kolom("komoditas", label="Hasil")
        self.tawari("komoditas", [*([("", "Pilih")] if len(stok) != 1 else []), *stok])
        self.kolom("tujuan", "jumlah")
        self.kolom("nilai", label="Uang diterima (Rp)")
        self.kolom("pihak")
        self.kolom("tanggal")
        self.kolom("satuan", help_text="Kosong: satuan lazimnya.")
        self.kolom("berat_kg", "catatan")
        self.initial.update(tanggal=hari, komoditas=di_sini)


# ---------------------------------------------------------------- the plot itself


class FormGanti(FormAksi):
    aksi, jenis, judul = "ganti", "pemanfaatan", "Ganti pemanfaatan"

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, keadaan: KeadaanPetak) -> None:
        super().__init__(data, upt, hari)
        self.kolom("klaster", label="Dipakai untuk klaster", required=False, help_text="")
        kosong = [("", "Tidak dipakai lagi")] if keadaan.pakai else []
        self.tawari("klaster", [*kosong, *Klaster.choices])
        self.kolom("luas")
        self.kolom("dari", label="Sejak tanggal")
        self.initial.update(dari=hari, klaster=keadaan.pakai.klaster if keadaan.pakai else "")


class FormRencana(FormAksi):
    aksi, jenis, judul = "rencana", "petak", "Tulis rencana"
    tanpa_simpan = True

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, keadaan: KeadaanPetak) -> None:
        super().__init__(data, upt, hari)
        self.kolom("rencana", required=True)
        self.kolom("rencana_mulai")
        self.initial.update(rencana=keadaan.petak.rencana, rencana_mulai=keadaan.petak.rencana_mulai)


class FormFoto(FormPortal):
    """The photo comes with a connection only: it is looked at before anything is kept."""

    foto = forms.FileField(
        label="Foto petak",
        allow_empty_file=True,  # the service says what to do about it
        help_text="Foto lahan atau kolamnya, tanpa orang. Paling besar 5 MB; dikecilkan sendiri. Perlu sambungan.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
        error_messages={"required": "Pilih fotonya dahulu."},
    )


# ---------------------------------------------------------------- people


class FormTenaga(FormAksi):
    """All counts of a day at once: what is left empty is not changed."""

    aksi, jenis, judul = "hitung", "tenaga", "Catat jumlah orang"
    tanpa_simpan = True

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, kini: Orang) -> None:
        super().__init__(data, upt, hari)
        kolom = {k.nama: k for k in jenis_baris("pangan", self.jenis).kolom}
        self.orang = kolom["orang"]
        if not kini.menurut_nomor:
            self._angka("wbp_", "Warga binaan, seluruhnya", "Tiap orang dihitung satu kali.", kini.wbp)
            for k in Klaster:
                self._angka(f"wbp_{k.value}", f"Warga binaan, {k.label.lower()}", "", kini.per_klaster.get(k.value))
        self._angka("petugas", "Petugas pendamping", "", kini.petugas)
        self.kolom("dari")
        self.initial.update(dari=hari)

    def _angka(self, nama: str, label: str, bantuan: str, kini: int | None) -> None:
        bidang = replace(self.orang, label=label, wajib=False, bantuan=bantuan).bidang(self.upt)
        self.fields[nama] = bidang
        self.initial[nama] = kini

    @property
    def isi(self) -> dict[str, Any]:
        wbp = {n.removeprefix("wbp_"): v for n, v in self.cleaned_data.items() if n.startswith("wbp_")}
        return {"wbp": wbp, "petugas": self.cleaned_data["petugas"], "dari": self.cleaned_data["dari"]}


class FormTempatkan(FormAksi):
    """One inmate by register number. The number is read once and never shown again, not even after a mistake."""

    aksi, jenis, judul = "tempatkan", "penempatan", "Tempatkan menurut nomor register"
    tanpa_simpan = True

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date) -> None:
        super().__init__(data, upt, hari)
        self.fields["nomor"] = BidangNomor()
        self.kolom("klaster")
        self.kolom("dari")
        self.initial.update(dari=hari)


class FormAkhiri(FormAksi):
    aksi, jenis, judul = "akhiri", "penempatan", "Akhiri penempatan"
    tanpa_simpan = True
    bukan_isi = ("penempatan",)

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, penempatan: list[tuple[int, str]]) -> None:
        super().__init__(data, upt, hari)
        self.fields["penempatan"] = forms.TypedChoiceField(
            label="Siapa",
            coerce=int,
            choices=[("", "Pilih"), *penempatan],
            error_messages={"required": "Pilih orangnya.", "invalid_choice": "Muat ulang halaman ini."},
        )
        self.kolom("sampai", label="Hari terakhir bekerja", required=True, help_text="")
        self.initial.update(sampai=hari)
