"""Addresses of the register `pangan`; every page of it is below /pangan/."""

from __future__ import annotations

from django.urls import URLPattern, path

from pangan import views_orang, views_petak, views_unit
from pangan.wilayah import views as views_wilayah
from pelaporan.register.urls import rute

app_name = "pangan"
urlpatterns: list[URLPattern] = [
    path("", views_unit.beranda, name="beranda"),
    path("nasional/", views_wilayah.nasional, name="nasional"),
    path("kanwil/<slug:slug>/", views_wilayah.kanwil, name="kanwil"),
    path("klaster/<slug:klaster>/", views_wilayah.klaster, name="klaster"),
    *rute("pangan"),
    path("<slug:kode>/", views_unit.unit, name="unit"),
    path("<slug:kode>/petak/<int:pk>/", views_petak.petak, name="petak"),
    path("<slug:kode>/petak/<int:pk>/foto/", views_petak.foto, name="foto"),
    path("<slug:kode>/petak/<int:pk>/foto/ganti/", views_petak.foto_ganti, name="foto_ganti"),
    path("<slug:kode>/orang/", views_orang.orang, name="orang"),
    path("<slug:kode>/asal/<bulan:bulan>/", views_unit.asal, name="asal"),
]
