"""Land of many regions or units as stacked bars on one scale: five clusters in use, and what lies idle.

The digit in a part ties it to the legend, not the colour alone; the table beside the chart has every figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from pangan.models import Klaster
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.svg import (
    AKSI,
    BAGIAN,
    REDUP,
    TEPI,
    TINTA,
    TULISAN_BAGIAN,
    bingkai,
    gabung,
    koord,
    tulisan,
)

TIDUR = "Lahan tidur"
_WARNA = (*BAGIAN, "#fff")
_TULISAN = (*TULISAN_BAGIAN, TINTA)
_SEMPIT = 5
"""Percent of the width below which a part carries no digit."""


class Lahan(NamedTuple):
    """One row: m² by cluster in the order of `Klaster`, then idle."""

    label: str
    url: str
    bagian: Sequence[int]


def lahan(baris: Sequence[Lahan], *, judul: str) -> SafeString:
    terbesar = max((sum(b.bagian) for b in baris), default=0)
    isi = gabung(_satu(i, b, terbesar or 1) for i, b in enumerate(baris))
    ket = f"{len(baris)} baris, satuan m², skala sama. Angka 1 sampai 6 pada bagian: lihat keterangan."
    return bingkai(judul, ket, 40 * len(baris), isi, tautan=any(b.url for b in baris))


def _satu(i: int, b: Lahan, terbesar: int) -> SafeString:
    teks = tulis_angka(sum(b.bagian), satuan="m²")
    potongan, kiri = [], 0.0
    for n, luas in enumerate(b.bagian):
        lebar = 100 * luas / terbesar
        if luas:
            potongan.append(_potongan(n, kiri, lebar))
        kiri += lebar
    isi = format_html(
        '<rect class="sasaran" y="-1" width="100%" height="37" rx="4" fill="transparent"/>{}{}{}'
        '<line y1="18" y2="34" stroke="{}"/>',
        tulisan("0", "14", b.label, warna=AKSI if b.url else TINTA), tulisan("100%", "14", teks, jangkar="end"),
        gabung(potongan), TINTA,
    )  # fmt: skip
    if b.url:
        isi = format_html('<a href="{}" aria-label="{} {}">{}</a>', b.url, b.label, teks, isi)
    return format_html('<svg y="{}" width="100%" height="40" overflow="visible">{}</svg>', 40 * i, isi)


def _potongan(n: int, kiri: float, lebar: float) -> SafeString:
    tidur = n == len(BAGIAN)
    kotak = format_html(
        '<rect x="{}%" y="19" width="{}%" height="14" fill="{}" stroke="{}"{}/>',
        koord(kiri), koord(lebar), _WARNA[n], TEPI if tidur else "#fff",
        SafeString(' stroke-dasharray="3 2"') if tidur else "",
    )  # fmt: skip
    if lebar < _SEMPIT:
        return kotak
    return kotak + format_html(
        '<text x="{}%" y="30" text-anchor="middle" font-size="12" font-weight="700" fill="{}">{}</text>',
        koord(kiri + lebar / 2), _TULISAN[n], n + 1,
    )  # fmt: skip


def arti() -> SafeString:
    """The legend: number, colour and word of each part."""
    kotak = (
        '<svg width="20" height="18" aria-hidden="true"><rect x=".5" y=".5" width="19" height="17" rx="3" fill="{}" '
        'stroke="{}"{}/><text x="10" y="13" text-anchor="middle" font-size="12" font-weight="700" '
        'fill="{}">{}</text></svg>'
    )
    nama = [*Klaster.labels, TIDUR]
    butir = [
        (
            format_html(kotak, _WARNA[n], REDUP if n == len(BAGIAN) else _WARNA[n],
                        SafeString(' stroke-dasharray="3 2"') if n == len(BAGIAN) else "", _TULISAN[n], n + 1),
            label,
        )
        for n, label in enumerate(nama)
    ]  # fmt: skip
    return format_html(
        '<ul class="arti" aria-label="Arti bagian batang">{}</ul>', format_html_join("", "<li>{}{}</li>", butir)
    )
