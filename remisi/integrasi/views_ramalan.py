"""Forecasts of releases: one unit with its occupancy, and sums over what a person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pelaporan.selectors import cakupan_izin
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.bagan import Titik, tren
from pemasyarakatan.inti.galat import Ditolak
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from remisi.integrasi import ramalan
from remisi.integrasi import selectors as baca
from remisi.integrasi.kalender import EKSPIRASI
from remisi.integrasi.ramalan import BULAN_RAMALAN, PENUH, Hunian, Ramalan
from remisi.integrasi.views import jalur, jalur_integrasi
from remisi.nasional.tekan import BATAS, samar_daftar, samar_tabel
from upt.permintaan import Permintaan

CARA = {"PB": "PB", "CB": "CB", "CMB": "CMB", EKSPIRASI: "Bebas murni"}


@dataclass(frozen=True)
class BarisBulan:
    """One month: persons by way of leaving when everything is granted in time, and when nothing is."""

    bulan: Bulan
    cara: Sequence[tuple[str, int | None]]
    jumlah: int | None
    tanpa: int | None
    sisa: int | None = None
    sisa_tanpa: int | None = None


def _bulan(kini: Bulan) -> list[Bulan]:
    return kini.rentang(kini + (BULAN_RAMALAN - 1))


# ---------------------------------------------------------------- one unit


@never_cache
@masuk_dulu
@require_safe
def unit(request: Permintaan, kode: str) -> HttpResponse:
    upt = baca.unit_integrasi(request.cakupan, request.user, kode)
    kini = hari_ini(upt.zona)
    r = ramalan.ramalan_unit(upt)
    hunian = ramalan.hunian_unit(upt, kini)
    lebih = hunian.isi is not None and r.orang > hunian.isi  # the two speak of different people: nothing to subtract
    baris = _baris_unit(r, replace(hunian, isi=None) if lebih else hunian, Bulan.pada(kini))
    isi = {
        "upt": upt,
        "kini": kini,
        "ramalan": r,
        "hunian": hunian,
        "cara": list(CARA.values()),
        "baris": baris,
        "bagan_keluar": _bagan_keluar(baris),
        "bagan_isi": _bagan_isi(baris) if hunian.isi is not None and not lebih else "",
        "lebih": lebih,
        "membaca_orang": boleh(request.user, Izin.LIHAT_WARGA, upt),
        "jalur": jalur(upt, jalur_integrasi(upt)),
    }
    return render(request, "remisi/integrasi_ramalan.html", isi)


def _baris_unit(r: Ramalan, hunian: Hunian, kini: Bulan) -> list[BarisBulan]:
    hasil, sisa, sisa_tanpa = [], hunian.isi, hunian.isi
    for bulan in _bulan(kini):
        jumlah, tanpa = r.keluar(PENUH, bulan), r.keluar(EKSPIRASI, bulan)
        sisa = sisa - jumlah if sisa is not None else None
        sisa_tanpa = sisa_tanpa - tanpa if sisa_tanpa is not None else None
        cara = [(label, r.keluar(PENUH, bulan, kode)) for kode, label in CARA.items()]
        hasil.append(BarisBulan(bulan, cara, jumlah, tanpa, sisa, sisa_tanpa))
    return hasil


def _bagan_keluar(baris: list[BarisBulan]) -> Any:
    titik = [Titik(b.bulan.nama_pendek, b.jumlah) for b in baris]
    judul = "Orang keluar setiap bulan bila semua program diberikan tepat waktu; abu-abu: bebas murni saja"
    return tren(titik, judul=judul, satuan="orang", lalu=[b.tanpa for b in baris])


def _bagan_isi(baris: list[BarisBulan]) -> Any:
    titik = [Titik(b.bulan.nama_pendek, b.sisa) for b in baris]
    judul = "Isi bila tidak ada yang masuk dan semua program diberikan tepat waktu; abu-abu: bebas murni saja"
    return tren(titik, judul=judul, satuan="orang", lalu=[b.sisa_tanpa for b in baris])


# ---------------------------------------------------------------- Kanwil and nation


@never_cache
@masuk_dulu
@require_safe
def wilayah(request: Permintaan) -> HttpResponse:
    """Sums of everything this person may see; small counts are closed, because they are of few persons."""
    if not boleh(request.user, Izin.LIHAT_TOTAL):
        raise Ditolak("Peran Anda tidak membaca ramalan keluar.")
    cakupan, kini = cakupan_izin(request.user, Izin.LIHAT_TOTAL), hari_ini()
    w = ramalan.wilayah(cakupan, kini)
    baris = _baris_wilayah(w.ramalan, Bulan.pada(kini)) if w.ramalan else []
    daerah, total = samar_daftar([_jumlah(b.ramalan, Bulan.pada(kini)) for b in w.baris])
    isi = {
        "kini": kini,
        "wilayah": w,
        "nasional": cakupan.nasional,
        "cara": list(CARA.values()),
        "baris": baris,
        "bagan": _bagan_keluar(baris) if baris else "",
        "daerah": list(zip(w.baris, daerah, strict=True)),
        "total": total,
        "orang": _orang(w.ramalan, Bulan.pada(kini)),
        "tanpa_tanggal": _tanpa_tanggal(w.ramalan),
        "jalur": [],
    }
    return render(request, "remisi/integrasi_wilayah.html", isi)


def _orang(r: Ramalan | None, kini: Bulan) -> str:
    """How many were counted: rounded down where who leaves after these months, the rest, would be few."""
    if r is None or r.orang < BATAS:
        return f"kurang dari {BATAS}"
    keluar = [sum(r.keluar(s, bulan) for bulan in _bulan(kini)) for s in (PENUH, EKSPIRASI)]
    dekat = any(0 < r.orang - n < BATAS for n in keluar)
    return f"lebih dari {tulis_angka((r.orang - 1) // 10 * 10)}" if dekat else tulis_angka(r.orang)


def _tanpa_tanggal(r: Ramalan | None) -> str:
    """How many could not be counted: few of them are not told exactly."""
    n = r.tanpa_tanggal if r else 0
    return f"kurang dari {BATAS}" if 0 < n < BATAS else tulis_angka(n) if n else ""


def _jumlah(r: Ramalan | None, kini: Bulan) -> int:
    return sum(r.keluar(PENUH, bulan) for bulan in _bulan(kini)) if r else 0


def _baris_wilayah(r: Ramalan, kini: Bulan) -> list[BarisBulan]:
    """Months by ways of leaving, closed where few persons could be told; the other scenario is closed for itself."""
    bulan = _bulan(kini)
    tabel = samar_tabel([[r.keluar(PENUH, b, kode) for kode in CARA] for b in bulan])
    tanpa, _ = samar_daftar([r.keluar(EKSPIRASI, b) for b in bulan])
    return [
        BarisBulan(b, list(zip(CARA.values(), sel, strict=True)), jumlah, satu)
        for b, sel, jumlah, satu in zip(bulan, tabel.sel, tabel.baris, tanpa, strict=True)
    ]
