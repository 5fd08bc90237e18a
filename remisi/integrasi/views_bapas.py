"""The Litmas that a Bapas was asked for: what waits, what is late, and that it was sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, GalatPortal, TidakSah
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from remisi.integrasi import selectors_bapas as baca
from remisi.integrasi.forms import FormKirimLitmas, FormSaringLitmas
from remisi.integrasi.selectors_bapas import Diminta
from remisi.integrasi.services_bapas import Dilihat, catat_kiriman
from upt.models import UPT
from upt.permintaan import Permintaan

SEHALAMAN = 25
SUDUT: dict[str, tuple[str, tuple[str, ...]]] = {
    "": ("Menunggu", baca.MENUNGGU),
    "lewat": ("Lewat batas", (baca.LEWAT,)),
    "dikirim": ("Dikirim", (baca.DIKIRIM,)),
    "selesai": ("Selesai", baca.SELESAI),
}
"""What the page shows: the waiting ones first."""


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def litmas(request: Permintaan, kode: str) -> HttpResponse:
    bapas = baca.unit_bapas(request.cakupan, request.user, kode)
    if request.method != "POST":
        return _halaman(request, bapas)
    form = FormKirimLitmas(request.POST)
    if not form.is_valid():
        return _halaman(request, bapas, form)
    isi = form.cleaned_data
    try:
        satu = catat_kiriman(
            litmas=isi["litmas"], dilihat=Dilihat(isi["permintaan"], isi["revisi"]), dikirim=isi["dikirim"],
            nomor=isi["nomor"], oleh=request.user, cakupan=request.cakupan,
        )  # fmt: skip
    except (TidakSah, Bentrok) as galat:
        return _halaman(request, bapas, form, galat)
    hari = satu.dikirim_pada
    messages.success(
        request, f"Litmas dicatat dikirim {tulis_tanggal(hari)}." if hari else "Catatan pengiriman ditarik."
    )
    return redirect(request.get_full_path())


def _halaman(
    request: Permintaan, bapas: UPT, form: FormKirimLitmas | None = None, galat: GalatPortal | None = None
) -> HttpResponse:
    kini = hari_ini(bapas.zona)
    semua = baca.litmas_bapas(request.cakupan, bapas, kini)
    saring = FormSaringLitmas(request.GET, sudut=SUDUT, peminta=baca.daftar_peminta(semua))
    sudut, peminta = saring.pilihan
    hitung = baca.jumlah(semua)
    halaman = Paginator(baca.pilih(semua, SUDUT[sudut][1], peminta), SEHALAMAN).get_page(request.GET.get("halaman"))
    ditolak = str(form["litmas"].value()) if form is not None else ""
    menulis = boleh(request.user, Izin.SUSUN_USULAN, bapas)
    isi: dict[str, Any] = {
        "bapas": bapas,
        "kini": kini,
        "saring": saring,
        "sudut": sudut,
        "tab": [_tab(kode, sudut, peminta, sum(hitung[k] for k in keadaan)) for kode, (_, keadaan) in SUDUT.items()],
        "menunggu": sum(hitung[k] for k in baca.MENUNGGU),
        "lewat": hitung[baca.LEWAT],
        "ada": sum(hitung.values()),
        "halaman": halaman,
        "baris": [
            (b, _form(b, form if str(b.pk) == ditolak else None) if menulis and b.terbuka else None)
            for b in baca.baris(halaman.object_list, kini)
        ],
        "form": form,
        "galat": [{"pesan": galat.pesan, "sasaran": "id_dikirim"}] if galat else [],
        "menulis": menulis,
        "jalur": [] if len(request.cakupan.upt) == 1 else [{"label": "Remisi dan integrasi", "url": "/remisi/"}],
    }
    status = galat.status if galat else 400 if form is not None and form.errors else 200
    return render(request, "remisi/integrasi_bapas.html", isi, status=status)


def _tab(kode: str, kini: str, peminta: str, banyak: int) -> dict[str, Any]:
    alamat = urlencode({k: v for k, v in (("keadaan", kode), ("peminta", peminta)) if v})
    return {"label": SUDUT[kode][0], "url": f"?{alamat}", "n": banyak, "kini": kode == kini}


def _form(b: Diminta, ditolak: FormKirimLitmas | None) -> FormKirimLitmas:
    """The form of one request; the refused one as it was typed."""
    if ditolak is not None:
        return ditolak
    awal = {
        "litmas": b.pk, "permintaan": b.permintaan, "revisi": b.revisi, "dikirim": b.dikirim, "nomor": b.nomor,
    }  # fmt: skip
    return FormKirimLitmas(initial=awal, auto_id=f"l{b.pk}_%s")
