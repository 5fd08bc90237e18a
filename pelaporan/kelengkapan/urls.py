from __future__ import annotations

from django.urls import path

from pelaporan.kelengkapan import views

RUTE = [
    path("kelengkapan/", views.kelengkapan, name="kelengkapan"),
    path("kelengkapan/<slug:slug>/", views.kelengkapan_kanwil, name="kelengkapan_kanwil"),
]
