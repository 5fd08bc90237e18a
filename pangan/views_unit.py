"""The unit's own pages of the food register: where to begin, the register at a glance, and where F06 comes from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pangan import selectors_orang
from pangan import selectors_unit as baca
from pangan.kalender import Jendela, arti
from pangan.keadaan import KeadaanPetak, keadaan_petak, saldo_hewan
from pangan.selectors_orang import Orang
from pangan.views_petak import jalur
from pelaporan import turunan
from pelaporan.halaman import alamat
from pelaporan.register.asal import LaporanBulan, laporan_berubah, laporan_menunggu
from pelaporan.register.beranda import arahkan
from pelaporan.register.halaman import daftar_terbaca
from pelaporan.register.halaman_asal import Asuhan, halaman_asal
from pelaporan.register.selectors import unit_register
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from upt.models import UPT
from upt.permintaan import Permintaan

TAMPIL = ("kartu", "tabel")

ASUHAN = Asuhan("pangan", "F06", "petak dan panennya")


@never_cache
@masuk_dulu
@require_safe
def beranda(request: Permintaan) -> HttpResponse:
    return arahkan(
        request, "pangan", "Ketahanan pangan", "Pilih unit untuk membuka register lahan, panen, dan persediaannya."
    )


# ---------------------------------------------------------------- the unit at a glance


@never_cache
@masuk_dulu
@require_safe
def unit(request: Permintaan, kode: str) -> HttpResponse:
    """The register of a unit today; `?tampil=tabel` shows the plots as a table."""
    upt = unit_register(request.cakupan, request.user, kode)
    hari, cakupan = hari_ini(upt.zona), request.cakupan
    bulan = Bulan.pada(hari)
    petak = keadaan_petak(cakupan, upt, hari)
    stok = baca.stok(cakupan, upt, bulan)
    hewan = saldo_hewan(cakupan, upt, bulan)
    jendela = Jendela.sekitar(hari)
    isi = {
        "upt": upt,
        "hari": hari,
        "bulan": bulan,
        "menulis": boleh(request.user, Izin.ISI_REGISTER, upt),
        "berubah": laporan_berubah(cakupan, upt, "F06", bulan),
        "petak": petak,
        "terpakai": [k for k in petak if k.siklus],
        "kosong": [k for k in petak if not k.siklus],
        "lahan": _lahan(petak),
        "angka": _angka(
            upt,
            _lahan(petak),
            selectors_orang.orang_pada(cakupan, upt, hari),
            baca.ringkas_bulan(cakupan, upt, bulan, stok),
        ),
        "tugas": baca.tugas_unit(upt, petak, stok, hari),
        **_f06(upt, laporan_menunggu(cakupan, upt, "F06", bulan)),
        "tampil": _tampil(request),
        "jendela": jendela,
        "kalender": baca.kalender(cakupan, upt, petak, jendela),
        "arti": arti(),
        "stok": stok,
        "hewan": hewan,
        "jumlah_hewan": baca.jumlah_hewan(hewan),
        "daftar": daftar_terbaca("pangan", request.user, upt),
        "jalur": jalur(upt, sampai_unit=False),
    }
    return render(request, "pangan/unit.html", isi)


def _tampil(request: Permintaan) -> str:
    diminta = request.GET.get("tampil", "")
    return diminta if diminta in TAMPIL else TAMPIL[0]


def _lahan(petak: list[KeadaanPetak]) -> dict[str, int]:
    return {
        "luas": sum(k.petak.luas for k in petak),
        "pakai": sum(k.luas_pakai for k in petak),
        "tidur": sum(k.luas_tidur for k in petak),
    }


def _angka(upt: UPT, lahan: dict[str, int], orang: Orang, r: baca.Ringkas) -> list[dict[str, str]]:
    """The figures of the month, each with the way to its rows."""

    def baris(label: str, nilai: str, url: str, *keterangan: str) -> dict[str, str]:
        return {"label": label, "nilai": nilai, "url": url, "keterangan": ", ".join(filter(None, keterangan))}

    def kg(nilai: Decimal) -> str:
        return tulis_angka(nilai, "desimal", "kg")

    unit = reverse("pangan:unit", kwargs={"kode": upt.kode})
    tidur = f"{tulis_angka(lahan['tidur'])} m² lahan tidur" if lahan["tidur"] else ""
    petugas = f"{tulis_angka(orang.petugas)} petugas" if orang.petugas else ""
    keluar = (
        f"dijual {kg(r.dijual)} ({tulis_angka(r.penjualan, 'rupiah')})" if r.dijual else "",
        f"dipakai {kg(r.dipakai)}" if r.dipakai else "",
    )
    return [
        baris(
            "Lahan dimanfaatkan", tulis_angka(lahan["pakai"], satuan="m²"), f"{unit}#petak",
            f"dari {tulis_angka(lahan['luas'])} m²", tidur,
        ),
        baris(
            "Warga binaan terlibat",
            "Belum dicatat" if orang.wbp is None else tulis_angka(orang.wbp, satuan="orang"),
            reverse("pangan:orang", kwargs={"kode": upt.kode}), petugas,
        ),
        baris("Panen", kg(r.panen), _url_daftar(upt, "panen"), f"{kg(r.taksir)} ditaksir" if r.taksir else ""),
        baris("Dijual dan dipakai", kg(r.dijual + r.dipakai), _url_daftar(upt, "pemakaian"), *keluar),
        baris("Persediaan", kg(r.stok), f"{unit}#persediaan"),
    ]  # fmt: skip


def _url_daftar(upt: UPT, jenis: str) -> str:
    return reverse("pangan:daftar", kwargs={"kode": upt.kode, "jenis": jenis})


def _f06(upt: UPT, f06: LaporanBulan) -> dict[str, Any]:
    """The report that waits: where it is, and who fills it in."""
    asal = reverse("pangan:asal", kwargs={"kode": upt.kode, "bulan": f06.bulan})
    if f06.laporan is None:
        return {
            "f06": f06,
            "f06_url": asal,
            "f06_kata": "Bulan ini belum dibuka Pusat; lihat angkanya menurut register",
        }
    terisi = len(turunan.muat_laporan(f06.laporan).kode)
    kata = f"{terisi} butir terisi dari register" if terisi else "Diisi dengan mengetik"
    return {"f06": f06, "f06_url": alamat(f06.laporan), "f06_kata": kata}


# ---------------------------------------------------------------- where F06 comes from


@never_cache
@masuk_dulu
@require_safe
def asal(request: Permintaan, kode: str, bulan: Bulan) -> HttpResponse:
    return halaman_asal(request, kode, bulan, ASUHAN)
