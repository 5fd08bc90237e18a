"""Nation and Kanwil, and the lists that their figures open: kinds, units, products, papers. All of one scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti import csv_keluar
from pemasyarakatan.inti.galat import Ditolak, TidakSah
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal
from umkm.katalog.views import alamat_produk
from umkm.legalitas import Tahap
from umkm.wilayah import halaman as tampil
from umkm.wilayah import selectors as baca
from umkm.wilayah import selectors_pameran as selectors_hasil_pameran
from umkm.wilayah.forms import FormJenis, FormProduk, FormSertifikat, FormUnit, FormWilayah
from umkm.wilayah.selectors import Lingkup
from upt.cakupan import Cakupan
from upt.models import Kanwil
from upt.permintaan import Permintaan
from upt.selectors import kanwil_sendiri, satu_kanwil, semua_kanwil

SEHALAMAN = 100
PAMERAN_TERBARU = 5


def cakupan_wilayah(request: Permintaan) -> Cakupan:
    """The region of somebody who serves above the units. Raises Ditolak."""
    if not boleh(request.user, Izin.LIHAT_REGISTER):
        raise Ditolak("Peran Anda tidak membaca register UPT.")
    cakupan = Cakupan.dari(request.user, Izin.LIHAT_REGISTER)
    if not (cakupan.nasional or cakupan.kanwil):
        raise Ditolak("Halaman wilayah dibaca oleh Kanwil dan Ditjenpas. Buka register UMKM unit Anda dari beranda.")
    return cakupan


def _saring(request: Permintaan, kelas: type[FormWilayah], kanwil: Kanwil | None = None) -> tuple[Lingkup, FormWilayah]:
    """The scope that the address asks for, and the filter as it was filled. Raises TidakSah, TidakDitemukan."""
    cakupan = cakupan_wilayah(request)
    form = _form(request, kelas, semua_kanwil() if cakupan.nasional and kanwil is None else [])
    if not form.is_valid():
        raise TidakSah(str(next(iter(form.errors.values()))[0]))
    isi = form.cleaned_data
    if kanwil is None and (slug := request.GET.get("kanwil", "")):
        kanwil = satu_kanwil(cakupan, slug)
    elif kanwil is None and not cakupan.nasional:
        kanwil = kanwil_sendiri(cakupan)
    return Lingkup(cakupan, isi["bulan"] or Bulan.kini(), kanwil, isi["upt"]), form


def _form(request: Permintaan, kelas: type[FormWilayah], kanwil: Sequence[Kanwil]) -> FormWilayah:
    data = request.GET.copy()
    if not data.get("bulan"):
        data["bulan"] = Bulan.kini().kode
    return kelas(data, kanwil=kanwil)


def _jalur(lingkup: Lingkup, *, sampai_wilayah: bool = True) -> list[dict[str, str]]:
    atas = [{"label": "Nasional", "url": tampil.url_wilayah(lingkup, None)}] if lingkup.cakupan.nasional else []
    if sampai_wilayah and lingkup.kanwil is not None:
        atas.append({"label": lingkup.nama, "url": tampil.url_wilayah(lingkup, lingkup.kanwil)})
    return atas


# ---------------------------------------------------------------- nation and Kanwil


@never_cache
@masuk_dulu
@require_safe
def nasional(request: Permintaan) -> HttpResponse:
    """The nation; others are taken to what is theirs."""
    if not boleh(request.user, Izin.LIHAT_REGISTER):
        raise Ditolak("Peran Anda tidak membaca register UPT.")
    cakupan = Cakupan.dari(request.user, Izin.LIHAT_REGISTER)
    if not cakupan.nasional:
        milik = kanwil_sendiri(cakupan)
        return redirect("umkm:kanwil", slug=milik.slug) if milik else redirect("umkm:beranda")
    lingkup, form = _saring(request, FormWilayah)
    if lingkup.kanwil is not None:
        return redirect(tampil.url_wilayah(lingkup, lingkup.kanwil))
    return _halaman(request, lingkup, form)


@never_cache
@masuk_dulu
@require_safe
def kanwil(request: Permintaan, slug: str) -> HttpResponse:
    """The same of one region; another one does not exist for its neighbours."""
    cakupan = Cakupan.dari(request.user, Izin.LIHAT_REGISTER)
    if not boleh(request.user, Izin.LIHAT_REGISTER):
        raise Ditolak("Peran Anda tidak membaca register UPT.")
    return _halaman(request, *_saring(request, FormWilayah, satu_kanwil(cakupan, slug)))


def _halaman(request: Permintaan, lingkup: Lingkup, form: FormWilayah) -> HttpResponse:
    jual = baca.penjualan(lingkup)
    premi = baca.premi(lingkup)
    uang = tampil.penjualan(lingkup, jual, premi)
    if (gaya := csv_keluar.gaya_diminta(request)) is not None:
        return csv_keluar.jawab(_csv_penjualan(lingkup, uang), gaya)
    h = baca.hitungan(lingkup)
    bagi = baca.bagi(lingkup, uang["kini"])
    bulan_ini = sum(j.omzet for j in jual if j.bulan == lingkup.bulan)
    isi = {
        "form": form,
        "lingkup": lingkup,
        "h": h,
        "hari": tampil.kalimat_hari(lingkup),
        "cakupan_register": tampil.kalimat_cakupan(h),
        "angka_utama": tampil.angka_utama(lingkup, h, bulan_ini, baca.unit_menjual(lingkup)),
        "per_upt": tampil.baris_upt(lingkup, baca.per_jenis_upt(lingkup)),
        "corong": tampil.corong(lingkup, baca.corong(lingkup), h.produk),
        "langkah": tampil.langkah(lingkup, baca.langkah(lingkup), h.produk),
        "habis": tampil.habis(lingkup, baca.habis(lingkup)),
        "uang": uang,
        "bagi": tampil.bagi(bagi),
        "bagi_hasil": bagi,
        "pameran": _pameran_terbaru(lingkup),
        "url_belum": tampil.alamat("unit_wilayah", lingkup, tampil="belum"),
        "url_jenis": tampil.alamat("jenis", lingkup),
        "gabung": boleh(request.user, Izin.GABUNG_JENIS),
        "jalur": _jalur(lingkup, sampai_wilayah=False) if lingkup.kanwil else [],
    }
    if lingkup.kanwil is None:
        isi["peta"] = tampil.di_mana(lingkup, baca.per_kanwil(lingkup), semua_kanwil())
    return render(request, "umkm/wilayah.html", isi)


def _pameran_terbaru(lingkup: Lingkup) -> list[selectors_hasil_pameran.HasilPameran]:
    semua = selectors_hasil_pameran.daftar_pameran().filter(mulai__lte=lingkup.hari)[:PAMERAN_TERBARU]
    return selectors_hasil_pameran.hasil(lingkup.cakupan, semua, lingkup.kanwil.pk if lingkup.kanwil else None)


# ---------------------------------------------------------------- lists


@never_cache
@masuk_dulu
@require_safe
def jenis(request: Permintaan) -> HttpResponse:
    """Kinds after normalising and merging, each with its products and units."""
    lingkup, form = _saring(request, FormJenis)
    isi = form.cleaned_data
    semua = baca.daftar_jenis(lingkup, cari=isi["cari"], golongan=isi["golongan"])
    baris = [(b, f"{reverse('umkm:jenis_rinci', args=[b.jenis.pk])}?{tampil.parameter(lingkup)}") for b in semua]
    kepala = ("Jenis", "Golongan", "Produk", "UPT")
    sel = ([b.jenis.nama, b.jenis.get_golongan_display(), b.produk, b.unit] for b in semua)
    lain = {"gabung": boleh(request.user, Izin.GABUNG_JENIS), "jumlah_produk": sum(b.produk for b in semua)}
    return _daftar(request, "jenis", lingkup, form, baris, ("jenis produk", kepala, sel), **lain)


@never_cache
@masuk_dulu
@require_safe
def jenis_rinci(request: Permintaan, pk: int) -> HttpResponse:
    """The products of one kind."""
    lingkup, form = _saring(request, FormProduk)
    satu = baca.satu_jenis(pk)
    if satu.pk != pk:
        return redirect(f"{reverse('umkm:jenis_rinci', args=[satu.pk])}?{request.GET.urlencode()}")
    return _produk(request, lingkup, form, baca.daftar_produk(lingkup, jenis=satu, **_pilihan(form)), jenis=satu)


@never_cache
@masuk_dulu
@require_safe
def produk(request: Permintaan) -> HttpResponse:
    """Products of a region, of one unit, at a stage of legality or branding."""
    lingkup, form = _saring(request, FormProduk)
    return _produk(request, lingkup, form, baca.daftar_produk(lingkup, **_pilihan(form)))


def _pilihan(form: FormWilayah) -> dict[str, Any]:
    isi = form.cleaned_data
    return {"upt": isi["unit"], "tahap": isi["tahap"], "langkah": isi["langkah"]}


def _produk(request: Permintaan, lingkup: Lingkup, form: FormWilayah, semua: Any, **lain: Any) -> HttpResponse:
    kepala = ("Produk", "Jenis", "Golongan", "UPT", "Kanwil", "Sejak", "Legalitas")
    sel = (
        [
            p.nama, (p.jenis.induk or p.jenis).nama, p.get_golongan_display(), p.upt.nama, p.upt.kanwil.nama_pendek,
            p.mulai.isoformat(), Tahap(p.tahap).label,
        ]
        for p in semua
    )  # fmt: skip
    return _daftar(request, "produk", lingkup, form, semua, ("produk", kepala, sel), **lain)


@never_cache
@masuk_dulu
@require_safe
def unit(request: Permintaan) -> HttpResponse:
    """Units that could have products, with what they have."""
    lingkup, form = _saring(request, FormUnit)
    ada = {"ada": True, "belum": False}.get(form.cleaned_data["tampil"])
    semua = baca.daftar_unit(lingkup, ada=ada)
    baris = [(b, tampil.alamat("produk_wilayah", lingkup, unit=b.upt.kode)) for b in semua]
    kepala = ("UPT", "Jenis UPT", "Kanwil", "Produk", "Jenis produk")
    sel = ([b.upt.nama, b.upt.get_jenis_display(), b.upt.kanwil.nama_pendek, b.produk, b.jenis] for b in semua)
    return _daftar(request, "unit", lingkup, form, baris, ("unit", kepala, sel))


@never_cache
@masuk_dulu
@require_safe
def sertifikat(request: Permintaan) -> HttpResponse:
    """Papers that lapsed or will, nearest first."""
    lingkup, form = _saring(request, FormSertifikat)
    masa = form.cleaned_data["masa"]
    semua = baca.sertifikat_di(lingkup, masa) if masa else baca.sertifikat(lingkup)
    semua = semua.select_related("produk", "upt__kanwil")
    kepala = ("Sertifikat", "Nomor", "Produk", "UPT", "Kanwil", "Berlaku sampai")
    sel = (
        [
            s.get_jenis_display(), s.nomor, s.produk.nama if s.produk else "Semua produk unit", s.upt.nama,
            s.upt.kanwil.nama_pendek, s.berakhir.isoformat(),
        ]
        for s in semua
    )  # fmt: skip
    return _daftar(request, "sertifikat", lingkup, form, semua, ("sertifikat", kepala, sel))


def _daftar(
    request: Permintaan, templat: str, lingkup: Lingkup, form: FormWilayah, semua: Any,
    tabel: tuple[str, Sequence[str], Any], **lain: Any,
) -> HttpResponse:  # fmt: skip
    """A list as a page, or as a file when the address asks for one."""
    nama, kepala, sel = tabel
    if (gaya := csv_keluar.gaya_diminta(request)) is not None:
        return csv_keluar.jawab(_tabel(lingkup, nama, kepala, sel), gaya)
    halaman = Paginator(semua, SEHALAMAN).get_page(request.GET.get("halaman"))
    if templat == "produk":
        lain["baris"] = [(p, Tahap(p.tahap).label, alamat_produk(p.upt.kode, p.pk)) for p in halaman]
    isi = {
        "form": form,
        "lingkup": lingkup,
        "halaman": halaman,
        "hari": tampil.kalimat_hari(lingkup),
        "cakupan_register": tampil.kalimat_cakupan(baca.hitungan(lingkup)),
        "jalur": _jalur(lingkup),
        **lain,
    }
    return render(request, f"umkm/wilayah_{templat}.html", isi)


# ---------------------------------------------------------------- files


def _tabel(lingkup: Lingkup, nama: str, kepala: Sequence[str], sel: Any) -> csv_keluar.Tabel:
    bawah = f" {lingkup.kanwil.slug}" if lingkup.kanwil else ""
    keterangan = [
        ("Wilayah", lingkup.nama),
        ("Keadaan pada", tulis_tanggal(lingkup.hari)),
        ("Sumber", tampil.kalimat_cakupan(baca.hitungan(lingkup))),
    ]
    return csv_keluar.Tabel(f"umkm {nama}{bawah} {lingkup.bulan.kode}", keterangan, kepala, sel)


def _csv_penjualan(lingkup: Lingkup, uang: dict[str, Any]) -> csv_keluar.Tabel:
    kepala = ("Bulan", "Penjualan (Rp)", "Penjualan tahun lalu (Rp)", "Premi (Rp)", "Premi tahun lalu (Rp)")
    sel = ([bulan.kode, *angka] for bulan, *angka in uang["baris"])
    return _tabel(lingkup, "penjualan", kepala, sel)
