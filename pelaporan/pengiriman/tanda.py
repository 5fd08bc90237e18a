"""The receipt on paper: a small PDF with a QR code that leads to the page which checks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import segno
from django.conf import settings

from pelaporan.models import LaporanVersi
from pelaporan.pengiriman.selectors import PANJANG_CAP
from pemasyarakatan.inti.pdf import susun_pdf
from pemasyarakatan.inti.waktu import sekarang, tulis_waktu

_LEMBAR = Path(__file__).with_name("tanda_terima.typ")
Alamat = Callable[[LaporanVersi], str]


def cap_tanda(versi: LaporanVersi) -> str:
    return versi.sidik[:PANJANG_CAP]


def qr_gambar(alamat: str) -> str:
    """The address as a QR code: a data URI for an `<img>`, so that no markup of ours goes unescaped."""
    return segno.make(alamat, error="m", micro=False).svg_data_uri(scale=3, border=2)


def buat_pdf(semua: Sequence[LaporanVersi], alamat: Alamat) -> bytes:
    """One page per receipt."""
    isi = {"latihan": settings.MODE_LATIHAN, "tanda": [_isi(v, alamat(v)) for v in semua]}
    return susun_pdf(_LEMBAR, isi, sekarang())


def _isi(versi: LaporanVersi, alamat: str) -> dict[str, Any]:
    lap = versi.laporan
    zona = lap.upt.zona
    tempo = tulis_waktu(lap.tenggat_kanwil, lap.kanwil.zona)
    siapa = f"{versi.dibuat_oleh.nama}, {versi.sebagai}" if versi.sebagai else versi.dibuat_oleh.nama
    return {
        "nomor": versi.nomor,
        "baris": [
            ["Unit", lap.upt.nama],
            ["Formulir", str(lap.formulir)],
            ["Bulan", lap.periode.nama],
            ["Versi", str(versi.versi)],
            ["Diterima server", tulis_waktu(versi.dibuat_pada, zona)],
            ["Disahkan oleh", siapa],
            ["Ketepatan", "Terlambat" if lap.terlambat else "Tepat waktu"],
            ["Tenggat", tulis_waktu(lap.tenggat, zona)],
            [
                "Diverifikasi oleh",
                f"{lap.kanwil.nama}, paling lambat {tempo}",
            ],
        ],
        "sidik": " ".join(versi.sidik[n : n + 8] for n in range(0, 64, 8)),
        "alamat": alamat,
        "qr": segno.make(alamat, error="m", micro=False).svg_inline(scale=4, border=2),
    }
