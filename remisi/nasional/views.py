"""Grants of an occasion over the nation and a Kanwil, and how each figure opens: Kanwil, unit, cases, the case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti import csv_keluar
from pemasyarakatan.inti.galat import Ditolak, TidakSah
from pemasyarakatan.inti.waktu import sekarang, tulis_tanggal, tulis_waktu
from remisi.nasional import halaman
from remisi.nasional import selectors as baca
from remisi.nasional.berkas import tabel_total, xlsx
from remisi.nasional.forms import FormNasional, FormRinci
from remisi.nasional.selectors import Lingkup
from upt.models import Kanwil
from upt.permintaan import Permintaan
from upt.selectors import kanwil_sendiri, satu_kanwil, satu_upt

SEHALAMAN = 50
TIPE_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _buka(request: Permintaan, kanwil: Kanwil | None = None) -> tuple[Lingkup | None, FormNasional, bool]:
    """The scope asked for (None: no occasion yet), the filter, and whether small figures are theirs to read."""
    cakupan = baca.cakupan_usulan(request.user)
    utuh = baca.dalam_rantai(request.user, cakupan)
    if kanwil is not None and not utuh:
        raise Ditolak("Rincian wilayah dibaca oleh Kanwil-nya dan peninjau Ditjenpas. Angka nasional tetap terbuka.")
    semua = baca.daftar_kesempatan()
    form = FormNasional(request.GET, semua=semua, utuh=utuh)
    if not form.is_valid():
        raise TidakSah("Saringan ini tidak ada. Pilih dari daftar.")
    satu = baca.kesempatan_dari(semua, form.cleaned_data["kesempatan"])
    return (Lingkup(cakupan, satu, kanwil, saring=form.saring) if satu else None), form, utuh


@never_cache
@masuk_dulu
@require_safe
def nasional(request: Permintaan) -> HttpResponse:
    """The nation; others are taken to what is theirs."""
    cakupan = baca.cakupan_usulan(request.user)
    if not cakupan.nasional:
        milik = kanwil_sendiri(cakupan)
        ekor = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("remisi:kanwil", args=[milik.slug]) + ekor if milik else reverse("remisi:beranda"))
    return _halaman(request, *_buka(request))


@never_cache
@masuk_dulu
@require_safe
def kanwil(request: Permintaan, slug: str) -> HttpResponse:
    """The same of one region; another one does not exist for its neighbours."""
    cakupan = baca.cakupan_usulan(request.user)
    if not (cakupan.nasional or cakupan.kanwil):
        raise Ditolak("Halaman wilayah dibaca oleh Kanwil dan Ditjenpas. Buka remisi unit Anda dari beranda.")
    return _halaman(request, *_buka(request, satu_kanwil(cakupan, slug)))


def _halaman(request: Permintaan, lingkup: Lingkup | None, form: FormNasional, utuh: bool) -> HttpResponse:
    if lingkup is None:
        return render(request, "remisi/nasional.html", {"form": form, "lingkup": None, "utuh": utuh})
    gaya = None if request.GET.get("unduh") == "xlsx" else csv_keluar.gaya_diminta(request)
    isi = halaman.isi(lingkup, utuh=utuh)
    if gaya is not None or request.GET.get("unduh") == "xlsx":
        return _berkas(request, lingkup, isi, gaya, utuh=utuh)
    return render(request, "remisi/nasional.html", {**isi, "form": form, "utuh": utuh})


def _berkas(
    request: Permintaan, lingkup: Lingkup, isi: dict[str, Any], gaya: csv_keluar.Gaya | None, *, utuh: bool
) -> HttpResponse:
    keterangan = [
        ("Wilayah", lingkup.nama),
        ("Kesempatan", f"{lingkup.kesempatan.nama}, {tulis_tanggal(lingkup.kesempatan.tanggal)}"),
        ("Cakupan", isi["kalimat_liputan"]),
        ("Dihitung", "pemberian yang keputusannya terbit, bukan orang"),
        ("Diunduh", f"{tulis_waktu(sekarang(), 'WIB')} oleh {request.user.nama_pengguna}"),
    ]
    wilayah = lingkup.kanwil.slug if lingkup.kanwil else "nasional"
    nama = f"remisi-{wilayah}-{lingkup.kesempatan.slug}"
    tabel = tabel_total(nama, keterangan, isi["semua"], isi["tabel"], utuh=utuh)
    return csv_keluar.jawab(tabel, gaya) if gaya else jawab_berkas(xlsx(tabel), f"{nama}.xlsx", TIPE_XLSX)


def jawab_berkas(isi: bytes, nama: str, tipe: str) -> HttpResponse:
    jawaban = HttpResponse(isi, content_type=tipe)
    jawaban["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=nama) or "attachment"
    jawaban["X-Content-Type-Options"] = "nosniff"
    jawaban["Cache-Control"] = "private, no-store"
    return jawaban


# ---------------------------------------------------------------- opening one figure


@never_cache
@masuk_dulu
@require_safe
def rinci(request: Permintaan) -> HttpResponse:
    """What a figure is made of: Kanwil, in a Kanwil its units, in a unit its cases with masked names."""
    lingkup, _, utuh = _buka(request)
    if not utuh:
        raise Ditolak("Rincian angka dibaca oleh unitnya, Kanwil-nya, dan peninjau Ditjenpas.")
    if lingkup is None:
        raise TidakSah("Belum ada kesempatan remisi.")
    saring = FormRinci(request.GET)
    if not saring.is_valid():
        raise TidakSah("Alamat rincian ini tidak benar. Buka lagi dari angkanya.")
    lingkup = _tempat(request, replace(lingkup, saring=saring.saring))
    isi: dict[str, Any] = {"lingkup": lingkup, "jalur": _jalur(lingkup), "saring": halaman.kata_saring(lingkup)}
    if lingkup.upt is not None:
        lembar = Paginator(baca.kasus(lingkup), SEHALAMAN).get_page(request.GET.get("halaman"))
        isi |= {"halaman": lembar, "baris": baca.dengan_orang(lingkup, lembar.object_list)}
        return render(request, "remisi/nasional_kasus.html", isi)
    semua = baca.per_upt(lingkup) if lingkup.kanwil else baca.per_kanwil(lingkup)
    isi["baris"] = [(t, alamat(lingkup, t.tempat)) for t in semua]
    isi["jumlah"] = sum(t.orang for t in semua)
    return render(request, "remisi/nasional_rinci.html", isi)


def _tempat(request: Permintaan, lingkup: Lingkup) -> Lingkup:
    """Down to the Kanwil or unit of the address; who serves one Kanwil or unit begins there."""
    cakupan = lingkup.cakupan
    if kode := request.GET.get("upt", ""):
        upt = satu_upt(cakupan, kode)
        return replace(lingkup, upt=upt, kanwil=upt.kanwil)
    if slug := request.GET.get("kanwil", ""):
        return replace(lingkup, kanwil=satu_kanwil(cakupan, slug))
    if cakupan.nasional:
        return lingkup
    if milik := kanwil_sendiri(cakupan):
        return replace(lingkup, kanwil=milik)
    upt = baca.upt_sendiri(cakupan)
    return replace(lingkup, upt=upt, kanwil=upt.kanwil)


def alamat(lingkup: Lingkup, tempat: Any = None) -> str:
    """The address of a figure, a level further down with `tempat`."""
    isi = {"kesempatan": lingkup.kesempatan.slug, **lingkup.saring.isi}
    if tempat is None:
        tempat = lingkup.kanwil
    if tempat is not None:
        isi |= {"kanwil": tempat.slug} if isinstance(tempat, Kanwil) else {"upt": tempat.kode}
    return f"{reverse('remisi:nasional_rinci')}?{urlencode(isi)}"


def _jalur(lingkup: Lingkup) -> list[dict[str, str]]:
    """Nation, Kanwil: as far as they are above this page and within the reader's scope."""
    k = lingkup.kesempatan.slug
    jalur = []
    if lingkup.cakupan.nasional:
        jalur.append({"label": "Nasional", "url": f"{reverse('remisi:nasional')}?kesempatan={k}"})
    if lingkup.kanwil is not None and (lingkup.cakupan.nasional or lingkup.kanwil.pk in lingkup.cakupan.kanwil):
        url = f"{reverse('remisi:kanwil', args=[lingkup.kanwil.slug])}?kesempatan={k}"
        jalur.append({"label": lingkup.kanwil.nama_pendek, "url": url})
    return jalur
