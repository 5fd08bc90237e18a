"""From a figure's origin to its record: by kind and id alone, whatever unit it is now in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pelaporan.register.jenis import jenis_baris
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from umkm.selectors import unit_baris
from upt.permintaan import Permintaan


@never_cache
@masuk_dulu
@require_safe
def buka(request: Permintaan, jenis: str, pk: int) -> HttpResponse:
    upt = unit_baris(jenis_baris("umkm", jenis), request.cakupan, request.user, pk)
    if jenis == "produk":
        return redirect("umkm:produk", kode=upt.kode, pk=pk)
    return redirect("umkm:baris", kode=upt.kode, jenis=jenis, pk=pk)
