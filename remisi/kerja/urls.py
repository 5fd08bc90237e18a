"""Addresses of cases and of a unit's workspace. Below a unit, names of occasions come last: others go before them."""

from __future__ import annotations

from django.urls import URLPattern, path

from remisi.kerja import views_antrean, views_benahi, views_kasus, views_kesempatan, views_unit

rute: list[URLPattern] = [
    path("", views_unit.beranda, name="beranda"),
    path("antrean/", views_antrean.antrean, name="antrean"),
    path("tindakan/", views_antrean.tindakan, name="tindakan"),
    path("usulan/<uuid:uuid>/", views_kasus.usulan, name="usulan"),
    path("upt/<slug:kode>/", views_unit.unit, name="unit"),
    path("upt/<slug:kode>/<slug:kesempatan>/", views_kesempatan.kesempatan, name="kesempatan"),
    path("upt/<slug:kode>/<slug:kesempatan>/hitung/", views_kesempatan.hitung, name="hitung"),
    path("upt/<slug:kode>/<slug:kesempatan>/benahi/", views_benahi.benahi, name="benahi"),
    path("upt/<slug:kode>/<slug:kesempatan>/usulkan/", views_kesempatan.usulkan, name="usulkan"),
    path("upt/<slug:kode>/<slug:kesempatan>/<int:pk>/", views_kesempatan.calon, name="calon"),
]
