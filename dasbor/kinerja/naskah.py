"""Everything a performance report says, ready to be drawn: the same content goes into the workbook and into
the PDF.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from dasbor import indikator
from dasbor.kinerja import kalimat, pokok, tabel
from dasbor.kinerja.bahan import Bahan
from dasbor.kinerja.fakta import Fakta
from dasbor.kinerja.pesanan import Surat
from dasbor.kinerja.susunan import BUTIR
from dasbor.kinerja.tabel import Tabel
from pelaporan.skema import Skema
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import WIB, Bulan, tulis_tanggal, tulis_waktu

KATA_DASAR = {
    "masuk": "laporan yang sudah masuk, terverifikasi maupun belum",
    "sah": "hanya laporan yang sudah terverifikasi",
}


@dataclass(frozen=True)
class Definisi:
    """How one figure is meant. `terkonfirmasi`: somebody checked it with the directorate."""

    nama: str
    satuan: str
    asal: str
    definisi: str
    terkonfirmasi: bool


@dataclass(frozen=True)
class Naskah:
    """A whole report. `latihan`: the figures are invented."""

    bahan: Bahan
    fakta: Fakta
    tabel: Mapping[str, Tabel]
    surat: Surat
    peminta: str
    latihan: bool = field(default_factory=lambda: settings.MODE_LATIHAN)

    @property
    def bulan(self) -> Bulan:
        return self.bahan.bulan

    @property
    def judul(self) -> str:
        return f"Laporan Kinerja Pemasyarakatan {self.bulan.nama}"

    @property
    def sementara(self) -> bool:
        return self.fakta.sementara

    @property
    def kalimat(self) -> list[str]:
        return kalimat.ringkasan(self.fakta)

    @property
    def tanda(self) -> list[str]:
        """What must be read before any figure."""
        return (["SEMENTARA"] if self.sementara else []) + (["DATA LATIHAN"] if self.latihan else [])

    @property
    def definisi(self) -> list[Definisi]:
        return _definisi_indikator() + _definisi_butir(self.bahan.skema)

    @property
    def catatan(self) -> list[str]:
        """What a reader has to know about the figures themselves."""
        return _catatan(self)

    @property
    def keterangan(self) -> list[tuple[str, str]]:
        """Where the report comes from, as pairs (name, value)."""
        li = self.fakta.kelengkapan
        return [
            ("Bulan laporan", self.bulan.nama),
            ("Dasar", KATA_DASAR[self.bahan.dasar]),
            (
                "Cakupan",
                f"{tulis_angka(li.masuk)} dari {tulis_angka(li.wajib)} laporan masuk, "
                f"{tulis_angka(li.sah)} terverifikasi",
            ),
            ("Sifat", "SEMENTARA" if self.sementara else "Lengkap: semua laporan terverifikasi"),
            ("Data per", _waktu(self.bahan.data_per)),
            ("Disusun pada", _waktu(self.bahan.dibaca_pada)),
            ("Diminta oleh", self.peminta),
            ("Sidik sumber", self.bahan.sidik),
        ] + ([("Mode", "DATA LATIHAN: angka rekaan, bukan data asli")] if self.latihan else [])

    @property
    def tanggal(self) -> str:
        return tulis_tanggal(self.bahan.dibaca_pada, WIB)


def susun(bahan: Bahan, surat: Surat, peminta: str, tabel_siap: Mapping[str, Tabel] | None = None) -> Naskah:
    """Put a report together out of what was read. `peminta`: who asked, as it is printed."""
    semua = tabel_siap or tabel.semua(bahan)
    return Naskah(bahan, pokok.kumpulkan(bahan, semua), semua, surat, peminta)


def _waktu(saat: datetime | None) -> str:
    return "belum ada rekap" if saat is None else tulis_waktu(saat, WIB)


def _definisi_indikator() -> list[Definisi]:
    semua = indikator.semua()
    ada = [semua[k] for k in ("hunian", "overkapasitas", "serapan_bama") if k in semua]
    return [Definisi(i.nama, i.satuan, i.sumber, " ".join(i.definisi.split()), i.terkonfirmasi) for i in ada]


def _definisi_butir(skema: Mapping[str, Skema]) -> list[Definisi]:
    return [
        Definisi(
            b.label,
            b.satuan,
            f"{formulir} {skema[formulir].nama}",
            " ".join(b.definisi.split()),
            b.dasar_terkonfirmasi,
        )
        for formulir, semua in BUTIR.items()
        if formulir in skema
        for b in (skema[formulir].butir[k] for k in semua if k in skema[formulir].butir)
    ]


def _catatan(n: Naskah) -> list[str]:
    hasil = [
        f"Angka dihitung dari {KATA_DASAR[n.bahan.dasar]}. UPT yang belum melapor tidak diperkirakan.",
        "Tanda – berarti tidak ada data; nol berarti dilaporkan nihil.",
    ]
    for kode in BUTIR:
        skema = n.bahan.skema.get(kode)
        if skema is None:
            hasil.append(f"Formulir {kode} belum berlaku pada {n.bulan.nama}.")
        elif skema.sumber:
            hasil.append(f"Formulir {kode} {skema.nama}: {' '.join(skema.sumber.split())}")
    belum = sum(not d.terkonfirmasi for d in n.definisi)
    if belum:
        hasil.append(
            f"{tulis_angka(belum)} dari {tulis_angka(len(n.definisi))} definisi belum dikonfirmasi "
            "Direktorat Jenderal Pemasyarakatan."
        )
    return hasil
