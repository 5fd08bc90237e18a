from __future__ import annotations

from django.contrib import admin
from django.urls import include, path, register_converter

from pelaporan.views_beranda import beranda
from pemasyarakatan.inti.views import sehat
from pemasyarakatan.inti.waktu import KonverterBulan
from pemasyarakatan.jejak.views import jejak

register_converter(KonverterBulan, "bulan")

urlpatterns = [
    path("", beranda, name="beranda"),
    path("sehat/", sehat, name="sehat"),
    path("", include("pemasyarakatan.akun.urls")),
    path("", include("pelaporan.urls")),
    path("", include("dasbor.urls")),
    path("", include("upt.urls")),
    path("pangan/", include("pangan.urls")),
    path("umkm/", include("umkm.urls")),
    path("warga/", include("wbp.urls")),
    path("remisi/", include("remisi.urls")),
    path("", include("pemasyarakatan.pekerjaan.urls")),
    path("jejak/", jejak, name="jejak"),
    path("kelola/", admin.site.urls),
    path("api/v1/", include("pemasyarakatan.api_urls")),
]
handler400 = "pemasyarakatan.inti.views.permintaan_buruk"
handler404 = "pemasyarakatan.inti.views.tidak_ditemukan"
handler500 = "pemasyarakatan.inti.views.galat_server"
