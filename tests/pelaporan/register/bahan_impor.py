"""Files that units might bring, made here; and the way through the pages."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

HARI = date(2026, 1, 12)
PETAK = ("Kode", "Nama", "Wujud", "Luas (m²)", "Status lahan", "Sejak")


def xlsx(*baris: Sequence[Any], lembar: str = "Daftar", lain: Sequence[Sequence[Any]] = ()) -> bytes:
    """A workbook as a person would leave it; a text that starts with "=" becomes a formula."""
    aliran = io.BytesIO()
    with xlsxwriter.Workbook(aliran) as buku:
        if lain:
            _isi(buku, "Lain", lain)
        _isi(buku, lembar, baris)
    return aliran.getvalue()


def _isi(buku: Any, nama: str, baris: Sequence[Sequence[Any]]) -> None:
    ws, hari = buku.add_worksheet(nama), buku.add_format({"num_format": "dd/mm/yyyy"})
    for n, satu in enumerate(baris):
        for i, isi in enumerate(satu):
            if isinstance(isi, date):
                ws.write_datetime(n, i, isi, hari)
            elif isi is not None:
                ws.write(n, i, isi)


def csv(*baris: Sequence[str], pemisah: str = ";", sandi: str = "utf-8-sig") -> bytes:
    return "\r\n".join(pemisah.join(satu) for satu in baris).encode(sandi)


def ods(*baris: Sequence[str], sel_tambahan: str = "") -> bytes:
    """What LibreOffice writes, reduced to what a reader needs."""
    isi = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{x}</text:p></table:table-cell>' for x in satu)
        + "</table:table-row>"
        for satu in baris
    )
    ruang = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    xml = (
        f'<?xml version="1.0"?><office:document-content {ruang}><office:body><office:spreadsheet>'
        f'<table:table table:name="Daftar">{isi}{sel_tambahan}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    aliran = io.BytesIO()
    with zipfile.ZipFile(aliran, "w", zipfile.ZIP_DEFLATED) as arsip:
        arsip.writestr(
            zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED
        )
        arsip.writestr("content.xml", xml)
        arsip.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
    return aliran.getvalue()


def petak(kode: str, nama: str, luas: Any = 100, wujud: str = "Lahan", mulai: Any = HARI) -> list[Any]:
    return [kode, nama, wujud, luas, "Milik UPT", mulai]


class Orang:
    """One person with a browser at the pages of one kind in one unit."""

    def __init__(self, klien: Client, upt: Any, jenis: str = "petak", register: str = "pangan") -> None:
        self.klien, self.awal = klien, f"/{register}/{upt.kode}/catatan/{jenis}/"

    def unggah(self, isi: bytes, nama: str = "daftar.xlsx") -> Any:
        berkas = SimpleUploadedFile(nama, isi)
        return self.klien.post(f"{self.awal}impor/", {"berkas": berkas})

    def rencana(self, isi: bytes, nama: str = "daftar.xlsx") -> str:
        """The address of the plan."""
        jawaban = self.unggah(isi, nama)
        assert jawaban.status_code == 302, teks(jawaban)
        return str(jawaban["Location"])

    def simpan(self, alamat: str, **lain: Any) -> Any:
        sidik = re.search(r'name="sidik" value="([0-9a-f]*)"', self.klien.get(alamat).content.decode())
        assert sidik
        return self.klien.post(alamat, {"aksi": "simpan", "sidik": sidik[1], **lain})

    def impor(self, isi: bytes, nama: str = "daftar.xlsx", **lain: Any) -> Any:
        return self.simpan(self.rencana(isi, nama), **lain)


def teks(jawaban: Any) -> str:
    polos = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", jawaban.content.decode(), flags=re.DOTALL)
    return " ".join(polos.split())


def sel(isi: bytes, lembar: int = 0) -> list[list[Any]]:
    """Values of a workbook that the portal wrote; formulas would show as text that starts with "="."""
    ws = load_workbook(io.BytesIO(isi)).worksheets[lembar]
    return [list(satu) for satu in ws.iter_rows(values_only=True)]
