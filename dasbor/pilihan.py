"""What a dashboard was asked for, and the links that carry it on: every figure opens its origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dasbor.indikator import Indikator, semua
from dasbor.rekap import DASAR, Dasar, Liputan
from dasbor.selectors import NASIONAL, Wilayah
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.angka import Jenis, tulis_angka
from pemasyarakatan.inti.galat import TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan, GalatWaktu

INDIKATOR_BAWAAN = "hunian"
TIDAK_ADA = SafeString('<span aria-hidden="true">–</span><span class="sr">tidak ada data</span>')
KATA_DASAR: Mapping[str, str] = {"masuk": "semua laporan yang masuk", "sah": "laporan terverifikasi"}


@dataclass(frozen=True)
class Pilihan:
    """Month, base and indicator of a page. `terbuka`: the month was opened for reporting."""

    bulan: Bulan
    dasar: Dasar
    indikator: Indikator
    terbuka: bool

    def parameter(self, **ganti: str) -> str:
        """The query string that keeps the choice; what is at its default is left out."""
        isi = {"bulan": self.bulan.kode, "indikator": self.indikator.kode, "dasar": self.dasar} | ganti
        bawaan = {"indikator": INDIKATOR_BAWAAN, "dasar": "masuk"}
        return urlencode({k: v for k, v in isi.items() if bawaan.get(k) != v})

    def pada(self, bulan: Bulan) -> Pilihan:
        return replace(self, bulan=bulan)


def baca_pilihan(data: Mapping[str, Any], terbuka: list[Bulan], bawaan: Bulan | None) -> Pilihan:
    """Read the URL. Raises TidakSah for what is no month or base, TidakDitemukan for an unknown indicator."""
    try:
        bulan = Bulan.dari(data["bulan"]) if data.get("bulan") else bawaan or next(iter(terbuka), Bulan.kini() - 1)
    except GalatWaktu as galat:
        raise TidakSah(galat.pesan) from galat
    dasar = data.get("dasar") or "masuk"
    if dasar not in DASAR:
        raise TidakSah("Pilih angka dari laporan yang masuk atau yang terverifikasi.")
    kode = data.get("indikator") or INDIKATOR_BAWAAN
    if kode not in semua():
        raise TidakDitemukan("Indikator ini tidak ada. Pilih salah satu dari daftar di dasbor.")
    return Pilihan(bulan, dasar, semua()[kode], bulan in terbuka)


# ---------------------------------------------------------------- links


def url_wilayah(wilayah: Wilayah, pilihan: Pilihan, **ganti: str) -> str:
    """The dashboard of a region or unit, with the same month and indicator."""
    argumen = {"nasional": {}, "kanwil": {"slug": wilayah.kode}, "upt": {"kode": wilayah.kode}}[wilayah.tingkat]
    return f"{reverse(f'dasbor:{wilayah.tingkat}', kwargs=argumen)}?{pilihan.parameter(**ganti)}"


def url_telusur(formulir: str, kode: str, bulan: Bulan, wilayah: str = NASIONAL) -> str:
    alamat = reverse("dasbor:telusur", kwargs={"formulir": formulir, "kode": kode})
    return f"{alamat}?{urlencode({'bulan': bulan.kode, 'wilayah': wilayah})}"


def url_indikator(kode: str, bulan: Bulan, wilayah: str = NASIONAL) -> str:
    alamat = reverse("dasbor:indikator", kwargs={"kode": kode})
    return f"{alamat}?{urlencode({'bulan': bulan.kode, 'wilayah': wilayah})}"


def url_laporan(upt: str, bulan: Bulan, formulir: str) -> str:
    return reverse("pelaporan:laporan", kwargs={"kode": upt, "bulan": bulan, "formulir": formulir})


def url_versi(upt: str, bulan: Bulan, formulir: str, versi: int) -> str:
    return reverse("pelaporan:versi", kwargs={"kode": upt, "bulan": bulan, "formulir": formulir, "versi": versi})


# ---------------------------------------------------------------- words


def tulis(nilai: Nilai, jenis: Jenis = "desimal", satuan: str = "") -> str:
    """A figure as text; a missing one is – with the words "tidak ada data" for those who listen."""
    if not isinstance(nilai, bool) and nilai is not None and not isinstance(nilai, str):
        return tulis_angka(nilai, jenis, satuan)
    return TIDAK_ADA


def tautan(url: str, teks: str, keterangan: str = "") -> SafeString:
    """A figure as a link to its origin; `keterangan` is read, not shown."""
    if teks is TIDAK_ADA or not url:
        return format_html("{}", teks)
    baca = format_html('<span class="sr">, {}</span>', keterangan) if keterangan else ""
    return format_html('<a href="{}">{}{}</a>', url, teks, baca)


def kalimat_liputan(li: Liputan, benda: str = "UPT") -> str:
    """'498 dari 526 UPT, 96% penghuni; 430 terverifikasi'."""
    if not li.wajib:
        return "Belum ada kewajiban laporan."
    penghuni = f", {tulis_angka(li.persen_penghuni, 'persen')} penghuni" if li.penghuni_wajib else ""
    masuk, wajib, sah = (tulis_angka(n) for n in (li.masuk, li.wajib, li.sah))
    return f"{masuk} dari {wajib} {benda}{penghuni}; {sah} terverifikasi"


def kalimat_tingkat(wilayah: Wilayah, li: Liputan) -> str:
    """Coverage as it is said at this level: a unit has only its own report."""
    if wilayah.tingkat != "upt":
        return kalimat_liputan(li)
    if not li.wajib:
        return "Tidak wajib dikirim"
    return "Terverifikasi" if li.sah else "Dikirim, belum diverifikasi" if li.masuk else "Belum dikirim"
