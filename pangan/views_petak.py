"""One plot a page, for a phone in the field: what is there, and each act as a small form on the same page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pangan import lapangan
from pangan import selectors_petak as baca
from pangan.forms import (
    FormFoto,
    FormGanti,
    FormMati,
    FormPakai,
    FormPanen,
    FormRencana,
    FormSelesai,
    FormTanam,
)
from pangan.foto import foto_petak, pasang_foto
from pangan.kalender import Jendela, arti
from pangan.keadaan import KeadaanPetak, SiklusKini
from pangan.lapangan import Pelaku
from pangan.models import Petak
from pelaporan.lampiran.batas import UKURAN_MAKS
from pelaporan.lampiran.periksa import TERLALU_BESAR, periksa_ukuran
from pelaporan.register.aksi import Aksi, Papan, Tolakan, lakukan, tercatat
from pelaporan.register.berkas import sajikan
from pelaporan.register.halaman import jalur_unit
from pelaporan.register.selectors import unit_register
from pelaporan.register.services import pastikan_menulis
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, TidakSah
from pemasyarakatan.inti.pemindai import PemindaiTidakMenjawab
from pemasyarakatan.inti.unggah import batas_unggah, terlalu_besar
from pemasyarakatan.inti.waktu import hari_ini
from upt.models import UPT
from upt.permintaan import Permintaan


@dataclass(frozen=True)
class Tempat:
    """A plot, as it stands today, for one person."""

    request: Permintaan
    upt: UPT
    hari: date
    keadaan: KeadaanPetak
    menulis: bool

    @property
    def petak(self) -> Petak:
        return self.keadaan.petak

    @cached_property
    def gudang(self) -> baca.Gudang:
        return baca.gudang(self.request.cakupan, self.upt, self.hari, self.keadaan)

    @property
    def nama(self) -> str:
        return self.petak.nama

    @property
    def url(self) -> str:
        return reverse("pangan:petak", kwargs={"kode": self.upt.kode, "pk": self.petak.pk})

    def siklus(self, data: QueryDict | None) -> list[SiklusKini]:
        """Cycles that an act may mean: those that run, and the one a form was written for while it still ran."""
        return baca.termasuk(self.request.cakupan, self.keadaan, data.get("siklus_id", "") if data else "")


def _ambil(request: Permintaan, kode: str, pk: int) -> Tempat:
    """Raises TidakDitemukan (foreign or deleted), Ditolak (no right to read registers)."""
    upt = unit_register(request.cakupan, request.user, kode)
    hari = hari_ini(upt.zona)
    keadaan = baca.keadaan_satu(request.cakupan, upt, pk, hari)
    return Tempat(request, upt, hari, keadaan, boleh(request.user, Izin.ISI_REGISTER, upt))


# ---------------------------------------------------------------- the acts


def _panen(t: Tempat, f: FormPanen, pelaku: Pelaku, kunci: UUID) -> Any:
    return lapangan.panen(f.siklus, f.isi, pelaku, kunci, terakhir=f.cleaned_data["terakhir"])


def _selesai(t: Tempat, f: FormSelesai, pelaku: Pelaku, kunci: UUID) -> Any:
    return lapangan.akhiri(f.siklus, f.isi, pelaku)


def _ganti(t: Tempat, f: FormGanti, pelaku: Pelaku, kunci: UUID) -> Any:
    return lapangan.ganti(t.petak, f.isi, pelaku, kunci)


AKSI: dict[str, Aksi[Tempat]] = {
    "tanam": Aksi(
        lambda t, d: FormTanam(d, t.upt, t.hari, t.keadaan),
        lambda t, f, pelaku, kunci: lapangan.tanam(t.petak, f.isi, pelaku, kunci),
        "Tanam atau tebar tercatat.",
    ),
    "panen": Aksi(lambda t, d: FormPanen(d, t.upt, t.hari, t.siklus(d)), _panen, "Panen tercatat."),
    "pakai": Aksi(
        lambda t, d: FormPakai(d, t.upt, t.hari, t.gudang.pilihan, t.gudang.di_sini),
        lambda t, f, pelaku, kunci: lapangan.pakai(f.isi, pelaku, kunci),
        "Pemakaian tercatat.",
    ),
    "mati": Aksi(
        lambda t, d: FormMati(d, t.upt, t.hari, [s for s in t.siklus(d) if s.siklus.ekor is not None]),
        lambda t, f, pelaku, kunci: lapangan.mutasi(f.siklus, f.isi, pelaku, kunci),
        "Perubahan jumlah hewan tercatat.",
    ),
    "selesai": Aksi(lambda t, d: FormSelesai(d, t.upt, t.hari, t.siklus(d)), _selesai, "Siklus diakhiri."),
    "rencana": Aksi(
        lambda t, d: FormRencana(d, t.upt, t.hari, t.keadaan),
        lambda t, f, pelaku, kunci: pelaku.ubah_kini("petak", t.petak.pk, f.isi),
        "Rencana tersimpan.",
    ),
    "ganti": Aksi(lambda t, d: FormGanti(d, t.upt, t.hari, t.keadaan), _ganti, "Pemanfaatan petak berubah."),
}


def _ditawarkan(t: Tempat) -> list[str]:
    """What may be done at a plot as it stands, the most likely first: what was harvested today goes somewhere next."""
    k = t.keadaan
    if not k.siklus:
        tidur = ["rencana"] if k.pakai is None else []
        semua = ["tanam", *tidur, "pakai", "ganti"]
    else:
        hewan = ["mati"] if any(s.hewan for s in k.siklus) else []
        semua = ["panen", *hewan, "pakai", "tanam", "selesai", "ganti"]
    baru = k.panen is not None and k.panen.tanggal == t.hari and t.gudang.di_sini == k.panen.komoditas
    return sorted(semua, key=lambda aksi: aksi != "pakai") if baru else semua


# ---------------------------------------------------------------- the page


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def petak(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    """`?aksi=panen` opens one of the forms."""
    t = _ambil(request, kode, pk)
    if request.method == "POST":
        return lakukan(t, AKSI, Pelaku, _tolak)
    return _halaman(t, buka=request.GET.get("aksi", ""), tercatat=tercatat(request, AKSI))


def _tolak(t: Tempat, tolakan: Tolakan) -> HttpResponse:
    return _halaman(t, tolakan, status=tolakan.galat.status)


def _halaman(t: Tempat, tolakan: Tolakan | None = None, *, status: int = 200, **lain: Any) -> HttpResponse:
    cakupan = t.request.cakupan
    isi = {
        "upt": t.upt,
        "hari": t.hari,
        "k": t.keadaan,
        "sisa": t.gudang.sisa,
        "menulis": t.menulis,
        "url": t.url,
        "formulir": Papan(t, AKSI, tolakan).deret(_ditawarkan(t)) if t.menulis else [],
        "foto": FormFoto() if t.menulis else None,
        "kalender": baca.kalender_petak(cakupan, t.upt, t.keadaan, t.hari),
        "jendela": Jendela.sekitar(t.hari),
        "arti": arti(),
        "catatan": baca.catatan_petak(cakupan, t.keadaan),
        "jalur": jalur(t.upt),
        **(tolakan.bahan() if tolakan else {}),
        **lain,
    }
    return render(t.request, "pangan/unit_petak.html", isi, status=status)


jalur = partial(jalur_unit, "pangan")


# ---------------------------------------------------------------- the photo


@masuk_dulu
@require_safe
def foto(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    """The photo itself, for who may read the unit; no browser keeps it."""
    t = _ambil(request, kode, pk)
    return sajikan(foto_petak(request.cakupan, t.petak), "Petak ini belum mempunyai foto.")


@never_cache
@masuk_dulu
@require_http_methods(["POST"])
@batas_unggah(UKURAN_MAKS)
def foto_ganti(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    t = _ambil(request, kode, pk)
    pastikan_menulis(t.upt, oleh=request.user, cakupan=request.cakupan)
    form = FormFoto(request.POST, request.FILES)
    if terlalu_besar(request):  # dropped while it arrived
        return _tolak_foto(t, TERLALU_BESAR, 413)
    if not form.is_valid():
        return _tolak_foto(t, "Pilih fotonya dahulu.", 400)
    unggahan = form.cleaned_data["foto"]
    try:
        periksa_ukuran(unggahan.size)  # before it is read into memory
        pasang_foto(t.petak, isi=unggahan.read(), oleh=request.user, cakupan=request.cakupan)
    except (TidakSah, Bentrok, PemindaiTidakMenjawab) as galat:
        return _tolak_foto(t, galat.pesan, galat.status)
    messages.success(request, "Foto petak tersimpan.")
    return redirect(t.url)


def _tolak_foto(t: Tempat, pesan: str, status: int) -> HttpResponse:
    return _halaman(t, galat=[{"pesan": pesan, "sasaran": "id_foto"}], buka="foto", status=status)
