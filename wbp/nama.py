"""Names of people: one normal form, what may be shown of one, and the words by which it is found. Pure.

A name is whatever is written on the papers: "O'Neil", "Sitorus, S.H.", "NA", "null", Arabic and Javanese script.
"""

from __future__ import annotations

import re
import unicodedata

from pemasyarakatan.inti.teks import GalatTeks, bersihkan_teks

MAKS = 120
HURUF_INISIAL = 3
KATA_MAKS = 12
_TITIK_MAKS = 3  # of one letter with its marks, so that three letters fit the column
_PENGHUBUNG = frozenset({"bin", "binti", "alias", "als"})
_LEKAT = re.compile(r"[.'’‘ʼ`´\u200c\u200d]")
_TITIK = re.compile(r"\.(?=\w\w)")
"""A point before a word parts what was written without a blank ("M.Yusuf"); between letters it joins ("S.H.")."""
_PISAH = re.compile(r"[^\w]+|_")


_SAMBUNG = "\u200c\u200d"
"""Joiners, without which Javanese and Arabic script read differently."""
_LEBAR = ("FULLWIDTH ", "HALFWIDTH ")
_SERUMPUN = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "HANGUL": "CJK", "BOPOMOFO": "CJK"}
CAMPUR = (
    "Nama ini memakai huruf dari dua aksara, yang dapat tampak sama tetapi berbeda. Ketik ulang dengan satu aksara."
)


def baku_nama(teks: object) -> str:
    """The name in NFC with single blanks, without what cannot be seen. Raises GalatTeks for what is no name, or looks
    like another one; the sentence does not repeat it."""
    bersih = " ".join(_terlihat(bersihkan_teks(teks, MAKS)).split())
    if not bersih:
        raise GalatTeks("Isi namanya.")
    if not any(unicodedata.category(h).startswith("L") for h in bersih):
        raise GalatTeks("Nama harus memuat huruf.")
    if len({aksara for aksara in map(_aksara, bersih) if aksara}) > 1:
        raise GalatTeks(CAMPUR)
    return bersih


def _terlihat(teks: str) -> str:
    """Without format characters; a joiner stays in the scripts that need it, between Latin letters it hides."""
    latin = any(_aksara(h) == "LATIN" for h in teks)
    return "".join(h for h in teks if unicodedata.category(h) != "Cf" or (h in _SAMBUNG and not latin))


def _aksara(huruf: str) -> str:
    """The script of a letter; "" for what belongs to none (marks, figures, the apostrophe as a letter)."""
    if unicodedata.category(huruf) not in ("Lu", "Ll", "Lt", "Lo"):
        return ""
    nama = unicodedata.name(huruf, "")
    for awal in _LEBAR:
        nama = nama.removeprefix(awal)
    kata = nama.partition(" ")[0]
    return _SERUMPUN.get(kata, kata)


def inisial(nama: str) -> str:
    """Up to three first letters ("Ahmad bin Yusuf, S.H." is "A.Y."); a letter keeps the marks it is written with."""
    kata = [k for k in nama.partition(",")[0].split() if k.casefold().strip(".") not in _PENGHUBUNG] or nama.split()
    huruf = _huruf(kata) or _huruf(nama.split())
    return "".join(f"{h}." for h in huruf[:HURUF_INISIAL])


def _huruf(kata: list[str]) -> list[str]:
    return [h for h in map(_huruf_pertama, kata) if h]


def _huruf_pertama(kata: str) -> str:
    mulai = next((i for i, h in enumerate(kata) if unicodedata.category(h).startswith("L")), None)
    if mulai is None:
        return ""
    akhir = mulai + 1
    while akhir < len(kata) and akhir - mulai < _TITIK_MAKS and unicodedata.category(kata[akhir]).startswith("M"):
        akhir += 1
    besar = kata[mulai].upper()
    return (besar if len(besar) == 1 else kata[mulai]) + kata[mulai + 1 : akhir]


def kata_nama(teks: str) -> list[str]:
    """Words to find a name by: without case, marks and punctuation ("O'Neil" is "oneil", "Siti-Nur" and "M.Nur"
    two words)."""
    polos = "".join(
        h for h in unicodedata.normalize("NFKD", teks.casefold()) if not unicodedata.category(h).startswith("M")
    )
    kata = (k for k in _PISAH.split(_LEKAT.sub("", _TITIK.sub(" ", polos))) if k)
    return list(dict.fromkeys(kata))[:KATA_MAKS]
