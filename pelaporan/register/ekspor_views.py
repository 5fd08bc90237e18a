"""Downloads of a kind of row: of one unit as its list is narrowed, or of everybody in one's scope."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pelaporan.register import daftar as lihat
from pelaporan.register import ekspor, halaman
from pelaporan.register import selectors as baca
from pelaporan.register.ekspor import BARIS_MAKS, Ekspor
from pelaporan.register.forms import FormSaring
from pelaporan.register.impor_views import unduh
from pelaporan.register.jenis import JenisBaris, jenis_baris
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti import csv_keluar
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import Ditolak, TidakSah
from pemasyarakatan.inti.waktu import WIB, Bulan, sekarang, tulis_waktu
from upt.cakupan import Cakupan
from upt.permintaan import Permintaan


@never_cache
@masuk_dulu
@require_safe
def unit(request: Permintaan, register: str, kode: str, jenis: str) -> HttpResponse:
    """`?cari=` and `?bulan=` as on the list; `?unduh=excel|baku` for CSV, else XLSX."""
    t = halaman.ambil(request, register, kode, jenis)
    semua = baca.daftar_baris(t.jenis, request.cakupan, t.upt)
    cari, bulan = _saringan(request, t.jenis, semua)
    tampak = lihat.saring(t.jenis, t.upt, semua, cari, bulan).select_related("upt", "kanwil")
    keterangan = _keterangan(request, t.jenis, t.upt.nama, tampak, cari, bulan, t.upt.zona)
    return _jawab(request, Ekspor(t.jenis, tampak, f"{register}-{jenis}-{t.upt.kode}", keterangan))


@never_cache
@masuk_dulu
@require_safe
def wilayah(request: Permintaan, register: str, jenis: str) -> HttpResponse:
    """The same for all units in the person's scope, each row with its unit and Kanwil."""
    satu = jenis_baris(register, jenis)
    if not boleh(request.user, Izin.LIHAT_REGISTER):
        raise Ditolak("Peran Anda tidak membaca register UPT.")
    baca.pastikan_membaca(satu, request.user, None)
    cakupan = Cakupan.dari(request.user, Izin.LIHAT_REGISTER)
    semua = baca.daftar_baris(satu, cakupan)
    _, bulan = _saringan(request, satu, semua)
    kolom = lihat.kolom_bulan(satu)
    if bulan is not None and kolom is not None:
        semua = semua.filter(**{f"{kolom.nama}__range": (bulan.awal, bulan.akhir)})
    tampak = semua.select_related("upt", "kanwil").order_by("kanwil__nama", "upt__nama", "upt_id", *satu.urut, "pk")
    lingkup = "seluruh UPT dalam tugas Anda"
    keterangan = _keterangan(request, satu, lingkup, tampak, "", bulan, WIB)
    return _jawab(request, Ekspor(satu, tampak, f"{register}-{jenis}", keterangan, wilayah=True))


def _saringan(request: Permintaan, jenis: JenisBaris[Any], semua: Any) -> tuple[str, Bulan | None]:
    """As on the list; what the list would refuse is refused here: a file must be what its line says."""
    form = FormSaring(request.GET, bulan=lihat.bulan_terisi(jenis, semua), pribadi=jenis.pribadi)
    if not form.is_valid():
        raise TidakSah("Saringan ini tidak ada. Unduh dari halaman daftarnya.")
    return form.cleaned_data.get("cari") or "", form.cleaned_data.get("bulan")


def _keterangan(
    request: Permintaan, jenis: JenisBaris[Any], lingkup: str, tampak: Any, cari: str, bulan: Bulan | None, zona: Any
) -> list[tuple[str, str]]:
    jumlah = tampak.count()
    if jumlah > BARIS_MAKS:
        raise TidakSah(f"Ada {tulis_angka(jumlah)} baris; paling banyak {tulis_angka(BARIS_MAKS)}. Pilih satu bulan.")
    saringan = ", ".join(filter(None, (f"memuat “{cari}”" if cari else "", bulan.nama if bulan else "")))
    return [
        ("Daftar", jenis.label_banyak),
        ("Lingkup", lingkup),
        ("Saringan", saringan or "tidak ada"),
        ("Baris", tulis_angka(jumlah)),
        ("Diunduh", f"{tulis_waktu(sekarang(), zona)} oleh {request.user.nama}"),
    ]


def _jawab(request: Permintaan, isi: Ekspor) -> HttpResponse:
    if request.GET.get(csv_keluar.PARAMETER) != "xlsx" and (gaya := csv_keluar.gaya_diminta(request)):
        return csv_keluar.jawab(ekspor.csv(isi, gaya), gaya)
    return unduh(ekspor.xlsx(isi), f"{isi.nama}.xlsx")
