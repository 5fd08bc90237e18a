"""Addresses of lists as files: import and export, of one register. Concatenated by `pelaporan.register.urls.rute`."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path

from pelaporan.register import ekspor_views, impor_views

_JENIS = "<slug:kode>/catatan/<slug:jenis>/"


def rute_berkas(register: str) -> list[URLPattern]:
    tetap: dict[str, Any] = {"register": register}
    return [
        path("catatan/impor/<uuid:kunci>/", impor_views.periksa, tetap, name="impor_periksa"),
        path("catatan/impor/<uuid:kunci>/ditolak/", impor_views.ditolak, tetap, name="impor_ditolak"),
        path("catatan/impor/<uuid:kunci>/berkas/", impor_views.berkas, tetap, name="impor_berkas"),
        path("catatan/<slug:jenis>/ekspor/", ekspor_views.wilayah, tetap, name="ekspor_wilayah"),
        path(f"{_JENIS}impor/", impor_views.unggah, tetap, name="impor"),
        path(f"{_JENIS}impor/templat/", impor_views.templat, tetap, name="impor_templat"),
        path(f"{_JENIS}ekspor/", ekspor_views.unit, tetap, name="ekspor"),
    ]
