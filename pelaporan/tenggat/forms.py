"""Forms of deadlines, waivers and chasing: what is typed and chosen. What it is worth is the services' business."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from pelaporan.models import Formulir
from pemasyarakatan.inti.bidang import BidangBulan, BidangTeks, FormPortal, bidang_alasan, bidang_tanggal
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal
from upt.models import UPT, Kanwil


class FormLibur(FormPortal):
    tanggal = bidang_tanggal("Tanggal", "Contoh: 9 Maret 2027.", wajib=True)
    nama = BidangTeks(label="Nama hari libur", maks=120, error_messages={"required": "Tulis namanya."})
    kanwil = forms.ChoiceField(label="Berlaku di", required=False)
    alasan = bidang_alasan(
        "Dasar", "Misalnya nomor surat keputusan.", "Tulis dasarnya, misalnya nomor surat keputusan."
    )

    def __init__(self, *args: Any, kanwil: Iterable[Kanwil], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tawarkan("kanwil", "Seluruh Indonesia", ((k.slug, str(k)) for k in kanwil))


class FormAlasan(FormPortal):
    alasan = bidang_alasan()


class FormPindah(FormPortal):
    bulan = BidangBulan(label="Bulan laporan", error_messages={"required": "Pilih bulannya."})
    formulir = forms.ChoiceField(label="Formulir", required=False)
    kanwil = forms.ChoiceField(label="Kanwil", required=False)
    upt = bidang_tanggal("UPT mengirim, paling lambat", "Kosong: tidak berubah. Contoh: 8 Desember 2026.")
    tenggat_kanwil = bidang_tanggal("Kanwil memverifikasi, paling lambat", "Kosong: tidak berubah.")
    pusat = bidang_tanggal("Pusat mengunci, paling lambat", "Kosong: tidak berubah.")
    alasan = bidang_alasan("Alasan", "UPT membaca kalimat ini di berandanya.")

    def __init__(
        self,
        *args: Any,
        bulan: Iterable[Bulan],
        formulir: Iterable[Formulir],
        kanwil: Iterable[Kanwil],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tawarkan("bulan", "Pilih bulan", ((b.kode, b.nama) for b in bulan))
        self.tawarkan("formulir", "Semua formulir", ((f.pk, f"{f.pk} {f.nama}") for f in formulir))
        self.tawarkan("kanwil", "Semua Kanwil", ((k.slug, str(k)) for k in kanwil))

    def dipilih(self) -> dict[str, str]:
        """What was chosen, in words, to be read once more before it is done."""
        tulis = {n: dict(self.fields[n].choices)[self.cleaned_data[n]] for n in ("formulir", "kanwil")}  # type: ignore[attr-defined]
        tanggal = {n: self.cleaned_data[n] for n in ("upt", "tenggat_kanwil", "pusat")}
        return tulis | {n: tulis_tanggal(hari) if hari else "" for n, hari in tanggal.items()}


class FormBebas(FormPortal):
    upt = forms.ChoiceField(label="UPT", error_messages={"required": "Pilih UPT-nya."})
    formulir = forms.ChoiceField(label="Formulir", error_messages={"required": "Pilih formulirnya."})
    dari = BidangBulan(label="Mulai bulan laporan", error_messages={"required": "Pilih bulan mulai."})
    sampai = BidangBulan(
        label="Sampai bulan laporan",
        help_text="Wajib diisi, paling lama 12 bulan. Sesudahnya kewajiban kembali sendiri.",
        error_messages={"required": "Pilih bulan selesai."},
    )
    alasan = bidang_alasan("Alasan", "UPT dan Pusat membaca kalimat ini. Paling banyak 200 karakter.")

    def __init__(
        self,
        *args: Any,
        upt: Iterable[UPT],
        formulir: Iterable[Formulir],
        bulan: Iterable[Bulan],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        pilihan = [(b.kode, b.nama) for b in bulan]
        self.tawarkan("upt", "Pilih UPT", ((u.kode, f"{u.nama} ({u.kanwil.nama_pendek})") for u in upt))
        self.tawarkan("formulir", "Pilih formulir", ((f.pk, f"{f.pk} {f.nama}") for f in formulir))
        self.tawarkan("dari", "Pilih bulan", pilihan)
        self.tawarkan("sampai", "Pilih bulan", pilihan)


class FormSaringBebas(FormPortal):
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[("", "Semua"), ("berlaku", "Berlaku"), ("berakhir", "Berakhir"), ("dicabut", "Dicabut")],
    )
    formulir = forms.ChoiceField(label="Formulir", required=False)
    kanwil = forms.ChoiceField(label="Kanwil", required=False)
    upt = forms.CharField(label="Nama UPT", required=False, max_length=60)

    def __init__(self, *args: Any, formulir: Iterable[Formulir], kanwil: Iterable[Kanwil], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tawarkan("formulir", "Semua", ((f.pk, f"{f.pk} {f.nama}") for f in formulir))
        self.tawarkan("kanwil", "Semua", ((k.slug, str(k)) for k in kanwil))
