"""What the pages about forms share: who may read and who may change, errors as sentences, the YAML of a version."""

from __future__ import annotations

from typing import Any, cast

import yaml
from django.http import HttpRequest
from django.urls import reverse

from pelaporan.models import FormulirVersi
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakSah
from upt.cakupan import Cakupan

JALUR = [{"label": "Formulir", "url": "/formulir/"}]


def orang(request: HttpRequest) -> Pengguna:
    return cast("Pengguna", request.user)


def cakupan(request: HttpRequest) -> Cakupan:
    return cast("Cakupan", request.cakupan)  # type: ignore[attr-defined]


def pembaca(request: HttpRequest) -> None:
    """Admins, and the reviewers of the directorate."""
    if not boleh(request.user, Izin.LIHAT_RANCANGAN):
        raise Ditolak("Formulir dan rancangannya dibuka oleh admin aplikasi dan peninjau pusat.")


def admin(request: HttpRequest) -> None:
    if not boleh(request.user, Izin.KELOLA_FORMULIR):
        raise Ditolak("Formulir dikelola oleh admin aplikasi.")


def boleh_ubah(request: HttpRequest) -> bool:
    return boleh(request.user, Izin.KELOLA_FORMULIR)


def boleh_angka(request: HttpRequest) -> bool:
    """Figures of units are for those who may read reports; an admin sees counts and names of units."""
    return boleh(request.user, Izin.LIHAT_LAPORAN)


def revisi(request: HttpRequest) -> int:
    teks = request.POST.get("revisi", "")
    if not (teks.isascii() and teks.isdigit() and len(teks) < 10):
        raise TidakSah("Halaman ini tidak lengkap. Muat ulang, lalu coba lagi.")
    return int(teks)


def galat(kalimat: list[str], sasaran: str = "") -> list[dict[str, str]]:
    return [{"pesan": satu, "sasaran": sasaran} for satu in kalimat]


def jalur_rancangan(rancangan: Any) -> list[dict[str, str]]:
    alamat = reverse("pelaporan:rancangan", kwargs={"id": rancangan.pk})
    return [*JALUR, {"label": f"Rancangan {rancangan.kode}", "url": alamat}]


def naskah(versi: FormulirVersi) -> str:
    """The text a version was published from; one that was stored without it is written out from its content."""
    if versi.yaml:
        return versi.yaml
    return yaml.safe_dump(versi.isi, allow_unicode=True, sort_keys=False, width=110)
