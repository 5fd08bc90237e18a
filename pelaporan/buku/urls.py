"""Addresses of the workbook round trip; `pelaporan.urls` takes them in."""

from __future__ import annotations

from django.urls import path

from pelaporan.buku import views

RUTE = [
    path("upt/<slug:kode>/buku/<bulan:bulan>/", views.buku, name="buku"),
    path("upt/<slug:kode>/buku/<bulan:bulan>/templat/", views.templat, name="buku_templat"),
    path("kanwil/<slug:slug>/buku/", views.kanwil, name="buku_kanwil"),
    path("kanwil/<slug:slug>/buku/templat/", views.templat_kanwil, name="buku_kanwil_templat"),
    path("unggahan/<uuid:kunci>/", views.unggahan, name="unggahan"),
    path("unggahan/<uuid:kunci>/galat/", views.salinan_galat, name="unggahan_galat"),
    path("unggahan/<uuid:kunci>/berkas/", views.berkas, name="unggahan_berkas"),
]
