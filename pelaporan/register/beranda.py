"""Where a register begins for everybody: the unit's page, the region's, the country's, or a list to choose from."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from pelaporan.register import selectors as baca
from pelaporan.register.halaman import alamat_register
from pelaporan.register.jenis import register as cari_register
from pelaporan.selectors_isian import unit_sendiri
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.galat import Ditolak
from upt.cakupan import Cakupan
from upt.permintaan import Permintaan


def arahkan(request: Permintaan, register: str, judul: str, pengantar: str) -> HttpResponse:
    """Send somebody to the page of their work in `<register>:unit`, `:kanwil` or `:nasional`; several units are
    listed. Raises Ditolak."""
    if not boleh(request.user, Izin.LIHAT_REGISTER):
        raise Ditolak("Peran Anda tidak membaca register UPT.")
    unit = list(unit_sendiri(request.cakupan))
    if len(unit) == 1:
        return redirect(f"{register}:unit", unit[0].kode)
    tujuan = "" if unit else _wilayah(request.cakupan, register)
    if tujuan:
        return redirect(tujuan)
    semua = unit or list(baca.unit_wilayah(request.cakupan))
    isi = {
        "unit": [(u, alamat_register(f"{register}:unit", kode=u.kode)) for u in semua],
        "judul": judul,
        "pengantar": pengantar,
        "register": cari_register(register),
    }
    return render(request, "register/pilih_unit.html", isi)


def _wilayah(cakupan: Cakupan, register: str) -> str:
    """The page of somebody without a unit of their own."""
    if cakupan.nasional:
        return alamat_register(f"{register}:nasional")
    slug = baca.slug_kanwil(cakupan)
    return alamat_register(f"{register}:kanwil", slug=slug) if slug else ""
