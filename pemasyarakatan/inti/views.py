"""Health and the two error pages Django asks for by name."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from pemasyarakatan.inti.middleware import jawab_galat


@never_cache
def sehat(request: HttpRequest) -> HttpResponse:
    """Is this process able to answer from the database? For launchers and load balancers; tells nothing else."""
    try:
        with connection.cursor() as kursor:
            kursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"basis_data": "tidak dapat dihubungi"}, status=503)
    return JsonResponse({"basis_data": "siap"})


def tidak_ditemukan(request: HttpRequest, exception: Exception) -> HttpResponse:
    return jawab_galat(request, 404, "Halaman atau data ini tidak ada, atau bukan dari unit Anda.")


def galat_server(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
