"""The page on which a form of a month is opened down to the register's records."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pelaporan.register.asal import asal_formulir
from pelaporan.register.halaman import jalur_unit
from pelaporan.register.selectors import unit_register
from pemasyarakatan.inti.waktu import Bulan
from upt.permintaan import Permintaan


@dataclass(frozen=True)
class Asuhan:
    """The form that a register feeds, and what its page says: `sampai` names the records at the bottom."""

    register: str
    formulir: str
    sampai: str


def halaman_asal(request: Permintaan, kode: str, bulan: Bulan, asuhan: Asuhan) -> HttpResponse:
    """The form of a month as the register gives it: each figure with what it is made of, and what was sent."""
    upt = unit_register(request.cakupan, request.user, kode)
    sebelum, sesudah = bulan - 1, bulan + 1 if bulan < Bulan.kini(upt.zona) else None
    url_unit = reverse(f"{asuhan.register}:unit", kwargs={"kode": upt.kode})

    def url(lain: Bulan) -> str:
        return reverse(f"{asuhan.register}:asal", kwargs={"kode": upt.kode, "bulan": lain})

    isi = {
        "upt": upt,
        "bulan": bulan,
        "formulir": asuhan.formulir,
        "pengantar": f"Setiap angka dapat dibuka sampai {asuhan.sampai}.",
        "pesan_kosong": f"Selama register kosong, {asuhan.formulir} diisi dengan mengetik.",
        "asal": asal_formulir(request.cakupan, upt, bulan, formulir=asuhan.formulir, register=asuhan.register),
        "sebelum": sebelum,
        "sesudah": sesudah,
        "url_unit": url_unit,
        "url_sebelum": url(sebelum),
        "url_sesudah": url(sesudah) if sesudah else "",
        "jalur": jalur_unit(asuhan.register, upt),
    }
    return render(request, "register/asal.html", isi)
