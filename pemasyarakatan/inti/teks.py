"""Text typed or uploaded by people: one normal form, nothing unseen that breaks databases or files."""

import re
import unicodedata

# Embeddings, overrides and isolates: they make a line show something other than what is stored. Joiners stay:
# Javanese and Arabic script and emoji need them.
_PEMBALIK_ARAH = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KATEGORI_DITOLAK = ("Cc", "Cs", "Zl", "Zp")
_TAK_TERLIHAT = ("Cc", "Cf", "Zs", "Mn")


class GalatTeks(ValueError):
    """A text that was refused; `pesan` is the sentence for the person."""

    def __init__(self, pesan: str) -> None:
        super().__init__(pesan)
        self.pesan = pesan


def bersihkan_teks(teks: object, maks: int, *, baris_banyak: bool = False) -> str:
    """Return the text in NFC without outer spaces; "" for None and for text that shows nothing.

    `maks` counts characters after normalisation. With `baris_banyak` line breaks are kept, as "\\n", and tabs
    become spaces. Names, apostrophes, inner spaces, emoji and every script stay as written. Raises GalatTeks
    for anything but text, for too long a text, and for control, surrogate and direction-changing characters.
    """
    if teks is None or teks == "":
        return ""
    if not isinstance(teks, str):
        raise GalatTeks("Isian ini harus berupa teks.")
    if baris_banyak:
        teks = re.sub(r"\r\n?", "\n", teks).replace("\t", " ")
    # Checked before the full strip, which would silently drop some control characters.
    bersih = unicodedata.normalize("NFC", teks.strip(" \t\r\n"))
    _periksa_karakter(bersih, "\n" if baris_banyak else "")
    bersih = bersih.strip()
    _periksa_panjang(bersih, maks)
    return bersih if any(unicodedata.category(huruf) not in _TAK_TERLIHAT for huruf in bersih) else ""


def _periksa_panjang(teks: str, maks: int) -> None:
    if len(teks) > maks:
        raise GalatTeks(f"Paling banyak {maks} karakter; sekarang {len(teks)}. Ringkas isinya.")


def _periksa_karakter(teks: str, boleh: str) -> None:
    for huruf in teks:
        if huruf in boleh:
            continue
        if huruf in "\t\n\r\u2028\u2029":
            raise GalatTeks("Isian ini satu baris saja. Hapus ganti baris atau tab di dalamnya.")
        if unicodedata.category(huruf) in _KATEGORI_DITOLAK or huruf in _PEMBALIK_ARAH or _bukan_karakter(huruf):
            raise GalatTeks("Isian memuat karakter yang tidak terlihat. Hapus isinya, lalu ketik ulang.")


def _bukan_karakter(huruf: str) -> bool:
    """Unicode's noncharacters, which XML and so every workbook refuses."""
    titik = ord(huruf)
    return 0xFDD0 <= titik <= 0xFDEF or titik & 0xFFFE == 0xFFFE
