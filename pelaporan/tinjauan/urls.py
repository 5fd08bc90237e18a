"""Addresses of the review of one report."""

from __future__ import annotations

from django.urls import path

from pelaporan.tinjauan import views

_LAPORAN = "laporan/<slug:kode>/<bulan:bulan>/<slug:formulir>/"
RUTE = [
    path(f"{_LAPORAN}tinjau/", views.tinjau, name="tinjau"),
    path(f"{_LAPORAN}tinjau/berikut/", views.tinjau_berikut, name="tinjau_berikut"),
    path(f"{_LAPORAN}tinjau/bagian/", views.tinjau_bagian, name="tinjau_bagian"),
    path(f"{_LAPORAN}tinjau/wajar/", views.tinjau_wajar, name="tinjau_wajar"),
]
