"""Addresses of sending: a month at once, receipts, their public check, reopening."""

from __future__ import annotations

from django.urls import path

from pelaporan.pengiriman import views_buka, views_bulan

_BULAN = "laporan/<slug:kode>/<bulan:bulan>/"
_LAPORAN = f"{_BULAN}<slug:formulir>/"

RUTE = [
    path(f"{_BULAN}kirim/", views_bulan.kirim_bulan, name="kirim_bulan"),
    path(f"{_BULAN}tanda-terima/", views_bulan.tanda_bulan, name="tanda_bulan"),
    path(f"{_BULAN}tanda-terima.pdf", views_bulan.tanda_bulan_pdf, name="tanda_bulan_pdf"),
    path(f"{_LAPORAN}tanda-terima/<int:versi>.pdf", views_bulan.tanda_pdf, name="tanda_pdf"),
    path(f"{_LAPORAN}buka/", views_buka.buka, name="buka"),
    path("periksa/", views_bulan.cari_bukti, name="cari_bukti"),
    path("periksa/<slug:nomor>/<slug:cap>/", views_bulan.bukti, name="bukti"),
]
