"""Addresses of the inbox, of acts on many reports, and of how fast verification goes."""

from __future__ import annotations

from django.urls import path

from pelaporan.antrean import views, views_statistik

_LAPORAN = "laporan/<slug:kode>/<bulan:bulan>/<slug:formulir>/"
RUTE = [
    path("verifikasi/", views.antrean, name="antrean"),
    path("verifikasi/massal/", views.massal, name="massal"),
    path("verifikasi/massal/<uuid:id>/", views.massal_hasil, name="massal_hasil"),
    path("verifikasi/massal/<uuid:id>/batal/", views.massal_batal, name="massal_batal"),
    path("verifikasi/statistik/", views_statistik.statistik, name="statistik"),
    path("verifikasi/statistik/laporan/", views_statistik.rinci, name="statistik_rinci"),
    path("verifikasi/statistik/butir/", views_statistik.butir, name="statistik_butir"),
    path(f"{_LAPORAN}pegang/", views.pegang, name="pegang"),
    path(f"{_LAPORAN}batal-verifikasi/", views.batal_verifikasi, name="batal_verifikasi"),
]
