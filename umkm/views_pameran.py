"""Exhibitions of a unit: what was sold at each, and taking part in one that is registered, or in a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pelaporan.register.aksi import Aksi, FormAksi, Papan, TempatUnit, Tolakan, lakukan, tercatat
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from umkm import selectors_pameran as baca
from umkm.forms import FormCariPameran, FormIkut, FormPameran
from umkm.models import Pameran
from umkm.services import IsiPameran, MiripAda, buat_pameran
from umkm.tindakan import Pelaku
from umkm.views_unit import jalur
from upt.permintaan import Permintaan


@dataclass(frozen=True)
class Tempat(TempatUnit):
    """`dipilih`: the event of `?pameran=`, which the form of taking part is about."""

    halaman = "umkm:pameran"
    dipilih: Pameran | None = None


def _ikut(t: Tempat, f: FormIkut, pelaku: Pelaku, kunci: UUID) -> Any:
    return pelaku.buat("peserta", f.isi, kunci)


AKSI: dict[str, Aksi[Tempat]] = {
    "ikut": Aksi(lambda t, d: FormIkut(d, t.upt, t.hari, t.dipilih), _ikut, "Keikutsertaan pameran tercatat."),
}


def _daftarkan(t: Tempat, f: FormPameran, pelaku: Pelaku, kunci: UUID) -> Any:
    try:
        lain = bool(f.cleaned_data.get("lain_pameran"))
        return buat_pameran(IsiPameran(**f.isi), oleh=pelaku.oleh, bukan_mirip=lain)
    except MiripAda as galat:
        f.mirip = galat.mirip
        f.tawarkan_lain()
        raise


BARU: dict[str, Aksi[Tempat]] = {
    "pameran": Aksi(
        lambda t, d: FormPameran(d, t.upt, t.hari),
        _daftarkan,
        "Pameran terdaftar. Catat keikutsertaan unit di sini.",
        lambda t, hasil: f"{t.url}?pameran={hasil.pk}",
    ),
}


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def pameran(request: Permintaan, kode: str) -> HttpResponse:
    """`?cari=` looks for a registered event, `?pameran=` chooses one."""
    t = Tempat.buka(request, kode, dipilih=_dipilih(request.GET))
    if request.method != "POST":
        return _halaman(t)
    if request.POST.get("aksi") in BARU:
        return lakukan(t, BARU, Pelaku, _halaman)
    return lakukan(t, AKSI, Pelaku, _halaman)


def _dipilih(data: QueryDict) -> Pameran | None:
    pk = data.get("pameran", "")
    return baca.satu_pameran(int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 19 else None


def _halaman(t: Tempat, tolakan: Tolakan | None = None) -> HttpResponse:
    ikut = baca.ikut_pameran(t.request.cakupan, t.upt)
    cari = FormCariPameran(t.request.GET if "cari" in t.request.GET else None)
    teks = cari.cleaned_data["cari"] if cari.is_valid() else ""
    ditolak = tolakan.form.aksi if tolakan else ""
    papan_baru = Papan(t, BARU, tolakan)
    mirip = tolakan.form.mirip if tolakan and isinstance(tolakan.form, FormPameran) else []
    form_ikut: FormAksi | None = Papan(t, AKSI, tolakan)["ikut"] if t.dipilih or ditolak == "ikut" else None
    isi = {
        "upt": t.upt,
        "menulis": t.menulis,
        "url": reverse("umkm:pameran", kwargs={"kode": t.upt.kode}),
        "ikut": ikut,
        "cari": cari,
        "mencari": cari.is_bound and cari.is_valid(),
        "temu": baca.belum_diikuti(baca.cari_pameran(teks), ikut) if t.menulis and cari.is_bound else [],
        "dipilih": t.dipilih,
        "form_ikut": form_ikut if t.menulis else None,
        "form_baru": papan_baru["pameran"] if t.menulis else None,
        "mirip": baca.belum_diikuti(mirip, ikut),
        "tercatat": tercatat(t.request, AKSI, BARU),
        "buka": "ikut" if t.dipilih else "",
        "jalur": jalur(t.upt),
        **(tolakan.bahan() if tolakan else {}),
    }
    return render(t.request, "umkm/unit_pameran.html", isi, status=tolakan.galat.status if tolakan else 200)
