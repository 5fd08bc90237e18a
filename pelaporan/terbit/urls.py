"""Addresses of forms, their versions and their drafts."""

from __future__ import annotations

from django.urls import path

from pelaporan.terbit import views, views_rancangan

_VERSI = "formulir/versi/<slug:kode>/<bulan:bulan>/"
_RANCANGAN = "formulir/rancangan/<uuid:id>/"
RUTE = [
    path("formulir/", views.daftar, name="formulir"),
    path("formulir/unggah/", views.unggah, name="formulir_unggah"),
    path(f"{_VERSI}yaml/", views.unduh_yaml, name="formulir_yaml"),
    path(f"{_VERSI}cabut/", views.cabut, name="formulir_cabut"),
    path(_RANCANGAN, views_rancangan.rancangan, name="rancangan"),
    path(f"{_RANCANGAN}ubah/", views_rancangan.ubah, name="rancangan_ubah"),
    path(f"{_RANCANGAN}bulan/", views_rancangan.bulan, name="rancangan_bulan"),
    path(f"{_RANCANGAN}gladi/", views_rancangan.gladi, name="rancangan_gladi"),
    path(f"{_RANCANGAN}aturan/<str:aturan>/", views_rancangan.aturan, name="rancangan_aturan"),
    path(f"{_RANCANGAN}terbit/", views_rancangan.terbit, name="rancangan_terbit"),
    path(f"{_RANCANGAN}buang/", views_rancangan.buang, name="rancangan_buang"),
]
