"""The calendar strip of a plot: what was planted, tended and harvested over twelve months, as one small SVG. Pure.

Shape says what colour says: planting is a triangle, tending a bar, a harvest a disc, a failure a cross. What is only
expected is open and dotted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from pemasyarakatan.inti.svg import DASAR, KELAS, NAVY, REDUP, SASARAN, TEPI, TINTA, bingkai, gabung, koord
from pemasyarakatan.inti.waktu import Bulan, nama_bulan, tulis_tanggal

BULAN_LALU = 8
"""Months before this one; with this one and those to come it makes twelve."""
_LAJUR = 16
_TEBAL = 8


@dataclass(frozen=True, slots=True)
class Jendela:
    """Twelve months with today in them."""

    awal: Bulan
    hari_ini: date

    @classmethod
    def sekitar(cls, hari_ini: date) -> Jendela:
        return cls(Bulan.pada(hari_ini) - BULAN_LALU, hari_ini)

    @property
    def nama(self) -> str:
        return f"{self.awal.nama} sampai {(self.awal + 11).nama}"

    @property
    def bulan(self) -> list[Bulan]:
        return self.awal.rentang(self.awal + 11)

    @property
    def dari(self) -> date:
        return self.awal.awal

    @property
    def sampai(self) -> date:
        return (self.awal + 11).akhir

    @property
    def sumbu(self) -> SafeString:
        """The names of the months, once above all strips."""
        nama = (
            format_html(
                '<text x="{}%" y="12" font-size="12" text-anchor="middle" fill="{}">{}</text>',
                koord((self.x(b.awal) + self.x(b.akhir)) / 2), REDUP, nama_bulan(b.bulan, pendek=True),
            )
            for b in self.bulan
        )  # fmt: skip
        return bingkai(f"Bulan {self.nama}", "", 16, gabung(nama))

    def x(self, hari: date) -> float:
        """Percent from the left, within the strip."""
        persen = 100 * (hari - self.dari).days / ((self.sampai - self.dari).days + 1)
        return min(max(persen, 0.0), 100.0)

    def memuat(self, hari: date) -> bool:
        return self.dari <= hari <= self.sampai


@dataclass(frozen=True, slots=True)
class Lajur:
    """One cycle: `perkiraan` is the expected harvest of one that runs, `panen` the days it was harvested."""

    nama: str
    tanam: date
    selesai: date | None
    perkiraan: date | None
    gagal: bool
    panen: tuple[date, ...]

    def kalimat(self) -> str:
        """The same in words, for the table beside the strip and for those who do not see it."""
        bagian = [f"{self.nama}: mulai {tulis_tanggal(self.tanam)}"]
        if self.panen:
            bagian.append("panen " + ", ".join(tulis_tanggal(h, pendek=True) for h in self.panen))
        if self.selesai is not None:
            bagian.append(f"{'gagal' if self.gagal else 'selesai'} {tulis_tanggal(self.selesai)}")
        elif self.perkiraan is not None:
            bagian.append(f"perkiraan panen {tulis_tanggal(self.perkiraan)}")
        return "; ".join(bagian)


def pita(nama: str, lajur: Sequence[Lajur], jendela: Jendela) -> SafeString:
    """The strip of one plot; several cycles at a time stand below each other."""
    tingkat = _tingkat(lajur)
    tinggi = _LAJUR * (max(tingkat, default=0) + 1) + 4
    isi = [_kisi(jendela, tinggi)]
    for satu, n in zip(lajur, tingkat, strict=True):
        isi.append(_satu(satu, jendela, _LAJUR * n + _LAJUR / 2 + 2))
    isi.append(_kini(jendela, tinggi))
    ket = ". ".join(satu.kalimat() for satu in lajur) or "Tidak ada yang ditanam atau dipelihara."
    return bingkai(f"Kalender {nama}", ket, tinggi, gabung(isi))


def _tingkat(lajur: Sequence[Lajur]) -> list[int]:
    """For each cycle the first row that is free when it starts."""
    penuh: list[date] = []
    hasil = []
    for satu in lajur:
        akhir = satu.selesai or satu.perkiraan or date.max
        n = next((n for n, sampai in enumerate(penuh) if sampai <= satu.tanam), len(penuh))
        penuh[n : n + 1] = [max(akhir, satu.tanam)]
        hasil.append(n)
    return hasil


def _kisi(jendela: Jendela, tinggi: float) -> SafeString:
    """Ground and month lines as one stretched path."""
    garis = "".join(f"M{koord(jendela.x(b.awal))} 0V10" for b in jendela.bulan[1:])
    return format_html(
        '<rect width="100%" height="{}" rx="4" fill="{}"/><svg width="100%" height="{}" viewBox="0 0 100 10" '
        'preserveAspectRatio="none"><path d="{}" stroke="{}" vector-effect="non-scaling-stroke"/></svg>',
        koord(tinggi), DASAR, koord(tinggi), garis, "#fff",
    )  # fmt: skip


def _kini(jendela: Jendela, tinggi: float) -> SafeString:
    x = koord(jendela.x(jendela.hari_ini))
    return format_html(
        '<line x1="{}%" x2="{}%" y1="0" y2="{}" stroke="{}" stroke-width="2"/>', x, x, koord(tinggi), TINTA
    )


def _satu(satu: Lajur, jendela: Jendela, y: float) -> SafeString:
    """Bar up to today or the end, dotted bar up to what is expected, and the marks on it."""
    nyata = satu.selesai or max(min(jendela.hari_ini, jendela.sampai), satu.tanam)
    potongan = [_bar(jendela, satu.tanam, nyata, y)]
    if satu.selesai is None and satu.perkiraan is not None:
        potongan.append(_bar(jendela, nyata, satu.perkiraan, y, putus=True))
    if jendela.memuat(satu.tanam):
        potongan.append(_tanda(jendela, satu.tanam, y, _SEGITIGA))
    potongan += [_cakram(jendela, hari, y) for hari in satu.panen if jendela.memuat(hari)]
    if satu.selesai is None and satu.perkiraan is not None and jendela.memuat(satu.perkiraan):
        potongan.append(_cakram(jendela, satu.perkiraan, y, putus=True))
    if satu.gagal and satu.selesai is not None and jendela.memuat(satu.selesai):
        potongan.append(_tanda(jendela, satu.selesai, y, _SILANG))
    return gabung(potongan)


def _bar(jendela: Jendela, dari: date, sampai: date, y: float, *, putus: bool = False) -> SafeString:
    kiri, lebar = jendela.x(dari), jendela.x(sampai) - jendela.x(dari)
    if lebar <= 0:
        return SafeString("")
    gaya = (
        format_html('fill="#fff" stroke="{}" stroke-dasharray="2 3"', TEPI)
        if putus
        else format_html('fill="{}"', KELAS[1])
    )
    return format_html(
        '<rect x="{}%" y="{}" width="{}%" height="{}" {}/>',
        koord(kiri), koord(y - _TEBAL / 2), koord(lebar), _TEBAL, gaya,
    )  # fmt: skip


def _tanda(jendela: Jendela, hari: date, y: float, bentuk: SafeString) -> SafeString:
    return format_html('<svg x="{}%" y="{}" overflow="visible">{}</svg>', koord(jendela.x(hari)), koord(y), bentuk)


_SEGITIGA = format_html('<path d="M-1-7L8 0L-1 7Z" fill="{}"/>', NAVY)
_SILANG = format_html('<path d="M-5-5L5 5M5-5L-5 5" stroke-width="3" stroke="{}"/>', SASARAN)


def _cakram(jendela: Jendela, hari: date, y: float, *, putus: bool = False) -> SafeString:
    gaya = (
        format_html('fill="#fff" stroke="{}" stroke-width="1.5" stroke-dasharray="2 2"', TINTA)
        if putus
        else format_html('fill="{}" stroke="{}"', "#f46a25", TINTA)
    )
    return format_html('<circle cx="{}%" cy="{}" r="5" {}/>', koord(jendela.x(hari)), koord(y), gaya)


_CONTOH = (
    ("tanam", "Tanam atau tebar"),
    ("rawat", "Rawat"),
    ("panen", "Panen"),
    ("taksir", "Perkiraan"),
    ("gagal", "Gagal"),
)


def arti() -> list[tuple[SafeString, str]]:
    """Each mark with its word."""
    return [(_gambar_arti(kode), kata) for kode, kata in _CONTOH]


def _gambar_arti(kode: str) -> SafeString:
    isi = {
        "tanam": format_html('<path d="M4 1L13 8L4 15Z" fill="{}"/>', NAVY),
        "rawat": format_html('<rect y="4" width="16" height="8" fill="{}"/>', KELAS[1]),
        "panen": format_html('<circle cx="8" cy="8" r="5" fill="#f46a25" stroke="{}"/>', TINTA),
        "taksir": format_html(
            '<circle cx="8" cy="8" r="5" fill="#fff" stroke="{}" stroke-width="1.5" stroke-dasharray="2 2"/>', TINTA
        ),
        "gagal": format_html('<path d="M3 3L13 13M13 3L3 13" stroke-width="3" stroke="{}"/>', SASARAN),
    }[kode]
    return format_html('<svg class="ikon" width="16" height="16" aria-hidden="true">{}</svg>', isi)
