"""Addresses of handing over, below /warga/."""

from __future__ import annotations

from django.urls import URLPattern, path

from wbp import serah_views as views

rute: list[URLPattern] = [
    path("<slug:kode>/serah/", views.daftar, name="serah"),
    path("<slug:kode>/serah/<uuid:kunci>/", views.satu, name="serah_satu"),
    path("<slug:kode>/<int:pk>/serah/", views.baru, name="serahkan"),
]
