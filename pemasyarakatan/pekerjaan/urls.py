from __future__ import annotations

from django.urls import path

from pemasyarakatan.pekerjaan import views

app_name = "pekerjaan"
urlpatterns = [
    path("pekerjaan/", views.daftar, name="daftar"),
    path("pekerjaan/<uuid:id>/", views.satu, name="satu"),
    path("pekerjaan/<uuid:id>/status.json", views.status, name="status"),
    path("pekerjaan/<uuid:id>/berkas/<int:berkas_id>/", views.berkas, name="berkas"),
    path("pekerjaan/<uuid:id>/batal/", views.batal, name="batal"),
    path("pekerjaan/<uuid:id>/ulangi/", views.ulangi, name="ulangi"),
]
