"""Addresses of the rules."""

from __future__ import annotations

from django.urls import URLPattern, path

from remisi.atur import views

rute: list[URLPattern] = [
    path("aturan/", views.semua, name="aturan"),
    path("aturan/<int:pk>/", views.satu, name="aturan_satu"),
    path("aturan/<int:pk>/ubah/", views.ubah, name="aturan_ubah"),
    path("aturan/<int:pk>/gladi/", views.gladi_semua, name="aturan_gladi"),
    path("aturan/<int:pk>/tetapkan/", views.tetapkan, name="aturan_tetapkan"),
    path("aturan/<int:pk>/buang/", views.buang, name="aturan_buang"),
    path("aturan/<int:pk>/cabut/", views.cabut, name="aturan_cabut"),
    path("aturan/<slug:tabel>/", views.tabel, name="aturan_tabel"),
    path("aturan/<slug:tabel>/baru/", views.baru, name="aturan_baru"),
]
