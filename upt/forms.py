"""Forms of the organisation pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.bidang import FormPortal, bidang_tanggal
from pemasyarakatan.inti.waktu import hari_ini
from upt.ketentuan import berlaku
from upt.models import UPT, Kanwil, Penugasan


class FormPelaksana(FormPortal):
    """Appointing an acting head. What the dates and the person may be is the service's question."""

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
    mulai = bidang_tanggal("Mulai", wajib=True, kosong="Isi tanggal mulai.")
    sampai = bidang_tanggal("Sampai", wajib=True, kosong="Isi tanggal selesai.")

    def __init__(self, *args: Any, calon: Iterable[Pengguna], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pilihan = ((str(p.pk), _sebut(p)) for p in calon)
        self.tawarkan("pengguna", "Pilih petugas", pilihan, "Pilih petugas yang sedang bertugas di wilayah ini.")
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


class FormCariUPT(FormPortal):
    """Filters of the list of units; they live in the address."""

    cari = forms.CharField(label="Cari nama, kabupaten, atau kota", max_length=100, required=False)
    kanwil = forms.ChoiceField(label="Kanwil", required=False)
    jenis = forms.ChoiceField(label="Jenis", required=False)

    def __init__(self, *args: Any, kanwil: Iterable[Kanwil], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        salah = "Pilihan ini tidak ada. Pilih dari daftar."
        self.tawarkan("kanwil", "Semua Kanwil", ((k.slug, k.nama_pendek) for k in kanwil), salah)
        self.tawarkan("jenis", "Semua jenis", UPT.Jenis.choices, salah)
