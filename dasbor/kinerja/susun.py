"""The job behind "Susun laporan kinerja": bring the rollups up to date, read them once, shape, write both
files.
"""

from __future__ import annotations

from dasbor import agregasi
from dasbor.kinerja import bahan, naskah, pdf, tabel, xlsx
from dasbor.kinerja.naskah import Naskah
from dasbor.kinerja.pesanan import Pesanan, Surat
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.inti.pdf import TIPE
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import Berkas, Lapor
from upt.cakupan import SISTEM, terpasang

_LANGKAH = 4
_TABEL = len(tabel.PEMBUAT)
_LAIN = 2 + len(xlsx.LEMBAR)


class Kemajuan:
    """Counts pieces of work that are done: rollups read, tables shaped, sheets written, the PDF."""

    def __init__(self, lapor: Lapor, perkiraan: int) -> None:
        self._lapor, self._n, self._total = lapor, 0, max(1, perkiraan)

    def tentukan(self, total: int) -> None:
        self._total = total

    def kabarkan(self, langkah: int, teks: str) -> None:
        self._lapor(f"Langkah {langkah} dari {_LANGKAH}: {teks}", self._n, self._total)

    def tambah(self, banyak: int = 1) -> None:
        self._n += banyak


def susun(pekerjaan: Pekerjaan, lapor: Lapor) -> list[Berkas]:
    """Make the report's two files. Raises TidakSah for a month without obligations."""
    pesanan = Pesanan.dari(pekerjaan.parameter)
    maju = Kemajuan(lapor, pekerjaan.total)
    maju.kabarkan(1, "memutakhirkan dan membaca rekap")
    agregasi.proses_kotor()
    isi = bahan.baca(pesanan.bulan, pesanan.dasar)
    if not isi.banyak_rekap:
        raise TidakSah(f"Belum ada laporan yang wajib untuk {pesanan.bulan.nama}. Pilih bulan yang sudah dibuka.")
    maju.tentukan(isi.banyak_rekap + _TABEL + _LAIN)
    maju.tambah(isi.banyak_rekap)
    siap = _susun_naskah(isi, pesanan.surat, _peminta(pekerjaan), maju)
    return _tulis_berkas(siap, maju)


def _susun_naskah(isi: bahan.Bahan, surat: Surat, peminta: str, maju: Kemajuan) -> Naskah:
    jadi: dict[str, tabel.Tabel] = {}
    for buat in tabel.PEMBUAT:
        maju.kabarkan(2, "menyusun tabel")
        satu = buat(isi)
        jadi[satu.kode] = satu
        maju.tambah()
    return naskah.susun(isi, surat, peminta, jadi)


def _tulis_berkas(siap: Naskah, maju: Kemajuan) -> list[Berkas]:
    def lembar(nama: str) -> None:
        maju.kabarkan(3, f"menulis lembar {nama}")
        maju.tambah()

    buku = xlsx.buat(siap, lembar)
    maju.kabarkan(4, "menyusun PDF")
    cetak = pdf.buat(siap)
    maju.tambah()
    maju.kabarkan(4, "memeriksa berkas")
    nama = nama_berkas(siap)
    return [Berkas(f"{nama}.pdf", TIPE, cetak), Berkas(f"{nama}.xlsx", xlsx.TIPE, buku)]


def nama_berkas(siap: Naskah) -> str:
    akhiran = "-sementara" if siap.sementara else ""
    latihan = "-latihan" if siap.latihan else ""
    return f"laporan-kinerja-{siap.bulan.kode}{akhiran}{latihan}"


def _peminta(pekerjaan: Pekerjaan) -> str:
    with terpasang(SISTEM):
        orang = pekerjaan.pengguna
        peran = orang.label_peran
    return f"{orang.nama} ({peran})" if peran else orang.nama
