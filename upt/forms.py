"""Forms of the organisation pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import GalatWaktu, baca_tanggal, hari_ini
from upt.ketentuan import berlaku
from upt.models import UPT, Kanwil, Penugasan


class BidangTanggal(forms.CharField):
    """A date as people write it ("3 Februari 2026", "3-2-2026"), read by the portal's one reader."""

    def clean(self, value: Any) -> Any:
        teks = super().clean(value)
        try:
            hari = baca_tanggal(teks)
        except GalatWaktu as galat:
            raise forms.ValidationError(galat.pesan) from galat
        if hari is None:
            raise forms.ValidationError("Isi tanggalnya.")
        return hari


class FormPelaksana(forms.Form):
    """Appointing an acting head. What the dates and the person may be is the service's question."""

    use_required_attribute = False

    pengguna = forms.ChoiceField(label="Petugas", error_messages={"required": "Pilih petugasnya."})
    sebagai = forms.ChoiceField(
        label="Sebagai",
        choices=[
            (Penugasan.Sebagai.PLT, "Plt. (pelaksana tugas)"),
            (Penugasan.Sebagai.PLH, "Plh. (pelaksana harian)"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih Plt. atau Plh."},
    )
    mulai = BidangTanggal(label="Mulai", max_length=40, error_messages={"required": "Isi tanggal mulai."})
    sampai = BidangTanggal(label="Sampai", max_length=40, error_messages={"required": "Isi tanggal selesai."})

    def __init__(self, *args: Any, calon: Iterable[Pengguna], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bidang = self.fields["pengguna"]
        assert isinstance(bidang, forms.ChoiceField)
        bidang.choices = [("", "Pilih petugas"), *((str(p.pk), _sebut(p)) for p in calon)]
        bidang.error_messages["invalid_choice"] = "Pilih petugas yang sedang bertugas di wilayah ini."
        self.fields["mulai"].help_text = "Contoh: 3 Februari 2026. Paling awal hari ini."
        batas = berlaku("masa_pelaksana", hari_ini())
        lama = f"Paling lama {batas.nilai} hari sejak mulai{batas.tanda}."
        self.fields["sampai"].help_text = f"{lama} Haknya berakhir sendiri."

    @property
    def nilai(self) -> dict[str, Any]:
        """Keyword arguments of the service."""
        isi = self.cleaned_data
        mulai: date = isi["mulai"]
        return {
            "pengguna_id": int(isi["pengguna"]),
            "sebagai": isi["sebagai"],
            "mulai": mulai,
            "sampai": isi["sampai"],
        }


def _sebut(orang: Pengguna) -> str:
    return f"{orang.nama}, {orang.jabatan}" if orang.jabatan else f"{orang.nama} ({orang.nama_pengguna})"


class FormCariUPT(forms.Form):
    """Filters of the list of units; they live in the address."""

    use_required_attribute = False

    cari = forms.CharField(label="Cari nama, kabupaten, atau kota", max_length=100, required=False)
    kanwil = forms.ChoiceField(label="Kanwil", required=False)
    jenis = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua jenis"), *UPT.Jenis.choices])

    def __init__(self, *args: Any, kanwil: Iterable[Kanwil], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bidang = self.fields["kanwil"]
        assert isinstance(bidang, forms.ChoiceField)
        bidang.choices = [("", "Semua Kanwil"), *((k.slug, k.nama_pendek) for k in kanwil)]
        for satu in ("kanwil", "jenis"):
            self.fields[satu].error_messages["invalid_choice"] = "Pilihan ini tidak ada. Pilih dari daftar."
