"""Product names as kinds: when two spellings mean one kind of product, and what the catalogue's search compares.

Pure, and deliberately timid. It joins what differs in writing only (case, accents, order of words, spelling, plural,
size, who made it); "kopi bubuk" and "kopi robusta" stay two kinds until people merge them. Every step is a short list
or pattern below, so that a result can be explained by pointing at a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

PANJANG_KUNCI = 80

EJAAN = {
    "anyam": "anyaman", "baso": "bakso", "bataco": "batako", "brownis": "brownies",
    "cemilan": "camilan", "coklat": "cokelat", "cookie": "kukis", "cookies": "kukis", "donut": "donat",
    "eskrim": "es krim", "furniture": "mebel", "furnitur": "mebel", "grabah": "gerabah", "handycraft": "handicraft",
    "kaos": "kaus", "kesed": "keset", "kesot": "keset", "klapa": "kelapa", "kripik": "keripik", "kripek": "keripik",
    "krupuk": "kerupuk", "kueh": "kue", "kuih": "kue", "londri": "laundry", "meubel": "mebel", "meubeler": "mebel",
    "mebeler": "mebel", "miniature": "miniatur", "peyek": "rempeyek", "sambel": "sambal", "sendal": "sandal",
    "siomai": "siomay", "sirop": "sirup", "snek": "snack", "sprei": "seprai", "seprei": "seprai", "stick": "stik",
    "telor": "telur", "tempeh": "tempe", "yoghurt": "yogurt",
}  # fmt: skip
"""One spelling of a word by its other ones."""

BUKAN_JENIS = frozenset({
    "aneka", "asli", "berbagai", "dan", "dari", "dengan", "handmade", "homemade", "jenis", "kemasan", "macam",
    "original", "premium", "produk", "spesial", "special", "super", "ukuran", "yang",
})  # fmt: skip
"""Words that praise or join, and name no other kind of product."""

_PEMBUAT = frozenset({
    "bapas", "brand", "buatan", "by", "lapas", "lpka", "lpn", "lpp", "lembaga", "merek", "merk", "produksi", "rutan",
    "wbp",
})  # fmt: skip
"""From these words on, a name says who made it or how it is branded, not what it is."""

_SATUAN = (
    "kilogram|kilo|kg|gram|gr|g|ons|mililiter|ml|liter|ltr|lt|l|cc|milimeter|mm|sentimeter|cm|meter|m|inci|inch|inchi"
    "|pcs|pc|biji|buah|butir|bungkus|bks|pak|pack|sachet|saset|lembar|botol|toples|lusin"
)
_ANGKA = r"\d+(?:[.,]\d+)?"
_UKURAN = re.compile(
    rf"\bisi\s*{_ANGKA}(?:\s*(?:{_SATUAN})\b)?"
    rf"|\b{_ANGKA}(?:\s*[x×]\s*{_ANGKA})+(?:\s*(?:{_SATUAN})\b)?"
    rf"|\b{_ANGKA}\s*(?:{_SATUAN})\b"
    r"|\b(?:ukuran|uk|size)\b[.:]?\s*(?:xxl|xl|l|m|s|besar|sedang|kecil|jumbo|mini|\d+)\b"
)
_KUTIP = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")
_KATA = re.compile(r"[^\W_]+")
_ULANG = re.compile(r"\b([^\W\d_]{2,})2\b")


def ejaan(teks: str) -> str:
    """Words in one spelling, in their order: what the search looks through, and what it looks for."""
    return " ".join(_eja(_KATA.findall(_dasar(teks))))


def kunci(nama: str) -> str:
    """The key of a name's kind; "" when the name has no letter or digit.

    What is left out (brand in quotes, sizes, makers, praise) is kept where nothing else would remain.
    """
    dasar = _dasar(nama)
    tanpa_ukuran = _UKURAN.sub(" ", _KUTIP.sub(" ", dasar))
    for kata in (_jenis(_KATA.findall(tanpa_ukuran)), _KATA.findall(tanpa_ukuran), _KATA.findall(dasar)):
        if kata:
            return " ".join(sorted(set(_tunggal(_eja(kata)))))[:PANJANG_KUNCI].rstrip()
    return ""


def _dasar(teks: str) -> str:
    """Without case, accents and signs that nobody sees (a soft hyphen out of a document); "kue2" is "kue-kue"."""
    urai = unicodedata.normalize("NFKD", teks.casefold())
    terlihat = (c for c in urai if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return _ULANG.sub(r"\1", "".join(terlihat))


def _jenis(kata: list[str]) -> list[str]:
    """The words that say what it is: up to the maker, without praise."""
    batas = next((n for n, satu in enumerate(kata) if satu in _PEMBUAT), len(kata))
    return [satu for satu in kata[:batas] if satu not in BUKAN_JENIS]


def _eja(kata: Iterable[str]) -> list[str]:
    return [bagian for satu in kata for bagian in EJAAN.get(satu, satu).split()]


def _tunggal(kata: list[str]) -> list[str]:
    """ "kue kue" is kue, "anyam anyaman" is anyaman: a word that is said again says "several"."""
    return [
        satu
        for n, satu in enumerate(kata)
        if n + 1 == len(kata) or (kata[n + 1] != satu and kata[n + 1] != f"{satu}an")
    ]


# ---------------------------------------------------------------- pairs that people are asked about

_KATA_PANJANG = 7
"""From this length on, two letters may differ; below it one."""


def mungkin_sama(satu: str, lain: str) -> bool:
    """Whether two keys may be one kind: one says less than the other, or what differs is written alike.

    "lampu hias kayu" and "lampu hias kaca" share most of their letters and are two things.
    """
    a, b = satu.split(), lain.split()
    beda_a, beda_b = ("".join(k for k in x if k not in y) for x, y in ((a, b), (b, a)))
    if not beda_a or not beda_b:
        return True
    boleh = 1 if max(len(beda_a), len(beda_b)) < _KATA_PANJANG else 2
    return abs(len(beda_a) - len(beda_b)) <= boleh and _jarak(beda_a, beda_b) <= boleh


def _jarak(a: str, b: str) -> int:
    """Letters to add, take away or change until one text is the other (Levenshtein)."""
    baris = list(range(len(b) + 1))
    for n, huruf in enumerate(a, 1):
        lama, baris = baris, [n]
        for m, lain in enumerate(b, 1):
            baris.append(min(lama[m] + 1, baris[-1] + 1, lama[m - 1] + (huruf != lain)))
    return baris[-1]
