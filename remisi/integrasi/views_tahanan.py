"""Detentions that end soon: what to send, what was sent, who is held too long."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, GalatPortal, TidakSah
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from remisi.integrasi import selectors as baca
from remisi.integrasi import services
from remisi.integrasi.forms import FormPemberitahuan
from remisi.integrasi.selectors_tahanan import daftar_tahanan
from remisi.integrasi.tahanan import KATA, Tahanan, langkah
from remisi.integrasi.views import jalur, jalur_integrasi
from remisi.selectors_aturan import himpunan
from upt.models import UPT
from upt.permintaan import Permintaan
from wbp.selectors_data import register_berisi


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def tahanan(request: Permintaan, kode: str) -> HttpResponse:
    upt = baca.unit_integrasi(request.cakupan, request.user, kode)
    if request.method != "POST":
        return _halaman(request, upt)
    semua = langkah(himpunan(), hari_ini(upt.zona))
    form = FormPemberitahuan(request.POST, langkah=[(n, f"{n} hari") for n in semua])
    if not form.is_valid():
        return _halaman(request, upt, form)
    isi = form.cleaned_data
    try:
        services.catat_pemberitahuan(
            data=isi["orang"], langkah=isi["langkah"], habis=isi["habis"], dikirim=isi["dikirim"], nomor=isi["nomor"],
            oleh=request.user, cakupan=request.cakupan,
        )  # fmt: skip
    except (TidakSah, Bentrok) as galat:
        return _halaman(request, upt, form, galat)
    messages.success(request, f"Pemberitahuan {isi['langkah']} hari dicatat.")
    return redirect("remisi:tahanan", upt.kode)


def _halaman(
    request: Permintaan, upt: UPT, form: FormPemberitahuan | None = None, galat: GalatPortal | None = None
) -> HttpResponse:
    kini = hari_ini(upt.zona)
    daftar = daftar_tahanan(upt, kini)
    ditolak = str(form["orang"].value()) if form is not None else ""
    baris = [(o, _form(o, kini, form if str(o.data) == ditolak else None)) for o in daftar.orang]
    isi = {
        "upt": upt,
        "kini": kini,
        "daftar": daftar,
        "baris": baris,
        "kata": KATA,
        "form": form,
        "ditolak": ditolak,
        "galat": [{"pesan": galat.pesan, "sasaran": "id_dikirim"}] if galat else [],
        "berisi": register_berisi(request.cakupan, upt),
        "membaca_orang": boleh(request.user, Izin.LIHAT_WARGA, upt),
        "menulis": boleh(request.user, Izin.ISI_WARGA, upt),
        "jalur": jalur(upt, jalur_integrasi(upt)),
    }
    status = galat.status if galat else 400 if form is not None and form.errors else 200
    return render(request, "remisi/integrasi_tahanan.html", isi, status=status)


def _form(o: Tahanan, kini: date, ditolak: FormPemberitahuan | None) -> FormPemberitahuan | None:
    """Which notices can be noted, the one to send now first offered; the refused one as it was typed."""
    if ditolak is not None or not o.terbuka:
        return ditolak
    pertama = o.perlu or o.terbuka[0]
    awal = {"orang": o.data, "langkah": pertama.hari, "habis": o.habis.isoformat(), "dikirim": kini}
    pilihan = [(s.hari, f"{s.hari} hari, waktunya {tulis_tanggal(s.tempo)}") for s in o.terbuka]
    return FormPemberitahuan(initial=awal, auto_id=f"t{o.data}_%s", langkah=pilihan)
