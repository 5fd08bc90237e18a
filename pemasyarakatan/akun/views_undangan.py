"""The page behind a one-time link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pemasyarakatan.akun.forms import FormSandiBaru
from pemasyarakatan.akun.undangan import pakai_tautan, penerima
from pemasyarakatan.inti.galat import TidakSah


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def atur_sandi(request: HttpRequest, kode: str, token: str) -> HttpResponse:
    """Choose a password; afterwards log in with it."""
    pengguna = penerima(kode, token)
    if pengguna is None:
        return render(request, "akun/atur_sandi.html", {"pengguna": None}, status=404)
    form = FormSandiBaru(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            pakai_tautan(kode=kode, token=token, sandi=form.cleaned_data["baru"])
        except TidakSah as galat:
            form.add_error("baru" if "baru" in galat.rincian else None, galat.pesan)
        else:
            messages.success(request, "Kata sandi tersimpan. Masuklah dengan kata sandi itu.")
            return redirect("akun:masuk")
    konteks = {"pengguna": pengguna, "form": form}
    return render(request, "akun/atur_sandi.html", konteks, status=400 if form.errors else 200)
