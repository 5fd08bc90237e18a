"""The food register of a Kanwil and of the nation, and one cluster of either; every table can be taken along as CSV."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pangan.models import Klaster
from pangan.wilayah import berkas_csv as csv_wilayah
from pangan.wilayah import halaman as halaman_wilayah
from pangan.wilayah import klaster as halaman_klaster
from pangan.wilayah import selectors as baca
from pangan.wilayah.angka import liputan_unit
from pangan.wilayah.forms import SaringanBulan
from pangan.wilayah.halaman import Halaman
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti import csv_keluar
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.ramai import berat
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu, hari_ini, tulis_tanggal
from upt.cakupan import Cakupan
from upt.permintaan import Permintaan

BANYAK_NASIONAL, BANYAK_KANWIL = 15, 100
BANYAK_BULAN = 36
PALING_AWAL = Bulan(2010, 1)


@berat
@never_cache
@masuk_dulu
@require_safe
def nasional(request: Permintaan) -> HttpResponse:
    """The nation; others are taken to what is theirs."""
    cakupan = _cakupan(request)
    if not cakupan.nasional:
        return redirect("pangan:beranda")
    h = _halaman(request, cakupan, "")
    ukuran = request.GET.get("ukuran") or next(iter(halaman_wilayah.UKURAN))
    if ukuran not in halaman_wilayah.UKURAN:
        raise TidakSah("Pilihan peta ini tidak dikenal. Buka lagi halaman nasional.")
    return _jawab(request, cakupan, h, lambda baris: {"peta": halaman_wilayah.peta(h, baris, ukuran)})


@berat
@never_cache
@masuk_dulu
@require_safe
def kanwil(request: Permintaan, slug: str) -> HttpResponse:
    cakupan = _cakupan(request)
    return _jawab(request, cakupan, _halaman(request, cakupan, slug), lambda baris: {})


def _jawab(
    request: Permintaan, cakupan: Cakupan, h: Halaman, khusus: Callable[[list[halaman_wilayah.Baris]], dict[str, Any]]
) -> HttpResponse:
    """The page, or one of its tables as a file."""
    gaya = csv_keluar.gaya_diminta(request)
    if gaya is not None:
        return csv_keluar.jawab(csv_wilayah.tabel(cakupan, h, request.GET.get("tabel", "")), gaya)
    baris = halaman_wilayah.baris_wilayah(h)
    isi = {**_kerangka(request, cakupan, h), **_isi(request, cakupan, h, baris), **khusus(baris)}
    return render(request, "pangan/wilayah.html", isi)


def _isi(request: Permintaan, cakupan: Cakupan, h: Halaman, baris: list[halaman_wilayah.Baris]) -> dict[str, Any]:
    """Every part of the page, in the order of its questions."""
    tempat, banyak = h.wilayah.id, BANYAK_NASIONAL if h.nasional else BANYAK_KANWIL
    deret, gagal = baca.deret(cakupan, tempat, h.bulan), baca.gagal(cakupan, tempat, h.bulan)
    pertama = baca.bulan_pertama(cakupan, tempat)
    lewat = baca.lewat_panen(cakupan, tempat, h.hari, banyak=banyak)
    li = liputan_unit(h.unit)
    return {
        "kosong": not any(u.register for u in h.unit),
        "liputan": halaman_wilayah.kalimat_liputan(li),
        "li": li,
        "utama": halaman_wilayah.angka_utama(h, li, baca.serapan_minimum(h.bulan)),
        "klaster": [
            halaman_klaster.gambar_klaster(h, k, halaman_klaster.setahun(deret, gagal, k, h.bulan, pertama))
            for k in Klaster.values
        ],
        "tabel": halaman_wilayah.tabel_wilayah(h, baris),
        "lahan": halaman_wilayah.lahan(h, baris),
        "ramalan": halaman_klaster.ramalan(h, baca.akan_panen(cakupan, tempat, h.hari)),
        "lewat": halaman_klaster.lewat(h, *lewat),
        "belum": halaman_wilayah.belum(h),
        "tanpa_rencana": halaman_wilayah.tanpa_rencana(h, banyak),
        "banding": halaman_wilayah.banding(h, request.GET.get("kelas", "")),
        "komoditas": halaman_wilayah.komoditas(baca.komoditas_bulan(cakupan, tempat, h.bulan, h.hari)),
    }


@berat
@never_cache
@masuk_dulu
@require_safe
def klaster(request: Permintaan, klaster: str) -> HttpResponse:
    """One cluster of the nation or (`?wilayah=`) of a Kanwil."""
    if klaster not in Klaster.values:
        raise TidakDitemukan("Klaster ini tidak ada. Pilih salah satu dari halaman ketahanan pangan.")
    cakupan = _cakupan(request)
    h = _halaman(request, cakupan, request.GET.get("wilayah", "") or _wilayah_sendiri(cakupan))
    gaya = csv_keluar.gaya_diminta(request)
    if gaya is not None:
        return csv_keluar.jawab(csv_wilayah.tabel_klaster(cakupan, h, klaster), gaya)
    isi = {**_kerangka(request, cakupan, h), **_isi_klaster(request, cakupan, h, klaster)}
    isi["jalur"] = [
        *isi["jalur"],
        {"label": h.wilayah.nama, "url": halaman_wilayah.url_wilayah(h.wilayah.slug, h.bulan)},
    ]
    return render(request, "pangan/wilayah_klaster.html", isi)


def _isi_klaster(request: Permintaan, cakupan: Cakupan, h: Halaman, klaster: str) -> dict[str, Any]:
    tempat, banyak = h.wilayah.id, BANYAK_NASIONAL if h.nasional else BANYAK_KANWIL
    bulan = halaman_klaster.setahun(
        baca.deret(cakupan, tempat, h.bulan),
        baca.gagal(cakupan, tempat, h.bulan),
        klaster,
        h.bulan,
        baca.bulan_pertama(cakupan, tempat),
    )
    lewat = baca.lewat_panen(cakupan, tempat, h.hari, klaster, banyak=banyak)
    return {
        "liputan": halaman_wilayah.kalimat_liputan(liputan_unit(h.unit)),
        "k": halaman_klaster.gambar_klaster(h, klaster, bulan, tinggi=240),
        "lain": [
            (k.label, halaman_wilayah.url_klaster(k.value, h.wilayah.slug, h.bulan), k == klaster) for k in Klaster
        ],
        "baris": halaman_klaster.baris_klaster(h, klaster, baca.tahap(cakupan, tempat, h.hari, klaster)),
        "benda": h.benda,
        "ramalan": halaman_klaster.ramalan(h, baca.akan_panen(cakupan, tempat, h.hari, klaster)),
        "lewat": halaman_klaster.lewat(h, *lewat),
        "gagal": halaman_klaster.baris_gagal(baca.gagal_terakhir(cakupan, tempat, klaster, h.bulan)),
        "banding": halaman_wilayah.banding(h, request.GET.get("kelas", ""), klaster),
    }


# ---------------------------------------------------------------- shared


def _cakupan(request: Permintaan) -> Cakupan:
    if not boleh(request.user, Izin.LIHAT_REGISTER):
        raise Ditolak("Peran Anda tidak membaca register UPT.")
    return Cakupan.dari(request.user, Izin.LIHAT_REGISTER)


def _wilayah_sendiri(cakupan: Cakupan) -> str:
    """The person's own region: "" is the nation."""
    if cakupan.nasional:
        return ""
    milik = baca.semua_kanwil(cakupan)
    if not milik:
        raise TidakDitemukan("Halaman ini untuk Kanwil dan pusat. Buka register UPT Anda dari Beranda.")
    return milik[0].slug


def _halaman(request: Permintaan, cakupan: Cakupan, slug: str) -> Halaman:
    wilayah = baca.wilayah(cakupan, slug)
    bulan = _bulan(request, wilayah.zona)
    hari = min(bulan.akhir, hari_ini(wilayah.zona))
    unit = baca.unit_bulan(cakupan, wilayah.id, bulan, hari)
    return Halaman(wilayah, bulan, hari, unit, () if wilayah.id else baca.semua_kanwil(cakupan))


def _bulan(request: Permintaan, zona: str) -> Bulan:
    """The month asked for; without one the last that has ended."""
    kini = Bulan.kini(zona)
    diminta = request.GET.get("bulan")
    try:
        bulan = Bulan.dari(diminta) if diminta else kini - 1
    except GalatWaktu as galat:
        raise TidakSah(galat.pesan) from galat
    if not PALING_AWAL <= bulan <= kini:
        raise TidakSah(f"Tidak ada catatan pada {bulan.nama}. Pilih bulan dari {PALING_AWAL.nama} sampai {kini.nama}.")
    return bulan


def _kerangka(request: Permintaan, cakupan: Cakupan, h: Halaman) -> dict[str, Any]:
    """Filter, neighbouring months, drill path."""
    kini = Bulan.kini(h.wilayah.zona)
    bulan = sorted({*(kini - (BANYAK_BULAN - 1)).rentang(kini), h.bulan}, reverse=True)
    atas = cakupan.nasional and not h.nasional
    return {
        "h": h,
        "wilayah": h.wilayah,
        "bulan": h.bulan,
        "saringan": SaringanBulan(bulan=bulan, initial={"bulan": h.bulan.kode}),
        "bulan_lalu": _tetangga(request, h.bulan - 1) if h.bulan > PALING_AWAL else None,
        "bulan_berikut": _tetangga(request, h.bulan + 1) if h.bulan < kini else None,
        "jalur": [{"label": "Ketahanan pangan nasional", "url": halaman_wilayah.url_wilayah("", h.bulan)}]
        if atas
        else [],
        "url_f06": halaman_wilayah.url_f06(h.wilayah, h.bulan),
        "hari": tulis_tanggal(h.hari),
    }


def _tetangga(request: Permintaan, bulan: Bulan) -> tuple[str, str]:
    """(name, address) of the same page in another month."""
    data = request.GET.copy()
    data["bulan"] = bulan.kode
    return bulan.nama, f"{request.path}?{data.urlencode()}"
