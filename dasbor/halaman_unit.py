"""What a Kanwil shows about its units, and what a unit sees of itself over the months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from dasbor import indikator as daftar_indikator
from dasbor.pilihan import (
    Pilihan,
    tautan,
    tulis,
    url_indikator,
    url_laporan,
    url_telusur,
    url_versi,
    url_wilayah,
)
from dasbor.rekap import Rekap
from dasbor.selectors import LaporanUnit, UnitBulan, Wilayah
from pelaporan.alur import Status
from pelaporan.skema import Skema
from pemasyarakatan.inti.waktu import Bulan
from upt.models import UPT

ANGKA_UNIT = (
    ("F01", "isi"),
    ("F01", "kapasitas"),
    ("F06", "wbp"),
    ("F06", "lahan"),
    ("F04", "total_kejadian"),
)
TAMPIL = {"": "Semua UPT", "belum": "Yang belum mengirim", "tunggu": "Yang menunggu verifikasi"}


def kode_unit() -> set[str]:
    return {k for _, k in ANGKA_UNIT} | {k for i in daftar_indikator.semua().values() for _, k in i.acuan}


class StatusForm(NamedTuple):
    """The state of one form of a unit. `nama` is the icon and the CSS class."""

    formulir: str
    status: str
    terlambat: bool
    url: str
    dibebaskan: bool


class BarisUnit(NamedTuple):
    wilayah: Wilayah
    url: str
    status: list[StatusForm | None]
    angka: list[SafeString]
    masuk: int
    wajib: int


def wilayah_upt(upt: UPT) -> Wilayah:
    return Wilayah("upt", upt.kode, upt.nama, upt.pk, upt.zona)


def pasangan(unit: Iterable[UnitBulan], nama: Mapping[int, UPT]) -> list[tuple[Wilayah, UnitBulan]]:
    """Units with their names, in alphabetical order; one that moved away has no name here and is left out."""
    ada = [(wilayah_upt(nama[u.upt_id]), u) for u in unit if u.upt_id in nama]
    return sorted(ada, key=lambda p: p[0].nama)


def pilah(unit: list[tuple[Wilayah, UnitBulan]], tampil: str) -> list[tuple[Wilayah, UnitBulan]]:
    """The units of one choice of TAMPIL."""
    if tampil == "belum":
        return [p for p in unit if any(lap.liputan.wajib and not lap.versi_masuk for lap in p[1].laporan.values())]
    if tampil == "tunggu":
        return [p for p in unit if any(lap.status == Status.DIKIRIM for lap in p[1].laporan.values())]
    return unit


def baris_unit(
    unit: list[tuple[Wilayah, UnitBulan]], formulir: list[str], skema: Mapping[str, Skema], pilihan: Pilihan
) -> list[BarisUnit]:
    return [
        BarisUnit(
            w,
            url_wilayah(w, pilihan),
            [_status(w, pilihan.bulan, u.laporan[f]) if f in u.laporan else None for f in formulir],
            _angka_unit(w, u.rekap, skema, pilihan),
            sum(lap.liputan.masuk for lap in u.laporan.values()),
            sum(lap.liputan.wajib for lap in u.laporan.values()),
        )
        for w, u in unit
    ]


def _status(w: Wilayah, bulan: Bulan, lap: LaporanUnit) -> StatusForm:
    url = url_laporan(w.kode, bulan, lap.formulir)
    return StatusForm(lap.formulir, lap.status, lap.terlambat, url, bool(lap.dibebaskan))


def _angka_unit(w: Wilayah, rekap: Rekap, skema: Mapping[str, Skema], pilihan: Pilihan) -> list[SafeString]:
    hasil = []
    for formulir, kode in _ada(skema):
        butir = skema[formulir].butir[kode]
        teks = tulis(rekap.nilai(formulir, kode, pilihan.dasar), butir.jenis_angka)
        hasil.append(tautan(url_telusur(formulir, kode, rekap.bulan, w.kode), teks, f"{butir.label}, {w.nama}"))
    return hasil


def lengkap(unit: Iterable[tuple[Wilayah, UnitBulan]]) -> int:
    """Units that have sent every form they owe."""
    return sum(u.rekap.liputan.masuk == u.rekap.liputan.wajib for _, u in unit)


# ---------------------------------------------------------------- one unit over the months


class BarisBulan(NamedTuple):
    bulan: Bulan
    angka: list[SafeString]
    indikator: SafeString
    laporan: list[tuple[str, str, bool, str]]


def baris_bulan(
    w: Wilayah, tren: Mapping[Bulan, UnitBulan], skema: Mapping[str, Skema], pilihan: Pilihan
) -> list[BarisBulan]:
    """Months newest first, those without any obligation left out."""
    return [
        BarisBulan(
            bulan,
            _angka_unit(w, u.rekap, skema, pilihan),
            _indikator(w, u.rekap, pilihan),
            [_versi(w, bulan, lap) for _, lap in sorted(u.laporan.items())],
        )
        for bulan, u in sorted(tren.items(), reverse=True)
        if u.laporan
    ]


def _indikator(w: Wilayah, rekap: Rekap, pilihan: Pilihan) -> SafeString:
    ind = pilihan.indikator
    nilai = ind.hitung(rekap, pilihan.dasar).nilai
    if nilai is None:
        return SafeString(tulis(None))
    return tautan(url_indikator(ind.kode, rekap.bulan, w.kode), ind.tulis(nilai), ind.nama)


def _versi(w: Wilayah, bulan: Bulan, lap: LaporanUnit) -> tuple[str, str, bool, str]:
    """(form, status, late, URL): the sent version, else the report itself."""
    if lap.versi_masuk:
        return (
            lap.formulir,
            lap.status,
            lap.terlambat,
            url_versi(w.kode, bulan, lap.formulir, lap.versi_masuk),
        )
    return lap.formulir, lap.status, lap.terlambat, url_laporan(w.kode, bulan, lap.formulir)


def label_angka(skema: Mapping[str, Skema]) -> list[Any]:
    return [skema[f].butir[k] for f, k in _ada(skema)]


def _ada(skema: Mapping[str, Skema]) -> list[tuple[str, str]]:
    return [(f, k) for f, k in ANGKA_UNIT if f in skema]
