"""Addresses of the register `umkm`; every page of it is below /umkm/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "umkm"
urlpatterns: list[URLPattern] = []
