"""Addresses of evidence: always under the report it belongs to."""

from __future__ import annotations

from django.urls import path

from pelaporan.lampiran import views

_LAPORAN = "laporan/<slug:kode>/<bulan:bulan>/<slug:formulir>/"
RUTE = [
    path(f"{_LAPORAN}lampiran/", views.lampiran, name="lampiran"),
    path(f"{_LAPORAN}lampiran/<int:lampiran>/", views.berkas, name="lampiran_berkas"),
    path(f"{_LAPORAN}lampiran/<int:lampiran>/hapus/", views.hapus, name="lampiran_hapus"),
]
