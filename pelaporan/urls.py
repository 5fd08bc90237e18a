"""Addresses of reports: unit, month, form; then what is done with it."""

from __future__ import annotations

from django.urls import path

from pelaporan import views_beranda, views_isian, views_kirim, views_laporan, views_periode, views_semua
from pelaporan.antrean import urls as antrean
from pelaporan.buku import urls as buku
from pelaporan.catatan import urls as catatan
from pelaporan.daftar import urls as daftar
from pelaporan.kelengkapan import urls as kelengkapan
from pelaporan.lampiran import urls as lampiran
from pelaporan.pengiriman import urls as pengiriman
from pelaporan.tenggat import urls as tenggat
from pelaporan.terbit import urls as terbit
from pelaporan.tinjauan import urls as tinjauan

app_name = "pelaporan"
_LAPORAN = "laporan/<slug:kode>/<bulan:bulan>/<slug:formulir>/"
urlpatterns = [
    *tenggat.RUTE,
    *terbit.RUTE,
    # months before forms: "kirim" is no form's code
    *pengiriman.RUTE,
    *buku.RUTE,
    *catatan.RUTE,
    *daftar.RUTE,
    *lampiran.RUTE,
    *antrean.RUTE,
    *tinjauan.RUTE,
    *kelengkapan.RUTE,
    path("periode/", views_periode.periode, name="periode"),
    path("upt/<slug:kode>/", views_beranda.beranda_upt, name="beranda_upt"),
    path(_LAPORAN, views_laporan.laporan, name="laporan"),
    path(f"{_LAPORAN}isi/<slug:bagian>/", views_isian.bagian, name="bagian"),
    path(f"{_LAPORAN}simpan/", views_isian.simpan_sel, name="simpan"),
    path(f"{_LAPORAN}baris/<slug:daftar>/tambah/", views_isian.baris_tambah, name="baris_tambah"),
    path(f"{_LAPORAN}baris/<slug:daftar>/<slug:baris>/hapus/", views_isian.baris_hapus, name="baris_hapus"),
    path(f"{_LAPORAN}kirim/", views_kirim.kirim, name="kirim"),
    path(f"{_LAPORAN}tanda-terima/<int:versi>/", views_kirim.tanda_terima, name="tanda_terima"),
    path(f"{_LAPORAN}semua/", views_semua.semua, name="semua"),
    path(f"{_LAPORAN}kosong/", views_semua.kosong, name="kosong"),
    path(f"{_LAPORAN}versi/<int:versi>/", views_laporan.versi, name="versi"),
    path(f"{_LAPORAN}tarik/", views_kirim.tarik, name="tarik"),
    path(f"{_LAPORAN}minta-buka/", views_laporan.minta_buka, name="minta_buka"),
]
