"""Health and the two error pages Django asks for by name."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from pemasyarakatan.inti.middleware import halaman_gangguan, jawab_galat, minta_json


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


def permintaan_buruk(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Too large, too many fields, a foreign host name: refused before any page looked at it."""
    return jawab_galat(request, 400, "Permintaan ini tidak dapat dibaca atau terlalu besar. Muat ulang halaman.")


def galat_server(request: HttpRequest) -> HttpResponse:
    if minta_json(request):
        return JsonResponse({"pesan": "Maaf, ada gangguan pada layanan. Coba lagi beberapa menit lagi."}, status=500)
    return halaman_gangguan("500.html", 500)
