"""Tables that leave the portal as CSV, in two dialects, each with one line on top that says what the figures are.

`excel` opens with a double click in an Indonesian Excel: semicolons, decimal commas, a byte order mark. `baku` is for
programs: commas, decimal points. In both, text that a spreadsheet would take for a formula starts with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from pemasyarakatan.inti.galat import TidakSah

PARAMETER = "unduh"
SEL_MAKS = 32_767
"""What a cell of a spreadsheet holds; longer text is refused when typed and cut nowhere."""

Isi = str | int | Decimal | None


@dataclass(frozen=True)
class Gaya:
    """A dialect."""

    kode: str
    pemisah: str
    koma: str
    awalan: str
    jaga_angka: bool
    """Text that reads like a number or a date is kept from becoming one."""


GAYA = {
    "excel": Gaya("excel", ";", ",", "\ufeff", jaga_angka=True),
    "baku": Gaya("baku", ",", ".", "", jaga_angka=False),
}
_RUMUS = frozenset("=+-@")
_MIRIP_ANGKA = re.compile(r"[0-9][0-9 .,/:eE+-]*")


@dataclass(frozen=True)
class Tabel:
    """A table with what a reader must know of it: period, coverage, freshness; `nama` without ending."""

    nama: str
    keterangan: Sequence[tuple[str, str]]
    kepala: Sequence[str]
    baris: Iterable[Sequence[Isi]]


def diminta(request: HttpRequest) -> bool:
    """Whether the address asks for a file; cheap, for the middleware that opens the transaction."""
    return request.method in ("GET", "HEAD") and f"{PARAMETER}=" in request.META.get("QUERY_STRING", "")


def gaya_diminta(request: HttpRequest) -> Gaya | None:
    """The dialect asked for; None: the page. Raises TidakSah for one that does not exist."""
    kode = request.GET.get(PARAMETER, "")
    if kode and kode not in GAYA:
        raise TidakSah("Pilih CSV untuk Excel Indonesia atau CSV baku dari halaman ini.")
    return GAYA.get(kode)


def tulis(tabel: Tabel, gaya: Gaya) -> bytes:
    """The file: the line about the table, the header, the rows."""
    aliran = io.StringIO()
    penulis = csv.writer(aliran, delimiter=gaya.pemisah, lineterminator="\r\n")
    penulis.writerow(["; ".join(f"{nama}: {isi}" for nama, isi in tabel.keterangan)])
    penulis.writerow([sel(k, gaya) for k in tabel.kepala])
    penulis.writerows([sel(k, gaya) for k in satu] for satu in tabel.baris)
    return (gaya.awalan + aliran.getvalue()).encode("utf-8", "replace")


def sel(nilai: Isi, gaya: Gaya) -> str:
    """One cell as text; numbers stay numbers and text stays text when a spreadsheet opens the file."""
    if nilai is None:
        return ""
    if isinstance(nilai, str):
        return f"'{nilai}" if _berbahaya(nilai) or (gaya.jaga_angka and _MIRIP_ANGKA.fullmatch(nilai)) else nilai
    return f"{nilai:f}".replace(".", gaya.koma) if isinstance(nilai, Decimal) else str(int(nilai))


def buka_sel(teks: str) -> str:
    """A text from a CSV without the apostrophe that `sel` put before it."""
    dijaga = teks.startswith("'") and sel(teks[1:], GAYA["excel"]) == teks
    return teks[1:] if dijaga else teks


def _berbahaya(teks: str) -> bool:
    """Whether the first thing a spreadsheet sees begins a formula; full-width signs count as their plain ones."""
    if teks[:1] in ("\t", "\r", "\n"):
        return True
    tampak = unicodedata.normalize("NFKC", teks.lstrip("".join(map(chr, range(33))) + "\u00a0\u200b\ufeff"))
    return tampak[:1] in _RUMUS


def jawab(tabel: Tabel, gaya: Gaya) -> HttpResponse:
    jawaban = HttpResponse(tulis(tabel, gaya), content_type="text/csv; charset=utf-8")
    nama = f"{tabel.nama}.csv" if gaya.kode == "baku" else f"{tabel.nama}-excel.csv"
    jawaban["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=nama) or "attachment"
    jawaban["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(jawaban, private=True, no_store=True)
    return jawaban
