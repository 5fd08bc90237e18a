"""Template tags of the visual language: icons, status shapes, wrappers and the small charts.

`{% load bagan %}` gives them; docs/gaya.md shows each in use. Views make larger charts with inti/bagan.py.
"""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pemasyarakatan.inti import bagan

register = template.Library()


class TampilanStatus(NamedTuple):
    """How one status code looks: the word, and the name shared by its icon and its CSS class."""

    kata: str
    nama: str


STATUS: dict[str, TampilanStatus] = {
    "BELUM": TampilanStatus("Belum mulai", "belum"),
    "DRAF": TampilanStatus("Draf", "draf"),
    "SIAP": TampilanStatus("Siap dikirim", "siap"),
    "DIKIRIM": TampilanStatus("Dikirim", "dikirim"),
    "DIKEMBALIKAN": TampilanStatus("Perlu perbaikan", "dikembalikan"),
    "TERVERIFIKASI": TampilanStatus("Terverifikasi", "terverifikasi"),
    "TERKUNCI": TampilanStatus("Terkunci", "terkunci"),
    "TERLAMBAT": TampilanStatus("Terlambat", "terlambat"),
    "NIHIL": TampilanStatus("Nihil", "nihil"),
    "TIDAK_BERLAKU": TampilanStatus("Tidak berlaku", "tidak-berlaku"),
}

JENIS_KOTAK = {
    "info": "info",
    "terlambat": "terlambat",
    "perbaikan": "dikembalikan",
    "terkunci": "terkunci",
    "berhasil": "terverifikasi",
}
"""Kind of inset -> icon. The CSS class is `kotak-` plus the kind."""


@register.simple_tag
def ikon(nama: str, kelas: str = "") -> SafeString:
    """One symbol of static/img/ikon.svg in the colour of the text around it; always beside a word."""
    return format_html(
        '<svg class="ikon {}" width="16" height="16" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        kelas,
        static("img/ikon.svg"),
        nama,
    )


@register.filter
def tampilan_status(kode: str) -> TampilanStatus:
    """Word and shape of a status code; an unknown code is a programming error and raises KeyError."""
    return STATUS[str(kode)]


@register.simple_block_tag
def gulir(content: str, judul: str) -> SafeString:
    """Wrap a wide table: it scrolls by itself, can be focused by keyboard, and is named `judul`."""
    return format_html('<div class="gulir" role="region" tabindex="0" aria-label="{}">{}</div>', judul, content)


@register.simple_block_tag
def kotak(content: str, jenis: str = "info", judul: str = "") -> str:
    """Inset of one kind of JENIS_KOTAK around its content."""
    konteks = {"jenis": jenis, "ikon": JENIS_KOTAK[jenis], "judul": judul, "isi": content}
    return render_to_string("_komponen/kotak.html", konteks)


@register.simple_tag
def rentang_halaman(halaman: Page) -> list[int | str]:
    """Page numbers worth showing: the ends, the neighbours, and a gap mark between."""
    return list(halaman.paginator.get_elided_page_range(halaman.number, on_each_side=1, on_ends=1))


register.simple_tag(bagan.pita_cakupan, name="pita_cakupan")
register.simple_tag(bagan.garis_kecil, name="garis_kecil")
