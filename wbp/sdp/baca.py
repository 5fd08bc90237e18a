"""Reading an export of SDP in the bounded child: the lists of registers, only longer. Pure."""

from __future__ import annotations

from pelaporan.buku import arsip
from pelaporan.register.impor_baca import JAUH_KOLOM, Ukuran
from pelaporan.register.impor_baca import kerjakan as _kerjakan
from pemasyarakatan.inti.angka import tulis_angka

BARIS_MAKS, REMISI_MAKS = 10_000, 40_000
"""Most persons of one import, and most grants: who serves long has a dozen."""
TERLALU_PANJANG = (
    f"Berkas terlalu panjang; paling banyak {tulis_angka(BARIS_MAKS)} orang dan {tulis_angka(REMISI_MAKS)} remisi "
    "sekali unggah. Bagi menurut blok atau status, lalu unggah satu per satu."
)
TERLALU_LEBAR = f"Ada lembar yang lebih dari {JAUH_KOLOM} kolom. Salin daftarnya saja ke berkas baru, lalu unggah lagi."
TERLALU_BERAT = (
    "Berkas terlalu berat untuk dibaca. Salin daftarnya saja ke berkas baru tanpa gambar dan lembar lain; bila tetap "
    "berat, bagi menurut blok atau status."
)


class UkuranSDP(Ukuran):
    """The bounds of an export, in words that fit one."""

    def tolak_luas(self, baris: int, kolom: int) -> None:
        if baris > self.baris or kolom > JAUH_KOLOM:
            raise arsip.GalatBerkas(TERLALU_PANJANG if baris > self.baris else TERLALU_LEBAR, 413)


UKURAN = UkuranSDP(bita=10 * 1024 * 1024, baris=REMISI_MAKS)


def kerjakan(isi: bytes) -> bytes:
    return _kerjakan(isi, UKURAN)
