"""Addresses of deadlines, waivers, notices, chasing and calendars."""

from __future__ import annotations

from django.urls import path

from pelaporan.tenggat import views, views_kabar

RUTE = [
    path("periode/libur/", views.libur, name="libur"),
    path("periode/libur/<int:libur_id>/hapus/", views.libur_hapus, name="libur_hapus"),
    path("periode/tenggat/", views.pindah, name="pindah_tenggat"),
    path("periode/pembebasan/", views.bebas, name="bebas"),
    path("periode/pembebasan/<int:bebas_id>/cabut/", views.bebas_cabut, name="bebas_cabut"),
    path("periode/surat/", views_kabar.kotak_surat, name="surat"),
    path("pemberitahuan/", views_kabar.kabar, name="kabar"),
    path("pemberitahuan/dibaca/", views_kabar.kabar_dibaca, name="kabar_dibaca"),
    path("pemberitahuan/atur/", views_kabar.kabar_atur, name="kabar_atur"),
    path("tagihan/", views_kabar.tagihan, name="tagihan"),
    path("tagihan/<slug:kode>/", views_kabar.tagih, name="tagih"),
    path("upt/<slug:kode>/kalender/", views_kabar.kalender, name="kalender"),
    path("kalender/<slug:kunci>.ics", views_kabar.kalender_ics, name="kalender_ics"),
]
