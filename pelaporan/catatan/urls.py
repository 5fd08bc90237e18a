"""Addresses of the talk about a report, and of everything known about one item."""

from __future__ import annotations

from django.urls import path

from pelaporan.catatan import views, views_rincian

_LAPORAN = "laporan/<slug:kode>/<bulan:bulan>/<slug:formulir>/"
RUTE = [
    path(f"{_LAPORAN}catatan/", views.catatan, name="catatan"),
    path(f"{_LAPORAN}catatan/<int:komentar>/hapus/", views.hapus, name="catatan_hapus"),
    path(f"{_LAPORAN}catatan/<int:komentar>/terapkan/", views.terapkan, name="usulan_terapkan"),
    path(f"{_LAPORAN}catatan/<int:komentar>/tolak/", views.tolak, name="usulan_tolak"),
    path(f"{_LAPORAN}catatan/utas/<int:utas>/selesai/", views.selesai, name="catatan_selesai"),
    path(f"{_LAPORAN}rincian/<path:sel>/", views_rincian.rincian, name="rincian"),
]
