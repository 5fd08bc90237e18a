"""The administration site: master data for the admin role, behind the portal's own login."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pemasyarakatan.inti.galat import Ditolak


class SitusKelola(AdminSite):
    """Login, logout and password go through the portal, so that its growing delay guards this door too."""

    site_header = "Kelola portal"
    site_title = "Kelola portal"
    index_title = "Data induk dan pengguna"
    enable_nav_sidebar = False

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.user.is_authenticated:
            raise Ditolak("Halaman ini hanya untuk admin aplikasi.")
        return redirect_to_login(request.GET.get("next", "/kelola/"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("akun:saya")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("akun:saya")

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("akun:saya")
