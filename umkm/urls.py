"""Addresses of the register `umkm`; every page of it is below /umkm/."""

from __future__ import annotations

from django.urls import URLPattern, path

from pelaporan.register.urls import rute
from umkm import views_bagi, views_buka, views_orang, views_pameran, views_produk, views_unit
from umkm.wilayah.urls import RUTE

_PRODUK = "<slug:kode>/produk/<int:pk>/"

app_name = "umkm"
urlpatterns: list[URLPattern] = [
    path("", views_unit.beranda, name="beranda"),
    path("buka/<slug:jenis>/<int:pk>/", views_buka.buka, name="buka"),
    *RUTE,
    *rute("umkm"),
    path("<slug:kode>/", views_unit.unit, name="unit"),
    path(_PRODUK, views_produk.produk, name="produk"),
    path(f"{_PRODUK}berkas/", views_produk.berkas, name="produk_berkas"),
    path("<slug:kode>/foto/<int:pk>.jpg", views_produk.foto, name="foto"),
    path("<slug:kode>/foto/<int:pk>/mini.jpg", views_produk.foto, {"mini": True}, name="foto_mini"),
    path("<slug:kode>/legalitas/<int:pk>/berkas/", views_produk.surat_berkas, name="surat"),
    path("<slug:kode>/bagi/<bulan:bulan>/", views_bagi.bagi, name="bagi"),
    path("<slug:kode>/orang/", views_orang.orang, name="orang"),
    path("<slug:kode>/pameran/", views_pameran.pameran, name="pameran"),
    path("<slug:kode>/asal/<bulan:bulan>/", views_unit.asal, name="asal"),
]
