"""Addresses of the register of inmates; every page of it is below /warga/. No address names a person."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "wbp"
urlpatterns: list[URLPattern] = []
