from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.http import HttpRequest, HttpResponse
from django.urls import path

from pelaporan import views_beranda, views_isian

app_name = "pelaporan"


def _dari(modul: str, nama: str):  # type: ignore[no-untyped-def]
    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if find_spec(f"pelaporan.{modul}") is None:
            return HttpResponse("", status=501)
        return getattr(import_module(f"pelaporan.{modul}"), nama)(request, **kwargs)

    return view


_LAPORAN = "laporan/<slug:kode>/<bulan:bulan>/<slug:formulir>/"
urlpatterns = [
    path("verifikasi/", _dari("views_tinjau", "antrean"), name="antrean"),
    path("periode/", _dari("views_periode", "periode"), name="periode"),
    path("upt/<slug:kode>/", views_beranda.beranda_upt, name="beranda_upt"),
    path(_LAPORAN, _dari("views_laporan", "laporan"), name="laporan"),
    path(f"{_LAPORAN}isi/<slug:bagian>/", views_isian.bagian, name="bagian"),
    path(f"{_LAPORAN}simpan/", views_isian.simpan_sel, name="simpan"),
    path(f"{_LAPORAN}baris/<slug:daftar>/tambah/", views_isian.baris_tambah, name="baris_tambah"),
    path(f"{_LAPORAN}baris/<slug:daftar>/<slug:baris>/hapus/", views_isian.baris_hapus, name="baris_hapus"),
    path(f"{_LAPORAN}kirim/", _dari("views_kirim", "kirim"), name="kirim"),
    path(f"{_LAPORAN}tanda-terima/<int:versi>/", _dari("views_kirim", "tanda_terima"), name="tanda_terima"),
    path(f"{_LAPORAN}versi/<int:versi>/", _dari("views_laporan", "versi"), name="versi"),
    path(f"{_LAPORAN}tarik/", _dari("views_kirim", "tarik"), name="tarik"),
    path(f"{_LAPORAN}minta-buka/", _dari("views_laporan", "minta_buka"), name="minta_buka"),
    path(f"{_LAPORAN}tinjau/", _dari("views_tinjau", "tinjau"), name="tinjau"),
    path(f"{_LAPORAN}buka/", _dari("views_tinjau", "buka"), name="buka"),
]
