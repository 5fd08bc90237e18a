"""Address of the paste preview of a line list."""

from __future__ import annotations

from django.urls import path

from pelaporan.daftar import views

RUTE = [
    path(
        "laporan/<slug:kode>/<bulan:bulan>/<slug:formulir>/baris/<slug:daftar>/tempel/",
        views.daftar_tempel,
        name="daftar_tempel",
    ),
]
