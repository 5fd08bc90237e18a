"""The dates of a sentence as bars on one line of time: inline SVG, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from pemasyarakatan.inti.svg import AKSI, BAGIAN, DASAR, GARIS, NAVY, REDUP, bingkai, gabung, jangkar_di, koord, tulisan
from pemasyarakatan.inti.waktu import tulis_tanggal

TINGGI_BARIS, TINGGI_SUMBU, TEBAL = 44.0, 30.0, 12.0
_WARNA = (NAVY, AKSI, BAGIAN[1], BAGIAN[2], BAGIAN[4])


@dataclass(frozen=True)
class Ruas:
    """A stretch of time with its name; a stretch of one day is drawn as a mark."""

    label: str
    mulai: date
    akhir: date

    @property
    def kalimat(self) -> str:
        if self.mulai == self.akhir:
            return f"{self.label} {tulis_tanggal(self.mulai)}"
        return f"{self.label} {tulis_tanggal(self.mulai)} sampai {tulis_tanggal(self.akhir)}"


def garis_masa(ruas: Sequence[Ruas], judul: str) -> SafeString:
    """One bar a stretch, all on the same axis of years; the words stand above their bar."""
    awal, akhir = min(r.mulai for r in ruas), max(r.akhir for r in ruas)
    panjang = max((akhir - awal).days, 1)
    dasar = len(ruas) * TINGGI_BARIS
    isi = [_kisi(awal, akhir, panjang, dasar), *(_batang(i, r, awal, panjang) for i, r in enumerate(ruas))]
    ket = "; ".join(r.kalimat for r in ruas) + "."
    return bingkai(judul, ket, dasar + TINGGI_SUMBU, gabung(isi))


def _persen(hari: date, awal: date, panjang: int) -> float:
    return 100 * (hari - awal).days / panjang


def _batang(i: int, ruas: Ruas, awal: date, panjang: int) -> SafeString:
    y = i * TINGGI_BARIS
    x = _persen(ruas.mulai, awal, panjang)
    lebar = max(_persen(ruas.akhir, awal, panjang) - x, 0.0)
    jangkar = jangkar_di(x if lebar < 60 else 0)
    teks = tulisan(f"{koord(x)}%", koord(y + 16), ruas.label, jangkar=jangkar)
    warna = _WARNA[i % len(_WARNA)]
    bentuk = (
        format_html(
            '<rect x="{}%" y="{}" width="{}%" height="{}" rx="2" fill="{}"/>',
            koord(x), koord(y + 22), koord(lebar), koord(TEBAL), warna,
        )
        if lebar
        else format_html('<circle cx="{}%" cy="{}" r="6" fill="{}"/>', koord(x), koord(y + 22 + TEBAL / 2), warna)
    )  # fmt: skip
    alas = format_html(
        '<rect x="0" y="{}" width="100%" height="{}" rx="2" fill="{}"/>', koord(y + 22), koord(TEBAL), DASAR
    )
    return gabung([alas, bentuk, teks])


def _kisi(awal: date, akhir: date, panjang: int, dasar: float) -> SafeString:
    """The first days of years, thinned out so that their names never touch on a phone."""
    tahun = list(range(awal.year + 1, akhir.year + 1))
    langkah = max(1, -(-len(tahun) // 5))
    garis = []
    for t in tahun[::langkah]:
        x = _persen(date(t, 1, 1), awal, panjang)
        garis.append(
            format_html('<line x1="{0}%" x2="{0}%" y1="0" y2="{1}" stroke="{2}"/>', koord(x), koord(dasar + 4), GARIS)
        )
        garis.append(tulisan(f"{koord(x)}%", koord(dasar + 20), str(t), jangkar=jangkar_di(x), warna=REDUP))
    return gabung(garis)
