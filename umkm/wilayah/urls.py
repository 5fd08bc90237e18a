"""Addresses of the catalogue and of the pages above the units. They stand before those with a unit's code."""

from __future__ import annotations

from django.urls import URLPattern, path

from umkm.katalog import views as views_katalog
from umkm.wilayah import views as views_wilayah
from umkm.wilayah import views_acara, views_gabung
from umkm.wilayah import views_pameran as views_hasil_pameran

RUTE: list[URLPattern] = [
    path("katalog/", views_katalog.katalog, name="katalog"),
    path("katalog/<int:pk>/", views_katalog.produk, name="katalog_produk"),
    path("katalog/<int:pk>/mini.jpg", views_katalog.foto, {"ukuran": "mini"}, name="katalog_mini"),
    path("katalog/<int:pk>/foto.jpg", views_katalog.foto, {"ukuran": "foto"}, name="katalog_foto"),
    path("katalog/<int:pk>/lembar.pdf", views_katalog.lembar_produk, name="lembar"),
    path("nasional/", views_wilayah.nasional, name="nasional"),
    path("kanwil/<slug:slug>/", views_wilayah.kanwil, name="kanwil"),
    path("wilayah/unit/", views_wilayah.unit, name="unit_wilayah"),
    path("wilayah/produk/", views_wilayah.produk, name="produk_wilayah"),
    path("wilayah/sertifikat/", views_wilayah.sertifikat, name="sertifikat"),
    path("jenis/", views_wilayah.jenis, name="jenis"),
    path("jenis/<int:pk>/", views_wilayah.jenis_rinci, name="jenis_rinci"),
    path("jenis/gabung/", views_gabung.gabung, name="gabung"),
    path("jenis/<int:pk>/pisah/", views_gabung.pisah, name="pisah"),
    path("pameran/", views_hasil_pameran.pameran, name="hasil_pameran"),
    path("pameran/baru/", views_acara.pameran_baru, name="pameran_baru"),
    path("pameran/<int:pk>/", views_hasil_pameran.pameran_rinci, name="hasil_pameran_rinci"),
    path("pameran/<int:pk>/ubah/", views_acara.pameran_ubah, name="pameran_ubah"),
    path("pameran/<int:pk>/gabung/", views_hasil_pameran.pameran_gabung, name="pameran_gabung"),
    path("pameran/<int:pk>/pisah/", views_hasil_pameran.pameran_pisah, name="pameran_pisah"),
]
