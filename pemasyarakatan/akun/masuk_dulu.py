"""Who must be logged in; and when a session has ended, nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url

from pemasyarakatan.akun.views import minta_masuk
from pemasyarakatan.inti.middleware import minta_json

SESI_BERAKHIR = "Sesi berakhir. Masuk lagi di tab baru, isian ini tetap ada."

View = Callable[..., HttpResponse]


def masuk_dulu(view: View) -> View:
    """Pages for people who are logged in.

    Without a session a program gets 401 JSON (never a redirect it would take for success), a reader is sent
    to the login page and back, and a posted form travels with the login page (401) to be sent again after it.
    """

    @wraps(view)
    def dijaga(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if minta_json(request):
            return JsonResponse({"pesan": SESI_BERAKHIR}, status=401)
        if request.method == "POST":
            return minta_masuk(request)
        return redirect_to_login(request.get_full_path(), resolve_url("akun:masuk"))

    return dijaga
