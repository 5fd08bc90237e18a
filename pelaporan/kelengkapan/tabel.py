"""The completeness matrix as a table that leaves the portal. Pure: rows in, table out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from pelaporan.alur import LABEL_STATUS, Status
from pelaporan.kelengkapan.matriks import Baris, Hitungan, Petak
from pemasyarakatan.inti.csv_keluar import Isi, Tabel
from pemasyarakatan.inti.waktu import Bulan, Zona, tulis_waktu
from upt.models import UPT, Kanwil

_JUMLAH = ("Diharapkan", "Diterima", "Tepat waktu", "Terverifikasi", "Persen sel terisi")
_SATU_DESIMAL = Decimal("0.1")


def tabel_kanwil(
    kanwil: Kanwil, formulir: str, bulan: Sequence[date], isi: Iterable[tuple[UPT, Baris]], kini: datetime
) -> Tabel:
    """One row per unit: the state of every month, then the sums."""
    semua = sorted(isi, key=lambda p: p[0].nama)
    total = sum((b.hitungan for _, b in semua), Hitungan())
    baris = [(u.kode, u.nama, *(_petak(b.petak.get(satu)) for satu in bulan), *_jumlah(b.hitungan)) for u, b in semua]
    return Tabel(
        _nama(kanwil.slug, formulir, bulan),
        _keterangan(str(kanwil), formulir, bulan, total, kini, kanwil.zona),
        ("Kode UPT", "UPT", *_kepala_bulan(bulan), *_JUMLAH),
        baris,
    )


def tabel_nasional(
    formulir: str, bulan: Sequence[date], isi: Iterable[tuple[Kanwil, Mapping[date, Hitungan]]], kini: datetime
) -> Tabel:
    """One row per Kanwil: percent in time of every month, then the sums."""
    semua = [(k, per, sum(per.values(), Hitungan())) for k, per in isi]
    baris = [
        (k.kode, k.nama_pendek, *(_persen(per[satu].persen_tepat if satu in per else None) for satu in bulan),
         *_jumlah(h))
        for k, per, h in semua
    ]  # fmt: skip
    total = sum((h for _, _, h in semua), Hitungan())
    return Tabel(
        _nama("nasional", formulir, bulan),
        _keterangan("Nasional", formulir, bulan, total, kini, "WIB"),
        ("Kode Kanwil", "Kanwil", *(f"{k} (% tepat waktu)" for k in _kepala_bulan(bulan)), *_JUMLAH),
        baris,
    )


def _nama(wilayah: str, formulir: str, bulan: Sequence[date]) -> str:
    return "-".join(["kelengkapan", wilayah, *([formulir] if formulir else []), str(bulan[0].year)])


def _keterangan(
    wilayah: str, formulir: str, bulan: Sequence[date], total: Hitungan, kini: datetime, zona: Zona
) -> list[tuple[str, str]]:
    return [
        ("Kelengkapan", wilayah),
        ("Formulir", formulir or "semua"),
        ("Bulan", f"{Bulan.pada(bulan[0]).nama} sampai {Bulan.pada(bulan[-1]).nama}"),
        ("Cakupan", f"{total.diterima} dari {total.diharapkan} laporan diterima, {total.sah} terverifikasi"),
        ("Data per", tulis_waktu(kini, zona)),
    ]


def _kepala_bulan(bulan: Sequence[date]) -> list[str]:
    """Names without the year: a spreadsheet makes a date of "Januari 2026"."""
    return [Bulan.pada(satu).nama.split()[0] for satu in bulan]


def _petak(petak: Petak | None) -> str:
    if petak is None:
        return "tidak wajib"
    if not petak.wajib:
        return "dibebaskan"
    sisa = f", {petak.belum} dari {petak.wajib} belum dikirim" if petak.belum else ""
    return f"{LABEL_STATUS[Status(petak.status)]}{', terlambat' if petak.terlambat else ''}{sisa}"


def _jumlah(h: Hitungan) -> tuple[Isi, ...]:
    return (h.diharapkan, h.diterima, h.tepat, h.sah, _persen(h.persen_lengkap))


def _persen(nilai: Decimal | None) -> Decimal | None:
    """One decimal; never rounded up to "all"."""
    if nilai is None:
        return None
    return min(nilai.quantize(_SATU_DESIMAL), Decimal(100) if nilai == 100 else Decimal("99.9"))
