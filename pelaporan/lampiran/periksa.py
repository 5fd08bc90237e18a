"""Looking at an uploaded file without trusting any of it. Pure: bytes in, safe bytes and their kind out.

Order: size, first bytes, header (dimensions), and only then a bounded decode. A photo is drawn anew, which leaves
behind whatever it carried besides the picture (place, camera, thumbnails, appended files). A PDF is not parsed at all:
it is stored as it came, never shown inside the portal, and refused when it announces that it would act by itself.
"""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from pelaporan.lampiran.batas import JPEG, KALIMAT, PDF, PNG, SISI_MAKS, TIPE, UKURAN_MAKS, WEBP, Tipe
from pemasyarakatan.inti.galat import TidakSah

Image.MAX_IMAGE_PIXELS = max(t.piksel for t in TIPE.values())
_GALAT_GAMBAR = (
    OSError, ValueError, SyntaxError, EOFError, struct.error, KeyError, IndexError, TypeError, MemoryError,
    OverflowError, UnidentifiedImageError,
)  # fmt: skip
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_BERTINDAK = {
    b"/JavaScript": "memuat skrip",
    b"/Launch": "menjalankan program",
    b"/EmbeddedFile": "memuat berkas lain di dalamnya",
    b"/OpenAction": "bertindak sendiri ketika dibuka",
    b"/Encrypt": "dikunci dengan sandi",
}


@dataclass(frozen=True)
class BerkasBaik:
    """Bytes that may be kept, and what they are."""

    isi: bytes
    tipe: Tipe


class TipeTidakDikenal(TidakSah):
    """The content is of no kind that is taken, whatever its name says."""

    status = 415


TERLALU_BESAR = f"Berkas ini terlalu besar. {KALIMAT}"


class TerlaluBesar(TidakSah):
    status = 413


def periksa(isi: bytes) -> BerkasBaik:
    """Check and, for photos, draw anew. Raises TerlaluBesar, TipeTidakDikenal, TidakSah."""
    periksa_ukuran(len(isi))
    tipe = kenali(isi)
    if tipe is PDF:
        _periksa_pdf(isi)
        return BerkasBaik(isi, tipe)
    return BerkasBaik(_gambar_ulang(isi, tipe), tipe)


def periksa_ukuran(ukuran: int) -> None:
    if ukuran == 0:
        raise TidakSah("Berkas ini kosong. Pilih berkas lain.", berkas=True)
    if ukuran > UKURAN_MAKS:
        raise TerlaluBesar(TERLALU_BESAR, berkas=True)


def kenali(isi: bytes) -> Tipe:
    """The kind by its first bytes."""
    if isi.startswith(b"\xff\xd8\xff"):
        return JPEG
    if isi.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if isi[:4] == b"RIFF" and isi[8:12] == b"WEBP":
        return WEBP
    if re.match(rb"%PDF-[12]\.\d", isi):
        return PDF
    raise TipeTidakDikenal(f"Isi berkas ini bukan foto atau PDF, apa pun namanya. {KALIMAT}", berkas=True)


def _periksa_pdf(isi: bytes) -> None:
    if b"%%EOF" not in isi[-1024:]:
        raise TidakSah("Berkas PDF ini tidak utuh. Simpan ulang sebagai PDF, lalu unggah lagi.", berkas=True)
    nama = _ESCAPE.sub(lambda cocok: bytes([int(cocok[1], 16)]), isi)  # /J#61vaScript is /JavaScript
    for tanda, kata in _BERTINDAK.items():
        if tanda in nama:
            raise TidakSah(
                f"PDF ini {kata}, jadi tidak diterima. Cetak ulang sebagai PDF biasa, atau unggah fotonya.", berkas=True
            )


def _gambar_ulang(isi: bytes, tipe: Tipe) -> bytes:
    try:
        with Image.open(io.BytesIO(isi), formats=[tipe.pillow]) as gambar:
            _periksa_kepala(gambar, tipe)
            return _tulis(_kecilkan(gambar), tipe)
    except TidakSah:
        raise
    except Image.DecompressionBombError as galat:  # Pillow's own check of the header, at twice the largest limit
        raise TerlaluBesar("Gambar ini terlalu besar untuk dibuka. Kecilkan gambarnya.", berkas=True) from galat
    except _GALAT_GAMBAR as galat:
        raise TidakSah("Gambar ini rusak atau tidak terbaca. Ambil fotonya ulang.", berkas=True) from galat


def _periksa_kepala(gambar: Image.Image, tipe: Tipe) -> None:
    """Only the header has been read: nothing of the picture is unpacked yet."""
    lebar, tinggi = gambar.size
    if not lebar or not tinggi or lebar * tinggi > tipe.piksel:
        raise TerlaluBesar(
            f"Gambar {tipe.nama} ini berukuran {lebar} × {tinggi} piksel, terlalu besar untuk dibuka. Kecilkan "
            "gambarnya, atau ambil foto dengan resolusi biasa.",
            berkas=True,
        )
    if getattr(gambar, "is_animated", False):
        raise TidakSah("Gambar bergerak tidak diterima. Unggah foto biasa.", berkas=True)


def _kecilkan(gambar: Image.Image) -> Image.Image:
    """At most SISI_MAKS on the longest side, turned the way the camera was held."""
    gambar.draft("RGB", (SISI_MAKS, SISI_MAKS))  # JPEG only: decodes at 1/2, 1/4 or 1/8, never below this size
    tegak = ImageOps.exif_transpose(gambar)
    tegak.thumbnail((SISI_MAKS, SISI_MAKS))
    return tegak


def _tulis(gambar: Image.Image, tipe: Tipe) -> bytes:
    bening = tipe is not JPEG and ("A" in gambar.getbands() or "transparency" in gambar.info)
    polos = gambar.convert("RGBA" if bening else "RGB")
    bersih = Image.frombytes(polos.mode, polos.size, polos.tobytes())  # pixels only: no EXIF, profile, comment
    keluaran = io.BytesIO()
    pilihan = {} if tipe is PNG else {"quality": 82}
    bersih.save(keluaran, tipe.pillow, **pilihan)
    return keluaran.getvalue()
