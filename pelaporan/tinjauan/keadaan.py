"""The state of the review page: which comparison, which view, which note is being written, which inbox it came from.

All of it is in the URL, so that a link, a reload and another day show the same page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from pelaporan.antrean.forms import FormAntrean
from pelaporan.antrean.selectors import Saringan, daftar_formulir
from pelaporan.halaman import alamat
from pelaporan.models import Laporan
from pemasyarakatan.inti.alamat import urai
from upt.cakupan import Cakupan
from upt.selectors import daftar_upt

PANJANG_ANTREAN = 400


@dataclass(frozen=True)
class Keadaan:
    banding: str = ""
    tampil: str = ""
    tulis: str = ""
    antrean: str = ""
    """The query of the inbox the reviewer came from."""

    @classmethod
    def dari(cls, data: Mapping[str, Any]) -> Keadaan:
        nama = ("banding", "tampil", "tulis", "antrean")
        banding, tampil, tulis, antrean = (str(data.get(n, ""))[:PANJANG_ANTREAN] for n in nama)
        return cls(banding, tampil, tulis, antrean)

    def kueri(self, **ubah: str) -> str:
        """The query of this page with some of it changed; '?' alone when nothing was chosen."""
        satu = replace(self, **ubah)
        return "?" + urlencode({k: v for k, v in vars(satu).items() if v})

    @property
    def polos(self) -> str:
        """This page without an open note."""
        return self.kueri(tulis="")


def alamat_tinjau(laporan: Laporan, keadaan: Keadaan, jangkar: str = "") -> str:
    return f"{alamat(laporan, 'tinjau')}{keadaan.polos}{f'#{jangkar}' if jangkar else ''}"


def pulang(laporan: Laporan, lanjut: str, jangkar: str = "") -> str:
    """Back to the view a form was sent from; only ever to this report's own review page."""
    return alamat_tinjau(laporan, Keadaan.dari(QueryDict(urai(lanjut).query)), jangkar)


def alamat_antrean(antrean: str) -> str:
    """The inbox with the filter the reviewer came from."""
    return f"{reverse('pelaporan:antrean')}{f'?{antrean}' if antrean else ''}"


def pulang_antrean(lanjut: str) -> str:
    """Back to the inbox that the page at `lanjut` was opened from."""
    return alamat_antrean(Keadaan.dari(QueryDict(urai(lanjut).query)).antrean)


def saringan_antrean(antrean: str, cakupan: Cakupan) -> Saringan:
    """The filter of the inbox as its own form reads it; anything but waiting reports falls back to all that wait."""
    if not antrean:
        return Saringan()
    form = FormAntrean(QueryDict(antrean), formulir=daftar_formulir(), upt=daftar_upt(cakupan))
    saringan = form.saringan()
    return saringan if saringan.status in ("menunggu", "lewat") else replace(saringan, status="menunggu")
