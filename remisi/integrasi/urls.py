"""Addresses of integration, detention notices and forecasts."""

from __future__ import annotations

from django.urls import URLPattern, path

from remisi.integrasi import views, views_bapas, views_kasus, views_ramalan, views_tahanan

rute: list[URLPattern] = [
    path("integrasi/", views_ramalan.wilayah, name="integrasi_wilayah"),
    path("upt/<slug:kode>/integrasi/", views.unit, name="integrasi"),
    path("upt/<slug:kode>/integrasi/<int:pk>/", views.orang, name="integrasi_orang"),
    path("upt/<slug:kode>/tahanan/", views_tahanan.tahanan, name="tahanan"),
    path("upt/<slug:kode>/ramalan/", views_ramalan.unit, name="ramalan"),
    path("upt/<slug:kode>/asal/<bulan:bulan>/", views.asal, name="asal"),
    path("bapas/<slug:kode>/litmas/", views_bapas.litmas, name="litmas"),
    path("usulan/<uuid:uuid>/dokumen/", views_kasus.dokumen, name="dokumen"),
]
