"""Names of uploaded files: for people to read, never for a disk. Pure."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from pelaporan.lampiran.batas import NAMA_MAKS, Tipe

_PEMISAH = re.compile(r"[/\\]")
_TERLARANG = frozenset('<>:"|?*;%')
_CADANGAN = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)


def nama_tampil(nama: str, tipe: Tipe) -> str:
    """One line without path, control and direction-changing characters, ending as its real kind does."""
    akhir = _PEMISAH.split(unicodedata.normalize("NFC", nama))[-1]
    tampak = "".join(h for h in akhir if not unicodedata.category(h).startswith(("C", "Zl", "Zp")))
    bersih = " ".join("".join(" " if h in _TERLARANG else h for h in tampak).split()).strip(". ")
    batang, akhiran = _pisah(bersih, tipe)
    if not batang or _CADANGAN.fullmatch(batang):
        batang = f"lampiran {batang}".strip()
    return f"{batang[: NAMA_MAKS - len(akhiran)].rstrip('. ')}{akhiran}"


def _pisah(nama: str, tipe: Tipe) -> tuple[str, str]:
    """(stem, ending); an ending that lies about the kind stays part of the stem."""
    for akhiran in tipe.akhiran:
        if nama.lower().endswith(akhiran):
            return nama[: -len(akhiran)].rstrip(". "), akhiran
    return nama, tipe.akhiran[0]


def disposisi(nama: str, *, inline: bool) -> str:
    """Content-Disposition by RFC 6266: a plain ASCII name, and the real one percent-encoded. Always one line."""
    ascii_ = unicodedata.normalize("NFKD", nama).encode("ascii", "ignore").decode()
    aman = re.sub(r"[^A-Za-z0-9._ -]", "_", ascii_).strip(". ") or "lampiran"
    return f"{'inline' if inline else 'attachment'}; filename=\"{aman}\"; filename*=UTF-8''{quote(nama, safe='')}"
