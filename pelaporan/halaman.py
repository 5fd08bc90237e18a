"""What the pages of one report share: the door, addresses, the drill path, hidden fields."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from pelaporan.alur import ALASAN_KEMBALI
from pelaporan.models import Laporan
from pelaporan.selectors import laporan_menurut_id, laporan_satu
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.galat import Ditolak, TidakSah
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal
from pemasyarakatan.jejak.nama import Tautan

_HALAMAN = "Halaman ini tidak lengkap. Muat ulang, lalu coba lagi."


def ambil(request: HttpRequest, kode: str, bulan: Bulan, formulir: str, *izin: Izin) -> Laporan:
    """The report at an address, for who holds one of the rights. Foreign: 404; own without right: 403."""
    laporan = laporan_satu(request.cakupan, kode=kode, bulan=bulan, formulir=formulir)  # type: ignore[attr-defined]
    if not any(boleh(request.user, satu, laporan) for satu in izin):
        raise Ditolak("Peran Anda tidak membuka halaman ini. Hubungi admin bila seharusnya boleh.")
    return laporan


def alamat(laporan: Laporan, nama: str = "laporan", **lain: Any) -> str:
    """URL of one of the report's pages."""
    kunci = {"kode": laporan.upt.kode, "bulan": laporan.periode, "formulir": laporan.formulir_id, **lain}
    return reverse(f"pelaporan:{nama}", kwargs=kunci)


def url_telusur(laporan: Laporan, kode: str) -> str:
    """The origin of one figure of this unit and month."""
    alamat_asal = reverse("dasbor:telusur", kwargs={"formulir": laporan.formulir_id, "kode": kode})
    return f"{alamat_asal}?{urlencode({'bulan': laporan.periode.kode, 'wilayah': laporan.upt.kode})}"


def jalur(laporan: Laporan, *, sampai_laporan: bool = True) -> list[dict[str, str]]:
    """Drill path down to the report's overview."""
    unit = reverse("pelaporan:beranda_upt", kwargs={"kode": laporan.upt.kode})
    langkah = [{"label": laporan.upt.nama, "url": f"{unit}?bulan={laporan.periode.kode}"}]
    if sampai_laporan:
        langkah.append({"label": f"{laporan.formulir.nama} {laporan.periode.nama}", "url": alamat(laporan)})
    return langkah


def kunci_baru() -> str:
    """Key of one form as rendered: sending it twice has one effect."""
    return uuid.uuid4().hex


def baca_tindakan(request: HttpRequest) -> tuple[int, str]:
    """(revision the person saw, key) from the hidden fields of a form."""
    return baca_revisi(request.POST.get("revisi", "")), baca_kunci(request)


def baca_revisi(teks: str) -> int:
    if not (teks.isascii() and teks.isdigit() and len(teks) < 10):
        raise TidakSah(_HALAMAN)
    return int(teks)


def baca_kunci(request: HttpRequest) -> str:
    kunci = request.POST.get("kunci", "")
    if not 8 <= len(kunci) <= 64 or not kunci.isalnum():
        raise TidakSah(_HALAMAN)
    return kunci


def kalimat_kampanye(laporan: Laporan) -> str:
    """'Kampanye 1 Agustus 2026 sampai 31 Oktober 2026, dilaporkan satu kali.'; empty for regular reports."""
    kampanye = laporan.skema.kampanye
    if kampanye is None:
        return ""
    dari, sampai = (tulis_tanggal(date.fromisoformat(x)) for x in (kampanye.dari, kampanye.sampai))
    cara = "dilaporkan satu kali" if kampanye.sekali else "dilaporkan setiap bulan"
    return f"Kampanye {dari} sampai {sampai}, {cara}."


def alasan_kembali(kode: str) -> str:
    return ALASAN_KEMBALI.get(kode, "")


def kelompok_sidik(sidik: str) -> list[str]:
    """A hash in groups of eight, so that two people can compare it aloud."""
    return [sidik[n : n + 8] for n in range(0, len(sidik), 8)]


def tautan_laporan(kunci: frozenset[str]) -> dict[str, Tautan]:
    """Names and pages of reports for the trail, by id as text."""
    return {
        str(laporan.pk): Tautan(f"{laporan.formulir.nama} {laporan.periode.nama}", alamat(laporan))
        for laporan in laporan_menurut_id(kunci)
    }
