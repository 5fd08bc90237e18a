"""Charts as inline SVG made on the server: pure functions, one to three kilobytes each, no script.

Sizes: a chart fills the width of its place and keeps its height in px, because positions along the width are
percentages and the line alone is stretched (`preserveAspectRatio="none"`). Text never shrinks on a phone.
Meaning never rests on colour alone: provisional is dotted and open, missing is hatched or a gap, shares carry
digits. Charts with links are `role="group"`, all others `role="img"`; each has a title and a description.
Texts are escaped. Numbers are written by inti/angka.py only. A `nilai` of None means "no data" everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from pemasyarakatan.inti.angka import Bilangan, Jenis, tulis_angka
from pemasyarakatan.inti.skala import Kendali, bagi_kelas, batas_xmr
from pemasyarakatan.inti.svg import (
    AKSI,
    BAGIAN,
    DASAR,
    KELAS,
    KOSONG,
    NAVY,
    REDUP,
    SASARAN,
    TEPI,
    TINTA,
    TULISAN_BAGIAN,
    arsir,
    bingkai,
    gabung,
    jalur,
    jangkar_di,
    koord,
    tulisan,
)
from pemasyarakatan.inti.tren import Titik, tren

__all__ = [
    "Batang",
    "Kendali",
    "Petak",
    "Titik",
    "bagi_kelas",
    "batang",
    "batas_xmr",
    "garis_kecil",
    "klaster",
    "legenda_kelas",
    "peluru",
    "peta_petak",
    "pita_cakupan",
    "tren",
]


class Petak(NamedTuple):
    """One tile: row and column from 0 at the north-west, `teks` as printed, `kelas` 0 to 4 or None."""

    kode: str
    singkatan: str
    baris: int
    kolom: int
    nilai: Bilangan | None
    teks: str
    url: str
    kelas: int | None
    nama: str = ""


class Batang(NamedTuple):
    """One bar; `sorot` prints its name bold, for the unit the page is about."""

    label: str
    nilai: Bilangan | None
    url: str = ""
    sorot: bool = False


# ---------------------------------------------------------------- small charts


def garis_kecil(nilai: Sequence[Bilangan | None], judul: str = "", jenis: Jenis = "bulat") -> SafeString:
    """Sparkline of 120 × 28 px, last value marked, a gap where data is missing. Print the value beside it."""
    angka = [None if n is None else float(n) for n in nilai]
    ada = [n for n in angka if n is not None]
    nama = _nama_garis(judul, nilai, jenis)
    if not ada:
        return format_html('<svg class="bagan-kecil" role="img" width="120" height="28"><title>{}</title></svg>', nama)
    rentang = (max(ada) - min(ada)) or 1.0
    langkah = 112 / max(len(angka) - 1, 1)
    titik = [None if n is None else (4 + i * langkah, 24 - 20 * (n - min(ada)) / rentang) for i, n in enumerate(angka)]
    x, y = [t for t in titik if t is not None][-1]
    return format_html(
        '<svg class="bagan-kecil" role="img" width="120" height="28" viewBox="0 0 120 28"><title>{}</title>'
        '<path d="{}" fill="none" stroke="{}" stroke-width="1.75" stroke-linecap="round"/>'
        '<circle cx="{}" cy="{}" r="3" fill="{}"/></svg>',
        nama, jalur(titik), AKSI, koord(x), koord(y), AKSI,
    )  # fmt: skip


def _nama_garis(judul: str, nilai: Sequence[Bilangan | None], jenis: Jenis) -> str:
    ada = [n for n in nilai if n is not None]
    isi = f"dari {tulis_angka(ada[0], jenis)} ke {tulis_angka(ada[-1], jenis)}" if ada else "tidak ada data"
    return f"{judul}: {isi}" if judul else isi


def pita_cakupan(sah: int, masuk: int, total: int) -> SafeString:
    """Coverage: ground = expected, thin bar = received, full bar = verified. Not without its sentence."""
    persen_sah, persen_masuk = (100 * n / total if total else 0 for n in (sah, masuk))
    return format_html(
        '<svg class="pita" width="100%" height="8" aria-hidden="true" focusable="false">'
        '<rect width="100%" height="8" rx="2" fill="{}"/><rect y="2.5" width="{}%" height="3" fill="{}"/>'
        '<rect width="{}%" height="8" rx="2" fill="{}"/></svg>',
        DASAR, koord(persen_masuk), AKSI, koord(persen_sah), NAVY,
    )  # fmt: skip


# ---------------------------------------------------------------- bars


def batang(baris: Sequence[Batang], *, judul: str, jenis: Jenis = "bulat", satuan: str = "") -> SafeString:
    """Horizontal bars from zero, name and value printed above each; negatives grow left of the zero line."""
    angka = [float(b.nilai) for b in baris if b.nilai is not None]
    kiri, kanan = min([0.0, *angka]), max([0.0, *angka])
    rentang = (kanan - kiri) or 1.0
    isi = gabung(_satu_batang(i, b, kiri, rentang, jenis) for i, b in enumerate(baris))
    ket = f"{len(baris)} baris" + (f", satuan {satuan}" if satuan else "") + "."
    return bingkai(judul, ket, 40 * len(baris), isi, tautan=any(b.url for b in baris))


def _satu_batang(i: int, b: Batang, kiri: float, rentang: float, jenis: Jenis) -> SafeString:
    teks = tulis_angka(b.nilai, jenis)
    nilai = float(b.nilai or 0)
    x, lebar = 100 * (min(nilai, 0.0) - kiri) / rentang, 100 * abs(nilai) / rentang
    isi = format_html(
        '<rect class="sasaran" y="-1" width="100%" height="37" rx="4" fill="transparent"/>{}{}'
        '<rect y="20" width="100%" height="12" fill="{}"/>'
        '<rect x="{}%" y="20" width="{}%" height="12" fill="{}"/>'
        '<line x1="{z}%" x2="{z}%" y1="18" y2="34" stroke="{}"/>',
        tulisan("0", "14", b.label, tebal=b.sorot, warna=AKSI if b.url else TINTA),
        tulisan("100%", "14", teks, jangkar="end", tebal=True), DASAR if b.nilai is not None else "none",
        koord(x), koord(lebar), NAVY if b.sorot else KELAS[3], TINTA, z=koord(-100 * kiri / rentang),
    )  # fmt: skip
    if b.nilai is None:
        isi = isi + format_html('<line x2="100%" y1="26" y2="26" stroke="{}" stroke-dasharray="3 5"/>', TEPI)
    if b.url:
        isi = format_html('<a href="{}" aria-label="{} {}">{}</a>', b.url, b.label, teks, isi)
    return format_html('<svg y="{}" width="100%" height="40" overflow="visible">{}</svg>', 40 * i, isi)


def peluru(
    nilai: Bilangan | None,
    *,
    judul: str,
    target: Bilangan | None = None,
    seharusnya: Bilangan | None = None,
    kata_target: str = "target",
    jenis: Jenis = "bulat",
    satuan: str = "",
) -> SafeString:
    """Bullet: bar = value, tall tick = target (or capacity: `kata_target`), arrow = what is due by now."""
    maks = max([float(n) for n in (nilai, target, seharusnya) if n is not None] or [1.0]) * 1.04 or 1.0
    kiri = tulis_angka(nilai, jenis, satuan)
    kanan = f"{kata_target} {tulis_angka(target, jenis)}" if target is not None else ""
    if nilai is not None and target:
        kanan = f"{tulis_angka(100 * float(nilai) / float(target), 'persen')} dari {kanan}"
    bawah = f"seharusnya kini {tulis_angka(seharusnya, jenis)}" if seharusnya is not None else ""
    isi = format_html(
        '{}{}<rect y="24" width="100%" height="18" fill="#dde3e9"/>'
        '<rect y="29" width="{}%" height="8" fill="{}"/>{}{}',
        tulisan("0", "15", kiri, tebal=True), tulisan("100%", "15", kanan, jangkar="end", warna=REDUP),
        koord(100 * max(float(nilai or 0), 0.0) / maks), NAVY,
        _tanda_target(target, maks), _tanda_seharusnya(seharusnya, maks, bawah),
    )  # fmt: skip
    ket = "; ".join(t for t in (kiri, kanan, bawah) if t)
    return bingkai(judul, ket, 68 if bawah else 46, isi)


def _tanda_target(target: Bilangan | None, maks: float) -> SafeString:
    if target is None:
        return KOSONG
    x = koord(100 * float(target) / maks)
    return format_html('<line x1="{x}%" x2="{x}%" y1="20" y2="46" stroke="{}" stroke-width="4"/>', SASARAN, x=x)


def _tanda_seharusnya(seharusnya: Bilangan | None, maks: float, label: str) -> SafeString:
    if seharusnya is None:
        return KOSONG
    persen = 100 * float(seharusnya) / maks
    tanda = format_html(
        '<svg x="{}%" y="42" overflow="visible"><path d="M0 0 5 8H-5z" fill="{}"/></svg>',
        koord(persen),
        TINTA,
    )
    return tanda + tulisan(f"{koord(persen)}%", "63", label, jangkar=jangkar_di(persen), warna=REDUP)


def klaster(bagian: Sequence[tuple[str, Bilangan | None]], *, judul: str, jenis: Jenis = "bulat") -> SafeString:
    """One stacked bar of at most five parts with a numbered list below: the digit, not the colour, ties them.

    Raises ValueError for more than five parts or a negative one; gather the small ones as "lainnya" first.
    """
    if len(bagian) > 5 or any(n is not None and n < 0 for _, n in bagian):
        raise ValueError("klaster shows at most five parts, none of them negative")
    jumlah = sum(float(n or 0) for _, n in bagian)
    potongan, kiri = [], 0.0
    for i, (label, nilai) in enumerate(bagian):
        lebar = 100 * float(nilai or 0) / jumlah if jumlah else 0.0
        potongan.append(_potongan(i, kiri, lebar) + _keterangan_bagian(i, label, nilai, lebar, jenis))
        kiri += lebar
    kosong = format_html('<rect width="100%" height="30" fill="{}"/>', DASAR)
    ket = "; ".join(f"{label} {tulis_angka(nilai, jenis)}" for label, nilai in bagian)
    return bingkai(judul, ket, 40 + 24 * len(bagian), kosong + gabung(potongan))


def _potongan(i: int, kiri: float, lebar: float) -> SafeString:
    kotak = format_html(
        '<rect x="{}%" width="{}%" height="30" fill="{}" stroke="#fff" stroke-width="2"/>',
        koord(kiri),
        koord(lebar),
        BAGIAN[i],
    )
    if lebar < 6:
        return kotak
    return kotak + format_html(
        '<text x="{}%" y="20" text-anchor="middle" font-weight="700" fill="{}">{}</text>',
        koord(kiri + lebar / 2), TULISAN_BAGIAN[i], i + 1,
    )  # fmt: skip


def _keterangan_bagian(i: int, label: str, nilai: Bilangan | None, persen: float, jenis: Jenis) -> SafeString:
    y = 42 + 24 * i
    bagian = (
        f"{tulis_angka(nilai, jenis)} ({tulis_angka(persen, 'persen')})" if nilai is not None else tulis_angka(None)
    )
    return format_html(
        '<rect y="{}" width="18" height="18" rx="3" fill="{}"/>'
        '<text x="9" y="{t}" text-anchor="middle" font-weight="700" fill="{}">{}</text>{}{}',
        y, BAGIAN[i], TULISAN_BAGIAN[i], i + 1, tulisan("26", str(y + 14), label),
        tulisan("100%", str(y + 14), bagian, jangkar="end"), t=y + 14,
    )  # fmt: skip


# ---------------------------------------------------------------- tile map

_LEBAR, _TINGGI, _SELA = 66, 54, 4


def peta_petak(petak: Sequence[Petak], judul: str) -> SafeString:
    """Tile map: one linked square per region in reading order, value printed, hatched without a class."""
    lebar = max((p.kolom for p in petak), default=0) * (_LEBAR + _SELA) + _LEBAR
    tinggi = max((p.baris for p in petak), default=0) * (_TINGGI + _SELA) + _TINGGI
    urut = sorted(petak, key=lambda p: (p.baris, p.kolom))
    return format_html(
        '<svg class="bagan bagan-peta" role="group" viewBox="0 0 {} {}" font-size="13" text-anchor="middle">'
        "<title>{}</title><desc>{}</desc>{}</svg>",
        lebar, tinggi, judul, f"{len(petak)} wilayah, letak kira-kira, dari barat; tiap petak tautan.",
        gabung(_satu_petak(p) for p in urut),
    )  # fmt: skip


def _satu_petak(p: Petak) -> SafeString:
    x, y = p.kolom * (_LEBAR + _SELA), p.baris * (_TINGGI + _SELA)
    kelas = p.kelas if p.nilai is not None else None
    tengah = x + _LEBAR // 2
    warna = "#fff" if kelas is not None and kelas > 2 else TINTA
    nama = f"{p.singkatan} {p.teks}" + (f", {p.nama}" if p.nama else "")
    alas = KOSONG if kelas is not None else arsir(x, y, _LEBAR, _TINGGI)
    halo = SafeString(' stroke="#fff" stroke-width="4" paint-order="stroke"') if kelas is None else KOSONG
    return format_html(
        '<a href="{}" aria-label="{nama}" data-kode="{}"><title>{nama}</title>'
        '<rect class="sasaran" x="{}" y="{}" width="{}" height="{}" rx="4" fill="{}" stroke="{}"/>{}'
        '<g fill="{}"{}><text x="{}" y="{}" font-weight="700">{}</text><text x="{}" y="{}">{}</text></g></a>',
        p.url, p.kode, x, y, _LEBAR, _TINGGI, "#fff" if kelas is None else KELAS[kelas], REDUP, alas,
        warna, halo, tengah, y + 23, p.singkatan, tengah, y + 42, p.teks,
        nama=nama,
    )  # fmt: skip


def legenda_kelas(batas: Sequence[tuple[float, float]], jenis: Jenis = "bulat") -> SafeString:
    """Legend of a tile map from the ranges of bagi_kelas, ending with the hatched "belum cukup data"."""
    kotak = (
        '<svg width="24" height="18" aria-hidden="true">'
        '<rect x=".5" y=".5" width="23" height="17" fill="{}" stroke="{}"/>{}</svg>'
    )
    butir = [
        (format_html(kotak, KELAS[i], REDUP, ""), _rentang(bawah, atas, jenis)) for i, (bawah, atas) in enumerate(batas)
    ]
    butir.append((format_html(kotak, "#fff", REDUP, arsir(0.5, 0.5, 23, 17, 5)), "belum cukup data"))
    return format_html('<ul class="arti" aria-label="Arti warna petak">{}</ul>',
                       format_html_join("", "<li>{}{}</li>", butir))  # fmt: skip


def _rentang(bawah: float, atas: float, jenis: Jenis) -> str:
    awal, akhir = tulis_angka(bawah, jenis), tulis_angka(atas, jenis)
    return awal if awal == akhir else f"{awal} sampai {akhir}"
