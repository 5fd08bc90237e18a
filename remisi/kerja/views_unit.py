"""Where remission and integration begin for everybody, and the unit's own page: occasions and open cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pelaporan.selectors_isian import unit_sendiri
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import tulis_tanggal
from remisi.kerja.views_antrean import menunggu
from remisi.usulan import selectors as baca
from remisi.usulan.alur import GILIRAN, PEMEGANG, Status
from remisi.usulan.selectors import Saringan
from upt.cakupan import Cakupan
from upt.models import UPT
from upt.permintaan import Permintaan
from upt.selectors import daftar_kanwil
from wbp.dasar import menampung

PANGKAL = {"label": "Remisi dan integrasi", "url": "/remisi/"}
TERLAMBAT = 10


@never_cache
@masuk_dulu
@require_safe
def beranda(request: Permintaan) -> HttpResponse:
    """The unit's page for its people; counts, occasions and the queue for those above."""
    if not boleh(request.user, Izin.LIHAT_USULAN) and boleh(request.user, Izin.KELOLA_ATURAN):
        return redirect("remisi:aturan")
    if not boleh(request.user, Izin.LIHAT_USULAN) and boleh(request.user, Izin.LIHAT_TOTAL):
        return redirect("remisi:nasional")
    cakupan = baca.cakupan_kasus(request.user)
    unit = list(unit_sendiri(cakupan))
    if len(unit) == 1 and not (cakupan.kanwil or cakupan.nasional):
        return redirect("remisi:unit", unit[0].kode)
    tunggu = menunggu(request)
    isi = {
        "unit": unit,
        "menunggu": baca.usulan(cakupan, Saringan(status=tunggu)).count(),
        "lewat": baca.usulan(cakupan, Saringan(status=tunggu, lewat=True)).count(),
        "memutus": boleh(request.user, Izin.PUTUS_USULAN),
        "memeriksa": boleh(request.user, Izin.PUTUS_USULAN) or boleh(request.user, Izin.VERIFIKASI_USULAN),
        "kesempatan": baca.kesempatan_wilayah(cakupan),
        "nasional": cakupan.nasional,
        "slug_kanwil": _slug_kanwil(cakupan),
    }
    return render(request, "remisi/beranda.html", isi)


def _slug_kanwil(cakupan: Cakupan) -> str:
    """The Kanwil of somebody who serves at one."""
    semua = list(daftar_kanwil(cakupan)[:2]) if not cakupan.nasional else []
    return semua[0].slug if len(semua) == 1 else ""


@never_cache
@masuk_dulu
@require_safe
def unit(request: Permintaan, kode: str) -> HttpResponse:
    """Occasions with days to their limit, and open cases by step, the late ones first; a Bapas has Litmas instead."""
    upt = baca.unit_usulan(request.cakupan, request.user, kode)
    if upt.jenis == UPT.Jenis.BAPAS:
        return redirect("remisi:litmas", upt.kode)
    milik = Saringan(upt=upt.kode)
    hitung = baca.hitung_status(baca.usulan(request.cakupan, milik))
    nanti = baca.mulai_dilaksanakan(request.cakupan, upt)
    lambat = list(baca.rinci(baca.usulan(request.cakupan, Saringan(upt=upt.kode, lewat=True)))[:TERLAMBAT])
    isi = {
        "upt": upt,
        "menyusun": boleh(request.user, Izin.SUSUN_USULAN, upt),
        "membaca_orang": boleh(request.user, Izin.LIHAT_WARGA, upt),
        "menampung": menampung(upt),
        "berisi": baca.register_berisi(request.cakupan, upt),
        "impor": baca.impor_terakhir(request.cakupan, upt),
        "kesempatan": baca.kesempatan_unit(request.cakupan, upt),
        "langkah": [_langkah(upt.kode, s, hitung[s], nanti) for s in PEMEGANG if s in hitung],
        "lambat": baca.baris(request.cakupan, lambat),
        "jalur": [PANGKAL] if not _sendiri(request) else [],
    }
    return render(request, "remisi/unit.html", isi)


def _sendiri(request: Permintaan) -> bool:
    """Somebody with one unit begins here: nothing is above."""
    return len(request.cakupan.upt) == 1 and not request.cakupan.kanwil and not request.cakupan.nasional


def _langkah(kode: str, status: Status, n: int, nanti: dict[date, int]) -> dict[str, Any]:
    """A step with its cases and whose turn it is; decrees whose day is ahead say when it will be."""
    return {
        "label": baca.LABEL[status],
        "giliran": _giliran_keputusan(n, nanti) if nanti and status is Status.SK_TERBIT else GILIRAN[status],
        "bentuk": baca.BENTUK[status],
        "n": n,
        "url": f"{reverse('remisi:antrean')}?upt={kode}&status={status}",
    }


def _giliran_keputusan(n: int, nanti: dict[date, int]) -> str:
    kini = n - sum(nanti.values())
    bagian = [f"{GILIRAN[Status.SK_TERBIT]} ({tulis_angka(kini)})"] if kini else []
    for hari, banyak in nanti.items():
        jumlah = f" ({tulis_angka(banyak)})" if len(nanti) > 1 or kini else ""
        bagian.append(f"dilaksanakan mulai {tulis_tanggal(hari)}{jumlah}")
    return "; ".join(bagian)
