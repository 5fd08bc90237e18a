"""Check, certify and send a whole month; its receipts; the public page that proves a receipt."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from pelaporan import selectors as baca_laporan
from pelaporan import selectors_isian as baca_isian
from pelaporan.alur import Aksi
from pelaporan.halaman import ambil, baca_kunci, baca_revisi, kunci_baru
from pelaporan.models import Laporan, LaporanVersi
from pelaporan.pengiriman import selectors as baca
from pelaporan.pengiriman import tanda
from pelaporan.pengiriman.services import tindak_bulan
from pelaporan.services import Perintah, sebagai
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, Ditolak, GalatPortal, KunciTerpakai, TidakSah
from pemasyarakatan.inti.pdf import TIPE
from pemasyarakatan.inti.ramai import waktu_diterima
from pemasyarakatan.inti.waktu import Bulan, sekarang
from upt.models import UPT
from upt.permintaan import Permintaan


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def kirim_bulan(request: Permintaan, kode: str, bulan: Bulan) -> HttpResponse:
    """All forms of the month on one page. POST aksi = siapkan | kirim for the forms in `pilih`."""
    upt = baca_isian.upt_terlihat(request.cakupan, request.user, kode)
    semua = baca.laporan_bulan(request.cakupan, upt, bulan)
    if not any(boleh(request.user, izin, semua[0]) for izin in (Izin.SIAPKAN_LAPORAN, Izin.KIRIM_LAPORAN)):
        raise Ditolak("Halaman ini untuk petugas UPT yang mengisi dan Kepala UPT yang mengirim.")
    if request.method != "POST":
        return _halaman(request, upt, bulan, semua)
    try:
        return _lakukan(request, upt, bulan, semua)
    except (Bentrok, KunciTerpakai, TidakSah) as galat:
        return _halaman(request, upt, bulan, baca.laporan_bulan(request.cakupan, upt, bulan), galat)


def _lakukan(request: Permintaan, upt: UPT, bulan: Bulan, semua: list[Laporan]) -> HttpResponse:
    aksi = request.POST.get("aksi", "")
    if aksi not in (Aksi.SIAPKAN, Aksi.KIRIM):
        raise TidakSah("Pilih tindakan pada halaman ini.")
    pola = Perintah(
        UUID(int=0),
        Aksi(aksi),
        0,
        baca_kunci(request),
        disahkan=request.POST.get("disahkan") == "on",
        diterima=waktu_diterima(request),
    )
    pilihan = _pilihan(request, semua)
    terisi = {lap.pk: request.POST.get(f"terisi-{lap.formulir_id}") for lap in semua if lap.pk in pilihan}
    hasil = tindak_bulan(pola=pola, pilihan=pilihan, terisi=terisi, oleh=request.user, cakupan=request.cakupan)
    if aksi == Aksi.KIRIM:
        messages.success(request, f"{len(hasil)} formulir {bulan.nama} terkirim.")
        return redirect("pelaporan:tanda_bulan", upt.kode, bulan)
    messages.success(request, f"{len(hasil)} formulir ditandai siap. Kepala UPT dapat memeriksa dan mengirimnya.")
    return redirect("pelaporan:beranda_upt", upt.kode)


def _pilihan(request: Permintaan, semua: list[Laporan]) -> dict[UUID, int]:
    """Ticked forms with the revision the page showed; a code that is not owed here is nothing to act on."""
    dipilih = set(request.POST.getlist("pilih"))
    terpilih = [lap for lap in semua if lap.formulir_id in dipilih]
    return {lap.pk: baca_revisi(request.POST.get(f"revisi-{lap.formulir_id}", "")) for lap in terpilih}


def _halaman(
    request: Permintaan, upt: UPT, bulan: Bulan, semua: list[Laporan], galat: GalatPortal | None = None
) -> HttpResponse:
    kartu = baca.kartu_bulan(semua)
    boleh_kirim = boleh(request.user, Izin.KIRIM_LAPORAN, semua[0])
    isi = {
        "upt": upt,
        "bulan": bulan,
        "kartu": kartu,
        "siap": [k for k in kartu if k.dapat],
        "belum": [k for k in kartu if not k.dapat],
        "terkirim": [lap for lap in semua if lap.pk not in {k.laporan.pk for k in kartu}],
        "dipilih": request.POST.getlist("pilih") if galat else [k.laporan.formulir_id for k in kartu if k.dapat],
        "rinci": request.GET.get("rinci", ""),
        "boleh_kirim": boleh_kirim,
        "sebagai": sebagai(request.user, semua[0]),
        "galat": [{"pesan": galat.pesan, "sasaran": _sasaran(galat)}] if galat else [],
        "kanwil": semua[0].kanwil,
        "tenggat_kanwil": max(lap.tenggat_kanwil for lap in semua),
        "kini": sekarang(),
        "kunci": kunci_baru(),
        "jalur": _jalur(upt, bulan),
    }
    return render(request, "pelaporan/kirim_bulan.html", isi, status=galat.status if galat else 200)


def _sasaran(galat: GalatPortal) -> str:
    return "disahkan" if galat.rincian.get("disahkan") else str(galat.rincian.get("sasaran", ""))


def _jalur(upt: UPT, bulan: Bulan) -> list[dict[str, str]]:
    return [{"label": upt.nama, "url": f"{reverse('pelaporan:beranda_upt', args=[upt.kode])}?bulan={bulan.kode}"}]


# Receipts ---------------------------------------------------------------------------------------------------


@never_cache
@masuk_dulu
@require_safe
def tanda_bulan(request: Permintaan, kode: str, bulan: Bulan) -> HttpResponse:
    """Receipts of all forms sent for a month, and what happens next."""
    upt = baca_isian.upt_terlihat(request.cakupan, request.user, kode)
    semua = baca.laporan_bulan(request.cakupan, upt, bulan)
    terkirim = baca.versi_terkirim(semua)
    isi = {
        "upt": upt,
        "bulan": bulan,
        "versi": terkirim,
        "kini": sekarang(),
        "belum": [lap for lap in semua if lap.versi_masuk is None],
        "jalur": _jalur(upt, bulan),
    }
    return render(request, "pelaporan/tanda_bulan.html", isi)


@masuk_dulu
@require_safe
def tanda_bulan_pdf(request: Permintaan, kode: str, bulan: Bulan) -> HttpResponse:
    upt = baca_isian.upt_terlihat(request.cakupan, request.user, kode)
    semua = baca.versi_terkirim(baca.laporan_bulan(request.cakupan, upt, bulan))
    if not semua:
        raise TidakSah(f"Belum ada formulir {bulan.nama} yang terkirim, jadi belum ada tanda terima.")
    return _pdf(request, semua, f"tanda-terima-{upt.kode}-{bulan.kode}.pdf")


@masuk_dulu
@require_safe
def tanda_pdf(request: Permintaan, kode: str, bulan: Bulan, formulir: str, versi: int) -> HttpResponse:
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    satu = baca_laporan.pilih_versi(baca_laporan.versi_laporan(laporan), versi)
    satu.laporan = laporan
    return _pdf(request, [satu], f"{satu.nomor}.pdf")


def _pdf(request: HttpRequest, semua: list[LaporanVersi], nama: str) -> HttpResponse:
    jawaban = HttpResponse(tanda.buat_pdf(semua, lambda v: alamat_bukti(request, v)), content_type=TIPE)
    jawaban["Content-Disposition"] = f'attachment; filename="{nama}"'
    return jawaban


def alamat_bukti(request: HttpRequest, versi: LaporanVersi) -> str:
    """The address a QR code carries."""
    lokal = reverse("pelaporan:bukti", args=[versi.nomor, tanda.cap_tanda(versi)])
    return request.build_absolute_uri(lokal)


# The public check of a receipt ------------------------------------------------------------------------------


@never_cache
@require_GET
def bukti(request: HttpRequest, nomor: str, cap: str) -> HttpResponse:
    """Unit, month, form, version, hash and time of one sent version; open to whoever holds its receipt."""
    jawaban = render(request, "pelaporan/bukti.html", {"b": baca.bukti(nomor, cap), "nomor": nomor})
    jawaban["X-Robots-Tag"] = "noindex"
    return jawaban


@never_cache
@require_GET
def cari_bukti(request: HttpRequest) -> HttpResponse:
    """For those who cannot scan: number and the beginning of the hash, typed."""
    nomor = re.sub(r"V(\d+)$", r"v\1", request.GET.get("nomor", "").strip().upper())[:120]
    cap = "".join(request.GET.get("sidik", "").split()).lower()[: baca.PANJANG_CAP]
    galat: list[dict[str, Any]] = []
    if nomor or cap:
        try:
            baca.bukti(nomor, cap)
            return redirect("pelaporan:bukti", nomor, cap)
        except GalatPortal as salah:
            galat = [{"pesan": salah.pesan, "sasaran": "nomor"}]
    isi = {"nomor": nomor, "sidik": cap, "galat": galat}
    return render(request, "pelaporan/cari_bukti.html", isi, status=404 if galat else 200)
