"""What the register's pages share: the unit as this person may use it, the drill path, what a form is bound to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from pelaporan.register.services import BarisSalah, Jawaban, PerluJawaban
from pelaporan.register.temuan import Temuan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.bidang import FormPortal
from pemasyarakatan.inti.galat import GalatPortal
from pemasyarakatan.inti.waktu import hari_ini
from upt.models import UPT
from upt.permintaan import Permintaan
from wbp.dasar import menampung
from wbp.models import DataWarga
from wbp.selectors_data import satu_data, unit_warga

Jalur = list[dict[str, str]]


@dataclass(frozen=True)
class Tempat:
    """One unit's register for one person of staff. Raises TidakDitemukan, Ditolak when opened."""

    request: Permintaan
    upt: UPT
    hari: date

    @classmethod
    def buka(cls, request: Permintaan, kode: str, izin: Izin = Izin.LIHAT_WARGA) -> Tempat:
        upt = unit_warga(request.cakupan, request.user, kode, izin)
        return cls(request, upt, hari_ini(upt.zona))

    def boleh(self, izin: Izin) -> bool:
        return boleh(self.request.user, izin, self.upt)

    @property
    def menulis(self) -> bool:
        return self.boleh(Izin.ISI_WARGA) and menampung(self.upt)

    @property
    def menampung(self) -> bool:
        return menampung(self.upt)

    def orang(self, pk: int) -> DataWarga:
        return satu_data(self.request.cakupan, self.upt, pk)

    def url(self, nama: str, **lain: Any) -> str:
        return reverse(f"wbp:{nama}", kwargs={"kode": self.upt.kode, **lain})

    @property
    def pelaku(self) -> dict[str, Any]:
        """Keyword arguments of every service."""
        return {"oleh": self.request.user, "cakupan": self.request.cakupan}

    def jalur(self, data: DataWarga | None = None) -> Jalur:
        """Units first; a person is called by initials. Who opens names without reading the register sees no way to
        it."""
        if not self.boleh(Izin.LIHAT_WARGA):
            return []
        semua = jalur_unit(self.upt)
        return [*semua, {"label": sebut(data), "url": self.url("satu", pk=data.pk)}] if data else semua


def jalur_unit(upt: UPT) -> Jalur:
    """The unit, and its register."""
    return [
        {"label": upt.nama, "url": reverse("pelaporan:beranda_upt", kwargs={"kode": upt.kode})},
        {"label": "Warga binaan", "url": reverse("wbp:unit", kwargs={"kode": upt.kode})},
    ]


def sebut(data: DataWarga) -> str:
    """What a person is called on every page."""
    return "Data yang dimusnahkan" if data.dimusnahkan_pada else str(data)


def kiriman(request: Permintaan, aksi: str = "") -> QueryDict | None:
    """What a form is bound to; with several forms on a page only that of the posted act."""
    return request.POST if request.method == "POST" and (not aksi or request.POST.get("aksi") == aksi) else None


@dataclass
class Hasil:
    """How a form came out: shown again with what is wrong (`galat`) or asked (`temuan`)."""

    form: FormPortal
    galat: GalatPortal | None = None
    setuju: frozenset[str] = frozenset()

    @property
    def temuan(self) -> list[Temuan]:
        return self.galat.temuan if isinstance(self.galat, PerluJawaban) else []

    def bahan(self) -> dict[str, Any]:
        """What the page needs to show it."""
        return {"form": self.form, "galat": self._pesan(), "temuan": self.temuan, "setuju": self.setuju}

    def _pesan(self) -> list[dict[str, str]]:
        if self.form.errors or self.galat is None:
            return []
        if self.temuan:
            return [{"pesan": t.pesan, "sasaran": f"tanya-{t.kode}"} for t in self.temuan]
        return [{"pesan": self.galat.pesan, "sasaran": ""}]

    @property
    def status(self) -> int:
        return self.galat.status if self.galat else 400 if self.form.errors else 200


def jawaban(request: Permintaan) -> Jawaban:
    """What the person said to be so."""
    return Jawaban(frozenset(request.POST.getlist("setuju")))


def tolak(form: FormPortal, galat: GalatPortal) -> None:
    """Put refusals of the services at the fields they mean."""
    if isinstance(galat, BarisSalah):
        for nama, pesan in galat.bidang.items():
            form.add_error(nama if nama in form.fields else None, pesan)


def tampilkan(t: Tempat, templat: str, *, status: int = 200, data: DataWarga | None = None, **isi: Any) -> HttpResponse:
    dasar = {"t": t, "upt": t.upt, "data": data, "sebutan": sebut(data) if data else "", "jalur": t.jalur()}
    return render(t.request, f"wbp/{templat}.html", {**dasar, **isi}, status=status)
