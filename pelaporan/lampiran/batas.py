"""What may be attached to a report. The one place of these numbers: pages, checks and documents read them here."""

from __future__ import annotations

from dataclasses import dataclass

UKURAN_MAKS = 5 * 1024 * 1024
JUMLAH_MAKS = 20
NAMA_MAKS = 120
KETERANGAN_MAKS = 200
SISI_MAKS = 1600
"""Longest side of a stored photo, in pixels."""


@dataclass(frozen=True)
class Tipe:
    """A kind of file: its first bytes decide, never its name or what the browser says about it.

    `piksel`: the most pixels an image of this kind may unpack to. JPEG is decoded at a reduced size, so that a photo
    of a large sensor needs little memory; the others have to be unpacked whole.
    """

    mime: str
    nama: str
    akhiran: tuple[str, ...]
    pillow: str = ""
    piksel: int = 0

    @property
    def gambar(self) -> bool:
        return bool(self.pillow)


JPEG = Tipe("image/jpeg", "JPEG", (".jpg", ".jpeg"), "JPEG", 50_000_000)
PNG = Tipe("image/png", "PNG", (".png",), "PNG", 16_000_000)
WEBP = Tipe("image/webp", "WebP", (".webp",), "WEBP", 16_000_000)
PDF = Tipe("application/pdf", "PDF", (".pdf",))
TIPE = {t.mime: t for t in (JPEG, PNG, WEBP, PDF)}

TERIMA = ",".join(TIPE)
"""For `accept` of the file field; the server does not rely on it."""
KALIMAT = (
    f"Foto ({', '.join(t.nama for t in TIPE.values() if t.gambar)}) atau PDF, paling besar "
    f"{UKURAN_MAKS // (1024 * 1024)} MB per berkas, paling banyak {JUMLAH_MAKS} berkas per laporan."
)
