"""Small real files for the tests of evidence, made here and not kept in the repository."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def foto(format_: str = "JPEG", ukuran: tuple[int, int] = (40, 30), warna: str = "navy", **simpan: object) -> bytes:
    keluaran = io.BytesIO()
    Image.new("RGB", ukuran, warna).save(keluaran, format_, **simpan)
    return keluaran.getvalue()


def foto_berlokasi() -> bytes:
    """A JPEG held sideways (orientation 6) that says where it was taken and by whom."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "KameraRahasia"
    exif.get_ifd(0x8825)[2] = (3.0, 41.0, 12.0)
    return foto(ukuran=(60, 30), exif=exif, comment=b"komentar-rahasia")


def _potong(nama: bytes, isi: bytes) -> bytes:
    return struct.pack(">I", len(isi)) + nama + isi + struct.pack(">I", zlib.crc32(nama + isi))


def png_bom(lebar: int = 30_000, tinggi: int = 30_000, isi: bytes = b"") -> bytes:
    """A PNG of a few bytes whose header announces gigabytes."""
    kepala = struct.pack(">IIBBBBB", lebar, tinggi, 8, 2, 0, 0, 0)
    data = isi or zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + _potong(b"IHDR", kepala) + _potong(b"IDAT", data) + _potong(b"IEND", b"")
