"""Forms of deadlines, waivers and chasing: what is typed and chosen. What it is worth is the services' business."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from pelaporan.models import Formulir
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu, baca_tanggal, tulis_tanggal
from upt.models import UPT, Kanwil


class _Form(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def _pilihan(self, nama: str, kosong: str, pilihan: Iterable[tuple[str, str]]) -> None:
        bidang = self.fields[nama]
        assert isinstance(bidang, forms.ChoiceField)
        bidang.choices = [("", kosong), *pilihan]
        bidang.error_messages["invalid_choice"] = "Pilih dari daftar."


class BidangTanggal(forms.CharField):
    """A date as people write it, read by the portal's one reader; empty gives None."""

    def clean(self, value: Any) -> Any:
        try:
            hari = baca_tanggal(super().clean(value))
        except GalatWaktu as galat:
            raise forms.ValidationError(galat.pesan) from galat
        if hari is None and self.required:
            raise forms.ValidationError("Isi tanggalnya.")
        return hari


class BidangBulan(forms.ChoiceField):
    def clean(self, value: Any) -> Any:
        kode = super().clean(value)
        return Bulan.dari(kode) if kode else None


def _alasan(label: str = "Alasan", bantuan: str = "", kosong: str = "Tulis alasannya.") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=300,
        help_text=bantuan,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": False}),
        error_messages={"required": kosong, "max_length": "Paling banyak 300 karakter."},
    )


def _tanggal(label: str, bantuan: str = "", wajib: bool = False) -> BidangTanggal:
    return BidangTanggal(
        label=label, max_length=40, required=wajib, help_text=bantuan, error_messages={"required": "Isi tanggalnya."}
    )


class FormLibur(_Form):
    tanggal = _tanggal("Tanggal", "Contoh: 9 Maret 2027.", wajib=True)
    nama = forms.CharField(label="Nama hari libur", max_length=120, error_messages={"required": "Tulis namanya."})
    kanwil = forms.ChoiceField(label="Berlaku di", required=False)
    alasan = _alasan("Dasar", "Misalnya nomor surat keputusan.", "Tulis dasarnya, misalnya nomor surat keputusan.")

    def __init__(self, *args: Any, kanwil: Iterable[Kanwil], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pilihan("kanwil", "Seluruh Indonesia", ((k.slug, str(k)) for k in kanwil))


class FormAlasan(_Form):
    alasan = _alasan()


class FormPindah(_Form):
    bulan = BidangBulan(label="Bulan laporan", error_messages={"required": "Pilih bulannya."})
    formulir = forms.ChoiceField(label="Formulir", required=False)
    kanwil = forms.ChoiceField(label="Kanwil", required=False)
    upt = _tanggal("UPT mengirim, paling lambat", "Kosong: tidak berubah. Contoh: 8 Desember 2026.")
    tenggat_kanwil = _tanggal("Kanwil memverifikasi, paling lambat", "Kosong: tidak berubah.")
    pusat = _tanggal("Pusat mengunci, paling lambat", "Kosong: tidak berubah.")
    alasan = _alasan("Alasan", "UPT membaca kalimat ini di berandanya.")

    def __init__(
        self,
        *args: Any,
        bulan: Iterable[Bulan],
        formulir: Iterable[Formulir],
        kanwil: Iterable[Kanwil],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._pilihan("bulan", "Pilih bulan", ((b.kode, b.nama) for b in bulan))
        self._pilihan("formulir", "Semua formulir", ((f.pk, f"{f.pk} {f.nama}") for f in formulir))
        self._pilihan("kanwil", "Semua Kanwil", ((k.slug, str(k)) for k in kanwil))

    def dipilih(self) -> dict[str, str]:
        """What was chosen, in words, to be read once more before it is done."""
        tulis = {n: dict(self.fields[n].choices)[self.cleaned_data[n]] for n in ("formulir", "kanwil")}  # type: ignore[attr-defined]
        tanggal = {n: self.cleaned_data[n] for n in ("upt", "tenggat_kanwil", "pusat")}
        return tulis | {n: tulis_tanggal(hari) if hari else "" for n, hari in tanggal.items()}


class FormBebas(_Form):
    upt = forms.ChoiceField(label="UPT", error_messages={"required": "Pilih UPT-nya."})
    formulir = forms.ChoiceField(label="Formulir", error_messages={"required": "Pilih formulirnya."})
    dari = BidangBulan(label="Mulai bulan laporan", error_messages={"required": "Pilih bulan mulai."})
    sampai = BidangBulan(
        label="Sampai bulan laporan",
        help_text="Wajib diisi, paling lama 12 bulan. Sesudahnya kewajiban kembali sendiri.",
        error_messages={"required": "Pilih bulan selesai."},
    )
    alasan = _alasan("Alasan", "UPT dan Pusat membaca kalimat ini. Paling banyak 200 karakter.")

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
        self._pilihan("upt", "Pilih UPT", ((u.kode, f"{u.nama} ({u.kanwil.nama_pendek})") for u in upt))
        self._pilihan("formulir", "Pilih formulir", ((f.pk, f"{f.pk} {f.nama}") for f in formulir))
        self._pilihan("dari", "Pilih bulan", pilihan)
        self._pilihan("sampai", "Pilih bulan", pilihan)


class FormSaringBebas(_Form):
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
        self._pilihan("formulir", "Semua", ((f.pk, f"{f.pk} {f.nama}") for f in formulir))
        self._pilihan("kanwil", "Semua", ((k.slug, str(k)) for k in kanwil))
