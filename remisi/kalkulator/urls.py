"""Addresses of the calculator. What is asked is sent in the body, so no address holds a sentence."""

from __future__ import annotations

from django.urls import URLPattern, path

from remisi.kalkulator import views

rute: list[URLPattern] = [
    path("kalkulator/", views.pidana, name="kalkulator"),
    path("kalkulator/remisi/", views.remisi, name="kalkulator_remisi"),
    path("kalkulator/penghematan/", views.hemat, name="kalkulator_hemat"),
]
