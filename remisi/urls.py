"""Addresses of remission and integration; every page of it is below /remisi/. No address names a person."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "remisi"
urlpatterns: list[URLPattern] = []
