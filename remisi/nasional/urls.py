"""Addresses of national totals and of published ones."""

from __future__ import annotations

from django.urls import URLPattern, path

from remisi.nasional import views, views_rilis

rute: list[URLPattern] = [
    path("nasional/", views.nasional, name="nasional"),
    path("nasional/rincian/", views.rinci, name="nasional_rinci"),
    path("kanwil/<slug:slug>/", views.kanwil, name="kanwil"),
    path("rilis/", views_rilis.daftar, name="rilis"),
    path("rilis/baru/", views_rilis.baru, name="rilis_baru"),
    path("rilis/<int:pk>/", views_rilis.satu, name="rilis_satu"),
    path("rilis/<int:pk>/ubah/", views_rilis.ubah, name="rilis_ubah"),
]
