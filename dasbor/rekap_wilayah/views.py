"""The regional recap: live, as sent, and what changed since; the nation's list of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dasbor import selectors as baca_dasbor
from dasbor.models import RekapWilayah
from dasbor.pilihan import kalimat_liputan, url_telusur
from dasbor.rekap import Liputan
from dasbor.rekap_wilayah import selectors as baca
from dasbor.rekap_wilayah.services import kirim_rekap
from dasbor.rekap_wilayah.susun import beda
from pelaporan.halaman import baca_kunci, kelompok_sidik, kunci_baru
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import Ditolak, GalatPortal, KunciTerpakai, TidakDitemukan, TidakSah
from pemasyarakatan.inti.ramai import berat
from pemasyarakatan.inti.waktu import Bulan, sekarang
from upt.models import Kanwil
from upt.permintaan import Permintaan

SEMUA = "semua"
"""Opens the figures of every form at once, for printing; otherwise one form at a time keeps the page light."""


@berat
@login_required
@require_safe
def daftar(request: Permintaan) -> HttpResponse:
    """One row per Kanwil: what it sent for the month. A Kanwil's people go straight to theirs."""
    _pastikan_boleh(request)
    bulan = _bulan(request)
    semua = baca.rekap_semua_kanwil(request.cakupan, bulan)
    if not request.cakupan.nasional and len(semua) == 1:
        return redirect("dasbor:rekap_wilayah", semua[0][0].slug, bulan)
    baris = [(k, r, _liputan(r.isi["liputan"]) if r else "") for k, r in semua]
    isi = {"baris": baris, "bulan": bulan, "terbuka": baca_dasbor.bulan_terbuka(), "kini": sekarang()}
    return render(request, "dasbor/rekap_daftar.html", isi)


@berat
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rekap(request: Permintaan, slug: str, bulan: Bulan) -> HttpResponse:
    """GET ?versi= shows a sent version, without it the live recap. POST sends it."""
    _pastikan_boleh(request)
    kanwil = baca.kanwil_terlihat(request.cakupan, slug)
    if request.method != "POST":
        return _halaman(request, kanwil, bulan)
    try:
        kirim_rekap(
            kanwil=kanwil,
            bulan=bulan,
            catatan=request.POST.get("catatan", ""),
            disahkan=request.POST.get("disahkan") == "on",
            oleh=request.user,
            cakupan=request.cakupan,
            kunci=baca_kunci(request),
        )
    except (TidakSah, KunciTerpakai) as galat:
        return _halaman(request, kanwil, bulan, galat)
    messages.success(request, f"Rekap {bulan.nama} terkirim ke Pusat.")
    return redirect("dasbor:rekap_wilayah", slug, bulan)


def _pastikan_boleh(request: Permintaan) -> None:
    if not boleh(request.user, Izin.LIHAT_DASBOR):
        raise Ditolak("Peran Anda tidak membaca rekap wilayah.")
    if not (request.cakupan.nasional or request.cakupan.kanwil):
        raise Ditolak("Rekap wilayah dibaca oleh Kanwil dan Pusat. Angka unit Anda ada di dasbor unit.")


def _bulan(request: Permintaan) -> Bulan:
    try:
        if request.GET.get("bulan"):
            return Bulan.dari(request.GET["bulan"])
    except ValueError as galat:
        raise TidakDitemukan("Bulan ditulis seperti 2026-01. Pilih bulannya dari daftar.") from galat
    return baca_dasbor.bulan_terisi(request.cakupan) or Bulan.kini() - 1


def _halaman(request: Permintaan, kanwil: Kanwil, bulan: Bulan, galat: GalatPortal | None = None) -> HttpResponse:
    kini = baca.rekap_kini(request.cakupan, kanwil, bulan)
    terkirim = baca.rekap_terkirim(request.cakupan, kanwil, bulan)
    pilih = _pilih(request, terkirim)
    isi = pilih.isi if pilih else kini
    konteks = {
        "kanwil": kanwil,
        "bulan": bulan,
        "isi": isi,
        "liputan": _liputan(isi["liputan"]),
        "formulir": [_formulir(f, kanwil, bulan, tertaut=pilih is None) for f in isi["formulir"]],
        "terbuka": request.GET.get("formulir") or next((f["kode"] for f in isi["formulir"]), ""),
        "semua": SEMUA,
        "terkirim": terkirim,
        "pilih": pilih,
        "sidik": kelompok_sidik(pilih.sidik) if pilih else [],
        "beda": [_tulis_beda(b) for b in beda(terkirim[0].isi, kini)] if terkirim and not pilih else [],
        "boleh_kirim": boleh(request.user, Izin.KIRIM_REKAP) and not pilih,
        "catatan": request.POST.get("catatan", ""),
        "galat": [{"pesan": galat.pesan, "sasaran": galat.rincian.get("sasaran", "")}] if galat else [],
        "kunci": kunci_baru(),
        "kini": sekarang(),
        "jalur": [{"label": "Rekap semua Kanwil", "url": f"{reverse('dasbor:rekap_daftar')}?bulan={bulan.kode}"}]
        if request.cakupan.nasional
        else [],
    }
    return render(request, "dasbor/rekap_wilayah.html", konteks, status=galat.status if galat else 200)


def _pilih(request: Permintaan, terkirim: list[RekapWilayah]) -> RekapWilayah | None:
    nomor = request.GET.get("versi", "")
    if not nomor:
        return None
    cocok = next((r for r in terkirim if str(r.versi) == nomor), None)
    if cocok is None:
        raise TidakDitemukan("Versi rekap ini tidak ada. Pilih dari daftar versi.")
    return cocok


def _liputan(isi: dict[str, int]) -> str:
    return kalimat_liputan(Liputan(**isi), "laporan")


def _formulir(f: dict[str, Any], kanwil: Kanwil, bulan: Bulan, *, tertaut: bool) -> dict[str, Any]:
    angka = [
        {
            **a,
            "teks": tulis_angka(a["masuk"], a["jenis"]),
            "sah_teks": tulis_angka(a["sah"], a["jenis"]),
            "url": url_telusur(f["kode"], a["kode"], bulan, kanwil.slug) if tertaut else "",
        }
        for a in f["angka"]
    ]
    return {**f, "angka": angka, "kalimat": kalimat_liputan(Liputan(**f["liputan"]))}


def _tulis_beda(b: dict[str, Any]) -> dict[str, Any]:
    return {**b, "kini_teks": tulis_angka(b["kini"], b["jenis"]), "lalu_teks": tulis_angka(b["lalu"], b["jenis"])}
