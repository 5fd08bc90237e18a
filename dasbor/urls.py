from __future__ import annotations

from django.urls import path

from dasbor import views, views_kinerja
from dasbor.rekap_wilayah import views as views_rekap

app_name = "dasbor"
urlpatterns = [
    path("dasbor/", views.nasional, name="nasional"),
    path("dasbor/kanwil/<slug:slug>/", views.kanwil, name="kanwil"),
    path("dasbor/upt/<slug:kode>/", views.upt, name="upt"),
    path("dasbor/indikator/<slug:kode>/", views.indikator, name="indikator"),
    path("dasbor/kinerja/", views_kinerja.kinerja, name="kinerja"),
    path("rekap/", views_rekap.daftar, name="rekap_daftar"),
    path("rekap/<slug:slug>/<bulan:bulan>/", views_rekap.rekap, name="rekap_wilayah"),
    path("telusur/<slug:formulir>/<slug:kode>/", views.telusur, name="telusur"),
]
