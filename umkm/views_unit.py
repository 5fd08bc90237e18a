"""The unit's own pages of the UMKM register: where to begin, the register at a glance, and where F07 comes from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pelaporan import turunan
from pelaporan.halaman import alamat
from pelaporan.register.asal import LaporanBulan, laporan_menunggu
from pelaporan.register.beranda import arahkan
from pelaporan.register.halaman import daftar_terbaca, jalur_unit
from pelaporan.register.halaman_asal import Asuhan, halaman_asal
from pelaporan.register.selectors import unit_register
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from umkm import selectors_orang, selectors_pameran
from umkm import selectors_unit as baca
from umkm.katalog.views import hemat_gambar
from umkm.keadaan import KeadaanProduk, keadaan_produk, surat_unit
from umkm.selectors_orang import Orang
from umkm.selectors_unit import Akun
from upt.models import UPT
from upt.permintaan import Permintaan

TAMPIL = ("kartu", "tabel")
PAMERAN = 3

jalur = partial(jalur_unit, "umkm")
ASUHAN = Asuhan("umkm", "F07", "produk dan penjualannya")


@never_cache
@masuk_dulu
@require_safe
def beranda(request: Permintaan) -> HttpResponse:
    return arahkan(
        request, "umkm", "Produk dan UMKM", "Pilih unit untuk membuka register produk, penjualan, dan bagi hasilnya."
    )


# ---------------------------------------------------------------- the unit at a glance


@never_cache
@masuk_dulu
@require_safe
def unit(request: Permintaan, kode: str) -> HttpResponse:
    """The register of a unit today; `?tampil=tabel` shows the products as a table, `?gambar=tanpa` without photos."""
    upt = unit_register(request.cakupan, request.user, kode)
    hari, cakupan = hari_ini(upt.zona), request.cakupan
    bulan = Bulan.pada(hari)
    produk = keadaan_produk(cakupan, upt, hari)
    pesanan = baca.pesanan_terbuka(cakupan, upt, hari)
    surat = surat_unit(cakupan, upt, hari)
    kini = baca.akun(cakupan, upt, bulan)
    ikut = selectors_pameran.ikut_pameran(cakupan, upt)
    isi = {
        "upt": upt,
        "hari": hari,
        "bulan": bulan,
        "menulis": boleh(request.user, Izin.ISI_REGISTER, upt),
        "produk": produk,
        "tampil": _tampil(request),
        "tanpa_gambar": hemat_gambar(request),
        "angka": _angka(upt, kini, produk, selectors_orang.orang_pada(cakupan, upt, hari)),
        "tugas": baca.tugas_unit(upt, produk, surat, pesanan, baca.akun_lalu(cakupan, upt, bulan)),
        **_f07(upt, laporan_menunggu(cakupan, upt, "F07", bulan)),
        "pesanan": pesanan,
        "surat": [s for s in surat if s.surat.produk_id is None],
        "pameran": ikut[:PAMERAN],
        "pameran_lain": max(len(ikut) - PAMERAN, 0),
        "mitra": list(baca.mitra_pada(cakupan, upt, hari)),
        "daftar": daftar_terbaca("umkm", request.user, upt),
        "jalur": jalur(upt, sampai_unit=False),
    }
    return render(request, "umkm/unit.html", isi)


def _tampil(request: Permintaan) -> str:
    diminta = request.GET.get("tampil", "")
    return diminta if diminta in TAMPIL else TAMPIL[0]


def _angka(upt: UPT, a: Akun, produk: Iterable[KeadaanProduk], orang: Orang) -> list[dict[str, str]]:
    """The figures of the month, each with the way to its rows."""
    semua = list(produk)

    def baris(label: str, nilai: str, url: str, keterangan: str = "") -> dict[str, str]:
        return {"label": label, "nilai": nilai, "url": url, "keterangan": keterangan}

    bagi = reverse("umkm:bagi", kwargs={"kode": upt.kode, "bulan": a.bulan})
    kanal = ", ".join(f"{k.label.lower()} {_rp(n)}" for k, n in a.kanal)
    aktif = sum(not k.berhenti for k in semua)
    terjual, dibuat = sum(k.terjual for k in semua), sum(k.dibuat for k in semua)
    dibagi = f"premi {_rp(a.bagi.premi)}, PNBP {_rp(a.bagi.pnbp)}, dana usaha {_rp(a.bagi.operasional)}"
    return [
        baris("Penjualan", _rp(a.omzet), _url_daftar(upt, "penjualan", a.bulan), kanal),
        baris("Terjual", tulis_angka(terjual, satuan="buah"), _url_daftar(upt, "penjualan", a.bulan)),
        baris("Dibuat", tulis_angka(dibuat, satuan="buah"), _url_daftar(upt, "persediaan", a.bulan)),
        baris("Biaya", _rp(a.bagi.biaya) if a.baris else "Belum dicatat", bagi),
        baris("Dibagi", _rp(a.bagi.dibagi), bagi, dibagi if a.baris else ""),
        baris("Belum dibagi", _rp(a.belum), bagi),
        baris("Produk", tulis_angka(aktif), _url_daftar(upt, "produk")),
        baris(
            "Warga binaan bekerja",
            "Belum dicatat" if orang.wbp is None else tulis_angka(orang.wbp, satuan="orang"),
            reverse("umkm:orang", kwargs={"kode": upt.kode}),
        ),
    ]


def _rp(nilai: int) -> str:
    return tulis_angka(nilai, "rupiah")


def _url_daftar(upt: UPT, jenis: str, bulan: Bulan | None = None) -> str:
    url = reverse("umkm:daftar", kwargs={"kode": upt.kode, "jenis": jenis})
    return f"{url}?bulan={bulan}" if bulan else url


def _f07(upt: UPT, f07: LaporanBulan) -> dict[str, Any]:
    """The report that waits: where it is, and who fills it in."""
    if f07.laporan is None:
        asal = reverse("umkm:asal", kwargs={"kode": upt.kode, "bulan": f07.bulan})
        kata = "Bulan ini belum dibuka Pusat; lihat angkanya menurut register"
        return {"f07": f07, "f07_url": asal, "f07_kata": kata}
    terisi = turunan.muat_laporan(f07.laporan)
    kata = f"{len(terisi.kode)} butir terisi dari register" if terisi.kode else "Diisi dengan mengetik; register kosong"
    return {"f07": f07, "f07_url": alamat(f07.laporan), "f07_kata": kata}


# ---------------------------------------------------------------- where F07 comes from


@never_cache
@masuk_dulu
@require_safe
def asal(request: Permintaan, kode: str, bulan: Bulan) -> HttpResponse:
    return halaman_asal(request, kode, bulan, ASUHAN)
