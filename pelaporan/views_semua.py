"""All sections of a report on one page to read or print, and the same form empty for paper."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pelaporan import selectors
from pelaporan.alur import dapat_diisi
from pelaporan.halaman import alamat, ambil, jalur, url_telusur
from pelaporan.models import Laporan
from pelaporan.pembekuan import periksa_draf
from pelaporan.sajian import BagianSaji, lembar_kosong, sajikan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.waktu import Bulan, sekarang
from upt.permintaan import Permintaan

BARIS_KOSONG = 8
"""Empty rows of a line list on paper."""


@never_cache
@login_required
@require_safe
def semua(request: Permintaan, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """Everything in the report: the draft for those who fill it in, the latest sent version for others."""
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    mengisi = dapat_diisi(laporan.status) and boleh(request.user, Izin.ISI_LAPORAN, laporan)
    bagian, asal = _isi(laporan, mengisi)
    isi: dict[str, Any] = {
        "laporan": laporan,
        "bagian": bagian,
        "asal": asal,
        "mengisi": mengisi,
        "jalur": jalur(laporan),
        "kini": sekarang(),
    }
    return render(request, "pelaporan/semua.html", isi)


def _isi(laporan: Laporan, mengisi: bool) -> tuple[list[BagianSaji], str]:
    """The sections and, in words, what they are."""
    if mengisi:
        hasil = periksa_draf(laporan)
        return sajikan(laporan.skema, hasil.beku()), "Draf, belum dikirim"
    if laporan.versi_masuk is None:
        return [], "Belum ada yang dikirim"
    versi = selectors.pilih_versi(selectors.versi_laporan(laporan), laporan.versi_masuk)
    sah = "terverifikasi" if laporan.versi_sah == versi.versi else "belum diverifikasi"
    bagian = sajikan(versi.formulir_versi.skema, versi.isi, partial(url_telusur, laporan))
    return bagian, f"Versi {versi.versi}, {sah}"


@login_required
@require_safe
def kosong(request: Permintaan, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """The empty form of the month for paper."""
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    isi = {
        "laporan": laporan,
        "bagian": lembar_kosong(laporan.skema),
        "baris_kosong": range(1, BARIS_KOSONG + 1),
        "semua": alamat(laporan, "semua"),
        "jalur": jalur(laporan),
    }
    return render(request, "pelaporan/kosong.html", isi)
