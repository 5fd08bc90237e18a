"""Who has reported: one Kanwil's units by month, and the nation with one row per Kanwil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pelaporan.antrean.selectors import daftar_formulir
from pelaporan.kelengkapan import selectors as baca
from pelaporan.kelengkapan.forms import FormKelengkapan
from pelaporan.kelengkapan.matriks import Baris, Hitungan, Petak, jumlah_bulan, susun, terburuk_dulu
from pelaporan.kelengkapan.tabel import tabel_kanwil, tabel_nasional
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti import csv_keluar
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan
from pemasyarakatan.inti.ramai import berat
from pemasyarakatan.inti.waktu import Bulan, sekarang
from upt.models import UPT, Kanwil
from upt.permintaan import Permintaan
from upt.selectors import daftar_kanwil


@berat
@login_required
@require_safe
def kelengkapan(request: Permintaan) -> HttpResponse:
    """The nation; others are taken to the Kanwil that is theirs."""
    _pastikan_boleh(request)
    if not request.cakupan.nasional:
        milik = _kanwil_sendiri(request)
        alamat = reverse("pelaporan:kelengkapan_kanwil", args=[milik.slug])
        return redirect(f"{alamat}?{request.GET.urlencode()}" if request.GET else alamat)
    form, pilihan, rentang = _pilihan(request)
    kini = sekarang()
    per_kanwil = baca.hitungan_kanwil(request.cakupan, rentang, pilihan["formulir"], kini)
    if gaya := csv_keluar.gaya_diminta(request):
        bagian = [(k, per_kanwil.get(k.pk, {})) for k in daftar_kanwil(request.cakupan)]
        return csv_keluar.jawab(tabel_nasional(pilihan["formulir"], _bulan(rentang), bagian, kini), gaya)
    semua = [_baris_kanwil(k, per_kanwil.get(k.pk, {}), rentang, request) for k in daftar_kanwil(request.cakupan)]
    jumlah = {b: sum((p.get(b, Hitungan()) for p in per_kanwil.values()), Hitungan()) for b in _bulan(rentang)}
    isi = {
        "form_saring": form,
        "tahun": rentang[0].year,
        "bulan": [Bulan.pada(b) for b in _bulan(rentang)],
        "baris": _urutkan(semua, pilihan["urut"]),
        "jumlah": [_persen(h.persen_tepat) for h in jumlah.values()],
        "total": sum(jumlah.values(), Hitungan()),
        "kini": kini,
    }
    return render(request, "pelaporan/kelengkapan.html", isi)


@berat
@login_required
@require_safe
def kelengkapan_kanwil(request: Permintaan, slug: str) -> HttpResponse:
    """Units of one Kanwil by month; a unit's own people see their own row."""
    _pastikan_boleh(request)
    kanwil = baca.kanwil_terlihat(request.cakupan).filter(slug=slug).first()
    if kanwil is None:
        raise TidakDitemukan("Kanwil ini tidak ada, atau bukan wilayah Anda.")
    form, pilihan, rentang = _pilihan(request)
    kini = sekarang()
    baris = susun(baca.kewajiban(request.cakupan, kanwil, rentang, pilihan["formulir"]), kini)
    unit = baca.unit_kanwil(request.cakupan, set(baris))
    if gaya := csv_keluar.gaya_diminta(request):
        bagian = [(unit[k], b) for k, b in baris.items() if k in unit]
        return csv_keluar.jawab(tabel_kanwil(kanwil, pilihan["formulir"], _bulan(rentang), bagian, kini), gaya)
    tampak = [_baris_unit(unit[k], b, rentang, pilihan["formulir"]) for k, b in baris.items() if k in unit]
    if pilihan["tampil"] == "belum":
        tampak = [t for t in tampak if t.belum]
    jumlah = jumlah_bulan(baris.values())
    isi = {
        "form_saring": form,
        "kanwil": kanwil,
        "tahun": rentang[0].year,
        "bulan": [Bulan.pada(b) for b in _bulan(rentang)],
        "baris": _urutkan(tampak, pilihan["urut"]),
        "jumlah": [_tepat(jumlah.get(b, Hitungan())) for b in _bulan(rentang)],
        "total": sum(jumlah.values(), Hitungan()),
        "satu": pilihan["formulir"],
        "kini": kini,
        "jalur": [{"label": "Nasional", "url": f"{reverse('pelaporan:kelengkapan')}?{request.GET.urlencode()}"}]
        if request.cakupan.nasional
        else [],
    }
    return render(request, "pelaporan/kelengkapan_kanwil.html", isi)


def _pastikan_boleh(request: Permintaan) -> None:
    if not boleh(request.user, Izin.LIHAT_DASBOR):
        raise Ditolak("Peran Anda tidak membaca kelengkapan laporan.")


def _kanwil_sendiri(request: Permintaan) -> Kanwil:
    milik = baca.kanwil_terlihat(request.cakupan).first()
    if milik is None:
        raise Ditolak("Anda belum mempunyai penugasan yang berlaku.")
    return milik


def _pilihan(request: Permintaan) -> tuple[FormKelengkapan, dict[str, str], baca.Rentang]:
    tahun = baca.tahun_tersedia(request.cakupan) or [Bulan.kini().tahun]
    form = FormKelengkapan(request.GET, tahun=tahun, formulir=daftar_formulir())
    pilihan = form.pilihan()
    awal = int(pilihan["tahun"])
    return form, pilihan, (date(awal, 1, 1), date(awal, 12, 1))


def _bulan(rentang: baca.Rentang) -> list[date]:
    return [date(rentang[0].year, n, 1) for n in range(1, 13)]


# ---------------------------------------------------------------- rows as shown


@dataclass(frozen=True)
class BarisTampil:
    """One row of a matrix: a unit or a Kanwil."""

    nama: str
    url: str
    sel: list[dict[str, Any]]
    hitungan: Hitungan
    belum: int
    urutan: tuple[Any, ...]

    @property
    def tepat(self) -> str:
        return _tepat(self.hitungan)

    @property
    def lengkap(self) -> str:
        return _persen(self.hitungan.persen_lengkap)


def _tepat(h: Hitungan) -> str:
    return f"{tulis_angka(h.tepat)}/{tulis_angka(h.diharapkan)}" if h.diharapkan else ""


def _persen(nilai: Decimal | None) -> str:
    """Never rounded up to "all": 99.9 % is not 100 %."""
    if nilai is None:
        return ""
    return tulis_angka(min(nilai.quantize(Decimal(1)), Decimal(100 if nilai == 100 else 99)), "persen", desimal=0)


def _baris_unit(upt: UPT, baris: Baris, rentang: baca.Rentang, formulir: str) -> BarisTampil:
    sel = [_sel(upt, Bulan.pada(b), baris.petak.get(b), formulir) for b in _bulan(rentang)]
    url = reverse("pelaporan:beranda_upt", args=[upt.kode])
    return BarisTampil(upt.nama, url, sel, baris.hitungan, baris.belum, terburuk_dulu(baris))


def _sel(upt: UPT, bulan: Bulan, petak: Petak | None, formulir: str) -> dict[str, Any]:
    """A cell: its mark, its address, and in words what the mark says."""
    if petak is None:
        return {"kosong": True}
    if not petak.wajib:
        return {"bebas": True, "kata": f"{upt.nama}, {bulan.nama}: dibebaskan", "url": _url(upt, bulan, formulir)}
    return {
        "status": petak.status,
        "terlambat": petak.terlambat,
        "belum": petak.belum if petak.belum < petak.wajib and not formulir else 0,
        "kata": f"{upt.nama}, {bulan.nama}",
        "rincian": "" if formulir else f"{petak.wajib - petak.belum} dari {petak.wajib} formulir dikirim",
        "url": _url(upt, bulan, formulir),
    }


def _url(upt: UPT, bulan: Bulan, formulir: str) -> str:
    if formulir:
        return reverse("pelaporan:laporan", kwargs={"kode": upt.kode, "bulan": bulan, "formulir": formulir})
    return f"{reverse('pelaporan:beranda_upt', args=[upt.kode])}?bulan={bulan.kode}"


def _baris_kanwil(
    kanwil: Kanwil, per_bulan: dict[date, Hitungan], rentang: baca.Rentang, request: Permintaan
) -> BarisTampil:
    url = f"{reverse('pelaporan:kelengkapan_kanwil', args=[kanwil.slug])}?{request.GET.urlencode()}"
    total = sum(per_bulan.values(), Hitungan())
    sel = [{"teks": _persen(per_bulan.get(b, Hitungan()).persen_tepat)} for b in _bulan(rentang)]
    lengkap = total.persen_lengkap
    urutan = (Decimal(101) if lengkap is None else lengkap, kanwil.kode)
    return BarisTampil(str(kanwil), url, sel, total, total.diharapkan - total.diterima, urutan)


def _urutkan(baris: list[BarisTampil], urut: str) -> list[BarisTampil]:
    kunci = (lambda b: b.nama) if urut == "nama" else (lambda b: (b.urutan, b.nama))
    return sorted(baris, key=kunci)
