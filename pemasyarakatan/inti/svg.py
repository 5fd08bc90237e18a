"""Pieces of SVG shared by the charts: palette, frame, text, hatch. Every text that enters is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

TINTA, REDUP, GARIS, TEPI = "#14202b", "#46535f", "#d5dbe1", "#5b6875"
NAVY, AKSI, SASARAN, DASAR = "#12436d", "#0b5cad", "#b3261e", "#e6eaee"
KELAS = ("#dbe9f6", "#a9cbe8", "#6ba3d4", "#2f74b5", "#12436d")
"""Sequential fills, lightest first; text on the first three is dark, on the last two white."""
BAGIAN = ("#12436d", "#28a197", "#801650", "#f46a25", "#5b6875")
TULISAN_BAGIAN = ("#fff", TINTA, "#fff", TINTA, "#fff")
KOSONG = SafeString("")


def koord(nilai: float) -> str:
    """Coordinate with at most two decimals; the dot is SVG's, not a person's."""
    return f"{nilai:.2f}".rstrip("0").rstrip(".") or "0"


def bingkai(
    judul: str, ket: str, tinggi: float, isi: SafeString, *, tautan: bool = False, kelas: str = "bagan"
) -> SafeString:
    """Frame as wide as its place; with links it is a group, because an image hides what is inside it."""
    return format_html(
        '<svg class="{}" role="{}" width="100%" height="{}" overflow="visible" font-size="13" fill="{}">'
        "<title>{}</title><desc>{}</desc>{}</svg>",
        kelas, "group" if tautan else "img", koord(tinggi), TINTA, judul, ket, isi,
    )  # fmt: skip


def gabung(potongan: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((p,) for p in potongan))


def tulisan(
    x: str,
    y: str,
    isi: str,
    *,
    jangkar: str = "start",
    tebal: bool = False,
    warna: str = TINTA,
    dy: float = 0,
) -> SafeString:
    """Text with a white halo, so that it stays readable on top of a line."""
    return format_html(
        '<text x="{}" y="{}" dy="{}" text-anchor="{}" font-weight="{}" fill="{}" stroke="#fff" '
        'stroke-width="3" stroke-linejoin="round" paint-order="stroke">{}</text>',
        x, y, koord(dy), jangkar, 700 if tebal else 400, warna, isi,
    )  # fmt: skip


def arsir(x: float, y: float, lebar: float, tinggi: float, jarak: float = 7) -> SafeString:
    """Diagonal hatch inside a box, as one path; needs no pattern id, so any number of charts share a page."""
    ruas, geser = [], jarak
    while geser < lebar + tinggi:
        x0, y0 = (geser, 0.0) if geser <= lebar else (lebar, geser - lebar)
        x1, y1 = (0.0, geser) if geser <= tinggi else (geser - tinggi, tinggi)
        ruas.append(f"M{koord(x + x0)} {koord(y + y0)}L{koord(x + x1)} {koord(y + y1)}")
        geser += jarak
    return format_html('<path d="{}" stroke="{}" stroke-width="1" fill="none"/>', "".join(ruas), "#9aa6b1")


def jangkar_di(persen: float) -> str:
    return "start" if persen < 15 else "end" if persen > 85 else "middle"


def jalur(titik: Sequence[tuple[float, float] | None]) -> str:
    """Path through the points, broken where there is none; a lone point becomes a dot of zero length."""
    ruas, putus = [], True
    for i, t in enumerate(titik):
        if t is not None:
            ruas.append(f"{'M' if putus else 'L'}{koord(t[0])} {koord(t[1])}")
            if putus and (i + 1 == len(titik) or titik[i + 1] is None):
                ruas.append("h0")
        putus = t is None
    return "".join(ruas)
