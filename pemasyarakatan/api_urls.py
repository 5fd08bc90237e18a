"""Addresses of the API, version 1. Its documentation is served from the portal itself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from dasbor import api as dasbor
from pelaporan import api as pelaporan
from pelaporan.register.api import rute_api
from pemasyarakatan.pekerjaan import api as pekerjaan
from remisi import api as remisi
from upt import api as upt

app_name = "api"
urlpatterns = [
    path("upt/", upt.DaftarUPT.as_view(), name="upt"),
    path("upt/<slug:kode>/", upt.SatuUPT.as_view(), name="upt_satu"),
    path("kanwil/", upt.DaftarKanwil.as_view(), name="kanwil"),
    path("kanwil/<slug:slug>/", upt.SatuKanwil.as_view(), name="kanwil_satu"),
    path("formulir/", pelaporan.DaftarFormulir.as_view(), name="formulir"),
    path("formulir/<slug:kode>/", pelaporan.SatuFormulir.as_view(), name="formulir_satu"),
    path("laporan/", pelaporan.DaftarLaporan.as_view(), name="laporan"),
    path("laporan/<uuid:pk>/", pelaporan.SatuLaporan.as_view(), name="laporan_satu"),
    path("laporan/<uuid:pk>/sel/", pelaporan.SelLaporan.as_view(), name="sel"),
    path("laporan/<uuid:pk>/daftar/<slug:daftar>/", pelaporan.BarisLaporan.as_view(), name="baris"),
    path(
        "laporan/<uuid:pk>/daftar/<slug:daftar>/<slug:baris>/",
        pelaporan.SatuBaris.as_view(),
        name="baris_satu",
    ),
    path("laporan/<uuid:pk>/temuan/", pelaporan.TemuanDraf.as_view(), name="temuan"),
    path("laporan/<uuid:pk>/aksi/<slug:aksi>/", pelaporan.AksiLaporan.as_view(), name="aksi"),
    path("fakta/", pelaporan.Fakta.as_view(), name="fakta"),
    path("ringkasan/", dasbor.DaftarRingkasan.as_view(), name="ringkasan"),
    path("laporan-kinerja/", dasbor.BuatLaporanKinerja.as_view(), name="laporan_kinerja"),
    *rute_api("pangan"),
    *rute_api("umkm"),
    path("remisi/hitung/pidana/", remisi.HitungPidana.as_view(), name="hitung_pidana"),
    path("remisi/hitung/remisi/", remisi.HitungRemisi.as_view(), name="hitung_remisi"),
    path("pekerjaan/", pekerjaan.DaftarPekerjaan.as_view(), name="pekerjaan"),
    path("pekerjaan/<uuid:pk>/", pekerjaan.SatuPekerjaan.as_view(), name="pekerjaan_satu"),
    path("pekerjaan/<uuid:pk>/batal/", pekerjaan.BatalPekerjaan.as_view(), name="pekerjaan_batal"),
    path(
        "pekerjaan/<uuid:pk>/berkas/<int:berkas_id>/",
        pekerjaan.UnduhBerkas.as_view(),
        name="pekerjaan_berkas",
    ),
    path("skema/", SpectacularAPIView.as_view(), name="skema"),
    path(
        "dokumentasi/",
        login_required(SpectacularSwaggerSplitView.as_view(url_name="api:skema")),
        name="dokumentasi",
    ),
]
