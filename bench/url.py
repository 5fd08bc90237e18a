"""The portal's addresses and one more: a trivial page behind the login, the baseline of every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from pemasyarakatan import urls
from pemasyarakatan.akun.masuk_dulu import masuk_dulu


@masuk_dulu
def sepele(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<!doctype html><title>Halo</title><p>{request.user}")


urlpatterns = [path("bench/sepele/", sepele), *urls.urlpatterns]
handler404, handler500 = urls.handler404, urls.handler500
