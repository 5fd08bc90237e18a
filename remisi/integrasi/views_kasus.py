"""The papers of one case of integration: checklist and Litmas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.bidang import FormPortal
from pemasyarakatan.inti.galat import Bentrok, GalatPortal, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from remisi.integrasi import selectors as baca
from remisi.integrasi import services
from remisi.integrasi.bapas import nama_unit, semua_bapas
from remisi.integrasi.forms import FormDokumen, FormMintaLitmas, FormTerimaLitmas
from remisi.integrasi.kalender import NAMA
from remisi.integrasi.selectors import Berkas
from remisi.integrasi.views import jalur, jalur_integrasi
from remisi.models import Litmas
from upt.permintaan import Permintaan


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def dokumen(request: Permintaan, uuid: UUID) -> HttpResponse:
    kasus = baca.satu_kasus(request.cakupan, request.user, uuid)
    berkas = baca.berkas_kasus(kasus, hari_ini(kasus.upt.zona))
    if request.method != "POST":
        return _halaman(request, berkas)
    aksi = request.POST.get("aksi", "")
    if aksi not in _AKSI:
        raise TidakDitemukan("Tindakan ini tidak ada. Muat ulang halaman.")
    form = _form(aksi, berkas, request.POST)
    if not form.is_valid():
        return _halaman(request, berkas, aksi, form)
    try:
        kalimat = _AKSI[aksi](request, berkas, form)
    except (TidakSah, Bentrok) as galat:
        return _halaman(request, berkas, aksi, form, galat)
    messages.success(request, kalimat)
    return redirect("remisi:dokumen", uuid)


def _form(aksi: str, berkas: Berkas, isi: Any = None) -> Any:
    if aksi == "dokumen":
        return FormDokumen(isi, dokumen=berkas.dokumen)
    if aksi == "minta":
        return FormMintaLitmas(isi, bapas=semua_bapas(berkas.kasus.kanwil_id), initial=_permintaan(berkas.litmas))
    kirim = berkas.jawaban
    return FormTerimaLitmas(isi, initial={"nomor": kirim.nomor} if kirim else None)


def _permintaan(litmas: Litmas | None) -> dict[str, Any] | None:
    """The request as it stands, to be corrected."""
    if litmas is None:
        return None
    kode, _ = nama_unit([litmas.bapas_id])[litmas.bapas_id]
    return {"bapas": kode, "surat": litmas.surat, "diminta": litmas.diminta_pada}


def _dokumen(request: Permintaan, berkas: Berkas, form: Any) -> str:
    berubah = services.centang_dokumen(
        usulan=berkas.kasus.pk, isi=form.isi, lama=form.lama, oleh=request.user, cakupan=request.cakupan
    )
    return f"{len(berubah)} dokumen dicatat." if berubah else "Tidak ada yang berubah."


def _minta(request: Permintaan, berkas: Berkas, form: Any) -> str:
    isi = form.cleaned_data
    litmas = services.minta_litmas(
        usulan=berkas.kasus.pk, bapas=isi["bapas"], surat=isi["surat"], diminta=isi["diminta"], oleh=request.user,
        cakupan=request.cakupan,
    )  # fmt: skip
    return f"Permintaan Litmas dicatat; batasnya {tulis_tanggal(litmas.tenggat)}."


def _terima(request: Permintaan, berkas: Berkas, form: Any) -> str:
    isi = form.cleaned_data
    services.terima_litmas(
        usulan=berkas.kasus.pk, diterima=isi["diterima"], nomor=isi["nomor"], oleh=request.user, cakupan=request.cakupan
    )
    return "Litmas diterima dan dicentang dalam daftar dokumen."


_SASARAN = {"dokumen": "dokumen", "minta": "id_bapas", "terima": "id_diterima"}
"""Where the sentence of a refusal leads."""
_AKSI: dict[str, Callable[[Permintaan, Berkas, Any], str]] = {"dokumen": _dokumen, "minta": _minta, "terima": _terima}


def _halaman(
    request: Permintaan,
    berkas: Berkas,
    aksi: str = "",
    form: FormPortal | None = None,
    galat: GalatPortal | None = None,
) -> HttpResponse:
    upt = berkas.kasus.upt
    isi = {
        "upt": upt,
        "berkas": berkas,
        "kasus": berkas.kasus,
        "nama": NAMA[berkas.kasus.jenis],
        "form": form,
        "forms": {a: form if a == aksi else _form(a, berkas) for a in _AKSI},
        "buka": aksi,
        "galat": [{"pesan": galat.pesan, "sasaran": _SASARAN[aksi]}] if galat else [],
        "menulis": berkas.terbuka and boleh(request.user, Izin.SUSUN_USULAN, berkas.kasus),
        "jalur": jalur(upt, jalur_integrasi(upt)),
    }
    status = galat.status if galat else 400 if form is not None and form.errors else 200
    return render(request, "remisi/integrasi_dokumen.html", isi, status=status)
