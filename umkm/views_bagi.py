"""The month's account: what was sold, what it cost, who got what, and what is left; to the last rupiah."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pelaporan.register.aksi import Aksi, FormAksi, Papan, Tolakan, lakukan, tercatat
from pelaporan.register.selectors import unit_register
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from umkm import selectors_unit as baca
from umkm import tindakan
from umkm.aturan import Bagi
from umkm.forms import FormBagi
from umkm.selectors_unit import Akun
from umkm.tindakan import Pelaku
from umkm.views_unit import jalur
from upt.models import UPT
from upt.permintaan import Permintaan


@dataclass(frozen=True)
class Tempat:
    """The account of one month, for one person."""

    request: Permintaan
    upt: UPT
    hari: date
    akun: Akun
    menulis: bool

    @property
    def nama(self) -> str:
        return self.akun.bulan.nama

    @property
    def url(self) -> str:
        return reverse("umkm:bagi", kwargs={"kode": self.upt.kode, "bulan": self.akun.bulan})


def _form(t: Tempat, data: QueryDict | None) -> FormAksi:
    return FormBagi(data, t.upt, t.hari, t.akun.baris)


def _bagi(t: Tempat, f: FormBagi, pelaku: Pelaku, kunci: UUID) -> Any:
    return tindakan.bagi(t.akun.bulan, f.isi, pelaku, kunci, revisi=f.cleaned_data["revisi"])


AKSI: dict[str, Aksi[Tempat]] = {"bagi": Aksi(_form, _bagi, "Bagi hasil tersimpan.")}


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def bagi(request: Permintaan, kode: str, bulan: Bulan) -> HttpResponse:
    upt = unit_register(request.cakupan, request.user, kode)
    hari = hari_ini(upt.zona)
    if bulan > Bulan.pada(hari):
        raise TidakDitemukan("Bulan ini belum tiba.")
    akun = baca.akun(request.cakupan, upt, bulan)
    t = Tempat(request, upt, hari, akun, boleh(request.user, Izin.ISI_REGISTER, upt))
    if request.method == "POST":
        return lakukan(t, AKSI, Pelaku, _halaman)
    return _halaman(t)


def _halaman(t: Tempat, tolakan: Tolakan | None = None) -> HttpResponse:
    bulan = t.akun.bulan
    sesudah = bulan + 1 if bulan < Bulan.pada(t.hari) else None
    isi = {
        "upt": t.upt,
        "bulan": bulan,
        "akun": t.akun,
        "bagi": _tertulis(t.akun, tolakan),
        "menulis": t.menulis,
        "url": t.url,
        "f": Papan(t, AKSI, tolakan)["bagi"] if t.menulis else None,
        "tercatat": tercatat(t.request, AKSI),
        "sebelum": bulan - 1,
        "sesudah": sesudah,
        "jalur": jalur(t.upt),
        **(tolakan.bahan() if tolakan else {}),
    }
    return render(t.request, "umkm/unit_bagi.html", isi, status=tolakan.galat.status if tolakan else 200)


def _tertulis(akun: Akun, tolakan: Tolakan | None) -> Bagi:
    """The account as it is typed when it was refused, else as it is kept."""
    if tolakan is None:
        return akun.bagi
    isi = getattr(tolakan.form, "cleaned_data", {})
    nilai = {n: isi.get(n) or 0 for n in ("biaya", "premi", "pnbp", "operasional")}
    return Bagi(akun.omzet, **nilai)
