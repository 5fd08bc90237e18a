"""Tables of reporting, by what they are about; import them from here."""

from pelaporan.models.berkas import Berkas, Lampiran, Unggahan
from pelaporan.models.catatan import Komentar, TindakanMassal, Tinjauan, Utas
from pelaporan.models.formulir import Formulir, FormulirVersi, RancanganFormulir
from pelaporan.models.kabar import KalenderUnit, Pemberitahuan, PengaturanKabar, SuratKeluar, Tagihan
from pelaporan.models.laporan import (
    Draf,
    Idempotensi,
    Kejadian,
    Kotor,
    KueriLaporan,
    Laporan,
    LaporanVersi,
    PermintaanBuka,
    RiwayatIsian,
)
from pelaporan.models.periode import Libur, Pembebasan, Periode, PerubahanTenggat

__all__ = [
    "Berkas",
    "Draf",
    "Formulir",
    "FormulirVersi",
    "Idempotensi",
    "KalenderUnit",
    "Kejadian",
    "Komentar",
    "Kotor",
    "KueriLaporan",
    "Lampiran",
    "Laporan",
    "LaporanVersi",
    "Libur",
    "Pembebasan",
    "Pemberitahuan",
    "PengaturanKabar",
    "Periode",
    "PermintaanBuka",
    "PerubahanTenggat",
    "RancanganFormulir",
    "RiwayatIsian",
    "SuratKeluar",
    "Tagihan",
    "TindakanMassal",
    "Tinjauan",
    "Unggahan",
    "Utas",
]
