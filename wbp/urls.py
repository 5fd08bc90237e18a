"""Addresses of the register of inmates; every page of it is below /warga/. No address names a person."""

from __future__ import annotations

from django.urls import URLPattern, path

from wbp import views, views_buka, views_isi
from wbp.sdp.urls import rute as rute_sdp
from wbp.serah_urls import rute as rute_serah

_SATU = "<slug:kode>/<int:pk>/"

app_name = "wbp"
urlpatterns: list[URLPattern] = [
    path("", views.beranda, name="beranda"),
    path("<slug:kode>/", views.unit, name="unit"),
    path("<slug:kode>/cari/", views.cari, name="cari"),
    path("<slug:kode>/baru/", views_isi.baru, name="baru"),
    path("<slug:kode>/buka/", views_buka.buka, name="buka"),
    path("<slug:kode>/sppn/", views_isi.sppn, name="sppn"),
    path(_SATU, views.satu, name="satu"),
    path(f"{_SATU}ubah/", views_isi.ubah, name="ubah"),
    path(f"{_SATU}catat/", views_isi.catat, name="catat"),
    path(f"{_SATU}keluar/", views_isi.keluar, name="keluar"),
    path(f"{_SATU}tahan/", views_isi.tahan, name="tahan"),
    path(f"{_SATU}akses/", views.akses, name="akses"),
    *rute_sdp,
    *rute_serah,
]
