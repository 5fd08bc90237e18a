"""Addresses of the generic pages of one register; a register's own urls include them.

urlpatterns = [*rute("pangan"), path("<slug:kode>/", ...)]
"""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path

from pelaporan.register import views
from pelaporan.register.urls_berkas import rute_berkas

_JENIS = "<slug:kode>/catatan/<slug:jenis>/"


def rute(register: str) -> list[URLPattern]:
    tetap: dict[str, Any] = {"register": register}
    return [
        *rute_berkas(register),
        path(_JENIS, views.daftar, tetap, name="daftar"),
        path(f"{_JENIS}baru/", views.baru, tetap, name="baru"),
        path(f"{_JENIS}<int:pk>/", views.baris, tetap, name="baris"),
        path(f"{_JENIS}<int:pk>/ubah/", views.ubah, tetap, name="ubah"),
        path(f"{_JENIS}<int:pk>/hapus/", views.hapus, tetap, name="hapus"),
        path(f"{_JENIS}<int:pk>/pulihkan/", views.pulihkan, tetap, name="pulihkan"),
    ]
