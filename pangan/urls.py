"""Addresses of the register `pangan`; every page of it is below /pangan/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "pangan"
urlpatterns: list[URLPattern] = []
