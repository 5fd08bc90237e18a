"""Addresses of lists that leave the portal."""

from __future__ import annotations

from django.urls import URLPattern, path

from remisi.keluaran import views

_UNIT = "upt/<slug:kode>/<slug:kesempatan>/nominatif/"
_REKAP = "kanwil/<slug:slug>/rekap/<slug:kesempatan>/"

rute: list[URLPattern] = [
    path(_UNIT, views.nominatif, name="nominatif"),
    path(f"{_UNIT}<slug:daftar>.<slug:bentuk>", views.nominatif_berkas, name="nominatif_berkas"),
    path(_REKAP, views.rekap_kanwil, name="rekap_kanwil"),
    path(f"{_REKAP}rekap.<slug:bentuk>", views.rekap_berkas, name="rekap_berkas"),
]
