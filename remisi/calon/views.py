"""Asking for the candidates of the whole country; the answer is a job with its own page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Ditolak
from remisi.calon.tugas import minta_hitung
from remisi.kesempatan import satu_kesempatan
from upt.permintaan import Permintaan


@masuk_dulu
@require_POST
def hitung_negeri(request: Permintaan, kesempatan: str) -> HttpResponse:
    """The same request while one waits or runs is that one."""
    if not boleh(request.user, Izin.PUTUS_USULAN):
        raise Ditolak("Calon semua UPT dihitung atas permintaan Ditjenpas. UPT menghitung calonnya sendiri.")
    pekerjaan = minta_hitung(kesempatan=satu_kesempatan(kesempatan), oleh=request.user)
    return redirect("pekerjaan:satu", id=pekerjaan.pk)


rute: list[URLPattern] = [path("hitung/<slug:kesempatan>/", hitung_negeri, name="hitung_negeri")]
