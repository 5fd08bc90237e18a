"""The preview of a pasted block: how every cell reads, what cannot be read, and one button that saves it all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pelaporan.daftar.selectors import baris_draf
from pelaporan.daftar.services import Tempelan, tempel
from pelaporan.daftar.tempelan import GalatTempel, Mulai, Rencana, rencanakan
from pelaporan.halaman import alamat, ambil, jalur, kunci_baru
from pelaporan.kanonik import sidik
from pelaporan.models import Laporan
from pelaporan.selectors_isian import dapat_mengisi
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan
from upt.permintaan import Permintaan

_TERKUNCI = "Laporan ini sudah tidak dapat diisi. Teks tempelan masih ada di bawah; salin bila masih diperlukan."

GALAT_TAMPIL = 10


@never_cache
@masuk_dulu
@require_POST
def daftar_tempel(request: Permintaan, kode: str, bulan: Bulan, formulir: str, daftar: str) -> HttpResponse:
    """Preview again with what was mended, or save (`aksi=tambahkan`)."""
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    if daftar not in laporan.skema.daftar:
        raise TidakDitemukan("Daftar ini tidak ada di formulir bulan tersebut.")
    if not boleh(request.user, Izin.ISI_LAPORAN, laporan):
        raise Ditolak("Peran Anda tidak boleh mengisi laporan ini.")
    tempelan = _baca(request, daftar)
    if request.POST.get("aksi") != "tambahkan":
        return pratinjau(request, laporan, tempelan)
    try:
        hasil = tempel(
            laporan_id=laporan.pk, tempelan=tempelan, cap=request.POST.get("cap", ""),
            kunci=request.POST.get("kunci", ""), oleh=request.user, cakupan=request.cakupan,
        )  # fmt: skip
    except (Bentrok, TidakSah) as galat:
        return pratinjau(request, laporan, tempelan, galat.pesan, 409 if isinstance(galat, Bentrok) else 400)
    messages.success(
        request, f"{hasil['baru']} baris ditambahkan, {hasil['sel']} sel terisi. Semua tersimpan di server."
    )
    url = alamat(laporan, "bagian", bagian=laporan.skema.bagian_dari[daftar].kode)
    return redirect(f"{url}?baris={hasil['pertama']}&ditempel={hasil['id']}#d-{daftar}")


def tempelan_dari_bagian(request: HttpRequest, daftar: str) -> Tempelan:
    """The block as the section page posts it, with the cell it begins at when it was pasted into one."""
    baris, _, kolom = request.POST.get(f"tm|{daftar}", "").partition("/")
    return Tempelan(daftar, request.POST.get(f"tempel|{daftar}", ""), Mulai(baris, kolom), {})


def _baca(request: HttpRequest, daftar: str) -> Tempelan:
    """The preview's own fields. Mended cells count only for the text they were mended in."""
    teks, (baris, _, kolom) = request.POST.get("teks", ""), request.POST.get("mulai", "").partition("/")
    koreksi: dict[str, str] = {}
    if request.POST.get("cap_teks") == _cap_teks(teks):
        koreksi = {k.removeprefix("u-"): str(v) for k, v in request.POST.items() if k.startswith("u-")}
        macam, _, betul = request.POST.get("aksi", "").partition(":")
        tempat, _, bacaan = betul.partition(":")
        koreksi |= {tempat: bacaan} if macam == "betul" else {}
    return Tempelan(daftar, teks, Mulai(baris, kolom), koreksi)


def _cap_teks(teks: str) -> str:
    return sidik(teks.replace("\r\n", "\n"))[:16]


def _galat_sel(rencana: Rencana) -> list[tuple[str, str]]:
    """The first unreadable cells, with the way to their fields."""
    baris = [(b.nomor, s) for b in rencana.baris for s in b.sel if s.pesan] if rencana.galat_sedikit else []
    return [(f"Baris {nomor}, {s.butir.label}: {s.pesan}", s.tempat) for nomor, s in baris[:GALAT_TAMPIL]]


def pratinjau(
    request: HttpRequest, laporan: Laporan, tempelan: Tempelan, galat: str = "", status: int = 200
) -> HttpResponse:
    """The preview page. The text always stays on it, whatever is wrong."""
    daftar, bagian = laporan.skema.daftar[tempelan.daftar], laporan.skema.bagian_dari[tempelan.daftar]
    rencana = Rencana(daftar)
    try:
        ada = baris_draf(laporan, daftar.kode)
        rencana = rencanakan(daftar, tempelan.teks, ada, tempelan.mulai, tempelan.koreksi)
        halangan = rencana.halangan
    except GalatTempel as g:
        halangan = str(g)
    if not dapat_mengisi(request.user, laporan):  # type: ignore[arg-type]
        halangan, status = _TERKUNCI, 409
    salah = {s.tempat for s in rencana.galat}
    isi: dict[str, Any] = {
        "laporan": laporan,
        "bagian": bagian,
        "daftar": daftar,
        "rencana": rencana,
        "halangan": halangan,
        "galat": [{"pesan": p, "sasaran": ""} for p in dict.fromkeys(filter(None, (galat, halangan)))]
        + [{"pesan": p, "sasaran": f"u-{tempat}"} for p, tempat in _galat_sel(rencana)],
        "teks": tempelan.teks,
        "cap_teks": _cap_teks(tempelan.teks),
        "mulai": f"{tempelan.mulai.baris}/{tempelan.mulai.kolom}",
        "koreksi": {k: v for k, v in tempelan.koreksi.items() if k not in salah},
        "kembali": alamat(laporan, "bagian", bagian=bagian.kode),
        "kunci": kunci_baru(),
        "jalur": [*jalur(laporan), {"label": bagian.judul, "url": alamat(laporan, "bagian", bagian=bagian.kode)}],
    }
    return render(request, "pelaporan/daftar_tempel.html", isi, status=400 if halangan and status == 200 else status)
