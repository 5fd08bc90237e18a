"""Trend line over months, with or without the limits of a control chart. Use it through inti/bagan.py."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from pemasyarakatan.inti.angka import Bilangan, Jenis, tulis_angka, tulis_ringkas
from pemasyarakatan.inti.skala import Kendali, alas, tingkat_sumbu
from pemasyarakatan.inti.svg import (
    GARIS,
    KOSONG,
    NAVY,
    REDUP,
    SASARAN,
    TEPI,
    bingkai,
    gabung,
    jalur,
    jangkar_di,
    koord,
    tulisan,
)


class Titik(NamedTuple):
    """One month of a trend; `sementara` marks a figure that is not final yet, `kejadian` what happened that month."""

    label: str
    nilai: Bilangan | None
    sementara: bool = False
    kejadian: str = ""


class _Bidang(NamedTuple):
    """Plot area: turns a value into percent from the top and a position into percent from the left."""

    sumbu: list[float]
    banyak: int

    def y(self, nilai: float) -> float:
        return 100 - 100 * (nilai - self.sumbu[0]) / (self.sumbu[-1] - self.sumbu[0])

    def x(self, i: int) -> float:
        return 100 * i / max(self.banyak - 1, 1)


def tren(
    titik: Sequence[Titik],
    *,
    judul: str,
    jenis: Jenis = "bulat",
    satuan: str = "",
    target: Bilangan | None = None,
    kendali: Kendali | None = None,
    tinggi: int = 240,
    lalu: Sequence[Bilangan | None] = (),
    kata: str = "sementara",
) -> SafeString:
    """Line over months, usually 24: 3 to 6 ticks, gaps where data is missing, the last value printed.

    The stretch into a provisional point (`kata` names it) is dotted and the point open; a month with a `kejadian` has
    a dotted upright. With `kendali` the natural limits are a band and points outside it are diamonds. `lalu` are the
    same months of the year before, in grey. A whole-number axis is used for bulat and rupiah.
    """
    ada = [float(t.nilai) for t in titik if t.nilai is not None]
    if not ada:
        return bingkai(judul, "Belum ada data.", 48, tulisan("0", "28", "Belum ada data.", warna=REDUP))
    acuan = [float(n) for n in (target, *(kendali or ()), *lalu) if n is not None]
    sumbu = tingkat_sumbu(min(alas(ada + acuan), *ada), max(ada + acuan), bulat=jenis in ("bulat", "rupiah"))
    bidang = _Bidang(sumbu, len(titik))
    label = [_label_sumbu(nilai, jenis) for nilai in sumbu]
    lebar = _lebar_sumbu(label)
    lapis = [
        _pita_kendali(bidang, kendali),
        _kisi(bidang, label),
        _garis_target(bidang, target, jenis),
        _garis_lalu(bidang, lalu),
        _garis_kejadian(bidang, titik),
        _garis_tren(bidang, titik),
        _titik_tren(bidang, titik, jenis, satuan, kendali, kata),
        _label_akhir(bidang, titik, jenis, satuan, kata),
        _sumbu_waktu(bidang, titik),
    ]
    isi = format_html(
        '<svg x="{}" y="22" width="100%" height="{}" overflow="visible">{}</svg>',
        lebar,
        tinggi - 50,
        gabung(lapis),
    )
    ket = _ringkasan_tren(titik, jenis, satuan, kata)
    return bingkai(judul, ket, tinggi, isi, kelas=f"bagan sumbu-{lebar}")


def _label_sumbu(nilai: float, jenis: Jenis) -> str:
    penuh = tulis_angka(nilai, jenis)
    return penuh if len(penuh) <= 9 else tulis_ringkas(nilai, jenis)


def _lebar_sumbu(label: Sequence[str]) -> int:
    """Px left of the plot for the axis labels; the class sumbu-N of portal.css keeps the same room."""
    terpanjang = max(len(teks) for teks in label)
    return 40 if terpanjang <= 4 else 60 if terpanjang <= 7 else 88


def _pita_kendali(bidang: _Bidang, kendali: Kendali | None) -> SafeString:
    if kendali is None:
        return KOSONG
    atas, bawah = bidang.y(kendali.atas), bidang.y(kendali.bawah)
    return format_html(
        '<rect y="{}%" width="100%" height="{}%" fill="#eef1f4"/>'
        '<line x2="100%" y1="{t}%" y2="{t}%" stroke="{}" stroke-dasharray="6 4"/>',
        koord(atas), koord(bawah - atas), TEPI, t=koord(bidang.y(kendali.tengah)),
    )  # fmt: skip


def _kisi(bidang: _Bidang, label: Sequence[str]) -> SafeString:
    baris = []
    for nilai, teks in zip(bidang.sumbu, label, strict=True):
        y = koord(bidang.y(nilai))
        warna = TEPI if nilai == bidang.sumbu[0] else GARIS
        garis = format_html('<line x2="100%" y1="{y}%" y2="{y}%" stroke="{}"/>', warna, y=y)
        baris.append(garis + tulisan("-8", f"{y}%", teks, jangkar="end", warna=REDUP, dy=4))
    return gabung(baris)


def _garis_target(bidang: _Bidang, target: Bilangan | None, jenis: Jenis) -> SafeString:
    """Dashed line; its name stands above the plot beside a sample, where no data can run through it."""
    if target is None:
        return KOSONG
    garis = format_html(
        '<g stroke="{}" stroke-width="1.5" stroke-dasharray="8 4"><line x2="100%" y1="{y}%" y2="{y}%"/>'
        '<line x2="20" y1="-14" y2="-14"/></g>',
        SASARAN, y=koord(bidang.y(float(target))),
    )  # fmt: skip
    return garis + tulisan("26", "-10", f"target {tulis_angka(target, jenis)}", warna=REDUP)


def _garis_tren(bidang: _Bidang, titik: Sequence[Titik]) -> SafeString:
    """The line: solid between final months, dotted on every stretch that touches a provisional one."""
    letak = [None if t.nilai is None else (bidang.x(i), bidang.y(float(t.nilai))) for i, t in enumerate(titik)]
    tetap = jalur([None if t.sementara else p for t, p in zip(titik, letak, strict=True)])
    ruas = [
        jalur([p, q])
        for (t, p), (u, q) in pairwise(zip(titik, letak, strict=True))
        if p and q and (t.sementara or u.sementara)
    ]
    return format_html(
        '<svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">'
        '<g fill="none" stroke="{}" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">'
        '<path d="{}" vector-effect="non-scaling-stroke"/>'
        '<path d="{}" vector-effect="non-scaling-stroke" stroke-dasharray="1 6"/></g></svg>',
        NAVY, tetap, "".join(ruas),
    )  # fmt: skip


def _garis_lalu(bidang: _Bidang, lalu: Sequence[Bilangan | None]) -> SafeString:
    """The year before: thin and grey, without points, behind everything else."""
    if not any(n is not None for n in lalu):
        return KOSONG
    letak = [None if n is None else (bidang.x(i), bidang.y(float(n))) for i, n in enumerate(lalu)]
    return format_html(
        '<svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">'
        '<path d="{}" fill="none" stroke="{}" stroke-width="2" vector-effect="non-scaling-stroke"/></svg>',
        jalur(letak), "#9aa6b1",
    )  # fmt: skip


def _garis_kejadian(bidang: _Bidang, titik: Sequence[Titik]) -> SafeString:
    return gabung(
        format_html(
            '<line x1="{x}%" x2="{x}%" y2="100%" stroke="{}" stroke-width="2" stroke-dasharray="2 4">'
            "<title>{}</title></line>",
            SASARAN, f"{t.label}: {t.kejadian}", x=koord(bidang.x(i)),
        )
        for i, t in enumerate(titik)
        if t.kejadian
    )  # fmt: skip


def _titik_tren(
    bidang: _Bidang, titik: Sequence[Titik], jenis: Jenis, satuan: str, kendali: Kendali | None, kata: str
) -> SafeString:
    tanda = []
    for i, t in enumerate(titik):
        if t.nilai is None:
            continue
        nilai = float(t.nilai)
        ket = f"{t.label}: {tulis_angka(t.nilai, jenis, satuan)}{f' ({kata})' if t.sementara else ''}"
        luar = kendali is not None and not kendali.bawah <= nilai <= kendali.atas
        tanda.append(_tanda(koord(bidang.x(i)), koord(bidang.y(nilai)), ket, buka=t.sementara, luar=luar,
                            akhir=i == len(titik) - 1))  # fmt: skip
    return gabung(tanda)


def _tanda(x: str, y: str, ket: str, *, buka: bool, luar: bool, akhir: bool) -> SafeString:
    """Marker of one month: dot, open ring when provisional, diamond when outside the natural limits."""
    isi = "#fff" if buka else NAVY
    if luar:
        return format_html(
            '<svg x="{}%" y="{}%" overflow="visible"><path d="M0-7 7 0 0 7-7 0z" fill="{}" stroke="{}" '
            'stroke-width="2"/><title>{}</title></svg>',
            x, y, "#fff" if buka else "#c2500a", "#c2500a" if buka else "#fff", ket,
        )  # fmt: skip
    return format_html(
        '<circle cx="{}%" cy="{}%" r="{}" fill="{}" stroke="{}" stroke-width="{}"><title>{}</title></circle>',
        x, y, "4.5" if akhir or buka else "2.5", isi, NAVY, 2 if buka else 0, ket,
    )  # fmt: skip


def _label_akhir(bidang: _Bidang, titik: Sequence[Titik], jenis: Jenis, satuan: str, kata: str) -> SafeString:
    i, akhir = max((i, t) for i, t in enumerate(titik) if t.nilai is not None)
    isi = tulis_angka(akhir.nilai, jenis, satuan) + (f" {kata}" if akhir.sementara else "")
    # Above the highest of the neighbours, so that the words never lie on the line.
    tetangga = [t.nilai for t in titik[i - len(titik) // 3 if i > len(titik) // 3 else 0 : i + 1]]
    y = min(bidang.y(float(n)) for n in tetangga if n is not None)
    x = bidang.x(i)
    return tulisan(f"{koord(x)}%", f"{koord(y)}%", isi, jangkar=jangkar_di(x), tebal=True, dy=-10)


def _sumbu_waktu(bidang: _Bidang, titik: Sequence[Titik]) -> SafeString:
    """First, middle and last month; more would collide at 320 px."""
    banyak = len(titik) - 1
    pilihan = sorted({0, banyak // 2, banyak})
    return gabung(
        tulisan(
            f"{koord(bidang.x(i))}%",
            "100%",
            titik[i].label,
            jangkar=jangkar_di(bidang.x(i)),
            warna=REDUP,
            dy=20,
        )
        for i in pilihan
    )


def _ringkasan_tren(titik: Sequence[Titik], jenis: Jenis, satuan: str, kata: str) -> str:
    ada = [t for t in titik if t.nilai is not None]
    awal, akhir = ada[0], ada[-1]
    return (
        f"{awal.label} {tulis_angka(awal.nilai, jenis, satuan)}, {akhir.label} "
        f"{tulis_angka(akhir.nilai, jenis, satuan)}{f' ({kata})' if akhir.sementara else ''}. "
        f"{len(titik) - len(ada)} dari {len(titik)} bulan tanpa data."
    )
