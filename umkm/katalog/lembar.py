"""A product's sheet of paper: A4, to lie beside the goods, with a QR code that leads to its page of the catalogue."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import segno
from django.conf import settings

from pemasyarakatan.inti.pdf import susun_pdf
from pemasyarakatan.inti.waktu import sekarang, tulis_tanggal
from umkm.katalog.sajian import Entri

_LEMBAR = Path(__file__).with_name("lembar.typ")
_HURUF = 18
_PANJANG = re.compile(rf"\S{{{_HURUF + 1},}}")


def qr_gambar(alamat: str) -> str:
    """The address as a QR code: a data URI for an `<img>`, so that no markup of ours goes unescaped."""
    return segno.make(alamat, error="m", micro=False).svg_data_uri(scale=3, border=2)


def buat_pdf(entri: Entri, foto: bytes | None, alamat: str) -> bytes:
    return susun_pdf(_LEMBAR, _isi(entri, foto, alamat), sekarang())


def _isi(entri: Entri, foto: bytes | None, alamat: str) -> dict[str, Any]:
    baris = entri.baris
    return {
        "latihan": settings.MODE_LATIHAN,
        "nama": _putus(baris.nama),
        "merek": _putus(baris.merek),
        "unit": baris.nama_upt,
        "kanwil": baris.nama_kanwil,
        "cerita": _putus(baris.deskripsi),
        "harga": entri.harga,
        "harga_lama": f"Harga sejak {tulis_tanggal(baris.harga_dari)}" if entri.harga_lama else "",
        "baris": _rincian(entri),
        "sertifikat": [
            [s.label, _putus(s.nomor), _putus(s.penerbit) or "–", s.masa] for s in entri.sertifikat if s.berlaku
        ],
        "foto": list(foto or b""),
        "alt": baris.alt or f"Foto {baris.nama}",
        "alamat": alamat,
        "qr": segno.make(alamat, error="m", micro=False).svg_inline(scale=4, border=2),
        "dicetak": tulis_tanggal(entri.hari),
    }


def _putus(teks: str) -> str:
    """A word that no line of the sheet can hold may break, rather than run off the paper."""
    return _PANJANG.sub(
        lambda kata: "\u200b".join(kata[0][n : n + _HURUF] for n in range(0, len(kata[0]), _HURUF)), teks
    )


def _rincian(entri: Entri) -> list[list[str]]:
    baris = entri.baris
    semua = [
        ["Golongan", baris.get_golongan_display()],
        ["Ketersediaan", baris.get_status_display()],
        ["Kemampuan produksi", entri.kapasitas],
        ["WhatsApp", baris.wa],
        ["Telepon", baris.telepon],
    ]
    return [satu for satu in semua if satu[1]]
