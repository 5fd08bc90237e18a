"""The receipt on paper: a small PDF with a QR code that leads to the page which checks it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import segno
from django.conf import settings

from pelaporan.models import LaporanVersi
from pelaporan.pengiriman.selectors import PANJANG_CAP
from pemasyarakatan.inti.waktu import sekarang, tulis_waktu

TIPE = "application/pdf"
_LEMBAR = Path(__file__).with_name("tanda_terima.typ")
Alamat = Callable[[LaporanVersi], str]


def cap_tanda(versi: LaporanVersi) -> str:
    return versi.sidik[:PANJANG_CAP]


def qr_svg(alamat: str) -> str:
    """The address as an inline SVG, described for those who do not see it."""
    kode = segno.make(alamat, error="m", micro=False)
    return kode.svg_inline(scale=3, border=2, title="Kode QR ke halaman pemeriksaan tanda terima", svgclass="qr")


def buat_pdf(semua: Sequence[LaporanVersi], alamat: Alamat) -> bytes:
    """One page per receipt; PDF/UA-1. Nothing but this sheet and the embedded fonts is read."""
    import typst  # heavy, and only a few requests need it

    data = json.dumps({"latihan": settings.MODE_LATIHAN, "tanda": [_isi(v, alamat(v)) for v in semua]})
    hasil = typst.compile(
        _LEMBAR,
        root=_LEMBAR.parent,
        sys_inputs={"data": data},
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        timestamp=sekarang().replace(microsecond=0),
    )
    if not isinstance(hasil, bytes):
        raise TypeError("the compiler gave several files for one receipt")
    return hasil


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
