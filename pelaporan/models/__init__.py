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
from pelaporan.models.register import (
    TANPA_HAPUS,
    BarisRegister,
    ImporRegister,
    KueriRegister,
    MitraRegister,
    RiwayatBaris,
)

__all__ = [
    "TANPA_HAPUS",
    "BarisRegister",
    "Berkas",
    "Draf",
    "Formulir",
    "FormulirVersi",
    "Idempotensi",
    "ImporRegister",
    "KalenderUnit",
    "Kejadian",
    "Komentar",
    "Kotor",
    "KueriLaporan",
    "KueriRegister",
    "Lampiran",
    "Laporan",
    "LaporanVersi",
    "Libur",
    "MitraRegister",
    "Pembebasan",
    "Pemberitahuan",
    "PengaturanKabar",
    "Periode",
    "PermintaanBuka",
    "PerubahanTenggat",
    "RancanganFormulir",
    "RiwayatBaris",
    "RiwayatIsian",
    "SuratKeluar",
    "Tagihan",
    "TindakanMassal",
    "Tinjauan",
    "Unggahan",
    "Utas",
]
