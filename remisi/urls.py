"""Addresses of remission and integration; every page of it is below /remisi/. No address names a person."""

from __future__ import annotations

from django.urls import URLPattern

from remisi.atur import urls as atur
from remisi.calon import views as calon
from remisi.integrasi import urls as integrasi
from remisi.kalkulator import urls as kalkulator
from remisi.keluaran import urls as keluaran
from remisi.kerja import urls as kerja
from remisi.nasional import urls as nasional

app_name = "remisi"
urlpatterns: list[URLPattern] = [
    *kalkulator.rute,
    *atur.rute,
    *nasional.rute,
    *keluaran.rute,
    *integrasi.rute,
    *calon.rute,
    *kerja.rute,  # last: below a unit it takes any name as an occasion
]
