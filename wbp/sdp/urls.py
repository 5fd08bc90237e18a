"""Addresses of SDP imports, below /warga/."""

from __future__ import annotations

from django.urls import URLPattern, path

from wbp.sdp import views

rute: list[URLPattern] = [
    path("<slug:kode>/impor/", views.impor, name="impor"),
    path("<slug:kode>/impor/templat/", views.templat, name="impor_templat"),
    path("<slug:kode>/impor/<uuid:kunci>/", views.impor_satu, name="impor_satu"),
    path("<slug:kode>/impor/<uuid:kunci>/ditolak/", views.ditolak, name="impor_ditolak"),
]
