from __future__ import annotations

from django.urls import path

from upt import views

app_name = "upt"
urlpatterns = [
    path("organisasi/", views.daftar, name="daftar"),
    path("organisasi/<slug:kode>/", views.profil, name="profil"),
    path("organisasi/<slug:kode>/tunjuk/", views.tunjuk, name="tunjuk"),
    path("organisasi/<slug:kode>/penugasan/<int:penugasan_id>/cabut/", views.cabut, name="cabut"),
]
